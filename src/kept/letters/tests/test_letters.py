"""Paper that came in: read as due work, looked at by a person; what a machine read joins nobody to anything."""
# needs: tesseract pdftotext pdftoppm

from __future__ import annotations

from datetime import timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as invention
from hypothesis import strategies as st

from kept.cases.models import Case, Message, Participant
from kept.due.claiming import claim
from kept.files import keeping
from kept.intake.hearing_letters import read_letters_that_wait
from kept.intake.models import Fate, Filed
from kept.intake.noticing import notice_everything
from kept.letters import reading as reading_of_letters
from kept.letters.confirming import confirm_fact, proposed_in, turn_down_fact
from kept.letters.correcting import correct
from kept.letters.models import LetterReading
from kept.letters.recognising import NotInstalled, Recognised, recognise
from kept.letters.tests.drawn import LETTERS, WAYS, save
from kept.letters.words_read import Words
from kept.lib.ids import new_id
from kept.lib.refusal import Refusal
from kept.people.models import Customer, Identity
from kept.timeline.happenings import Happened
from kept.timeline.models import Event

pytestmark = pytest.mark.django_db
ENGLISH, GERMAN, SHORT = LETTERS
SCAN = WAYS[2]


@pytest.fixture(scope="module")
def scans(tmp_path_factory):
    """Each letter is drawn once."""
    folder = tmp_path_factory.mktemp("scans")
    return {one.name: save(one, SCAN, folder / one.name).read_bytes() for one in LETTERS}


REMEMBERED = cache(recognise)


@pytest.fixture(autouse=True)
def reads_each_scan_once(monkeypatch):
    """The real reading, which takes seconds; the same bytes are the same words."""
    monkeypatch.setattr(reading_of_letters, "recognise", lambda content, **_options: REMEMBERED(content))


@pytest.fixture
def harolds(marlow, scans) -> LetterReading:
    """Harold's letter, read."""
    marlow.gets_paper(scans["english"])
    assert read_letters_that_wait(marlow.clock.now) == 1
    return LetterReading.objects.get()


def number_of(reading: LetterReading, kind: str) -> int:
    return next(number for number, fact in enumerate(reading.facts) if fact["kind"] == kind)


def test_a_letter_is_a_case_with_an_owner_and_a_clock_before_anything_is_read(marlow, scans):
    case = marlow.gets_paper(scans["english"], **{"arrived-at": "2026-05-29T09:00:00+00:00"})
    assert (case.owner, case.media, case.policy.name) == (marlow.priya, "letter", "letter")
    assert str(case.silent_since) == "2026-05-29 09:00:00+00:00"
    assert case.subject == "Letter, Friday 29 May"
    assert case.duties.get().kind == "acknowledge_by_hand"
    reading = LetterReading.objects.get()
    assert reading.waits and reading.file.message.case == case


def test_what_was_read_stands_where_all_words_stand(harolds):
    message = harolds.file.message
    assert "I changed the bulb twice" in message.text and message.text == harolds.text
    case = message.case
    assert case.subject.endswith("a lamp that does not light") and case.last_snippet.startswith("Harold Finch")
    assert keeping.read(harolds.searchable).startswith(b"%PDF") and len(harolds.pictures) == 1
    assert harolds.next_try_at is None and harolds.engine.startswith("tesseract")
    told = Event.objects.get(kind=Happened.LETTER_READ)
    assert told.about == case.about and told.facts["pages"] == "one page"


def test_identifiers_from_a_machine_join_nobody_to_anything(marlow, scans):
    """The letter names an address that we know, the number of an order, and a matter of hers is open."""
    marys = marlow.mary.mails("Where are my boxes?", subject="Boxes")
    Identity.objects.filter(customer=marys.customer).update(value="harold.finch@whitby.example")
    before = set(Identity.objects.values_list("customer", "kind", "value"))
    case = marlow.gets_paper(scans["english"])
    read_letters_that_wait(marlow.clock.now)
    reading = LetterReading.objects.get()
    assert {"email", "phone", "address", "order", "name"} <= {fact["kind"] for fact in reading.facts}
    case.refresh_from_db()
    assert set(Identity.objects.values_list("customer", "kind", "value")) == before
    assert case.customer != marys.customer and case.customer.name == "" and case != marys
    assert marys.messages.filter(is_theirs=True).count() == 1


PIECES = (
    *(
        "mary.whitcombe@brightdental.example",
        "Tel. +44 7700 900812",
        "Mary Whitcombe",
        "Yours sincerely,",
        "Dear Priya,",
        "",
        "Re: 16 boxes",
    ),
    *("4 Mill Lane", "Marlow", "MA1 2BC", "Order no. 4711", "12 May 2026", "I wait.", "help+signed@marlow.example"),
)
"""Whatever of Mary, whom we know, and of her open matter might stand on a sheet."""


