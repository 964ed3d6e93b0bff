"""The rules that the house checks itself. Each takes a path, so that its own test can show that it bites."""
