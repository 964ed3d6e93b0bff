"""What leaves the house by mail: both forms say the same, nothing is loaded from anywhere, and no link acts."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from kept.channels.base import Outgoing
from kept.demo.cast import Marlow
from kept.outcomes.asking import ask
from kept.outcomes.hearing import hear
from kept.outcomes.reminding import remind_of
from kept.outcomes.tests.conftest import drawn
from kept.people.telling import tell
from kept.recognition.answering import answer as say_back
from kept.recognition.giving import it_was
from kept.recognition.models import Recognition
from kept.replies.linking import mail_the_link

COLD = "Cold again & again. I would quite like <somebody> to tell me why."
HELLO = "Hello John,\n\nthe zip on the rider’s bag was broken & is mended.\n\nPriya Nair"


class Letter(HTMLParser):
    """The words of a mail's html as a reader sees them, and everything that it names."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.targets: list[str] = []
        self.seen: list[str] = []
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.targets += [value or "" for name, value in attrs if name in {"href", "src", "action", "background"}]
        self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not {"style", "title", "head"} & set(self._inside):
            self.seen.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.seen).split())


def acknowledgement(marlow: Marlow) -> Outgoing:
    marlow.john.mails(COLD, subject="Cold pizza", is_proven=True)
    return _sent(marlow)


def answer(marlow: Marlow) -> Outgoing:
    case = marlow.john.mails(COLD, subject="Cold pizza", is_proven=True)
    marlow.answers(case, HELLO, by=marlow.priya)
    return _sent(marlow)


def sign_of_life(marlow: Marlow) -> Outgoing:
    case = marlow.john.mails(COLD, subject="Cold pizza", is_proven=True)
    marlow.answers(case, HELLO, by=marlow.priya, kind="sign_of_life")
    return _sent(marlow)


def asking(marlow: Marlow) -> Outgoing:
    case = marlow.john.mails(COLD, subject="Cold pizza", is_proven=True)
    marlow.answers(case, HELLO, by=marlow.priya)
    case.refresh_from_db()
    ask(case, by=marlow.priya, now=marlow.clock.now)
    return _sent(marlow)


def is_that_so(marlow: Marlow) -> Outgoing:
    case = marlow.john.mails(COLD, subject="Cold pizza", is_proven=True)
    drawn(case)
    hear(case, "yes", now=marlow.clock.now, confirmed_by=marlow.priya, words="“All fine.”")
    return _sent(marlow)


def reminder(marlow: Marlow) -> Outgoing:
    case = marlow.john.mails(COLD, subject="Cold pizza", is_proven=True)
    question = marlow.answers(case, HELLO, by=marlow.priya, kind="asks_back")
    case.refresh_from_db()
    remind_of(question, case, now=marlow.clock.now)
    return _sent(marlow)


def link(marlow: Marlow) -> Outgoing:
    case = marlow.john.mails(COLD, subject="Cold pizza", is_proven=True)
    mail_the_link(case, now=marlow.clock.now)
    return _sent(marlow)


def passed_on(marlow: Marlow) -> Outgoing:
    _praised(marlow)
    return _sent(marlow)


def line_back(marlow: Marlow) -> Outgoing:
    say_back(_praised(marlow), "Tell him I bring the bell & smile.", by=marlow.amira, now=marlow.clock.now)
    return _sent(marlow)


def good_word(marlow: Marlow) -> Outgoing:
    _praised(marlow)
    marlow.works()
    return _last_to(marlow, "amira@marlow.example")


def good_word_to_her_manager(marlow: Marlow) -> Outgoing:
    _praised(marlow)
    marlow.works()
    return next(mail for mail in marlow.post if mail.to.value == "ines@marlow.example" and "good word" in mail.subject)


def _praised(marlow: Marlow) -> Recognition:
    marlow.hires_the_others()
    marlow.john.mails(f"{COLD} Amira was so kind.", subject="Cold pizza", is_proven=True)
    praise = Recognition.objects.get()
    it_was(praise, marlow.amira, by=marlow.priya, now=marlow.clock.now)
    return praise


def _sent(marlow: Marlow) -> Outgoing:
    marlow.works()
    return _last_to(marlow, marlow.john.address)


def _last_to(marlow: Marlow, address: str) -> Outgoing:
    found: list[Outgoing] = [mail for mail in marlow.post if mail.to.value == address]
    return found[-1]


def notice(marlow: Marlow) -> Outgoing:
    marlow.john.mails(COLD, subject="Cold pizza")
    marlow.works()
    return _last_to(marlow, "priya@marlow.example")


TO_CUSTOMERS = [acknowledgement, answer, sign_of_life, reminder, asking, is_that_so, link, passed_on, line_back]
EVERY = [*TO_CUSTOMERS, notice, good_word, good_word_to_her_manager]
Mail = Callable[[Marlow], Outgoing]


@pytest.mark.parametrize("mail", EVERY)
def test_nothing_in_it_is_loaded_from_anywhere(marlow, mail):
    sent = mail(marlow)
    letter = Letter(sent.html)
    assert not {"img", "script", "link", "iframe", "form", "input", "object", "svg", "video"} & set(letter.names)
    assert "url(" not in sent.html and "@import" not in sent.html and "@font-face" not in sent.html
    assert all(target.startswith("http://testserver/") for target in letter.targets)


@pytest.mark.parametrize("mail", EVERY)
def test_its_plain_twin_says_the_same_and_reads_as_well(marlow, mail):
    sent = mail(marlow)
    text = " ".join(sent.text.replace("\n  > ", " ").split())
    for sentence in re.split(r"(?<=[.?!:]) ", Letter(sent.html).words):
        spoken = sentence.strip(" .:·")
        missing = [word for word in spoken.split() if word.strip("·,") not in text]
        assert not missing, (sentence, missing)
    assert "&amp;" not in sent.text and "<" not in sent.text.replace("<somebody>", "")
    assert max(len(line) for line in sent.text.splitlines() if "http" not in line and line not in HELLO) <= 76
    assert not re.search(r"\n\n\n", sent.text)


