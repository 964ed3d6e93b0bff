"""The sample house Marlow: its people, its customers, and a life for them. Used by `kept demo`, tests, docs and benchmarks."""
