"""A Mastodon server for tests: the documented API with its quirks, and posts that people make there.

Its quirks, each seen in the documentation: pages are newest first whatever was asked for; `min_id` gives the ones right after
it; a page may be shorter than asked for though more follows; ids grow in length; 429 says that it was too often; the same
Idempotency-Key makes one post; an edit sends nobody a notification; older pages are named in a Link header. Its stream is on
another host than the server; it says who it is by pings, breaks when it likes, and has no memory; a search for posts is not
offered everywhere, and needs a token made for it.
"""

from __future__ import annotations

import http.server
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

US = "marlow"


class MastodonServer:
    """What stands there, and how it feels today."""

    def __init__(self) -> None:
        self.posts: dict[str, dict[str, Any]] = {}
        self.notifications: list[dict[str, Any]] = []
        self.boosters: dict[str, list[int]] = {}
        self.made_with: dict[str, dict[str, Any]] = {}
        self.requests: list[str] = []
        self.answers_with = 0
        self.breaks_down_each = 0
        self.next_id = 9
        self.listeners: list[tuple[ServerConnection, set[str]]] = []
        self.stream_port = 0
        self.breaks_after = self.sent = 0
        self.searches: Literal["yes", "no", "not allowed"] = "yes"
        self.url = ""

    @property
    def settings(self) -> dict[str, str]:
        return {"server": self.url, "address": f"@{US}@mastodon.example", "token": "secret"}

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    def says(self, acct: str, text: str, *, at: str, answers: str = "", visibility: str = "public", name: str = "") -> str:
        """Somebody names us in a post; its id."""
        post = self._post(acct, f"<p>@{US} {text}</p>", at=at, answers=answers, visibility=visibility, name=name)
        self.next_id += 1
        told = {"id": str(self.next_id), "type": "mention", "created_at": at, "account": post["account"], "status": post}
        self.notifications.append(told)
        self._tells("user", "notification", told)
        return post["id"]

    def mutters(self, acct: str, text: str, *, at: str, **more: str) -> str:
        """Somebody posts, and nobody is told of it but who listens to its hashtags."""
        post = self._post(acct, f"<p>{text}</p>", at=at, **more)
        post["tags"] = [{"name": tag.lower()} for tag in re.findall(r"#(\w+)", text)]
        for tag in post["tags"]:
            self._tells(f"hashtag {tag['name']}", "update", post)
        return str(post["id"])

    def _tells(self, stream: str, event: str, payload: Any) -> None:
        """To whoever listens just now; the payload is JSON within JSON, of a deletion the bare number."""
        written = payload if isinstance(payload, str) else json.dumps(payload)
        frame = json.dumps({"stream": stream.split(), "event": event, "payload": written})
        for line, streams in list(self.listeners):
            if stream in streams:
                self.sent += 1
                with suppress(ConnectionClosed):
                    line.send(frame)
                if self.breaks_after and self.sent % self.breaks_after == 0:
                    self.listeners = [one for one in self.listeners if one[0] is not line]
                    line.close()

    def edits(self, id: str, text: str, *, at: str) -> None:
        self.posts[id] |= {"content": f"<p>{text}</p>", "edited_at": at}
        self._tells("user", "status.update", self.posts[id])

    def deletes(self, id: str) -> None:
        del self.posts[id]
        self.notifications = [one for one in self.notifications if one["status"]["id"] != id]
        self._tells("user", "delete", id)

    def passes_on(self, id: str, followers: int) -> None:
        self.boosters.setdefault(id, []).append(followers)
        self.posts[id]["reblogs_count"] += 1

    def _post(
        self, acct: str, content: str, *, at: str, answers: str = "", visibility: str = "public", name: str = ""
    ) -> dict[str, Any]:
        self.next_id += 1
        id = str(self.next_id)
        account = {"acct": acct, "display_name": name, "followers_count": 8}
        self.posts[id] = {
            "id": id, "uri": f"https://{acct.partition('@')[2] or 'mastodon.example'}/statuses/{id}", "created_at": at,
            "account": account, "content": content, "visibility": visibility, "in_reply_to_id": answers or None,
            "edited_at": None, "reblogs_count": 0, "favourites_count": 0, "replies_count": 0, "tags": [],
        }  # fmt: skip
        return self.posts[id]

    def get(self, path: str, query: dict[str, list[str]]) -> tuple[int, object]:
        if path == "/api/v1/notifications":
            return 200, self._page({name: values[0] for name, values in query.items()})
        if path == "/api/v1/accounts/verify_credentials":
            return 200, {"acct": US}
        if path == "/api/v2/instance":
            urls = {"streaming": f"ws://127.0.0.1:{self.stream_port}"} if self.stream_port else {}
            return 200, {"configuration": {"statuses": {"max_characters": 500}, "urls": urls}}
        if path == "/api/v2/search":
            return self._searched({name: values[0] for name, values in query.items()})
        if path == "/api/v1/accounts/lookup":
            acct = query["acct"][0]
            return (404, {"error": "Record not found"}) if "nobody" in acct else (200, {"id": f"7{acct}".partition("@")[0]})
        if path.startswith("/api/v1/timelines/tag/"):
            wanted = path.rpartition("/")[2]
            return 200, self._newest([one for one in self.posts.values() if {"name": wanted} in one["tags"]], query)
        if path.startswith("/api/v1/accounts/"):
            who = path.split("/")[4][1:]
            theirs = [one for one in self.posts.values() if one["account"]["acct"].partition("@")[0] == who]
            return 200, self._newest([one for one in theirs if not one["in_reply_to_id"]], query)
        id, _slash, more = path.removeprefix("/api/v1/statuses/").partition("/")
        if id not in self.posts:
            return 404, {"error": "Record not found"}
        return 200, [{"followers_count": many} for many in self.boosters.get(id, [])] if more else self.posts[id]

    def _newest(self, posts: list[dict[str, Any]], query: dict[str, list[str]]) -> list[dict[str, Any]]:
        most = int(query.get("max_id", [str(10**30)])[0])
        fitting = sorted((one for one in posts if int(one["id"]) < most), key=lambda one: -int(one["id"]))
        return fitting[: max(1, int(query["limit"][0]) - 1)]

    def _searched(self, query: dict[str, str]) -> tuple[int, object]:
        if self.searches == "not allowed":
            return 403, {"error": "This action is outside the authorized scopes"}
        asked, start = query["q"].strip('"').casefold(), int(query.get("offset", 0))
        found = [one for one in self.posts.values() if asked in one["content"].casefold() and self.searches == "yes"][::-1]
        return 200, {"statuses": found[start : start + int(query["limit"])], "accounts": [], "hashtags": []}

    def _page(self, query: dict[str, str]) -> list[dict[str, Any]]:
        least, most = int(query.get("min_id", 0)), int(query.get("max_id", 10**30))
        fitting = [one for one in self.notifications if least < int(one["id"]) < most]
        limit = max(1, int(query["limit"]) - 3)  # a filtered post leaves its page shorter
        return (fitting[:limit] if "min_id" in query else fitting[-limit:])[::-1]

    def post(self, fields: dict[str, list[str]], key: str) -> tuple[int, object]:
        if key in self.made_with:
            return 200, self.made_with[key]
        answers = fields.get("in_reply_to_id", [""])[0]
        if answers and answers not in self.posts:
            return 404, {"error": "Record not found"}
        visibility = fields["visibility"][0]
        made = self._post(US, fields["status"][0], at="2026-06-01T12:00:00Z", answers=answers, visibility=visibility)
        self.made_with[key] = made
        return 200, made


