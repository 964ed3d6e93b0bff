"""Whoever leads others gets the numbers of each week by mail, and never without the people behind them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.accounts.policies import default_calendar
from kept.channels.base import Handle, Outgoing
from kept.due.claiming import claim
from kept.lib.address import base_url
from kept.lib.ids import new_id
from kept.lib.wording import date_in_words
from kept.numbers.catalogue import BY_NAME
from kept.numbers.facts import Facts
from kept.numbers.lens import LAST_WEEK, Lens, whole_week_before
from kept.numbers.metric import Reading, read
from kept.numbers.people_behind import Person, meet
from kept.numbers.sentence import Sentence, sentence_of
from kept.numbers.wording import parts_in_words, value_in_words
from kept.people.models import Employee, Notice, Role
from kept.people.presence import house
from kept.people.telling import tell
from kept.replies.composing import message_id
from kept.replies.telling_by_mail import AT_ONCE, house_mailbox, mail_together
from kept.timeline.happenings import Happened
from kept.timeline.models import Event
from kept.timeline.recording import record

NOTICE: Final = "week"
"""The kind of these notices; `about` names the Monday of the week."""
IN_THE_MAIL: Final = ("ends", "nps", "first_answer", "promises", "recognition", "told_again")
STORIES: Final = (("ends", "black"), ("first_answer", "waiting"), ("promises", "broken"), ("ends", "white"))
OF_EACH: Final = 2


def tell_leaders_of_the_week(now: datetime) -> int:
    """Everybody who leads others is told of the last whole week, once; one in which nobody spoke is not. How many were."""
    lens = whole_week_before(zone=default_calendar().zone, now=now)
    leaders = list(Employee.objects.filter(is_active=True, role__in=[Role.MANAGER, Role.ADMIN], email__isnull=False))
    told = _told_already(leaders, lens)
    left = [one for one in leaders if f"employee:{one.pk}" not in told]
    found = _numbers(lens) if left else {}
    if not found:
        return 0
    says = _in_one_line(sentence_of(found))
    for one in left:
        _tell(one, says, lens.begins.date(), now=now)
    return len(left)


def _told_already(leaders: list[Employee], lens: Lens) -> set[str]:
    about = [f"employee:{one.pk}" for one in leaders]
    told = Event.objects.filter(about__in=about, kind=Happened.WEEK_TOLD, at__gte=lens.ends)
    return set(told.values_list("about", flat=True))


@transaction.atomic
def _tell(leader: Employee, says: str, monday: date, *, now: datetime) -> None:
    tell(leader, says, about=f"week:{monday.isoformat()}", kind=NOTICE, at=now)
    record(f"employee:{leader.pk}", Happened.WEEK_TOLD, at=now, to=leader.known_as, day=monday.isoformat())


def mail_the_week(now: datetime, *, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Every such letter due by now was mailed. Returns how many went out."""
    due = claim(Notice.objects.filter(kind=NOTICE).select_related("to"), now=now, limit=AT_ONCE)
    account = house_mailbox() if due else None
    sent = 0
    for notice in due:
        if should_stop():
            break
        sent += mail_together([notice], account, compose, now=now)
    return sent


def compose(notices: list[Notice], account: ChannelAccount) -> Outgoing:
    """The letter to one of them: the sentence, the figures, and the words of some of them, as far as this reader may know."""
    notice = notices[0]
    monday = date.fromisoformat(notice.about.partition(":")[2])
    zone = default_calendar().zone
    lens = whole_week_before(zone=zone, now=notice.at)
    found = _numbers(lens)
    context = {
        "reader": notice.to,
        "sentence": sentence_of(found),
        "lines": [_line(one) for one in found.values()],
        "people": [(person, _link(person)) for person in _people(found, notice.to)],
        "house": house(),
        "brand": account.brand,
        "page": f"{base_url()}/desk/pulse?time={LAST_WEEK}",
        "zone": zone,
    }
    return Outgoing(
        to=Handle("email", notice.to.email or ""),
        to_name=notice.to.name,
        author="Kept",
        from_address=account.address,
        subject=_("The week from %(day)s, and its people") % {"day": date_in_words(monday, notice.at)},
        text=render_to_string("mail/week.txt", context),
        html=render_to_string("mail/week.html", context),
        message_id=message_id(new_id(), account),
        automatic=True,
    )


def _numbers(lens: Lens) -> dict[str, Reading]:
    facts = Facts(lens)
    readings = [read(BY_NAME[name], facts) for name in IN_THE_MAIL]
    return {one.metric.name: one for one in readings if one.opens}


def _line(reading: Reading) -> tuple[str, str]:
    """A figure in one line, people only where they are too few; white, black and no word always together."""
    metric, figure = reading.metric, reading.figure
    value = value_in_words(metric, figure.value)
    parts = ", ".join(f"{people} {called}" for _part, called, people in parts_in_words(metric, figure)) if metric.parts else ""
    of = _("people: %(num)d") % {"num": figure.n}
    return str(metric.title), "; ".join(one for one in (value, of, parts) if one)


def _people(found: dict[str, Reading], reader: Employee) -> list[Person]:
    chosen = [one for name, part in STORIES if name in found for one in found[name].of_part(part)[:OF_EACH]]
    return [person for person in meet(chosen, reader) if person.words]


def _link(person: Person) -> str:
    return f"{base_url()}/desk/cases/{person.case.public_id}" if person.case is not None else ""


def _in_one_line(sentence: Sentence) -> str:
    return " ".join(one for one in (sentence.well, sentence.badly) if one) or _("Your week in numbers, with its people.")
