"""The read-back: what a writer should look at once more before the words go (DESIGN.md 5.4). It proposes; the person decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kept.cases.models import Case, Message, MessageKind, Settled
from kept.lib.ready import ready
from kept.lib.refusal import Doubt
from kept.people.models import Employee
from kept.text.promises import FoundPromise, find_promises
from kept.text.questions import Question, find_questions, open_questions
from kept.text.reading_back import find_gaps, greeting_name, name_doubt, speaks_of_attachment
from kept.text.splitting import split_reply

LAST = 2**63 - 1
"""Beyond every key."""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What the words leave open (`doubts`), and what they bind us to (`promises`)."""

    doubts: tuple[Doubt, ...]
    promises: tuple[FoundPromise, ...]
    asked: tuple[str, ...] = ()
    """Their open questions, in their words."""


def read_back(
    case: Case,
    text: str,
    *,
    kind: str,
    now: datetime,
    has_files: bool = False,
    up_to: Message | None = None,
    is_spoken: bool = False,
) -> ReadBack:
    """Everything worth a second look in this reply to this case. What `is_spoken` is our note of a talk: it greets nobody."""
    asked = questions_asked(case, up_to=up_to) if kind == MessageKind.ANSWER else []
    unanswered = open_questions(asked, text) if asked else []
    doubts = [_open_question(question) for question in unanswered]
    if is_spoken:
        return _read(case, text, doubts, unanswered, now=now)
    doubts += [Doubt("gap", _("A gap was left open: %(gap)s") % {"gap": gap}) for gap in _gaps(text)]
    if speaks_of_attachment(text) and not has_files:
        doubts.append(Doubt("attachment_missing", _("“Attached”, but nothing is.")))
    doubts += _about_the_name(case, text)
    return _read(case, text, doubts, unanswered, now=now)


def _read(case: Case, text: str, doubts: list[Doubt], unanswered: list[Question], *, now: datetime) -> ReadBack:
    if not text.strip():
        doubts.insert(0, Doubt("empty", _("Write something first.")))
    found = find_promises(text, said_at=now, hours=case.policy.calendar.hours)
    return ReadBack(tuple(doubts), tuple(found), tuple(question.quote for question in unanswered))


def questions_asked(case: Case, *, up_to: Message | None = None) -> list[Question]:
    """What the customer asked in words that still wait for an answer."""
    words = _waiting_words.all(case=case.pk, up_to=up_to.pk if up_to is not None else LAST)
    return [question for word in words for question in find_questions(split_reply(word.text).new)]


@ready
def _waiting_words(case: int, up_to: int) -> QuerySet[Message]:
    words = Message.objects.filter(case=case, is_theirs=True, settled__in=[Settled.WAITING, Settled.ASKED_BACK])
    return words.filter(pk__lte=up_to).order_by("id")


def _open_question(question: Question) -> Doubt:
    return Doubt("question_open", _("One question has no answer yet: “%(question)s”") % {"question": question.quote.strip()})


def _gaps(text: str) -> list[str]:
    return [gap if isinstance(gap, str) else text[gap.start : gap.end] for gap in find_gaps(text)]


def _about_the_name(case: Case, text: str) -> list[Doubt]:
    doubt = name_doubt(greeting_name(text), case.customer.name) if case.customer.name else None
    if doubt == "missing":
        return [Doubt("name_missing", _("It greets nobody: they are %(name)s.") % {"name": case.customer.name})]
    if doubt == "wrong":
        return [Doubt("name_wrong", _("The name is not theirs: they are %(name)s.") % {"name": case.customer.name})]
    return []


@ready
def _newest_word(case: int, after: int) -> QuerySet[Message]:
    return Message.objects.filter(case=case, is_theirs=True, id__gt=after).order_by("-id")[:1]


def overtaken(case: Case, *, by: Employee, saw_up_to: Message | None, saw_ours_up_to: int | None) -> tuple[Doubt, ...]:
    """A newer word of theirs, or another's answer, came since the writer looked: both texts are shown before anything goes."""
    newer = _newest_word.first(case=case.pk, after=saw_up_to.pk if saw_up_to else 0)
    doubts = []
    if newer is not None:
        doubts.append(Doubt("overtaken", _("They wrote again: “%(text)s”") % {"text": newer.text.strip()[:500]}))
    if saw_ours_up_to is not None:
        ours = Message.objects.filter(case=case, is_theirs=False, id__gt=saw_ours_up_to, taken_back_at__isnull=True)
        kinds = [MessageKind.ANSWER, MessageKind.SIGN_OF_LIFE, MessageKind.ASKS_BACK]
        other = ours.filter(kind__in=kinds).exclude(author=by).select_related("author").order_by("-id").first()
        if other is not None and other.author is not None:
            told = {"name": other.author.first_name, "text": other.text.strip()[:500]}
            doubts.append(Doubt("overtaken", _("%(name)s answered while you were writing: “%(text)s”") % told))
    return tuple(doubts)
