"""An invitation as the mail it becomes: one question, its numbers, a person who signs, and a way to be left in peace."""

from __future__ import annotations

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.channels.base import Handle, Outgoing
from kept.lib.address import base_url
from kept.lib.links import page_token
from kept.people.models import Employee, Identity
from kept.replies.addressing import signed_address
from kept.surveys.admitting import asks_again
from kept.surveys.measures import scale_of, wording_of
from kept.surveys.models import Invitation, SurveyVersion

REMINDER = "again."
"""Before the Message-ID of the one reminder: a mail of its own, whose bounce still leads to its invitation."""
UNSUBSCRIBE = "unsubscribe"
"""The subject by which a mail program asks for them not to be asked again (RFC 2369)."""


def question_link(invitation: Invitation) -> str:
    """Where they answer; with `?score=7` that number is chosen when the page opens. Opening it changes nothing."""
    return f"{base_url()}/s/{page_token('survey', invitation.public_id)}"


def compose(
    invitation: Invitation, version: SurveyVersion, *, to: Identity, through: ChannelAccount, by: Employee, reminds: bool
) -> Outgoing:
    """The mail, ready for its channel: the same words and the same Message-ID at every attempt. `reminds`: the one reminder."""
    customer, reply_to = invitation.customer, signed_address(invitation.public_id, through)
    with translation.override(invitation.language or through.brand.language):
        context = _context(invitation, version, by=by, reminds=reminds)
        text = render_to_string("mail/invitation.txt", context)
        html = render_to_string("mail/invitation.html", context)
    return Outgoing(
        to=Handle(to.kind, to.value),
        to_name=customer.name,
        author=by.known_as,
        from_address=through.address,
        subject=str(context["subject"]),
        text=text,
        html=html,
        message_id=f"{REMINDER}{invitation.message_id}" if reminds else invitation.message_id,
        reply_to=reply_to,
        references=(invitation.message_id,) if reminds else (),
        automatic=True,
        headers=_ways_out(question_link(invitation), reply_to),
    )


def _context(invitation: Invitation, version: SurveyVersion, *, by: Employee, reminds: bool) -> dict[str, object]:
    survey = invitation.survey
    wording, scale = wording_of(version, translation.get_language() or "en"), scale_of(survey.measure)
    name = invitation.customer.name.split()[0] if invitation.customer.name.strip() else ""
    page = question_link(invitation)
    return {
        "brand": survey.account.brand,
        "author": by,
        "name": name,
        "about": invitation.about,
        "subject": _subject(name, invitation.about, survey.account.brand.name),
        "wording": wording,
        "scale": scale,
        "page": page,
        "stop": f"{page}/stop",
        "reminds": reminds,
        "asks_again": asks_again(invitation),
        "days": survey.ask_again_days,
    }


def _subject(name: str, about: str, brand: str) -> str:
    """Begins with the person or the question, never with a number (DESIGN.md 9)."""
    told = {"name": name, "about": about or brand}
    return (_("%(name)s, one question: %(about)s") if name else _("One question: %(about)s")) % told


def _ways_out(page: str, reply_to: str) -> Mapping[str, str]:
    """One click in the reader's mail program, and no more mails of this kind (RFC 8058, which wants https; RFC 2369)."""
    by_mail = f", <mailto:{reply_to}?subject={UNSUBSCRIBE}>" if reply_to else ""
    headers = {"List-Unsubscribe": f"<{page}/stop>{by_mail}"}
    return headers | ({"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if page.startswith("https://") else {})
