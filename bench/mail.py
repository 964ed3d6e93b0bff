"""From the bytes of a mail to a case with an owner, a clock and an acknowledgement: at most 12 ms of the processor.

A mail of 3 kB in two forms, as people send them; each sender is new. Filed as the worker does it, sixteen at a time.
"""

from __future__ import annotations

import sys
from email.message import EmailMessage

from bench.ground.filing import measure
from kept.demo.cast import Marlow
from kept.intake.accepting import accept_here

WORDS = (
    "I ordered forty boxes of A4 for our training week. Twenty-four arrived and I paid for forty. Will you send the rest?\n" * 8
)


def keep(marlow: Marlow, number: int) -> None:
    """One mail is kept."""
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Customer {number} <customer{number}@example.org>", marlow.mailbox.address
    mail["Subject"], mail["Message-ID"] = f"Boxes, order {number}", f"<{number}@example.org>"
    mail["Authentication-Results"] = "mx.marlow.example; dmarc=pass header.from=example.org"
    mail.set_content(WORDS)
    mail.add_alternative(f"<html><body><p>{WORDS}</p></body></html>", subtype="html")
    envelope = {"mail_from": f"customer{number}@example.org", "rcpt_to": marlow.mailbox.address}
    accept_here(marlow.mailbox, mail.as_bytes(), envelope, key="", reached_us_at=marlow.clock.now)


def main(arguments: list[str]) -> int:
    """Prints what keeping, filing and sending cost, one mail."""
    return measure("mail", keep, target=12, rounds=int(arguments[0]) if arguments else 7)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
