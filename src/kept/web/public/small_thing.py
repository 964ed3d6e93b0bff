"""`/seen/<touchpoint>`: a small thing, told in ten seconds on a phone by whoever stands there. No script, no cookie."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from kept.accounts.policies import default_calendar
from kept.intake.accepting import Busy
from kept.lib.clock import now
from kept.lib.links import make_form_token, page_token, read_page_token
from kept.lib.refusal import Refusal
from kept.observations.holding_back import TooMany
from kept.observations.models import Observation
from kept.observations.reporting import LONGEST
from kept.observations.showing import holds_the_card, who_may_have_seen
from kept.people.models import Employee
from kept.places.models import Brand, Touchpoint
from kept.web.customer.speaking import language_for
from kept.web.customer.through_link import discreet
from kept.web.public.keeping_small_things import form_account, keep_small_thing, set_aside_as_a_robot
from kept.web.public.once import this_sending

PURPOSE = "observation"


class PhotoInput(forms.FileInput):
    """Opens the camera on a phone; a picture of ours comes as JPEG, PNG or WebP."""

    def __init__(self) -> None:
        super().__init__({"accept": "image/jpeg,image/png,image/webp", "capture": "environment"})


class SmallThing(forms.Form):
    """What was noticed; one field is enough."""

    says = forms.CharField(
        label=gettext_lazy("What did you notice?"),
        help_text=gettext_lazy("A stain, a sticking door, a word that confuses. Nothing is too small."),
        error_messages={"required": gettext_lazy("Say what you noticed")},
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3, "autofocus": True}),
    )
    photo = forms.FileField(label=gettext_lazy("A photo"), required=False, widget=PhotoInput())
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("Then one person answers you, and you hear what becomes of it."),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    who = forms.ModelChoiceField(
        label=gettext_lazy("Who are you?"),
        help_text=gettext_lazy("Then you hear what becomes of it."),
        queryset=Employee.objects.none(),
        required=False,
        empty_label=gettext_lazy("I would rather not say"),
        to_field_name="public_id",
    )

    def __init__(self, *args: Any, people: list[Employee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people or form_account() is None:
            del self.fields["email"]
        if people:
            self.fields["who"].queryset = Employee.objects.filter(pk__in=[one.pk for one in people]).order_by("name")  # type: ignore[attr-defined]
        else:
            del self.fields["who"]


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def small_thing(request: HttpRequest, point: str) -> HttpResponse:
    """GET asks what was noticed; POST keeps it and says who sees to it. For holders of the card, and where customers may."""
    found = get_object_or_404(Touchpoint.objects.select_related("place", "manager"), key=point)
    has_card = holds_the_card(found, request.GET.get("card", ""))
    if not has_card and not found.customers_report:
        raise Http404
    brand, people = Brand.objects.order_by("pk").first(), who_may_have_seen(found) if has_card else []
    with translation.override(language_for(request, brand)):
        if request.method == "POST":
            return discreet(_take(request, found, brand, people))
        return discreet(_show(request, found, brand, SmallThing(people=people)))


def _take(request: HttpRequest, point: Touchpoint, brand: Brand | None, people: list[Employee]) -> HttpResponse:
    typed = SmallThing(request.POST, request.FILES, people=people)
    if not typed.is_valid():
        return _show(request, point, brand, typed, status=422)
    said, photo = typed.cleaned_data, typed.cleaned_data["photo"]
    sending = this_sending(request, point.key)
    try:
        if trap := request.POST.get("website", ""):
            set_aside_as_a_robot(said["says"], point=point, trap=trap, sending=sending, now=now())
            return HttpResponseRedirect(reverse("front"), status=303)
        seen = keep_small_thing(
            said["says"],
            point=point,
            by=said.get("who"),
            email=said.get("email", ""),
            photo=photo.read() if photo else b"",
            sending=sending,
            now=now(),
        )
    except TooMany as refusal:
        return _show(request, point, brand, typed, status=429, refusal=str(refusal))
    except Refusal as refusal:
        return _show(request, point, brand, typed, status=409, refusal=str(refusal))
    except (Busy, DatabaseError, OSError):
        says = _("We could not store it just now. Your words are still here: please send them again.")
        return _show(request, point, brand, typed, status=503, refusal=says)
    return HttpResponseRedirect(reverse("small_thing_thanks", args=[point.key, page_token(PURPOSE, seen.public_id)]), status=303)


def _show(
    request: HttpRequest, point: Touchpoint, brand: Brand | None, typed: SmallThing, *, status: int = 200, refusal: str = ""
) -> HttpResponse:
    context = {
        "brand": brand,
        "point": point,
        "form": typed,
        "form_token": request.POST.get("form_token") or make_form_token(point.key, now()),
        "had_photo": bool(request.FILES),
        "to_us": form_account(),
        "refusal": refusal,
    }
    return render(request, "public/small_thing.html", context, status=status)


@never_cache
@require_safe
def thanks(request: HttpRequest, point: str, token: str) -> HttpResponse:
    """Who sees to it, by when; and later, at the same address, what became of it."""
    read = read_page_token(PURPOSE, token)
    rows = Observation.objects.select_related("owner", "touchpoint__place", "settled_by", "told_on__owner")
    seen = get_object_or_404(rows, public_id=read[0] if read else None, touchpoint__key=point)
    brand = Brand.objects.order_by("pk").first()
    with translation.override(language_for(request, brand)):
        context = {"brand": brand, "seen": seen, "now": now(), "zone": default_calendar().zone}
        return discreet(render(request, "public/small_thing_thanks.html", context))
