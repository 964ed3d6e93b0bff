"""The mail channel: raw RFC 5322 bytes to Incoming, Outgoing to an SMTP server."""
