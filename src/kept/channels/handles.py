"""Part of the base: one spelling for each address, so that one person is not taken for two."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import phonenumbers

from kept.channels.base import Handle
from kept.channels.cleaning import clean_line

KINDS = ("email", "phone", "handle", "address", "external")
_LONGEST_ADDRESS = 320  # RFC 3696 errata: 64 for the local part, 255 for the domain, one @
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\]+")


def handles(pairs: Iterable[tuple[str, str]], *, region: str = "") -> tuple[tuple[Handle, ...], str]:
    """Handles for these (kind, value), and the rest as one line for a person to read.

    A mistyped address is no handle: two people who both wrote "ring me" would be taken for one.
    """
    usable, rest = [], []
    for kind, value in pairs:
        value = clean_line(value, limit=500)
        if one := _handle(kind, value, region=region):
            usable.append(one)
        elif value:
            rest.append(value)
    return tuple(dict.fromkeys(usable)), ", ".join(rest)


def proven_at(sender: Iterable[Handle], address: str) -> tuple[Handle, ...]:
    """The e-mail address to which our page says that it mailed its link is proven by that; no other is."""
    return tuple(replace(one, proven=True) if one.kind == "email" and one.value == address else one for one in sender)


def name_with(name: str, rest: str) -> str:
    """The name, with what they gave as an address but cannot be used as one, lest it be lost."""
    name = clean_line(name, limit=200)
    return clean_line(f"{name} ({rest})" if name and rest else name or rest, limit=400)


def _handle(kind: str, value: str, *, region: str) -> Handle | None:
    if kind == "email":
        value = email_address(value)
    elif kind == "phone":
        value = phone_number(value, region=region)
    if not value:
        return None
    return Handle(kind, value) if kind in KINDS else Handle("external", f"{clean_line(kind, limit=50)}:{value}")


def email_address(value: str) -> str:
    """The address in lower case, or empty where this is not one address."""
    value = value.strip().strip("<>").lower()
    return value if len(value) <= _LONGEST_ADDRESS and _EMAIL.fullmatch(value) else ""


def phone_number(value: str, *, region: str = "") -> str:
    """E.164, such as +442079460958, or empty. `region` (ISO 3166, such as GB) is where a number without + belongs."""
    try:
        number = phonenumbers.parse(value, region.upper() or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
