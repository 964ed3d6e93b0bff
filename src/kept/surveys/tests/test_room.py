"""How many may be asked: the sums of R9, their figures and what always holds of them."""

from __future__ import annotations

from math import comb, exp, lgamma

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kept.surveys.room import (
    CERTAINTY,
    Observed,
    Sent,
    chance_of_room,
    come_by,
    may_be_asked,
    most_invitations,
    observe,
    spoken_for,
    still_out,
    still_out_by,
)

NINE = 9
places = st.integers(1, 60)
asked = st.integers(0, 5_000)
share = st.floats(0, 0.6)


def steady(days: int = 84, *, a_day: float = 100, rate: float = 0.05) -> tuple[list[Sent], list[float]]:
    """So many asked every day, and the answers that made work as they come."""
    sent = [Sent(day + 0.5, a_day) for day in range(days)]
    worked = [day + (number + 0.5) / (a_day * rate) for day in range(days - 14) for number in range(round(a_day * rate))]
    return sent, worked


class TestFigures:
    @pytest.mark.parametrize(
        ("of", "made_work", "most"),
        [(0, 0, 45), (200, 20, 60), (100_000, 10_000, 63), (100_000, 5_000, 125), (100_000, 40_000, 17)],
        ids=["at first", "after 200 at 10 %", "10 % well known", "5 % well known", "40 % well known"],
    )
    def test_nine_free_places_allow(self, of, made_work, most):
        assert most_invitations(NINE, asked=of, made_work=made_work) == most

    def test_the_chance_is_that_of_the_beta_binomial(self):
        # By the definition, term by term: C(n, k) B(k + a, n - k + b) / B(a, b).
        def beta(first: float, second: float) -> float:
            return exp(lgamma(first) + lgamma(second) - lgamma(first + second))

        terms = [comb(45, k) * beta(k + 2, 45 - k + 18) / beta(2, 18) for k in range(NINE + 1)]
        assert chance_of_room(NINE, 45, asked=0, made_work=0) == pytest.approx(sum(terms), abs=1e-12)

    def test_without_a_free_place_nobody_is_asked(self):
        assert most_invitations(0, asked=0, made_work=0) == most_invitations(-3, asked=900, made_work=1) == 0


class TestWhatAlwaysHolds:
    @given(places, asked, share)
    def test_as_many_as_the_certainty_allows_and_not_one_more(self, free, of, part):
        known = {"asked": of, "made_work": int(of * part)}
        most = most_invitations(free, **known)
        assert chance_of_room(free, most, **known) >= CERTAINTY > chance_of_room(free, most + 1, **known)

    @given(places, asked, share)
    def test_one_more_place_never_allows_fewer(self, free, of, part):
        known = {"asked": of, "made_work": int(of * part)}
        assert most_invitations(free, **known) <= most_invitations(free + 1, **known)

    @given(places, asked, share)
    def test_never_fewer_than_there_are_places(self, free, of, part):
        assert most_invitations(free, asked=of, made_work=int(of * part)) >= free

    @given(places, st.integers(1, 2_000), share)
    def test_one_more_answer_that_makes_work_never_allows_more(self, free, of, part):
        work = min(int(of * part), of - 1)
        assert most_invitations(free, asked=of, made_work=work + 1) <= most_invitations(free, asked=of, made_work=work)

    @given(places, st.integers(0, 4_000), asked, share)
    @example(5, 4_000, 5_000, 0.6)
    def test_a_chance_is_a_chance(self, free, invited, of, part):
        assert 0 <= chance_of_room(free, invited, asked=of, made_work=int(of * part)) <= 1

    @given(st.integers(0, 400), asked, share)
    def test_what_is_spoken_for_has_room_and_one_place_fewer_would_not_do(self, out, of, part):
        known = Observed(of, int(of * part))
        needed = spoken_for(out, known)
        assert chance_of_room(needed, out, asked=known.asked, made_work=known.made_work) >= CERTAINTY
        if needed:
            assert chance_of_room(needed - 1, out, asked=known.asked, made_work=known.made_work) < CERTAINTY


