"""The page on which a customer speaks about one of us: who did well by them, or not."""
