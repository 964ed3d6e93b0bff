"""Problems are told in the language that the program asks for."""

from __future__ import annotations


def test_a_program_that_asks_for_german_is_refused_in_german(program):
    headers = {"Authorization": f"Bearer {program.secret}", "Accept-Language": "de"}
    assert program.client.get("/api/v1/nothing", headers=headers).json()["detail"] == "Hier ist nichts."
