"""Customers of Marlow are asked how it was: after a delivery, by a card at the counter, when a matter has ended."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from kept.accounts.opening import account_of_kind
from kept.channels.base import Handle
from kept.demo import desk
from kept.demo.asked_words import CAME_LATE, FOLLOW_UPS, HAPPY, LOST, PRAISE_CARDS, SO_SO
from kept.demo.life import Story
from kept.demo.matters import Matter
from kept.demo.town import Town
from kept.lib.ids import new_id
from kept.outcomes.hearing import give_up_reaching
from kept.recognition.nothing_else import end_if_only_praise
from kept.surveys.inviting import send_invitations
from kept.surveys.models import Invitation, InvitationState, Survey
from kept.surveys.occasions import ask_after_endings
from kept.surveys.releasing import release_what_fits
from kept.surveys.touching import Met, met

DELIVERIES = {0: 1, 1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 1}
"""How many of the day's deliveries the till tells Kept of: those whose customer left an address."""
CARDS = {0: 1, 1: 1, 2: 1, 3: 1, 4: 2, 5: 1, 6: 0}
"""How many use the card at the counter."""
ANSWERS = 0.46
"""The share of those asked by mail who answer."""
GOOD_WORD = Matter("pizza", "praise", "", ("",), ("",))
FOLLOW_UP = Matter("pizza", "complaint", "", ("",), FOLLOW_UPS)
"""How somebody who asked to be contacted is answered."""


def everybody_is_asked(town: Town) -> Story:
    """Each morning the till tells who was served; whoever may be asked is asked, and some answer in the days after."""
    while True:
        for _delivery in range(DELIVERIES[town.now.weekday()]):
            _is_served(town)
        ask_after_endings(town.now)
        release_what_fits(town.now)
        send_invitations(town.now)
        _who_will_answer(town)
        for _card in range(CARDS[town.now.weekday()]):
            town.begins(fills_in_a_card(town), town.later(hours=town.dice.uniform(0.2, 20)))
        if town.dice.random() < 0.16:
            town.begins(says_a_good_word(town), town.later(hours=town.dice.uniform(0.2, 20)))
        yield town.later(days=1)


def _is_served(town: Town) -> None:
    who = town.crowd.somebody()
    order = f"MO-{town.dice.randrange(30_000, 99_999)}-{new_id().hex[-4:]}"
    told = Met(order, town.now, (Handle("email", who.address),), name=who.name, about=f"your order {order[:8]}")
    met(town.rooms.delivery, told, now=town.now)


def _who_will_answer(town: Town) -> None:
    """Of those who were asked just now, as many as usually answer."""
    asked = Invitation.objects.filter(state=InvitationState.SENT, sent_at=town.now)
    for invitation in asked.select_related("survey__account", "customer", "identity"):
        if town.dice.random() < ANSWERS:
            town.begins(answers(town, invitation), town.later(hours=min(140, 0.3 + town.dice.expovariate(1 / 20))))


def answers(town: Town, invitation: Invitation) -> Story:
    """One press on a number, and words if they like."""
    score, fields = _judges(town, invitation.survey)
    told = {"invitation": str(invitation.public_id), "came-by": "email"}
    case_id = _posts(town, invitation.survey, told, score=score, **fields)
    yield from _is_followed_up(town, case_id)


def fills_in_a_card(town: Town) -> Story:
    """At the counter, by the code on the card; most say nothing but a number, and hardly anybody who they are."""
    score, fields = _judges(town, town.rooms.at_the_counter)
    if fields.get("contact") == "email":
        who = town.crowd.somebody()
        fields |= {"name": who.name, "email": who.address}
    told = {"answer-key": str(new_id()), "came-by": "qr", "place": "mill-lane"}
    case_id = _posts(town, town.rooms.at_the_counter, told, score=score, **fields)
    yield from _is_followed_up(town, case_id)


def _judges(town: Town, survey: Survey) -> tuple[str, dict[str, str]]:
    """Eight in ten were content. Whoever was not says why more often."""
    dice, highest = town.dice, {"nps": 10, "ces": 7}.get(survey.measure, 5)
    mood = dice.choices(("happy", "so_so", "lost"), weights=(76, 14, 10))[0]
    share = {"happy": dice.uniform(0.88, 1), "so_so": dice.uniform(0.65, 0.85), "lost": dice.uniform(0, 0.5)}[mood]
    lowest = 0 if survey.measure == "nps" else 1
    fields: dict[str, str] = {}
    says = {"happy": (0.28, HAPPY), "so_so": (0.3, SO_SO), "lost": (0.62, LOST)}[mood]
    if dice.random() < says[0]:
        fields["why"] = dice.choice(says[1])
    if mood == "lost" and dice.random() < 0.45:
        fields["contact"] = "email"
    elif mood == "so_so" and dice.random() < 0.04:
        fields |= {"contact": "email", "why": dice.choice(CAME_LATE)}
    elif dice.random() < 0.2:
        fields["consent"] = dice.choice(("name", "anon", "one"))
    return str(round(lowest + share * (highest - lowest))), fields


def _posts(town: Town, survey: Survey, told: dict[str, str], **fields: str) -> int | None:
    """What the page posts is kept and filed. Returns the case it became, if it asks for somebody."""
    envelope = {"content-type": "application/x-www-form-urlencoded", **told}
    message = town.receives_raw(survey.account, urlencode(fields), **envelope)
    return message.case_id if message else None


def _is_followed_up(town: Town, case_id: int | None) -> Story:
    if case_id is None:
        return
    from kept.demo.stories import answers as we_answer

    yield town.at_work(15, 300)
    we_answer(town, case_id, FOLLOW_UP, town.crowd.slots())
    yield town.later(hours=town.dice.uniform(4, 90))


def says_a_good_word(town: Town) -> Story:
    """On the page or the card for good words: by name, or as they remember them."""
    login, words, hint = town.dice.choice(PRAISE_CARDS)
    who = town.crowd.somebody()
    chosen = getattr(town.marlow, login).public_id if login else ""
    fields = {"who": str(chosen), "words": words, "hint": hint, "show": town.dice.choice(("name", "anon", ""))}
    if town.dice.random() < 0.6:
        fields |= {"name": who.name, "email": who.address}
    account = account_of_kind("good_word", now=town.now)
    message = town.receives_raw(account, json.dumps(fields), **{"content-type": "application/json"})
    yield town.at_work(20, 400)
    if message is not None and chosen:
        case = desk.look(message.case_id)
        desk.opens_it(town, case, GOOD_WORD)
        end_if_only_praise(case, by=case.owner, now=town.now, says_so=True)
    elif message is not None and "email" not in fields:
        yield town.at_work(900, 1500)
        give_up_reaching(desk.look(message.case_id), by=town.marlow.ines, now=town.now)
