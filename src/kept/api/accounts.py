"""The ways in and out; for admins."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from kept.accounts.models import ChannelAccount
from kept.api.entering import AdminBearer
from kept.api.paging import USUAL, Cursor, Limit, page
from kept.api.schemas import AccountPage
from kept.api.showing import account_out

router = Router(tags=["accounts"], auth=AdminBearer())


@router.get("/accounts", response=AccountPage)
def list_accounts(request: HttpRequest, cursor: Cursor = "", limit: Limit = USUAL) -> AccountPage:  # noqa: ARG001
    """Every way in and out that was not closed, without its secrets. Needs scope all."""
    accounts = ChannelAccount.objects.filter(closed_at__isnull=True)
    found, following = page(accounts, by=("id",), cursor=cursor, limit=limit)
    return AccountPage(items=[account_out(account) for account in found], next=following)
