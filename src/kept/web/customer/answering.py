"""What every survey's page does, by invitation or by link: it shows the question, keeps what is posted, and says who has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from kept.accounts.translating import channel_named
from kept.channels.base import Raw
from kept.intake.accepting import Busy, accept
from kept.intake.awaiting import file_within
from kept.lib.clock import now
from kept.lib.links import make_form_token, read_form_token
from kept.people.models import Identity
from kept.surveys.making_work import Before, shown_as
from kept.surveys.measures import scale_of, wording_of
from kept.surveys.models import Invitation, Response, Survey, SurveyVersion
from kept.surveys.offering import Offer, offer
from kept.web.customer.answer_form import CONSENTS, AnswerForm
from kept.web.public.once import this_sending

SALT = "kept.survey.offer"
LOOKED_FOR = timedelta(seconds=2)
"""So long a page must have been open before it may post a score by itself; a robot is quicker."""


@dataclass(frozen=True, slots=True)
class Question:
    """One page with a question on it. `answered`: what stands in their answer so far."""

    survey: Survey
    version: SurveyVersion
    here: str
    """Its own address."""
    thanks: Callable[[str], str]
    """The page after it, by the key of the answer (key_of), which is empty where the form's token is not ours."""
    token: str
    came_by: str
    invitation: Invitation | None = None
    answered: Response | None = None
    place: str = ""

    @property
    def form(self) -> str:
        """What its form's token is good for."""
        return f"survey:{self.token}"

    @property
    def number(self) -> int:
        """The key of the invitation; 0 where nobody was invited."""
        return self.invitation.pk if self.invitation is not None else 0

    @property
    def email(self) -> str:
        """The address we may write to, where we know it already."""
        return self.invitation.identity.value if self.invitation is not None and self.invitation.identity is not None else ""

    @property
    def phone(self) -> str:
        """The last digits of the number we may ring, where we know one: enough to recognise it, no more."""
        if self.invitation is None:
            return ""
        known = Identity.objects.filter(customer=self.invitation.customer_id, kind="phone", dead_at__isnull=True)
        found = known.order_by("-id").values_list("value", flat=True).first()
        return found[-3:] if found else ""

    def typed(self, *fields: object) -> AnswerForm:
        """Its form, empty or with what was posted."""
        region = self.survey.account.settings.get("region", "")
        knows = {"knows_phone": bool(self.phone), "knows_email": bool(self.email)}
        return AnswerForm(*fields, scale=scale_of(self.survey.measure), region=region, **knows)


