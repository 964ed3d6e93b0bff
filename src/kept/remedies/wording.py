"""What is given, in words: "your money back: £12.50", "a new pizza", "a new pizza (2)". In the language that is active."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kept.lib.refusal import Refusal
from kept.remedies.models import Remedy

AMOUNT = re.compile(r"[0-9]{1,8}(?:[.,][0-9]{1,2})?")
SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}


def amount_in_words(amount: Decimal, currency: str) -> str:
    """ "£12.50" or "12,50 €"; pieces without a comma; a currency without a sign by its code."""
    if not currency:
        return number_format(int(amount)) if amount == amount.to_integral_value() else number_format(amount)
    figure, sign = number_format(amount, decimal_pos=2), SIGNS.get(currency, "")
    if sign and not (get_language() or "").startswith("de"):
        return f"{sign}{figure}"
    return f"{figure} {sign or currency}"


def gift_in_words(remedy: Remedy, amount: Decimal) -> str:
    """As the customer reads what they are promised."""
    if remedy.currency:
        return _("%(what)s: %(amount)s") % {"what": remedy.name, "amount": amount_in_words(amount, remedy.currency)}
    if amount == 1:
        return remedy.name
    return _("%(what)s (%(count)s)") % {"what": remedy.name, "count": amount_in_words(amount, "")}


def amount_typed(text: str) -> Decimal:
    """The amount that somebody typed: "12.50", "12,50", "£ 12.50", "1". Refuses what is none."""
    bare = "".join(letter for letter in text if letter not in " \xa0\u202f'’" and letter not in SIGNS.values())
    if not AMOUNT.fullmatch(bare):
        raise Refusal(_("Write how much, such as 12.50."))
    return Decimal(bare.replace(",", "."))
