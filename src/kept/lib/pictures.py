"""JPEG, PNG and WebP without what they say beside the picture: place, time, camera, owner, thumbnail, a film behind it.

Nothing is decoded. What is not plainly needed to show the picture is left out; what does not read as one of the three is refused.
JPEG: ITU-T T.81 annex B. PNG: PNG (third edition) 5 and 11. WebP: RFC 9649. The way up: Exif 2.32, tag 0x0112.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
SIGNATURE = b"\x89PNG\r\n\x1a\n"
SHOWN_BY = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"})
OF_A_PICTURE = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})
STILL_AND_BARE = 0b0001_0000
"""The flags of a VP8X chunk that stay: alpha. Not ICC profile, EXIF, XMP and animation."""
SOI, EOI, SOS, TEM = 0xD8, 0xD9, 0xDA, 0x01
RESTARTS = range(0xD0, 0xD8)
APPLICATIONS, COMMENT = range(0xE0, 0xF0), 0xFE
JFIF, EXIF, ADOBE = 0xE0, 0xE1, 0xEE
ORIENTATION = 0x0112


class NotAPicture(ValueError):
    """These bytes are no whole JPEG, PNG or WebP."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What may be kept and shown."""

    content: bytes
    type: str


def cleaned(content: bytes) -> Picture:
    """The same picture, and nothing beside it. Raises NotAPicture."""
    try:
        if content.startswith(b"\xff\xd8\xff"):
            return Picture(_jpeg(content), JPEG)
        if content.startswith(SIGNATURE):
            return Picture(_png(content), PNG)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return Picture(_webp(content), WEBP)
    except (struct.error, IndexError):
        raise NotAPicture from None
    raise NotAPicture


def _jpeg(content: bytes) -> bytes:
    """Segments up to the end of the first image; whatever is hung behind it (a second picture, a film) stays out."""
    kept, up, at, has_scan = [b"\xff\xd8"], 1, 2, False
    while True:
        at, marker = _marker(content, at)
        if marker == EOI:
            break
        if marker in RESTARTS or marker in (TEM, SOI):
            raise NotAPicture
        (length,) = struct.unpack_from(">H", content, at)
        segment, at = content[at + 2 : at + length], at + length
        if length < 2 or at > len(content):
            raise NotAPicture
        if marker == EXIF:
            up = _way_up(segment) or up
        if (marker not in APPLICATIONS and marker != COMMENT) or _is_needed(marker, segment):
            kept.append(bytes((0xFF, marker)) + struct.pack(">H", length) + segment)
        if marker == SOS:
            has_scan, end = True, _end_of_scan(content, at)
            kept.append(content[at:end])
            at = end
    if not has_scan:
        raise NotAPicture
    if up != 1:
        kept.insert(1, _only_the_way_up(up))
    return b"".join([*kept, b"\xff\xd9"])


def _marker(content: bytes, at: int) -> tuple[int, int]:
    """The marker here, and where what belongs to it begins. Filling bytes may stand before it (B.1.1.2)."""
    if content[at] != 0xFF:
        raise NotAPicture
    while content[at] == 0xFF:
        at += 1
    return at + 1, content[at]


def _is_needed(marker: int, segment: bytes) -> bool:
    """How wide its dots are, without the thumbnail; and in which colours it is written."""
    return (marker == JFIF and segment[:5] == b"JFIF\0" and segment[12:14] == b"\0\0") or (
        marker == ADOBE and segment[:5] == b"Adobe"
    )


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands: 0xFF followed by neither a stuffed nought nor a restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise NotAPicture
        if content[at + 1] != 0 and content[at + 1] not in RESTARTS:
            return at
        at += 2


def _way_up(segment: bytes) -> int:
    """1 to 8 as Exif says it; 0 where it says nothing that can be read."""
    if segment[:6] != b"Exif\0\0" or segment[6:8] not in (b"II", b"MM"):
        return 0
    order, tiff = "<" if segment[6:8] == b"II" else ">", segment[6:]
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(min(count, 200)):
            tag, _kind, _many, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
            if tag == ORIENTATION:
                return value if 1 <= value <= 8 else 0
    except struct.error:
        return 0
    return 0


def _only_the_way_up(up: int) -> bytes:
    """An Exif segment that says which way up, and nothing else."""
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, ORIENTATION, 3, 1, up, 0, 0)
    body = b"Exif\0\0" + tiff
    return struct.pack(">BBH", 0xFF, EXIF, len(body) + 2) + body


def _png(content: bytes) -> bytes:
    """The chunks that show it, each proven by its checksum; text, times, Exif and moving parts stay out."""
    kept, at = [SIGNATURE], len(SIGNATURE)
    names: list[bytes] = []
    while not names or names[-1] != b"IEND":
        length, name = struct.unpack_from(">I4s", content, at)
        body, (check,) = content[at + 8 : at + 8 + length], struct.unpack_from(">I", content, at + 8 + length)
        if check != zlib.crc32(name + body):
            raise NotAPicture
        names.append(name)
        if name in SHOWN_BY:
            kept.append(content[at : at + 12 + length])
        at += 12 + length
    if names[0] != b"IHDR" or b"IDAT" not in names:
        raise NotAPicture
    return b"".join(kept)


def _webp(content: bytes) -> bytes:
    """A still picture: its bits, its transparency, its size."""
    kept: list[bytes] = []
    names: list[bytes] = []
    for name, body in _chunks(content):
        if name not in OF_A_PICTURE:
            continue
        if name == b"VP8X":
            body = bytes((body[0] & STILL_AND_BARE,)) + body[1:]
        names.append(name)
        kept.append(name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2))
    if b"VP8 " not in names and b"VP8L" not in names:
        raise NotAPicture
    inner = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(inner)) + inner


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    (size,) = struct.unpack_from("<I", content, 4)
    end, at = size + 8, 12
    if end > len(content):
        raise NotAPicture
    while at < end:
        name, length = struct.unpack_from("<4sI", content, at)
        if at + 8 + length > len(content):
            raise NotAPicture
        yield name, content[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
