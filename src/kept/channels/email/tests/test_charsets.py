"""Letters survive what mail programs say about them."""

import pytest

from kept.channels.email.charsets import known_charset, safe_text

GREEK = "Η πίτσα ήρθε πάλι κρύα και κανείς δεν απάντησε στο γράμμα μου. Περιμένω από τη Δευτέρα."


@pytest.mark.parametrize(
    ("words", "written_in", "label"),
    [
        ("Tür", "utf-8", "UTF-8"),
        ("Tür", "utf-8", '"utf8"'),
        ("Tür", "utf-8", ""),
        ("Tür", "utf-8", "iso-8859-1"),
        ("Tür", "latin-1", "utf-8"),
        ("Tür", "latin-1", "x-unknown"),
        ("5 €", "cp1252", "ISO-8859-1"),
        ("cześć", "iso-8859-2", "iso-8859-2"),
        ("冷たい", "shift_jis", "shift_jis"),
        ("冷たい", "iso2022_jp", ""),
        ("차가운 피자", "cp949", "ks_c_5601-1987"),
        ("שלום", "iso-8859-8", "iso-8859-8-i"),
        (GREEK, "iso-8859-7", "iso-8859-7"),
        ("Tür", "utf-16", "utf-16"),
        ("Tür", "utf-16", ""),
        ("Tür", "utf-8-sig", "utf-8"),
        ("plain", "ascii", "rot13"),
        ("Tür", "utf-8", "zip"),
        ("Tür", "utf-8", "idna"),
    ],
)
def test_what_mary_wrote_is_what_is_read(words, written_in, label):
    assert safe_text(words.encode(written_in), label) == words


def test_a_letter_cut_in_half_spoils_only_itself():
    assert safe_text("Die Tür klemmt, schöne Grüße".encode()[:-3], "utf-8").startswith("Die Tür klemmt, schöne Gr")


def test_any_bytes_become_some_words():
    everything = bytes(range(256))
    for label in ("", "utf-8", "ascii", "cp1252", "shift_jis", "utf-16", "utf-7", "nonsense", "koi8-r"):
        safe_text(everything, label).encode()


def test_codecs_that_are_no_charset_are_not_used():
    assert [known_charset(one) for one in ("idna", "punycode", "base64", "hex", "unicode_escape", "utf-7", "", "\0")] == [""] * 8
