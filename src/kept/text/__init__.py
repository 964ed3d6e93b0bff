"""Understanding words, offline, by plain rules: pure functions over text that only ever propose (R12)."""