def take(request: HttpRequest, question: Question) -> HttpResponse:
    """What was posted is kept, and leads on; or comes back with everything typed. A score posted by the page itself: 204."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.MAX_CONTACT_BYTES:
        return show(request, question, question.typed(), status=413, refusal=_("That is more than we can take at once."))
    body = request.body  # before the fields are read from it: what we keep is what was posted
    is_touched = request.POST.get("touched") == "1"
    typed = question.typed(request.POST)
    if not typed.is_valid():
        return HttpResponse(status=422) if is_touched else show(request, question, typed, status=422)
    try:
        key = keep(request, question, body, is_touched=is_touched)
    except Busy:
        says = _("We could not store your answer just now. It is still here: please send it again.")
        return HttpResponse(status=503) if is_touched else show(request, question, typed, status=503, refusal=says)
    return HttpResponse(status=204) if is_touched else HttpResponseRedirect(question.thanks(key), status=303)


def keep(request: HttpRequest, question: Question, body: bytes, *, is_touched: bool) -> str:
    """The bytes are committed and, if it can be done at once, filed. Returns the key of the answer."""
    moment = now()
    account = question.survey.account
    read = read_form_token(request.POST.get("form_token", ""), question.form)
    answer = key_of(read[0]) if read is not None else ""
    is_too_fast = is_touched and (read is None or moment - read[1] < LOOKED_FOR)
    envelope = {
        "content-type": request.META.get("CONTENT_TYPE", ""),
        "form-nonce": this_sending(request, question.form),
        "trap": request.POST.get("website", "")[:200],
        "invitation": str(question.invitation.public_id) if question.invitation else "",
        "answer-key": "" if question.invitation else answer,
        "came-by": question.came_by,
        "version": str(question.version.number),
        "language": translation.get_language() or "",
        "place": question.place,
        "offered": _offered(request.POST.get("offered", ""), question.survey),
        "too-fast": "1" if is_too_fast else "",
    }
    key = channel_named(account.kind)(account.settings).dedupe_key(Raw(body, envelope, moment))
    receipt = accept(account, body, {name: value for name, value in envelope.items() if value}, key=key, reached_us_at=moment)
    file_within(receipt.arrival_id, now=moment)
    return answer


def key_of(nonce: str) -> str:
    """The public id of the answer that this page gives, where nobody was invited."""
    return f"{nonce[:8]}-{nonce[8:12]}-{nonce[12:16]}-{nonce[16:20]}-{nonce[20:32]}"


def show(
    request: HttpRequest, question: Question, typed: AnswerForm, *, status: int = 200, refusal: str = "", chosen: str = ""
) -> HttpResponse:
    """The page with what was typed, else what they answered so far, else the number that the link chose."""
    moment = now()
    survey, invitation, answered = question.survey, question.invitation, question.answered
    offered = _still_offered(request, survey) or offer(survey, now=moment)
    context = {
        **{name: getattr(question, name) for name in ("survey", "here", "token", "invitation", "answered", "email", "phone")},
        "brand": survey.account.brand,
        "wording": wording_of(question.version, translation.get_language() or "en"),
        "scale": scale_of(survey.measure),
        "form": typed,
        "chosen": chosen,
        "said": _said(typed, answered, chosen),
        "name": _first_name(invitation),
        "offer": offered,
        "offered": _sign(offered, survey),
        "consents": CONSENTS,
        "form_token": request.POST.get("form_token") or make_form_token(question.form, moment),
        "refusal": refusal,
        "may_touch": answered is None or not Before.of(answered).has_more_than_a_score,
        "is_closed": answered is not None and _is_closed(answered),
        "zone": survey.account.policy.calendar.zone,
        "now": moment,
    }
    return render(request, "customer/survey.html", context, status=status)


def _said(typed: AnswerForm, answered: Response | None, chosen: str) -> dict[str, object]:
    """What stands in each field."""
    if typed.is_bound:
        return {name: typed.data.get(name, "") for name in typed.data}
    said: dict[str, object] = {"score": chosen}
    if answered is not None:
        further = {f"further_{number}": words for number, words in enumerate(answered.further)}
        score = chosen or ("" if answered.score is None else str(answered.score))
        said = {"score": score, "why": answered.words, "contact": answered.contact, "who": answered.named, **further}
        said["consent"] = answered.consent
    return said


def _is_closed(answered: Response) -> bool:
    return answered.closed_at is not None or (answered.case is not None and answered.case.first_answered_at is not None)


def _first_name(invitation: Invitation | None) -> str:
    name = invitation.customer.name if invitation is not None else ""
    return name.split()[0] if name.strip() else ""


def _sign(offered: Offer | None, survey: Survey) -> str:
    """Whom and which hour they see, as the page carries it; nobody else can write it."""
    return Signer(salt=SALT).sign(f"{survey.pk}|{offered.person.pk}:{offered.hour.isoformat()}") if offered else ""


def _offered(signed: str, survey: Survey) -> str:
    """What the page showed: "<employee>:<moment>"; empty where it is not ours, or of another survey."""
    try:
        owner, _bar, shown = Signer(salt=SALT).unsign(signed).partition("|")
    except BadSignature:
        return ""
    return shown if owner == str(survey.pk) else ""


def _still_offered(request: HttpRequest, survey: Survey) -> Offer | None:
    """A page that comes back with a mistake shows the person and hour that it showed before."""
    found = shown_as(_offered(request.POST.get("offered", ""), survey))
    return found if found is not None and found.hour > now() else None


def chosen_in(request: HttpRequest, survey: Survey) -> str:
    """The number in the link, if the scale has it. It only preselects."""
    written = request.GET.get("score", "")
    is_one = written.isascii() and written.isdecimal() and len(written) <= 2 and scale_of(survey.measure).has(int(written))
    return str(int(written)) if is_one else ""
