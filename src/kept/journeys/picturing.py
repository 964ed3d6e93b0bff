"""The flow as a drawing that stands alone: its colours are in it, so that it looks the same wherever it is opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final
from xml.sax.saxutils import escape

from kept.journeys.flowing import OPEN, Flow
from kept.journeys.sankey import COLUMNS, WIDE, Band, Node, drawing_of
from kept.journeys.ways import AGAIN

ACROSS, HEAD = 900, 30
INK, SOFT, BAD, GOOD, CALM = "#1d2420", "#616963", "#a3301a", "#0c5a48", "#285283"
ENDS: Final = {
    "white": f'fill="#fff" stroke="{SOFT}"',
    "black": f'fill="{INK}" stroke="{INK}"',
    "no_word": f'fill="none" stroke="{SOFT}"',
    OPEN: f'fill="none" stroke="{SOFT}" stroke-dasharray="3 3"',
}
NameOf = Callable[[int, str], str]


def flow_as_svg(flow: Flow, *, title: str, heads: Sequence[str], name_of: NameOf) -> str:
    """Bars and bands with how many people; `heads` name the three columns, `name_of(column, key)` what stands in them."""
    drawing = drawing_of(flow)
    tall = drawing.height + HEAD + 8
    inside = [
        *(_text(x, 14, says, color=SOFT) for x, says in zip((0, *COLUMNS[1:]), heads, strict=True)),
        *(_band(band, name_of) for band in drawing.bands),
        *(_node(node, name_of) for node in drawing.nodes),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {ACROSS} {tall}" width="{ACROSS}" height="{tall}"'
        f' font-family="system-ui, sans-serif" font-size="12"><title>{escape(title)}</title>'
        f'<rect width="{ACROSS}" height="{tall}" fill="#fff"/>{_text(0, 18, title, size=16, weight=600)}'
        f'<g transform="translate(0 {HEAD})">{"".join(inside)}</g></svg>'
    )


def _band(band: Band, name_of: NameOf) -> str:
    stream = band.stream
    color, alpha = (BAD, 0.42) if stream.is_bad else {"white": (GOOD, 0.22), OPEN: (CALM, 0.22)}.get(stream.target, (SOFT, 0.2))
    says = f"{name_of(band.half, stream.source)} → {name_of(band.half + 1, stream.target)}: {stream.count}"
    return f'<path d="{band.path}" fill="{color}" fill-opacity="{alpha}"><title>{escape(says)}</title></path>'


def _node(node: Node, name_of: NameOf) -> str:
    look = ENDS[node.key] if node.column == 2 else f'fill="{BAD if node.key == AGAIN else SOFT}"'
    bar = f'<rect x="{node.x:g}" y="{node.y:.1f}" width="{WIDE:g}" height="{node.height:.1f}" rx="2" {look}/>'
    x, anchor = (node.x - 8, ' text-anchor="end"') if node.column == 0 else (node.x + 20, "")
    words = f'<tspan font-weight="600">{node.count}</tspan> {escape(name_of(node.column, node.key))}'
    return f'{bar}<text x="{x:g}" y="{node.middle:.1f}" fill="{INK}"{anchor}>{words}</text>'


def _text(x: float, y: float, words: str, *, size: int = 12, weight: int = 400, color: str = INK) -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" font-weight="{weight}" fill="{color}">{escape(words)}</text>'
