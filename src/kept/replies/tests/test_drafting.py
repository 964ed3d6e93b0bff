"""A reply being written is kept as typed."""

from __future__ import annotations

from kept.replies.drafting import save_draft
from kept.replies.models import Draft


def test_the_draft_lies_with_the_case_as_it_was_typed(case, marlow):
    save_draft(case, "Dear J", by=marlow.priya, now=marlow.clock.now)
    save_draft(case, "Dear John", by=marlow.priya, now=marlow.clock.now, kind="answer", medium="phone")
    draft = Draft.objects.get()
    assert (draft.text, draft.answers, draft.medium) == ("Dear John", "answer", "phone")


def test_two_people_write_two_drafts(case, marlow):
    for writer in (marlow.priya, marlow.ines):
        save_draft(case, f"{writer.name} here", by=writer, now=marlow.clock.now)
    assert Draft.objects.filter(case=case).count() == 2


def test_a_draft_emptied_is_gone(case, marlow):
    save_draft(case, "Dear John", by=marlow.priya, now=marlow.clock.now)
    save_draft(case, "  \n", by=marlow.priya, now=marlow.clock.now)
    assert not Draft.objects.exists()
