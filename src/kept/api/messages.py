"""Words on a case: replies, what becomes of them, notes, and words that need no answer."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router
from ninja.responses import Status

from kept.api.acting import in_one_piece
from kept.api.asking import NoteIn, NothingToAnswer, ReplyIn, SaidPromise
from kept.api.entering import speaker
from kept.api.finding import find_case, find_message, last_word, named
from kept.api.schemas import CaseOut, MessageOut, OnItsWay, TakenBack
from kept.api.showing import case_out, delivery_of, note_out
from kept.cases.minding import note
from kept.cases.models import Message, MessageKind
from kept.cases.resting import rest
from kept.lib import clock
from kept.people.models import Employee
from kept.replies.models import Delivery
from kept.replies.sending import Reply, Said, reply
from kept.replies.taking_back import take_back

router = Router(tags=["messages"])
router.add_decorator(in_one_piece)
KIND_OF = {True: MessageKind.ANSWER, False: MessageKind.SIGN_OF_LIFE, "asks_back": MessageKind.ASKS_BACK}


@router.post("/cases/{id}/replies", response={202: OnItsWay})
def send_reply(request: HttpRequest, id: str, said: ReplyIn) -> Status[OnItsWay]:
    """Words to the customer, held for 20 s and then sent. 409 with the doubts that `despite` does not name."""
    case, now = find_case(request, id), clock.now()
    theirs = Message.objects.filter(case=case, is_theirs=True)
    meant = Reply(
        text=said.text,
        kind=KIND_OF[said.answers],
        saw_up_to=named(theirs, said.answers_up_to, field="answers_up_to") if said.answers_up_to else last_word(case),
        medium=said.medium,
        address=said.address,
        promises=None if said.promises is None else tuple(_meant(one) for one in said.promises),
    )
    despite = frozenset(["all"] if said.despite == "all" else said.despite)
    message = reply(case, meant, by=speaker(request, case), now=now, despite=despite)
    goes_at = Delivery.objects.filter(message=message).values_list("next_try_at", flat=True).first()
    return Status(202, OnItsWay(message=str(message.public_id), delivery=delivery_of(message), goes_at=goes_at))


def _meant(one: SaidPromise) -> Said:
    by = named(Employee.objects.filter(is_active=True), one.by, field="promises.by") if one.by else None
    return Said(what=one.what, due_at=one.due_at, by=by)


@router.post("/messages/{id}/take-back", response={200: TakenBack})
def take_reply_back(request: HttpRequest, id: str) -> Status[TakenBack]:
    """A held reply does not go out; refused once it is on its way."""
    message = find_message(request, id)
    draft = take_back(message, by=speaker(request, message.case), now=clock.now())
    return Status(200, TakenBack(message=str(message.public_id), draft=draft.text))


@router.post("/cases/{id}/notes", response={201: MessageOut})
def add_note(request: HttpRequest, id: str, said: NoteIn) -> Status[MessageOut]:
    """Words only for us stand on the case."""
    case = find_case(request, id)
    return Status(201, note_out(note(case, said.text, by=speaker(request, case), now=clock.now())))


@router.post("/cases/{id}/nothing-to-answer", response={200: CaseOut})
def put_to_rest(request: HttpRequest, id: str, said: NothingToAnswer) -> Status[CaseOut]:
    """These words of theirs need no answer, and why; the clock is worked out anew without them."""
    case = find_case(request, id)
    message = named(Message.objects.filter(case=case), said.message, field="message")
    rest(message, by=speaker(request, case), because=said.reason, now=clock.now())
    return Status(200, case_out(find_case(request, id)))
