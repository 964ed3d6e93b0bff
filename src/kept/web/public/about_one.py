"""“Did I do well, or not? Tell my manager.”: the page at the foot of every answer and on everybody's card."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kept.intake.accepting import Busy
from kept.lib.clock import now
from kept.lib.links import make_form_token, read_page_token
from kept.people.models import Employee
from kept.people.presence import house, manager_of
from kept.places.models import Brand
from kept.recognition.coming_in import somebody
from kept.web.customer.speaking import language_for
from kept.web.customer.through_link import discreet
from kept.web.public.embedding import embeddable
from kept.web.public.keeping_good_words import keep_good_word, takes_good_words
from kept.web.public.once import this_sending
from kept.web.public.speaking_of_somebody import SHOWN, WENT, AboutOne


@embeddable
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def about_one(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks how this one person did; POST keeps it for their manager and says thank you."""
    person, brand = _whose(token), Brand.objects.order_by("pk").first()
    with translation.override(language_for(request, brand)):
        response = _take(request, person, brand) if request.method == "POST" else _show(request, person, brand, AboutOne())
        return discreet(response)


def _whose(token: str) -> Employee:
    read = read_page_token("employee", token)
    person = somebody(str(read[0])) if read else None
    if person is None or not takes_good_words():
        raise Http404
    return person


def _take(request: HttpRequest, person: Employee, brand: Brand | None) -> HttpResponse:
    typed = AboutOne(request.POST)
    if not typed.is_valid():
        return _show(request, person, brand, typed, status=422)
    said = {name: str(typed.cleaned_data[name]) for name in ("words", "show", "name", "email", "went")}
    sending, trap = this_sending(request, str(person.public_id)), request.POST.get("website", "")
    try:
        token = keep_good_word({**said, "who": str(person.public_id)}, sending=sending, trap=trap, now=now())
    except Busy:
        says = _("We could not store your words just now. They are still here: please send them again.")
        return _show(request, person, brand, typed, status=503, refusal=says)
    return HttpResponseRedirect(reverse("good_word_thanks", args=[token]), status=303)


def _show(
    request: HttpRequest, person: Employee, brand: Brand | None, typed: AboutOne, *, status: int = 200, refusal: str = ""
) -> HttpResponse:
    context = {
        "brand": brand,
        "person": person,
        "manager": manager_of(person, of_house=house(), at=now()),
        "form": typed,
        "form_token": request.POST.get("form_token") or make_form_token(str(person.public_id), now()),
        "shown": SHOWN,
        "went": WENT,
        "refusal": refusal,
    }
    return render(request, "public/about_one.html", context, status=status)
