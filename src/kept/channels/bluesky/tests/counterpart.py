"""A small personal data server for tests: the XRPC calls we use, newest first, with tokens that expire."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.sync.server import ServerConnection, serve

US = "did:plc:marlow"


class BlueskyServer:
    """What stands there."""

    def __init__(self) -> None:
        self.posts: dict[str, dict[str, Any]] = {}
        self.notifications: list[dict[str, Any]] = []
        self.boosters: dict[str, list[str]] = {}
        self.fans: dict[str, int] = {}
        self.sign_ins = self.tokens = 0
        self.answers_with = 0
        self.answers_nothing = False
        self.url = ""
        self.handles: dict[str, str] = {}
        self.told: list[dict[str, Any]] = []
        self.pages_not_shown: dict[str, dict[str, str]] = {}
        self.forgets_before = 0
        self.breaks_after = 0
        self.opened: list[str] = []
        self.stream_port = 0

    @property
    def settings(self) -> dict[str, str]:
        return {"server": self.url, "address": "@marlow.test", "password": "secret"}

    @property
    def stream(self) -> str:
        """The address of its Jetstream, while a_jetstream() runs."""
        return f"ws://127.0.0.1:{self.stream_port}/subscribe"

    def says(self, who: str, text: str, *, at: str, reply: dict[str, Any] | None = None, reason: str = "mention") -> str:
        uri = self._post(f"did:plc:{who}", text, reply, at=at)
        author, record = self.posts[uri]["author"], self.posts[uri]["record"]
        if reason == "mention":
            record["facets"] = [{"features": [{"$type": "app.bsky.richtext.facet#mention", "did": US}]}]
        told = {"uri": uri, "cid": f"cid-{uri}", "author": author, "reason": reason, "record": record, "indexedAt": at}
        self.notifications.insert(0, told)
        self._tells(uri, "create", at)
        return uri

    def _post(self, did: str, text: str, reply: object, rkey: str = "", at: str = "2026-06-01T12:00:00.000Z") -> str:
        uri = f"at://{did}/app.bsky.feed.post/{rkey or len(self.posts) + 1}"
        record = {"text": text, **({"reply": reply} if reply else {})}
        author = {"did": did, "handle": self.handle_of(did), "displayName": ""}
        self.posts[uri] = {
            "uri": uri, "cid": f"cid-{uri}", "author": author, "record": record, "repostCount": 0, "indexedAt": at,
        }  # fmt: skip
        return uri

    def mutters(self, who: str, text: str, *, at: str, reply: dict[str, Any] | None = None) -> str:
        """Somebody posts, and nobody is told of it."""
        uri = self._post(f"did:plc:{who}", text, reply, at=at)
        self._tells(uri, "create", at)
        return uri

    def changes(self, uri: str, text: str, *, at: str) -> None:
        self.posts[uri] |= {"cid": f"cid-{uri}-{at}", "record": {**self.posts[uri]["record"], "text": text}}
        self._tells(uri, "update", at)

    def deletes(self, uri: str, *, at: str) -> None:
        self._tells(uri, "delete", at)
        del self.posts[uri]

    def _tells(self, uri: str, operation: str, at: str) -> None:
        """The Jetstream: microseconds that only grow, and the commit."""
        did, _slash, path = uri.removeprefix("at://").partition("/")
        collection, _slash, key = path.partition("/")
        micros = max(int(datetime.fromisoformat(at).timestamp() * 1_000_000), self.told[-1]["time_us"] + 1 if self.told else 0)
        commit = {"operation": operation, "collection": collection, "rkey": key}
        if operation != "delete":
            commit |= {"cid": self.posts[uri]["cid"], "record": self.posts[uri]["record"]}
        self.told.append({"did": did, "time_us": micros, "kind": "commit", "commit": commit})

    def passes_on(self, uri: str, who: str, followers: int) -> None:
        did = f"did:plc:{who}"
        self.boosters.setdefault(uri, []).append(did)
        self.fans[did] = followers
        self.posts[uri]["repostCount"] += 1

    def signs_in(self, body: dict[str, str]) -> tuple[int, object]:
        self.sign_ins += 1
        if body.get("password") != "secret":
            return 401, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"}
        return self._tokens()

    def _tokens(self) -> tuple[int, object]:
        self.tokens += 1
        return 200, {"did": US, "handle": "marlow.test", "accessJwt": f"a{self.tokens}", "refreshJwt": f"r{self.tokens}"}

    def answer(self, method: str, query: dict[str, list[str]], body: Any, token: str) -> tuple[int, object]:
        if self.answers_nothing:
            return 502, {}
        if method == "com.atproto.server.createSession":
            return self.signs_in(body)
        if method == "com.atproto.server.refreshSession":
            return self._tokens() if token == f"r{self.tokens}" else (400, {"error": "ExpiredToken"})
        if token != f"a{self.tokens}":
            return 400, {"error": "ExpiredToken", "message": "Token has expired"}
        return getattr(self, "on_" + method.rpartition(".")[2])(query, body)

    def on_getSession(self, _query: Any, _body: Any) -> tuple[int, object]:
        return 200, {"did": US, "handle": "marlow.test"}

    def on_listNotifications(self, query: dict[str, list[str]], _body: Any) -> tuple[int, object]:
        start, limit = int(query.get("cursor", ["0"])[0]), int(query["limit"][0])
        fitting = [one for one in self.notifications if one["reason"] in query["reasons"]]
        page = {"notifications": fitting[start : start + limit]}
        return 200, page | ({"cursor": str(start + limit)} if start + limit < len(fitting) else {})

    def on_getPosts(self, query: dict[str, list[str]], _body: Any) -> tuple[int, object]:
        return 200, {"posts": [self.posts[uri] for uri in query["uris"] if uri in self.posts]}

    def on_getRecord(self, query: dict[str, list[str]], _body: Any) -> tuple[int, object]:
        found = self.posts.get(f"at://{query['repo'][0]}/{query['collection'][0]}/{query['rkey'][0]}")
        if found is None:
            return 400, {"error": "RecordNotFound", "message": "Could not locate record"}
        return 200, {"uri": found["uri"], "cid": found["cid"], "value": found["record"]}

    def on_getProfile(self, query: dict[str, list[str]], _body: Any) -> tuple[int, object]:
        did = query["actor"][0]
        return 200, {"did": did, "handle": self.handle_of(did), "displayName": ""}

    def on_resolveHandle(self, query: dict[str, list[str]], _body: Any) -> tuple[int, object]:
        name = query["handle"][0].partition(".")[0]
        return (200, {"did": f"did:plc:{name}"}) if name != "nobody" else (400, {"error": "InvalidRequest"})

    def on_searchPosts(self, query: dict[str, list[str]], _body: Any) -> tuple[int, object]:
        asked = query["q"][0].strip('"').casefold()
        fitting = [
            one for one in self.stands() if asked in one["record"]["text"].casefold() and one["indexedAt"] >= query["since"][0]
        ]
        return 200, self._page("posts", fitting, query)

    def on_getAuthorFeed(self, query: dict[str, list[str]], _body: Any) -> tuple[int, object]:
        if (why := self.pages_not_shown.get(query["actor"][0])) is not None:
            return 400, why
        theirs = [{"post": one} for one in self.stands() if one["author"]["did"] == query["actor"][0]]
        return 200, self._page("feed", theirs, query)

    def stands(self) -> list[dict[str, Any]]:
        """Newest first."""
        return sorted(self.posts.values(), key=lambda one: one["indexedAt"], reverse=True)

    def _page(self, name: str, items: list[Any], query: dict[str, list[str]]) -> dict[str, Any]:
        start, limit = int(query.get("cursor", ["0"])[0]), int(query["limit"][0])
        return {name: items[start : start + limit]} | ({"cursor": str(start + limit)} if start + limit < len(items) else {})

    def handle_of(self, did: str) -> str:
        return self.handles.get(did, f"{did.rpartition(':')[2]}.test")

    def on_getProfiles(self, query: dict[str, list[str]], _body: Any) -> tuple[int, object]:
        return 200, {"profiles": [{"did": did, "followersCount": self.fans.get(did, 8)} for did in query["actors"]]}

    def on_getRepostedBy(self, query: dict[str, list[str]], _body: Any) -> tuple[int, object]:
        return 200, {"repostedBy": [{"did": did} for did in self.boosters.get(query["uri"][0], [])]}

    def on_putRecord(self, _query: Any, body: dict[str, Any]) -> tuple[int, object]:
        if self.answers_with:
            return self.answers_with, {"error": "so it is"}
        uri = self._post(body["repo"], body["record"]["text"], body["record"].get("reply"), body["rkey"])
        return 200, {"uri": uri, "cid": f"cid-{uri}"}


@contextmanager
def a_bluesky_server() -> Iterator[BlueskyServer]:
    """Listens on this machine until the block ends."""
    there = BlueskyServer()

    class Face(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(None)

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self._answer(json.loads(sent) if sent else None)

        def _answer(self, body: Any) -> None:
            parts = urlsplit(self.path)
            token = (self.headers["Authorization"] or "").removeprefix("Bearer ")
            status, said = there.answer(parts.path.removeprefix("/xrpc/"), parse_qs(parts.query), body, token)
            content = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
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
def a_jetstream(there: BlueskyServer) -> Iterator[str]:
    """Its stream: from a cursor on (that one included), what it has not forgotten, and then what happens; it may break."""
    done = threading.Event()

    def speak(line: ServerConnection) -> None:
        there.opened.append(line.request.path)
        query = parse_qs(urlsplit(line.request.path).query)
        least = int(query.get("cursor", [str(there.told[-1]["time_us"] + 1 if there.told else 0)])[0])
        place = sent = 0
        while not done.is_set():
            for one in there.told[place:]:
                place += 1
                if one["time_us"] < max(least, there.forgets_before):
                    continue
                line.send(json.dumps(one))
                sent += 1
                if there.breaks_after and sent >= there.breaks_after:
                    line.close()
                    return
            done.wait(0.02)

    with serve(speak, "127.0.0.1", 0) as server:
        there.stream_port = server.socket.getsockname()[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield there.stream
        finally:
            done.set()
