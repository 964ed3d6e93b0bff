"""The stories that everybody at Marlow knows, told so that each stands at an interesting point when the visitor comes in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kept.cases.models import MessageKind
from kept.demo import desk
from kept.demo.life import Story
from kept.demo.matters import OFFICE, PIZZA
from kept.demo.town import Town
from kept.outcomes.hearing import hear
from kept.replies.sending import Said


def the_cast(town: Town) -> Iterator[tuple[datetime, Story]]:
    """Each story with the moment at which it begins, reckoned back from the present."""
    yield town.days_ago(17, 10, 42), mary_writes_five_times(town)
    yield town.days_ago(36, 19, 52), john_eats_cold_pizza(town)
    yield town.days_ago(22, 20, 5), john_eats_cold_pizza(town, is_second=True)
    yield town.worked_ago(hours=5), john_the_third_time(town)
    yield town.days_ago(3, 10, 15), harold_writes_a_letter(town)
    yield town.worked_ago(hours=0.6), grace_asks_and_praises(town)
    yield town.worked_ago(hours=1.3), samir_asks_about_sesame(town)
    yield town.worked_ago(hours=7.3), oda_has_a_burnt_pizza(town)
    yield town.worked_ago(hours=6), lena_has_moved(town)
    yield town.worked_ago(hours=0.2), petra_has_one_more_question(town)


def mary_writes_five_times(town: Town) -> Story:
    """A form, a public post, a mail, a call, a letter: one matter, one clock, and a promise that was broken yesterday."""
    marlow, mary = town.marlow, town.marlow.mary
    mary.postal = "Bright Dental, 2 Tollgate, Marlow"
    case = mary.fills_in_the_form(
        "I ordered forty boxes of A4 for our training week. Twenty-four arrived and I was charged for forty. "
        "Will you send the other sixteen, or refund me? I need to know before the 12th. Order MO-20817.",
        wish="The other sixteen boxes, or my money back",
        at=town.ways_in[OFFICE, "form"],
    )
    desk.hands_over(town, desk.look(case.pk), to=marlow.priya, why="Priya looks after Bright Dental")
    yield town.days_ago(3, 9, 12)
    text = "Two weeks ago I filled in a form at Marlow Office Supply about 16 missing boxes. Nothing. Is anybody there?"
    mary.is_written_down("post", text, by=marlow.ben)
    yield town.later(minutes=188)
    sorry = "You were right to write again; I am sorry you had to. I need your invoice to put this right: may we go on by e-mail?"
    desk.writes(town, desk.look(case.pk), sorry, kind=MessageKind.SIGN_OF_LIFE, by=marlow.priya, medium="post")
    yield town.days_ago(2, 8, 50)
    mary.mails(
        "Dear Priya, thank you for finding me. The course began without the paper, so I bought sixteen round the corner.\n\n"
        "I would still like ours, for September. Can I have a corrected invoice? My accountant asks every day.\n\nMary Whitcombe",
        subject="16 of 40 boxes never came",
        is_proven=True,
        at=town.ways_in[OFFICE, "email"],
    )
    yield town.later(minutes=35)
    due = town.days_ago(1, 16, 0)
    said = Said(
        "An answer about the 16 boxes", due, by=marlow.priya, quote="You will have an answer from me by tomorrow, four o’clock"
    )
    holding = f"Your mail is here. {said.quote}."
    desk.writes(town, desk.look(case.pk), holding, kind=MessageKind.SIGN_OF_LIFE, by=marlow.priya, promises=(said,))
    yield town.days_ago(1, 11, 5)
    call = "Rang the shop in passing. “I don’t want a voucher, I want the paper I paid for.” Ben told her Priya would write."
    mary.is_written_down("phone", call, by=marlow.ben)
    desk.remembers(town, desk.look(case.pk), "Kind, tired. Our form lost her once before, in March.")
    yield town.worked_ago(hours=4)
    mary.is_written_down(
        "letter",
        "Dear Priya, I enclose both delivery notes, as I was never sure the e-mails arrive. This is my fifth try. "
        "Who is actually looking after this? If it happens again, whom do I ring?\n\nMary Whitcombe",
        by=marlow.ben,
    )


def john_eats_cold_pizza(town: Town, *, is_second: bool = False) -> Story:
    """The first time it is made good; the second time he is told so and says nothing more."""
    john = town.marlow.john
    first, second = (
        "The Diavola came cold. It happens, I suppose.",
        "Cold again, the second time in a fortnight. The box was wet.",
    )
    case = john.fills_in_the_form(
        second if is_second else first, subject="Cold again" if is_second else "Cold pizza", at=town.ways_in[PIZZA, "form"]
    )
    yield town.at_work(30, 200)
    desk.writes(town, desk.look(case.pk), "It should have been hot, and I am sorry it was not. The money is back on your card.")
    yield town.later(hours=20)
    if not is_second:
        hear(desk.look(case.pk), "yes", now=town.now)


def john_the_third_time(town: Town) -> Story:
    """Dana has said that she rings him."""
    marlow = town.marlow
    case = marlow.john.fills_in_the_form(
        "Cold again, for the third time in five weeks. I would quite like somebody to tell me why.",
        subject="Third cold pizza in five weeks",
        wish="Somebody who tells me why",
        at=town.ways_in[PIZZA, "form"],
    )
    yield town.at_work(20, 40)
    case = desk.look(case.pk)
    desk.hands_over(town, case, to=marlow.dana, why="it is the third time, and it is my kitchen")
    desk.remembers(
        town, case, "Third time. All three left between 19:40 and 20:10, all three with the rider who has the long round."
    )
    case = desk.look(case.pk)
    said = Said("A phone call", town.until_work(hours=3), by=marlow.dana, quote="Dana Okafor will ring you today")
    text = "This is the third time and you deserve to hear why. Dana Okafor, who runs the kitchen, will ring you today."
    desk.writes(town, case, text, kind=MessageKind.SIGN_OF_LIFE, by=marlow.dana, promises=(said,))


def harold_writes_a_letter(town: Town) -> Story:
    """He has neither mail nor telephone; Ben owes him a letter."""
    marlow, harold = town.marlow, town.marlow.harold
    harold.postal = "14 Weir Lane, Marlow"
    case = harold.is_written_down(
        "letter",
        "Dear Sirs, there is nowhere to sit in the copier queue. I am eighty-one and I stood for thirty-five minutes. "
        "A chair is all I ask. Yours faithfully, Harold Finch",
        by=marlow.ben,
    )
    yield town.at_work(30, 60)
    desk.hands_over(town, desk.look(case.pk), to=marlow.ben, why="it is my counter")
    case = desk.look(case.pk)
    said = Said("A letter about seats at the copier", town.until_work(hours=26), by=marlow.ben, quote="I will write back to you")
    card = "Your letter is here and it is mine to answer. I will write back to you."
    desk.writes(town, case, card, kind=MessageKind.SIGN_OF_LIFE, by=marlow.ben, medium="letter", promises=(said,))


def grace_asks_and_praises(town: Town) -> Story:
    """A question with a good word in it."""
    text = "Are you open on Saturday? And is the laminator working again? The young man with the beard was so patient with me."
    town.marlow.grace.mails(text, subject="Open on Saturday?", is_proven=True, at=town.ways_in[OFFICE, "email"])
    yield from ()


def samir_asks_about_sesame(town: Town) -> Story:
    """Ben has it and has not opened it yet."""
    text = "Which bases have sesame? My daughter is allergic. Please ring before lunch if you can."
    case = town.marlow.samir.fills_in_the_form(text, subject="Which bases have sesame?", at=town.ways_in[PIZZA, "form"])
    desk.hands_over(town, desk.look(case.pk), to=town.marlow.ben, why="he is at the counter until six")
    yield from ()


def oda_has_a_burnt_pizza(town: Town) -> Story:
    """Due soon, and Dana is to find out why."""
    oda = town.crowd.called("Oda Lien")
    text = "Black as the pan. Is this what you call a Margherita?"
    case = oda.fills_in_the_form(text, subject="Burnt base", at=town.ways_in[PIZZA, "form"])
    yield town.at_work(30, 50)
    case = desk.look(case.pk)
    quote = "Dana finds out and I tell you"
    said = Said("What went wrong at the oven", town.until_work(hours=1.2), by=town.marlow.dana, quote=quote)
    desk.writes(town, case, f"That is no Margherita. {quote}.", kind=MessageKind.SIGN_OF_LIFE, promises=(said,))


def lena_has_moved(town: Town) -> Story:
    """Answered, with an invoice to come this afternoon."""
    lena, tom = town.crowd.called("Lena Vogt"), town.marlow.tom
    text = (
        "The invoice still goes to our old address. We moved in February. Your van found us; your invoices have not.\n\nLena Vogt"
    )
    case = lena.mails(text, subject="Invoice still goes to our old address", is_proven=True, at=town.ways_in[OFFICE, "email"])
    yield town.at_work(40, 90)
    said = Said("A new invoice, to the new address", town.until_work(hours=4.5), by=tom, quote="You will have it this afternoon")
    answer = "You are right: our books had the new address in one place and not in the other. You will have it this afternoon."
    desk.writes(town, desk.look(case.pk), answer, promises=(said,))


def petra_has_one_more_question(town: Town) -> Story:
    """A minute ago, and in good time."""
    petra = town.crowd.called("Petra Novak")
    text = "Thank you, it fits. One more question: does the other drawer take the same key?"
    petra.mails(text, subject="Thank you, and one more question", is_proven=True, at=town.ways_in[OFFICE, "email"])
    yield from ()
