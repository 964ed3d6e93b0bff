"""Each POST is one transaction, names its token in the history, and with an Idempotency-Key is done once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja.responses import Status
from pydantic import BaseModel

from kept.api.entering import token_of
from kept.api.models import IdempotencyKey
from kept.api.problems import Wrong
from kept.lib import clock
from kept.timeline.recording import through

REMEMBERED_FOR = timedelta(days=30)
LONGEST_KEY = 200

Answer = Status[BaseModel]
View = Callable[..., Answer]


def in_one_piece(view: Callable[..., object]) -> Callable[..., object]:
    """The view's POST happens wholly or not at all, and once for each Idempotency-Key; what was refused leaves the key free."""

    @wraps(view)
    def act(request: HttpRequest, *args: object, **kwargs: object) -> object:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key = idempotency_key(request)
        with transaction.atomic(), through(token_of(request)):
            if not key:
                return view(request, *args, **kwargs)
            return _once(key, request, lambda: view(request, *args, **kwargs))

    return act


def idempotency_key(request: HttpRequest) -> str:
    """The key of this request, or an empty text. Raises Wrong when it is unusable."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise Wrong("Idempotency-Key", _("at most %(most)s printable characters") % {"most": LONGEST_KEY})
    return key


def _once(key: str, request: HttpRequest, act: Callable[[], object]) -> object:  # no event: what it does once records its own
    now = clock.now()
    IdempotencyKey.objects.filter(made_at__lt=now - REMEMBERED_FOR).delete()
    # Asked for before anything else: a second request with the same key waits here until the first is committed.
    kept, is_first = IdempotencyKey.objects.get_or_create(
        token=token_of(request), key=key, defaults={"body_hash": _body_hash(request), "made_at": now}
    )
    if not is_first:
        return _again(kept, request)
    answer = act()
    if isinstance(answer, Status):
        kept.status, kept.answer = answer.status_code, answer.value.model_dump()
        kept.save(update_fields=["status", "answer"])
    return answer


def _again(kept: IdempotencyKey, request: HttpRequest) -> HttpResponse:
    if kept.body_hash != _body_hash(request):
        raise other_body()
    return JsonResponse(kept.answer, status=kept.status)


def other_body() -> Wrong:
    """The key was used for something else."""
    return Wrong("Idempotency-Key", _("this key was used for another request already"))


def _body_hash(request: HttpRequest) -> str:
    told = f"{request.method} {request.path}\n".encode() + request.body
    return hashlib.sha256(told).hexdigest()
