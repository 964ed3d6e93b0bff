"""The rules that the house checks itself. Each checker is a function that takes a path, so that its own test can show that it bites."""
