"""The short code at the foot of a letter: typed by a customer, or read off a returned sheet by a machine that misreads.

Twenty letters and digits in groups of four: which letter, and 64 bits of an HMAC under the installation's key, in base 32 as
Crockford wrote it: no I, L, O or U. On a scan, whatever is often taken for another is tried both ways; the HMAC decides.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator
from itertools import combinations, islice, product

from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 20, 4
_ID, _MAC = 4, 8
_TAKEN_FOR = {"I": "1", "L": "1", "|": "1", "!": "1", "O": "0", "U": "V", "$": "S"}
"""What is in no code, and what it was."""
_ALIKE = {"8": "B", "B": "8", "5": "S", "S": "5", "2": "Z", "Z": "2", "6": "G", "G": "6C", "0": "DQ", "D": "0", "Q": "0"}
_ALIKE |= {"1": "J7T", "7": "1", "C": "G", "V": "Y", "4": "A", "M": "N", "N": "M"}
_MISREAD = 3
"""So many signs of one code may be taken for others; more, and a person reads it."""
_MOST_CODES = 20
_SIGN = "[0-9A-Z|!$]"
_LOOKS_LIKE_ONE = re.compile(
    rf"(?<![0-9A-Z])(?=((?:{_SIGN}{{4}}[ \t]?[-–—_.~ ][ \t]?){{4}}{_SIGN}{{4}}(?![0-9A-Z])|{_SIGN}{{20}}(?![0-9A-Z])))"
)


def letter_code(key: int) -> str:
    """The code of the letter with this key, in groups: "0000-4MT3-...". The same whenever it is asked for."""
    number = int.from_bytes(_body(key) + _mac(key), "big")
    letters = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read_letter_code(typed: str) -> int | None:
    """Which letter's code this is, capitals, hyphens and blanks aside; None when we did not make it."""
    letters = _letters(typed)
    return _key_in(letters) if letters else None


def letter_code_in(text: str) -> int | None:
    """The first code of ours that stands somewhere in this text, as far as a machine read it; None where none does."""
    candidates = islice(_LOOKS_LIKE_ONE.finditer(text.upper()), _MOST_CODES)
    read = (key for found in candidates for key in map(_key_in, _readings(_letters(found[1]))))
    return next((key for key in read if key is not None), None)


def _letters(typed: str) -> str:
    """The twenty signs without what stands between them; empty where they cannot be a code."""
    letters = "".join(_TAKEN_FOR.get(sign, sign) for sign in typed.upper() if not (sign.isspace() or sign in "-–—_.~"))
    return letters if len(letters) == LENGTH and all(sign in ALPHABET for sign in letters) else ""


def _readings(letters: str) -> Iterator[str]:
    """As it stands first, then with one, two and three signs taken for what they look like."""
    doubtful = [at for at, sign in enumerate(letters) if sign in _ALIKE]
    for misread in range(_MISREAD + 1 if letters else 0):
        for places in combinations(doubtful, misread):
            for others in product(*(_ALIKE[letters[at]] for at in places)):
                put = dict(zip(places, others, strict=True))
                yield "".join(put.get(at, sign) for at, sign in enumerate(letters))


def _key_in(letters: str) -> int | None:
    number = 0
    for sign in letters:
        number = number << 5 | ALPHABET.index(sign)
    if number >> 8 * (_ID + _MAC):
        return None
    whole = number.to_bytes(_ID + _MAC, "big")
    key = int.from_bytes(whole[:_ID], "big")
    return key if hmac.compare_digest(whole[_ID:], _mac(key)) else None


def _body(key: int) -> bytes:
    return key.to_bytes(_ID, "big")


def _mac(key: int) -> bytes:
    secret = hmac.digest(settings.SECRET_KEY.encode(), b"kept.lib.letter_codes", "sha256")
    return hmac.digest(secret, _body(key), "sha256")[:_MAC]
