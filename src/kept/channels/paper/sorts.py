"""What sort of file a scan is, told by its first bytes: names lie."""

from __future__ import annotations

PDF, TIFF, PNG, JPEG, WEBP = "application/pdf", "image/tiff", "image/png", "image/jpeg", "image/webp"
HEIC, UNKNOWN = "image/heic", "application/octet-stream"
READABLE = frozenset({PDF, TIFF, PNG, JPEG, WEBP})
"""What can be read by machine."""
ENDINGS = {PDF: ".pdf", TIFF: ".tif", PNG: ".png", JPEG: ".jpg", WEBP: ".webp", HEIC: ".heic", UNKNOWN: ""}
_BEGINNINGS = (
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
)
_PHOTOS_OF_PHONES = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif"})
_PDF_WITHIN = 1024
"""Readers take a PDF whose header stands within its first kilobyte (ISO 32000-1, annex H.3.4.1)."""


def sort_of(content: bytes) -> str:
    """Its media type; application/octet-stream for whatever is no scan that we know."""
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return PDF
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _PHOTOS_OF_PHONES:
        return HEIC
    return next((sort for begins, sort in _BEGINNINGS if content.startswith(begins)), UNKNOWN)
