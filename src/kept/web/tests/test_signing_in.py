"""How those who work here come in: by a link once, then by a password or a passkey."""

from __future__ import annotations

import pytest
from django.test import Client

from kept.accounts.settling_in import settle_in
from kept.demo.cast import MONDAY
from kept.intake.accepting import accept_here
from kept.intake.filing import file_what_waits
from kept.intake.models import Arrival
from kept.lib.clock import now
from kept.people.adding import add_employee
from kept.people.inviting import make_first_link, make_sign_in_link
from kept.people.models import Employee, SignInLink
from kept.people.presence import house

pytestmark = pytest.mark.django_db
ME = {"name": "Priya Nair", "email": "priya@marlow.example", "role": "admin"}


@pytest.fixture
def first_link() -> str:
    settle_in(now())
    return f"/sign-in/link/{make_first_link(now=now())}"


@pytest.fixture
def priyas_link() -> str:
    settle_in(now())
    priya = add_employee("Priya Nair", email="priya@marlow.example", role="admin", now=now())
    return f"/sign-in/link/{make_sign_in_link(priya, now=now())}"


def is_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def test_the_first_of_us_says_who_they_are_and_sees_our_hours(client, first_link):
    page = client.get(first_link).content.decode()
    assert "You are the first of us" in page
    assert '<option value="admin" selected>' in page
    assert '<th scope="row">Friday</th><td>09:00 - 17:00</td>' in page
    assert '<th scope="row">Saturday</th><td>closed</td>' in page
    assert SignInLink.objects.get().used_at is None


def test_the_first_of_us_comes_in_owns_what_waits_and_chooses_a_password(client, first_link):
    form = settle_in(MONDAY)
    accept_here(form, b"message=Hello", {"content-type": "application/x-www-form-urlencoded"}, key="", reached_us_at=now())
    file_what_waits(now())
    assert Arrival.objects.get().state == "waiting"

    come_in = client.post(first_link, ME)
    assert (come_in.status_code, come_in["Location"]) == (302, "/password/set?next=/desk/")
    priya = Employee.objects.get()
    assert (priya.name, priya.role, house().duty_owner, house().is_settled) == ("Priya Nair", "admin", priya, True)
    file_what_waits(now())
    assert Arrival.objects.get().state == "filed"

    choosing = client.get(come_in["Location"]).content.decode()
    assert "How you come in next time" in choosing
    assert ">Your password must contain at least 12 characters. Your password can" in choosing and "&lt;li&gt;" not in choosing
    password = {"password1": "a long enough sentence", "password2": "a long enough sentence", "next": "/desk/"}
    assert client.post("/password/set", password)["Location"] == "/desk/"
    assert is_in(client)

    again = Client()
    assert again.post("/sign-in", {"login": ME["email"], "password": password["password1"]}).status_code == 302
    assert is_in(again)


def test_a_first_one_who_is_no_admin_is_kindly_asked_to_be(client, first_link):
    page = client.post(first_link, {**ME, "role": "employee"})
    assert page.status_code == 422
    assert "or nobody could let the others in" in page.content.decode()
    assert 'value="Priya Nair"' in page.content.decode()
    assert not Employee.objects.exists()


def test_a_mistake_in_the_first_form_says_what_to_do(client, first_link):
    page = client.post(first_link, {"name": "", "email": "priya", "role": "admin"}).content.decode()
    assert "Mistake:" in page
    assert "Say your name: customers hear who answers them" in page
    assert "Write the address as in name@example.org" in page


def test_the_first_link_lets_nobody_in_once_somebody_is_here(client, first_link):
    add_employee("Ines Duarte", now=now(), role="admin")
    assert client.get(first_link).status_code == 410
    assert client.post(first_link, ME).status_code == 410
    assert Employee.objects.count() == 1


def test_the_first_link_works_once(client, first_link):
    client.post(first_link, ME)
    assert Client().post(first_link, {**ME, "email": "eve@marlow.example"}).status_code == 410
    assert Employee.objects.count() == 1


