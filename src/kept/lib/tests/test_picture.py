import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.lib import picture
from kept.lib.picture import MOST_DOTS, WIDEST, NoDrawing, png_of
from kept.lib.refusal import Refusal


def drawn(inside="", box="0 0 200 50"):
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" font-family="system-ui, sans-serif">{inside}</svg>'


def size_of(png):
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


def dots(png):
    """Without the library: the bytes of all dots, unpacked; the same for two pictures that look the same."""
    found, at = b"", 8
    while at < len(png):
        length, name = struct.unpack_from(">I4s", png, at)
        found += png[at + 8 : at + 8 + length] if name == b"IDAT" else b""
        at += 12 + length
    return zlib.decompress(found)


def test_a_drawing_comes_out_as_wide_as_it_was_asked_for_and_in_its_proportions():
    assert size_of(png_of(drawn(), width=400)) == (400, 100)


def test_words_are_drawn_in_letters_and_bold_ones_bolder():
    nothing = dots(png_of(drawn(), width=200))
    plain = dots(png_of(drawn('<text x="5" y="30" font-size="20">Mary Whitcombe</text>'), width=200))
    bold = dots(png_of(drawn('<text x="5" y="30" font-size="20" font-weight="600">Mary Whitcombe</text>'), width=200))
    assert len({nothing, plain, bold}) == 3


def test_the_signs_a_map_uses_are_in_the_font():
    one, other = (dots(png_of(drawn(f'<text x="5" y="30" font-size="20">{sign}</text>'), width=200)) for sign in "✦→")
    missing = dots(png_of(drawn('<text x="5" y="30" font-size="20">\U000e0fff</text>'), width=200))
    assert len({one, other, missing}) == 3


def test_however_wide_it_is_asked_for_a_server_can_draw_it():
    assert size_of(png_of(drawn(), width=10**9))[0] == WIDEST
    wide, tall = size_of(png_of(drawn(box="0 0 10 1000"), width=4000))
    assert wide * tall <= MOST_DOTS


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="https://example.org/pixel.png" width="9" height="9"/>',
        '<image href="/etc/passwd" width="9" height="9"/>',
        '<image href="data:image/svg+xml;base64,PHN2Zy8+" width="9" height="9"/>',
        '<use href="other.svg#part"/>',
        '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="file:///etc/hosts#part"/>',
        '<filter id="f"><feImage href="x.png"/></filter>',
        "<style>@import url(https://example.org/a.css)</style>",
        "<script>1</script>",
    ],
)
def test_nothing_outside_the_drawing_is_looked_at(inside):
    with pytest.raises(NoDrawing):
        png_of(drawn(inside), width=100)


@pytest.mark.parametrize(
    "svg",
    [
        "",
        "<svg",
        "not xml at all",
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">&a;</svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        drawn(box="0 0 0 0"),
        drawn(box="0 0 nan 5"),
        drawn(box="0 0 0.001 900000"),
        drawn("x" * 2_000_001),
        '<html viewBox="0 0 5 5"/>',
    ],
)
def test_what_is_no_drawing_is_said_to_be_none(svg):
    with pytest.raises(NoDrawing):
        png_of(svg, width=100)


def test_a_part_may_be_used_twice_within_the_drawing():
    part = '<defs><rect id="box" width="40" height="40" fill="#9a6700"/></defs><use href="#box"/>'
    assert dots(png_of(drawn(part), width=200)) != dots(png_of(drawn(), width=200))


@given(st.text(max_size=40))
def test_whatever_somebody_typed_can_be_drawn(typed):
    from xml.sax.saxutils import escape

    assert size_of(png_of(drawn(f'<text x="5" y="30">{escape(typed)}</text>'), width=50)) == (50, 13)


def test_without_a_font_it_is_said_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(picture, "FONT_FOLDERS", (str(tmp_path),))
    picture._family.cache_clear()
    with pytest.raises(Refusal, match="fonts-dejavu-core"):
        png_of(drawn(), width=50)
    picture._family.cache_clear()
