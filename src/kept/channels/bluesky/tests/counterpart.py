"""A small personal data server for tests: the XRPC calls we use, newest first, with tokens that expire."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

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
        self.url = ""

    @property
    def settings(self) -> dict[str, str]:
        return {"server": self.url, "address": "@marlow.test", "password": "secret"}

    def says(self, who: str, text: str, *, at: str, reply: dict[str, Any] | None = None, reason: str = "mention") -> str:
        uri = self._post(f"did:plc:{who}", text, reply)
        author, record = self.posts[uri]["author"], self.posts[uri]["record"]
        told = {"uri": uri, "cid": f"cid-{uri}", "author": author, "reason": reason, "record": record, "indexedAt": at}
        self.notifications.insert(0, told)
        return uri

    def _post(self, did: str, text: str, reply: object, rkey: str = "") -> str:
        uri = f"at://{did}/app.bsky.feed.post/{rkey or len(self.posts) + 1}"
        record = {"text": text, **({"reply": reply} if reply else {})}
        author = {"did": did, "handle": f"{did.rpartition(':')[2]}.test", "displayName": ""}
        self.posts[uri] = {"uri": uri, "cid": f"cid-{uri}", "author": author, "record": record, "repostCount": 0}
        return uri

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
