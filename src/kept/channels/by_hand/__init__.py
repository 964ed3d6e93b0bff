"""The channel of everything an employee writes down: calls, visits, letters, posts seen elsewhere."""
