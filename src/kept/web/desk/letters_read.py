"""A letter beside what a machine read of it: a person confirms what it says of its writer, and mends the words."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kept.cases.confirming import one_person
from kept.cases.models import Case
from kept.files import keeping
from kept.letters.confirming import Proposed, confirm_fact, proposed_in, turn_down_fact
from kept.letters.correcting import correct
from kept.letters.finding import letter_named_in
from kept.letters.models import LetterReading
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.replies.models import Letter
from kept.web.desk.originals import SANDBOX
from kept.web.desk.workroom import desk, show, worker

ON_PAPER = frozenset({"letter", "fax"})


@dataclass(frozen=True, slots=True)
class OnPaper:
    """One letter on the case page: what was read, what is asked about it, and which letter of ours it may answer."""

    reading: LetterReading
    facts: list[Proposed]
    sheet: Letter | None

    @property
    def open_facts(self) -> list[Proposed]:
        """What nobody has looked at yet."""
        return [fact for fact in self.facts if not fact.state]

    @property
    def seen_facts(self) -> list[Proposed]:
        """What a person said is so."""
        return [fact for fact in self.facts if fact.state == "yes"]

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The words as they were read, cut where a word is doubtful: (words, whether in doubt)."""
        text, at, pieces = self.reading.text, 0, []
        for start, end in self.reading.doubtful:
            pieces += [(text[at:start], False), (text[start:end], True)]
            at = end
        return [*pieces, (text[at:], False)]


def paper_on(case: Case) -> list[OnPaper]:
    """The letters of a case; looked for only where a word of theirs came on paper."""
    if not ON_PAPER & set(case.media.split()):
        return []
    return _with_facts(list(LetterReading.objects.on(case).select_related("file__message", "corrected_by")), case)


def _with_facts(readings: list[LetterReading], case: Case) -> list[OnPaper]:
    facts = proposed_in(readings, of=case)
    return [OnPaper(one, facts[one.pk], _sheet(one, case)) for one in readings]


def _sheet(reading: LetterReading, case: Case) -> Letter | None:
    letter = letter_named_in(reading.words)
    return letter if letter is not None and letter.message.case_id != case.pk else None


def _find(request: HttpRequest, reading_id: uuid.UUID) -> LetterReading:
    rows = LetterReading.objects.visible_to(worker(request)).select_related("file__message__case__customer", "corrected_by")
    return get_object_or_404(rows, public_id=reading_id)


@desk
@require_safe
def letter_read(request: HttpRequest, reading_id: uuid.UUID) -> HttpResponse:
    """The pages, and beside them the words, the doubtful ones marked."""
    return _show(request, _find(request, reading_id))


def _show(request: HttpRequest, reading: LetterReading, *, status: int = 200, **more: object) -> HttpResponse:
    case = reading.file.message.case
    (letter,) = _with_facts([reading], case)
    context = {"letter": letter, "reading": reading, "case": case, "typed": {}, **more}
    return show(request, "desk/letter_read.html", context, here="inbox", status=status)


@desk
@require_safe
def letter_page(request: HttpRequest, reading_id: uuid.UUID, page: int) -> HttpResponseBase:
    """One page as it looks: a JPEG that we drew ourselves."""
    pictures = _find(request, reading_id).pictures
    if not 1 <= page <= len(pictures):
        raise Http404
    return _harmless(FileResponse(keeping.path_of(pictures[page - 1]).open("rb"), content_type="image/jpeg"))


@desk
@require_safe
def letter_pdf(request: HttpRequest, reading_id: uuid.UUID) -> HttpResponseBase:
    """A PDF whose words can be found: a download, as every file of theirs."""
    reading = _find(request, reading_id)
    if not reading.searchable:
        raise Http404
    file = keeping.path_of(reading.searchable).open("rb")
    return _harmless(FileResponse(file, as_attachment=True, filename=f"{reading.file.name}.pdf", content_type="application/pdf"))


def _harmless(response: FileResponse) -> FileResponse:
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response


Act = Callable[[HttpRequest, LetterReading], str]


def on_a_letter(act: Act) -> Callable[..., HttpResponse]:
    """A view for one action on one letter: done, it leads where it says; refused, the page stands there with what was typed."""

    @desk
    @require_POST
    @wraps(act)
    def view(request: HttpRequest, reading_id: uuid.UUID) -> HttpResponse:
        reading = _find(request, reading_id)
        try:
            leads_to = act(request, reading)
        except Refusal as refusal:
            return _show(request, _find(request, reading_id), status=409, refusal=refusal, typed=request.POST)
        return HttpResponseRedirect(leads_to)

    return view


def _back(request: HttpRequest, reading: LetterReading) -> str:
    """To the case, where it was pressed there; else to the letter."""
    if request.POST.get("from") == "case":
        return f"{reverse('case', args=[reading.file.message.case.public_id])}#paper-{reading.pk}"
    return reverse("paper_read", args=[reading.public_id])


@on_a_letter
def decide_fact(request: HttpRequest, reading: LetterReading) -> str:
    """The paper says so, perhaps a little differently; or it does not."""
    number = request.POST.get("number", "")
    which = int(number) if number.isdecimal() else -1
    if request.POST.get("does") == "not":
        turn_down_fact(reading, which, by=worker(request), now=now())
    else:
        confirm_fact(reading, which, value=request.POST.get("value", ""), by=worker(request), now=now())
    return _back(request, reading)


@on_a_letter
def mend_words(request: HttpRequest, reading: LetterReading) -> str:
    """The letter says what a person reads there."""
    correct(reading, request.POST.get("words", ""), by=worker(request), now=now())
    messages.success(request, _("The words are mended."))
    return _back(request, reading)


@on_a_letter
def is_their_answer(request: HttpRequest, reading: LetterReading) -> str:
    """It answers a letter of ours, says a person: its writer is that customer, and both matters lie side by side."""
    sheet, case = letter_named_in(reading.words), reading.file.message.case
    if sheet is None:
        raise Refusal(_("There is no code of a letter of ours on it."))
    theirs = sheet.message.case.customer
    if theirs.pk != case.customer_id:
        one_person(case.customer, theirs, by=worker(request), now=now())
    return reverse("case_belonging", args=[case.public_id])
