"""The letter about a good word: the customer's words, whole, who said them, and what its reader may do next."""

from __future__ import annotations

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.channels.base import Handle, Outgoing
from kept.lib.address import base_url
from kept.lib.ids import new_id
from kept.lib.ready import ready
from kept.lib.wording import day_in_words
from kept.people.models import Employee, Notice
from kept.people.presence import house
from kept.recognition.models import Recognition
from kept.replies.composing import message_id


@ready
def _good_word(pk: int) -> QuerySet[Recognition]:
    return Recognition.objects.select_related("employee", "manager", "customer", "case__policy__calendar").filter(pk=pk)


def compose(notices: list[Notice], account: ChannelAccount) -> Outgoing:
    """The letter to one reader."""
    notice = notices[0]
    praise = _good_word.one(pk=int(notice.about.partition(":")[2]))
    about = praise.employee or notice.to
    is_theirs = about.pk == notice.to_id
    context = {
        "reader": notice.to,
        "about": about,
        "praise": praise,
        "is_theirs": is_theirs,
        "said": _who_said_it(praise, about, is_theirs=is_theirs),
        "then": _what_next(praise, about, is_theirs=is_theirs),
        "house": house(),
        "brand": account.brand,
        "page": f"{base_url()}/desk/people/{about.public_id}/praise",
    }
    return Outgoing(
        to=Handle("email", notice.to.email or ""),
        to_name=notice.to.name,
        author="Kept",
        from_address=account.address,
        subject=_("A good word about you") if is_theirs else _("A good word about %(name)s") % {"name": about.known_as},
        text=render_to_string("mail/praise.txt", context),
        html=render_to_string("mail/praise.html", context),
        message_id=message_id(new_id(), account),
        automatic=True,
    )


def _who_said_it(praise: Recognition, about: Employee, *, is_theirs: bool) -> str:
    zone = praise.case.policy.calendar.zone if praise.case else "UTC"
    facts = {"name": about.known_as, "day": day_in_words(praise.said_at, zone, praise.said_at)}
    facts["who"] = praise.said_by or _("A customer")
    says = _("%(who)s said this about you on %(day)s:") if is_theirs else _("%(who)s said this about %(name)s on %(day)s:")
    return says % facts


def _what_next(praise: Recognition, about: Employee, *, is_theirs: bool) -> str:
    if is_theirs and praise.manager is not None:
        says = _("%(name)s has it too. You may write one line back, and show that you read it, if you like.")
        return says % {"name": praise.manager.first_name}
    if is_theirs:
        return _("You may write one line back, and show that you read it, if you like.")
    if about.email:
        return _("%(name)s has it too. Said aloud by you it weighs more.") % {"name": about.first_name}
    return _("%(name)s gets no mail from us: print the card, or read it aloud.") % {"name": about.first_name}
