"""The mail that John gets: one author, the right headers, nothing smuggled in."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from kept.channels.base import Attachment, Handle
from kept.channels.contract import an_answer
from kept.channels.email.writing import wire_address, write

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def written(**changed):
    return message_from_bytes(write(an_answer(**changed), now=NOW), policy=default)


def test_john_sees_priya_and_answers_to_the_signed_address():
    mail = written(reply_to="help+c42.k7f3@marlow.example", references=("first@example.org", "ack-1@marlow.example"))
    assert mail["from"] == "Priya Nair <help@marlow.example>"
    assert mail["to"] == "John Adeyemi <john@example.org>"
    assert mail["reply-to"].addresses[0].addr_spec == "help+c42.k7f3@marlow.example"
    assert mail["message-id"] == "<answer-1@marlow.example>"
    assert mail["in-reply-to"] == "<ack-1@marlow.example>"
    assert mail["references"] == "<first@example.org> <ack-1@marlow.example>"
    assert mail["date"].datetime == NOW
    assert mail["auto-submitted"] is None
    assert mail.get_content().replace("\r\n", "\n").startswith("Dear John,\n\nthe next one")


def test_a_server_without_plus_addresses_gets_no_reply_to():
    outgoing = an_answer(reply_to="help+c42.k7f3@marlow.example")
    assert b"Reply-To" not in write(outgoing, now=NOW, with_reply_to=False)


def test_what_kept_writes_by_itself_says_so():
    mail = written(automatic=True)
    assert (mail["auto-submitted"], mail["x-auto-response-suppress"], mail["x-kept-loop"]) == ("auto-replied", "All", "1")


def test_html_comes_with_the_same_words_as_text():
    mail = written(text="Grüße – Priya", html="<p>Grüße – Priya</p>")
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content().strip() for part in mail.iter_parts()] == ["Grüße – Priya", "<p>Grüße – Priya</p>"]


def test_files_go_along_under_their_names():
    files = (
        Attachment("Beleg März.pdf", "application/pdf", b"%PDF"),
        Attachment("x\r\nBcc: a", "message/rfc822", b"From: a\n\nb"),
    )
    mail = written(attachments=files)
    found = [(part.get_filename(), part.get_content_type(), part.get_content()) for part in mail.iter_attachments()]
    assert found == [("Beleg März.pdf", "application/pdf", b"%PDF"), ("x Bcc: a", "application/octet-stream", b"From: a\n\nb")]


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\0", "\u2028", "\u0085", "\x1c", "\v"])
def test_no_name_subject_or_header_can_smuggle_in_another_header(break_):
    evil = f"John{break_}Bcc: everybody@example.org{break_}{break_}<p>"
    raw = write(
        an_answer(
            to_name=evil,
            author=evil,
            subject=evil,
            message_id=evil,
            references=(evil,),
            headers={"X-Brand": evil, f"X-A{break_}Bcc": "x", "Bcc": "y@example.org", "To": "z@example.org"},
        ),
        now=NOW,
    )
    head = raw.split(b"\r\n\r\n")[0]
    names = [line.split(b":")[0].lower() for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))]
    assert len(names) == len(set(names))
    assert b"bcc" not in names
    mail = message_from_bytes(raw, policy=default)
    assert [one.addr_spec for one in mail["to"].addresses] == ["john@example.org"]


def test_a_subject_that_looks_encoded_arrives_as_it_was_typed():
    typed = "=?utf-8?q?Hello=0D=0ABcc:_x?="
    assert written(subject=typed)["subject"] == typed
    assert written(to_name=typed)["to"].addresses[0].addr_spec == "john@example.org"


def test_no_line_is_longer_than_a_server_takes():
    raw = write(
        an_answer(
            subject="ü" * 5000,
            to_name="ö" * 5000,
            text="x" * 100_000,
            html="ä" * 10_000,
            references=tuple(f"{'r' * 200}{n}@example.org" for n in range(300)),
            headers={"X-Long": "l" * 5000},
        ),
        now=NOW,
    )
    assert max(len(line) for line in raw.split(b"\r\n")) <= 990
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert raw.isascii()


def test_the_way_out_of_a_list_stays_on_one_line():
    link = f"<https://marlow.example/{'a' * 300}>"
    assert f"\r\nList-Unsubscribe: {link}\r\n".encode() in write(an_answer(headers={"List-Unsubscribe": link}), now=NOW)


def test_a_domain_with_an_umlaut_is_written_for_the_wire():
    assert wire_address("john@müller.example") == "john@xn--mller-kva.example"
    assert written(to=Handle("email", "john@müller.example"))["to"].addresses[0].domain == "xn--mller-kva.example"
