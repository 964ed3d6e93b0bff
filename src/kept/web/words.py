"""What the words of this work mean, in our own short sentences: `/desk/words`, and a link where a word first stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

Words = str | Lazy


@dataclass(frozen=True, slots=True)
class Term:
    """A word, what it means, and what it does not say. `here`: how this house means it, or where it stands."""

    name: Words
    means: Words
    here: Words = ""


TERMS: Final[dict[str, Term]] = {
    "nps": Term(
        "NPS",
        _("The share who would send a friend (nines and tens), minus that of noughts to sixes."),
        _("Below thirty answers no score is shown, only the people. The number says nothing about why; open it and read."),
    ),
    "csat": Term(
        "CSAT",
        _("Which share of those who answered were satisfied with one thing: the two highest of five numbers."),
        _("It is about that one meeting, not about us as a whole."),
    ),
    "ces": Term(
        "CES",
        _("Which share found it easy to get what they came for. Whoever had to fight for it leaves, also when they won."),
    ),
    "verbatim": Term(
        _("Verbatim"), _("What somebody wrote, word for word. Here it is set in the customer’s voice and never summed up.")
    ),
    "interval": Term(
        _("Interval"),
        _("Between which two values the score would lie, had everybody been asked. Where two overlap much, nothing moved."),
    ),
    "closed-loop": Term(
        _("Closed loop"),
        _("Whoever says something hears what became of it. A survey that nobody answers to is an open loop: it costs trust."),
    ),
    "outer-loop": Term(
        _("Outer loop"),
        _("Beyond the one customer: what hurt many has one root, and the root is mended, not each complaint anew."),
        _("Here it is called what stands in our way."),
    ),
    "silence-clock": Term(
        _("Silence clock"),
        _("How long a customer has had no person’s answer: from their first unanswered word until an answer reaches them."),
        _("A new owner, another channel, a note or an automatic mail do not stop it."),
    ),
    "acknowledgement": Term(
        _("Acknowledgement"),
        _("Says at once that the words are here, who answers them and by when. It is a promise, and no answer."),
    ),
    "sign-of-life": Term(
        _("Sign of life"), _("A word that says we are at it and answers nothing yet. The silence clock runs on.")
    ),
    "promise-ledger": Term(
        _("Promise ledger"),
        _("Everything we said we would do, with who keeps it and by when: kept, late, broken or agreed anew."),
    ),
    "moment-of-truth": Term(
        _("Moment of truth"),
        _("A meeting after which somebody thinks better or worse of us. It could have gone either way, and one of us was there."),
    ),
    "touchpoint": Term(
        _("Touchpoint"), _("A point where customers meet us: the counter, the delivery, the bill, a sentence on the web site.")
    ),
    "journey": Term(
        _("Journey"),
        _("The whole way from why somebody came to what they wanted. Each touchpoint may do well, and the way still fail."),
    ),
    "pain-point": Term(_("Pain point"), _("A point of the way where people get stuck, ask twice or give up.")),
    "persona": Term(
        _("Persona"), _("One made-up customer with a reason to come, so that a way is drawn for somebody and not for everybody.")
    ),
    "small-thing": Term(
        _("Small thing"),
        _("The fingerprint on the screen, the door that sticks: small for us, and what a customer judges the rest by."),
        _("Whoever sees one reports it, one person sees to it, and whoever saw it hears what became of it."),
    ),
    "failure-demand": Term(
        _("Failure demand"),
        _("Contacts that our own failing makes: where is my order, why did nobody ring, it is broken again."),
    ),
    "first-contact-resolution": Term(
        _("First contact resolution"),
        _("Solved at the first try: the customer says so, and writes about it no more within a week."),
        _("Only the customer’s own yes counts, not our belief."),
    ),
    "repeat-contact": Term(_("Repeat contact"), _("Somebody has to ask again, tell it again, or suffers the same thing again.")),
    "effort": Term(
        _("Effort"), _("What it costs the customer: asking twice, changing the channel, telling it all once more, waiting.")
    ),
    "black-and-white": Term(
        _("Black or white"),
        _("A way ends white when the customer says it is solved, black when they say it is not or leave. Nothing between."),
        _("Where they say nothing it is no word: neither, and shown beside both."),
    ),
    "churn": Term(_("Churn"), _("The share of customers who left in a time. Retention is the share who stayed.")),
    "reach": Term(_("Reach"), _("How many strangers may have read what one customer says of us in public.")),
    "service-recovery": Term(
        _("Service recovery"),
        _("Putting it right so well that somebody trusts us more than before. It works once; the second time it is a pattern."),
    ),
    "remedy": Term(_("Remedy"), _("What whoever answers may give to put it right, without asking anybody, up to a limit.")),
    "root-cause": Term(_("Root cause"), _("Why it happens at all. Asked until the answer is something that can be changed.")),
    "voice": Term(
        _("Voice of the customer"), _("Everything customers say, asked or unasked, to us or about us, in their own words.")
    ),
}


def in_order() -> list[tuple[str, Term]]:
    """All of them by name, as the reader's language sorts them."""
    return sorted(TERMS.items(), key=lambda pair: str(pair[1].name).casefold())


def term(key: str, text: str = "") -> Markup:
    """The word as a link to what it means; `text` where the sentence calls it otherwise."""
    return Markup('<a class="term" href="{}#{}">{}</a>').format(reverse("words"), key, text or TERMS[key].name)
