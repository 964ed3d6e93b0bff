"""The channel behind an account: its class by kind, its settings with secrets unsealed."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.conf import settings as house_settings
from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.channels import kinds
from kept.channels.base import Channel
from kept.lib.links import seal_text, unseal_text
from kept.lib.refusal import Refusal

CHANNEL_ALIASES = {"form": "webform"}
"""What the outside says (KEPT.md 4) where it is not the channel's own kind."""


def channel_named(kind: str) -> type[Channel]:
    """The channel of that kind. Refuses with the list of those there are."""
    found = kinds().get(CHANNEL_ALIASES.get(kind, kind))
    if found is None:
        known = ", ".join(sorted({*kinds(), *CHANNEL_ALIASES} - set(CHANNEL_ALIASES.values())))
        raise Refusal(_("There is no channel %(kind)s; there are: %(known)s.") % {"kind": kind, "known": known})
    return found


def channel_of(account: ChannelAccount) -> Channel:
    """The channel, ready to translate for this account."""
    channel = channel_named(account.kind)
    secrets = secret_names(channel)
    plain = {name: unseal_text(value) if name in secrets else value for name, value in account.settings.items()}
    return channel({"smtp_default": house_settings.SMTP_URL, **plain})


def secret_names(channel: type[Channel]) -> frozenset[str]:
    """The settings that are sealed at rest: whatever the form hides while it is typed."""
    fields = channel.Settings.base_fields.items()
    return frozenset(name for name, field in fields if isinstance(field.widget, forms.PasswordInput))


def sealed(channel: type[Channel], settings: Mapping[str, str]) -> dict[str, str]:
    """The settings as stored."""
    secrets = secret_names(channel)
    return {name: seal_text(value) if name in secrets else value for name, value in settings.items()}
