"""Mary's new words, the history her mail program hangs beneath them, and her signature: nothing is ever lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.text.splitting import split_reply

NEW = "Yes, please send them.\n\n"
HISTORIES = {
    "on_wrote": "On Mon, 1 Jun 2026 at 10:42, Priya Nair <priya@marlow.example> wrote:\n> Dear Mary,\n> shall we?\n",
    "on_wrote_unquoted": "On 1 June 2026 at 10:42, Priya Nair wrote:\nDear Mary,\nshall we?\n",
    "on_wrote_over_two_lines": "On Mon, 1 Jun 2026 at 10:42, Priya Nair\n<priya@marlow.example> wrote:\n\n> Dear Mary,\n",
    "on_wrote_over_three_lines": "On Monday, 1 June 2026,\nPriya Nair of Marlow\n<priya@marlow.example> wrote:\n> Dear Mary,\n",
    "am_schrieb": "Am 01.06.2026 um 10:42 schrieb Priya Nair <priya@marlow.example>:\n> Liebe Mary,\n",
    "am_schrieb_name_last": "Am Mo., 1. Juni 2026 um 10:42 Uhr schrieb Priya Nair:\n> Liebe Mary,\n",
    "am_schrieb_over_two_lines": "Am Montag, 1. Juni 2026 um 10:42 hat Priya\n<priya@marlow.example> schrieb:\n> Liebe Mary,\n",
    "date_first": "2026-06-01 10:42 GMT+01:00 Priya Nair <priya@marlow.example> wrote:\n> Dear Mary,\n",
    "name_first": "Priya Nair <priya@marlow.example> schrieb am 1. Juni 2026:\n> Liebe Mary,\n",
    "french": "Le lun. 1 juin 2026 à 10:42, Priya Nair <priya@marlow.example> a écrit :\n> Bonjour,\n",
    "norwegian": "Den 1. juni 2026 skrev Priya Nair <priya@marlow.example>:\n> Hei,\n",
    "outlook": "From: Priya Nair\nSent: 01 June 2026 10:42\nTo: Mary Whitcombe\nSubject: Your boxes\n\nDear Mary,\n",
    "outlook_bold": "*From:* Priya Nair\n*Sent:* 01 June 2026 10:42\n*To:* Mary\n*Subject:* Your boxes\n\nDear Mary,\n",
    "outlook_german": "Von: Priya Nair\nGesendet: Montag, 1. Juni 2026 10:42\nAn: Mary\nBetreff: Kartons\n\nLiebe Mary,\n",
    "outlook_ruled": "____________________\nFrom: Priya Nair\nSent: 1 June\nTo: Mary\nSubject: Boxes\n\nDear Mary,\n",
    "outlook_short": "From: Priya Nair\nSent: 01 June 2026 10:42\nSubject: Your boxes\n\nDear Mary,\n",
    "original": "-----Original Message-----\nFrom: Priya\nSubject: Boxes\n\nDear Mary,\n",
    "original_german": "-----Ursprüngliche Nachricht-----\nVon: Priya\nBetreff: Kartons\n\nLiebe Mary,\n",
    "forwarded": "---------- Forwarded message ---------\nFrom: Priya\nDate: 1 June\n\nDear Mary,\n",
    "begin_forwarded": "Begin forwarded message:\n\nFrom: Priya\nDate: 1 June\n\nDear Mary,\n",
    "bare_quote": "> Dear Mary,\n> shall we?\n",
    "deep_quote": ">> Dear Mary,\n> shall we?\n>\n",
}


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
def test_marys_new_words_stand_alone_and_the_history_is_folded(history):
    parted = split_reply(NEW + history)
    assert (parted.new, parted.quoted, parted.signature) == (NEW, history, "")


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nMary Whitcombe\nBright Dental\n",
        "--\nMary\n",
        "Sent from my iPhone\n",
        "Sent from Outlook for Android\n",
        "Get Outlook for iOS\n",
        "Von meinem iPhone gesendet\n",
        "Gesendet mit der Mail-App\n",
    ],
)
def test_a_signature_is_set_apart(signature):
    assert split_reply(NEW + signature).signature == signature
    history = HISTORIES["on_wrote"]
    parted = split_reply(NEW + signature + "\n" + history)
    assert (parted.new, parted.signature.strip(), parted.quoted) == (NEW, signature.strip(), history)


@pytest.mark.parametrize(
    "body",
    [
        "On 1 June 2026 Priya wrote:\n> Will you take the 16 boxes?\nYes.\n> And the invoice?\nPlease.\n",
        "> Will you take the 16 boxes?\nYes, gladly.\n",
        "On Mon, 1 Jun 2026, Priya <priya@marlow.example> wrote:\n> Dear Mary,\n> shall we?\n\nYes, let us do that.\n",
    ],
)
def test_answers_inside_or_beneath_the_quote_stay_visible(body):
    assert split_reply(body).new == body


@pytest.mark.parametrize(
    "body",
    [
        "> only what you wrote\n> and nothing else\n",
        "On 1 June 2026 Priya Nair wrote:\n> Dear Mary,\n",
        "From: Priya\nSent: 1 June\nTo: Mary\nSubject: Boxes\n\nDear Mary,\n",
        "-- \nMary Whitcombe\n",
    ],
)
def test_where_nothing_new_would_be_left_everything_is_shown(body):
    assert split_reply(body).new == body


@pytest.mark.parametrize(
    "body",
    [
        "On Monday I wrote to you and nobody answered.\nPlease help.\n",
        "My colleague wrote: send it back.\nI will not.\n",
        "From: what I can see, the box is empty.\n",
        "I ordered 40 boxes -- 24 came.\n",
        "He wrote me 2 letters:\none in May, one in June.\n",
        "",
    ],
)
def test_words_that_only_sound_like_history_stay(body):
    assert split_reply(body).new == body


@given(
    st.lists(
        st.one_of(
            st.text(max_size=30), st.sampled_from(["\n", "> a\n", "-- \n", NEW, *HISTORIES.values(), "Sent from my iPhone\n"])
        ),
        max_size=12,
    )
)
def test_not_a_word_of_any_body_is_lost(parts):
    body = "".join(parts)
    parted = split_reply(body)
    assert (parted.new + parted.signature + parted.quoted).split() == body.split()
    assert bool(parted.new.strip()) == bool(body.strip())
