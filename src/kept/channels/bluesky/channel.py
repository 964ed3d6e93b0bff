"""The Bluesky channel itself: mentions, replies and quotes, looks at posts, answers in the owner's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kept.channels.base import Channel, Heard, Incoming, Outgoing, Raw, Seen, TryLater, Undeliverable
from kept.channels.bluesky.form import OFF, BlueskySettings
from kept.channels.bluesky.listening import listen, problems_with_listening, raw_of
from kept.channels.bluesky.naming import moment_of, record_key
from kept.channels.bluesky.reading import GONE, REASONS, key_of, read
from kept.channels.bluesky.searching import found_since
from kept.channels.bluesky.session import Missing, call, signed_in
from kept.channels.json_items import line

_PAGE, _AT_ONCE = 50, 25
LONGEST = 300
"""Graphemes that a post may have; we count characters, of which there are never fewer."""


class BlueskyChannel(Channel):
    """Whoever names, answers or quotes us in a post, and what we answer them there."""

    kind = "bluesky"
    label = gettext_noop("Bluesky")
    reaches = "bluesky"
    is_public = True
    has_own_ids = True
    proven = gettext_noop(
        "Proven against Bluesky’s own servers: signing in, the firehose, notifications, answers, reach, changes, deletions. "
        "Search and Jetstream: against what their interfaces document."
    )
    Settings = BlueskySettings

    def is_pulled(self) -> bool:
        """Kept asks the server what is new."""
        return True

    def collect(self, after: str = "") -> Iterator[Raw]:
        """Pages come newest first: they are read until one is reached that we know, and then told oldest first."""
        at, _blank, uri = after.partition(" ")
        new = [item for item in self._told(until=at) if line(item, "uri") != uri]
        for item in sorted(new, key=lambda one: line(one, "indexedAt")):
            yield raw_of(item, cursor=f"{line(item, 'indexedAt')} {line(item, 'uri')}")

    def reconcile(self, since: datetime) -> Iterator[Raw]:
        """Whatever the server still tells since then: it may have learned of a post late. Then what it finds by our names."""
        moment = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
        yield from (raw_of(item) for item in self._told(until=moment))
        yield from found_since(self.settings, f"{moment}.000Z")

    def streams(self) -> bool:
        """Where an address of a stream is set."""
        return self.settings.get("stream", "") not in {"", OFF}

    def listen(self, after: str = "", *, holds: Callable[[str], bool] = lambda _id: False) -> Iterator[Heard]:
        """Everything that is posted there passes by; what is for us is told."""
        return listen(self.settings, after, holds=holds)

    def look(self, external_ids: Sequence[str]) -> Iterator[Seen]:
        """As they stand, 25 at once; a post counts as gone only when it is missing twice."""
        uris = [one for one in external_ids if one.startswith("at://")]
        for start in range(0, len(uris), _AT_ONCE):
            some = uris[start : start + _AT_ONCE]
            found = self._posts(some)
            missing = [uri for uri in some if uri not in found]
            found |= self._posts(missing) if missing else {}
            fans = self._followers([line(post.get("author"), "did") for post in found.values()])
            for uri in some:
                yield self._seen(found[uri], fans) if uri in found else _gone(uri)

    def most_characters(self) -> int:
        """The whole of a post: an answer there needs no @name."""
        return LONGEST

    def dedupe_key(self, raw: Raw) -> str:
        """The post's own address."""
        return key_of(raw)

    def parse(self, raw: Raw) -> list[Incoming]:
        """One notification, one Incoming."""
        return [read(raw, self.settings)]

    def send(self, outgoing: Outgoing) -> str:
        """Our post stands under theirs; a second try writes the same record under the same key."""
        if outgoing.to.kind != self.reaches or outgoing.is_private:
            raise Undeliverable(_("%(address)s can only be answered in public there.") % {"address": outgoing.to.value})
        record: dict[str, Any] = {
            "$type": "app.bsky.feed.post",
            "text": outgoing.text,
            "createdAt": moment_of(outgoing.message_id).isoformat().replace("+00:00", "Z"),
        }
        if outgoing.references:
            record["reply"] = self._place_under(outgoing.references[0])
        made = call(
            self.settings,
            "com.atproto.repo.putRecord",
            body={
                "repo": signed_in(self.settings).did,
                "collection": "app.bsky.feed.post",
                "rkey": record_key(outgoing.message_id),
                "record": record,
            },
        )
        if not line(made, "uri"):
            raise TryLater(_("What came back is no post."))
        return line(made, "uri")

    def problems(self) -> list[str]:
        """Whether the app password is taken and is that of our handle."""
        try:
            ours = "@" + line(call(self.settings, "com.atproto.server.getSession"), "handle").lower()
        except TryLater as trouble:
            return [str(trouble)]
        if ours != self.settings.get("address", "").lower():
            return [_("The app password belongs to %(handle)s.") % {"handle": ours}]
        return problems_with_listening(self.settings) if self.streams() or self.settings.get("watched") else []

    def _told(self, *, until: str) -> Iterator[Mapping[str, Any]]:
        """Notifications newest first, those of `until` and later."""
        cursor = ""
        while True:
            method = "app.bsky.notification.listNotifications"
            page = call(self.settings, method, reasons=REASONS, limit=_PAGE, cursor=cursor)
            items = page.get("notifications") if isinstance(page, dict) else None
            for item in items if isinstance(items, list) else []:
                if line(item, "indexedAt") < until:
                    return
                yield item
            cursor = line(page, "cursor")
            if not cursor:
                return

    def _posts(self, uris: Sequence[str]) -> dict[str, dict[str, Any]]:
        page = call(self.settings, "app.bsky.feed.getPosts", uris=list(uris))
        posts = page.get("posts") if isinstance(page, dict) else None
        return {line(post, "uri"): post for post in posts or [] if isinstance(post, dict)}

    def _place_under(self, uri: str) -> dict[str, Any]:
        """Strong references to their post and to the one its thread begins with, as their own server has them."""
        repo, _slash, rest = uri.removeprefix("at://").partition("/")
        collection, _slash, key = rest.partition("/")
        if not key:
            raise Undeliverable(_("The post is no longer there."))
        try:
            found = call(self.settings, "com.atproto.repo.getRecord", repo=repo, collection=collection, rkey=key)
        except Missing:
            raise Undeliverable(_("The post is no longer there.")) from None
        parent = {"uri": uri, "cid": line(found, "cid")}
        record = found.get("value") if isinstance(found, dict) else None
        answers = record.get("reply") if isinstance(record, dict) else None
        root = answers.get("root") if isinstance(answers, dict) else None
        return {"root": root if isinstance(root, dict) else parent, "parent": parent}

    def _seen(self, post: Mapping[str, Any], fans: Mapping[str, int]) -> Seen:
        uri, reposts = line(post, "uri"), _count(post.get("repostCount"))
        followers = fans.get(line(post.get("author"), "did"))
        return Seen(
            uri,
            followers=followers,
            reposts=reposts,
            likes=_count(post.get("likeCount")),
            replies=_count(post.get("replyCount")),
            reach=(followers or 0) + (self._passed_on(uri) if reposts else 0),
        )

    def _passed_on(self, uri: str) -> int:
        """Followers of those who passed it on, as many of them as the server names on one page."""
        page = call(self.settings, "app.bsky.feed.getRepostedBy", uri=uri, limit=_AT_ONCE)
        people = page.get("repostedBy") if isinstance(page, dict) else None
        return sum(self._followers([line(one, "did") for one in people or []]).values())

    def _followers(self, dids: Sequence[str]) -> dict[str, int]:
        actors = sorted({did for did in dids if did})[:_AT_ONCE]
        page = call(self.settings, "app.bsky.actor.getProfiles", actors=actors) if actors else {}
        profiles = page.get("profiles") if isinstance(page, dict) else None
        return {line(one, "did"): _count(one.get("followersCount")) or 0 for one in profiles or []}


def _gone(uri: str) -> Seen:
    return Seen(uri, changed=raw_of({"reason": GONE, "uri": uri}))


def _count(value: object) -> int | None:
    return max(0, value) if isinstance(value, int) and not isinstance(value, bool) else None
