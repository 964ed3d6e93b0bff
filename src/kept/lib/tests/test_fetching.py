"""Kept goes out only to where everybody may go, and no longer or further than it must."""

import http.server
import socket
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.lib.fetching import NotAllowed, NotFetched, fetch, is_public


class Answering(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    met: list[tuple[str, dict[str, str]]] = []

    def do_GET(self):
        type(self).met.append((self.path, dict(self.headers)))
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if self.path == "/drip":
            self.send_response(200)
            self.end_headers()
            for _piece in range(200):
                try:
                    self.wfile.write(b"x")
                    self.wfile.flush()
                except OSError:
                    return
                time.sleep(0.02)
            return
        body = b"x" * 5000 if self.path == "/much" else b'{"a": 1}'
        self.send_response(418 if self.path == "/teapot" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.close_connection = True

    def log_message(self, *_):
        pass


@pytest.fixture
def outside(settings):
    Answering.met = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, args=(0.02,)).start()
    settings.PRIVATE_HOSTS = ["127.0.0.1"]
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_answer_comes_back_whole_whatever_its_status(outside):
    assert fetch(f"{outside}/a?b=c").json() == {"a": 1}
    assert fetch(f"{outside}/teapot").status == 418
    assert Answering.met[0][0] == "/a?b=c"


def test_a_redirect_is_not_followed(outside):
    answer = fetch(f"{outside}/away")
    assert (answer.status, len(Answering.met)) == (302, 1)


def test_who_sends_without_end_or_drop_by_drop_is_left(outside):
    with pytest.raises(NotFetched, match="more than"):
        fetch(f"{outside}/much", most=4000)
    began = time.monotonic()
    with pytest.raises(NotFetched):
        fetch(f"{outside}/drip", patience=0.3)
    assert time.monotonic() - began < 2


def test_a_line_that_broke_after_our_words_says_that_they_may_have_arrived(outside):
    with pytest.raises(NotFetched) as trouble:
        fetch(f"{outside}/post", method="POST", body=b"{}")
    assert trouble.value.may_have_arrived


def test_our_own_machine_is_not_fetched_from_unless_somebody_said_so(outside, settings):
    settings.PRIVATE_HOSTS = []
    for url in (outside, outside.replace("http", "https"), outside.replace("127.0.0.1", "localhost")):
        with pytest.raises(NotAllowed):
            fetch(url)
    assert Answering.met == []


def test_a_public_name_that_leads_inside_is_refused(monkeypatch):
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 443)), (2, 1, 6, "", ("10.0.0.7", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: inside)
    with pytest.raises(NotAllowed, match="private network"):
        fetch("https://friendly.example/")


@pytest.mark.parametrize(
    "url", ["ftp://a.example", "file:///etc/passwd", "https://", "https://u:p@a.example", "http://a.example", "https://[::1", "x"]
)
def test_what_is_no_safe_address_of_the_web_is_refused(url):
    with pytest.raises(NotAllowed):
        fetch(url)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.9.9", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1"),
        *("::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "2002:a00:1::", "64:ff9b::a00:1", "ff02::1"),
    ],
)
def test_no_private_address_is_taken_for_a_public_one(address):
    assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_is_no_more_public_for_being_written_as_ipv6(address):
    assert is_public(f"::ffff:{address}") == is_public(str(address))
    assert is_public("1.1.1.1") and is_public("2606:4700:4700::1111")
