"""Ways in and out: add one, find the one behind a token or an address, open it, close it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.accounts.policies import policy_for
from kept.accounts.translating import CHANNEL_ALIASES, channel_named, sealed, secret_names
from kept.lib.links import hash_secret, new_secret
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.places.models import Brand
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

# Asked for every contact, so in words of our own: what the ORM takes 0.35 and 0.6 ms to say, a ready statement asks in 0.1.
_ACCOUNTS = f'SELECT * FROM "{ChannelAccount._meta.db_table}" WHERE "closed_at" IS NULL'  # noqa: S608 - our own name
BEHIND_A_DOOR = f'{_ACCOUNTS} AND "door_hash" = %s'
FIRST_OPENED = (
    f"""{_ACCOUNTS} AND "address" <> '' AND "kind" IN ({{gaps}}) ORDER BY "opened_at" IS NULL, "opened_at", "id" LIMIT 1"""
)


@dataclass(frozen=True, slots=True)
class Added:
    """A new account, and the secret of its door, which is shown once."""

    account: ChannelAccount
    door: str


@transaction.atomic
def add_account(
    kind: str,
    *,
    name: str,
    now: datetime,
    settings: Mapping[str, str] | None = None,
    is_open: bool = False,
    by: Employee | None = None,
) -> Added:
    """There is one more way in. A pulled one (a mailbox) begins listen only unless `is_open`; others are open at once (R1)."""
    channel = channel_named(kind)
    cleaned = clean_settings(kind, settings or {})
    opens_now = is_open or not channel(cleaned).is_pulled()
    door = new_secret()
    account = ChannelAccount.objects.create(
        kind=channel.kind,
        name=name,
        slug=_free_slug(name or channel.kind),
        address=cleaned.get("address", "").lower(),
        door_hash=hash_secret(door),
        settings=sealed(channel, cleaned),
        brand=Brand.objects.order_by("pk").first() or Brand.objects.create(name=name),
        policy=policy_for(channel.kind),
        start_line_at=now.replace(microsecond=0),  # INTERNALDATE counts whole seconds: that second is after the line
        opened_at=now if opens_now else None,
    )
    record(account, Happened.ACCOUNT_ADDED, at=now, by=by, name=name, account_kind=channel.kind)
    return Added(account, door)


def clean_settings(kind: str, settings: Mapping[str, str]) -> dict[str, str]:
    """What the channel's own form makes of these settings, as text. Refuses with one sentence for each that is wrong."""
    form = channel_named(kind).Settings(dict(settings))
    unknown = [name for name in settings if name not in form.fields]
    if unknown:
        known = ", ".join(form.fields) or _("none")
        raise Refusal(_("There is no setting %(name)s here; there are: %(known)s.") % {"name": unknown[0], "known": known})
    if not form.is_valid():
        raise Refusal(" ".join(f"{field}: {' '.join(map(str, errors))}" for field, errors in form.errors.items()))
    return {name: str(value) for name, value in form.cleaned_data.items() if value not in (None, "")}


def _free_slug(name: str) -> str:
    base = slugify(name)[:60] or "form"
    taken = set(ChannelAccount.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{number}" for number in range(2, 10_000))) if slug not in taken)


def account_behind(token: str) -> ChannelAccount | None:
    """The account whose door has this token, unless it was closed."""
    return next(iter(ChannelAccount.objects.raw(BEHIND_A_DOOR, [hash_secret(token)])), None)


def first_that_sends(kinds: Sequence[str]) -> ChannelAccount | None:
    """Of the accounts of these kinds that have an address: the one opened first, else the eldest that only listens."""
    gaps = ", ".join("%s" for _kind in kinds)
    return next(iter(ChannelAccount.objects.raw(FIRST_OPENED.format(gaps=gaps), list(kinds))), None) if kinds else None


def account_for_address(address: str) -> ChannelAccount | None:
    """The account that answers to this e-mail address; what follows a plus in the local part does not matter."""
    local, at, domain = address.strip().lower().rpartition("@")
    if not at:
        return None
    plain = f"{local.partition('+')[0]}@{domain}"
    found = ChannelAccount.objects.filter(address__in={address.strip().lower(), plain}, closed_at__isnull=True).order_by("pk")
    return found.first()


def account_named(name: str) -> ChannelAccount | None:
    """By slug, name or address, for the command line."""
    accounts = ChannelAccount.objects.filter(closed_at__isnull=True)
    return accounts.filter(slug=name).first() or accounts.filter(name=name).first() or account_for_address(name)


def account_of_kind(kind: str, *, now: datetime) -> ChannelAccount:
    """The house's own account of a kind that needs no settings, such as what is written down by hand; made when missing."""
    kind = CHANNEL_ALIASES.get(kind, kind)
    account = ChannelAccount.objects.filter(kind=kind, closed_at__isnull=True).order_by("pk").first()
    return account or add_account(kind, name=str(channel_named(kind).label), now=now).account


@transaction.atomic
def open_account(account: ChannelAccount, *, by: Employee | None, now: datetime) -> None:
    """It may send from now on: acknowledgements, replies, askings."""
    if account.opened_at is not None:
        return
    account.opened_at = now
    account.save(update_fields=["opened_at"])
    record(account, Happened.ACCOUNT_OPENED, at=now, by=by, name=account.name)


@transaction.atomic
def close_account(account: ChannelAccount, *, by: Employee, now: datetime) -> None:
    """Nothing comes in or goes out this way any more; what came stays."""
    account.closed_at = now
    account.save(update_fields=["closed_at"])
    record(account, Happened.ACCOUNT_CLOSED, at=now, by=by, name=account.name)


@transaction.atomic
def change_account(account: ChannelAccount, *, name: str, settings: Mapping[str, str], by: Employee, now: datetime) -> None:
    """The account has these settings; a secret left empty stays as it was."""
    channel = channel_named(account.kind)
    cleaned = clean_settings(account.kind, settings)
    account.name = name or account.name
    account.settings = {
        **{key: value for key, value in account.settings.items() if key in secret_names(channel)},
        **sealed(channel, cleaned),
    }
    account.address = cleaned.get("address", "").lower()
    account.trouble = ""
    account.save(update_fields=["name", "settings", "address", "trouble"])
    record(account, Happened.ACCOUNT_CHANGED, at=now, by=by, name=account.name, what=", ".join(sorted(cleaned)))
