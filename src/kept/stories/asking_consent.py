"""May others read this? Asked in plain words, with the very words shown; answered by them, or told to one of us."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kept.cases.models import MessageKind
from kept.lib.refusal import Refusal
from kept.people.identifying import prove
from kept.people.models import Employee
from kept.replies.addressing import best_address, sender_for
from kept.replies.mailing import mail
from kept.stories.models import Consent, Scope, Story, StoryState
from kept.stories.sharing import share_if_ready
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

NOT_AGAIN_WITHIN = timedelta(days=14)
"""Nobody is pressed for a yes."""


@transaction.atomic
def ask(story: Story, *, by: Employee, now: datetime) -> Consent:
    """A mail with the very words is on its way in the owner's name. Its key is the Consent's: the page behind it answers."""
    story.refresh_from_db()
    case = story.case
    if story.redacted_at is None:
        raise Refusal(_("Read the words as they will be shown first; then they can be asked."))
    if story.state in {StoryState.REFUSED, StoryState.WITHDRAWN}:
        raise Refusal(_("They said no. They are not asked again."))
    if Consent.objects.filter(story=story, asked_at__gt=now - NOT_AGAIN_WITHIN).exists():
        raise Refusal(_("They were asked within the last two weeks. Give them time."))
    identity, account = (best_address(case), sender_for(case.account)) if case else (None, None)
    if case is None or identity is None or account is None or not account.is_open or case.customer_id != story.customer_id:
        raise Refusal(_("There is no way to ask them by mail. Ask them yourself, and write down what they say."))
    with translation.override(account.brand.language):
        message = mail(case, MessageKind.CONSENT, story.words, to=identity, through=account, now=now)
    consent = Consent.objects.create(
        public_id=message.public_id, story=story, asked_at=now, asked_by=by, identity=identity, words_shown=story.words
    )
    if story.state == StoryState.CHOSEN:
        story.state = StoryState.ASKED
        story.save(update_fields=["state"])
    record(story.line, Happened.CONSENT_ASKED, at=now, by=by, story=story.pk, message=message.pk)
    return consent


@transaction.atomic
def answer(asked: Consent, *, scope: str, with_name: bool, now: datetime) -> None:
    """They pressed the button on the page of their mail: a yes as far as `scope`, or, with an empty one, a no."""
    story = Story.objects.select_for_update().get(pk=asked.story_id)
    if scope and scope not in Scope.values:
        raise Refusal(_("Say how far your words may go."))
    if asked.identity is not None:
        prove(asked.identity, at=now)
    _said(Consent(story=story, identity=asked.identity, words_shown=asked.words_shown, scope=scope, with_name=with_name), now=now)


@transaction.atomic
def write_down_what_they_said(story: Story, *, scope: str, with_name: bool, said: str, by: Employee, now: datetime) -> None:
    """A spoken yes or no, with their words, by whoever heard it."""
    if not said.strip():
        raise Refusal(_("Write down what they said, in their words."))
    if scope and scope not in Scope.values:
        raise Refusal(_("Say how far their words may go."))
    story = Story.objects.select_for_update().get(pk=story.pk)
    if scope and story.redacted_at is None:
        raise Refusal(_("Read the words as they will be shown first; then they can be asked."))
    if scope and story.state in {StoryState.REFUSED, StoryState.WITHDRAWN}:
        raise Refusal(_("They said no. Only they can take that back."))
    word = Consent(story=story, words_shown=story.words, scope=scope, with_name=with_name, spoken_to=by, said=said.strip())
    _said(word, now=now)


def _said(word: Consent, *, now: datetime) -> None:
    """Their word is a row of its own, and holds at once."""
    story = word.story
    word.says_yes, word.said_at = bool(word.scope), now
    word.with_name = word.with_name and bool(word.scope)
    if not word.says_yes and story.state in {StoryState.SHARED, StoryState.WITHDRAWN}:
        word.withdrawn_at = now
    word.save(force_insert=True)
    if word.says_yes:
        share_if_ready(story, now=now)
        record(story.line, Happened.CONSENT_GIVEN, at=now, by=word.spoken_to, scope=str(Scope(word.scope).label), story=story.pk)
        return
    gone = word.withdrawn_at is not None
    story.state, story.scope, story.name_shown = StoryState.WITHDRAWN if gone else StoryState.REFUSED, "", ""
    story.withdrawn_at = word.withdrawn_at
    story.save(update_fields=["state", "scope", "name_shown", "withdrawn_at"])
    happened = Happened.STORY_WITHDRAWN if gone else Happened.CONSENT_REFUSED
    record(story.line, happened, at=now, by=word.spoken_to, story=story.pk)
