"""Marlow and everybody round it: the ways in, the crowd, who is at the counter, and what arrives from outside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from random import Random

from kept.accounts.models import ChannelAccount
from kept.accounts.opening import account_of_kind, add_account, open_account
from kept.cases.models import Case, Message
from kept.demo.cast import MAIL, CustomerOfMarlow, Marlow
from kept.demo.crowd import Crowd
from kept.demo.life import Life
from kept.demo.matters import OFFICE, PIZZA
from kept.demo.rooms import furnish_the_rooms
from kept.intake.accepting import accept_here
from kept.intake.filing import file_now
from kept.lib.ids import new_id
from kept.people.models import Employee
from kept.replies.addressing import signed_reply_to


class Town(Life):
    """The house with both its businesses, its customers, and the post."""

    def __init__(self, marlow: Marlow, *, until: datetime, dice: Random) -> None:
        super().__init__(marlow, until=until, dice=dice)
        self.crowd = Crowd(marlow, dice)
        self.rooms = furnish_the_rooms(marlow, now=self.now)
        self.desk = [marlow.priya, marlow.dana, marlow.tom, marlow.ben]
        self.ways_in = self._open_the_doors()

    def _open_the_doors(self) -> Mapping[tuple[str, str], ChannelAccount]:
        doors = {}
        businesses = ((PIZZA, self.rooms.kitchen, "Pizza", "pizza"), (OFFICE, self.rooms.shop, "Office supply", "office"))
        for business, place, name, address in businesses:
            settings = {"address": f"{address}@marlow.example", "trusted_authserv_id": "mx.marlow.example"}
            doors[business, "form"] = add_account("webform", name=name, now=self.now).account
            doors[business, "email"] = add_account("email", name=f"{name} mail", now=self.now, settings=settings).account
            for kind in ("form", "email"):
                door = doors[business, kind]
                door.place, door.touchpoint = place, self.rooms.delivery if business == PIZZA else None
                door.save(update_fields=["place", "touchpoint"])
                open_account(door, by=self.marlow.ines, now=self.now)
        return doors

    def somebody_at_the_counter(self) -> Employee:
        """Whoever takes the call or opens the letter."""
        return self.dice.choice(self.desk)

    def somebody_else(self, case: Case) -> Employee:
        """A colleague of the owner."""
        return self.dice.choice([person for person in self.desk if person.pk != case.owner_id])

    def answers_our_mail(self, who: CustomerOfMarlow, case_id: int, text: str) -> None:
        """They pressed Reply on our last mail; who never had one rings or comes by."""
        ours = Message.objects.filter(case_id=case_id, is_theirs=False, medium="email", delivered_at__isnull=False)
        last = ours.select_related("account", "case").order_by("-id").first()
        if last is None or last.account is None:
            self._says_by_hand(who, case_id, text)
            return
        to = signed_reply_to(last.case, last.account) or last.account.address
        headers = f"In-Reply-To: <{last.external_id}>\n"
        who.mails(text, subject=f"Re: {last.case.subject}", to=to, headers=headers, is_proven=True, at=last.account)

    def _says_by_hand(self, who: CustomerOfMarlow, case_id: int, text: str) -> None:
        case = Case.objects.get(pk=case_id)
        medium = case.media.split()[-1]
        said = {"medium": medium, "from": {"name": who.name}, "text": text}
        envelope = {"content-type": "application/json", "written_by": str(case.owner_id), "case-key": str(case.public_id)}
        self.receives_raw(account_of_kind("by_hand", now=self.now), json.dumps(said), **envelope)

    def presses_not_yet(self, case_id: int, text: str) -> None:
        """“No, not yet” on their page, with a word on what is missing."""
        case = Case.objects.get(pk=case_id)
        said = {"medium": "form", "text": text}
        envelope = {"content-type": "application/json", "case-key": str(case.public_id), "verdict": "no"}
        self.receives_raw(account_of_kind("by_hand", now=self.now), json.dumps(said), **envelope)

    def mail_from(self, name: str, address: str, text: str, *, subject: str, headers: str = "") -> Message | None:
        """A mail from outside to the house; the message it became, if it is a customer's."""
        to = self.marlow.mailbox
        raw = MAIL.format(name=name, address=address, to=to.address, subject=subject, id=new_id().hex, headers=headers, text=text)
        return self.receives_raw(to, raw, mail_from=address, rcpt_to=to.address)

    def receives_raw(self, account: ChannelAccount, body: str, **envelope: str) -> Message | None:
        """The bytes are kept and filed, whatever they are."""
        receipt = accept_here(account, body.encode(), envelope, key="", reached_us_at=self.now)
        file_now(receipt.arrival_id, now=self.now)
        return Message.objects.filter(arrival_id=receipt.arrival_id).first()
