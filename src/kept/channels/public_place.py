"""Part of the base: where in public a word stands. The place is called by its name, and what is no link is none."""

from __future__ import annotations

import hashlib
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from kept.channels.base import PublicPlace
from kept.channels.cleaning import clean_line

LONGEST_LINK, LONGEST_NAME = 1000, 80
MOST_STARS = 100
NAMES = {
    "x.com": "X",
    "twitter.com": "X",
    "facebook.com": "Facebook",
    "fb.com": "Facebook",
    "instagram.com": "Instagram",
    "threads.net": "Threads",
    "tiktok.com": "TikTok",
    "youtube.com": "YouTube",
    "youtu.be": "YouTube",
    "linkedin.com": "LinkedIn",
    "reddit.com": "Reddit",
    "maps.app.goo.gl": "Google",
    "g.page": "Google",
    "bsky.app": "Bluesky",
    "yelp.com": "Yelp",
}
"""What people call the place behind a host."""
IN_MANY_COUNTRIES = {"google": "Google", "trustpilot": "Trustpilot", "tripadvisor": "Tripadvisor", "yelp": "Yelp"}


def public_place(name: str, link: str, rating: object = None, views: object = None) -> PublicPlace | None:
    """The place by its name, else by its link's host, and the stars given there; None where none of them says anything."""
    url = public_link(link)
    seen = views if isinstance(views, int) and not isinstance(views, bool) and views >= 0 else None
    found = PublicPlace(clean_line(name, limit=LONGEST_NAME) or name_of(url), url, _stars(rating), views=seen)
    return found if found != PublicPlace() else None


def key_of_post(*, place: str, own_id: str = "", url: str = "", words: str = "") -> str:
    """Names one post, however often it is told: by its own id there, else by its link, else by what it says."""
    named = f"id:{own_id}" if own_id else f"link:{url}" if url else f"words:{words}"
    whole = f"{place.casefold()}\n{named}"
    return "post:" + hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()


def public_link(written: str) -> str:
    """The link if it leads to a page of the web, else nothing: what it says may be anything, and people press it."""
    link = clean_line(written, limit=LONGEST_LINK + 1).replace(" ", "")
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return link if parts.scheme in {"http", "https"} and parts.hostname and len(link) <= LONGEST_LINK else ""


def name_of(link: str) -> str:
    """What people call the place behind this link: "X" for x.com; the host itself where it has no other name here."""
    host = (urlsplit(link).hostname or "").removeprefix("www.").removeprefix("m.") if link else ""
    for known, name in NAMES.items():
        if host == known or host.endswith(f".{known}"):
            return name
    parts = host.split(".")
    return next((name for part, name in IN_MANY_COUNTRIES.items() if part in parts[:-1]), host[:LONGEST_NAME])


def _stars(rating: object) -> str:
    """ "1/5" for {"scale": 5, "value": 1}; empty for what can be no such number, which the original still shows."""
    told = rating if isinstance(rating, dict) else {}
    value, scale = _number(told.get("value")), _number(told.get("scale"))
    if value is None or scale is None or not 0 <= value <= scale <= MOST_STARS or not scale:
        return ""
    return f"{_written(value)}/{_written(scale)}"


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = round(Decimal(str(value)), 1)
    except (InvalidOperation, ValueError):
        return None
    return number if number.is_finite() else None


def _written(number: Decimal) -> str:
    return f"{number:f}".removesuffix(".0")
