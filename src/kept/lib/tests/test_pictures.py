"""A photo says what was seen, and nothing of where, when and by whom it was taken."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kept.lib.pictures import JPEG, PNG, WEBP, NotAPicture, cleaned

HIDDEN = b"51.5074N 0.1278W Amira's phone"


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def exif(up: int, order: str = "<") -> bytes:
    name = b"II" if order == "<" else b"MM"
    tags = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, up, 0) + struct.pack(f"{order}HHII", 0x8825, 4, 1, 38)
    return b"Exif\0\0" + name + struct.pack(f"{order}HIH", 42, 8, 2) + tags + struct.pack(f"{order}I", 0) + HIDDEN


def jpeg(*segments: bytes, behind: bytes = b"") -> bytes:
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"\xff\xd8" + b"".join(segments) + segment(0xDB, b"\0" * 65) + segment(0xC0, b"\x08" * 9) + scan + b"\xff\xd9" + behind


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*chunks: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    inner = b"WEBP" + b"".join(name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2) for name, body in chunks)
    return b"RIFF" + struct.pack("<I", len(inner)) + inner


def test_a_jpeg_keeps_its_picture_and_loses_the_place_the_remark_and_the_film_behind_it():
    bare = jpeg()
    full = jpeg(segment(0xE1, exif(1)), segment(0xFE, HIDDEN), segment(0xED, HIDDEN), segment(0xE2, HIDDEN), behind=HIDDEN)
    assert HIDDEN in full
    picture = cleaned(full)
    assert (picture.content, picture.type) == (bare, JPEG)


def test_the_thumbnail_of_a_jpeg_goes_and_how_wide_its_dots_are_stays():
    plain, with_thumbnail = b"JFIF\0\x01\x02\x01\0\x48\0\x48\0\0", b"JFIF\0\x01\x02\x01\0\x48\0\x48\x01\x01abc"
    assert plain in cleaned(jpeg(segment(0xE0, plain))).content
    assert b"abc" not in cleaned(jpeg(segment(0xE0, with_thumbnail))).content
    assert b"Adobe" in cleaned(jpeg(segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01"))).content


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("up", [3, 6, 8])
def test_a_phone_held_upright_still_shows_it_upright(up, order):
    once = cleaned(jpeg(segment(0xE1, exif(up, order)))).content
    assert HIDDEN not in once and struct.pack(">HHIHH", 0x0112, 3, 1, up, 0) in once
    assert cleaned(once).content == once


def test_which_way_up_it_is_may_be_nonsense_and_the_picture_stays():
    for body in (exif(77), b"Exif\0\0II", b"Exif\0\0XX" + HIDDEN, b"Exif\0\0MM\0\x2a\xff\xff\xff\xff"):
        assert cleaned(jpeg(segment(0xE1, body))).content == jpeg()


def test_a_png_keeps_what_shows_it():
    full = png(chunk(b"tEXt", b"Author\0" + HIDDEN), chunk(b"eXIf", HIDDEN), chunk(b"pHYs", b"\0" * 9), chunk(b"acTL", b"\0" * 8))
    assert cleaned(full + HIDDEN).content == png(chunk(b"pHYs", b"\0" * 9))
    assert cleaned(full).type == PNG


def test_a_png_that_was_damaged_on_its_way_is_refused():
    broken = bytearray(png())
    broken[20] ^= 1
    with pytest.raises(NotAPicture):
        cleaned(bytes(broken))


def test_a_webp_keeps_its_bits_and_no_longer_says_that_there_is_more():
    size = b"\0\0\0" + b"\x0f\0\0" * 2
    full = riff((b"VP8X", b"\x3e" + size), (b"ICCP", HIDDEN), (b"VP8L", b"bits"), (b"EXIF", HIDDEN), (b"XMP ", HIDDEN))
    picture = cleaned(full)
    assert (picture.content, picture.type) == (riff((b"VP8X", b"\x10" + size), (b"VP8L", b"bits")), WEBP)


@pytest.mark.parametrize(
    "other",
    [b"", b"hello", b"GIF89a" + b"\0" * 40, b"<svg onload=alert(1)>", b"\xff\xd8\xff", b"\xff\xd8\xff\xd9", b"RIFF\4\0\0\0WEBP",
     b"\x89PNG\r\n\x1a\n", riff((b"ALPH", b"x")), b"\xff\xd8" + segment(0xDB, b"\0") + b"\xff\xd9", b"\xff\xd8\xff\xe0\0\1"],
)  # fmt: skip
def test_what_is_no_photo_is_refused(other):
    with pytest.raises(NotAPicture):
        cleaned(other)


WHOLE = st.sampled_from([jpeg(segment(0xE1, exif(6))), png(chunk(b"tEXt", HIDDEN)), riff((b"VP8 ", b"bits"), (b"EXIF", HIDDEN))])


@given(WHOLE, st.integers(0, 400), st.binary(max_size=6))
def test_whatever_is_broken_about_it_nothing_hidden_comes_through(whole, at, wrong):
    broken = whole[:at] + wrong + whole[at + len(wrong) :]
    try:
        picture = cleaned(broken)
    except NotAPicture:
        return
    assert cleaned(picture.content) == picture


@given(WHOLE, st.integers(0, 400))
@example(riff((b"VP8 ", b"bits"), (b"EXIF", HIDDEN)), 24)
def test_half_a_photo_is_none(whole, length):
    if length < len(whole):
        with pytest.raises(NotAPicture):
            cleaned(whole[:length])
