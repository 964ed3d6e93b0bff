"""Letters of our own, drawn as a scanner or a fax would deliver them: for the tests of reading and `./kept bench ocr`."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
A4_INCHES = (8.27, 11.69)
"""Width and height."""
POINTS = 11
LINE = 1.35
MARGIN = 0.9
"""Inches."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One letter: its words, and what a person would find in it."""

    name: str
    text: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Way:
    """How it came: dots an inch across and down, black and white only, how askew, and how many specks a page."""

    name: str
    across: int
    down: int
    is_fax: bool = False
    skew: float = 1.2
    specks: int = 400


WAYS = (
    Way("scan 150", 150, 150),
    Way("scan 200", 200, 200),
    Way("scan 300", 300, 300),
    Way("fax fine", 204, 196, is_fax=True, specks=800),
    Way("fax standard", 204, 98, is_fax=True, specks=400),
)
LETTERS = (
    Drawn(
        "english",
        """Harold Finch
14 Tannery Lane
Whitby
YO21 3PT

Tel. 01947 820 146
harold.finch@whitby.example

12 May 2026

Marlow & Co
8 Quay Street
Marlow

Order no. ML-20417: a lamp that does not light

Dear Sir or Madam,

on 28 April I ordered a reading lamp from your Mill Lane
counter and paid £48.50 in cash. It came on Thursday, in a
box that was torn at one corner. The lamp does not light.

I changed the bulb twice and tried three sockets. My
neighbour, who was an electrician for forty years, says that
the switch is broken inside.

I am eighty-one and do not use the internet. Please write to
me, or ring in the evening, and tell me whether you will send
somebody or whether I must bring it back myself.

Yours faithfully,

Harold Finch
""",
        (
            ("name", "Harold Finch"),
            ("address", "14 Tannery Lane, Whitby, YO21 3PT"),
            ("phone", "+441947820146"),
            ("email", "harold.finch@whitby.example"),
            ("date", "2026-05-12"),
            ("order", "ML-20417"),
        ),
    ),
    Drawn(
        "german",
        """Margarete Öhlmann
Große Bäckergasse 7b
72070 Tübingen

Telefon 07071 555 0134
m.oehlmann@posteo.example

3. Juni 2026

Marlow & Co
Quay Street 8

Bestellnummer 4711-2260: kalte Pizza, zum dritten Mal

Sehr geehrte Damen und Herren,

am Samstag habe ich um halb sieben zwei Pizzen bestellt, und
zum dritten Mal in diesem Frühjahr kamen sie kalt an. Der
Fahrer war freundlich und hat sich entschuldigt; ihm mache
ich keinen Vorwurf. Gewartet haben wir achtzig Minuten.

Bisher habe ich jedes Mal angerufen und bekam jedes Mal
zu hören, es werde sich jemand melden. Gemeldet hat sich
niemand. Ich möchte wissen, woran es liegt, und ich möchte
die 31,80 Euro zurück.

Mit freundlichen Grüßen

Margarete Öhlmann
""",
        (
            ("name", "Margarete Öhlmann"),
            ("address", "Große Bäckergasse 7b, 72070 Tübingen"),
            ("phone", "+4970715550134"),
            ("email", "m.oehlmann@posteo.example"),
            ("date", "2026-06-03"),
            ("order", "4711-2260"),
        ),
    ),
    Drawn(
        "short",
        """Samir Patel
Flat 3, 27 Ropewalk Road
Bristol
BS1 6QY

1st June 2026

Dear Priya,

thank you for your letter of 26 May about invoice 90331.
The boxes came on Friday. Two of the sixteen were wet through
and I have put photographs in the envelope.

Could you ring me on 0117 496 0333 before Thursday? After
that I am away until the 20th.

Kind regards,

Samir Patel
""",
        (
            ("name", "Samir Patel"),
            ("address", "Flat 3, 27 Ropewalk Road, Bristol, BS1 6QY"),
            ("phone", "+441174960333"),
            ("order", "90331"),
            ("date", "2026-06-01"),
        ),
    ),
)


def draw(letter: Drawn, way: Way, *, seed: int = 1) -> Image.Image:
    """The page as it came. The same seed gives the same page."""
    chance = random.Random(f"{letter.name} {way.name} {seed}")
    dots = 300
    page = Image.new("L", (round(A4_INCHES[0] * dots), round(A4_INCHES[1] * dots)), 255)
    font = ImageFont.truetype(str(FONT), round(POINTS * dots / 72))
    pen, high = ImageDraw.Draw(page), MARGIN * dots
    for line in letter.text.splitlines():
        pen.text((MARGIN * dots, high), line, font=font, fill=25)
        high += POINTS * LINE * dots / 72
    page = page.rotate(way.skew, Image.Resampling.BICUBIC, fillcolor=255)
    page = page.resize((round(A4_INCHES[0] * way.across), round(A4_INCHES[1] * way.down)), Image.Resampling.BOX)
    if not way.is_fax:
        page = page.filter(ImageFilter.GaussianBlur(0.35))
    for _speck in range(way.specks):
        at = chance.randrange(page.width), chance.randrange(page.height)
        page.putpixel(at, 0 if chance.random() < 0.7 else 255)
    return page.convert("1", dither=Image.Dither.NONE) if way.is_fax else page


def save(letter: Drawn, way: Way, file: Path, *, seed: int = 1) -> Path:
    """The page in a file: a fax as TIFF of group 4 with the dots an inch in its tags, a scan as PNG."""
    page = draw(letter, way, seed=seed)
    path = file.with_suffix(".tif" if way.is_fax else ".png")
    if way.is_fax:
        page.save(path, compression="group4", dpi=(way.across, way.down))
    else:
        page.save(path, dpi=(way.across, way.down))
    return path
