"""Everybody whom it hurt hears once, in the name of the person they know; who has our word hears in any case."""

from __future__ import annotations

import pytest

from kept.accounts.models import ChannelAccount
from kept.cases.minding import do_duty
from kept.cases.models import Case, Duty, Message, MessageKind
from kept.causes.checking import judge
from kept.causes.fixing import fix, promise_fix
from kept.causes.gathering import gather
from kept.causes.hearing_back import see_who_was_told, tell_by_hand
from kept.causes.models import CauseState, Gathered
from kept.causes.promising import promise_word
from kept.causes.taking_back import take_back_fix
from kept.causes.telling_customers import hearers
from kept.causes.tests.conftest import by_mail
from kept.demo.cast import CustomerOfMarlow
from kept.lib.refusal import Refusal
from kept.outcomes.hearing import hear
from kept.people.models import Employee, Identity
from kept.places.models import Brand
from kept.replies.bouncing import bounce

TOLD = "Your pizza came cold because our bags did not close. All twelve have new zips since today.\n\nI am sorry."


@pytest.fixture
def promised(marlow, gathered, in_days):
    promise_fix(gathered, "New zips on all twelve bags", on=in_days(10), by=marlow.dana, now=marlow.clock.now)
    return gathered


def mend(marlow, cause, *, text=TOLD, untold=()) -> list[Message]:
    told = fix(cause, told_text=text, by=marlow.dana, now=marlow.clock.now, untold=untold)
    cause.refresh_from_db()
    return told


def post(marlow) -> None:
    """The 20 seconds are over; the mails leave, and it is seen whom they reached."""
    marlow.clock.forward(seconds=21)
    marlow.works()


def news(marlow, address: str = "") -> list[str]:
    return [mail.text for mail in marlow.post if "new zips since today" in mail.text and address in mail.to.value]


def test_each_of_eight_gets_one_mail_in_the_name_of_who_looks_after_them(marlow, promised, cold):
    assert len(mend(marlow, promised)) == 8
    assert news(marlow) == [], "for 20 seconds they can be taken back"
    post(marlow)
    assert len(news(marlow)) == 8
    [mine] = news(marlow, "c0@customer.example")
    assert mine.startswith("Hello Customer,") and cold[0].owner.known_as in mine
    assert Gathered.objects.filter(told_at__isnull=False).count() == 8
    post(marlow)
    assert len(news(marlow)) == 8


def test_mended_a_second_time_only_who_came_since_is_told(marlow, promised, in_days):
    mend(marlow, promised)
    post(marlow)
    judge(promised, held=False, says="One more.", by=marlow.dana, now=marlow.clock.now)
    gather(promised, by_mail(marlow, 9, "Cold, the bag open."), by=marlow.dana, now=marlow.clock.now)
    promise_fix(promised, "Other bags", on=in_days(20), by=marlow.dana, now=marlow.clock.now)
    assert [message.identity.value for message in mend(marlow, promised)] == ["c9@customer.example"]


def test_it_answers_nothing_and_ends_nothing(marlow, promised, cold):
    since = cold[0].silent_since
    mend(marlow, promised)
    post(marlow)
    cold[0].refresh_from_db()
    assert cold[0].silent_since == since is not None and cold[0].is_open


def test_somebody_with_three_cold_pizzas_hears_once(marlow, promised, cold):
    Case.objects.filter(pk__in=[case.pk for case in cold[:3]]).update(customer=cold[0].customer)
    assert len(mend(marlow, promised)) == 6
    post(marlow)
    assert Gathered.objects.filter(case__customer=cold[0].customer, told_at__isnull=False).count() == 3


def test_whose_matter_has_ended_hears_too_and_it_stays_ended(marlow, promised, cold):
    hear(cold[0], "leave", now=marlow.clock.now, confirmed_by=marlow.priya, words="I go elsewhere.")
    mend(marlow, promised)
    post(marlow)
    cold[0].refresh_from_db()
    assert len(news(marlow, "c0@customer.example")) == 1 and not cold[0].is_open


