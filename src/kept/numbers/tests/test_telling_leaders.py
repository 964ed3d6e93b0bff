"""The weekly mail: figures and the words of their people travel together, to whoever leads, once a week."""

from __future__ import annotations

from kept.numbers.telling_leaders import mail_the_week, tell_leaders_of_the_week
from kept.outcomes.hearing import hear
from kept.timeline.models import Event


def a_week_with(marlow, said="unsolved"):
    case = marlow.mary.mails("It is only toner. But it was the fourth time.", is_proven=True)
    marlow.answers(case, "I am sorry.")
    case.refresh_from_db()
    hear(case, said, now=marlow.clock.now)
    marlow.clock.forward(days=8)


def letters(marlow):
    mail_the_week(marlow.clock.now)
    return [mail for mail in marlow.post if mail.subject.startswith("The week from")]


def test_whoever_leads_gets_the_figures_with_the_words_behind_them(marlow):
    a_week_with(marlow)
    assert tell_leaders_of_the_week(marlow.clock.now) == 1
    (mail,) = letters(marlow)
    assert mail.to.value == marlow.ines.email and mail.automatic
    for form in (" ".join(mail.text.split()), " ".join(mail.html.split())):
        assert "One matter ended badly" in form and "0 happy, 1 not happy, 0 no word" in form
        assert "It is only toner. But it was the fourth time." in form and "Mary Whitcombe" in form
        assert "/desk/pulse" in form and "/desk/cases/" in form


def test_it_comes_once_a_week(marlow):
    a_week_with(marlow)
    assert [tell_leaders_of_the_week(marlow.clock.now) for _turn in range(2)] == [1, 0]
    marlow.clock.forward(days=1)
    assert tell_leaders_of_the_week(marlow.clock.now) == 0
    assert Event.objects.filter(kind="week_told").count() == 1


def test_a_week_in_which_nobody_spoke_is_not_told(marlow):
    marlow.clock.forward(days=8)
    assert tell_leaders_of_the_week(marlow.clock.now) == 0


def test_it_is_a_letter_of_its_own_and_not_told_twice(marlow):
    a_week_with(marlow)
    tell_leaders_of_the_week(marlow.clock.now)
    marlow.works()
    assert sum("ended badly" in mail.text for mail in marlow.post if mail.to.value == marlow.ines.email) == 1
