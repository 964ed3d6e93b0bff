"""A list as the counter's spreadsheet saves it: whichever program wrote it, and what cannot be used says why."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.lib.refusal import Refusal
from kept.lib.spreadsheets import as_text
from kept.surveys.reading_lists import Line, moment_in, read_list

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
LIST = """email,name,event_id,at,about,product,town
john@adeyemi.example,John Adeyemi,4711,2026-05-31 18:30,your order on Sunday,Diavola,Marlow
grace.okoro@whitby.example,Grace Okoro,4712,2026-05-31,,,
"""


def lines(text: str) -> list[Line]:
    return read_list(text, zone="Europe/London", now=NOW)


def test_each_row_is_somebody_who_met_us():
    john, grace = lines(LIST)
    assert (john.number, john.name, john.mistake) == (2, "John Adeyemi", "")
    assert john.told.event_id == "4711"
    assert john.told.at == datetime(2026, 5, 31, 17, 30, tzinfo=UTC)
    assert (john.told.about, john.told.product, john.told.facts) == ("your order on Sunday", "Diavola", {"town": "Marlow"})
    assert [handle.value for handle in john.told.handles] == ["john@adeyemi.example"]
    assert (grace.told.at, grace.told.facts) == (datetime(2026, 5, 31, 11, 0, tzinfo=UTC), {})


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_whatever_stands_between_the_cells(delimiter):
    assert [line.told.event_id for line in lines(LIST.replace(",", delimiter))] == ["4711", "4712"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_whichever_program_wrote_it_the_name_is_right(encoding):
    text = LIST.replace("Grace Okoro", "Änne Größe")
    assert lines(as_text(text.encode(encoding)))[1].name == "Änne Größe"


def test_german_columns_and_days_are_understood():
    read = lines("E-Mail;Kunde;Bestellung;Datum;Anlass\njohn@adeyemi.example;John;4711;31.5.2026 18:30;Ihre Bestellung\n")
    assert (read[0].told.at, read[0].told.about) == (datetime(2026, 5, 31, 17, 30, tzinfo=UTC), "Ihre Bestellung")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("john at home,John,1,2026-05-31", "needs an e-mail address"),
        (",John,1,2026-05-31", "needs an e-mail address"),
        ("john@adeyemi.example,John,1,last Sunday", "write the day as"),
        ("john@adeyemi.example,John,1,05/31/2026", "write the day as"),
        ("john@adeyemi.example,John,1,32.5.2026", "write the day as"),
        ("john@adeyemi.example,John,1,", "write the day as"),
        ("john@adeyemi.example,John,1,2020-05-31", "more than a year"),
        ("john@adeyemi.example", "write the day as"),
    ],
)
def test_a_row_that_cannot_be_used_says_why_and_the_others_count(row, says):
    wrong, right = lines(f"email,name,event_id,at\n{row}\ngrace@whitby.example,Grace,2,2026-05-31\n")
    assert wrong.told is None
    assert says in wrong.mistake
    assert right.told is not None


def test_a_number_that_stands_there_twice_is_one_occasion():
    first, again = lines("email,event_id,at\njohn@adeyemi.example,1,2026-05-31\njohn@adeyemi.example,1,2026-05-31\n")
    assert first.told is not None
    assert (again.told, again.mistake) == (None, "stands in this list twice")


def test_rows_without_a_number_are_named_by_what_stands_in_them():
    text = "email,at\njohn@adeyemi.example,2026-05-31\njohn@adeyemi.example,2026-05-30\n"
    first, other = lines(text)
    assert first.told.event_id != other.told.event_id
    assert lines(text)[0].told.event_id == first.told.event_id
    assert lines(text.replace("john", "JOHN"))[0].told.event_id == first.told.event_id


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "must name the columns"),
        ("name,at\nJohn,2026-05-31\n", "must name the columns"),
        ("email,name\njohn@adeyemi.example,John\n", "must name the columns"),
        ("email,at\n", "nobody in this list"),
        ("email,at\n\n , \n", "nobody in this list"),
        ("email,at\n" + "a@b.example,2026-05-31\n" * 1001, "At most 1000 rows"),
    ],
)
def test_what_is_no_list_is_refused_in_one_sentence(text, says):
    with pytest.raises(Refusal, match=says):
        lines(text)


def test_empty_rows_at_the_end_are_nobody():
    assert len(lines(LIST + "\n,,,,,,\n\n")) == 2


@given(st.binary(max_size=400))
def test_any_bytes_are_a_list_or_refused(content):
    try:
        read = read_list(as_text(content), zone="Europe/London", now=NOW)
    except Refusal:
        return
    assert read


@given(st.text(max_size=60))
def test_any_row_is_somebody_or_says_why(cell):
    quoted = '"' + cell.replace('"', '""') + '"'
    for line in lines(f"email,at,name\njohn@adeyemi.example,{quoted},{quoted}\ngrace@whitby.example,2026-05-31,Grace\n"):
        assert (line.told is None) == bool(line.mistake)


@given(st.datetimes(min_value=datetime(2025, 7, 1), max_value=datetime(2027, 5, 1)))  # noqa: DTZ001 - on the zone's wall clock
def test_a_day_means_the_same_in_every_spelling(day):
    spellings = [f"{day:%Y-%m-%d %H:%M}", f"{day:%Y-%m-%dT%H:%M}", f"{day.day}.{day.month}.{day.year} {day:%H:%M}"]
    assert len({moment_in(spelling, "Europe/Berlin") for spelling in spellings}) == 1
