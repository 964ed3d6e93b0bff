"""Somebody joins the house and is let in once; programs have keys of their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kept.lib.links import hash_secret
from kept.lib.refusal import Refusal
from kept.people.adding import add_employee
from kept.people.changing import change_employee, change_house, is_last_admin
from kept.people.finding import employee_named
from kept.people.inviting import LINK_LASTS, link_behind, make_first_link, make_sign_in_link, use_link
from kept.people.models import ApiToken, Employee, Notice, Role, SignInLink, Team
from kept.people.presence import house, manager_of, stand_in_for
from kept.people.telling import has_seen, tell
from kept.people.tokens import make_token, revoke, token_behind
from kept.timeline.models import Event

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


def says(**columns: object) -> dict[str, object]:
    return columns


class TestJoining:
    def test_the_first_of_us_is_asked_for_everything_until_the_settings_say_otherwise(self):
        ines = add_employee("Ines Duarte", now=NOW, email="Ines@Marlow.example", role=Role.ADMIN)
        ours = house()
        assert (ours.duty_owner, ours.duty_manager, ours.head) == (ines, ines, ines)
        assert ours.is_settled
        assert ines.email == "ines@marlow.example"

    def test_the_second_takes_nothing_from_the_first(self):
        ines = add_employee("Ines Duarte", now=NOW)
        add_employee("Priya Nair", now=NOW)
        assert house().duty_owner == ines

    def test_nobody_is_settled_before_somebody_is_here(self):
        assert not house().is_settled

    def test_a_person_needs_a_name(self):
        with pytest.raises(Refusal, match="name"):
            add_employee("  ", now=NOW)

    def test_one_address_is_one_person_in_any_case(self):
        add_employee("Ines", now=NOW, email="ines@marlow.example")
        with pytest.raises(Refusal, match="already here"):
            add_employee("Ines again", now=NOW, email="INES@marlow.example ")

    def test_two_without_an_address_may_both_be_here(self):
        add_employee("Dana", now=NOW)
        add_employee("Tom", now=NOW)
        assert Employee.objects.filter(email=None).count() == 2

    def test_a_role_is_one_we_know(self):
        with pytest.raises(Refusal, match="employee, manager, admin"):
            add_employee("Ines", now=NOW, role="boss")

    def test_a_team_is_made_when_it_is_first_named(self):
        one, other = add_employee("Dana", now=NOW, team="Kitchen"), add_employee("Tom", now=NOW, team="Kitchen")
        assert one.team == other.team == Team.objects.get()

    def test_nobody_can_sign_in_with_a_password_before_they_chose_one(self):
        assert not add_employee("Ines", now=NOW).has_usable_password()

    def test_it_is_written_down_who_added_whom(self):
        ines = add_employee("Ines", now=NOW)
        add_employee("Priya", now=NOW, by=ines)
        assert Event.objects.filter(kind="employee_added").last().by == f"employee:{ines.pk}"


class TestSignInLinks:
    def test_a_link_lets_its_person_in_once(self):
        ines = add_employee("Ines", now=NOW)
        link = link_behind(make_sign_in_link(ines, now=NOW), now=NOW)
        assert use_link(link, now=NOW) == ines
        with pytest.raises(Refusal, match="used already"):
            use_link(link, now=NOW)

    def test_only_its_hash_is_kept(self):
        secret = make_sign_in_link(add_employee("Ines", now=NOW), now=NOW)
        assert SignInLink.objects.get().token_hash == hash_secret(secret) != secret

    def test_it_is_good_for_a_week(self):
        secret = make_sign_in_link(add_employee("Ines", now=NOW), now=NOW)
        assert link_behind(secret, now=NOW + LINK_LASTS - timedelta(seconds=1)) is not None
        assert link_behind(secret, now=NOW + LINK_LASTS) is None

    def test_a_newer_one_ends_the_older(self):
        ines = add_employee("Ines", now=NOW)
        old = make_sign_in_link(ines, now=NOW)
        new = make_sign_in_link(ines, now=NOW)
        assert link_behind(old, now=NOW) is None
        assert link_behind(new, now=NOW) is not None

    def test_it_opens_nothing_for_whoever_left(self):
        ines = add_employee("Ines", now=NOW)
        secret = make_sign_in_link(ines, now=NOW)
        Employee.objects.update(is_active=False)
        assert link_behind(secret, now=NOW) is None

    def test_a_guess_opens_nothing(self):
        make_sign_in_link(add_employee("Ines", now=NOW), now=NOW)
        assert link_behind("", now=NOW) is None
        assert link_behind("guess", now=NOW) is None

    def test_the_first_link_is_for_whoever_says_who_they_are(self):
        link = link_behind(make_first_link(now=NOW), now=NOW)
        ines = add_employee("Ines", now=NOW)
        assert use_link(link, now=NOW, first=ines) == ines

    def test_there_is_no_first_link_once_somebody_is_here(self):
        add_employee("Ines", now=NOW)
        assert make_first_link(now=NOW) is None


class TestChanging:
    def test_what_changed_is_written_down_by_name(self, marlow):
        change_employee(marlow.priya, says(job="owner", theme="dark"), by=marlow.ines, now=NOW)
        marlow.priya.refresh_from_db()
        assert (marlow.priya.job, marlow.priya.theme) == ("owner", "follow")
        assert Event.objects.filter(kind="employee_changed").last().facts["what"] == "job"

    def test_changing_nothing_writes_nothing(self, marlow):
        before = Event.objects.count()
        change_employee(marlow.priya, says(name=marlow.priya.name), by=marlow.ines, now=NOW)
        assert Event.objects.count() == before

    def test_the_last_admin_stays_one(self, marlow):
        assert is_last_admin(marlow.ines)
        with pytest.raises(Refusal, match="only admin"):
            change_employee(marlow.ines, says(role=Role.MANAGER), by=marlow.ines, now=NOW)

    def test_with_a_second_admin_the_first_may_step_down(self, marlow):
        change_employee(marlow.priya, says(role=Role.ADMIN), by=marlow.ines, now=NOW)
        change_employee(marlow.ines, says(role=Role.MANAGER), by=marlow.priya, now=NOW)
        assert Employee.objects.get(pk=marlow.ines.pk).role == Role.MANAGER

    def test_an_admin_who_left_does_not_count(self, marlow):
        Employee.objects.filter(pk=marlow.priya.pk).update(role=Role.ADMIN, is_active=False)
        assert is_last_admin(marlow.ines)

    @pytest.mark.parametrize("part", ["manager", "stand_in"])
    def test_nobody_is_their_own_manager_or_stand_in(self, marlow, part):
        with pytest.raises(Refusal, match="their own"):
            change_employee(marlow.priya, {part: marlow.priya}, by=marlow.ines, now=NOW)

    def test_nobody_takes_the_address_of_another(self, marlow):
        with pytest.raises(Refusal, match="already here"):
            change_employee(marlow.priya, says(email="INES@marlow.example"), by=marlow.ines, now=NOW)

    def test_an_address_may_be_given_up(self, marlow):
        change_employee(marlow.priya, says(email=""), by=marlow.ines, now=NOW)
        assert Employee.objects.get(pk=marlow.priya.pk).email is None

    def test_nobody_is_back_before_they_go(self, marlow):
        with pytest.raises(Refusal, match="back before"):
            change_employee(marlow.priya, says(away_from=NOW, away_until=NOW - timedelta(days=1)), by=marlow.ines, now=NOW)

    def test_the_house_always_has_somebody_to_ask(self, marlow):
        with pytest.raises(Refusal, match="choose a person"):
            change_house(house(), says(head=None), by=marlow.ines, now=NOW)

    def test_a_change_of_the_house_is_written_down(self, marlow):
        change_house(house(), says(head=marlow.priya, is_settled=False), by=marlow.ines, now=NOW)
        assert (house().head, house().is_settled) == (marlow.priya, True)
        assert Event.objects.get(kind="house_changed").facts["what"] == "head"


class TestPresence:
    def away(self, person: Employee, **columns: object) -> Employee:
        Employee.objects.filter(pk=person.pk).update(**{"away_from": NOW, **columns})
        return Employee.objects.get(pk=person.pk)

    def test_away_begins_and_ends_to_the_second(self, marlow):
        priya = self.away(marlow.priya, away_until=NOW + timedelta(days=1))
        assert not priya.is_away(NOW - timedelta(seconds=1))
        assert priya.is_away(NOW)
        assert not priya.is_away(NOW + timedelta(days=1))

    def test_away_without_a_return_is_away(self, marlow):
        assert self.away(marlow.priya).is_away(NOW + timedelta(days=400))

    @pytest.mark.parametrize(("back_after", "is_here"), [(1, True), (8, False), (9, False), (None, False)])
    def test_here_before_it_is_due(self, marlow, back_after, is_here):
        until = NOW + timedelta(hours=back_after) if back_after else None
        priya = self.away(marlow.priya, away_until=until)
        assert priya.is_here_between(NOW, NOW + timedelta(hours=8)) is is_here

    def test_one_who_is_here_stands_in_for_themself(self, marlow):
        assert stand_in_for(marlow.priya, at=NOW) == marlow.priya

    def test_the_stand_in_of_the_stand_in(self, marlow):
        marlow.hires_the_others()
        tom = self.away(marlow.tom, stand_in=marlow.ben)
        priya = self.away(marlow.priya, stand_in=tom)
        assert stand_in_for(priya, at=NOW) == marlow.ben

    def test_two_who_stand_in_for_each_other_and_are_both_away_are_nobody(self, marlow):
        marlow.hires_the_others()
        self.away(marlow.tom, stand_in=marlow.priya)
        priya = self.away(marlow.priya, stand_in=marlow.tom)
        assert stand_in_for(priya, at=NOW) is None

    def test_the_managers_in_their_order(self, marlow):
        marlow.hires_the_others()
        team = Team.objects.create(name="Front", manager=marlow.tom)
        Employee.objects.filter(pk=marlow.priya.pk).update(team=team, manager=marlow.dana)
        priya = Employee.objects.get(pk=marlow.priya.pk)
        assert manager_of(priya, of_house=house(), at=NOW) == marlow.dana
        self.away(marlow.dana)
        assert manager_of(Employee.objects.get(pk=priya.pk), of_house=house(), at=NOW) == marlow.tom
        self.away(marlow.tom)
        assert manager_of(Employee.objects.get(pk=priya.pk), of_house=house(), at=NOW) == marlow.ines

    def test_in_a_house_of_one_there_is_no_manager_to_name(self):
        sole = add_employee("Solo", now=NOW)
        assert manager_of(sole, of_house=house(), at=NOW) is None


class TestTellingAndFinding:
    def test_a_notice_is_at_the_desk_and_due_by_mail(self, marlow):
        notice = tell(marlow.priya, "John wrote", about="case:1", kind="rung", at=NOW)
        assert notice.next_try_at == NOW

    def test_whoever_has_no_address_is_told_at_the_desk_only(self):
        notice = tell(add_employee("Dana", now=NOW), "John wrote", about="case:1", kind="rung", at=NOW)
        assert notice.next_try_at is None

    def test_having_seen_the_case_is_having_seen_its_notices(self, marlow):
        for about in ("case:1", "case:1", "case:2"):
            tell(marlow.priya, "x", about=about, kind="rung", at=NOW)
        assert has_seen(marlow.priya, about="case:1", at=NOW) == 2
        assert has_seen(marlow.priya, about="case:1", at=NOW) == 0
        assert Notice.objects.filter(to=marlow.priya, seen_at=None).count() == 1

    def test_people_are_found_by_id_address_or_name(self, marlow):
        for typed in (str(marlow.priya.public_id), "PRIYA@marlow.example", "priya nair"):
            assert employee_named(typed) == marlow.priya

    def test_nobody_is_found_by_half_a_name(self, marlow):
        with pytest.raises(Refusal, match="Nobody here is called"):
            employee_named("Priya")

    def test_two_of_one_name_are_told_apart_by_address(self, marlow):
        add_employee("Priya Nair", now=NOW, email="p2@marlow.example")
        with pytest.raises(Refusal, match="e-mail"):
            employee_named("Priya Nair")
        assert employee_named("p2@marlow.example").email == "p2@marlow.example"

    def test_whoever_left_is_not_found(self, marlow):
        Employee.objects.filter(pk=marlow.priya.pk).update(is_active=False)
        with pytest.raises(Refusal):
            employee_named("Priya Nair")


class TestTokens:
    def test_a_program_is_known_by_its_secret_which_is_not_kept(self, marlow):
        secret = make_token("shop", scopes=("read", "write"), now=NOW, by=marlow.ines)
        token = ApiToken.objects.get()
        assert token_behind(secret) == token
        assert secret not in (token.token_hash, token.name)
        assert token.scopes == "read,write"

    @pytest.mark.parametrize("scopes", [(), ("read", "everything")])
    def test_a_scope_is_one_we_know(self, scopes):
        with pytest.raises(Refusal, match="read, write, all"):
            make_token("shop", scopes=scopes, now=NOW)

    def test_a_name_is_used_once(self):
        make_token("shop", scopes=("read",), now=NOW)
        with pytest.raises(Refusal, match="already"):
            make_token("shop", scopes=("read",), now=NOW)

    def test_a_revoked_one_opens_nothing(self, marlow):
        secret = make_token("shop", scopes=("all",), now=NOW)
        revoke(ApiToken.objects.get(), now=NOW, by=marlow.ines)
        assert token_behind(secret) is None
        assert Event.objects.filter(kind="token_revoked").exists()

    def test_nor_does_one_of_somebody_who_left(self, marlow):
        secret = make_token("shop", scopes=("all",), now=NOW, employee=marlow.priya)
        Employee.objects.filter(pk=marlow.priya.pk).update(is_active=False)
        assert token_behind(secret) is None

    def test_a_guess_is_nobody(self):
        make_token("shop", scopes=("read",), now=NOW)
        assert token_behind("") is None
        assert token_behind("kept_guess") is None
