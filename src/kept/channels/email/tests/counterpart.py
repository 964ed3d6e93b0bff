"""A mail server that says what a test wants it to say, and remembers what it was given."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

HANGS_UP = "hangs up"


class Counterpart(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, answers: dict[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.answers = {
            "EHLO": "250 mx.example.org",
            "MAIL": "250 ok",
            "RCPT": "250 ok",
            "DATA": "354 go on",
            ".": "250 ok",
        } | answers
        self.given: list[str] = []
        self.mails: list[bytes] = []

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Conversation(socketserver.StreamRequestHandler):
    server: Counterpart

    def handle(self) -> None:
        if not self._says(self.server.answers.get("hello", "220 mx.example.org")):
            return
        for line in self.rfile:
            said = line.decode().strip()
            self.server.given.append(said)
            verb = said.split(" ")[0].upper()
            if not self._says(self.server.answers.get(verb, "221 bye" if verb == "QUIT" else "502 what?")) or verb == "QUIT":
                return
            if verb == "DATA" and self.server.answers["DATA"].startswith("354") and not self._takes_the_mail():
                return

    def _takes_the_mail(self) -> bool:
        lines: list[bytes] = []
        for line in self.rfile:
            if line == b".\r\n":
                self.server.mails.append(b"".join(lines))
                return self._says(self.server.answers["."])
            lines.append(line)
        return False

    def _says(self, words: str) -> bool:
        if words == HANGS_UP:
            return False
        self.wfile.write(words.encode() + b"\r\n")
        return True


@contextmanager
def a_mail_server(**answers: str) -> Iterator[Counterpart]:
    """A server whose answer to a verb (`hello`, MAIL, RCPT, DATA, `dot` for the end of the mail) can be set."""
    if "dot" in answers:
        answers["."] = answers.pop("dot")
    with Counterpart(answers) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
