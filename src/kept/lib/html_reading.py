"""From clean HTML to the lines of a plain mail. Used by html.py only."""

from __future__ import annotations

import re
from html.parser import HTMLParser

DEEPEST_SHOWN = 8
"""Quotes within quotes and lists within lists that are still marked."""
RULE = "_" * 32
"""How a plain mail draws a line across; mail programs put one above what they quote."""

_PARAGRAPHS = frozenset({"blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "p", "pre", "table"})
_LINES = frozenset({"caption", "dd", "div", "dt", "li", "tr"})
_LISTS = frozenset({"ul", "ol"})
_SPACE = re.compile(r"[ \t\r\n\f]+")
_NOT_THE_ADDRESS = re.compile(r"^(https?://(www\.)?|www\.|mailto:|tel:)|\W")


class HtmlReader(HTMLParser):
    """Feed it clean HTML only, where everything is closed and quoted; then `text()` has the words. It keeps no tree."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._wants_blank = False
        self._quotes = self._last_quotes = 0
        self._lists: list[int] = []
        self._bullet = ""
        self._pre = 0
        self._link: tuple[str, int, int] | None = None

    def text(self) -> str:
        """All the lines, without a blank one at either end."""
        self._end_line()
        return "\n".join(self._lines)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins: it may need a new line, a mark before it, or words in place of a picture."""
        given = {name: value or "" for name, value in attrs}
        self._make_room(tag, outermost=not self._lists)
        if tag == "br":
            self._wants_blank = self._wants_blank or not self._line
            self._end_line()
        elif tag == "hr":
            self._say(RULE)
            self._make_room(tag, outermost=True)
        elif tag == "img":
            self._say(f"[{given['alt'].strip()}]" if given.get("alt", "").strip() else "")
        elif tag == "a":
            self._link = (given.get("href", ""), len(self._lines), len(self._line))
        elif tag == "blockquote":
            self._quotes += 1
        elif tag in _LISTS:
            start = given.get("start", "1")
            self._lists.append(0 if tag == "ul" else int(start) if start.isdecimal() and len(start) < 7 else 1)
        elif tag == "li":
            self._begin_item()
        elif tag == "pre":
            self._pre += 1

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag == "a":
            self._end_link()
        elif tag in {"td", "th"}:
            self._say(" ")
        self._make_room(tag, outermost=len(self._lists) == 1)
        if tag == "blockquote":
            self._quotes -= 1
        elif tag in _LISTS:
            self._lists.pop()
        elif tag == "pre":
            self._pre -= 1

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self._pre:
            self._say(_SPACE.sub(" ", data))
            return
        first, *rest = data.replace("\r", "").split("\n")
        self._line.append(first)
        for line in rest:
            self._wants_blank = self._wants_blank or not self._line
            self._end_line()
            self._line = [line] if line else []

    def _make_room(self, tag: str, *, outermost: bool) -> None:
        if tag in _PARAGRAPHS or (tag in _LISTS and outermost):
            self._end_line()
            self._wants_blank = True
        elif tag in _LINES or tag in _LISTS:
            self._end_line()

    def _say(self, text: str) -> None:
        if not self._line or self._line[-1].endswith(" "):
            text = text.lstrip(" ")
        if text:
            self._line.append(text)

    def _begin_item(self) -> None:
        number = self._lists[-1] if self._lists else 0
        self._bullet = f"{number}. " if number else "- "
        if number:
            self._lists[-1] += 1

    def _end_link(self) -> None:
        if self._link is None:
            return
        href, lines, pieces = self._link
        self._link = None
        words = "".join(self._line[pieces:]) if lines == len(self._lines) else ""
        if href and _bare(href) != _bare(words):
            self._say(f" <{href}>")

    def _end_line(self) -> None:
        words = "".join(self._line).replace("\xa0", " ").rstrip()
        self._line = []
        if not words:
            return
        if self._wants_blank and self._lines:
            self._lines.append(("> " * min(self._quotes, self._last_quotes, DEEPEST_SHOWN)).rstrip())
        indent = "  " * min(max(len(self._lists) - 1, 0), DEEPEST_SHOWN)
        self._lines.append("> " * min(self._quotes, DEEPEST_SHOWN) + indent + self._bullet + words)
        self._bullet, self._wants_blank, self._last_quotes = "", False, self._quotes


def _bare(address: str) -> str:
    return _NOT_THE_ADDRESS.sub("", address.strip().casefold())