@contextmanager
def a_mastodon_server() -> Iterator[MastodonServer]:
    """Listens on this machine until the block ends."""
    there = MastodonServer()

    class Face(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(lambda: there.get(urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)))

        def do_POST(self) -> None:
            fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._answer(lambda: there.post(fields, self.headers["Idempotency-Key"]))

        def _answer(self, what) -> None:
            there.requests.append(self.path)
            if there.breaks_down_each and len(there.requests) % there.breaks_down_each == 0:
                self.close_connection = True
                return
            if self.headers["Authorization"] != "Bearer secret":
                status, said = 401, {"error": "The access token is invalid"}
            elif there.answers_with:
                status, said = there.answers_with, {"error": "so it is"}
            else:
                status, said = what()
            body = json.dumps(said).encode()
            self.send_response(status)
            if isinstance(said, list) and said and "id" in said[-1]:
                older = f"{there.url}{urlsplit(self.path).path}?max_id={said[-1]['id']}"
                self.send_header("Link", f'<{older}>; rel="next"')
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Face)
    there.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,)).start()
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def a_stream(there: MastodonServer) -> Iterator[None]:
    """The host beside it that streams: who subscribes hears what happens from then on, and nothing of before."""

    def speak(line: ServerConnection) -> None:
        if line.request.headers.get("Authorization") != "Bearer secret":
            line.close(4401, "Missing access token")
            return
        streams: set[str] = set()
        there.listeners.append((line, streams))
        with suppress(ConnectionClosed):
            for frame in line:
                said = json.loads(frame)
                streams.add(f"{said['stream']} {said['tag']}" if "tag" in said else said["stream"])

    with serve(speak, "127.0.0.1", 0, ping_interval=0.2) as server:
        there.stream_port = server.socket.getsockname()[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield
        for line, _streams in there.listeners:
            line.close()
