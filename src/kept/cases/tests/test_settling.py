"""What became of each word: the rule itself, over thousands of invented conversations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kept.cases.messages import Settled
from kept.cases.silence import Answered, Word, settle, silent_since

MONDAY = datetime(2026, 6, 1, 9, tzinfo=UTC)
MOST = 12

moments = st.integers(0, 5000).map(lambda minutes: MONDAY + timedelta(minutes=minutes))
conversations = st.lists(st.tuples(moments, st.booleans()), max_size=MOST).map(
    lambda said: [Word(number, moment, is_rested) for number, (moment, is_rested) in enumerate(said, start=1)]
)
answers = st.builds(Answered, st.integers(0, MOST), moments, asks_back=st.booleans())
replies = st.lists(answers, max_size=6)
real_answers = st.builds(Answered, st.integers(0, MOST), moments)


def since(words: list[Word], said: list[Answered], **also: int) -> datetime | None:
    return silent_since(words, settle(words, said, **also))


def not_earlier(after: datetime | None, before: datetime | None) -> bool:
    """None is later than every moment: nothing waits."""
    return after is None or (before is not None and before <= after)


@given(conversations, replies, answers)
def test_one_more_delivered_answer_never_makes_the_silence_begin_earlier(words, said, one_more):
    if one_more.asks_back and any(answer.asks_back for answer in said):
        return  # a second question back may come to be the first that reached them: see below
    assert not_earlier(since(words, [*said, one_more]), since(words, said))


@given(conversations, replies, real_answers)
def test_an_answer_that_covers_more_never_leaves_more_in_silence(words, said, answer):
    wider = Answered(answer.up_to + 1, answer.at)
    assert not_earlier(since(words, [*said, wider]), since(words, [*said, answer]))


@given(conversations, st.permutations(range(6)), replies)
def test_the_order_in_which_answers_are_known_does_not_matter(words, order, said):
    distinct = list({answer.at: answer for answer in said}.values())
    shuffled = [distinct[place] for place in order if place < len(distinct)]
    assert settle(words, shuffled) == settle(words, distinct)


@given(conversations, replies)
def test_silence_begins_with_a_word_of_theirs_or_not_at_all(words, said):
    moment = since(words, said)
    assert moment is None or moment in {word.at for word in words if not word.is_rested}


@given(conversations, replies, st.integers(0, MOST), st.integers(0, MOST))
def test_every_word_has_exactly_one_fate(words, said, yes, ended):
    assert settle(words, said, yes_up_to=yes, ended_up_to=ended).keys() == {word.id for word in words}


@given(conversations, replies)
def test_a_new_word_of_theirs_changes_the_fate_of_no_other(words, said):
    new = Word(MOST + 1, MONDAY + timedelta(days=30))
    after = settle([*words, new], said)
    assert after.pop(new.id) == Settled.WAITING
    assert after == settle(words, said)


@given(conversations, replies)
def test_a_word_is_never_answered_by_somebody_who_had_not_seen_it(words, said):
    seen = max((answer.up_to for answer in said), default=0)
    for number, fate in settle(words, said).items():
        assert number <= seen or fate in {Settled.WAITING, Settled.RESTED}


@given(
    conversations, st.lists(st.builds(Answered, st.integers(1, MOST), moments, asks_back=st.just(True)), min_size=2, max_size=5)
)
def test_only_the_first_question_back_stops_the_clock(words, questions):
    first = min(questions, key=lambda question: question.at)
    assert settle(words, questions) == settle(words, [first])


@given(conversations, replies)
def test_putting_a_word_to_rest_and_waking_it_leaves_everything_as_it_was(words, said):
    rested = [Word(word.id, word.at, True) for word in words]
    assert since(rested, said) is None
    assert settle([Word(word.id, word.at, word.is_rested) for word in words], said) == settle(words, said)


@given(conversations, replies, st.integers(0, MOST))
def test_their_own_yes_settles_everything_before_it(words, said, yes):
    fates = settle(words, said, yes_up_to=yes)
    for word in words:
        if word.id <= yes:
            assert fates[word.id] == (Settled.RESTED if word.is_rested else Settled.ANSWERED)


@given(conversations, st.integers(0, MOST))
def test_an_ending_of_theirs_leaves_nothing_waiting_before_it(words, ended):
    fates = settle(words, [], ended_up_to=ended)
    assert not [word for word in words if word.id <= ended and fates[word.id] == Settled.WAITING]


def test_a_letter_that_lay_around_is_not_answered_by_what_was_sent_before_we_read_it():
    mail, letter = Word(1, MONDAY), Word(2, MONDAY - timedelta(days=4))
    fates = settle([mail, letter], [Answered(1, MONDAY + timedelta(hours=1))])
    assert fates == {1: Settled.ANSWERED, 2: Settled.WAITING}
    assert silent_since([mail, letter], fates) == letter.at


def test_a_question_back_that_bounced_leaves_the_next_one_its_right():
    words = [Word(1, MONDAY), Word(2, MONDAY + timedelta(hours=2))]
    second = Answered(2, MONDAY + timedelta(hours=3), asks_back=True)
    assert settle(words, [second]) == {1: Settled.ASKED_BACK, 2: Settled.ASKED_BACK}


def test_what_was_asked_back_and_then_answered_counts_as_answered():
    words = [Word(1, MONDAY)]
    said = [Answered(1, MONDAY + timedelta(hours=1), asks_back=True), Answered(1, MONDAY + timedelta(hours=2))]
    assert settle(words, said) == {1: Settled.ANSWERED}
