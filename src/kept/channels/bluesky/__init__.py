"""Bluesky, and every personal data server that speaks its XRPC calls: public posts that name us, and our answers to them."""