class TestAnswersStillToCome:
    @given(st.floats(0, 20), st.floats(0, 20))
    def test_the_longer_ago_the_fewer_are_still_to_come(self, one, other):
        sooner, later = sorted((one, other))
        assert 0 <= come_by(sooner) <= come_by(later) <= 1

    def test_whoever_was_asked_just_now_counts_whole_and_after_two_weeks_not_at_all(self):
        assert still_out([Sent(0, 45)]) == 45
        assert still_out([Sent(14, 45)]) == 0

    @given(st.floats(0, 15), st.floats(0, 30))
    def test_no_more_come_soon_than_come_at_all(self, ago, days):
        sent = [Sent(ago, 10)]
        assert -1e-9 <= still_out_by(sent, days) <= still_out(sent) + 1e-9


class TestObserving:
    def test_nobody_asked_yet_is_two_of_twenty(self):
        assert observe([], []) == Observed()
        assert Observed().rate == 0.1

    def test_a_share_that_holds_is_known_from_eight_weeks(self):
        seen = observe(*steady())
        assert seen.asked == pytest.approx(5_600, rel=0.01)
        assert seen.rate == pytest.approx(0.05, rel=0.02)

    def test_who_was_asked_a_minute_ago_tells_nothing_yet(self):
        assert observe([Sent(0.0007, 500)], []).asked < 2

    def test_a_jump_to_forty_per_cent_is_believed_within_a_day(self):
        sent, worked = steady()
        jump = [at / 40 for at in range(40)]  # a hundred answers a day are due: forty of them made work
        seen = observe(sent, jump + [at for at in worked if at > 1])
        assert seen.rate == pytest.approx(0.4, abs=0.08)

    def test_it_is_believed_too_when_all_is_well_again(self):
        sent, worked = steady()
        bad_fortnight = [14 + at / 40 for at in range(14 * 40)]
        seen = observe(sent, [at for at in worked if not 14 <= at < 28] + bad_fortnight)
        assert seen.rate == pytest.approx(0.05, abs=0.01)

    def test_what_chance_does_to_a_share_is_no_jump(self):
        sent, worked = steady(rate=0.1)
        few_more = [at / 5 for at in range(5)]
        assert observe(sent, worked + few_more).asked > 5_000

    @given(st.lists(st.tuples(st.floats(0, 70), st.integers(0, 300)), max_size=12), st.lists(st.floats(0, 56), max_size=40))
    def test_never_more_work_than_people(self, sent, worked):
        seen = observe([Sent(*one) for one in sent], worked)
        assert 0 <= seen.made_work <= seen.asked
        assert 0 < seen.rate < 1


class TestHowManyMore:
    def test_at_first_forty_five(self):
        assert may_be_asked(NINE, sent=[], observed=Observed(), soon=1.8, days=1, is_idle=True) == 45

    def test_those_who_may_still_answer_take_their_places(self):
        sent = [Sent(0, 45)]
        assert may_be_asked(NINE, sent=sent, observed=Observed(), soon=99, days=1) == 0
        assert 20 < may_be_asked(NINE, sent=[Sent(1, 45)], observed=Observed(), soon=99, days=1) < 45

    def test_no_faster_than_they_can_be_answered(self):
        asked = {
            days: may_be_asked(40, sent=[Sent(1, 20)], observed=Observed(), soon=soon, days=1) for days, soon in ((1, 3), (2, 6))
        }
        assert asked[1] < asked[2]
        assert may_be_asked(40, sent=[Sent(1, 20)], observed=Observed(), soon=0, days=1) == 0

    @given(
        places, st.lists(st.builds(Sent, st.floats(0, 14), st.integers(0, 200)), max_size=5), st.floats(-5, 30), st.floats(0.5, 4)
    )
    def test_with_those_who_are_out_they_never_pass_the_sum(self, free, sent, soon, days):
        more = may_be_asked(free, sent=sent, observed=Observed(200, 20), soon=soon, days=days)
        assert more >= 0
        if more:
            assert chance_of_room(free, int(still_out(sent)) + more, asked=200, made_work=20) >= CERTAINTY
