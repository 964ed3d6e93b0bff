"""The outside: contacts by door, form and LMTP, each with its own sender, and the ledger of what was tried and what was answered.

Never reads Kept to know what it sent (reliability.md 3). Whoever has a key tries again as a real sender does, time compressed.
"""

from __future__ import annotations

import json
import os
import re
import smtplib
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from bench.ground.serving import HOST, House

AGAIN_AFTER, GIVE_UP_AFTER = 0.4, 90.0
MAIL = (
    "From: Sender {nonce} <{nonce}@customers.example>\r\nTo: help@marlow.example\r\nSubject: paper {nonce}\r\n"
    "Message-ID: <{nonce}@customers.example>\r\nDate: Mon, 01 Jun 2026 10:00:00 +0000\r\n\r\nWhere is it? nonce={nonce}.\r\n"
)


class Ledger:
    """Attempted before, answered after, each line synced; in a file of its own."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="ascii")
        self._lock = threading.Lock()
        self.attempted: set[str] = set()
        self.accepted: set[str] = set()
        self.unknown: set[str] = set()
        self.refused = 0

    def write(self, nonce: str, what: str) -> None:
        """`what`: attempted, ok, refused (try again), no_answer."""
        with self._lock:
            self._file.write(json.dumps([nonce, what, time.time()]) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())
            if what == "attempted":
                self.attempted.add(nonce)
            elif what == "ok":
                self.accepted.add(nonce)
                self.unknown.discard(nonce)
            elif what == "no_answer":
                self.unknown.add(nonce)
            else:
                self.refused += 1


class Sender:
    """Sends one contact after another by whichever way the dice say."""

    def __init__(self, house: House, ledger: Ledger, *, door: str, slug: str) -> None:
        self.house, self.ledger, self.door, self.slug = house, ledger, door, slug

    def send(self, nonce: str, dice: Random) -> None:
        """One contact, tried until somebody says yes where it has a key, else once."""
        way = dice.choice((self._by_door_with_key, self._by_door, self._by_form, self._by_mail))
        tries_again = way != self._by_door
        last = time.monotonic() + GIVE_UP_AFTER
        prepared: dict[str, str] = {}
        while time.monotonic() < last:
            self.ledger.write(nonce, "attempted")
            answer = self._try(way, nonce, prepared)
            self.ledger.write(nonce, answer)
            if answer == "ok" or (answer == "no_answer" and not tries_again):
                return
            time.sleep(AGAIN_AFTER)

    def _try(self, way: object, nonce: str, prepared: dict[str, str]) -> str:
        try:
            return "ok" if way(nonce, prepared) else "refused"  # type: ignore[operator]
        except urllib.error.HTTPError as refused:
            return "refused" if refused.code in {502, 503} else f"refused {refused.code}"
        except smtplib.SMTPResponseException as refused:
            return "refused" if refused.smtp_code >= 400 else "no_answer"
        except smtplib.SMTPRecipientsRefused:
            return "refused"
        except (OSError, smtplib.SMTPException, ValueError):
            return "no_answer"

    def _by_door(self, nonce: str, _prepared: dict[str, str], key: str = "") -> bool:
        fields = {"name": f"Sender {nonce}", "email": f"{nonce}@customers.example", "message": f"Where is it? nonce={nonce}."}
        headers = {"Content-Type": "application/x-www-form-urlencoded"} | ({"Idempotency-Key": key} if key else {})
        asked = urllib.request.Request(f"{self.house.address}/in/{self.door}", urlencode(fields).encode(), headers)
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return answer.status == 202 and bool(json.loads(answer.read())["receipt"])

    def _by_door_with_key(self, nonce: str, prepared: dict[str, str]) -> bool:
        return self._by_door(nonce, prepared, key=nonce)

    def _by_form(self, nonce: str, prepared: dict[str, str]) -> bool:
        address = f"{self.house.address}/to/{self.slug}"
        if "token" not in prepared:
            with urllib.request.urlopen(address, timeout=20) as form:
                found = re.search(r'name="form_token"[^>]*value="([^"]+)"', form.read().decode())
            if not found:
                raise ValueError("the form has no token")
            prepared["token"] = found[1]
        fields = {"name": f"Sender {nonce}", "email": f"{nonce}@customers.example", "message": f"nonce={nonce}."}
        with urllib.request.urlopen(
            address, urlencode(fields | {"form_token": prepared["token"]}).encode(), timeout=20
        ) as answer:
            return (answer.status == 200 and "/thanks" in answer.url) or answer.url != address

    def _by_mail(self, nonce: str, _prepared: dict[str, str]) -> bool:
        with smtplib.LMTP(HOST, self.house.lmtp_port, timeout=20) as server:
            server.sendmail(f"{nonce}@customers.example", ["help@marlow.example"], MAIL.format(nonce=nonce).encode())
        return True
