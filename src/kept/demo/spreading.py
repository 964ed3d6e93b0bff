"""How far a post about Marlow travels: somebody looks at it now and again, and writes down what they see."""

from __future__ import annotations

from kept.cases.models import Case, Message
from kept.cases.reach import Counted, write_reach
from kept.demo.life import Story
from kept.demo.town import Town

LOOKED_AT_AFTER = (0.4, 5.0, 26.0)
"""Hours after it was found."""
SPREADS = 0.08
"""The share of posts that others pass on; the rest is read by those who follow its writer."""


def it_spreads(town: Town, case: Case) -> Story:
    """The newest post on the case: few of them go far, and whoever a passed rung names is told."""
    post = Message.objects.filter(case=case, medium="post", is_theirs=True).order_by("-id").first()
    if post is None:
        return
    followers = min(40_000, int(town.dice.lognormvariate(4.6, 1.3)) + 3)
    grows = town.dice.uniform(2.5, 7.0) if town.dice.random() < SPREADS else 1.06
    people = float(followers)
    for hours in LOOKED_AT_AFTER:
        yield town.at_work(hours * 20, hours * 60)
        reposts = max(0, round(people / followers) - 1)
        seen = Counted(
            followers=followers, reposts=reposts, views=round(people * town.dice.uniform(0.4, 0.9)), reach=round(people)
        )
        write_reach(post, seen, by=town.somebody_at_the_counter(), now=town.now)
        people *= grows
