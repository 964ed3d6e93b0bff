"""Bytes to words without ever raising: real mail lies about its charset, or says nothing."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

# What senders say, and what they mean: the name on the left is labelled, the superset on the right is what is sent.
_ALIASES = {
    "iso8859-1": "cp1252",
    "ascii": "",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "iso2022_jp": "iso2022_jp_ext",
}
_SPELLINGS = {"iso-8859-8-i": "iso8859-8", "ks_c_5601-1987": "cp949", "x-sjis": "cp932", "x-gbk": "gb18030", "utf8mb4": "utf-8"}
# Codecs that are no charset of mail; idna and punycode also cost quadratic time on long input.
_NEVER = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "utf_7"})
_TWO_BYTES = frozenset({"gb18030", "cp932", "cp949", "cp950", "big5hkscs", "euc_jp", "euc_jis_2004", "shift_jis_2004", "johab"})
_NOT_OVER_ASCII = re.compile(r"utf-(16|32)|hz|iso2022")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4000  # bytes that the guess looks at
_ENOUGH = 20  # bytes over 127 without which any guess is a bad one
_WESTERN_SHARE = 0.3  # of bytes over 127 among letters: French stays under it, Greek and Russian far over it


def safe_text(content: bytes, declared: str = "", *, guess: bool = True) -> str:
    """The words in these bytes, by the declared charset where it is true, else by what fits. Never raises.

    `guess` allows the slow look at unlabelled bytes that are neither UTF-8 nor Western.
    """
    name = known_charset(declared)
    if content.isascii() and b"\x1b" not in content and not _NOT_OVER_ASCII.match(name):
        return content.decode("ascii")
    for candidate in _candidates(content, name):
        try:
            return content.decode(candidate)
        except (UnicodeError, LookupError):
            continue
    if _is_mostly_utf8(content):
        return content.decode("utf-8", "replace")
    if name and name != "utf-8":
        return content.decode(name, "replace")
    return _guessed(content) if guess else _western(content)


@lru_cache(maxsize=256)
def known_charset(declared: str) -> str:
    """Python's name for what the sender most likely means by `declared`; empty for unknown, junk and ASCII."""
    found = re.match(r"[\s\"']*([A-Za-z0-9][A-Za-z0-9._:+-]{0,40})", declared)
    if not found:
        return ""
    label = found[1].lower()
    try:
        name = codecs.lookup(_SPELLINGS.get(label, label)).name
        b"a".decode(name, "replace")  # LookupError for codecs that do not make text, such as zip
    except (LookupError, ValueError):
        return ""
    return "" if name.replace("-", "_") in _NEVER else _ALIASES.get(name, name)


def _candidates(content: bytes, name: str) -> list[str]:
    """In the order to try, strictly. UTF-8 goes before one-byte charsets: their text is never UTF-8 by accident."""
    marked = [codec for mark, codec in _BOMS if content.startswith(mark)][:1]
    if b"\x1b$" in content and not name:
        return [*marked, "iso2022_jp_ext"]
    if name in _TWO_BYTES or _NOT_OVER_ASCII.match(name):
        return [*marked, name, "utf-8"]
    return [*marked, "utf-8", *([name] if name and name != "utf-8" else [])]


def _is_mostly_utf8(content: bytes) -> bool:
    """UTF-8 with a few bytes damaged or cut off."""
    broken = content.decode("utf-8", "replace").count("\ufffd")
    whole = len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]", content))
    return whole > 2 * broken


def _guessed(content: bytes) -> str:
    over_ascii = sum(byte > 127 for byte in content[:_SAMPLE])
    letters = sum(bytes((byte,)).isalpha() for byte in content[:_SAMPLE])
    if over_ascii > _ENOUGH and over_ascii > _WESTERN_SHARE * (over_ascii + letters):
        from charset_normalizer import from_bytes  # large tables: loaded only by the rare mail that needs them

        best = from_bytes(content[:_SAMPLE]).best()
        if best is not None:
            return content.decode(best.encoding, "replace")
    return _western(content)


def _western(content: bytes) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeError:
        return content.decode("latin-1")
