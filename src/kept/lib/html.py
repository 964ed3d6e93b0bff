"""What strangers send as HTML: made safe to show, and made plain to read."""

from __future__ import annotations

import re
from collections import Counter

import nh3

from kept.lib.html_reading import HtmlReader

LONGEST = 500_000
"""Characters looked at, pictures written into the text apart; the original is kept elsewhere."""
DEEPEST = 300
"""With more elements open at once there is no shape left to show, and the cleaner's time grows with the square."""

_TAGS = (
    "a abbr b blockquote br caption cite code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins li ol p pre q s small span "
    "strong sub sup table tbody td tfoot th thead tr u ul"
)
_NOT_WORDS = "iframe math noscript object script select style svg template textarea title video"
_SHALLOW = "area br col hr img input link meta wbr p li td th tr tbody thead tfoot"
"""Elements without an end, or ended by the next of their kind: many of them are not a nest."""
_CLEANER = nh3.Cleaner(
    tags=set(_TAGS.split()),
    clean_content_tags=set(_NOT_WORDS.split()),
    attributes={
        "*": {"dir", "lang"},
        "a": {"href", "title"},
        "img": {"alt"},  # never src: whoever is asked for the picture learns that the mail was read
        "ol": {"start"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    url_relative="deny",
    link_rel="noopener noreferrer nofollow",
)
_NEVER_DEEP = frozenset(_SHALLOW.split())
_PICTURE = re.compile(r"data:[\w/+.-]{0,80};base64,[A-Za-z0-9+/=\r\n]+")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_ANY_TAGS = re.compile(r"(?:<[^<>]*>?\s*)+")


def safe_html(dirty: str) -> str:
    """HTML that runs nothing, loads nothing, and links only to the web, a mailbox or a telephone.

    Takes anything, raises nothing; of what is nested past all sense only the words are left.
    """
    return _CLEANER.clean(_bounded(dirty))


def text_of(html: str) -> str:
    """The words as a plain mail writes them: paragraphs, lists, "> " quotes, links as <address>. Never raises."""
    reader = HtmlReader()
    reader.feed(safe_html(html))
    reader.close()
    return reader.text()


def _bounded(dirty: str) -> str:
    html = _PICTURE.sub("", dirty.encode("utf-8", "replace").decode())
    if _is_nested_past_sense(html[:LONGEST]):
        html = _ANY_TAGS.sub(" ", html)
    return html[:LONGEST]


def _is_nested_past_sense(html: str) -> bool:
    open_now: Counter[str] = Counter()
    depth = 0
    for closing, tag in _TAG.findall(html):
        name = tag.lower()
        if name in _NEVER_DEEP:
            continue
        if not closing:
            open_now[name] += 1
            depth += 1
        elif open_now[name]:
            open_now[name] -= 1
            depth -= 1
        if depth > DEEPEST:
            return True
    return False
