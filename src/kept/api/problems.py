"""Everything that goes wrong is a problem+json (RFC 9457) that says what to do instead, in one place."""

from __future__ import annotations

import logging
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse, UnreadablePostError
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError, ValidationError

from kept.intake.accepting import Busy
from kept.lib.refusal import Refusal

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"


class Wrong(Exception):
    """One field of the request cannot be used, and `says` why: 422."""

    def __init__(self, field: str, says: str) -> None:
        super().__init__(says)
        self.field, self.says = field, says


def answer_to(error: Exception, request: HttpRequest) -> JsonResponse:
    """The answer to whatever a view raised."""
    match error:
        case Refusal():
            return refused(error)
        case ValidationError():
            return unusable([{"field": _field(wrong["loc"]), "says": str(wrong["msg"])} for wrong in error.errors])
        case Wrong():
            return unusable([{"field": error.field, "says": error.says}])
        case Http404():
            return not_found()
        case AuthenticationError():
            return stranger()
        case HttpError():
            return problem(error.status_code, str(error))
        case RequestDataTooBig():
            return too_large()
        case UnreadablePostError():
            return problem(400, _("The request broke off."))
        case Busy() | OperationalError() | InterfaceError():
            log.warning("%s %s could not be served just now: %s", request.method, request.path, error)
            return not_now()
    log.error("%s %s failed.", request.method, request.path, exc_info=error)
    return problem(500, _("That is our fault; it is in our log."))


def problem(status: int, detail: str, *, type: str = "about:blank", title: str = "", **members: object) -> JsonResponse:
    """The answer; `members` are added to it as they are."""
    told = {"type": type, "title": title or HTTPStatus(status).phrase, "status": status, "detail": detail, **members}
    return JsonResponse(told, status=status, content_type=MEDIA_TYPE)


def refused(refusal: Refusal) -> JsonResponse:
    """409, with the single doubts where there are several."""
    doubts = [{"code": doubt.code, "says": doubt.says} for doubt in refusal.doubts]
    return problem(409, str(refusal), type="urn:kept:refused", title=_("Not like this"), doubts=doubts)


def unusable(fields: list[dict[str, str]]) -> JsonResponse:
    """422, with each field that is wrong."""
    detail = " ".join(f"{one['field']}: {one['says']}." for one in fields)[:2000]
    return problem(422, detail, type="urn:kept:invalid", title=_("Some of this cannot be used"), fields=fields)


def _field(place: tuple[object, ...]) -> str:
    source, *rest = place
    return ".".join(str(part) for part in (rest[1:] if source == "body" else rest)) or str(source)


def not_found() -> JsonResponse:
    """404, the same for what is not there and what this token may not see."""
    return problem(404, _("There is nothing here."))


def not_allowed(allowed: str) -> JsonResponse:
    """405, with what is allowed."""
    answer = problem(405, _("Not with this method."))
    answer["Allow"] = allowed
    return answer


def stranger() -> JsonResponse:
    """401."""
    answer = problem(401, _("Send a token: Authorization: Bearer …"))
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def too_large() -> JsonResponse:
    """413, with the limit."""
    most = settings.MAX_CONTACT_BYTES // (1024 * 1024)
    return problem(413, _("This is larger than %(most)s MB.") % {"most": most})


def not_now() -> JsonResponse:
    """503: nothing was done; a fault of ours that passes."""
    answer = problem(503, _("Not just now: nothing was kept. Please send it again."))
    answer["Retry-After"] = "5"
    return answer
