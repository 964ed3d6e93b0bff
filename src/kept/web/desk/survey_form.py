"""What a manager may fill in about a survey, and what a customer would see of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from kept.people.models import Employee
from kept.places.models import Touchpoint
from kept.surveys.measures import USUAL_LINES, USUAL_OCCASIONS, Wording, chosen_wording, is_standard, scale_of, usual_wording
from kept.surveys.models import Occasion, Survey
from kept.surveys.setting_up import Plan

PARTS = ("question", "low", "high", "why")
LABELS = {
    "question": gettext_lazy("The question"),
    "low": gettext_lazy("What the lowest number means"),
    "high": gettext_lazy("What the highest number means"),
    "why": gettext_lazy("What is asked after the number"),
    "further": gettext_lazy("Further questions, one a line (“if you like”)"),
}
LONGEST = {"question": 300, "low": 60, "high": 60, "why": 120}


class SurveyForm(forms.Form):
    """Everything about a survey but what it measures."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("As your colleagues call it. Customers do not see it."),
        error_messages={"required": gettext_lazy("Give it a name")},
    )
    occasion = forms.ChoiceField(label=gettext_lazy("When it asks"), choices=Occasion.choices)
    touchpoint = forms.ModelChoiceField(
        label=gettext_lazy("Touchpoint"),
        queryset=Touchpoint.objects.order_by("name"),
        required=False,
        empty_label=gettext_lazy("None"),
        help_text=gettext_lazy("What is said is counted there, and whoever leads it sees it."),
    )
    ask_after_hours = forms.IntegerField(label=gettext_lazy("Hours after it that they are asked"), min_value=0, max_value=720)
    ask_again_days = forms.IntegerField(
        label=gettext_lazy("Nobody is asked again within (days)"),
        min_value=7,
        max_value=730,
        help_text=gettext_lazy("By whichever survey."),
    )
    quota_a_week = forms.IntegerField(
        label=gettext_lazy("At most this many are asked a week"),
        min_value=1,
        required=False,
        help_text=gettext_lazy("Empty: as many as its people can answer."),
    )
    line = forms.IntegerField(
        label=gettext_lazy("Line"),
        required=False,
        help_text=gettext_lazy(
            "A number at or below it, with words, has an owner that second. Empty: only “please contact me” has."
        ),
    )
    people = forms.ModelMultipleChoiceField(queryset=Employee.objects.none(), required=False)

    def __init__(self, measure: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.measure = measure
        self.fields["people"].queryset = people_who_answer()  # type: ignore[attr-defined]
        for code, _name in settings.LANGUAGES:
            self.fields[f"in_{code}"] = forms.BooleanField(required=False)
            for part in PARTS:
                self.fields[f"{part}_{code}"] = forms.CharField(label=LABELS[part], max_length=LONGEST[part], required=False)
            self.fields[f"further_{code}"] = forms.CharField(
                label=LABELS["further"], max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )

    @property
    def languages(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """code, name, its fields."""
        return [(code, name, [self[f"{part}_{code}"] for part in (*PARTS, "further")]) for code, name in settings.LANGUAGES]

    @property
    def chosen_people(self) -> set[str]:
        """Whoever is ticked just now."""
        return {str(getattr(one, "pk", one)) for one in self["people"].value() or ()}

    def typed_wording(self) -> dict[str, Mapping[str, object]]:
        """What is written for each language that is ticked, as far as it goes."""
        return {code: self._typed(code) for code, _name in settings.LANGUAGES if self[f"in_{code}"].value()}

    def _typed(self, code: str) -> dict[str, object]:
        further = str(self[f"further_{code}"].value() or "").splitlines()
        words: dict[str, object] = {part: str(self[f"{part}_{code}"].value() or "").strip() for part in PARTS}
        return {**words, "further": [line.strip() for line in further if line.strip()]}

    def plan(self) -> Plan:
        """The survey as it was filled in; only of a valid form."""
        said = self.cleaned_data
        return Plan(
            name=said["name"],
            measure=self.measure,
            occasion=said["occasion"],
            wording=self.typed_wording(),
            people=list(said["people"]),
            touchpoint=said["touchpoint"],
            line=said["line"],
            ask_after_hours=said["ask_after_hours"],
            ask_again_days=said["ask_again_days"],
            quota_a_week=said["quota_a_week"],
        )


def people_who_answer() -> QuerySet[Employee]:
    """Whoever may be named to answer what comes back."""
    return Employee.objects.filter(is_active=True, answers=True).order_by("name")


def known_of(survey: Survey) -> dict[str, object]:
    """The survey as the form shows it."""
    plain = ("name", "occasion", "touchpoint", "ask_after_hours", "ask_again_days", "quota_a_week", "line")
    version = survey.versions.order_by("-number").first()
    wording = version.wording if version is not None else {}
    return {
        **{name: getattr(survey, name) for name in plain},
        "people": [one.pk for one in survey.people.all()],
        **_words(survey.measure, wording, asked_in=set(wording)),
    }


def usual(measure: str, language: str) -> dict[str, object]:
    """As somebody begins: the usual occasion and line, the standard words, one language ticked."""
    begun = {"ask_after_hours": 2, "ask_again_days": 90, "occasion": USUAL_OCCASIONS[measure], "line": USUAL_LINES[measure]}
    return {**begun, **_words(measure, {}, asked_in={language})}


def _words(measure: str, wording: Mapping[str, Mapping[str, object]], *, asked_in: set[str]) -> dict[str, object]:
    shown: dict[str, object] = {}
    for code, _name in settings.LANGUAGES:
        words = chosen_wording(measure, wording, code) if code in wording else usual_wording(measure, code)
        shown |= {f"{part}_{code}": getattr(words, part) for part in PARTS}
        shown |= {f"in_{code}": code in asked_in, f"further_{code}": "\n".join(words.further)}
    return shown


@dataclass(frozen=True, slots=True)
class Preview:
    """What somebody who reads this language would be asked."""

    code: str
    language: str
    wording: Wording
    scores: range
    is_standard: bool


def previews_of(form: SurveyForm) -> list[Preview]:
    """The question in each chosen language, as far as it is written."""
    wording, names = form.typed_wording(), dict(settings.LANGUAGES)
    return [
        Preview(
            code,
            str(names[code]),
            chosen_wording(form.measure, wording, code),
            scale_of(form.measure).scores,
            is_standard(form.measure, {code: wording[code]}),
        )
        for code in wording
    ]
