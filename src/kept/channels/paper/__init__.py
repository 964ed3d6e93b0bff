"""The channel of paper: letters and faxes as files, scanned, photographed or written by a fax machine."""
