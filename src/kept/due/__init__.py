"""Floor 1: rows that fall due. The row is the truth; a bell only saves waiting for the next sweep."""
