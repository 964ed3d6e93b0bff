"""The generic door for programs: any system that can post JSON, signed if it can sign."""
