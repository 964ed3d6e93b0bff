"""How matters go at Marlow: mostly well, sometimes late, now and then badly. Each is told from the first word to the last."""

from __future__ import annotations

from kept.cases.models import Case, MessageKind
from kept.cases.page_reads import note_read
from kept.demo import desk
from kept.demo.advertised import is_held_to_it
from kept.demo.cast import CustomerOfMarlow
from kept.demo.life import Story
from kept.demo.matters import Matter
from kept.demo.putting_right import puts_it_right
from kept.demo.small_words import (
    ASKS_BACK,
    HAND_OVERS,
    HOLDING,
    NO_MORE,
    NOT_YET,
    NOTES,
    RESTED,
    TELLS,
    THANKS,
    YES_BY_VOICE,
)
from kept.demo.spreading import it_spreads
from kept.demo.thanks import hears_praise
from kept.demo.town import Town
from kept.outcomes.hearing import hear, pass_on
from kept.replies.sending import Said

PUT_RIGHT = 0.4
"""The share of complaints in which the owner gives something beside the answer."""
READ_THEIR_PAGE = 0.3
"""The share of customers who look at their page after our answer; a third of them press that they found it there."""
MEDIA = {"form": 38, "email": 31, "phone": 13, "visit": 5, "letter": 4, "fax": 2, "post": 7}


def told(life: Town, who: CustomerOfMarlow, matter: Matter, slots: dict[str, str]) -> Story:
    """One matter of one customer, from whichever medium to whichever end."""
    medium = life.dice.choices(list(MEDIA), weights=list(MEDIA.values()))[0]
    if medium not in {"form", "email"} and life.at_work(0, 1) > life.later(minutes=60):
        medium = "form"  # nobody is there to write it down
    case_id = speaks(life, who, matter, slots, medium).pk
    if matter.kind == "praise":
        yield from praise_travels(life, case_id, matter, slots)
        return
    yield from is_answered(life, case_id, who, matter, slots)
    yield from comes_to_an_end(life, case_id, who, matter, slots)


def speaks(life: Town, who: CustomerOfMarlow, matter: Matter, slots: dict[str, str], medium: str) -> Case:
    """Their first words on it."""
    text = life.dice.choice(matter.words).format_map(slots)
    subject = matter.subject.format_map(slots)
    wish = matter.wish.format_map(slots) if life.dice.random() < 0.7 else ""
    if medium == "form":
        form = desk.account_for(life, matter.business, "form")
        return who.fills_in_the_form(text, wish=wish, subject=subject if life.dice.random() < 0.5 else "", at=form)
    if medium == "email":
        mailbox = desk.account_for(life, matter.business, "email")
        signed = f"{text}\n\n{who.name}"
        return who.mails(signed, subject=subject, is_proven=life.dice.random() < 0.9, at=mailbox)
    said_at = life.later(minutes=-life.dice.uniform(1, 25))
    case = who.is_written_down(medium, text, by=life.somebody_at_the_counter(), at=said_at)
    if medium == "post":
        life.begins(it_spreads(life, case), life.now)
    return case


def is_answered(life: Town, case_id: int, who: CustomerOfMarlow, matter: Matter, slots: dict[str, str]) -> Story:
    """The owner looks, and answers: soon, or after a holding line, a question back, a hand-over; or too late."""
    way = life.dice.choices(("soon", "held", "asks_back", "handed", "late"), weights=(66, 10, 6, 10, 8))[0]
    yield life.at_work(*((520, 1300) if way == "late" else (12, 330)))
    case = desk.look(case_id)
    desk.opens_it(life, case, matter)
    is_held_to_it(life, case)
    if life.dice.random() < 0.22:
        desk.remembers(life, case, life.dice.choice(NOTES))
    if way == "held":
        desk.writes(life, case, life.dice.choice(HOLDING), kind=MessageKind.SIGN_OF_LIFE)
        yield life.at_work(200, 900)
    elif way == "asks_back":
        desk.writes(life, case, life.dice.choice(ASKS_BACK), kind=MessageKind.ASKS_BACK)
        yield life.later(hours=life.dice.uniform(0.5, 30))
        life.answers_our_mail(who, case_id, life.dice.choice(TELLS).format_map(slots))
        yield life.at_work(20, 240)
    elif way == "handed":
        desk.hands_over(life, case, to=life.somebody_else(case), why=life.dice.choice(HAND_OVERS))
        yield life.at_work(15, 200)
    answers(life, case_id, matter, slots)
    if matter.kind == "complaint" and life.dice.random() < PUT_RIGHT:
        life.begins(puts_it_right(life, case_id), life.later(minutes=life.dice.uniform(2, 40)))


