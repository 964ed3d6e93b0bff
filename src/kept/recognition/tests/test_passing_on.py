"""Passed on: whole, once, to both; the writer hears so; it was read only if whoever read it says so; one line back."""

from __future__ import annotations

import pytest

from kept.channels.base import Outgoing
from kept.lib.refusal import Refusal
from kept.people.models import Employee, House, Notice
from kept.recognition.answering import answer
from kept.recognition.giving import it_was, say_a_good_word
from kept.recognition.models import Recognition
from kept.recognition.passing_on import pass_on, printed
from kept.recognition.reading import read, show_that_it_was_read


def post_to(marlow, address: str | None) -> list[Outgoing]:
    return [mail for mail in marlow.post if mail.to.value == address]


@pytest.fixture
def passed_on(kitchen, noticed) -> Recognition:
    it_was(noticed, kitchen.amira, by=kitchen.priya, now=kitchen.clock.now)
    kitchen.works()
    return noticed


class TestLetters:
    def test_amira_and_dana_get_one_letter_each_with_the_words_whole(self, kitchen, passed_on):
        for _again in range(3):
            kitchen.works()
        (hers,), (danas,) = (
            post_to(kitchen, kitchen.amira.email),
            [mail for mail in post_to(kitchen, kitchen.dana.email) if "good word" in mail.subject],
        )
        assert (hers.subject, danas.subject) == ("A good word about you", "A good word about Amira Haddad")
        for letter in (hers, danas):
            assert "It was pouring. Amira was so kind to us." in " ".join(letter.text.split())
            assert "Grace Okoro" in letter.text
            assert "It was pouring. Amira was so kind to us." in letter.html
            assert f"/desk/people/{kitchen.amira.public_id}/praise" in letter.text
            assert letter.automatic

    def test_whatever_calls_it_a_second_time_passes_nothing_on(self, kitchen, passed_on):
        with pytest.raises(Refusal):
            pass_on(passed_on, to=kitchen.ben, now=kitchen.clock.now, confirmed_by=kitchen.priya)
        assert passed_on.employee == kitchen.amira

    def test_it_stands_at_the_desk_of_both_too(self, kitchen, passed_on):
        says = dict(Notice.objects.filter(about=passed_on.about).values_list("to__name", "says"))
        assert says["Amira Haddad"] == "About you: “It was pouring. Amira was so kind to us.”"
        assert says["Dana Okafor"].startswith("About Amira Haddad:")

    def test_a_name_with_signs_in_it_stays_a_name(self, kitchen):
        say_a_good_word("<b>Great</b> & kind", employee=kitchen.amira, writer_name="O'Neill & <Co>", now=kitchen.clock.now)
        kitchen.works()
        (letter,) = post_to(kitchen, kitchen.amira.email)
        assert "<b>Great</b> & kind" in letter.text
        assert "O'Neill & <Co> said this" in letter.text
        assert "<b>Great</b>" not in letter.html

    def test_whoever_has_no_mail_reads_it_on_a_card(self, kitchen, noticed):
        Employee.objects.filter(pk=kitchen.amira.pk).update(email=None)
        with pytest.raises(Refusal):
            printed(noticed, by=kitchen.dana, now=kitchen.clock.now)
        it_was(noticed, Employee.objects.get(pk=kitchen.amira.pk), by=kitchen.priya, now=kitchen.clock.now)
        kitchen.works()
        danas = [mail for mail in post_to(kitchen, kitchen.dana.email) if "good word" in mail.subject]
        assert "print the card" in danas[0].text
        printed(noticed, by=kitchen.dana, now=kitchen.clock.now)
        assert noticed.printed_at == kitchen.clock.now

    def test_in_a_house_of_one_nobody_else_is_told(self, marlow):
        House.objects.update(duty_manager=None, head=None)
        Employee.objects.filter(pk=marlow.priya.pk).update(manager=None)
        praise = say_a_good_word("So kind", employee=Employee.objects.get(pk=marlow.priya.pk), now=marlow.clock.now)
        assert praise.manager is None
        assert Notice.objects.filter(kind="praise").count() == 1

    def test_a_server_that_is_down_makes_it_wait(self, kitchen, noticed):
        from kept.demo.post import RecordedPost

        it_was(noticed, kitchen.amira, by=kitchen.priya, now=kitchen.clock.now)
        RecordedPost.is_down = True
        kitchen.works()
        assert post_to(kitchen, kitchen.amira.email) == []
        RecordedPost.is_down = False
        kitchen.clock.forward(minutes=1)
        kitchen.works()
        assert len(post_to(kitchen, kitchen.amira.email)) == 1


