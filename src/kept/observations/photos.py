"""A photo of what was seen: told by its bytes, freed of its hidden facts, on disk before any row names it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kept.files.keeping import keep
from kept.lib.pictures import NotAPicture, cleaned
from kept.lib.refusal import Refusal

LARGEST = 12 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture in files/: its sha256 and what it is."""

    content: str
    type: str


NO_PHOTO = Photo("", "")


def keep_photo(content: bytes) -> Photo:
    """The picture is kept without where, when and by whom it was taken. Refuses what is none, or too large."""
    if len(content) > LARGEST:
        raise Refusal(_("The photo is too large: %(size)s MB at most.") % {"size": LARGEST // 1024**2})
    try:
        picture = cleaned(content)
    except NotAPicture:
        raise Refusal(_("This is no photo that Kept can show. Take a JPEG, PNG or WebP.")) from None
    return Photo(keep(picture.content), picture.type)
