"""What an operator may write into the environment, and the one sentence that names what cannot be used."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.lib import env

NAME = "KEPT_SOMETHING"


@pytest.fixture
def given_value(monkeypatch):
    """Sets the variable."""
    return lambda value: monkeypatch.setenv(NAME, value)


def test_a_number_has_its_bounds(given_value):
    given_value("16")
    assert env.number(NAME, 1, least=1, most=16) == 16
    with pytest.raises(env.WrongSetting, match=f"{NAME} must be a number from 17 to 99, not 16"):
        env.number(NAME, 1, least=17, most=99)


@pytest.mark.parametrize("value", ["many", "-1", "1.5", "\u00b2"])
def test_what_is_no_number_is_named(given_value, value):
    given_value(value)
    with pytest.raises(env.WrongSetting, match=NAME):
        env.number(NAME, 1)


def test_nothing_said_is_the_usual_value(given_value):
    assert env.number(NAME, 7) == 7
    given_value("")
    assert env.number(NAME, 7, least=5) == 7
    assert env.web_address(NAME) == env.host_name(NAME) == ""
    assert env.host_names(NAME) == []


@pytest.mark.parametrize("value", ["https://kept.example.org", "http://localhost:8000", "http://[::1]:8000"])
def test_a_web_address_is_taken_without_its_last_slash(given_value, value):
    given_value(value + "/")
    assert env.web_address(NAME) == value


@pytest.mark.parametrize(
    "value", ["kept.example.org", "https://", "ftp://x", "http://x:abc", "http://x:99999", "http://[::1", "http://x/y"]
)
def test_what_is_no_web_address_is_named(given_value, value):
    given_value(value)
    with pytest.raises(env.WrongSetting, match=f"{NAME} must look like https://kept.example.org"):
        env.web_address(NAME)


@given(st.text())
def test_whatever_stands_there_is_an_address_or_one_sentence(value):
    try:
        env.address(value, looks=f"{NAME} must look like this")
    except env.WrongSetting as trouble:
        assert str(trouble).startswith(f"{NAME} must look like this; ")


def test_what_may_be_a_password_is_not_said_again():
    with pytest.raises(env.WrongSetting) as refused:
        env.address("postgresql://kept:secret@host:secret/kept", looks=NAME)
    assert "secret" not in str(refused.value)


def test_host_names_are_told_from_addresses(given_value):
    given_value(" kept.example.org, [::1],,")
    assert env.host_names(NAME) == ["kept.example.org", "[::1]"]
    for wrong in ("https://kept.example.org", "priya@example.org", "a b"):
        given_value(wrong)
        with pytest.raises(env.WrongSetting, match=NAME):
            env.host_names(NAME)


def test_one_host_name_is_one(given_value):
    given_value("example.org")
    assert env.host_name(NAME) == "example.org"
    given_value("example.org,example.com")
    with pytest.raises(env.WrongSetting, match=f"{NAME} must be one host name"):
        env.host_name(NAME)


def test_a_secret_may_lie_in_a_file_and_one_that_cannot_be_read_is_named(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("long enough\n", encoding="utf-8")
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    assert env.text(NAME) == "long enough"
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(env.WrongSetting, match=f"{NAME}_FILE names {tmp_path}/nowhere"):
        env.text(NAME)
