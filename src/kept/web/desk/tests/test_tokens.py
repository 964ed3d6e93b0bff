"""Every text colour can be read on every ground, in the light and in the dark (DESIGN.md 2)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "static"
GROUNDS = ("paper", "surface", "sunk", "accent-soft", "late-soft", "soon-soft", "praise-soft", "calm-soft")
INKS = ("ink", "ink-2", "ink-3", "accent", "late", "soon", "praise", "calm")
MARKS = ("line-strong", "accent-fill", "late-fill", "soon-fill", "praise-fill", "disc-edge", "black-edge")


def colours(name: str) -> dict[str, str]:
    sheet = (STATIC / name).read_text(encoding="utf-8").partition("@media")[0]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", sheet))


def brightness(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(params=["light", "dark"])
def theme(request) -> dict[str, str]:
    light = colours("tokens.css")
    return light if request.param == "light" else {**light, **colours("tokens-dark.css")}


def test_the_matrix_of_text_and_ground(theme):
    faint = [(ink, ground) for ink in INKS for ground in GROUNDS if contrast(theme[ink], theme[ground]) < 4.5]
    assert faint == []


def test_what_stands_on_a_filled_button(theme):
    assert min(contrast(theme["accent-ink"], theme[fill]) for fill in ("accent", "accent-hover")) >= 4.5
    assert contrast(theme["ink"], theme["mark"]) >= 4.5


def test_edges_and_dots_are_seen(theme):
    faint = [
        (mark, ground) for mark in MARKS for ground in ("paper", "surface", "sunk") if contrast(theme[mark], theme[ground]) < 3
    ]
    assert faint == []


def test_dark_gives_new_names_no_colour():
    assert colours("tokens-dark.css").keys() <= colours("tokens.css").keys()


def test_black_on_white_is_twenty_one_to_one():
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
