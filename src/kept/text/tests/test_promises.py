"""What Priya promises Mary, and by when: a table of own sentences, all written on Thursday 18 June 2026 at 10:00 in London."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.lib.hours import ALWAYS, BusinessHours
from kept.text.promises import FoundPromise, find_promises

LONDON = ZoneInfo("Europe/London")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
HOURS = BusinessHours.of("Europe/London", {day: [("09:00", "17:00")] for day in WEEKDAYS})
THURSDAY = datetime(2026, 6, 18, 10, 0, tzinfo=LONDON)


def promises(text: str, *, said_at: datetime = THURSDAY, hours: BusinessHours = HOURS) -> list[FoundPromise]:
    return find_promises(text, said_at=said_at, hours=hours)


def only(text: str, **how) -> FoundPromise:
    found = promises(text, **how)
    assert len(found) == 1, [one.quote for one in found]
    return found[0]


def local(one: FoundPromise) -> str:
    return one.due_at.astimezone(LONDON).strftime("%d.%m. %H:%M") if one.due_at else ""


DATED = [
    ("I will call you back tomorrow at 10.", "19.06. 10:00", "tomorrow at 10"),
    ("I'll send the invoice within two working days.", "22.06. 17:00", "within two working days"),
    ("By Friday you will have your refund.", "19.06. 17:00", "By Friday"),
    ("Tom will ring you in 20 minutes.", "18.06. 10:20", "in 20 minutes"),
    ("You will hear from me by noon.", "18.06. 12:00", "by noon"),
    ("We will answer by 17:00.", "18.06. 17:00", "by 17:00"),
    ("I am sending the invoice today.", "18.06. 17:00", "today"),
    ("My colleague Dana will collect it on 22 June.", "22.06. 17:00", "on 22 June"),
    ("We will deliver on 22.06.", "22.06. 17:00", "on 22.06."),
    ("I will visit you next Monday.", "22.06. 17:00", "next Monday"),
    ("I will visit you next Friday.", "26.06. 17:00", "next Friday"),
    ("We'll replace it by the end of the week.", "19.06. 17:00", "by the end of the week"),
    ("We are going to replace it next week.", "26.06. 17:00", "next week"),
    ("We will fix it early next week.", "23.06. 17:00", "early next week"),
    ("I'll come back to you this week.", "19.06. 17:00", "this week"),
    ("I'll refund you in 2-3 working days.", "23.06. 17:00", "in 2-3 working days"),
    ("The new chair will be delivered between Monday and Wednesday.", "24.06. 17:00", "between Monday and Wednesday"),
    ("I'll ring you today or tomorrow at the latest.", "19.06. 17:00", "today or tomorrow at the latest"),
    ("We will be with you on Monday between 9 and 11.", "22.06. 11:00", "on Monday between 9 and 11"),
    ("We will deliver on Friday 19 June between 9am and 1pm.", "19.06. 13:00", "on Friday 19 June between 9am and 1pm"),
    ("I promise to ring you at half past twelve.", "18.06. 12:30", "at half past twelve"),
    ("I will bring it round at 5.", "18.06. 17:00", "at 5"),
    ("I'll ring you on the 22nd.", "22.06. 17:00", "on the 22nd"),
    ("We'll send it by 22/06/2026.", "22.06. 17:00", "by 22/06/2026"),
    ("We'll send it on 2026-06-22.", "22.06. 17:00", "on 2026-06-22"),
    ("We'll send it by June 22nd.", "22.06. 17:00", "by June 22nd"),
    ("I will write to you on Monday 22 June at 9:30.", "22.06. 09:30", "on Monday 22 June at 9:30"),
    ("You'll have the money back in 3 days.", "21.06. 17:00", "in 3 days"),
    ("We will deliver within 24 hours.", "19.06. 10:00", "within 24 hours"),
    ("We will send your order of 1 June again by the end of the month.", "30.06. 17:00", "by the end of the month"),
    ("Our kitchen will call you this afternoon.", "18.06. 17:00", "this afternoon"),
    ("I'll get it to you by close of business tomorrow.", "19.06. 17:00", "by close of business tomorrow"),
    ("You will get an email by 17:00 on Friday.", "19.06. 17:00", "by 17:00 on Friday"),
    ("I will call you in half an hour.", "18.06. 10:30", "in half an hour"),
    ("We will be in touch within the hour.", "18.06. 11:00", "within the hour"),
    ("We will fix it in July.", "31.07. 17:00", "in July"),
    ("I will write to you before Monday.", "21.06. 17:00", "before Monday"),
    ("Ich rufe Sie morgen um 10 Uhr an.", "19.06. 10:00", "morgen um 10 Uhr"),
    ("Wir schicken Ihnen die Rechnung innerhalb von zwei Werktagen.", "22.06. 17:00", "innerhalb von zwei Werktagen"),
    ("Sie erhalten bis Freitag eine Antwort.", "19.06. 17:00", "bis Freitag"),
    ("Ihre 16 Kartons sind bis Freitag bei Ihnen.", "19.06. 17:00", "bis Freitag"),
    ("Ich melde mich morgen früh bei Ihnen.", "19.06. 12:00", "morgen früh"),
    ("Das Geld ist spätestens am 22. Juni auf Ihrem Konto.", "22.06. 17:00", "spätestens am 22. Juni"),
    ("Wir überweisen das Geld bis zum 22.06.", "22.06. 17:00", "bis zum 22.06."),
    ("Ich schicke Ihnen die Rechnung bis Ende der Woche.", "19.06. 17:00", "bis Ende der Woche"),
    ("Sie hören bis morgen Mittag von mir.", "19.06. 12:00", "bis morgen Mittag"),
    ("Tom ruft Sie in 20 Minuten an.", "18.06. 10:20", "in 20 Minuten"),
    ("Ich rufe Sie um halb drei an.", "18.06. 14:30", "um halb drei"),
    ("Der Techniker kommt am Mittwoch zwischen 8 und 12 Uhr.", "24.06. 12:00", "am Mittwoch zwischen 8 und 12 Uhr"),
    ("Sie bekommen spätestens übermorgen Bescheid.", "20.06. 17:00", "spätestens übermorgen"),
    ("Ich gebe Ihnen bis Montag, den 22. Juni, Bescheid.", "22.06. 17:00", "bis Montag, den 22. Juni"),
    ("Ihr Geld erhalten Sie in 14 Tagen zurück.", "02.07. 17:00", "in 14 Tagen"),
    ("Wir bringen Ihnen morgen bis 12 Uhr eine neue Pizza.", "19.06. 12:00", "morgen bis 12 Uhr"),
]


@pytest.mark.parametrize(("sentence", "due", "quote"), DATED, ids=[row[0] for row in DATED])
def test_mary_is_promised_something_by_a_moment_she_could_name(sentence, due, quote):
    found = only(sentence)
    assert (local(found), found.due_quote, found.kind) == (due, quote, "firm")
    assert not found.is_vague


BINDING = [
    ("We will get back to you as soon as possible.", "firm", True),
    ("We will be in touch shortly.", "firm", True),
    ("I'll look into it ASAP.", "firm", True),
    ("Wir melden uns so bald wie möglich.", "firm", True),
    ("Ich kümmere mich umgehend darum.", "firm", True),
    ("I'll let you know as soon as I hear from the warehouse.", "firm", True),
    ("Ich melde mich bei Ihnen, sobald ich mehr weiß.", "firm", True),
    ("I will refund you.", "firm", False),
    ("Ich kümmere mich darum.", "firm", False),
    ("If you send me the receipt, I will refund it.", "conditional", False),
    ("Send me the receipt and I'll refund you.", "conditional", False),
    ("Once we receive it we will refund you within 3 days.", "conditional", False),
    ("Provided you return the chair, we will refund it in full.", "conditional", False),
    ("Should you send the photos, we will replace it.", "conditional", False),
    ("Wenn Sie mir den Beleg schicken, erstatte ich Ihnen das Geld.", "conditional", False),
    ("Sobald wir den Beleg haben, erstatten wir Ihnen den Betrag.", "conditional", False),
    ("Schicken Sie mir den Beleg und ich erstatte den Betrag.", "conditional", False),
]


@pytest.mark.parametrize(("sentence", "kind", "is_vague"), BINDING, ids=[row[0] for row in BINDING])
def test_words_without_an_hour_bind_too_and_say_how(sentence, kind, is_vague):
    found = only(sentence)
    assert (found.kind, found.is_vague, found.due_at) == (kind, is_vague, None)


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("It should arrive on Tuesday.", "23.06. 17:00"),
        ("Your replacement is expected to arrive by 24 June.", "24.06. 17:00"),
        ("We aim to deliver by Friday.", "19.06. 17:00"),
        ("We hope to have news by Monday.", "22.06. 17:00"),
        ("Refunds take up to 5 working days.", "25.06. 17:00"),
        ("We will probably deliver on Friday.", "19.06. 17:00"),
        ("Das Paket sollte am Dienstag ankommen.", "23.06. 17:00"),
        ("Wir liefern voraussichtlich nächste Woche.", "26.06. 17:00"),
        ("Wir hoffen, dass die Lieferung am Freitag ankommt.", "19.06. 17:00"),
    ],
)
def test_what_should_happen_is_an_expectation_not_our_word(sentence, due):
    found = only(sentence)
    assert (found.kind, local(found)) == ("expectation", due)


@pytest.mark.parametrize(
    "sentence",
    [
        "DHL will deliver it tomorrow.",
        "The courier will bring it tomorrow.",
        "Your bank will credit it on Monday.",
        "My husband will pick it up tomorrow.",
        "I will be on holiday from Monday.",
        "I will be out of the office tomorrow.",
        "We will be closed on Monday.",
        "You will need to sign for it on Friday.",
        "I don't know that we will make it by Friday.",
        "I am not sure whether we will have it by Friday.",
        "To ensure that you will receive it, please check the address.",
        "Will you be there on Friday?",
        "Shall I call you tomorrow?",
        "I said I would call you on Tuesday.",
        "If you have any questions, I'll be happy to help.",
        "Please let me know by Friday.",
        "We received your message of 1 June.",
        "We are open 24/7.",
        "We shall see.",
        "The price will go up in July.",
        "Payment is due on 30 June.",
        "Your voucher is valid until 31 December.",
        "Der Gutschein ist bis zum 31. Dezember gültig.",
        "Sie können mich bis 18 Uhr erreichen.",
        "Ich habe Ihnen heute 12,50 Euro erstattet.",
        "> I will call you tomorrow.",
        "DHL liefert morgen.",
        "Ich bin ab Montag im Urlaub.",
        "Wir haben am Montag geschlossen.",
        "Mein Mann holt das Paket morgen ab.",
        "Ich weiß nicht, ob wir das bis Freitag schaffen.",
        "Können wir Sie morgen anrufen?",
        "Falls Sie Fragen haben, melden Sie sich gerne.",
        "Ich freue mich, am Montag von Ihnen zu hören.",
        "",
    ],
)
def test_what_binds_nobody_of_the_house_is_no_promise(sentence):
    assert promises(sentence) == []


def test_the_reply_to_mary_holds_two_promises_and_tom_keeps_the_second():
    reply = (
        "Hello Mary,\n\nYou are right. I am sorry; none of it was your doing.\n"
        "Your 16 boxes will be at your door by Friday. Tom drives them himself and will ring you an hour before. "
        "The corrected invoice is attached.\n\nPriya Nair"
    )
    boxes, ring = promises(reply)
    assert (boxes.what, boxes.quote, local(boxes)) == (
        "16 boxes at your door",
        "16 boxes will be at your door by Friday",
        "19.06. 17:00",
    )
    assert (ring.quote, ring.who, ring.due_at) == ("will ring you an hour before", "Tom", None)


@pytest.mark.parametrize(
    ("sentence", "what", "who"),
    [
        ("I will call you back tomorrow.", "call you back", ""),
        ("You will have your refund by Friday.", "your refund", ""),
        ("Your new lamp will leave our house tomorrow.", "new lamp leave our house", ""),
        ("If you send me the receipt, I will refund the pizza.", "refund the pizza", ""),
        ("My colleague Dana will collect it tomorrow.", "collect it", "Dana"),
        ("Someone from our team will be in touch today.", "in touch", ""),
        ("Sie erhalten bis Freitag eine Antwort.", "eine Antwort", ""),
        ("Tom ruft Sie morgen an.", "ruft Sie an", "Tom"),
        ("Mein Kollege Tom wird Sie heute Nachmittag anrufen.", "Sie anrufen", "Tom"),
    ],
)
def test_the_ledger_line_is_short_and_names_who_does_it(sentence, what, who):
    found = only(sentence)
    assert (found.what, found.who) == (what, who)


def test_two_promises_in_one_sentence_keep_their_own_hours():
    first, second = promises("We will send the box today and you will get an email by 17:00 on Friday.")
    assert (local(first), local(second)) == ("18.06. 17:00", "19.06. 17:00")


def test_he_is_tom_only_if_tom_was_named():
    assert [one.who for one in promises("Tom drives them himself. He will ring you at noon.")] == ["Tom"]
    assert promises("DHL has the parcel. They will ring you at noon.") == []


def test_by_friday_written_on_a_friday_is_today_until_the_house_closes():
    assert local(only("I will call you by Friday.", said_at=datetime(2026, 6, 19, 9, tzinfo=LONDON))) == "19.06. 17:00"
    assert local(only("I will call you by Friday.", said_at=datetime(2026, 6, 19, 18, tzinfo=LONDON))) == "26.06. 17:00"


def test_today_written_after_closing_still_means_today():
    assert local(only("I will write today.", said_at=datetime(2026, 6, 18, 19, tzinfo=LONDON))) == "18.06. 23:59"


def test_the_day_is_the_writers_day():
    late_in_london = datetime(2026, 6, 18, 23, 30, tzinfo=UTC)  # 00:30 on the 19th
    assert local(only("I will call you tomorrow at 10.", said_at=late_in_london)) == "20.06. 10:00"


def test_a_holiday_is_no_working_day():
    closed = BusinessHours.of("Europe/London", {day: [("09:00", "17:00")] for day in WEEKDAYS}, closed_on=["2026-06-19"])
    assert local(only("I will call you within two working days.", hours=closed)) == "23.06. 17:00"


def test_a_day_ends_with_the_last_closing_of_a_house_that_shuts_over_lunch():
    split = BusinessHours.of("Europe/London", {day: [("09:00", "12:00"), ("14:00", "18:30")] for day in WEEKDAYS})
    assert local(only("I will call you tomorrow.", hours=split)) == "19.06. 18:30"


def test_a_house_that_never_closes_has_the_whole_day():
    assert only("I will call you tomorrow.", hours=ALWAYS).due_at == datetime(2026, 6, 19, 23, 59, tzinfo=UTC)


def test_hours_are_right_across_the_clock_change():
    before = datetime(2026, 10, 24, 10, tzinfo=LONDON)  # the clock goes back that night
    assert only("I will call you tomorrow at 10.", said_at=before).due_at == datetime(2026, 10, 25, 10, tzinfo=UTC)


def test_an_hour_that_has_passed_today_is_left_for_the_writer_to_name():
    assert only("I will call you today at 9:00.").due_at is None


def test_in_january_a_december_date_is_not_promised_for_the_year_before():
    found = only("We will send it by 5 January.", said_at=datetime(2026, 12, 20, 10, tzinfo=LONDON))
    assert found.due_at == datetime(2027, 1, 5, 17, tzinfo=UTC)


SCRAPS = (
    "I we will 'll you by Friday tomorrow at 10 within two working days . , ? and if once send the box 31.02. 24:00"
    " ich wir melde uns bis Freitag um halb drei sobald Sie erhalten > Tom İ ß 0 in 999 months soon next week February"
)
WORDS = st.sampled_from([*SCRAPS.split(), "\n"])


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=40).map(" ".join)), st.datetimes(timezones=st.just(UTC)))
def test_any_text_at_any_time_gives_exact_quotes_and_hours_to_come(text, said_at):
    if not 1970 < said_at.year < 2200:
        return
    for one in find_promises(text, said_at=said_at, hours=HOURS):
        assert text[one.start : one.end] == one.quote != ""
        assert one.due_quote in text
        assert one.due_at is None or one.due_at > said_at
        assert one.what