def test_who_is_unticked_hears_nothing(marlow, promised, cold):
    assert len(mend(marlow, promised, untold=[cold[0].customer_id])) == 7
    post(marlow)
    assert news(marlow, "c0@customer.example") == []
    assert not Gathered.objects.get(case=cold[0]).wants_word


def test_who_has_our_word_cannot_be_unticked_and_it_is_kept_when_the_mail_arrives(marlow, promised, cold):
    word = promise_word(Gathered.objects.get(case=cold[0]), now=marlow.clock.now)
    with pytest.raises(Refusal, match="has our word to hear of it"):
        mend(marlow, promised, untold=[cold[0].customer_id])
    mend(marlow, promised)
    word.refresh_from_db()
    assert word.is_open, "on its way is not there"
    post(marlow)
    word.refresh_from_db()
    assert word.state == "kept" and word.kept_at < word.due_at


def test_what_came_back_was_never_told_and_our_word_is_open_again(marlow, promised, cold):
    word = promise_word(Gathered.objects.get(case=cold[0]), now=marlow.clock.now)
    mend(marlow, promised)
    post(marlow)
    mail = Message.objects.get(case=cold[0], kind=MessageKind.FIXED)
    bounce(mail.external_id, why="no such mailbox", is_final=True, now=marlow.clock.now)
    see_who_was_told(marlow.clock.now)
    word.refresh_from_db()
    one = Gathered.objects.get(case=cold[0])
    assert word.state == "open" and (one.told_in, one.told_at) == (None, None)
    tell_by_hand(one, by=marlow.priya, now=marlow.clock.now)
    word.refresh_from_db()
    assert word.state == "kept" and Gathered.objects.get(case=cold[0]).told_at == marlow.clock.now


@pytest.fixture
def letter(marlow, promised):
    """Harold, who writes letters only, is gathered too."""
    case = marlow.harold.is_written_down("letter", "The pizza was cold, the bag open.", by=marlow.priya)
    return gather(promised, case, by=marlow.dana, now=marlow.clock.now)


def test_whom_no_mail_reaches_is_told_by_hand_as_a_duty(marlow, promised, letter):
    assert len(mend(marlow, promised)) == 8
    assert not Duty.objects.filter(kind="tell_fixed").exists(), "it can still be taken back"
    post(marlow)
    duty = Duty.objects.get(case=letter.case, kind="tell_fixed")
    assert "Harold Finch" in duty.says
    tell_by_hand(letter, by=marlow.priya, now=marlow.clock.now)
    duty.refresh_from_db()
    assert duty.done_by == marlow.priya and Gathered.objects.get(pk=letter.pk).told_at == marlow.clock.now
    post(marlow)
    assert Duty.objects.filter(kind="tell_fixed").count() == 1


def test_whoever_does_that_duty_on_the_case_has_told_them(marlow, promised, letter):
    word = promise_word(letter, now=marlow.clock.now)
    mend(marlow, promised)
    post(marlow)
    do_duty(Duty.objects.get(kind="tell_fixed"), by=marlow.priya, now=marlow.clock.now)
    see_who_was_told(marlow.clock.now)
    word.refresh_from_db()
    assert word.state == "kept" and Gathered.objects.get(pk=letter.pk).told_at == marlow.clock.now


def test_what_is_taken_back_leaves_nothing_to_do_by_hand(marlow, promised, letter):
    mend(marlow, promised)
    take_back_fix(promised, by=marlow.dana, now=marlow.clock.now)
    post(marlow)
    assert not Duty.objects.filter(kind="tell_fixed").exists()


@pytest.mark.parametrize(
    ("text", "says"), [("", "Write what they are told"), ("It is mended since [day].", "A gap was left open")]
)
def test_nobody_is_told_nothing_or_a_gap(marlow, promised, text, says):
    with pytest.raises(Refusal, match=says):
        mend(marlow, promised, text=text)
    promised.refresh_from_db()
    assert promised.state == CauseState.OPEN and not Message.objects.filter(kind=MessageKind.FIXED).exists()


