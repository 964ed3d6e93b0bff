"""Kept: customer promises, kept. The map of the house is docs/ARCHITECTURE.md."""
