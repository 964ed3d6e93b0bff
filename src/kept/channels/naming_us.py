"""Part of the base: does somebody speak of us without saying it to us? Whole words, whatever their case and accents."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_NAMES = 40
SHORTEST = 3


def lines_of(typed: str) -> tuple[str, ...]:
    """What stands on each line, without blank ones and those that stand there twice."""
    return tuple(dict.fromkeys(" ".join(one.split()) for one in typed.splitlines() if one.strip()))


def names_us(text: str, names: str) -> bool:
    """One of these names (one a line) stands in the text as whole words: "MÄRLOW" is Marlow, "marlowe" is not."""
    pattern = _pattern(names)
    return pattern is not None and pattern.search(folded(text)) is not None


@lru_cache(maxsize=64)
def _pattern(names: str) -> re.Pattern[str] | None:
    wanted = [r"\s+".join(re.escape(word) for word in folded(name).split()) for name in lines_of(names)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(wanted)})(?!\w)") if wanted else None


def folded(text: str) -> str:
    """Without case and accents, so that two spellings of one name are equal."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(sign for sign in apart if not unicodedata.combining(sign)))


class ListeningSettings(forms.Form):
    """What every place of public posts can be asked to listen for besides words to us."""

    names = forms.CharField(
        label=gettext_lazy("Names to listen for"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "One on each line, as people write them: posts that name you without addressing you. Case and accents do not matter."
        ),
    )
    watched = forms.CharField(
        label=gettext_lazy("Accounts to watch"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "One on each line: accounts that speak about you, such as a parody. What they post is looked after; "
            "nothing is said to them by itself."
        ),
    )

    def clean_names(self) -> str:
        """One a line, none so short that it would be in every second post."""
        names = lines_of(str(self.cleaned_data["names"]))
        if short := next((one for one in names if len(folded(one)) < SHORTEST), None):
            raise forms.ValidationError(_("%(name)s is too short: it would be in too many posts.") % {"name": short})
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(_("At most %(count)s names.") % {"count": MOST_NAMES})
        return "\n".join(names)

    def clean_watched(self) -> str:
        """One a line, each with its @."""
        return "\n".join(f"@{one.lstrip('@')}".lower() for one in lines_of(str(self.cleaned_data["watched"])))


def is_watched(handle: str, watched: str) -> bool:
    """That account stands among those that are watched."""
    return f"@{handle.lstrip('@')}".lower() in watched.split("\n")
