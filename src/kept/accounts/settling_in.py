"""What a new house begins with."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kept.accounts.models import ChannelAccount
from kept.accounts.opening import account_of_kind, add_account
from kept.accounts.policies import BY_MEDIUM, policy_for
from kept.places.models import Brand


@transaction.atomic
def settle_in(now: datetime) -> ChannelAccount:  # no event: what a new house begins with
    """A new house has a calendar, policies, a brand, one public form and the page of good words; an old one is left as it is.

    Returns the first form.
    """
    for medium in ("form", *BY_MEDIUM):
        policy_for(medium)
    if not Brand.objects.exists():
        Brand.objects.create(name="Our house")
    form = ChannelAccount.objects.filter(kind="webform").order_by("pk").first()
    form = form or add_account("webform", name="Contact", now=now).account
    if not ChannelAccount.objects.filter(kind="good_word").exists():
        account_of_kind("good_word", now=now)
    return form
