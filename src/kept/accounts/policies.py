"""Answer times out of the box (KEPT.md 2), and the first rows a new house needs."""

from __future__ import annotations

from pathlib import Path

from kept.accounts.models import Calendar, SlaPolicy

OFFICE_WEEK = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
HOUR, DAY = 60, 8 * 60
OUT_OF_THE_BOX = {
    # policy        (first answer, next answer, update every) in working minutes
    "office": (8 * HOUR, 8 * HOUR, 5 * DAY),
    "call": (2 * HOUR, 2 * HOUR, 5 * DAY),
    "letter": (5 * DAY, 5 * DAY, 5 * DAY),
    "chat": (1 * HOUR, 1 * HOUR, 5 * DAY),
    "post": (1 * HOUR, 1 * HOUR, 5 * DAY),
}
BY_MEDIUM = {
    "phone": "call",
    "letter": "letter",
    "fax": "letter",
    "paper": "letter",
    "sms": "chat",
    "chat": "chat",
    "post": "post",
}


def policy_for(medium: str) -> SlaPolicy:  # no event: settings that a new house begins with
    """How soon a word by this medium is answered, unless its account says otherwise."""
    name = BY_MEDIUM.get(medium, "office")
    if (found := SlaPolicy.objects.select_related("calendar").filter(name=name).first()) is not None:
        return found
    first, following, update = OUT_OF_THE_BOX[name]
    return SlaPolicy.objects.select_related("calendar").get_or_create(
        name=name,
        defaults={
            "calendar": default_calendar(),
            "first_answer_minutes": first,
            "next_answer_minutes": following,
            "update_every_minutes": update,
        },
    )[0]


def default_calendar() -> Calendar:  # no event: settings that a new house begins with
    """Monday to Friday 9 to 17 in the machine's zone, until somebody says otherwise."""
    return Calendar.objects.order_by("pk").first() or Calendar.objects.create(
        name="office", zone=machine_zone(), week=OFFICE_WEEK
    )


def day_and_night() -> Calendar:  # no event: whoever chooses it records it
    """Hours that never rest, in the zone of the house."""
    zone = default_calendar().zone
    return Calendar.objects.get_or_create(name="day and night", defaults={"zone": zone, "week": {}})[0]


def machine_zone() -> str:
    """The zone this machine is set to, by its IANA name; UTC when it does not say."""
    link = Path("/etc/localtime")
    if link.is_symlink():
        parts = link.resolve().parts
        if "zoneinfo" in parts:
            return "/".join(parts[parts.index("zoneinfo") + 1 :])
    named = Path("/etc/timezone")
    return named.read_text(encoding="ascii").strip() if named.is_file() else "UTC"
