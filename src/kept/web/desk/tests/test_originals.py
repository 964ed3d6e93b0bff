"""Originals and files are downloads; a laid-out mail is shown cleaned, under a policy of its own."""

from __future__ import annotations

import pytest

from kept.cases.models import Message
from kept.demo.cast import CustomerOfMarlow

HTML_MAIL = """<html><body><h1>Boxes</h1><script>alert(1)</script><p onclick="x()">Where are they?</p>
<img src="https://tracker.example/p.gif"></body></html>"""


@pytest.fixture
def word(marlow):
    case = marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    Message.objects.filter(case=case).update(html=HTML_MAIL)
    return case.messages.get(is_theirs=True)


def test_the_original_comes_as_it_reached_us_and_only_as_a_download(marlow, seat, word):
    answer = seat(marlow.priya).opens(f"/desk/messages/{word.public_id}/original")
    assert b"Subject: 16 boxes" in answer.content
    assert answer["Content-Disposition"].startswith("attachment") and answer["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_laid_out_mail_runs_nothing_and_loads_nothing(marlow, seat, word):
    answer = seat(marlow.priya).opens(f"/desk/messages/{word.public_id}/html")
    page = answer.content.decode()
    assert "<h1>Boxes</h1>" in page and "Where are they?" in page
    assert "alert(1)" not in page and "onclick" not in page and "tracker.example" not in page
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.parametrize("part", ["original", "html"])
def test_a_stranger_gets_neither(marlow, seat, word, part):
    assert seat(None).opens(f"/desk/messages/{word.public_id}/{part}").status_code == 302


def test_a_file_is_a_download_whatever_it_says_it_is(marlow, seat, word):
    from kept.cases.models import Attached
    from kept.files import keeping

    kept = keeping.keep(b"<script>alert(1)</script>")
    file = Attached.objects.create(message=word, name="a.html", content_type="text/html", size=25, content=kept)
    answer = seat(marlow.priya).opens(f"/desk/files/{file.pk}")
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream" and "attachment" in answer["Content-Disposition"]
    assert seat(marlow.priya).opens("/desk/files/999999").status_code == 404


def test_nobody_without_a_name_breaks_the_page(marlow, seat):
    case = CustomerOfMarlow(marlow, "", "quiet@crowd.example").mails("Hello?", subject="")
    assert "Somebody without a name" in seat(marlow.priya).sees(f"/desk/cases/{case.public_id}")
