"""The acknowledgement (R4): at once, in the owner's name, claiming only what is true then; or a recorded reason why not."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.cases.minding import give_duty
from kept.cases.models import Case, Message, MessageKind
from kept.channels import kinds
from kept.due import ringing
from kept.lib.hours import add_working, add_working_days
from kept.lib.ids import new_id
from kept.lib.wording import moment_in_words
from kept.people.locating import KIND, gets_post_at
from kept.people.models import House, Identity
from kept.people.presence import house, manager_of
from kept.promises.making import promise
from kept.promises.models import Promise
from kept.replies.addressing import address_for, sender_for
from kept.replies.composing import message_id
from kept.replies.models import Delivery
from kept.replies.on_paper import PAPER, TO_ACKNOWLEDGE, in_window, lay_ready, no_longer_needed
from kept.replies.owning_up import may_read_it, owning_up
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

MOST_A_DAY = 2
"""To an address that is not proven: so that a form cannot be used to bomb a stranger."""
AGAIN_AFTER = timedelta(hours=24)
LIVE = timedelta(minutes=30)
"""Within this time of a word of ours it is a conversation, and an automatic receipt would only disturb it."""
IN_PUBLIC_WITHIN = timedelta(minutes=15)
"""Of duty time: where others read along, a person says that the words are here (R4)."""
ON_PAPER_WITHIN = 2
"""Working days until the letter that acknowledges theirs is in the post (R4)."""
ON_A_PAGE = ("form", "survey")
OF_A_PERSON = (MessageKind.ANSWER, MessageKind.SIGN_OF_LIFE, MessageKind.ASKS_BACK)


@transaction.atomic
def acknowledge(
    case: Case, message: Message, *, account: ChannelAccount, is_wanted: bool, now: datetime, is_first: bool = False
) -> Message | None:
    """It is on its way, with the promise of the next word in the ledger; or the case says why not. Stops no clock.

    `is_first`: the case began with this very word, so there is nothing of ours on it to look at.
    """
    if is_wanted and message.medium in PAPER and (post := _post_address(message)) is not None:
        return _on_paper(case, message, post, is_first=is_first, now=now)
    identity = address_for(message)
    why = _why_not(case, message, identity, account, is_wanted=is_wanted, is_first=is_first, now=now)
    sender = sender_for(account) if not why else None
    if not why and (sender is None or not sender.is_open):
        why = "listen_only" if sender else "no_mailbox"
    if why or identity is None or sender is None:
        _leave_it(case, message, why, now=now)
        return None
    ours = house()
    with translation.override(account.brand.language):
        owns_up = owning_up(case) if is_first and may_read_it(case, identity) else ""
        text = wording(case, of_house=ours, now=now, owns_up=owns_up)
    ack = Message.objects.create(
        case=case,
        is_theirs=False,
        kind=MessageKind.ACKNOWLEDGEMENT,
        medium="email",
        author=case.owner,
        identity=identity,
        account=sender,
        text=text,
        at=now,
        external_id=message_id(new_id(), sender),
        answers_up_to=message,
        next_word_at=_hour(case, now),
    )
    Delivery.objects.create(message=ack, account=sender, identity=identity, made_at=now, next_try_at=now)
    record(case.about, Happened.ACKNOWLEDGED, at=now, owner=case.owner.known_as, message=ack.pk)
    _promise_the_next_word(case, ack, now=now, is_first=is_first)
    ringing.wake(Delivery)
    return ack


def _post_address(message: Message) -> Identity | None:
    """Where they get letters: the address this very one came from, if it is theirs, else the last they gave."""
    wrote_from = message.identity
    if wrote_from is not None and wrote_from.kind == KIND and wrote_from.dead_at is None:
        return wrote_from
    return gets_post_at(message.customer) if message.customer is not None else None


def _on_paper(  # no event: LETTER_READY tells it
    case: Case, message: Message, post: Identity, *, is_first: bool, now: datetime
) -> Message | None:
    """The acknowledgement lies ready as a letter; its promise counts, and its duty is done, when somebody has posted it."""
    if not is_first and (why := _why_not_again(case, message, now)):
        _leave_it(case, message, why, now=now)
        return None
    no_longer_needed(case)
    with translation.override(case.account.brand.language):
        owns_up = owning_up(case) if is_first and may_read_it(case, post) else ""
        text = wording(case, of_house=house(), now=now, owns_up=owns_up)
    ack = Message.objects.create(
        case=case,
        is_theirs=False,
        kind=MessageKind.ACKNOWLEDGEMENT,
        medium=message.medium,
        author=case.owner,
        identity=post if post.customer_id == case.customer_id else None,
        text=text,
        at=now,
        answers_up_to=message,
        next_word_at=_hour(case, now),
        is_held=True,
    )
    due_at = add_working_days(case.policy.calendar.hours, now, ON_PAPER_WITHIN)
    lay_ready(ack, in_window(case, post.value), case=case, due_at=due_at, now=now)
    _promise_the_next_word(case, ack, now=now, is_first=is_first)
    return ack


def _hour(case: Case, now: datetime) -> datetime | None:
    """The hour that may be named: none where it has passed already."""
    return None if case.is_late(now) else case.answer_due_at


def _why_not(
    case: Case,
    message: Message,
    identity: Identity | None,
    account: ChannelAccount,
    *,
    is_wanted: bool,
    is_first: bool,
    now: datetime,
) -> str:
    if not is_wanted:
        return {"survey": "no_contact", "post": "watched"}.get(message.medium, "not_wanted")
    if message.medium == "post" or kinds()[account.kind].is_public:
        return "in_public"
    if identity is None:
        return "no_way_back"
    if not account.is_open:
        return "listen_only"
    if identity.dead_at is not None:
        return "dead_address"
    if not is_first and (why := _why_not_again(case, message, now)):
        return why
    if identity.proven_at is None and _sent_today(identity, now) >= MOST_A_DAY:
        return "address_limit"
    return ""


def _why_not_again(case: Case, message: Message, now: datetime) -> str:
    ours = Message.objects.filter(case=case, is_theirs=False, taken_back_at__isnull=True, failed_at__isnull=True)
    acks = ours.filter(kind=MessageKind.ACKNOWLEDGEMENT).order_by("-id")
    if not acks.filter(answers_up_to__medium=message.medium).exists():
        return ""
    if ours.filter(kind__in=OF_A_PERSON, at__gt=now - LIVE).exists():
        return "live_exchange"
    last = acks.first()
    if last is not None and now - last.at < AGAIN_AFTER and last.next_word_at == _hour(case, now):
        return "already_told"
    return ""


def _sent_today(identity: Identity, now: datetime) -> int:
    day_ago = now - timedelta(hours=24)
    return Message.objects.filter(identity=identity, kind=MessageKind.ACKNOWLEDGEMENT, at__gt=day_ago).count()


def _leave_it(case: Case, message: Message, why: str, *, now: datetime) -> None:
    record(case.about, Happened.NOT_ACKNOWLEDGED, at=now, why=why, message=message.pk)
    if message.medium in ON_A_PAGE and why != "no_contact":  # the thank-you page names the hour, mail or not
        _promise_the_next_word(case, message, now=now)
    if why not in {"no_way_back", "dead_address", "no_mailbox", "in_public"}:
        return
    hours = case.policy.calendar.hours
    due_at = case.answer_due_at or now + AGAIN_AFTER
    if why == "in_public":
        due_at = min(due_at, add_working(hours, now, IN_PUBLIC_WITHIN))
    elif message.medium in PAPER:
        due_at = add_working_days(hours, now, ON_PAPER_WITHIN)
    says = _("Let them know by hand that their words are here and by when they hear from you")
    give_duty(case, TO_ACKNOWLEDGE, says, due_at=due_at, now=now)


def _promise_the_next_word(case: Case, said_in: Message, *, now: datetime, is_first: bool = False) -> None:
    if case.answer_due_at is None or case.answer_due_at <= now:
        return
    if not is_first and Promise.objects.open().filter(case=case, is_next_word=True).exists():
        return
    promise(case, _("the next word"), by=case.owner, due_at=case.answer_due_at, now=now, said_in=said_in, is_next_word=True)


def wording(case: Case, *, of_house: House, now: datetime, owns_up: str = "") -> str:
    """What the acknowledgement says, in the language that is active; its mail adds greeting, page link and signature."""
    zone = case.policy.calendar.zone
    says = [_("Your words are here and are mine to answer."), *([owns_up] if owns_up else [])]
    if case.is_late(now):
        says.append(_("It has taken longer than I said it would."))
    elif case.answer_due_at is not None:
        hour = moment_in_words(case.answer_due_at, zone, now)
        says.append(_("You hear from me by %(hour)s.") % {"hour": hour})
        says.append(if_not(case, of_house=of_house, now=now))
    return " ".join(says)


def if_not(case: Case, *, of_house: House, now: datetime) -> str:
    """What happens by itself when the hour passes: who is told, or that the page will say so in a house of one."""
    manager = manager_of(case.owner, of_house=of_house, at=now)
    if manager is None:
        return _("If not, your page will say so.")
    return _("If not, %(manager)s is told that minute.") % {"manager": manager.known_as}
