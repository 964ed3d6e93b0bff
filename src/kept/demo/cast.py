"""The people of Marlow: who works there, who writes to them, and what each can do. It all goes through the doors of real life."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django.db.models import QuerySet

from kept.accounts.models import ChannelAccount
from kept.accounts.opening import account_of_kind, add_account
from kept.accounts.settling_in import settle_in
from kept.cases.models import Case, Message, MessageKind
from kept.intake.accepting import accept_here
from kept.intake.filing import file_now, file_what_waits
from kept.intake.models import Arrival
from kept.lib.ids import new_id
from kept.lib.ready import ready
from kept.people.adding import add_employee
from kept.people.models import Employee, House, Role
from kept.people.presence import house as the_house
from kept.places.models import Brand
from kept.replies.delivering import deliver_what_waits
from kept.replies.sending import Reply, reply

MONDAY = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
MAIL = """From: {name} <{address}>
To: {to}
Subject: {subject}
Message-ID: <{id}@customer.example>
Date: Mon, 01 Jun 2026 10:00:00 +0000
{headers}MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{text}
"""


@dataclass
class Clock:
    """The time at Marlow; it only goes forward."""

    now: datetime = MONDAY

    def forward(self, **span: float) -> datetime:
        """So much later: `forward(days=4)`, `forward(minutes=30)`."""
        self.now += timedelta(**span)
        return self.now


@dataclass
class CustomerOfMarlow:
    """Somebody outside, and the ways they speak to us."""

    house: Marlow
    name: str
    address: str
    phone: str = ""
    postal: str = ""
    handle: str = ""
    heard: list[str] = field(default_factory=list)

    def fills_in_the_form(
        self, text: str, *, wish: str = "", nonce: str = "", subject: str = "", at: ChannelAccount | None = None
    ) -> Case:
        """They wrote by the public form, or by another form of the house."""
        fields = {"name": self.name, "email": self.address, "message": text, "wish": wish, "phone": self.phone}
        fields |= {"subject": subject} if subject else {}
        return self.house.receives(
            at or self.house.form,
            urlencode(fields).encode(),
            {"content-type": "application/x-www-form-urlencoded", "form-nonce": nonce},
            key=nonce,
        )

    def says_a_good_word(self, words: str, *, about: Employee | None = None, hint: str = "", **more: str) -> Case:
        """They said it on the page made for it; `about`: whom they chose there."""
        said = {
            "words": words,
            "who": str(about.public_id) if about else "",
            "hint": hint,
            "name": self.name,
            "email": self.address,
        }
        account = account_of_kind("good_word", now=self.house.clock.now)
        return self.house.receives(account, json.dumps(said | more).encode(), {"content-type": "application/json"})

    def tells_a_story(self, words: str, *, is_proven: bool = False, **more: str) -> None:
        """They told a story of their own on the page made for it; `is_proven`: they came there from a link of ours."""
        said = {"words": words, "name": self.name, "email": self.address} | more
        envelope = {"content-type": "application/json"} | ({"proven-email": self.address} if is_proven else {})
        account = account_of_kind("own_story", now=self.house.clock.now)
        receipt = accept_here(account, json.dumps(said).encode(), envelope, key="", reached_us_at=self.house.clock.now)
        file_now(receipt.arrival_id, now=self.house.clock.now)

    def mails(
        self,
        text: str,
        *,
        subject: str = "",
        to: str = "",
        headers: str = "",
        is_proven: bool = False,
        at: ChannelAccount | None = None,
    ) -> Case:
        """They wrote a mail; `is_proven`: it passed DMARC at our own border. `at`: to another mailbox of the house."""
        at = at or self.house.mailbox
        if is_proven:
            headers = (
                f"Authentication-Results: mx.marlow.example; dmarc=pass header.from={self.address.partition('@')[2]}\n{headers}"
            )
        to = to or at.address
        raw = MAIL.format(
            name=self.name, address=self.address, to=to, subject=subject, id=new_id().hex, headers=headers, text=text
        )
        envelope = {"mail_from": self.address, "rcpt_to": to}
        return self.house.receives(at, raw.encode(), envelope)

    def answers_our_mail(self, text: str) -> Case:
        """They pressed Reply on the last mail we sent them."""
        last = next(mail for mail in reversed(self.house.post) if mail.to.value == self.address)
        subject = last.subject if last.subject.startswith("Re:") else f"Re: {last.subject}"
        return self.mails(
            text, subject=subject, to=last.reply_to or last.from_address, headers=f"In-Reply-To: <{last.message_id}>\n"
        )

    def is_written_down(self, medium: str, text: str, *, by: Employee, at: datetime | None = None) -> Case:
        """An employee wrote down their call, letter, fax or visit."""
        said = {"medium": medium, "from": {"name": self.name, "identities": self._identities(medium)}, "text": text}
        if at is not None:
            said["at"] = at.isoformat()
        account = account_of_kind("by_hand", now=self.house.clock.now)
        envelope = {"content-type": "application/json", "written_by": str(by.pk)}
        return self.house.receives(account, json.dumps(said).encode(), envelope)

    def _identities(self, medium: str) -> list[list[str]]:
        known = [["email", self.address]] if self.address else []
        if medium in {"letter", "fax"} and self.postal:
            return [["address", self.postal], *known]
        if medium == "post" and self.handle:
            return [["handle", self.handle], *known]
        return [["phone", self.phone], *known] if medium == "phone" and self.phone else known


class Marlow:
    """A pizza kitchen on Quay Street, office supply in Mill Lane, one front desk."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.clock = Clock(now)
        self.form = settle_in(now)
        Brand.objects.update(name="Marlow & Co", address="8 Quay Street, Marlow")
        self.ines = self._hire("Ines Duarte", "ines", Role.ADMIN, "runs customer care")
        self.priya = self._hire("Priya Nair", "priya", Role.EMPLOYEE, "customer care")
        House.objects.update(name="Marlow & Co", duty_owner=self.priya, duty_manager=self.ines, head=self.ines)
        Employee.objects.filter(pk=self.ines.pk).update(answers=False)
        self.ines.answers = False
        self.mailbox = self._mailbox()
        self.john = CustomerOfMarlow(self, "John Adeyemi", "john@adeyemi.example", "+447700900461")
        self.mary = CustomerOfMarlow(self, "Mary Whitcombe", "mary.whitcombe@brightdental.example", "+447700900812")
        self.harold = CustomerOfMarlow(self, "Harold Finch", "")
        self.grace = CustomerOfMarlow(self, "Grace Okoro", "grace.okoro@whitby.example")
        self.samir = CustomerOfMarlow(self, "Samir Patel", "samir@patel.example", "+447700900333")

    def _hire(self, name: str, login: str, role: str, job: str) -> Employee:
        employee = add_employee(name, now=self.clock.now, email=f"{login}@marlow.example", role=role)
        Employee.objects.filter(pk=employee.pk).update(job=job, manager=getattr(self, "ines", None))
        employee.refresh_from_db()
        return employee

    def _mailbox(self) -> ChannelAccount:
        settings = {"address": "help@marlow.example", "trusted_authserv_id": "mx.marlow.example"}
        return add_account("email", name="Help", now=self.clock.now, settings=settings).account

    def hires_the_others(self) -> None:
        """Kitchen, warehouse, counter and rider are here too."""
        self.dana = self._hire("Dana Okafor", "dana", Role.MANAGER, "runs the Quay Street kitchen")
        self.tom = self._hire("Tom Reyes", "tom", Role.EMPLOYEE, "runs the warehouse")
        self.ben = self._hire("Ben Castillo", "ben", Role.EMPLOYEE, "stands at the Mill Lane counter")
        self.amira = self._hire("Amira Haddad", "amira", Role.EMPLOYEE, "brings the pizza")
        Employee.objects.filter(pk=self.amira.pk).update(answers=False)

    @property
    def post(self) -> list:  # type: ignore[type-arg]
        """Every mail that left the house, oldest first."""
        from kept.demo.post import RecordedPost

        return RecordedPost.sent

    @property
    def house(self) -> House:
        """The row about all of us."""
        return the_house()

    def receives(self, account: ChannelAccount, body: bytes, envelope: dict[str, str], *, key: str = "") -> Case:
        """The bytes are kept and filed. Returns the case they are on (or, for what is none, raises LookupError)."""
        receipt = accept_here(account, body, envelope, key=key, reached_us_at=self.clock.now)
        file_now(receipt.arrival_id, now=self.clock.now)
        word = _filed_as.first(arrival=receipt.arrival_id)
        if word is None:
            raise LookupError(f"arrival {Arrival.objects.get(pk=receipt.arrival_id).state} became no message")
        return word.case

    def gets_paper(self, content: bytes, *, by: Employee | None = None, case: Case | None = None, **envelope: str) -> Case:
        """A letter or fax lay in the post, and somebody brought its scan."""
        said = {"filename": "scan", "written_by": str((by or self.priya).pk), **envelope}
        if case is not None:
            said["case-key"] = str(case.public_id)
        return self.receives(account_of_kind("paper", now=self.clock.now), content, said)

    def works(self) -> None:
        """Everything that is due now is done: filing, sending, ladders, promises."""
        from kept.clock.duties import DUTIES

        for duty in DUTIES:
            duty.do(self.clock.now)

    def answers(
        self, case: Case, text: str, *, by: Employee | None = None, kind: str = MessageKind.ANSWER, medium: str = ""
    ) -> Message:
        """Somebody of ours wrote, and 20 seconds later it went out."""
        case.refresh_from_db()
        said = Reply(text=text, kind=kind, saw_up_to=last_word_of(case), medium=medium)
        message = reply(case, said, by=by or case.owner, now=self.clock.now, despite=frozenset({"all"}))
        self.clock.forward(seconds=21)
        deliver_what_waits(self.clock.now)
        message.refresh_from_db()
        return message

    def files(self) -> None:
        """What waits is filed."""
        file_what_waits(self.clock.now)


def last_word_of(case: Case) -> Message | None:
    """The last thing they said."""
    return _last_word.first(case=case.pk)


@ready
def _last_word(case: int) -> QuerySet[Message]:
    return Message.objects.filter(case=case, is_theirs=True).order_by("-id")[:1]


@ready
def _filed_as(arrival: int) -> QuerySet[Message]:
    return Message.objects.filter(arrival_id=arrival).select_related("case").order_by("-id")[:1]
