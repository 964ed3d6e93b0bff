"""What Mary and John ask, and which of it Priya's reply leaves open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.text.questions import Question, find_questions, is_answered, open_questions


def asked(text: str) -> list[str]:
    return [question.quote for question in find_questions(text)]


QUESTIONS = [
    "Will you send the other 16 boxes, or refund me?",
    "Can I have a corrected invoice?",
    "If it happens again, whom do I ring?",
    "Who is looking after this now?",
    "When does my pizza arrive?",
    "How much does the repair cost?",
    "Where do I send the chair?",
    "Why was I charged twice?",
    "Is the kitchen open on Sundays?",
    "How many lamps are still missing?",
    "Please let me know if the boxes are on their way.",
    "Let me know when the driver sets off.",
    "I would like to know whether the voucher still holds.",
    "I'd like to know how this could happen.",
    "Please explain the second charge on my card.",
    "Could you confirm the delivery day.",
    "I do not understand why nobody rang.",
    "I am wondering if you still sell the green folders.",
    "My question is simple: where is my paper.",
    "We want to know what you will do about it.",
    "No idea whom to call about the desk.",
    "Können Sie mir sagen, wann die Lieferung kommt.",
    "Wann kommt der Techniker?",
    "Wo finde ich die Rechnung?",
    "Wie viel kostet der Ersatz?",
    "An wen wende ich mich beim nächsten Mal?",
    "Ich möchte wissen, ob das Geld schon unterwegs ist.",
    "Bitte teilen Sie mir mit, wie es weitergeht.",
    "Ich frage mich, ob Sie das lesen.",
    "Geben Sie mir bitte Bescheid, wann Sie liefern.",
    "Ich verstehe nicht, warum zweimal abgebucht wurde.",
    "Meine Frage ist, wer das bezahlt.",
]


@pytest.mark.parametrize("sentence", QUESTIONS)
def test_mary_asks_straight_or_sideways(sentence):
    assert asked(f"Dear Priya. {sentence} The weather is fine.") == [sentence]


@pytest.mark.parametrize(
    "text",
    [
        "How are you?",
        "Hello Priya, how are you today?",
        "Wie geht es Ihnen?",
        "Are you kidding me?",
        "Is this some kind of joke?",
        "Really?",
        "Who would have thought that?",
        "How dare you?",
        "Ist das Ihr Ernst?",
        "The paper came. Thank you.",
        "I know when it came.",
        "> When does it arrive?\nOn Monday, I hope.",
        "It came.\n\nOn Mon, 1 Jun 2026 at 10:42, Priya Nair <priya@marlow.example> wrote:\n> Did it come?\n",
        "???",
        "",
    ],
)
def test_small_talk_rhetoric_and_old_words_ask_nothing(text):
    assert asked(text) == []


def test_a_question_over_two_wrapped_lines_is_one():
    text = "I bought this from you in the spring and have been happy. Can you send the\nInvoice for it again?"
    assert asked(text) == ["Can you send the\nInvoice for it again?"]


REPLY_TO_MARY = (
    "Hello Mary,\nYour 16 boxes will be at your door by Friday. Tom drives them himself and will ring you an hour before.\n"
    "The corrected invoice is attached.\nPriya Nair"
)


def test_the_reply_to_mary_leaves_one_question_open():
    questions = find_questions(
        "Will you send the other sixteen, or refund me? Can I have a corrected invoice? If it happens again, whom do I ring?"
    )
    assert [question.quote for question in open_questions(questions, REPLY_TO_MARY)] == ["If it happens again, whom do I ring?"]


ANSWERED = [
    ("When does my pizza arrive?", "Your pizza is with you by 18:30."),
    ("When does my pizza arrive?", "The pizza comes tomorrow."),
    ("How much does the repair cost?", "The repair is free."),
    ("How much does the repair cost?", "We repair it for £18.40."),
    ("Who is looking after this?", "I am looking after this myself."),
    ("If it happens again, whom do I ring?", "If it happens again, please ring Ines Duarte."),
    ("Where do I send the chair?", "Please send the chair to Mill Lane 4."),
    ("Why was I charged twice?", "You were charged twice because our till froze."),
    ("Is the kitchen open on Sundays?", "Yes, until ten."),
    ("Can I have a refund?", "I have refunded you £12 just now."),
    ("Can I bring my dog?", "No, sadly not."),
    ("Please let me know if the boxes are on their way.", "The boxes are on their way."),
    ("How many lamps are missing?", "Two lamps are missing."),
    ("What is your phone number?", "Our phone number is 020 7946 0000."),
    ("How do I return the chair?", "To return the chair, simply put it by the door; Tom collects it."),
    ("Wann kommt die Lieferung?", "Die Lieferung kommt am Montag."),
    ("Bekomme ich mein Geld zurück?", "Ja, Sie bekommen das Geld zurück."),
    ("Wie viel kostet der Ersatz?", "Der Ersatz ist kostenlos."),
    ("Warum wurde zweimal abgebucht?", "Es wurde zweimal abgebucht, weil unsere Kasse hing."),
]
OPEN = [
    ("When does my pizza arrive?", "We are sorry about your pizza."),
    ("How much does the repair cost?", "We will repair it."),
    ("If it happens again, whom do I ring?", "It will not happen again."),
    ("Where do I send the chair?", "We are sorry about the chair."),
    ("Why was I charged twice?", "We have refunded one charge."),
    ("Can I have a corrected invoice?", "Your boxes come on Friday."),
    ("Is the lid dishwasher-proof?", "Thank you for your kind words."),
    ("What is your phone number?", "Please phone us."),
    ("Wann kommt die Lieferung?", "Vielen Dank für Ihre Nachricht."),
    ("Wie viel kostet der Ersatz?", "Wir schicken Ihnen Ersatz."),
    ("Is the lid safe for the oven and the dishwasher?", "The lid you bought is blue."),
    ("Will you refund me?", ""),
]


@pytest.mark.parametrize(("question", "reply"), ANSWERED)
def test_an_answer_of_the_right_kind_is_seen(question, reply):
    assert is_answered(Question(question, 0, len(question)), reply)


@pytest.mark.parametrize(("question", "reply"), OPEN)
def test_a_reply_that_passes_by_leaves_it_open(question, reply):
    assert not is_answered(Question(question, 0, len(question)), reply)


@given(st.text(max_size=400), st.text(max_size=200))
def test_any_text_gives_exact_quotes(text, reply):
    for question in find_questions(text):
        assert text[question.start : question.end] == question.quote != ""
        is_answered(question, reply)
