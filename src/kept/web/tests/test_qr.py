"""A code on paper leads where its words say."""

from __future__ import annotations

import re

from kept.web.qr import qr


def test_it_is_one_path_with_a_quiet_edge_and_no_style_of_its_own():
    drawing = str(qr("http://marlow.example/say-a-good-word?at=quay", label="A code"))
    size = int(re.findall(r'viewBox="0 0 (\d+)', drawing)[0])
    dots = [(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", drawing)]
    assert "style=" not in drawing and 'role="img" aria-label="A code"' in drawing
    assert all(4 <= x < size - 4 and 4 <= y < size - 4 for x, y in dots)
    # The three corners by which a phone finds it (ISO/IEC 18004, 6.3.3): seven dark ones in a row.
    for x, y in ((4, 4), (size - 11, 4), (4, size - 11)):
        assert all((x + step, y) in dots for step in range(7))


def test_what_it_says_aloud_is_escaped():
    assert "<b>" not in qr("x", label="<b>")
