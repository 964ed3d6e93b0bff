"""Where the bands of the flow are drawn: sums over counts, with no line of SVG in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kept.journeys.flowing import ENDS, WENT, Flow, Stream

TOP, ROOM, GAP = 34.0, 340.0, 21.0
COLUMNS: Final = (142.0, 430.0, 690.0)
WIDE: Final = 11.0
LEAST: Final = 1.0
"""A single person is still seen."""


@dataclass(slots=True)
class Node:
    """One bar: `key` says what stands there, `column` 0 to 2."""

    column: int
    key: str
    count: int
    y: float
    height: float
    out_y: float = 0.0
    in_y: float = 0.0

    @property
    def x(self) -> float:
        """Its left edge."""
        return COLUMNS[self.column]

    @property
    def middle(self) -> float:
        """Where its name stands."""
        return self.y + self.height / 2 + 4


@dataclass(frozen=True, slots=True)
class Band:
    """One stream as a closed path."""

    stream: Stream
    half: int
    path: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture; red bands come last, so that they lie on top."""

    nodes: list[Node]
    bands: list[Band]
    height: int


def drawing_of(flow: Flow) -> Drawing:
    """Three columns of bars, as tall as they have people, and the bands between."""
    columns = (flow.media, [one for one in WENT if flow.through(source=one)], [one for one in ENDS if flow.through(target=one)])
    counts = [
        [(key, sum(one.count for one in flow.firsts if one.source == key)) for key in columns[0]],
        [(key, sum(one.count for one in flow.firsts if one.target == key)) for key in columns[1]],
        [(key, sum(one.count for one in flow.lasts if one.target == key)) for key in columns[2]],
    ]
    scale = ROOM / max(1, flow.people)
    tall = max((_tall(column, scale) for column in counts), default=0.0)
    nodes = [node for place, column in enumerate(counts) for node in _stacked(place, column, scale, tall)]
    bands = [*_bands(flow.firsts, nodes, 0, scale), *_bands(flow.lasts, nodes, 1, scale)]
    return Drawing(nodes, sorted(bands, key=lambda band: band.stream.is_bad), round(TOP + tall + 16))


def _tall(column: Sequence[tuple[str, int]], scale: float) -> float:
    return sum(max(LEAST, n * scale) for _key, n in column) + GAP * max(0, len(column) - 1)


def _stacked(place: int, column: Sequence[tuple[str, int]], scale: float, tall: float) -> list[Node]:
    """One above the other, spread over the whole height."""
    spare = tall - (_tall(column, scale) - GAP * max(0, len(column) - 1))
    gap, y, nodes = spare / max(1, len(column) - 1), TOP, []
    for key, n in column:
        height = max(LEAST, n * scale)
        nodes.append(Node(place, key, n, y, height, y, y))
        y += height + gap
    return nodes


def _bands(streams: Sequence[Stream], nodes: Sequence[Node], half: int, scale: float) -> list[Band]:
    """Leaving and arriving in the order of the bars, so that they cross as little as can be."""
    found = {(node.column, node.key): node for node in nodes}
    place = {(node.column, node.key): number for number, node in enumerate(nodes)}
    bands = []
    for one in sorted(streams, key=lambda s: (place[half, s.source], place[half + 1, s.target])):
        source, target, height = found[half, one.source], found[half + 1, one.target], one.count * scale
        bands.append(Band(one, half, _path(source.x + WIDE, source.out_y, target.x, target.in_y, height)))
        source.out_y += height
        target.in_y += height
    return bands


def _path(x: float, y: float, to_x: float, to_y: float, height: float) -> str:
    half = (x + to_x) / 2
    there = f"M{x:g} {y:.1f}C{half:g} {y:.1f} {half:g} {to_y:.1f} {to_x:g} {to_y:.1f}"
    return f"{there}V{to_y + height:.1f}C{half:g} {to_y + height:.1f} {half:g} {y + height:.1f} {x:g} {y + height:.1f}Z"