class TestTheWriter:
    def test_grace_hears_once_that_it_was_passed_on(self, kitchen, passed_on):
        kitchen.works()
        told = [mail for mail in post_to(kitchen, kitchen.grace.address) if "passed on" in mail.subject]
        assert len(told) == 1
        assert "with Amira and with Dana Okafor" in " ".join(told[0].text.split())
        assert passed_on.writer_told_at == kitchen.clock.now

    def test_that_mail_answers_nothing(self, kitchen, passed_on):
        case = passed_on.case
        case.refresh_from_db()
        assert case.silent_since is not None

    def test_the_name_of_somebody_who_is_not_listed_stays_inside(self, kitchen):
        Employee.objects.filter(pk=kitchen.ben.pk).update(is_listed=False)
        kitchen.grace.mails("The young man at the till was so kind.", is_proven=True)
        it_was(Recognition.objects.get(), Employee.objects.get(pk=kitchen.ben.pk), by=kitchen.priya, now=kitchen.clock.now)
        kitchen.works()
        text = " ".join(post_to(kitchen, kitchen.grace.address)[-1].text.split())
        assert "with the person it is about" in text
        assert "Ben" not in text

    def test_nobody_is_named_to_an_address_that_may_be_a_strangers(self, kitchen):
        kitchen.grace.fills_in_the_form("Amira was so kind to us.")
        it_was(Recognition.objects.get(), kitchen.amira, by=kitchen.priya, now=kitchen.clock.now)
        kitchen.works()
        mail = post_to(kitchen, kitchen.grace.address)[-1]
        assert "with the person it is about" in " ".join(mail.text.split())
        assert "Amira" not in mail.text + mail.html + mail.subject

    def test_who_chose_her_on_the_page_reads_it_there_and_gets_no_second_mail(self, kitchen):
        case = kitchen.grace.mails("Hello", is_proven=True)
        word = case.messages.get(is_theirs=True)
        praise = say_a_good_word("So kind", employee=kitchen.amira, message=word, now=kitchen.clock.now)
        kitchen.works()
        assert praise.writer_told_at == kitchen.clock.now
        assert not any("passed on" in mail.subject for mail in post_to(kitchen, kitchen.grace.address))


class TestReading:
    def test_that_amira_read_it_is_told_only_if_she_shows_it(self, kitchen, passed_on):
        assert read(passed_on, by=kitchen.amira, now=kitchen.clock.now)
        assert not read(passed_on, by=kitchen.amira, now=kitchen.clock.now)
        assert (passed_on.seen_at, passed_on.shows_read) == (kitchen.clock.now, False)
        show_that_it_was_read(passed_on, shows=True, by=kitchen.amira, now=kitchen.clock.now)
        assert passed_on.shows_read

    def test_dana_reading_it_is_not_amira_reading_it(self, kitchen, passed_on):
        assert not read(passed_on, by=kitchen.dana, now=kitchen.clock.now)
        assert passed_on.seen_at is None
        assert Notice.objects.get(about=passed_on.about, to=kitchen.dana).seen_at is not None

    def test_nobody_shows_it_for_her(self, kitchen, passed_on):
        with pytest.raises(Refusal):
            show_that_it_was_read(passed_on, shows=True, by=kitchen.dana, now=kitchen.clock.now)


class TestOneLineBack:
    def test_amiras_line_goes_to_grace_while_her_matter_is_open(self, kitchen, passed_on):
        assert answer(passed_on, " Tell him I’ll bring\nthe bell. ", by=kitchen.amira, now=kitchen.clock.now)
        kitchen.works()
        last = post_to(kitchen, kitchen.grace.address)[-1]
        assert "Amira wrote back: “Tell him I’ll bring the bell.”" in " ".join(last.text.split())
        assert last.subject.endswith("a line back to you")

    def test_after_the_end_only_if_she_wished_for_one(self, kitchen, noticed):
        it_was(noticed, kitchen.amira, by=kitchen.priya, now=kitchen.clock.now, nothing_else=True)
        assert not answer(noticed, "Thank you", by=kitchen.amira, now=kitchen.clock.now)
        assert noticed.answer == "Thank you"

    def test_a_wished_line_goes_after_the_end_as_well(self, kitchen, noticed):
        it_was(noticed, kitchen.amira, by=kitchen.priya, now=kitchen.clock.now, nothing_else=True)
        Recognition.objects.update(wants_reply=True)
        assert answer(noticed, "Thank you", by=kitchen.amira, now=kitchen.clock.now)

    @pytest.mark.parametrize("line", ["", "  \n", "x" * 301])
    def test_no_line_and_a_long_one_are_refused(self, kitchen, passed_on, line):
        with pytest.raises(Refusal):
            answer(passed_on, line, by=kitchen.amira, now=kitchen.clock.now)

    def test_only_amira_answers_and_only_once(self, kitchen, passed_on):
        with pytest.raises(Refusal):
            answer(passed_on, "Thank you", by=kitchen.dana, now=kitchen.clock.now)
        answer(passed_on, "Thank you", by=kitchen.amira, now=kitchen.clock.now)
        with pytest.raises(Refusal):
            answer(passed_on, "Thank you again", by=kitchen.amira, now=kitchen.clock.now)
