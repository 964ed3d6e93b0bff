"""Small things at the desk: told in ten seconds, seen to, and shown where a customer suffered them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kept.cases.models import Case
from kept.causes.gathering import gather
from kept.causes.opening import open_cause
from kept.lib.tests.test_pictures import HIDDEN, exif, jpeg, segment
from kept.observations.models import Observation
from kept.observations.reporting import report
from kept.people.models import Employee, Notice
from kept.places.models import Touchpoint
from kept.places.placing import add_place, add_touchpoint
from kept.web.desk.tests.conftest import text_of

pytestmark = pytest.mark.django_db
LIST = "/desk/small-things"


@pytest.fixture
def monitor(marlow) -> Touchpoint:
    marlow.hires_the_others()
    mill = add_place("Mill Lane", manager=marlow.dana, by=marlow.ines, now=marlow.clock.now)
    Employee.objects.filter(pk=marlow.ben.pk).update(place=mill)
    return add_touchpoint("The monitor", place=mill, manager=marlow.tom, by=marlow.ines, now=marlow.clock.now)


@pytest.fixture
def smudge(marlow, monitor) -> Observation:
    return report("Fingerprints all over the screen.", by=marlow.ben, touchpoint=monitor, now=marlow.clock.now)


@pytest.fixture
def page(smudge) -> str:
    return f"{LIST}/{smudge.public_id}"


def complains(marlow, monitor, words: str = "Your screen made me feel you do not care.") -> Case:
    marlow.clock.forward(days=1)
    case = marlow.mary.mails(words, subject="Your counter")
    Case.objects.filter(pk=case.pk).update(touchpoint=monitor)
    case.refresh_from_db()
    return case


def test_ben_reports_what_he_saw_with_a_photo_and_learns_who_sees_to_it(marlow, seat, monitor):
    ben = seat(marlow.ben)
    form = ben.sees(f"{LIST}/new?at={monitor.key}")
    assert f'value="t{monitor.pk}" selected' in form and 'capture="environment"' in form
    photo = SimpleUploadedFile("IMG_2041.jpg", jpeg(segment(0xE1, exif(1))), content_type="image/jpeg")
    answer = ben.posts(f"{LIST}/new", {"says": "Smudges.", "where": f"t{monitor.pk}", "photo": photo}, follow=True)
    assert "Tom Reyes sees to it, and you hear what becomes of it." in text_of(answer)
    seen = Observation.objects.get()
    assert (seen.by, seen.owner, seen.touchpoint) == (marlow.ben, marlow.tom, monitor)
    shown = ben.opens(f"{LIST}/{seen.public_id}/photo")
    assert shown["Content-Type"] == "image/jpeg" and HIDDEN not in b"".join(shown.streaming_content)
    assert shown["X-Content-Type-Options"] == "nosniff" and "sandbox" in shown["Content-Security-Policy"]


def test_ones_own_place_is_chosen_beforehand(marlow, seat, monitor):
    assert f'value="p{monitor.place_id}" selected' in seat(marlow.ben).sees(f"{LIST}/new")


def test_what_is_missing_is_said_and_what_was_typed_is_still_there(marlow, seat, monitor):
    answer = seat(marlow.ben).posts(f"{LIST}/new", {"says": "", "where": ""})
    shown = text_of(answer)
    assert answer.status_code == 422 and "Say what you noticed" in shown and "Choose where it is" in shown
    no_photo = SimpleUploadedFile("a.jpg", b"<script>", content_type="image/jpeg")
    answer = seat(marlow.ben).posts(f"{LIST}/new", {"says": "It is dark.", "where": "elsewhere", "photo": no_photo})
    assert answer.status_code == 409 and "no photo that Kept can show" in text_of(answer) and "It is dark." in text_of(answer)
    assert not Observation.objects.exists()


def test_the_list_stands_by_the_hour_late_first_and_shows_what_became_of_the_rest(marlow, seat, smudge, page):
    marlow.clock.forward(days=2)
    report("The door sticks.", by=marlow.ben, touchpoint=smudge.touchpoint, now=marlow.clock.now)
    shown = seat(marlow.priya).sees(LIST)
    assert shown.index("Fingerprints") < shown.index("The door sticks.") and shown.count("late</span>") == 1
    assert "Nothing waits for you" in seat(marlow.priya).sees(f"{LIST}?whose=mine")
    seat(marlow.tom).posts(f"{page}/settle", {"became": "Wiped every morning.", "do": "done"})
    settled = seat(marlow.priya).sees(f"{LIST}?state=settled")
    assert "Wiped every morning." in settled and "The door sticks." not in settled


def test_a_long_list_is_paged_and_nobody_is_lost_on_the_way(marlow, seat, monitor):
    for number in range(45):
        report(
            f"Thing number {number:02}.", by=marlow.ben, touchpoint=monitor, now=marlow.clock.now + timedelta(minutes=number % 7)
        )
    path, found = LIST, []
    while path:
        shown = seat(marlow.priya).sees(path)
        found += re.findall(r"Thing number (\d\d)\.", shown)
        further = re.search(r'href="\?(after=[0-9a-f-]+)"', shown)
        path = f"{LIST}?{further[1]}" if further else ""
    assert len(found) == 45 == len(set(found))


def test_the_list_takes_few_queries(marlow, seat, monitor, django_assert_max_num_queries):
    for number in range(20):
        report(f"Thing {number}.", by=marlow.ben, touchpoint=monitor, now=marlow.clock.now)
    priya = seat(marlow.priya)
    with django_assert_max_num_queries(5):
        priya.sees(LIST)


def test_tom_settles_it_and_ben_reads_what_became_of_it(marlow, seat, page):
    refused = seat(marlow.tom).posts(f"{page}/settle", {"became": "", "do": "done"})
    assert refused.status_code == 409 and "Say what was done about it." in text_of(refused)
    answer = seat(marlow.tom).posts(f"{page}/settle", {"became": "Wiped every morning.", "do": "done"}, follow=True)
    assert "Ben Castillo knows what became of it." in text_of(answer)
    notice = Notice.objects.get(to=marlow.ben, kind="small_thing")
    assert seat(marlow.ben).posts(f"{page}/seen", by_script=True).status_code == 204
    notice.refresh_from_db()
    assert notice.seen_at == marlow.clock.now
    assert "Wiped every morning." in seat(marlow.ben).sees(f"/desk/people/{marlow.ben.public_id}/praise")


def test_who_does_not_see_to_it_has_no_button_and_is_refused(marlow, seat, page):
    assert "It is done" not in seat(marlow.amira).sees(page)
    answer = seat(marlow.amira).posts(f"{page}/settle", {"became": "Gone.", "do": "done"})
    assert answer.status_code == 409 and Observation.objects.get().state == "open"


def test_it_is_handed_on(marlow, seat, page):
    answer = seat(marlow.tom).posts(f"{page}/hand-on", {"to": str(marlow.amira.public_id)}, follow=True)
    assert "Amira Haddad sees to it now, and knows." in text_of(answer)
    assert "It is yours to see to." in text_of(seat(marlow.dana).posts(f"{page}/hand-on", {"to": "nobody"}, follow=True))


def test_marys_complaint_shows_that_somebody_had_seen_it_before(marlow, seat, monitor, smudge, page):
    case = complains(marlow, monitor)
    url, priya = f"/desk/cases/{case.public_id}", seat(marlow.priya)
    assert "Had somebody seen it before?" in priya.sees(url)
    answer = priya.posts(f"{page}/before", {"case": str(case.public_id), "back": url})
    assert answer["Location"] == url
    assert "Somebody had seen it before" in priya.sees(url)
    shown = priya.sees(page)
    assert "one customer suffered it" in shown and "Your screen made me feel you do not care." in shown
    priya.posts(f"{page}/not-before", {"case": str(case.public_id)})
    assert "Nobody, as far as anybody has said." in priya.sees(page)


def test_ticking_nobody_links_nobody(marlow, seat, monitor, smudge, page):
    complains(marlow, monitor)
    answer = seat(marlow.priya).posts(f"{page}/before", {})
    assert answer.status_code == 409 and "Tick who suffered it." in text_of(answer)


def test_these_smudges_came_before_those_complaints_says_the_page_of_the_root(marlow, seat, monitor, smudge):
    cause = open_cause("Nobody wipes the screen", owner=marlow.tom, by=marlow.priya, touchpoint=monitor, now=marlow.clock.now)
    for words in ("The screen is filthy.", "I cannot read my bill on it."):
        gather(cause, complains(marlow, monitor, words), by=marlow.priya, now=marlow.clock.now)
    priya, page = seat(marlow.priya), f"/desk/causes/{cause.public_id}"
    assert "Had somebody seen it before?" in priya.sees(page)
    answer = priya.posts(f"{page}/seen-before", {"seen": str(smudge.public_id)}, follow=True)
    number = Case.objects.filter(causes__cause=cause).count()
    assert smudge.cases.count() == number
    assert "Somebody had seen it before" in text_of(answer)


def test_the_card_of_a_touchpoint_leads_to_its_own_page(marlow, seat, monitor):
    card = seat(marlow.ines).sees(f"/desk/settings/touchpoints/{monitor.pk}/card")
    assert "Did you notice something?" in card and f"/seen/{monitor.key}?card=" in card
    assert seat(marlow.priya).opens(f"/desk/settings/touchpoints/{monitor.pk}/card").status_code == 403


def test_whether_customers_may_report_is_a_setting_of_the_touchpoint(marlow, seat, monitor):
    fields = {"name": monitor.name, "key": monitor.key, "customers_report": "on"}
    seat(marlow.ines).posts(f"/desk/settings/touchpoints/{monitor.pk}", fields)
    monitor.refresh_from_db()
    assert monitor.customers_report


def test_what_kept_proposes_is_refused_on_either_page_and_not_asked_again(marlow, seat, monitor, smudge, page):
    case, other = complains(marlow, monitor), marlow.john.mails("I saw smudges.", subject="Smudges")
    Case.objects.filter(pk=other.pk).update(touchpoint=monitor)
    priya, matter = seat(marlow.priya), f"/desk/cases/{case.public_id}"
    assert "Had somebody seen it before?" in priya.sees(matter)
    answer = priya.posts(f"{page}/before", {"case": str(case.public_id), "no": "yes", "back": matter})
    assert answer["Location"] == matter
    assert "seen it before" not in priya.sees(matter)
    assert "One may have suffered it" in priya.sees(page)
    priya.posts(f"{page}/before", {"case": str(other.public_id), "no": "yes"})
    assert "may have suffered it" not in priya.sees(page) and "suffered it</span>" not in priya.sees(page)


def test_a_notice_leads_to_the_thing_itself_whatever_it_is(marlow, seat, smudge, page):
    ben, cause = seat(marlow.ben), open_cause("Nobody wipes", owner=marlow.tom, by=marlow.ines, now=marlow.clock.now)
    assert ben.opens(f"/desk/about/{smudge.about}")["Location"] == page
    assert ben.opens(f"/desk/about/{cause.about}")["Location"] == f"/desk/causes/{cause.public_id}"
    for nothing in ("observation:999", "observation:x", "observation:" + "9" * 40, "team:1", "rubbish"):
        assert ben.opens(f"/desk/about/{nothing}").status_code == 404


def test_nobody_is_led_to_a_matter_they_may_not_see(marlow, seat, smudge):
    case = marlow.mary.fills_in_the_form("The box is torn.")
    may = Case.objects.visible_to(marlow.amira).filter(pk=case.pk).exists()
    assert seat(marlow.amira).opens(f"/desk/about/{case.about}").status_code == (302 if may else 404)
