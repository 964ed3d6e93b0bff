"""The Mastodon channel itself: mentions by their number, looks at posts, answers in the owner's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kept.channels.base import Channel, Heard, Incoming, Outgoing, Raw, Seen, TryLater, Undeliverable
from kept.channels.mastodon.asking import Gone, get, post
from kept.channels.mastodon.form import OFF, USUAL_LENGTH, MastodonSettings
from kept.channels.mastodon.listening import listen, raw_of
from kept.channels.mastodon.reading import EDITED, GONE, MENTION, full_address, host_of, key_of, read
from kept.channels.mastodon.searching import found_since, problems_with_listening

_PAGE = 40
MOST_ADDRESS = 64
"""Characters kept free for the @name a post begins with."""


class MastodonChannel(Channel):
    """Whoever names us in a post, and what we answer them there."""

    kind = "mastodon"
    label = gettext_noop("Mastodon")
    reaches = "mastodon"
    is_public = True
    can_whisper = True
    has_own_ids = True
    proven = gettext_noop("Proven against what Mastodon’s interface documents, not against a server of Mastodon’s own.")
    Settings = MastodonSettings

    def is_pulled(self) -> bool:
        """Kept asks the server what is new."""
        return True

    def collect(self, after: str = "") -> Iterator[Raw]:
        """Mentions with a higher number than `after`, oldest first, until a page is empty: a short page is not the last one."""
        while page := self._mentions(min_id=after or "0"):
            for item in sorted(page, key=lambda one: _number(one["id"])):
                after = str(item["id"])
                yield raw_of(item, cursor=after)

    def reconcile(self, since: datetime) -> Iterator[Raw]:
        """Every mention the server still holds since then, newest first; then what it finds by our names."""
        yield from self._told_since(since)
        yield from found_since(self.settings, since)

    def streams(self) -> bool:
        """Unless it is switched off: some servers have no stream."""
        return self.settings.get("stream", "") != OFF

    def listen(self, after: str = "", *, holds: Callable[[str], bool] = lambda _id: False) -> Iterator[Heard]:
        """As it happens; it has no memory, so `after` stays what it was, and asking finds what was said in between."""
        return listen(self.settings, after, holds=holds)

    def _told_since(self, since: datetime) -> Iterator[Raw]:
        upto = ""
        while page := self._mentions(max_id=upto):
            for item in page:
                if _moment(item) < since:
                    return
                yield raw_of(item)
            upto = min((str(item["id"]) for item in page), key=_number)

    def look(self, external_ids: Sequence[str]) -> Iterator[Seen]:
        """One post after the other; those of another server's numbering are left out."""
        host = host_of(self.settings)
        for external_id in external_ids:
            where, _slash, number = external_id.rpartition("/")
            if where == host and number.isalnum():
                yield self._seen(external_id, number)

    def most_characters(self) -> int:
        """What is left of the server's limit beside the @name."""
        return int(self.settings.get("length") or USUAL_LENGTH) - MOST_ADDRESS

    def dedupe_key(self, raw: Raw) -> str:
        """The post's uri and when it was last edited."""
        return key_of(raw)

    def parse(self, raw: Raw) -> list[Incoming]:
        """One notification, one Incoming."""
        return [read(raw, self.settings)]

    def send(self, outgoing: Outgoing) -> str:
        """Our post stands there, in answer to theirs; its id, as their answer will name it."""
        if outgoing.to.kind != self.reaches:
            raise Undeliverable(_("%(address)s is no address there.") % {"address": outgoing.to.value})
        fields = {
            "status": f"@{outgoing.to.value} {outgoing.text}",
            "visibility": "direct" if outgoing.is_private else "public",
            "in_reply_to_id": next((one.rpartition("/")[2] for one in outgoing.references), ""),
        }
        made = post(
            self.settings, "/api/v1/statuses", {name: value for name, value in fields.items() if value}, key=outgoing.message_id
        )
        if not isinstance(made, dict) or not made.get("id"):
            raise TryLater(_("What came back is no post."))
        return f"{host_of(self.settings)}/{made['id']}"

    def problems(self) -> list[str]:
        """Whether the token is taken and is that of our handle, and whether the server's posts are as long as we think."""
        try:
            who = get(self.settings, "/api/v1/accounts/verify_credentials")
            limit = _limit(get(self.settings, "/api/v2/instance"))
        except TryLater as trouble:
            return [str(trouble)]
        except Gone:
            return [_("This server does not speak Mastodon’s API.")]
        found = []
        ours = "@" + full_address(str(who.get("acct", "")) if isinstance(who, dict) else "", host_of(self.settings))
        if ours.partition("@")[2].partition("@")[0] != self.settings.get("address", "").lstrip("@").partition("@")[0]:
            found.append(_("The token belongs to %(handle)s.") % {"handle": ours})
        if limit and limit < int(self.settings.get("length") or USUAL_LENGTH):
            found.append(_("This server takes posts of %(count)s characters only.") % {"count": limit})
        return [*found, *problems_with_listening(self.settings)]

    def _mentions(self, **where: str) -> list[Mapping[str, Any]]:
        try:
            page = get(self.settings, "/api/v1/notifications", **{"types[]": MENTION, "limit": _PAGE}, **where)
        except Gone:
            raise TryLater(_("This server does not speak Mastodon’s API.")) from None
        return [item for item in page if isinstance(item, dict) and item.get("id")] if isinstance(page, list) else []

    def _seen(self, external_id: str, number: str) -> Seen:
        try:
            status = get(self.settings, f"/api/v1/statuses/{number}")
        except Gone:
            return Seen(external_id, changed=raw_of({"type": GONE, "id": number}))
        if not isinstance(status, dict):
            raise TryLater(_("What came back is no post."))
        followers, reposts = _count((status.get("account") or {}).get("followers_count")), _count(status.get("reblogs_count"))
        edited = status.get("edited_at")
        changed = raw_of({"type": EDITED, "created_at": edited, "status": status}) if edited else None
        return Seen(
            external_id,
            followers=followers,
            reposts=reposts,
            likes=_count(status.get("favourites_count")),
            replies=_count(status.get("replies_count")),
            reach=(followers or 0) + (self._passed_on(number) if reposts else 0),
            changed=changed,
        )

    def _passed_on(self, number: str) -> int:
        """Followers of those who passed it on, as many of them as the server names on one page."""
        try:
            people = get(self.settings, f"/api/v1/statuses/{number}/reblogged_by", limit=80)
        except Gone:
            return 0
        return sum(_count(one.get("followers_count")) or 0 for one in people if isinstance(one, dict))


def _number(id: object) -> tuple[int, str]:
    """Ids are numbers of growing length on every server that has them; any other spelling is compared as text."""
    return len(str(id)), str(id)


def _count(value: object) -> int | None:
    return max(0, value) if isinstance(value, int) and not isinstance(value, bool) else None


def _moment(item: Mapping[str, Any]) -> datetime:
    try:
        at = datetime.fromisoformat(str(item.get("created_at")))
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)


def _limit(instance: object) -> int:
    for name in ("configuration", "statuses", "max_characters"):
        instance = instance.get(name) if isinstance(instance, dict) else None
    return _count(instance) or 0
