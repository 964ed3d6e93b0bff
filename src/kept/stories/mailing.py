"""The story mail: each week a team reads one white story, one black, one small thing, one promise beaten, and three questions.

What stands in it is read again when each letter is written: a story taken back on Monday morning is in no letter of that morning.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kept.accounts.models import ChannelAccount
from kept.accounts.policies import default_calendar
from kept.channels.base import Handle, Outgoing
from kept.due.claiming import claim, finish
from kept.lib.address import base_url
from kept.lib.ids import new_id
from kept.observations.models import Observation, ObservationState
from kept.people.models import Notice, Team
from kept.people.presence import house
from kept.people.telling import tell
from kept.promises.models import Promise
from kept.replies.composing import message_id
from kept.replies.telling_by_mail import AT_ONCE, house_mailbox, mail_together
from kept.stories.models import Story, StoryMail
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

NOTICE = "stories"
"""The kind of these notices."""
HOUR = 8
"""On Monday, by the house's own clock."""
REMEMBERED = 12
"""Letters back in which a team reads no story twice."""
MADE_WITHIN = timedelta(days=90)
"""Promises older than this are not looked through."""


@dataclass(frozen=True, slots=True)
class InIt:
    """What one team reads in one week. `keys` name it all: "story:4", "observation:7", "promise:9"."""

    stories: list[Story] = field(default_factory=list)
    small: Observation | None = None
    promise: Promise | None = None

    @property
    def keys(self) -> list[str]:
        """What is in it, in order."""
        keys = [f"story:{story.pk}" for story in self.stories]
        keys += [f"observation:{self.small.pk}"] if self.small else []
        return keys + ([f"promise:{self.promise.pk}"] if self.promise else [])


def send_the_weeks_stories(now: datetime, *, should_stop: Callable[[], bool] = lambda: False) -> int:
    """From Monday at eight each team is sent its stories of the week, once. Returns how many teams were."""
    local = now.astimezone(default_calendar().hours.tz)
    week_on = local.date() - timedelta(days=local.weekday())
    if local.weekday() == 0 and local.hour < HOUR:
        return 0
    sent = 0
    done = StoryMail.objects.filter(week_on=week_on).values("team")
    for team in Team.objects.filter(members__is_active=True).exclude(pk__in=done).distinct().order_by("pk"):
        if should_stop():
            break
        sent += _send(team, week_on, now=now)
    return sent


@transaction.atomic
def _send(team: Team, week_on: date, *, now: datetime) -> bool:
    """False where nothing may be told to them this week, or somebody else sent it just now."""
    chosen = choose_for(team, now=now)
    if not chosen.stories and not chosen.small and not chosen.promise:
        return False
    try:
        with transaction.atomic():
            mail = StoryMail.objects.create(team=team, week_on=week_on, stories=chosen.keys, sent_at=now)
    except IntegrityError:
        return False
    for reader in team.members.filter(is_active=True, email__isnull=False):
        tell(reader, _("The stories of this week"), about=f"storymail:{mail.pk}", kind=NOTICE, at=now)
    record(mail, Happened.STORIES_MAILED, at=now, team=team.name)
    return True


def choose_for(team: Team, *, now: datetime) -> InIt:
    """One white and one black story not in their mail lately; last week's small thing, and its promise beaten."""
    earlier = StoryMail.objects.filter(team=team).order_by("-id").values_list("stories", flat=True)[:REMEMBERED]
    seen = {int(key.partition(":")[2]) for keys in earlier for key in keys if key.startswith("story:")}
    rows = Story.objects.for_the_team().exclude(pk__in=seen).order_by("-shared_at", "-id")
    ended = [rows.filter(outcome=outcome).first() for outcome in ("white", "black")]
    since = now - timedelta(days=7)
    small = Observation.objects.filter(seen_at__gte=since, state=ObservationState.DONE).order_by("-seen_at", "-id").first()
    lately = Promise.objects.filter(made_at__gte=now - MADE_WITHIN, kept_at__gte=since)
    beaten = lately.filter(kept_at__lt=F("due_at"), is_next_word=False, by__team=team)
    return InIt([story for story in ended if story], small, beaten.order_by("-kept_at", "-id").select_related("by").first())


def still_in(mail: StoryMail) -> InIt:
    """What of it may still be read."""
    keys: dict[str, list[int]] = {"story": [], "observation": [], "promise": []}
    for key in mail.stories:
        what, _colon, pk = key.partition(":")
        keys[what].append(int(pk))
    told = {story.pk: story for story in Story.objects.for_the_team().filter(pk__in=keys["story"])}
    return InIt(
        [told[pk] for pk in keys["story"] if pk in told],
        Observation.objects.filter(pk__in=keys["observation"]).first(),
        Promise.objects.filter(pk__in=keys["promise"]).select_related("by").first(),
    )


def mail_stories(now: datetime, *, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Every letter due by now was mailed; one of which nothing is left to read is not. Returns how many went out."""
    due = claim(Notice.objects.filter(kind=NOTICE).select_related("to"), now=now, limit=AT_ONCE)
    account = house_mailbox() if due else None
    sent = 0
    for notice in due:
        if should_stop():
            break
        if not still_in(_mail_of(notice)).keys:
            finish(notice)
            continue
        sent += mail_together([notice], account, compose, now=now)
    return sent


def _mail_of(notice: Notice) -> StoryMail:
    return StoryMail.objects.select_related("team").get(pk=int(notice.about.partition(":")[2]))


def questions() -> list[str]:
    """What a team talks about, with these stories before it."""
    return [
        _("What did we do here that we want to do again?"),
        _("What should have been different, and which of us could change it?"),
        _("Which small thing could each of us do this week?"),
    ]


def compose(notices: list[Notice], account: ChannelAccount) -> Outgoing:
    """The letter to one reader, as far as each story may still be read at this very moment."""
    reader, mail = notices[0].to, _mail_of(notices[0])
    context = {
        "reader": reader,
        "team": mail.team,
        "told": still_in(mail),
        "questions": questions(),
        "house": house(),
        "brand": account.brand,
        "page": f"{base_url()}/desk/stories",
        "now": mail.sent_at,
        "zone": default_calendar().zone,
    }
    return Outgoing(
        to=Handle("email", reader.email or ""),
        to_name=reader.name,
        author="Kept",
        from_address=account.address,
        subject=_("Stories of this week for %(team)s") % {"team": mail.team.name},
        text=render_to_string("mail/stories.txt", context),
        html=render_to_string("mail/stories.html", context),
        message_id=message_id(new_id(), account),
        automatic=True,
    )
