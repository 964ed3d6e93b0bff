"""Floor 0: small pure pieces that know none of our nouns."""
