"""Which pages may stand inside another site's page: the form and its thanks, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.decorators import csp_replace
from django.http import HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt

View = Callable[..., HttpResponse]


def embeddable(view: View) -> View:
    """Any site may frame this page; it has no cookie and no button that acts for somebody who is signed in."""
    framed: Any = csp_replace({"frame-ancestors": ["*"]})(xframe_options_exempt(view))
    return framed  # type: ignore[no-any-return]
