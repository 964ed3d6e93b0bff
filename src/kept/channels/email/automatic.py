"""Did a machine write this? Header rules only, never the body: to take a person for a machine is the worse mistake."""

from __future__ import annotations

import re

from kept.channels.email.bounces import is_bounce, is_report
from kept.channels.email.headers import raw_header
from kept.channels.email.mail import Mail, takes_no_answers

LOOP_HEADER = "X-Kept-Loop"
_AUTOREPLY_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-autoreply-from", "x-mail-autoreply", "x-vacation")
_CAMPAIGN_HEADERS = ("list-unsubscribe-post", "feedback-id", "x-campaign", "x-campaignid", "x-csa-complaints")
_ABSENCE = re.compile(
    r"(automatic(ally)? (reply|response|generated reply)|auto(matic)?[ -]?(reply|response)|out of (the )?office"
    r"|on (annual )?leave|on vacation|abwesen|automatische antwort|r[ée]ponse automatique|absence du bureau"
    r"|respuesta autom|fuera de la oficina|risposta automatica|fuori sede|automatisch antwoord|afwezig|autosvar"
    r"|automaattinen|automatyczna odpowied|resposta autom)",
    re.I,
)
_ROLES = re.compile(r"(mailer-daemon|postmaster|listserv|majordomo|bounces?|root|cron|daemon)([+=-].*)?@", re.I)


def why_automatic(mail: Mail) -> str:
    """The code of Incoming.automatic for this mail, empty for a person's."""
    return next((why for why, is_so in _RULES if is_so(mail)), "")


def wants_no_automatic_answer(mail: Mail) -> bool:
    """An acknowledgement would annoy, bounce or loop (RFC 3834, section 2), whoever wrote it."""
    sender = mail.author.address
    return (
        not sender
        or mail.is_ours(sender)
        or takes_no_answers(sender)
        or bool(_ROLES.match(sender))
        or _is_marked(mail)
        or _is_through_a_list(mail)
        or bool(re.search(r"\b(all|oof|autoreply)\b", raw_header(mail.message, "x-auto-response-suppress"), re.I))
    )


def _came_back(mail: Mail) -> bool:
    """Something Kept sent by itself, ours or another house's: two of them must stop after one round."""
    return LOOP_HEADER in mail.message


def _is_absence(mail: Mail) -> bool:
    """Out of office, and every other answer that a machine gave to a mail."""
    if _auto_submitted(mail).startswith("auto-replied") or _precedence(mail) in {"auto_reply", "auto-reply"}:
        return True
    said = [raw_header(mail.message, name).strip().lower() for name in _AUTOREPLY_HEADERS]
    if any(one and one not in {"no", "false", "0"} for one in said):
        return True
    if "autoresponder" in raw_header(mail.message, "x-post-messageclass").lower():
        return True
    return _is_marked(mail) and bool(_ABSENCE.match(mail.subject))


def _is_list(mail: Mail) -> bool:
    if mail.answers_us or not _is_through_a_list(mail):
        return False
    return "list-id" in mail.message or "mailing-list" in mail.message or _precedence(mail) == "list"


def _is_bulk(mail: Mail) -> bool:
    """Sent to many. List-Unsubscribe alone proves nothing: sales tools put it into letters that one person writes."""
    if mail.answers_us:
        return False
    if _precedence(mail) in {"bulk", "junk"}:
        return True
    return "list-unsubscribe" in mail.message and any(name in mail.message for name in _CAMPAIGN_HEADERS)


def _is_robot(mail: Mail) -> bool:
    """Notices of machines: shops, monitors, receipts that a mail was read."""
    return is_report(mail) or ("auto-" in _auto_submitted(mail) and not mail.is_by_our_form)


def _is_marked(mail: Mail) -> bool:
    """It says itself that a program sent it. A form of ours says so too, but a person filled it in."""
    if _precedence(mail) in {"bulk", "junk"}:
        return True
    return not mail.is_by_our_form and (mail.has_null_sender or "auto-" in _auto_submitted(mail))


def _is_through_a_list(mail: Mail) -> bool:
    """A list of others. Many houses read help@ through a group of their own, which looks like a list."""
    lists = " ".join(raw_header(mail.message, name) for name in ("list-id", "list-post")).lower()
    domain = mail.our_address.rpartition("@")[2]
    if domain and re.search(rf"[.@]{re.escape(domain)}\s*>", lists):
        return False
    return _precedence(mail) == "list" or any(name in mail.message for name in ("list-id", "list-unsubscribe", "mailing-list"))


def _auto_submitted(mail: Mail) -> str:
    return raw_header(mail.message, "auto-submitted").strip().lower()


def _precedence(mail: Mail) -> str:
    return raw_header(mail.message, "precedence").strip().lower()


_RULES = (
    ("loop", _came_back),
    ("bounce", is_bounce),
    ("out_of_office", _is_absence),
    ("list", _is_list),
    ("bulk", _is_bulk),
    ("robot", _is_robot),
)
