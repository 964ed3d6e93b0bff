from __future__ import annotations


def test_a_case_shows_what_they_ask_and_their_words(marlow, seat):
    case = marlow.mary.mails("I ordered forty boxes. Where are the other sixteen?", subject="16 boxes")
    page = seat(marlow.priya).sees(f"/desk/cases/{case.public_id}")
    assert "What Mary Whitcombe is asking" in page
    assert "Where are the other sixteen?" in page
