"""Under which name customers know us."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.places.models import Brand
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def rename(brand: Brand, *, name: str, address: str, by: Employee, now: datetime) -> None:
    """Pages and mails to customers carry this name, and this postal address at their foot."""
    if not name.strip():
        raise Refusal(_("Say the name customers know you by."))
    if (brand.name, brand.address) == (name.strip(), address.strip()):
        return
    brand.name, brand.address = name.strip(), address.strip()
    brand.save(update_fields=["name", "address"])
    record(brand, Happened.HOUSE_CHANGED, at=now, by=by, what=_("name for customers"))


@transaction.atomic
def name_public_pages(brand: Brand, pages: Sequence[tuple[str, str]], *, by: Employee, now: datetime) -> None:
    """These (name, address) pairs are offered on the thanks page, to everybody alike: whoever praised and whoever complained."""
    wanted = [{"name": name.strip(), "url": url.strip()} for name, url in pages if name.strip() or url.strip()]
    for page in wanted:
        if not page["name"] or not _is_web_address(page["url"]):
            raise Refusal(_("Each public page needs a name and an address that begins with https://."))
    if brand.public_pages == wanted:
        return
    brand.public_pages = wanted
    brand.save(update_fields=["public_pages"])
    record(brand, Happened.HOUSE_CHANGED, at=now, by=by, what=_("public pages"))


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"https", "http"} and bool(parts.hostname) and len(url) <= 500