@given(st.lists(st.sampled_from(PIECES), max_size=14))
@invention(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_machine_reads_no_address_no_name_and_no_matter_changes_hands(marlow, lines):
    marys = Case.objects.filter(bare_subject="16 boxes").first() or marlow.mary.mails("Where are they?", subject="16 boxes")
    Identity.objects.get_or_create(
        kind="phone", value="+447700900812", defaults={"customer": marys.customer, "first_seen_at": marlow.clock.now}
    )
    case = marlow.gets_paper(new_id().bytes)
    before = whose_is_what()
    reading = claim(LetterReading.objects.filter(file__message__case=case), now=marlow.clock.now, limit=1)[0]
    found = Recognised(words=Words("\n".join(lines)), pictures=[b"page"], searchable=b"%PDF", engine="a machine")
    reading_of_letters._take_down(reading, found, now=marlow.clock.now, then=notice_everything)
    assert whose_is_what() == before


def whose_is_what() -> list[list[tuple[object, ...]]]:
    return [
        list(Customer.objects.order_by("pk").values_list("pk", "name")),
        list(Identity.objects.order_by("pk").values_list("customer", "kind", "value", "proven_at")),
        list(Case.objects.order_by("pk").values_list("customer", "joined_into", "is_open")),
        list(Message.objects.order_by("pk").values_list("case", "customer", "identity")),
        list(Participant.objects.order_by("pk").values_list("case", "customer")),
    ]


def test_what_a_person_confirms_is_the_writers_from_then_on(marlow, harolds):
    for kind, typed in (("name", ""), ("email", ""), ("phone", "+44 1947 820146"), ("address", "")):
        number = number_of(harolds, kind)
        confirm_fact(harolds, number, value=typed or harolds.facts[number]["value"], by=marlow.priya, now=marlow.clock.now)
    customer = Customer.objects.get(name="Harold Finch")
    assert harolds.file.message.case.customer == customer
    assert set(customer.identities.values_list("kind", "value")) == {
        ("email", "harold.finch@whitby.example"),
        ("phone", "+441947820146"),
        ("address", "14 Tannery Lane, Whitby, YO21 3PT"),
    }
    assert not customer.identities.filter(proven_at__isnull=False).exists(), "paper proves nothing"
    harolds.refresh_from_db()
    decided = harolds.facts[number_of(harolds, "phone")]
    assert (decided["state"], decided["said"], decided["by"]) == ("yes", "+441947820146", marlow.priya.pk)
    assert Event.objects.filter(kind=Happened.LETTER_FACT_CONFIRMED, by=f"employee:{marlow.priya.pk}").count() == 4


def test_a_confirmed_address_of_somebody_known_says_that_the_letter_is_theirs(marlow, harolds):
    known = marlow.mary.mails("Where are my boxes?", subject="Boxes").customer
    number = number_of(harolds, "email")
    (other,) = [one for one in proposed_in([harolds], of=harolds.file.message.case)[harolds.pk] if one.kind == "email"]
    assert other.whose is None
    confirm_fact(harolds, number, value=marlow.mary.address, by=marlow.priya, now=marlow.clock.now)
    case = Case.objects.get(pk=harolds.file.message.case_id)
    assert marlow.mary.address in case.customer.identities.values_list("value", flat=True)
    assert Case.objects.filter(customer=case.customer).count() == 2
    assert known.pk == case.customer_id or not Case.objects.filter(customer=known).exists()


def test_an_address_that_several_share_says_nothing_of_whose_letter_it_is(marlow, harolds):
    marys = marlow.mary.mails("Where are my boxes?", subject="Boxes")
    Identity.objects.filter(customer=marys.customer).update(is_shared=True)
    confirm_fact(harolds, number_of(harolds, "email"), value=marlow.mary.address, by=marlow.priya, now=marlow.clock.now)
    assert Case.objects.get(pk=harolds.file.message.case_id).customer != marys.customer


def test_the_page_says_whose_an_address_is_before_anybody_confirms_it(marlow, scans):
    finch = Customer.objects.create(name="H. Finch", first_seen_at=marlow.clock.now)
    Identity.objects.create(customer=finch, kind="phone", value="+441947820146", first_seen_at=marlow.clock.now)
    case = marlow.gets_paper(scans["english"])
    read_letters_that_wait(marlow.clock.now)
    whose = {
        one.kind: one.whose for one in proposed_in(list(LetterReading.objects.on(case)), of=case)[LetterReading.objects.get().pk]
    }
    assert whose["phone"] == finch and whose["email"] is None


@pytest.mark.parametrize(
    ("kind", "typed"), [("email", "harold at whitby"), ("phone", "12"), ("date", "in May"), ("name", " "), ("order", "")]
)
def test_what_is_none_is_refused_and_stays_to_be_decided(marlow, harolds, kind, typed):
    with pytest.raises(Refusal):
        confirm_fact(harolds, number_of(harolds, kind), value=typed, by=marlow.priya, now=marlow.clock.now)
    harolds.refresh_from_db()
    assert harolds.facts[number_of(harolds, kind)]["state"] == ""


def test_what_was_turned_down_joins_nobody_and_is_not_asked_again(marlow, harolds):
    number = number_of(harolds, "email")
    turn_down_fact(harolds, number, by=marlow.priya, now=marlow.clock.now)
    with pytest.raises(Refusal, match="already"):
        confirm_fact(harolds, number, value="harold.finch@whitby.example", by=marlow.priya, now=marlow.clock.now)
    with pytest.raises(Refusal):
        turn_down_fact(harolds, 99, by=marlow.priya, now=marlow.clock.now)
    assert not Identity.objects.filter(kind="email", value__contains="finch").exists()


def test_a_person_mends_the_words_and_what_the_machine_read_stays(marlow, harolds):
    read = harolds.text
    correct(harolds, read.replace("lamp", "lantern"), by=marlow.priya, now=marlow.clock.now)
    harolds.refresh_from_db()
    assert harolds.text == read and "lantern" in harolds.words and harolds.corrected_by == marlow.priya
    message = Message.objects.get(pk=harolds.file.message_id)
    assert message.text == harolds.corrected and "lantern" in message.case.subject
    with pytest.raises(Refusal):
        correct(harolds, "  ", by=marlow.priya, now=marlow.clock.now)


def test_what_somebody_typed_off_the_letter_is_not_overwritten(marlow, scans):
    case = marlow.gets_paper(scans["short"], text="Two boxes came wet. Ring me.")
    read_letters_that_wait(marlow.clock.now)
    assert case.messages.get(is_theirs=True).text == "Two boxes came wet. Ring me."
    assert "wet through" in LetterReading.objects.get().text
    correct(LetterReading.objects.get(), "Something else", by=marlow.priya, now=marlow.clock.now)
    assert case.messages.get(is_theirs=True).text == "Two boxes came wet. Ring me."


def test_what_no_machine_can_read_is_a_case_all_the_same_and_can_be_typed(marlow):
    case = marlow.gets_paper(b"\0\0\0\x18ftypheic" + b"\0" * 40, filename="IMG_1.HEIC")
    assert case.is_silent and case.messages.get(is_theirs=True).files.get().name == "IMG_1.HEIC"
    assert read_letters_that_wait(marlow.clock.now) == 0
    reading = LetterReading.objects.get()
    assert "HEIC" in reading.unreadable and not reading.waits and reading.next_try_at is None
    correct(reading, "Dear Marlow,\nthe lamp is broken.", by=marlow.priya, now=marlow.clock.now)
    assert case.messages.get(is_theirs=True).text == "Dear Marlow,\nthe lamp is broken."
    assert Case.objects.get().subject == "the lamp is broken."


def test_while_a_program_is_missing_the_letter_waits_says_so_and_is_read_once_it_is_there(marlow, scans, monkeypatch):
    marlow.gets_paper(scans["short"])

    def without(*_content, **_options):
        raise NotInstalled("install tesseract-ocr")

    real = vars(reading_of_letters)["recognise"]
    monkeypatch.setattr(reading_of_letters, "recognise", without)
    assert read_letters_that_wait(marlow.clock.now) == 0
    waiting = LetterReading.objects.get()
    assert waiting.waits and "install tesseract-ocr" in waiting.trouble and waiting.attempts == 0
    monkeypatch.setattr(reading_of_letters, "recognise", real)
    assert read_letters_that_wait(marlow.clock.now + timedelta(minutes=9)) == 0
    assert read_letters_that_wait(marlow.clock.now + timedelta(minutes=10)) == 1


def test_the_same_scan_twice_is_one_letter_also_by_another_way_in(marlow, scans):
    from kept.accounts.opening import add_account

    marlow.gets_paper(scans["short"])
    other = add_account("paper", name="Fax", settings={"medium": "fax"}, now=marlow.clock.now).account
    with pytest.raises(LookupError):
        marlow.receives(other, scans["short"], {"filename": "again"})
    assert Filed.objects.filter(fate=Fate.DUPLICATE).count() == 1 and Case.objects.count() == 1


def test_brought_for_a_case_it_stands_on_that_case_whoever_it_names(marlow, scans):
    case = marlow.mary.mails("Where are my boxes?", subject="Boxes")
    assert marlow.gets_paper(scans["short"], case=case) == case
    case.refresh_from_db()
    assert case.media == "email letter" and case.subject == "Boxes"
    marlow.works()
    case.refresh_from_db()
    assert case.subject == "Boxes" and case.customer.name == marlow.mary.name


def test_only_what_came_on_paper_is_read_by_machine(marlow):
    marlow.mary.mails("A picture", subject="Picture")
    assert not LetterReading.objects.exists()
