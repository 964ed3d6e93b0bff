"""A passkey is added and lets its owner in, under the same strict policy as every page."""
# needs: chromium

from __future__ import annotations

from playwright.sync_api import expect

from kept.demo.cast import Marlow
from kept.lib.clock import now
from kept.people.inviting import make_sign_in_link
from tests.counterparts.desk_browsing import Watched

A_PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_from_the_first_link_lets_in_without_a_password(browser, transactional_db, live_server):
    marlow = Marlow()
    secret = make_sign_in_link(marlow.priya, now=now())
    context = browser.new_context()
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": A_PHONE})
    priya = Watched(page, live_server.url)
    priya.watch()

    priya.go(f"/sign-in/link/{secret}")
    page.get_by_role("button", name="Come in").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.wait_for_url("**/second-factor/passkeys/add")
    page.wait_for_load_state()  # what talks to the device is there only then, and nobody is as quick as this test
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it still you?")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")

    priya.go("/sign-out")
    page.get_by_role("button", name="Sign out").click()
    priya.go("/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{live_server.url}/desk/")
    assert priya.troubles == []
    context.close()
