"""What a sender hears at each door of a running house: yes only for what is kept whole, and a reason for every no."""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
import smtplib
import socket
import subprocess
import threading
from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.counterparts.house import ROOT, House, a_house, eventually

HELP, ORDERS = "help@marlow.example", "orders@marlow.example"
MB = 1024 * 1024
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("doors")) as (running, _post):
        running.hires("Priya Nair", email="priya@marlow.example")
        running.opens("email", "Help", address=HELP)
        running.opens("email", "Orders", address=ORDERS)
        running.gives_a_token()
        yield running


@pytest.fixture(scope="module")
def door(house: House) -> str:
    return house.told("account", "add", "form", "--name", "Shop")["door"]


def received(house: House) -> int:
    return house.api("/audit")["received"]


def says_raw(house: House, head: str, body: bytes, *, then_hangs_up: bool = False) -> bytes:
    """Exactly these bytes on the line, and whatever comes back."""
    with socket.create_connection(("127.0.0.1", house.port), timeout=20) as line:
        line.sendall(head.replace("\n", "\r\n").encode() + b"\r\n" + body)
        if then_hangs_up:
            return b""
        return line.recv(65536)


def test_a_dropped_upload_keeps_nothing(house, door):
    before = received(house)
    says_raw(
        house,
        f"POST {door} HTTP/1.1\nHost: localhost\nContent-Type: {FORM}\nContent-Length: 500\n",
        b"message=My+pi",
        then_hangs_up=True,
    )
    assert house.post(door, {"message": "The next in line."}).status == 202
    eventually(lambda: received(house) == before + 1)


def test_a_chunked_upload_is_whole(house, door):
    name = f"Chunk {uuid4().hex}"
    first, second = f"name={name.replace(' ', '+')}&mess".encode(), b"age=In+two+pieces."
    body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (first, second)) + b"0\r\n\r\n"
    head = f"POST {door} HTTP/1.1\nHost: localhost\nContent-Type: {FORM}\nTransfer-Encoding: chunked\nConnection: close\n"
    assert b" 202 " in says_raw(house, head, body).split(b"\r\n")[0]
    [case] = eventually(lambda: house.api(f"/cases?q={name.replace(' ', '%20')}")["items"])
    assert house.api(f"/cases/{case['id']}")["messages"][0]["text"] == "In two pieces."


def test_without_a_length_nobody_could_say_that_it_is_all(house, door):
    answer = says_raw(house, f"POST {door} HTTP/1.1\nHost: localhost\nContent-Type: {FORM}\nConnection: close\n", b"")
    assert b" 411 " in answer.split(b"\r\n")[0]


def test_too_much_is_refused_with_the_limit_in_words(house, door):
    head = f"POST {door} HTTP/1.1\nHost: localhost\nContent-Type: {FORM}\nContent-Length: {36 * MB}\nConnection: close\n"
    answer = says_raw(house, head, b"message=")
    assert b" 413 " in answer.split(b"\r\n")[0]
    assert b"35 MB" in answer


def test_the_door_takes_posts_only_and_only_at_a_known_address(house, door):
    assert house.get(door).status == 405
    assert house.post("/in/nobody-here", {"message": "Hello?"}).status == 404


def test_the_same_key_is_the_same_contact_however_often_it_is_sent(house, door):
    key = {"Idempotency-Key": uuid4().hex}
    first, again = (house.post(door, {"message": "Once."}, key).json for _time in range(2))
    assert first == again
    assert house.post(door, {"message": "Once."}).json["receipt"] != first["receipt"]


def test_an_outsider_cannot_put_words_on_a_case_or_in_somebodys_mouth(house, door):
    case = house.api(
        "/contacts", {"medium": "phone", "from": {"name": "Mary", "identities": [["email", "m@m.example"]]}, "text": "Hi"}
    )
    forged = {
        "Case-Key": case["case"],
        "Written-By": "1",
        "Written_By": "1",
        "Verdict": "no",
        "Internaldate": "2020-01-01T00:00:00+00:00",
    }
    stranger = f"stranger-{uuid4().hex}@x.example"
    assert house.post(door, {"message": "Give it to me instead.", "email": stranger}, forged).status == 202
    [other] = eventually(lambda: house.api(f"/cases?q={stranger}")["items"])
    assert other["id"] != case["case"]
    words = house.api(f"/cases/{other['id']}")["messages"][0]
    assert words["author"] != "Priya Nair"
    assert len(house.api(f"/cases/{case['case']}")["messages"]) == 1


def test_a_wrong_signature_is_refused_and_its_bytes_are_kept_apart(house):
    till = house.opens("program", "Till", secret="a secret that is long enough for anybody")
    before = house.api("/audit")
    body = json.dumps({"medium": "api", "from": {"name": "Till"}, "text": "Forged."}).encode()
    wrong = "v1," + hmac.new(b"x", body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "Webhook-Id": "1", "Webhook-Timestamp": "1", "Webhook-Signature": wrong}
    assert house.post(till["door"], body, headers).status == 401
    after = eventually(lambda: house.api("/audit"))
    assert (after["received"], after["set_aside"]) == (before["received"] + 1, before["set_aside"] + 1)
    assert after["unaccounted"] == 0


def lmtp(house: House) -> smtplib.LMTP:
    line = smtplib.LMTP("127.0.0.1", house.lmtp_port, timeout=30)
    line.ehlo("mx.example")
    return line


