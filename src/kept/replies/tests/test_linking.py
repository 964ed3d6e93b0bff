"""A fresh link for somebody who came without one, and old links that lead nowhere any more."""

from __future__ import annotations

import pytest
from django.http import Http404

from kept.accounts.models import ChannelAccount
from kept.cases.models import MessageKind
from kept.replies.linking import MOST_A_DAY, mail_the_link, revoke_page_links
from kept.timeline.models import Event


def links(marlow) -> list[str]:
    return [word.rpartition("/c/")[2] for mail in marlow.post for word in mail.text.split() if "/c/" in word]


def test_the_link_goes_to_the_address_we_know_twice_a_day_at_most(case, marlow):
    for _time in range(MOST_A_DAY):
        assert mail_the_link(case, now=marlow.clock.now).kind == MessageKind.LINK
    assert mail_the_link(case, now=marlow.clock.now) is None
    marlow.clock.forward(days=1)
    assert mail_the_link(case, now=marlow.clock.now) is not None


def test_it_stops_no_clock_and_is_no_live_exchange(case, marlow):
    mail_the_link(case, now=marlow.clock.now)
    marlow.works()
    case.refresh_from_db()
    assert case.is_silent


def test_a_house_that_only_listens_mails_no_link(case, marlow):
    ChannelAccount.objects.filter(pk=marlow.mailbox.pk).update(opened_at=None)
    assert mail_the_link(case, now=marlow.clock.now) is None


def test_somebody_without_an_address_gets_none(marlow):
    case = marlow.harold.is_written_down("letter", "Dear sirs.", by=marlow.priya)
    assert mail_the_link(case, now=marlow.clock.now) is None


def test_revoked_links_lead_nowhere_and_the_next_mail_carries_a_good_one(case, marlow):
    from kept.web.customer.opening import open_link

    marlow.works()
    (old,) = links(marlow)
    assert open_link(old).case == case
    revoke_page_links(case, by=marlow.ines, now=marlow.clock.now)
    with pytest.raises(Http404):
        open_link(old)
    assert Event.objects.get(about=case.about, kind="page_links_revoked").by == f"employee:{marlow.ines.pk}"
    mail_the_link(case, now=marlow.clock.now)
    marlow.works()
    assert open_link(links(marlow)[-1]).case == case
