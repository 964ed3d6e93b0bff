"""The public form: what is typed is stored before we say thank you, and a mistake costs nobody their words."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from kept.accounts.models import ChannelAccount
from kept.cases.models import Case, Message
from kept.intake.models import Arrival, Fate, Filed
from kept.places.models import Brand
from kept.web.customer.tests.conftest import text_of
from kept.web.public import form as form_page
from kept.wsgi import application

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "/to/contact"


def token_in(page) -> str:
    return str(re.findall(r'name="form_token" value="([a-z0-9]+)"', page.content.decode())[0])


def marys(**more: str) -> dict[str, str]:
    return {"name": "Mary Whitcombe", "email": "mary@bright.example", "message": "Twenty-four boxes arrived.", **more}


def their_word() -> Message:
    return Message.objects.get(is_theirs=True)


def test_the_thank_you_page_names_the_person_the_hour_and_the_private_page(visitor):
    sent = visitor.presses(FORM, **marys(wish="The other sixteen."))
    assert sent.status_code == 303
    page = visitor.reads(sent["Location"])
    assert "We have your words, Mary." in page
    assert "They went to one person, not to a pile. Received Monday 1 June, 09:00." in page
    assert "You hear from Priya Nair by Monday 1 June, 17:00." in page
    assert "If not, Ines Duarte is told that minute." in page
    private = re.findall(r'href="(/c/[a-z0-9]+)"', page)[0]
    assert "Priya Nair" in visitor.reads(private)
    assert (their_word().text, their_word().wish) == ("Twenty-four boxes arrived.", "The other sixteen.")


def test_the_bytes_that_were_posted_are_kept_as_they_came(visitor):
    visitor.presses(FORM, **marys())
    arrival = Arrival.objects.get()
    assert arrival.envelope["content-type"].startswith("multipart/form-data; boundary=")
    assert b'name="message"\r\n\r\nTwenty-four boxes arrived.\r\n' in arrival.bytes


def test_a_photo_comes_with_the_words(visitor):
    photo = SimpleUploadedFile("boxes.jpg", b"\xff\xd8 not really", content_type="image/jpeg")
    sent = visitor.at(lambda: visitor.client.post(FORM, {**marys(), "files": [photo]}))
    assert sent.status_code == 303
    assert [(file.name, file.content_type) for file in their_word().files.all()] == [("boxes.jpg", "image/jpeg")]


def test_a_wrong_form_comes_back_with_everything_typed_and_what_to_do(visitor):
    page = visitor.presses(FORM, **marys(message="", email="mary", wish="The other sixteen.", phone="07700 900812"))
    assert page.status_code == 422
    said = text_of(page)
    assert "<title>Mistake: Write to us" in said
    assert '<div class="error-summary" role="alert" tabindex="-1" autofocus' in said
    assert '<a href="#id_message">Say what happened, in your own words</a>' in said
    assert '<a href="#id_email">Write the address as in name@example.org</a>' in said
    assert 'aria-invalid="true"' in said
    for typed in ('value="Mary Whitcombe"', 'value="mary"', 'value="07700 900812"', "The other sixteen."):
        assert typed in said
    assert Arrival.objects.count() == 0


def test_the_corrected_form_still_carries_its_token(visitor):
    token = token_in(visitor.opens(FORM))
    assert token_in(visitor.presses(FORM, **marys(message="", form_token=token))) == token
    assert re.match("[a-z0-9]{40,}", token_in(visitor.presses(FORM, message="")))


def test_pressing_send_twice_is_one_contact(visitor):
    token = token_in(visitor.opens(FORM))
    thanks = [visitor.presses(FORM, **marys(form_token=token))["Location"] for _time in range(2)]
    assert Message.objects.filter(is_theirs=True).count() == 1
    assert thanks[0] == thanks[1]


def test_going_back_and_writing_something_else_is_not_swallowed(visitor):
    token = token_in(visitor.opens(FORM))
    visitor.presses(FORM, **marys(form_token=token))
    visitor.presses(FORM, **marys(form_token=token, message="And the invoice is wrong."))
    assert Message.objects.filter(is_theirs=True).count() == 2


def test_the_same_words_from_two_people_are_two_contacts(visitor):
    for name in ("mary", "john"):
        token = token_in(visitor.opens(FORM))
        visitor.presses(FORM, email=f"{name}@bright.example", message="Cold again.", form_token=token)
    assert Message.objects.filter(is_theirs=True).count() == 2


def test_what_a_robot_fills_into_the_hidden_field_is_set_aside_and_kept(visitor):
    page = visitor.reads(FORM)
    assert '<p hidden><label>Leave this empty <input name="website"' in page
    sent = visitor.presses(FORM, **marys(website="https://buy.example"))
    assert "Your words are kept." in visitor.reads(sent["Location"])
    assert Filed.objects.get().fate == Fate.SET_ASIDE
    assert Case.objects.count() == 0


def test_too_large_a_post_names_the_limit(visitor, settings, marlow):
    settings.MAX_CONTACT_BYTES = 1024 * 1024
    page = visitor.presses(FORM, **marys(message="x" * 1024 * 1024))
    assert page.status_code == 413
    assert "larger than the 1 MB we can take at once" in text_of(page)
    assert Arrival.objects.count() == 0


def test_a_film_too_large_to_take_costs_nobody_the_words_beside_it(settings, rf, marlow):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = settings.MAX_CONTACT_BYTES = 2 * 1024 * 1024
    film = SimpleUploadedFile("boxes.mp4", b"x" * 3 * 1024 * 1024, content_type="video/mp4")
    status, page = through_the_door(rf.post(FORM, {**marys(wish="The other sixteen."), "files": [film]}))
    assert status.startswith("413 ")
    assert "larger than the 2 MB we can take at once" in page and "Choose your files again" in page
    assert 'value="Mary Whitcombe"' in page and "Twenty-four boxes arrived." in page and "The other sixteen." in page
    assert Arrival.objects.count() == 0


def test_what_is_cut_short_is_shown_to_no_page_but_the_form(settings, rf, marlow):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = settings.MAX_CONTACT_BYTES = 2 * 1024 * 1024
    sent = rf.post("/c/nobody/words", {"message": "x" * 3 * 1024 * 1024}, HTTP_ACCEPT="text/html")
    assert through_the_door(sent) == (
        "413 Content Too Large",
        "This is larger than the 2 MB we take. Please send it in smaller parts.",
    )


def through_the_door(request) -> tuple[str, str]:
    """What a browser that sent these bytes reads."""
    heard: list[str] = []
    body = b"".join(application(request.environ, lambda status, _headers: heard.append(status)))
    return heard[0], body.decode()


def test_when_the_disk_fails_nothing_is_claimed_and_the_words_are_still_there(visitor, settings, tmp_path):
    no_folder = tmp_path / "not-a-folder"
    no_folder.write_text("")
    settings.DATA = no_folder
    photo = SimpleUploadedFile("boxes.jpg", b"x" * 300_000, content_type="image/jpeg")
    page = visitor.at(lambda: visitor.client.post(FORM, {**marys(), "files": [photo]}))
    assert page.status_code == 503
    said = text_of(page)
    assert "We could not store your words just now." in said
    assert "Twenty-four boxes arrived." in said
    assert "Choose your files again" in said
    assert Arrival.objects.count() == 0


def test_a_form_can_ask_less(marlow, visitor):
    ChannelAccount.objects.filter(slug="contact").update(settings={"asks_wish": "no", "subject_line": "From our site"})
    page = visitor.reads(FORM)
    assert 'name="wish"' not in page
    assert 'name="subject"' not in page
    assert 'name="message"' in page


def test_the_form_is_plain_html_without_script_or_cookie_and_may_be_embedded(visitor):
    page = visitor.opens(FORM)
    assert not page.cookies
    assert "<script" not in page.content.decode()
    assert 'style="' not in page.content.decode()
    assert "X-Frame-Options" not in page
    assert "frame-ancestors *" in page["Content-Security-Policy"]
    assert "no-store" in page["Cache-Control"]
    sent = visitor.presses(FORM, **marys())
    thanks = visitor.opens(sent["Location"])
    assert "frame-ancestors *" in thanks["Content-Security-Policy"]
    assert (thanks["Referrer-Policy"], thanks["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")
    assert not thanks.cookies


def test_only_the_form_and_its_thanks_may_be_embedded(visitor):
    for path in ("/", "/sign-in", "/c/nothing"):
        page = visitor.opens(path)
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
        assert page["X-Frame-Options"] == "DENY"


def test_opening_the_form_or_its_thanks_changes_nothing(visitor):
    sent = visitor.presses(FORM, **marys())
    before = Message.objects.count(), Arrival.objects.count(), list(Arrival.objects.values("state", "seen"))
    for path in (FORM, sent["Location"]):
        visitor.opens(path)
        visitor.at(lambda path=path: visitor.client.head(path))
    assert (Message.objects.count(), Arrival.objects.count(), list(Arrival.objects.values("state", "seen"))) == before


def test_a_closed_form_or_another_forms_thanks_is_not_there(marlow, visitor):
    sent = visitor.presses(FORM, **marys())["Location"]
    assert visitor.opens(sent.replace("/to/contact/", "/to/other/")).status_code == 404
    assert visitor.opens(sent[:-1]).status_code == 404
    ChannelAccount.objects.filter(slug="contact").update(closed_at=marlow.clock.now)
    assert visitor.opens(FORM).status_code == 404


def test_the_form_speaks_its_readers_language_else_the_brands(marlow, visitor):
    Brand.objects.update(language="de")
    assert visitor.opens(FORM)["Content-Language"] == "de"
    assert visitor.opens(FORM, **{"Accept-Language": "fr,it"})["Content-Language"] == "de"
    assert visitor.opens(FORM, **{"Accept-Language": "en-GB"})["Content-Language"] == "en"


def test_a_form_of_another_site_that_posts_the_plain_way_is_taken_too(visitor):
    body, kind = "message=Cold+again.&email=john%40a.example", "application/x-www-form-urlencoded"
    sent = visitor.at(lambda: visitor.client.post(FORM, body, content_type=kind))
    assert sent.status_code == 303
    assert their_word().text == "Cold again."


def test_the_view_reads_the_body_before_the_fields(marlow):
    request = RequestFactory().post(FORM, marys())
    assert form_page.form(request, "contact").status_code == 303
