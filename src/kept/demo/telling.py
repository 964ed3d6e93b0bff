"""What customers of Marlow let others read: chosen by Ines, read as it will be shown, asked for plainly, answered by them."""

from __future__ import annotations

from datetime import timedelta

from kept.cases.models import Case, Message
from kept.causes.models import Cause
from kept.demo.life import Story
from kept.demo.town import Town
from kept.lib.refusal import Refusal
from kept.stories import theories
from kept.stories.asking_consent import answer, ask
from kept.stories.choosing import choose, tell_our_side
from kept.stories.hearing import hear_it, show_to_everybody
from kept.stories.models import Consent, Evidence, Scope, Theory
from kept.stories.models import Story as ToldStory
from kept.stories.redacting import marked_in, see

FIRST_AFTER, EVERY, WITHIN = 21, 11, 24
"""Days: when Ines begins to look for stories, how often she does, and how old a matter may be that she asks about."""
LEAST = 60
"""Letters: shorter words tell nothing."""
THEY_SAY = {"": 2, Scope.INSIDE: 2, Scope.TEAM_MAIL: 3, Scope.PUBLIC: 4}
WENT_WELL = (
    ("The first who picked up the telephone owned it to the end.", "Nothing. This is how it should go."),
    ("We were late, said so in time, and kept the second date.", "The first date should have been one we could keep."),
)
WENT_WRONG = (
    ("We were two short that evening and nobody said so.", "One sentence at the counter would have been enough."),
    ("The system had it as done. Nobody had looked at the shelf.", "Somebody goes and looks before it counts as done."),
    ("It lay between two of us, where nobody looks.", "Whoever takes it over signs for it."),
)
"""What happened at ours, and what should have been different."""
THEORY = "It goes wrong where one of us hands it to another"


def stories_are_told(town: Town) -> Story:
    """Every other week Ines asks somebody whether others may read their words; from their answer on it is a story."""
    yield town.later(days=FIRST_AFTER)
    theory = theories.say(THEORY, by=town.marlow.ines, now=town.now)
    while True:
        yield town.at_work(30, 90)
        story = _chosen(town)
        if story is not None:
            town.begins(they_answer(town, story.pk, theory), town.later(hours=town.dice.uniform(2, 70)))
        yield town.later(days=EVERY)


def _chosen(town: Town) -> ToldStory | None:
    ines, told = town.marlow.ines, ToldStory.objects.values("case")
    lately = Case.objects.filter(ended_at__gte=town.now - timedelta(days=WITHIN), media__contains="email").exclude(pk__in=told)
    for case in lately.exclude(outcome="").order_by("-ended_at")[:8]:
        word = Message.objects.filter(case=case, is_theirs=True).order_by("id").first()
        if word is None or len(word.text) < LEAST or marked_in(case.subject, case=case, customer=case.customer):
            continue
        try:
            story = choose(word, title=case.subject or "What happened there", by=ines, now=town.now)
            see(story, story.words, by=ines, now=town.now)
            ours, different = town.dice.choice(WENT_WELL if story.outcome == "white" else WENT_WRONG)
            tell_our_side(story, ours=ours, different=different, by=ines, now=town.now)
            ask(story, by=ines, now=town.now)
        except Refusal:
            continue  # their words cannot be shown, or no mail reaches them
        return story
    return None


def they_answer(town: Town, key: int, theory: Theory) -> Story:
    """They say how far their words may go, or that they may not; what may be read speaks for the theory, or against it."""
    asked = Consent.objects.select_related("story", "identity").get(story=key, asked_at__isnull=False)
    scope = town.dice.choices(list(THEY_SAY), weights=list(THEY_SAY.values()))[0]
    answer(asked, scope=scope, with_name=town.dice.random() < 0.6, now=town.now)
    story = ToldStory.objects.get(pk=key)
    if story.is_shared and Evidence.objects.filter(theory=theory).count() < 6:
        theories.weigh(theory, story, speaks_for=story.outcome != "white", by=town.marlow.priya, now=town.now)
    yield from ()


def we_say_what_we_did(town: Town) -> Story:
    """Every cause that was mended stands on the page of what we heard and did."""
    for cause in Cause.objects.filter(fixed_at__isnull=False).order_by("id"):
        show_to_everybody(hear_it("", by=town.marlow.ines, now=town.now, cause=cause), by=town.marlow.ines, now=town.now)
    yield from ()
