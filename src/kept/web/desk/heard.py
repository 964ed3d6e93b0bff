"""Pass on something you heard: a call, a card on the wall, a review elsewhere, typed in by one of us."""

from __future__ import annotations

from datetime import date, datetime, time

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.places.models import Place
from kept.recognition.giving import write_down_praise
from kept.web.desk.workroom import desk, in_house_time, show, worker

HOW = [
    ("phone", gettext_lazy("On the phone")),
    ("visit", gettext_lazy("Face to face")),
    ("letter", gettext_lazy("In a letter or on a card")),
    ("post", gettext_lazy("In public: a review, a post")),
    ("email", gettext_lazy("In a mail to one of us")),
]
SHOWN = [
    ("", gettext_lazy("They were not asked: only the person and their manager read it")),
    ("name", gettext_lazy("Everybody here, with their first name")),
    ("anon", gettext_lazy("Everybody here, without their name")),
]


class Heard(forms.Form):
    """What a customer said of somebody, as far as one of us remembers it."""

    words = forms.CharField(
        label=gettext_lazy("What did they say?"),
        help_text=gettext_lazy("In their own words, as far as you remember."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=20_000,
        error_messages={"required": gettext_lazy("Write what they said")},
    )
    who = forms.ModelChoiceField(
        label=gettext_lazy("About whom?"),
        queryset=Employee.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label=gettext_lazy("I don’t know who it was"),
    )
    hint = forms.CharField(
        label=gettext_lazy("How would we know them?"),
        help_text=gettext_lazy("If you don’t know the name."),
        required=False,
        max_length=300,
    )
    how = forms.ChoiceField(label=gettext_lazy("How did it reach you?"), choices=HOW)
    writer_name = forms.CharField(label=gettext_lazy("Who said it?"), required=False, max_length=120)
    said_on = forms.DateField(
        label=gettext_lazy("On which day?"),
        help_text=gettext_lazy("Left empty: today."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    place = forms.ModelChoiceField(
        label=gettext_lazy("Where?"),
        queryset=Place.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not at a certain place"),
    )
    consent = forms.ChoiceField(label=gettext_lazy("Who may read it?"), choices=SHOWN, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["who"].queryset = Employee.objects.filter(is_active=True).order_by("name")  # type: ignore[attr-defined]
        self.fields["place"].queryset = Place.objects.order_by("name")  # type: ignore[attr-defined]

    def clean_said_on(self) -> object:
        """A day that has been. Raises ValidationError with a sentence."""
        day = self.cleaned_data["said_on"]
        if day is not None and day > _today():
            raise forms.ValidationError(_("That day is still to come"))
        return day


@desk
@in_house_time
@require_http_methods(["GET", "HEAD", "POST"])
def heard(request: HttpRequest) -> HttpResponse:
    """The form; on POST it is on its way to whom it is about, or waits for a name."""
    if request.method != "POST":
        return _show(request, Heard())
    form = Heard(request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    said = form.cleaned_data
    try:
        praise = write_down_praise(
            said["words"],
            by=worker(request),
            employee=said["who"],
            now=now(),
            source="public" if said["how"] == "post" else "heard",
            medium=said["how"],
            hint=said["hint"],
            writer_name=said["writer_name"],
            said_at=_moment(said["said_on"]),
            place=said["place"],
            consent=said["consent"],
        )
    except Refusal as refusal:
        return _show(request, form, status=409, refusal=refusal)
    if praise.is_passed_on and praise.employee is not None:
        messages.success(request, _("Passed on to %(name)s.") % {"name": praise.employee.name})
        return HttpResponseRedirect(reverse("recognition"))
    messages.success(request, _("It waits here until somebody says who it was."))
    return HttpResponseRedirect(reverse("recognition_looking"))


def _today() -> date:
    """The day on the house's own calendar."""
    return now().astimezone(timezone.get_current_timezone()).date()


def _moment(day: date | None) -> datetime | None:
    """Noon of that day on the house's clock; none for today, which is just now."""
    if day is None or day == _today():
        return None
    return timezone.make_aware(datetime.combine(day, time(12)))


def _show(request: HttpRequest, form: Heard, *, status: int = 200, **more: object) -> HttpResponse:
    return show(request, "desk/heard.html", {"form": form, **more}, here="recognition", status=status)