def a_mail(text: str = "Hello.", *, subject: str = "Box", sender: str = "mary@m.example") -> bytes:
    return f"From: {sender}\r\nSubject: {subject}\r\nMessage-ID: <{uuid4().hex}@m.example>\r\n\r\n{text}\r\n".encode()


def conversation(house: House, mail: bytes, *to: str, sender: str = "mary@m.example") -> list[str]:
    """What each recipient is answered after the dot (RFC 2033)."""
    with socket.create_connection(("127.0.0.1", house.lmtp_port), timeout=30) as line, line.makefile("rwb") as talk:
        assert talk.readline().startswith(b"220")
        for said in ("LHLO mx.example", f"MAIL FROM:<{sender}>", *(f"RCPT TO:<{one}>" for one in to), "DATA"):
            talk.write(said.encode() + b"\r\n")
            talk.flush()
            while talk.readline()[3:4] == b"-":
                pass
        talk.write(mail + b".\r\n")
        talk.flush()
        return [talk.readline().decode().strip() for _one in to]


def test_lmtp_announces_the_size_it_takes_and_refuses_more(house):
    with lmtp(house) as line:
        assert line.esmtp_features["size"] == str(35 * MB)
        assert line.mail("mary@m.example", [f"SIZE={36 * MB}"])[0] == 552


def test_lmtp_answers_for_each_recipient(house):
    before = received(house)
    answers = conversation(house, a_mail("For both."), HELP, ORDERS)
    assert [answer[:3] for answer in answers] == ["250", "250"]
    eventually(lambda: received(house) == before + 2)
    assert house.api("/audit")["unaccounted"] == 0


def test_lmtp_knows_who_is_reached_here(house):
    with lmtp(house) as line:
        line.mail("mary@m.example")
        assert line.rcpt("nobody@marlow.example")[0] == 550
        assert line.rcpt(HELP.replace("@", "+anything@"))[0] == 250


def test_lmtp_takes_the_null_sender_and_lines_of_any_length(house):
    before = received(house)
    long = f"Length-{uuid4().hex} " + "x" * 5000
    assert conversation(house, a_mail(long, sender="long@m.example", subject="Long"), HELP, sender="")[0].startswith("250")
    eventually(lambda: received(house) == before + 1)


def test_eight_first_contacts_of_one_new_customer_at_once_are_eight_messages_of_one_customer(house, door):
    name, address = f"Eight {uuid4().hex}", f"eight-{uuid4().hex}@x.example"
    start, refused = threading.Barrier(8), []

    def writes(number: int) -> None:
        start.wait()
        if number % 2:
            answer = house.post(door, {"name": name, "email": address, "message": f"Word {number}"}).status
            refused.extend([answer] if answer != 202 else [])
        else:
            said = conversation(house, a_mail(f"Word {number}", sender=address), HELP, sender=address)[0]
            refused.extend([] if said.startswith("250") else [said])

    threads = [threading.Thread(target=writes, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == []

    def words() -> list[str]:
        cases = house.api(f"/cases?q={address}")["items"]
        return sorted(
            one["text"] for case in cases for one in house.api(f"/cases/{case['id']}")["messages"] if one["direction"] == "in"
        )

    assert eventually(lambda: len(words()) == 8)
    assert words() == [f"Word {number}" for number in range(8)]
    customers = {case["customer"]["id"] for case in house.api(f"/cases?q={address}")["items"]}
    assert len(customers) == 1


@pytest.mark.parametrize(
    ("account", "given", "code"),
    [(HELP, a_mail("By the pipe."), 0), (HELP, b" \n", 65), ("nobody", a_mail(), 77), (HELP, b"x" * (35 * MB + 1), 65)],
    ids=["kept", "empty", "unknown", "too large"],
)
def test_the_pipe_ends_with_a_code_that_mail_servers_understand(house, account, given, code):
    done = house.command("intake", account, given=given)
    assert done.returncode == code, done.stderr.decode()


def test_the_pipe_asks_to_try_again_when_the_database_is_gone(house):
    house.environment["KEPT_DATABASE_URL"] = "postgresql://kept@127.0.0.1:1/kept"
    try:
        assert house.command("intake", HELP, given=a_mail()).returncode == 75
    finally:
        del house.environment["KEPT_DATABASE_URL"]


@pytest.mark.parametrize(
    ("name", "value"), [("KEPT_LANGUAGE", "tlh"), ("KEPT_DATABASE_URL", "mysql://somewhere/kept"), ("KEPT_TIME_OFFSET", "soon")]
)
def test_the_pipe_asks_to_try_again_when_a_setting_is_wrong(house, name, value):
    house.environment[name] = value
    try:
        refused = house.command("intake", HELP, given=a_mail())
    finally:
        del house.environment[name]
    assert refused.returncode == 75
    assert name in refused.stderr.decode()


def test_the_pipe_asks_to_try_again_when_it_was_called_wrongly(house):
    assert house.command("intake", given=a_mail()).returncode == 75


def test_the_pipe_asks_to_try_again_when_python_itself_is_not_there(tmp_path):
    copy = shutil.copy(ROOT / "kept", tmp_path / "kept")
    codes = [
        subprocess.run(["/bin/sh", copy, verb, HELP], env={"PATH": str(tmp_path)}, capture_output=True, check=False).returncode
        for verb in ("intake", "doctor")
    ]
    assert codes[0] == 75
    assert codes[1] not in (0, 75)
