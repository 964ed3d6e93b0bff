"""What machines send to Marlow: newsletters, absences, notices of parcels, and a mail of ours that came back."""

from __future__ import annotations

from kept.cases.assigning import see
from kept.cases.models import Case, Message, MessageKind
from kept.demo.desk import look, writes
from kept.demo.life import Story
from kept.demo.small_words import ABSENCES, MACHINES, NEWSLETTERS, SPAM
from kept.demo.town import Town
from kept.intake.bringing_back import bring_back
from kept.intake.models import Fate, Filed
from kept.intake.setting_aside import set_aside

RETURNED = """From: MAILER-DAEMON@mx.{domain}
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <{number}.bounce@mx.{domain}>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="edge"

--edge
Content-Type: text/plain; charset=utf-8

The mailbox of {address} does not exist any more.

--edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.{domain}

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such mailbox

--edge
Content-Type: message/rfc822

Message-ID: <{message_id}>
From: {to}
To: {address}
Subject: your words

--edge--
"""


def letters_from_machines(life: Town) -> Story:
    """Something automatic on most days; all of it is set aside with its reason."""
    while True:
        one(life)
        yield life.later(hours=life.dice.uniform(4, 22))


def one(life: Town) -> None:
    """One such mail."""
    sort = life.dice.choice(("list", "absence", "machine", "list", "machine"))
    if sort == "list":
        name, address, subject, text = life.dice.choice(NEWSLETTERS)
        headers = f"List-Id: <{address.replace('@', '.')}>\nList-Unsubscribe: <mailto:{address}>\nPrecedence: bulk\n"
    elif sort == "absence":
        who = life.crowd.somebody()
        name, address, subject, text = who.name, who.address, "Out of office", life.dice.choice(ABSENCES)
        headers = "Auto-Submitted: auto-replied\n"
    else:
        name, address, subject, text = life.dice.choice(MACHINES)
        text = text.format(order=life.dice.randrange(100, 999))
        headers = "Auto-Submitted: auto-generated\n"
    life.mail_from(name, address, f"{text}\n\n{life.now:%d %B}", subject=subject, headers=headers)


def an_offer_nobody_asked_for(life: Town) -> Story:
    """A person sees that it is no customer, and says so."""
    name, address, subject, text = life.dice.choice(SPAM)
    word = life.mail_from(name, address, text, subject=subject)
    if word is None:
        return
    yield life.at_work(5, 200)
    set_aside(word, by=Case.objects.get(pk=word.case_id).owner, because="sells something", now=life.now)


def a_person_on_a_list(life: Town) -> Story:
    """Somebody wrote to us through a list; a person sees it among what was set aside, brings it back and has it answered."""
    headers = "List-Id: <quaystreet.list.example>\nPrecedence: list\n"
    text = (
        "To Marlow, through the traders' list because I have lost your address: may we borrow the long table for the street fair?"
    )
    life.mail_from("Joyce Hollis", "joyce@hollis-hats.example", text, subject="The long table", headers=headers)
    yield life.at_work(60, 240)
    filed = Filed.objects.filter(fate=Fate.SET_ASIDE, sender="joyce@hollis-hats.example").first()
    if filed is None:
        return
    word = bring_back(filed, by=life.marlow.priya, now=life.now)
    yield life.at_work(20, 90)
    case = look(word.case_id)
    see(case, by=case.owner, now=life.now)
    writes(
        life,
        case,
        "You may, and gladly. It stands in the yard in Mill Lane; two of us can carry it out to your van any afternoon.",
    )


def a_mail_comes_back(life: Town) -> Story:
    """The next hop took our answer, and an hour later says that nobody is there: the clock runs on, and the owner rings."""
    sent = Message.objects.filter(kind=MessageKind.ANSWER, delivered_at__isnull=False, failed_at__isnull=True, case__is_open=True)
    message = sent.exclude(external_id="").select_related("identity", "account").order_by("-id").first()
    if message is None or message.identity is None or message.account is None:
        return
    address = message.identity.value
    raw = RETURNED.format(
        domain=address.partition("@")[2],
        to=message.account.address,
        address=address,
        number=message.pk,
        message_id=message.external_id,
    )
    life.receives_raw(message.account, raw, mail_from="")
    yield life.at_work(30, 300)
    writes(
        life, look(message.case_id), "Our mail came back, so I rang: it is as I wrote, and you need do nothing.", medium="phone"
    )
