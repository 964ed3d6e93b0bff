"""What became of somebody who opened an address, in one word."""

from __future__ import annotations

from django.http import HttpResponseBase

NAMED = {401: "token", 403: "no", 404: "none", 405: "method", 410: "over"}


def outcome(response: HttpResponseBase) -> str:
    """`in`: it was theirs to open. `sign`: they were sent to sign in. Else what refused them."""
    if response.status_code in NAMED:
        return NAMED[response.status_code]
    if response.status_code == 302 and response.headers["Location"].startswith("/sign-in?"):
        return "sign"
    assert response.status_code < 500, response.status_code
    return "in"
