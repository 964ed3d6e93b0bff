"""A list of reviews: what each column and row was taken for is seen first, then each is somebody's matter, once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kept.cases.models import Case, Message, Posted, ReachReading
from kept.intake.models import Arrival
from kept.intake.reading_posts import left_out, read_posts
from kept.lib.refusal import Refusal
from kept.timeline.models import Event

pytestmark = pytest.mark.django_db
PAGE = "/desk/said-in-public/bring"
LIST = """Review;Author;Link;Date;Stars;Views
Cold again, and late.;@john;https://www.trustpilot.com/reviews/1;2026-05-20;1;40
"Warm, and Amira smiled.";Grace;https://www.trustpilot.com/reviews/2;2026-05-21;5/5;
Never again.;Sam;not a link;2026-05-22;1;
;;https://www.trustpilot.com/reviews/4;;;
Twice;Ann;https://www.trustpilot.com/reviews/1;;;
"""


def brings(seat, who, **fields):
    return seat(who).posts(PAGE, fields).content.decode()


def test_it_is_seen_first_and_nothing_has_happened(marlow, seat):
    page = brings(seat, marlow.ines, file=SimpleUploadedFile("reviews.csv", LIST.encode()))
    assert "2 posts would be somebody’s to answer. Nothing has happened yet." in page
    assert "the link leads to no page" in page and "nothing was said" in page and "stands in this list twice" in page
    assert "row 4" in page and "Trustpilot" in page
    assert not Arrival.objects.exists()


def test_taken_in_each_is_a_matter_with_its_place_its_stars_and_a_clock_from_now(marlow, seat):
    page = brings(seat, marlow.ines, text=LIST, take="1")
    assert "2 posts are kept" in page and "3 rows are left to mend." in page
    assert not Case.objects.exists(), "the worker files them; nobody waits for the page"
    marlow.files()
    word = Message.objects.get(text="Cold again, and late.")
    assert (word.posted.place, word.posted.stars, word.medium) == ("Trustpilot", "1/5", "post")
    assert word.posted.said_at == datetime(2026, 5, 20, 12, tzinfo=UTC) and word.at == marlow.clock.now
    assert word.identity.value == "Trustpilot:@john" and ReachReading.objects.get().views == 40
    assert Message.objects.get(text__startswith="Warm").identity is None, "a mere name is nobody's address"
    assert word.case.answer_due_at > marlow.clock.now
    assert Event.objects.get(kind="posts_brought").facts["new"] == 2


def test_brought_again_nothing_is_there_twice_and_each_repeat_is_counted(marlow, seat):
    brings(seat, marlow.ines, text=LIST, take="1")
    marlow.files()
    again = brings(seat, marlow.ines, text=LIST)
    assert "Nothing new is in it." in again and "known already" in again
    page = brings(seat, marlow.ines, text=LIST, take="1")
    marlow.files()
    assert "Nothing new was in it." in page and "2 were here already." in page
    assert Message.objects.filter(is_theirs=True).count() == 2


def test_only_whoever_says_so_lets_the_clocks_run_from_the_day_in_the_list(marlow, seat):
    brings(seat, marlow.ines, text=LIST, take="1", waited="1")
    marlow.files()
    word = Message.objects.get(text="Cold again, and late.")
    assert word.at == word.case.silent_since == datetime(2026, 5, 20, 12, tzinfo=UTC) and word.posted.said_at is None
    assert word.case.answer_due_at > marlow.clock.now, "the hour is one that can still be kept (R4)"


def test_what_could_not_be_read_is_there_to_mend_and_only_that_comes_again(marlow, seat):
    page = brings(seat, marlow.ines, text=LIST, take="1")
    mend = page[page.index('id="mend"') :]
    assert "Never again.,Sam,not a link" in mend and "Cold again" not in mend.partition("</textarea>")[0]
    mended = left_out(read_posts(LIST, zone="UTC", now=marlow.clock.now)).replace(
        "not a link", "https://www.trustpilot.com/reviews/3"
    )
    assert "One post is kept" in brings(seat, marlow.ines, text=mended, take="1")


def test_a_column_that_was_taken_for_the_wrong_thing_is_put_right(marlow, seat):
    strange = "Was;Wer;Wo\nKalt war es.;Uwe;https://g.page/r/1\n"
    assert "No column holds their words" in brings(seat, marlow.ines, text=strange)
    fields = {"text": strange, "column": ["text", "author", "url"]}
    assert "One post would be" in brings(seat, marlow.ines, **fields)
    brings(seat, marlow.ines, **fields, take="1")
    marlow.files()
    assert Posted.objects.get().place == "Google" and Case.objects.get().customer.name == "Uwe"


def test_ten_thousand_rows_are_kept_at_once_and_filed_by_the_worker(marlow, seat):
    many = "text,id\n" + "".join(f"number {number},{number}\n" for number in range(10_000))
    page = brings(seat, marlow.ines, text=many, take="1", place="Yelp")
    assert "10000 posts are kept" in page or "10,000 posts are kept" in page
    assert Arrival.objects.count() == 10_000 and not Case.objects.exists()
    with pytest.raises(Refusal, match="cut it in two"):
        read_posts(many + "one more,x\n", zone="UTC", now=marlow.clock.now)


def test_who_leads_nobody_brings_no_list(marlow, seat):
    assert seat(marlow.priya).posts(PAGE, {"text": LIST, "take": "1"}).status_code == 403
    assert not Arrival.objects.exists()


@pytest.mark.parametrize(
    ("row", "why"),
    [("x,31.2.2026,,", "write the day"), ("x,2030-01-01,,", "still to come"), ("x,,7,", "stars"), ("x,,,many", "as a number")],
)
def test_each_row_that_cannot_be_read_says_why(marlow, row, why):
    [found] = read_posts(f"text,date,stars,views\n{row}\n", zone="UTC", now=marlow.clock.now + timedelta(0)).rows
    assert found.told is None and why in found.mistake and found.number == 2
