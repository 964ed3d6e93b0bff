"""At the desk: words become a story, are read as shown, their customer is asked, and a colleague finds it in the library."""

from __future__ import annotations

import pytest

from kept.cases.models import Message
from kept.lib.ids import new_id
from kept.stories.asking_consent import answer
from kept.stories.models import Consent, Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def chosen(marlow, seat) -> Story:
    case = marlow.mary.mails("The box was torn, says Mary Whitcombe.", is_proven=True)
    said = Message.objects.get(case=case, is_theirs=True)
    seat(marlow.priya).posts(f"/desk/stories/choose/message/{said.public_id}", {"title": "The torn box"})
    return Story.objects.get()


def test_from_the_words_on_a_matter_to_the_library(marlow, seat, chosen):
    marlow.hires_the_others()
    priya, ben, page = seat(marlow.priya), seat(marlow.ben), f"/desk/stories/{chosen.public_id}"
    assert "Tell it as a story?" in priya.sees(f"/desk/cases/{chosen.case.public_id}")
    assert "I read it: this is how it may be shown" in priya.sees(page)
    priya.posts(f"{page}/seen", {"words": chosen.words})
    priya.posts(f"{page}/sides", {"ours": "The tape ran out.", "different": "Check it on Mondays."})
    priya.posts(f"{page}/ask")
    assert ben.opens(page).status_code == 404
    answer(Consent.objects.get(), scope="inside", with_name=True, now=marlow.clock.now)
    assert "The torn box" in ben.sees("/desk/stories?q=torn")
    read = ben.sees(page)
    assert "“The box was torn, says [name].”" in read and "Mary" in read and "The tape ran out." in read
    assert "paper-card" in ben.sees(f"{page}/card")
    assert "The box was torn" in ben.opens(f"{page}/card.svg").content.decode()
    assert ben.opens(f"{page}/card.png").content.startswith(b"\x89PNG")
    assert ben.opens(f"{page}/card.gif").status_code == 404
    answer(Consent.objects.get(asked_at__isnull=False), scope="", with_name=False, now=marlow.clock.now)
    assert [ben.opens(path).status_code for path in (page, f"{page}/card", f"{page}/card.svg", f"{page}/card.png")] == [404] * 4
    assert "The torn box" not in ben.sees("/desk/stories")


def test_a_colleague_reads_and_does_not_change_it(marlow, seat, chosen):
    marlow.hires_the_others()
    page = f"/desk/stories/{chosen.public_id}"
    for action in ("seen", "leave-out", "sides", "ask", "said"):
        assert seat(marlow.ben).posts(f"{page}/{action}", {"words": "x"}).status_code == 404
    Story.objects.update(state="shared", scope="inside")
    for action in ("seen", "leave-out", "sides", "ask", "said"):
        assert seat(marlow.ben).posts(f"{page}/{action}", {"words": "x"}).status_code == 403


def test_what_was_typed_is_still_there_when_it_is_refused(marlow, seat, chosen):
    priya, page = seat(marlow.priya), f"/desk/stories/{chosen.public_id}"
    priya.posts(f"{page}/seen", {"words": chosen.words})
    refused = priya.posts(f"{page}/said", {"said": "She said: why not?"})
    assert refused.status_code == 409
    assert "She said: why not?" in refused.content.decode()


def test_what_is_left_out_is_marked_with_its_reason_and_more_is_left_out_without_any_script(marlow, seat, chosen):
    priya, page = seat(marlow.priya), f"/desk/stories/{chosen.public_id}"
    read = priya.sees(page)
    assert "<mark>Mary Whitcombe</mark>" in read and "a name that Kept knows of them" in read
    priya.posts(f"{page}/leave-out", {"also": "torn\n\n"})
    assert Story.objects.get().words == "The box was […], says [name]."
    priya.posts(f"{page}/leave-out", {"back": "0"})
    assert Story.objects.get().words == "The box was torn, says [name]."
    refused = priya.posts(f"{page}/leave-out", {"also": "tornado", "back": "1"})
    told = refused.content.decode()
    assert refused.status_code == 409 and ">tornado</textarea>" in told and 'value="1" checked' not in told


def test_who_chooses_words_that_are_a_story_already_is_led_to_it(marlow, seat, chosen):
    said = chosen.case.messages.get(is_theirs=True)
    again = seat(marlow.priya).posts(f"/desk/stories/choose/message/{said.public_id}", {"title": "Again"}, follow=True)
    assert "These words are a story already: “The torn box”." in again.content.decode()
    assert f"/desk/stories/{chosen.public_id}/seen" in again.content.decode()


def test_a_story_is_renamed_with_its_sides(marlow, seat, chosen):
    priya, page = seat(marlow.priya), f"/desk/stories/{chosen.public_id}"
    priya.posts(f"{page}/sides", {"title": " A  box ", "ours": "", "different": ""})
    assert Story.objects.get().title == "A box"
    refused = priya.posts(f"{page}/sides", {"title": " ", "ours": "The tape ran out.", "different": ""})
    assert refused.status_code == 409 and "The tape ran out." in refused.content.decode()


def test_a_story_without_a_title_is_sent_back_to_its_matter(marlow, seat, chosen):
    said = marlow.john.mails("Cold.", is_proven=True)
    word = Message.objects.get(case=said, is_theirs=True)
    back = seat(marlow.priya).posts(f"/desk/stories/choose/message/{word.public_id}", {"title": " "}, follow=True)
    assert "Give the story a title." in back.content.decode()


def test_the_library_asks_as_few_questions_for_many_stories_as_for_one(marlow, seat, chosen, django_assert_max_num_queries):
    copies = [Story.objects.get(pk=chosen.pk) for _n in range(30)]
    for number, copy in enumerate(copies):
        copy.pk, copy.public_id, copy.title, copy.state, copy.scope = None, new_id(), f"Story {number}", "shared", "inside"
        copy.source_key = f"message:{number + 1000}"
        copy.save()
    priya = seat(marlow.priya)
    with django_assert_max_num_queries(8):
        page = priya.sees("/desk/stories")
    assert page.count("data-row") == 20 and "Show further ones" in page


def test_whoever_reads_a_story_that_its_customer_let_anybody_read_knows_that_it_goes_out_at_once(marlow, seat):
    marlow.mary.tells_a_story("Our cake fell.", ending="well", far="public")
    story = Story.objects.get()
    ines, page = seat(marlow.ines), f"/desk/stories/{story.public_id}"
    assert "They said that anybody may read it. As soon as you say that you read it" in ines.sees(page)
    ines.posts(f"{page}/seen", {"words": story.words})
    assert Story.objects.public().get() == story


def test_whoever_is_told_of_a_story_opens_it_from_the_inbox(marlow, seat):
    marlow.mary.tells_a_story("Our cake fell.", ending="well")
    ines, story = seat(marlow.ines), Story.objects.get()
    address = f"/desk/about/story:{story.pk}"
    assert address in ines.sees("/desk/")
    assert ines.opens(address)["Location"] == f"/desk/stories/{story.public_id}"
