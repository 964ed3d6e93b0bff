"""What every template may use beside its context."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.messages import get_messages
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.html import json_script
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from kept.cases.wording import nth, nth_time
from kept.lib.address import base_url
from kept.lib.wording import (
    date_in_words,
    day_in_words,
    hour_in_words,
    moment_in_words,
    month_in_words,
    short_day_in_words,
    span_in_words,
    spoken_span,
)
from kept.remedies.wording import amount_in_words
from kept.web.media import medium
from kept.web.words import term

ICONS = Path(__file__).with_name("icons")
TINTS = "abcd"


def environment(**options: object) -> Environment:
    """Jinja2 as this house uses it: everything escaped, strings in the reader's language."""
    how = {**options, "autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    env = Environment(**how, extensions=["jinja2.ext.i18n"])  # type: ignore[arg-type]  # noqa: S701 - see above
    env.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext)  # type: ignore[attr-defined]
    env.policies["ext.i18n.trimmed"] = True
    env.globals |= {
        "url": _url,
        "house_address": base_url,
        "static": static,
        "icon": icon,
        "csrf": csrf,
        "language": translation.get_language,
        "is_https": settings.IS_HTTPS,
        "medium": medium,
        "term": term,
        "told": get_messages,
        "json_script": json_script,
    }
    env.filters |= {
        "moment": moment,
        "hour": hour,
        "on_day": on_day,
        "short_day": short_day,
        "day": day,
        "month": month,
        "for_field": for_field,
        "stamp": stamp,
        "span": span_in_words,
        "spoken": spoken_span,
        "capital": capital,
        "nth": nth,
        "nth_time": nth_time,
        "money": amount_in_words,
        "initials": initials,
        "tint": tint,
        "paragraphs": paragraphs,
    }
    return env


def _url(name: str, *args: object) -> str:
    return reverse(name, args=[str(arg) for arg in args])


def icon(name: str, label: object = "", kind: str = "i") -> Markup:
    """The drawing of web/icons/<name>.svg inline: hidden from screen readers beside a text, named when it stands alone."""
    return _drawn(name, str(label), kind)


@cache
def _drawn(name: str, label: str, kind: str) -> Markup:
    svg = (ICONS / f"{name}.svg").read_text(encoding="utf-8").strip()
    lines = svg[svg.index(">") + 1 :]
    spoken = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup(f'<svg class="{kind}" viewBox="0 0 20 20" {spoken}>{lines}')  # noqa: S704 - our own files, the label escaped


@pass_context
def csrf(context: Context) -> Markup:
    """The hidden field that every form of a signed-in person needs."""
    return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(get_token(context["request"]))


@pass_context
def moment(context: Context, at: datetime | None, zone: str = "", relative: bool = False) -> str:
    """Day and hour in words, on the zone's wall clock (the page's own `zone` unless given)."""
    return moment_in_words(at, zone or context.get("zone") or "UTC", context["now"], relative=relative) if at else ""


@pass_context
def hour(context: Context, at: datetime | None, zone: str = "") -> str:
    """The time of day alone: "18:00"."""
    return hour_in_words(at, zone or context.get("zone") or "UTC") if at else ""


@pass_context
def day(context: Context, at: datetime | None, zone: str = "") -> str:
    """The day alone: "Thursday 18 June"."""
    return day_in_words(at, zone or context.get("zone") or "UTC", context["now"]) if at else ""


@pass_context
def month(context: Context, at: datetime | None, zone: str = "") -> str:
    """The month alone: "June"."""
    return month_in_words(at, zone or context.get("zone") or "UTC", context["now"]) if at else ""


@pass_context
def on_day(context: Context, day: date | None) -> str:
    """A day of the calendar: "Thursday 18 June"."""
    return date_in_words(day, context["now"]) if day else ""


@pass_context
def short_day(context: Context, at: datetime | None, zone: str = "") -> str:
    """The day as it fits under a column: "4 May"."""
    return short_day_in_words(at, zone or context.get("zone") or "UTC") if at else ""


@pass_context
def for_field(context: Context, at: datetime | None, zone: str = "") -> str:
    """As an <input type="datetime-local"> takes it, on the zone's wall clock."""
    local = at.astimezone(ZoneInfo(zone or context.get("zone") or "UTC")) if at else None
    return local.strftime("%Y-%m-%dT%H:%M") if local else ""


def stamp(at: datetime) -> str:
    """For the datetime of a <time>."""
    return at.isoformat()


def capital(text: str) -> str:
    """As a sentence or a title begins, the rest as it was: "the next word" is "The next word"."""
    return text[:1].upper() + text[1:]


def initials(name: str) -> str:
    """At most two letters: "Priya Nair" is PN."""
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


def tint(pk: int) -> str:
    """One of four tints (a to d) for somebody's initials, always the same."""
    return TINTS[pk % len(TINTS)]


def paragraphs(text: str) -> Markup:
    """Plain words as paragraphs and line breaks, escaped."""
    blocks = [block for block in text.replace("\r\n", "\n").split("\n\n") if block.strip()]
    return Markup("").join(Markup("<p>{}</p>").format(Markup("<br>").join(block.strip("\n").split("\n"))) for block in blocks)
