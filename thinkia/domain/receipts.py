"""What a receipt says: the content that was handed in, and a number that is easy to read aloud.

A number is eight characters chosen at random and one that checks them, as in ``T-7QHW-3MFP-K``. The
weighted sum of all nine is 0 modulo the prime 31, with a weight of its own for each place: whoever mistypes
one character, or exchanges any two, has another sum.
"""

from collections.abc import Callable, Iterable
from typing import Any

from thinkia.domain.answers import Line
from thinkia.domain.bases import QuestionKind

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0/O, 1/I/L, U
PREFIX = "T"
_PRIME = 31
_LENGTH = 8


def content(title: str, challenge: str, lines: Iterable[Line]) -> dict[str, Any]:
    """What is handed in, as a receipt keeps and hashes it. Questions without an answer are left out."""
    given = [line for line in lines if not line.is_empty]
    files = {line.question.code: line.value for line in given if line.question.kind is QuestionKind.FILE}
    answers = {line.question.code: line.value for line in given if line.question.code not in files}
    return {"title": title, "challenge": challenge, "answers": answers, "files": files}


def new_number(choose: Callable[[str], str]) -> str:
    """A number of characters that ``choose`` picks from the alphabet, one at a time."""
    while True:
        body = "".join(choose(ALPHABET) for _ in range(_LENGTH))
        check = _check(body)
        if check < len(ALPHABET):
            return f"{PREFIX}-{body[:4]}-{body[4:]}-{ALPHABET[check]}"


def normalised(text: str) -> str:
    """A number as it is stored, however it was typed: small letters, spaces, without hyphens."""
    kept = "".join(letter for letter in text.upper() if letter.isalnum())
    if len(kept) != len(PREFIX) + _LENGTH + 1 or not kept.startswith(PREFIX):
        return text.strip().upper()
    return f"{kept[0]}-{kept[1:5]}-{kept[5:9]}-{kept[9]}"


def is_well_typed(number: str) -> bool:
    """Whether the check character fits. It says nothing about whether such a receipt exists."""
    parts = number.split("-")
    if [len(part) for part in parts] != [1, 4, 4, 1] or parts[0] != PREFIX:
        return False
    body, check = parts[1] + parts[2], parts[3]
    known = all(letter in ALPHABET for letter in body + check)
    return known and _check(body) == ALPHABET.index(check)


def _check(body: str) -> int:
    """The value that makes the weighted sum 0; 30 has no character, so such numbers are not given."""
    total = sum(place * ALPHABET.index(letter) for place, letter in enumerate(body, 2))
    return -total % _PRIME