def answers(life: Town, case_id: int, matter: Matter, slots: dict[str, str]) -> None:
    """The answer, with a promise where the matter needs one; most promises are kept early, a few late."""
    case = desk.look(case_id)
    text = life.dice.choice(matter.answers).format_map(slots)
    promises: tuple[Said, ...] = ()
    if matter.pledge and life.dice.random() < 0.75:
        sentence, said = desk.pledged(life, case, matter.pledge, slots)
        text, promises = f"{text} {sentence}", (said,)
    message = desk.writes(life, case, text, promises=promises)
    if promises:
        life.begins(desk.keeps_the_word(life, message, early=life.dice.random() < 0.9), life.later(minutes=5))


def comes_to_an_end(life: Town, case_id: int, who: CustomerOfMarlow, matter: Matter, slots: dict[str, str]) -> Story:
    """They say how it was, or say nothing; some write again first, a few come back later."""
    yield life.later(minutes=life.dice.uniform(20, 90))
    if life.dice.random() < READ_THEIR_PAGE:
        note_read(desk.look(case_id), now=life.now, is_enough=life.dice.random() < 0.3)
    for _again in range(2):
        if life.dice.random() > 0.3:
            break
        yield life.later(hours=life.dice.uniform(2, 60))
        if matter.more and life.dice.random() < 0.55:
            life.answers_our_mail(who, case_id, life.dice.choice(matter.more).format_map(slots))
            yield life.at_work(15, 380)
            answers(life, case_id, matter, slots)
        else:
            life.answers_our_mail(who, case_id, life.dice.choice(THANKS))
            yield life.at_work(5, 120)
            desk.needs_no_answer(life, desk.look(case_id), life.dice.choice(RESTED))
    end = life.dice.choices(("yes", "by_voice", "not_yet", "unsolved", "leave", "nothing"), weights=(46, 6, 8, 4, 4, 32))[0]
    yield life.later(hours=life.dice.uniform(3, 80))
    if end == "yes":
        hear(desk.look(case_id), "yes", now=life.now)
        yield from comes_back(life, case_id, who, matter, slots)
    elif end == "by_voice":
        yield life.at_work(5, 300)
        case = desk.look(case_id)
        hear(case, "yes", now=life.now, confirmed_by=case.owner, words=life.dice.choice(YES_BY_VOICE))
    elif end == "not_yet":
        life.presses_not_yet(case_id, life.dice.choice(NOT_YET))
        yield life.at_work(20, 300)
        answers(life, case_id, matter, slots)
        yield life.later(hours=life.dice.uniform(12, 90))
        hear(desk.look(case_id), life.dice.choice(("yes", "yes", "unsolved")), now=life.now)
    elif end in {"unsolved", "leave"}:
        case = desk.look(case_id)
        hear(case, end, now=life.now, confirmed_by=case.owner, words=life.dice.choice(NO_MORE))


def comes_back(life: Town, case_id: int, who: CustomerOfMarlow, matter: Matter, slots: dict[str, str]) -> Story:
    """A few who had said yes answer our mail later: it goes on, with the same owner."""
    if not matter.more or life.dice.random() > 0.12:
        return
    yield life.later(days=life.dice.uniform(2, 12))
    life.answers_our_mail(who, case_id, life.dice.choice(matter.more).format_map(slots))
    yield life.at_work(20, 260)
    answers(life, case_id, matter, slots)
    yield life.later(hours=life.dice.uniform(5, 60))
    hear(desk.look(case_id), "yes", now=life.now)


def praise_travels(life: Town, case_id: int, matter: Matter, slots: dict[str, str]) -> Story:
    """The good word reaches whom it is for, its writer is told, and it is over."""
    yield life.at_work(10, 240)
    case = desk.look(case_id)
    desk.opens_it(life, case, matter)
    hears_praise(life, matter.praises, case)
    desk.writes(life, case, life.dice.choice(matter.answers).format_map(slots))
    yield life.at_work(5, 60)
    case = desk.look(case_id)
    pass_on(case, by=case.owner, now=life.now)
