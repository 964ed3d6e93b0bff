"""Nobody but this installation can make Mary's link, and hers opens nothing of John's."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from kept.lib.ids import new_id
from kept.lib.links import (
    hash_secret,
    make_form_token,
    new_secret,
    page_token,
    read_form_token,
    read_page_token,
    read_reply_token,
    reply_token,
    seal_text,
    unseal_text,
)
from kept.lib.refusal import Refusal

NOW = datetime(2026, 6, 18, 9, 50, tzinfo=UTC)
MARY, JOHN = uuid.UUID("0197825f-0000-7000-8000-000000000001"), uuid.UUID("0197825f-0000-7000-8000-000000000002")


@given(st.uuids(), st.integers(0, 65535))
def test_a_page_link_names_its_page_and_version(id, version):
    assert read_page_token("page", page_token("page", id, version)) == (id, version)


def test_the_receipts_link_does_not_open_the_whole_page():
    assert read_page_token("page", page_token("receipt", MARY)) is None


def test_a_link_for_one_purpose_is_no_address_and_no_form():
    assert read_reply_token(page_token("reply", MARY)) is None
    assert read_page_token("reply", reply_token(MARY)) is None
    assert read_form_token(page_token("form:help", MARY), "help") is None


def test_the_same_page_has_the_same_link_tomorrow():
    assert page_token("page", MARY) == page_token("page", MARY)
    assert page_token("page", MARY) != page_token("page", MARY, 2)
    assert page_token("page", MARY) != page_token("page", JOHN)


@pytest.mark.parametrize("made", [page_token("page", MARY), reply_token(MARY), make_form_token("help", NOW)])
def test_every_single_changed_letter_makes_it_worthless(made):
    for place, letter in enumerate(made):
        changed = made[:place] + ("b" if letter != "b" else "c") + made[place + 1 :]
        assert read_page_token("page", changed) is None
        assert read_reply_token(changed) is None
        assert read_form_token(changed, "help") is None


@given(st.text())
def test_whatever_a_stranger_tries_is_refused_without_an_error(tried):
    assert read_page_token("page", tried) is None
    assert read_reply_token(tried) is None
    assert read_form_token(tried, "help") is None


@pytest.mark.parametrize("cut", [slice(0, -1), slice(1, None), slice(0, 0), slice(0, 28)])
def test_a_link_that_a_mail_program_cut_is_refused(cut):
    assert read_page_token("page", page_token("page", MARY)[cut]) is None
    assert read_reply_token(reply_token(MARY)[cut]) is None


def test_another_key_makes_every_link_worthless(settings):
    page, reply, form = page_token("page", MARY), reply_token(MARY), make_form_token("help", NOW)
    settings.SECRET_KEY = "another-key-" + "1" * 40
    assert read_page_token("page", page) is None
    assert read_reply_token(reply) is None
    assert read_form_token(form, "help") is None


def test_without_a_key_no_link_is_made(settings):
    settings.SECRET_KEY = ""
    with pytest.raises(ImproperlyConfigured):
        page_token("page", MARY)


@pytest.mark.parametrize("made", [page_token("page", MARY), reply_token(MARY), make_form_token("help", NOW), new_secret()])
def test_letters_and_digits_only_so_that_nothing_is_cut_or_folded(made):
    assert re.fullmatch("[a-z2-7]+", made)


def test_a_reply_address_fits_with_the_houses_own_name():
    assert len(f"help+{reply_token(new_id())}") <= 60


def test_a_reply_address_survives_capitals():
    assert read_reply_token(reply_token(MARY).upper()) == MARY
    assert read_reply_token(reply_token(MARY).title()) == MARY


@given(st.uuids())
def test_a_reply_address_leads_back_to_its_case(id):
    assert read_reply_token(reply_token(id)) == id


def test_a_form_knows_when_it_was_drawn_and_is_new_each_time():
    one, other = make_form_token("help", NOW), make_form_token("help", NOW)
    nonce, made_at = read_form_token(one, "help") or ("", None)
    assert made_at == NOW
    assert len(nonce) == 32
    assert nonce != (read_form_token(other, "help") or ("",))[0]


def test_a_form_of_one_account_is_not_posted_to_another():
    assert read_form_token(make_form_token("help", NOW), "praise") is None


def test_secrets_are_long_and_never_the_same():
    made = {new_secret("kept_") for _ in range(100)}
    assert len(made) == 100
    assert all(secret.startswith("kept_") and len(secret) == 37 for secret in made)


def test_a_stored_secret_is_its_sha256():
    assert hash_secret("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2, B.1


@given(st.text())
def test_a_sealed_password_comes_back_as_it_was(password):
    assert unseal_text(seal_text(password)) == password


def test_a_sealed_password_shows_nothing_and_no_password_stays_none():
    assert "tea-at-four" not in seal_text("tea-at-four")
    assert seal_text("tea-at-four") != seal_text("tea-at-four")
    assert seal_text("") == ""


def test_a_password_sealed_under_another_key_asks_to_be_typed_again(settings):
    sealed = seal_text("tea-at-four")
    settings.SECRET_KEY = "another-key-" + "1" * 40
    with pytest.raises(Refusal, match="Type the password again"):
        unseal_text(sealed)


@pytest.mark.parametrize("broken", ["tea-at-four", "gAAAAA", "ü", " "])
def test_what_was_never_sealed_is_refused(broken):
    with pytest.raises(Refusal):
        unseal_text(broken)
