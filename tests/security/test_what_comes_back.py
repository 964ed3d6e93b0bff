"""What leaves the house by its pages: policies on every page, originals as downloads only, and no markup of a stranger's."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from kept.cases.models import Attached
from kept.lib.links import make_form_token, new_secret, page_token
from kept.observations.models import Observation
from kept.people.tokens import make_token
from tests.security.matrix import rows

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>"
NEVER = ("<script>alert", "<img src=x", "<svg/onload", "onerror=alert(2)>", "javascript:alert")
PICTURES = ("image/png", "image/jpeg", "image/webp")
PAGES = [row for row in rows() if row.method == "GET" and row.outcomes["admin"] == "in" and not row.name.startswith("api:")]


def test_every_page_allows_only_what_is_ours_and_nothing_inline(world):
    client = world.client_of("admin")
    for row in PAGES:
        page = client.get(world.path(row.name, "right"))
        policy = page.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in policy, row.name
        assert "default-src 'self'" in policy or "default-src 'none'" in policy, row.name
        assert page.headers["X-Content-Type-Options"] == "nosniff", row.name


@pytest.mark.parametrize("name", ["file", "message_original"])
def test_what_they_sent_is_a_download_that_no_browser_runs(world, name):
    response = world.client_of("owner").get(world.path(name, "right"))
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_a_forged_host_is_refused(world):
    for name in ("front", "inbox", "form"):
        assert Client(headers={"host": "evil.example"}).get(world.path(name, "stranger")).status_code == 400


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_led_out_of_the_house(world, elsewhere):
    world.house.ines.set_password("eight quay street")
    world.house.ines.save()
    signed_in = Client().post(
        f"{reverse('account_login')}?next={elsewhere}",
        {"login": world.house.ines.email, "password": "eight quay street", "next": elsewhere},
    )
    assert (signed_in.status_code, signed_in.headers["Location"]) == (302, "/desk/")
    noted = world.client_of("owner").post(
        world.path("case_note", "right"), {"text": "Look.", "back": elsewhere, "next": elsewhere}
    )
    assert noted.headers["Location"].startswith("/desk/")


def test_a_key_has_128_bits_and_only_the_whole_of_the_right_one_opens(world):
    assert len(new_secret()) * 5 >= 128
    token = make_token("till", scopes=("read",), now=world.house.clock.now)
    assert read_by(token) == 200
    for wrong in ("", "Bearer", token[:-1], token + "x", token.upper(), new_secret("kept_"), "0" * len(token)):
        assert read_by(wrong) == 401, wrong
    writes = Client().post(
        "/api/v1/contacts", "{}", content_type="application/json", headers={"Authorization": f"Bearer {token}"}
    )
    assert writes.status_code == 403


def read_by(token: str) -> int:
    return Client().get("/api/v1/cases", headers={"Authorization": f"Bearer {token}"}).status_code


def test_a_link_made_for_one_purpose_or_cut_opens_no_page(world):
    right = world.mailed_link(world.house.mary.address)
    form = make_form_token("contact", world.house.clock.now)
    foreign = page_token("message", world.case.public_id)
    changed = right[:-1] + ("a" if right[-1] != "a" else "b")
    for wrong in (right[:-2], changed, right + right, form, foreign, "a" * len(right)):
        assert Client().get(reverse("page", args=[wrong])).status_code == 404, wrong


def test_what_strangers_write_is_shown_and_never_run(world):
    house = world.house
    house.mary.name = house.samir.name = EVIL
    mailed = house.mary.mails(EVIL, subject=EVIL, is_proven=True)
    house.samir.fills_in_the_form(EVIL, wish=EVIL)
    house.samir.is_written_down("phone", EVIL, by=house.priya)
    Attached.objects.update(name=f"{EVIL}.html")
    Observation.objects.update(says=EVIL)
    house.clock.forward(minutes=1)
    house.works()
    world.case = mailed
    admin = world.client_of("admin")
    pages = [world.path(row.name, "right") for row in PAGES]
    pages.append(reverse("page", args=[world.mailed_link(house.mary.address)]))
    seen = "".join(assert_harmless(admin, path) for path in pages)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in seen


def assert_harmless(client: Client, path: str) -> str:
    page = client.get(path)
    if page.headers.get("Content-Disposition", "").startswith("attachment"):
        return ""
    if page.headers["Content-Type"] in PICTURES:
        assert "sandbox" in page.headers["Content-Security-Policy"] and page.headers["X-Content-Type-Options"] == "nosniff", path
        return ""
    if page.headers["Content-Type"] == "application/pdf":
        assert page.headers["X-Content-Type-Options"] == "nosniff", path
        assert not re.search(rb"/(?:JavaScript|JS|Launch|OpenAction|EmbeddedFile)\b", page.content), f"{path} acts"
        return ""
    text = page.content.decode()
    assert not [sign for sign in NEVER if sign in text], path
    return text


def test_markup_in_our_own_names_and_promises_is_harmless_too(world):
    house = world.house
    house.priya.name = house.priya.public_name = house.priya.job = EVIL[:120]
    house.priya.save()
    client = world.client_of("owner")
    typed = {"what": EVIL, "due": (house.clock.now + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")}
    assert client.post(world.path("case_promise", "right"), typed).status_code == 302
    client.post(world.path("case_note", "right"), {"text": EVIL})
    for name in ("case", "promises", "inbox", "people", "page", "audit"):
        assert_harmless(client, world.path(name, "right"))