@pytest.mark.parametrize("mail", TO_CUSTOMERS)
def test_its_links_only_open_the_page_and_the_one_about_its_writer(marlow, client, mail):
    sent = mail(marlow)
    targets = set(Letter(sent.html).targets)
    pages = {target for target in targets if re.fullmatch(r"http://testserver/c/[a-z0-9]{55}", target)}
    about = {target for target in targets if re.fullmatch(r"http://testserver/say-a-good-word/about/[a-z0-9]{55}", target)}
    assert len(pages) == 1 and targets == pages | about
    for target in targets:
        assert target in sent.text
        assert client.get(target.removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize("mail", [answer, sign_of_life])
def test_whoever_answered_asks_how_they_did_and_leads_to_their_manager(marlow, client, mail):
    sent = mail(marlow)
    assert "Did I do well, or not?" in sent.text
    (about,) = (target for target in Letter(sent.html).targets if "/about/" in target)
    assert "Ines Duarte reads it, who leads Priya." in " ".join(client.get(about).content.decode().split())


@pytest.mark.parametrize("mail", TO_CUSTOMERS)
def test_it_is_signed_by_a_person_and_can_be_answered(marlow, mail):
    sent = mail(marlow)
    assert sent.author == "Priya Nair"
    assert "Priya Nair" in sent.text
    assert sent.reply_to.startswith("help+")
    assert "Marlow & Co, 8 Quay Street, Marlow" in sent.text


@pytest.mark.parametrize(
    ("mail", "subject", "next_thing"),
    [
        (
            acknowledgement,
            "Priya here: your words are mine to answer",
            "You hear from me by Monday 1 June, 17:00. You need do nothing.",
        ),
        (reminder, "Priya here: I still need a word from you", "I asked you something and cannot go on without your answer."),
        (is_that_so, "Priya here: is it really solved?", "You told Priya Nair that it is solved. Is that so?"),
        (asking, "Priya asks: is it solved?", "Yes, or not yet: only you can say."),
        (link, "Priya here: the link to your page", "It shows your words, what we promised, and how it stands."),
        (passed_on, "Priya here: your good word was passed on", "Your good word is with Amira and with Ines Duarte"),
        (line_back, "Priya here: a line back to you", "Amira wrote back: “Tell him I bring the bell & smile.”"),
    ],
)
def test_the_subject_begins_with_the_person_and_the_preheader_says_what_comes_next(marlow, mail, subject, next_thing):
    sent = mail(marlow)
    assert sent.subject == subject
    assert Letter(sent.html).words.startswith(next_thing)
    assert sent.automatic


@pytest.mark.parametrize("mail", [answer, sign_of_life])
def test_a_persons_own_words_come_first(marlow, mail):
    sent = mail(marlow)
    assert sent.subject == "Re: Cold pizza"
    assert Letter(sent.html).words.startswith("Hello John, the zip on the rider’s bag was broken & is mended.")
    assert sent.text.startswith(HELLO)
    assert not sent.automatic


def test_is_it_solved_stands_at_the_foot_of_an_answer_and_of_nothing_less(marlow):
    assert "Is it solved? Only you can say." in answer(marlow).text
    marlow.post.clear()
    assert "solved" not in sign_of_life(marlow).text


def test_their_words_come_back_only_to_a_proven_address(marlow):
    proven = acknowledgement(marlow)
    assert "  > Cold again & again. I would quite like <somebody> to tell me why." in proven.text
    assert "Cold again &amp; again. I would quite like &lt;somebody&gt;" in proven.html
    marlow.mary.mails("Where are my boxes?", subject="Boxes for room 3")
    marlow.works()
    unproven = _last_to(marlow, marlow.mary.address)
    assert "boxes" not in (unproven.text + unproven.html + unproven.subject).lower()


def test_a_link_to_an_unproven_address_says_nothing_of_the_matter(marlow):
    case = marlow.mary.fills_in_the_form("My secret illness came back.")
    mail_the_link(case, now=marlow.clock.now)
    marlow.works()
    for sent in marlow.post:
        if sent.to.value == marlow.mary.address:
            assert "illness" not in sent.text + sent.html + sent.subject


def test_in_a_house_of_one_the_mail_says_that_the_page_will_tell(marlow):
    marlow.house.__class__.objects.update(duty_manager=marlow.priya, head=marlow.priya)
    type(marlow.priya).objects.update(manager=None)
    assert "If not, your page will say so." in acknowledgement(marlow).text


def test_an_employee_hears_what_happened_and_where_in_one_mail(marlow):
    case = marlow.john.mails(COLD, subject="Cold pizza")
    tell(marlow.priya, "Mary handed you: 16 boxes", about="case:0", kind="assigned", at=marlow.clock.now)
    marlow.works()
    sent = [mail for mail in marlow.post if mail.to.value == "priya@marlow.example"]
    assert len(sent) == 1
    assert sent[0].subject == "2 things wait for you"
    assert "Mary handed you: 16 boxes" in sent[0].text
    assert f"http://testserver/desk/cases/{case.public_id}" in sent[0].text
    assert f"http://testserver/desk/cases/{case.public_id}" in Letter(sent[0].html).targets


def test_a_new_matter_is_told_as_one(marlow):
    sent = notice(marlow)
    assert "Cold pizza" in sent.subject
    assert "New, and yours to answer: Cold pizza" in sent.text
