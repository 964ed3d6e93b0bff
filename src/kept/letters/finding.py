"""A sheet of ours came back: the code at its foot says which letter it was. It proposes a case to a person, and joins nothing."""

from __future__ import annotations

from kept.lib.letter_codes import letter_code, letter_code_in
from kept.replies.models import Letter


def token_in(text: str) -> str:
    """The code of a letter of ours in what a machine read, as we print it; empty where there is none."""
    key = letter_code_in(text)
    return letter_code(key) if key is not None else ""


def letter_named_in(text: str) -> Letter | None:
    """Our letter whose sheet this seems to be, with its case and customer; for a person to say whether it is so."""
    key = letter_code_in(text)
    letters = Letter.objects.select_related("message__case__customer", "message__case__owner")
    return letters.filter(pk=key).first() if key is not None else None