def test_a_house_that_only_listens_tells_nobody_and_says_why(marlow, promised):
    ChannelAccount.objects.filter(pk=marlow.mailbox.pk).update(opened_at=None)
    with pytest.raises(Refusal, match="only listens so far"):
        mend(marlow, promised)


def test_what_turned_out_to_be_no_customers_word_is_told_nothing(marlow, promised, cold):
    Case.objects.filter(pk=cold[0].pk).update(set_aside_at=marlow.clock.now)
    assert len(mend(marlow, promised)) == 7


def test_within_twenty_seconds_all_of_it_is_taken_back(marlow, promised):
    mend(marlow, promised)
    marlow.clock.forward(seconds=5)
    take_back_fix(promised, by=marlow.dana, now=marlow.clock.now)
    post(marlow)
    promised.refresh_from_db()
    assert news(marlow) == [] and (promised.state, promised.fixed_at) == (CauseState.OPEN, None)
    marlow.clock.forward(hours=1)
    mend(marlow, promised)
    post(marlow)
    assert len(news(marlow)) == 8, "and told anew when it is really mended"


def test_what_has_left_is_not_taken_back(marlow, promised):
    mend(marlow, promised)
    post(marlow)
    with pytest.raises(Refusal, match="left the house"):
        take_back_fix(promised, by=marlow.dana, now=marlow.clock.now)
    promised.refresh_from_db()
    assert promised.state == CauseState.WATCHED


def test_they_are_greeted_in_the_language_they_are_written_to(marlow, promised):
    Brand.objects.update(language="de")
    mend(marlow, promised, text="Unsere Taschen schließen wieder.")
    told = Message.objects.filter(kind=MessageKind.FIXED).first()
    assert told.text == f"Hallo Customer,\n\nUnsere Taschen schließen wieder.\n\n{told.author.known_as}"


def test_where_whoever_looked_after_them_has_left_the_owner_of_the_root_signs(marlow, promised, cold):
    hear(cold[0], "leave", now=marlow.clock.now, confirmed_by=marlow.priya, words="I go elsewhere.")
    Case.objects.filter(pk=cold[0].pk).update(owner=marlow.tom)
    Employee.objects.filter(pk=marlow.tom.pk).update(is_active=False)
    mend(marlow, promised)
    assert Message.objects.get(case=cold[0], kind=MessageKind.FIXED).author == marlow.dana


def test_an_address_that_does_not_arrive_is_told_by_hand(marlow, promised, cold):
    Identity.objects.filter(customer=cold[0].customer_id).update(dead_at=marlow.clock.now)
    assert len(mend(marlow, promised)) == 7
    post(marlow)
    assert Duty.objects.get(kind="tell_fixed").case == cold[0]


def test_whoever_answers_the_news_is_heard_on_their_own_matter(marlow, promised, cold):
    mend(marlow, promised)
    post(marlow)
    person = CustomerOfMarlow(marlow, "Customer A", "c0@customer.example")
    assert person.answers_our_mail("Thank you. Was it also the rain?") == cold[0]
    cold[0].refresh_from_db()
    assert cold[0].is_silent


def test_the_preview_is_what_they_read(marlow, promised):
    shown = hearers(promised)[0]
    mend(marlow, promised)
    sent = Message.objects.get(case=shown.gathered.case, kind=MessageKind.FIXED)
    assert shown.letter(TOLD) == sent.text and shown.author == sent.author


def test_thirty_are_read_in_a_handful_of_queries(marlow, promised, django_assert_max_num_queries):
    for number in range(8, 12):
        gather(promised, by_mail(marlow, number, "Cold, the bag open."), by=marlow.dana, now=marlow.clock.now)
    with django_assert_max_num_queries(4):
        assert len(hearers(promised)) == 12
