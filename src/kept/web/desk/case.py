"""One case on one screen: what they ask, the whole line, the reply, the clock, the promises, the person."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kept.cases.assigning import see
from kept.cases.minding import KINDS
from kept.cases.models import Case, Message, MessageKind
from kept.lib.clock import now
from kept.observations.linking import seen_before, whether_seen_before
from kept.people.models import Employee
from kept.people.telling import has_seen
from kept.promises.models import Promise
from kept.remedies.models import Gift
from kept.replies.addressing import best_among
from kept.replies.delivering import UNDER_WAY
from kept.replies.models import Delivery
from kept.replies.posting import IN_PRIVATE, posts_to, way_to_private
from kept.web.desk.answers import answers_on
from kept.web.desk.asks import asks_in
from kept.web.desk.beside import beside
from kept.web.desk.going_back import way_back
from kept.web.desk.in_the_way import in_the_way_of
from kept.web.desk.letters_on_case import letters_on, usual_medium
from kept.web.desk.line import line_of
from kept.web.desk.on_offer import given_on, on_offer
from kept.web.desk.past import past_of, whether_there_is_a_past
from kept.web.desk.rows import clock_face
from kept.web.desk.strangers import strangers_on
from kept.web.desk.workroom import SIDE, desk, show, side_bar, side_columns, worker

MOST_SEEN = 5


def find(request: HttpRequest, case_id: uuid.UUID, *, framed: bool = False) -> Case:
    """The case, as far as this employee may see it, with the draft they left on it. Raises Http404.

    It brings along what there is to ask for at all, so that nobody asks in vain; `framed`, the side bar of its page too.
    """
    me = worker(request)
    mine = FilteredRelation("drafts", condition=Q(drafts__author=me))
    cases = Case.objects.visible_to(me).annotate(
        mine=mine, draft_text=F("mine__text"), draft_kind=F("mine__answers"), draft_medium=F("mine__medium"),
        draft_saw=F("mine__saw_up_to"), may_have_been_seen=whether_seen_before(),
        has_gifts=Exists(Gift.objects.filter(case=OuterRef("pk"))), has_past=whether_there_is_a_past(me),
        **(side_columns(me) if framed else {}),
    )  # fmt: skip
    related = cases.select_related("customer", "owner", "account__brand", "policy__calendar", "place", "joined_into")
    return get_object_or_404(related, public_id=case_id)


@dataclass(frozen=True, slots=True)
class Written:
    """A reply as far as it is written."""

    text: str = ""
    kind: str = MessageKind.ANSWER
    medium: str = ""
    saw_up_to: int = 0
    """The key of the last word of theirs that its writer saw; 0 when nothing is written."""

    @classmethod
    def left_on(cls, case: Case) -> Written:
        """The worker's own draft, which `find` brought along."""
        left = vars(case)
        return cls(
            text=left["draft_text"] or "",
            kind=left["draft_kind"] or MessageKind.ANSWER,
            medium=left["draft_medium"] or "" if left["draft_text"] else usual_medium(case),
            saw_up_to=left["draft_saw"] or 0,
        )


@desk
@require_safe
def case(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The page. Showing it changes nothing; the button "I have it" posts that the owner has seen it."""
    return show_case(request, find(request, case_id, framed=True))


def show_case(request: HttpRequest, found: Case, *, status: int = 200, **more: object) -> HttpResponse:
    """The case page, with whatever a refused action adds to it."""
    me, moment, zone = worker(request), now(), found.policy.calendar.zone
    said = list(_words_on(found))
    people = list(Employee.objects.order_by("name"))
    besides = beside(found)
    strangers = strangers_on(found, said)
    draft = Written.left_on(found)
    identities = list(found.customer.identities.order_by("id"))
    names = {person.pk: person.name for person in people}
    brought = vars(found)
    past, before = past_of(found, me) if brought["has_past"] else ([], [])
    context = {
        "case": found,
        "clock": clock_face(found, now=moment),
        "zone": zone,
        "line": line_of(found, said, besides, names=names, zone=zone, now=moment),
        "names": names,
        "answers": answers_on(found),
        "asks": asks_in(said),
        "strangers": strangers,
        "unconfirmed": {stranger.customer for stranger in strangers},
        "promises": list(
            Promise.objects.filter(case=found, taken_back_at__isnull=True).select_related("by", "standing").order_by("-id")
        ),
        "duties": besides.duties,
        "draft": draft,
        "newer": [word for word in said if word.is_theirs and 0 < draft.saw_up_to < word.pk],
        "address": best_among(said, identities, of=found.customer_id),
        **_in_public(found, said),
        "saw_up_to": _last((m for m in said if m.is_theirs), "public_id") or "",
        "saw_ours_up_to": _last((m for m in said if not m.is_theirs), "pk") or 0,
        "words": [message for message in said if message.is_theirs],
        "past": past,
        "earlier": before,
        "gifts": given_on(found, me=me) if brought["has_gifts"] else [],
        "offers": on_offer(found, me=me, now=moment),
        "identities": identities,
        "colleagues": [person for person in people if person.is_active and person.answers],
        "kinds": KINDS,
        "is_mine": found.owner_id == me.pk,
        "in_the_way": in_the_way_of(found, me),
        "seen_before": list(seen_before(found, me)[:MOST_SEEN]) if brought["may_have_been_seen"] else [],
        "typed": {},
        "checked": None,
        **letters_on(found, said, identities, now=moment),
        **(side_bar(brought) if f"{SIDE}house" in brought else {}),
        **more,
    }
    return show(request, "desk/case.html", context, here="inbox", status=status)


def _in_public(found: Case, said: list[Message]) -> dict[str, str]:
    """Where a reply can go that others read along, by a private message there, and the link that may stand in public."""
    way = way_to_private(found) if "post" in found.media else ""
    return {"posts_to": posts_to(said), "whispers_to": posts_to(said, IN_PRIVATE), "way_to_private": way}


def _words_on(found: Case) -> QuerySet[Message]:
    """Every message, with the reason why one of ours has not gone yet."""
    stuck = Delivery.objects.filter(message=OuterRef("pk"), accepted_at__isnull=True).exclude(trouble__in=["", UNDER_WAY])
    words = Message.objects.filter(case=found).select_related("author", "identity", "customer", "posted")
    return words.annotate(trouble=Subquery(stuck.values("trouble")[:1])).order_by("at", "id")


def _last(messages: Iterable[Message], name: str) -> object:
    newest = max(messages, key=lambda message: message.pk, default=None)
    return getattr(newest, name) if newest else None


@desk
@require_POST
def seen(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The owner has opened it, and what they were told about it is read."""
    found, me = find(request, case_id), worker(request)
    is_first = see(found, by=me, now=now())
    has_seen(me, about=found.about, at=now())
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    if is_first:
        messages.success(request, _("You have it."))
    return HttpResponseRedirect(way_back(request) or reverse("case", args=[found.public_id]))
