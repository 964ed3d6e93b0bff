from __future__ import annotations


def test_who_waits_stands_in_the_inbox_with_their_words(marlow, seat):
    marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    page = seat(marlow.priya).sees("/desk/")
    assert "Mary Whitcombe" in page
    assert "“Where are my boxes?”" in page
    assert "An answer by" in page
