"""Makes a page as a machine reads it best: upright, grey, square, straight, 300 dots an inch. Run as a script.

A fax has 204 dots an inch across and 98 or 196 down: its tags say so, and it is stretched to square first. Specks go
by the median of nine dots; a blur would take the letters with them (measured: 1.5 against 6.9 % of wrong characters).
"""

from __future__ import annotations

import sys
from itertools import islice, pairwise
from pathlib import Path

from PIL import Image, ImageFilter, ImageOps, ImageSequence, UnidentifiedImageError

DOTS = 300
FEW_DOTS = 250
"""An inch; of fewer the specks are taken away before they are stretched: one is as large as a full stop there."""
PAPER_INCHES = 8.27
"""The width of A4, where a photo does not say its size."""
MOST_PAGES, MOST_DOTS = 40, 120_000_000
LARGEST_SIDE = 6000
SHOWN_WIDTH = 1100
MOST_SKEW, STEP, FINE = 4.0, 0.5, 0.1
LOOKED_AT = 500
"""Dots across at which the skew is looked for."""
UNREADABLE = 3
"""The exit status for what is no picture that can be opened."""


def prepare(source: Path, into: Path, *, turn: int = 0) -> None:  # no event: pictures in a folder
    """Each page of the file lies in `into` as page-001.png to be read and page-001.jpg to be shown, turned by so many degrees."""
    Image.MAX_IMAGE_PIXELS = MOST_DOTS // 2  # Pillow refuses twice that
    into.mkdir(exist_ok=True)
    with Image.open(source, formats=("TIFF", "PNG", "JPEG", "WEBP", "PPM")) as file:
        for number, page in enumerate(islice(ImageSequence.Iterator(file), MOST_PAGES), start=1):
            made = legible(page.rotate(-turn, expand=True) if turn else page)
            made.save(into / f"page-{number:03d}.png", dpi=(DOTS, DOTS), compress_level=1)
            shown = made.resize((SHOWN_WIDTH, max(1, round(made.height * SHOWN_WIDTH / made.width))), Image.Resampling.BOX)
            shown.save(into / f"page-{number:03d}.jpg", quality=70, optimize=True)


def legible(page: Image.Image) -> Image.Image:
    """The page as it is read."""
    across, down = _dots(page)
    grey = ImageOps.exif_transpose(_on_white(page)).convert("L")
    if across != down:
        wide, high = max(1.0, down / across), max(1.0, across / down)
        grey = grey.resize(_fitting(grey.width * wide, grey.height * high), Image.Resampling.BICUBIC)
    dots = max(across, down)
    if dots < FEW_DOTS:
        grey = grey.filter(ImageFilter.MedianFilter(3))
    if not FEW_DOTS <= dots <= DOTS * 1.2:
        grey = grey.resize(_fitting(grey.width * DOTS / dots, grey.height * DOTS / dots), Image.Resampling.BICUBIC)
    grey = ImageOps.autocontrast(grey, cutoff=1)
    skew = skew_of(grey)
    return grey.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255) if abs(skew) >= FINE else grey


def _on_white(page: Image.Image) -> Image.Image:
    if page.mode not in {"RGBA", "LA", "PA"} and "transparency" not in page.info:
        return page
    seen = page.convert("RGBA")
    white = Image.new("RGBA", seen.size, "white")
    white.alpha_composite(seen)
    white.info = dict(page.info)
    return white


def _dots(page: Image.Image) -> tuple[float, float]:
    """Dots an inch across and down, as the file says; where it says nothing that could be so, as if the paper were A4."""
    said = page.info.get("dpi", (0, 0))
    try:
        across, down = float(said[0]), float(said[1])
    except (TypeError, ValueError, IndexError):
        across = down = 0.0
    inches = page.width / across if across > 0 else 0.0
    if 3 <= inches <= 20 and 90 <= across <= 1300 and 90 <= down <= 1300:
        return across, down
    guessed = min(page.width, page.height) / PAPER_INCHES
    return guessed, guessed


def _fitting(width: float, height: float) -> tuple[int, int]:
    shrink = min(1.0, LARGEST_SIDE / max(width, height))
    return max(1, round(width * shrink)), max(1, round(height * shrink))


def skew_of(grey: Image.Image) -> float:
    """By how many degrees it has to be turned so that its lines lie level: then rows of letters and gaps differ most."""
    small = ImageOps.invert(grey).resize((LOOKED_AT, max(1, round(grey.height * LOOKED_AT / grey.width))), Image.Resampling.BOX)
    steps = round(MOST_SKEW / STEP)
    rough = max((step * STEP for step in range(-steps, steps + 1)), key=lambda angle: (_stripes(small, angle), -abs(angle)))
    near = [rough + step * FINE for step in range(-4, 5)]
    return max(near, key=lambda angle: (_stripes(small, angle), -abs(angle)))


def _stripes(small: Image.Image, angle: float) -> float:
    """How much neighbouring rows differ when it is turned so far."""
    turned = small.rotate(angle, Image.Resampling.BICUBIC) if angle else small
    rows = turned.resize((1, turned.height), Image.Resampling.BOX, reducing_gap=None).tobytes()
    return float(sum((above - below) ** 2 for above, below in pairwise(rows)))


if __name__ == "__main__":
    try:
        prepare(Path(sys.argv[1]), Path(sys.argv[2]), turn=int(sys.argv[3]))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as why:
        print(why, file=sys.stderr)
        sys.exit(UNREADABLE)
