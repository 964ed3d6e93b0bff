"""What an operator types: each verb says in one line what it made, as JSON where a program asks."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from kept.accounts.models import ChannelAccount
from kept.accounts.opening import account_behind
from kept.numbers.models import CustomerMonth
from kept.people.models import Customer, Employee
from kept.people.tokens import token_behind


def said(*words: str, code: int | None = None) -> str:
    """What the command printed; `code`: with which it must end."""
    out = StringIO()
    if code is None:
        call_command(*words, stdout=out)
    else:
        with pytest.raises(SystemExit) as ended:
            call_command(*words, stdout=out)
        assert ended.value.code == code
    return out.getvalue()


@pytest.mark.django_db
def test_a_new_employee_gets_a_link_to_sign_in_once():
    told = json.loads(said("employee", "add", "Priya Nair", "--email", "priya@marlow.example", "--role", "admin", "--json"))
    priya = Employee.objects.get(name="Priya Nair")
    assert told["id"] == str(priya.public_id)
    assert told["sign_in"].startswith("http://testserver/sign-in/link/")
    assert priya.is_admin


@pytest.mark.django_db
def test_the_first_of_us_can_let_the_others_in():
    said("employee", "add", "Priya Nair")
    said("employee", "add", "Ben Castillo")
    assert [person.role for person in Employee.objects.order_by("pk")] == ["admin", "employee"]


@pytest.mark.django_db
def test_the_same_address_twice_is_refused_in_a_sentence(marlow):
    with pytest.raises(CommandError, match=r"priya@marlow\.example"):
        said("employee", "add", "Another Priya", "--email", "priya@marlow.example")


@pytest.mark.django_db
def test_a_form_tells_its_page_and_its_door():
    told = json.loads(said("account", "add", "form", "--name", "Shop window", "--json"))
    form = ChannelAccount.objects.get(slug="shop-window")
    assert (told["id"], told["kind"], told["page"]) == (str(form.public_id), "form", "/to/shop-window")
    assert account_behind(told["door"].removeprefix("/in/")) == form


@pytest.mark.django_db
def test_a_mailbox_listens_only_until_it_is_opened():
    settings = ("--set", "address=help@marlow.example", "--set", "imap=imaps://help%40marlow.example@mail.example/INBOX")
    quiet = json.loads(said("account", "add", "email", "--name", "Help", *settings, "--json"))
    assert quiet["address"] == "help@marlow.example"
    assert not ChannelAccount.objects.get(public_id=quiet["id"]).is_open
    loud = json.loads(said("account", "add", "email", "--name", "Help too", *settings, "--open", "--json"))
    assert ChannelAccount.objects.get(public_id=loud["id"]).is_open


@pytest.mark.django_db
def test_a_wrong_setting_is_refused_by_its_name():
    with pytest.raises(CommandError, match="adress"):
        said("account", "add", "email", "--set", "adress=help@marlow.example")


@pytest.mark.django_db
def test_a_token_is_shown_once_and_speaks_for_whom_it_was_made(marlow):
    secret = json.loads(said("token", "add", "till", "--scope", "read", "--scope", "write", "--for", "Priya Nair", "--json"))[
        "token"
    ]
    token = token_behind(secret)
    assert token is not None
    assert (token.employee, token.scopes) == (marlow.priya, "read,write")
    assert secret not in token.token_hash


@pytest.mark.django_db
def test_a_token_for_nobody_is_refused(marlow):
    with pytest.raises(CommandError, match="Nobody here is called Harold"):
        said("token", "add", "till", "--scope", "read", "--for", "Harold")


@pytest.mark.django_db
def test_the_doctor_says_what_is_wrong_and_ends_with_1(settings):
    settings.SMTP_URL = ""
    told = json.loads(said("doctor", "--json", code=1))
    assert {finding["code"] for finding in told["findings"]} >= {"nobody_here", "no_mailbox", "no_smtp"}
    assert "Nobody works here yet" in said("doctor", code=1)


@pytest.mark.django_db
def test_a_healthy_house_is_told_so(marlow, settings):
    settings.SMTP_URL = "smtp://127.0.0.1:25"
    assert said("doctor", "--offline", code=0).strip() == "All is well."


MONTHS = "month,email,value,currency,active\n2026-05,john@adeyemi.example,49.90,GBP,yes\nsoon,mary@whitcombe.example,1,GBP,yes\n"


def test_a_list_of_months_comes_in_and_says_which_row_cannot_be_used(marlow, tmp_path, capsys):
    (tmp_path / "months.csv").write_text(MONTHS)
    told = said("import", "months", str(tmp_path / "months.csv"), "--try", code=1)
    assert "1 would be new" in told and not CustomerMonth.objects.exists()
    assert "1 left out, 1 new" in said("import", "months", str(tmp_path / "months.csv"), code=1)
    assert "row 3 (mary@whitcombe.example): write the month as 2026-06" in capsys.readouterr().err
    assert [str(one.value) for one in CustomerMonth.objects.all()] == ["49.90"]


def test_what_is_known_of_customers_comes_in_beside_what_was_known(marlow, tmp_path):
    (tmp_path / "facts.csv").write_text("E-Mail;Name;contract\njohn@adeyemi.example;John Adeyemi;family\n")
    assert "1 changed" in said("import", "facts", str(tmp_path / "facts.csv"))
    assert "1 same" in said("import", "facts", str(tmp_path / "facts.csv"))
    assert Customer.objects.get(name="John Adeyemi").facts == {"contract": "family"}


def test_a_list_that_is_none_is_refused_in_a_sentence(marlow, tmp_path):
    (tmp_path / "facts.csv").write_text("who;what\nJohn;pizza\n")
    with pytest.raises(CommandError, match="email or external"):
        said("import", "facts", str(tmp_path / "facts.csv"))
    with pytest.raises(CommandError, match="cannot be read"):
        said("import", "months", str(tmp_path / "nothing.csv"))
