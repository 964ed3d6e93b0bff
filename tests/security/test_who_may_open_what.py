"""The authorisation matrix, held against the real URL conf; and what a crawler can do, which is nothing."""

from __future__ import annotations

import hashlib

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from kept.cases.models import Message
from tests.security.matrix import MATRIX, Row, rows
from tests.security.outcomes import outcome
from tests.security.world import PEOPLE, World, every_url

BY_LINK = (
    *("page_by_mail", "it_is_me", "go_on"),
    *("page", "page_add", "page_show", "page_read", "page_praise", "page_link", "page_forget", "form", "good_word", "about_one"),
    *("survey_stop", "survey_page", "survey_at", "small_thing_at", "story_consent", "me_too", "own_story", "own_story_thanks"),
)
"""Keyed by the link itself, or open to all: no cookie is sent, so a forged form could borrow nobody's rights."""

SESSIONS = "django_session"
CHALLENGES = ("mfa_activate_totp", "mfa_add_webauthn", "mfa_login_webauthn", "mfa_reauthenticate_webauthn")
"""allauth's pages that set the visitor's browser a riddle: they note it in that browser's own session, and nowhere else."""


def opened(world: World, who: str, name: str, method: str, *, checks_csrf: bool = False):
    """Their request, and nothing of it stays."""
    with transaction.atomic():
        client = world.client_of(who, checks_csrf=checks_csrf)
        response = getattr(client, method.lower())(world.path(name, who))
        transaction.set_rollback(True)
    return response


def test_every_address_of_the_house_is_in_the_matrix():
    assert {row.name for row in rows()} == set(every_url())
    assert MATRIX.split()[1:8] == list(PEOPLE)


@pytest.mark.parametrize("group", sorted({row.name.partition("_")[0] for row in rows()}))
def test_everybody_gets_in_where_they_belong_and_nowhere_else(world, group):
    found, wanted = {}, {}
    for row in rows():
        if row.name.partition("_")[0] == group:
            wanted[row.name, row.method] = row.outcomes
            found[row.name, row.method] = {who: outcome(opened(world, who, row.name, row.method)) for who in PEOPLE}
    assert found == wanted


def test_a_method_that_an_address_does_not_take_is_refused(world):
    taken = {(row.name, row.method) for row in rows()}
    for name in every_url():
        for method in ("GET", "POST"):
            if (name, method) not in taken:
                assert outcome(opened(world, "admin", name, method)) == "method", (method, name)


def test_another_customers_link_shows_nothing_of_mary(world):
    page = opened(world, "other", "page", "GET").content.decode()
    assert "My pizza came cold." in page
    assert "The corner of the box is torn." not in page
    assert "The corner of the box is torn." in opened(world, "right", "page", "GET").content.decode()


def test_a_form_of_another_house_changes_nothing_at_the_desk(world):
    changing = [row for row in rows() if row.method == "POST" and row.outcomes["admin"] == "in"]
    refused = {row.name for row in changing if _lacks_our_token(world, row)}
    assert {row.name for row in changing} - refused == set(BY_LINK)


def _lacks_our_token(world: World, row: Row) -> bool:
    return opened(world, "admin", row.name, "POST", checks_csrf=True).status_code == 403


@pytest.mark.parametrize("who", ["admin", "right"])
def test_a_crawler_opens_every_address_and_changes_no_row(world, who):
    client = world.client_of(who)
    before = everything()
    for name in every_url():
        _crawl(client, world, name, who)
        after = everything()
        if name in CHALLENGES:
            before[SESSIONS] = after[SESSIONS]
        assert after == before, name


def _crawl(client: Client, world: World, name: str, who: str) -> None:
    for path in {world.path(name, who), world.path(name, "right")}:
        client.get(path)
        client.head(path)


def everything() -> dict[str, str]:
    """A fingerprint of every table."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        return {table: _fingerprint(cursor, table) for table in sorted(tables)}


def _fingerprint(cursor, table: str) -> str:
    cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
    rows = sorted(repr([bytes(value) if isinstance(value, memoryview) else value for value in row]) for row in cursor.fetchall())
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def test_the_crawler_would_notice(world):
    before = everything()
    Message.objects.filter(pk=world.message.pk).update(is_held=True)
    assert [table for table, print_ in everything().items() if print_ != before[table]] == [Message._meta.db_table]