def test_opening_a_link_uses_nothing_up(client, priyas_link):
    for _time in range(2):
        page = client.get(priyas_link)
        client.head(priyas_link)
    assert "Welcome, Priya" in page.content.decode()
    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("same-origin", "noindex, nofollow")
    assert "no-store" in page["Cache-Control"]
    assert SignInLink.objects.get().used_at is None
    assert not is_in(client)


def test_pressing_the_button_lets_in_once_and_asks_for_a_password(client, priyas_link):
    assert client.post(priyas_link)["Location"] == "/password/set?next=/desk/"
    assert is_in(client)
    stranger = Client()
    used = stranger.post(priyas_link)
    assert used.status_code == 410
    assert "This link has done its work" in used.content.decode()
    assert not is_in(stranger)


def test_a_new_link_opens_a_door_whose_password_was_forgotten(client, priyas_link):
    priya = Employee.objects.get()
    priya.set_password("the one that was forgotten")
    priya.save()
    client.post(priyas_link)
    password = {"password1": "a long enough sentence", "password2": "a long enough sentence"}
    client.post("/password/set", password)
    priya.refresh_from_db()
    assert priya.check_password("a long enough sentence")


def test_a_made_up_link_opens_nothing(client, priyas_link):
    assert client.get(priyas_link[:-1] + "x").status_code == 410
    assert client.post("/sign-in/link/anything").status_code == 410


def test_somebody_who_left_is_not_let_in_by_an_old_link(client, priyas_link):
    Employee.objects.update(is_active=False)
    assert client.post(priyas_link).status_code == 410


def test_nobody_signs_up(client, marlow):
    assert client.get("/sign-up").status_code == 404
    assert client.get("/accounts/signup/").status_code == 404


def test_a_wrong_password_says_so_and_keeps_the_address(client, marlow):
    page = client.post("/sign-in", {"login": "ines@marlow.example", "password": "wrong"}).content.decode()
    assert "Mistake:" in page
    assert 'value="ines@marlow.example"' in page


PAGES = {
    "/password/set": 200,
    "/sign-out": 200,
    "/sign-in/inactive": 200,
    "/second-factor": 200,
    "/second-factor/app": 200,
    "/second-factor/codes/new": 200,
    "/second-factor/passkeys": 200,
    "/second-factor/passkeys/add": 200,
}


@pytest.mark.parametrize("path", PAGES)
def test_every_page_about_signing_in_is_drawn_in_our_hand(client, marlow, path):
    client.force_login(marlow.ines)
    page = client.get(path)
    assert page.status_code == PAGES[path]
    drawn = page.content.decode()
    assert '<body class="cust">' in drawn
    assert "data:image" not in drawn
    assert 'style="' not in drawn


def test_a_second_factor_by_an_app_is_set_up_and_asked_for(client, marlow):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    marlow.ines.set_password("a long enough sentence")
    marlow.ines.save()
    sign_in = {"login": "ines@marlow.example", "password": "a long enough sentence"}
    client.post("/sign-in", sign_in)
    assert "Is it still you?" in client.get("/second-factor/app", follow=True).content.decode()
    client.post("/sign-in/again", {"password": "a long enough sentence"})
    page = client.get("/second-factor/app").content.decode()
    assert "<svg" in page
    secret = page.split('<span class="secret">')[1].split("<")[0]
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    assert client.post("/second-factor/app", {"code": code})["Location"] == "/second-factor/codes"
    codes = client.get("/second-factor/codes").content.decode()
    assert "Recovery codes" in codes
    assert client.get("/second-factor/codes/download").status_code == 200
    assert "Your app makes codes for this house." in client.get("/second-factor").content.decode()
    assert client.get("/second-factor/app/off").status_code == 200

    again = Client()
    assert again.post("/sign-in", sign_in)["Location"] == "/sign-in/second-factor"
    assert "One more step" in again.get("/sign-in/second-factor").content.decode()
    assert not is_in(again)
    one_code = codes.split("<li>")[1].split("<")[0]
    assert again.post("/sign-in/second-factor", {"code": one_code}).status_code == 302
    assert is_in(again)
