"""Mastodon, and every server that speaks its API: public posts that name us, and our answers to them."""
