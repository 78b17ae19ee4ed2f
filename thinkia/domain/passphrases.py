"""Which passphrases are too easy to guess, however long they are.

A passphrase is read from left to right in pieces: known phrases, common words, runs of the keyboard or of
the alphabet, what was already said, the person's own name. A piece counts for little; a character that
nothing explains counts for one. What is left has to be worth ``ENOUGH``. See docs/decisions.
"""

import re
import unicodedata
from collections.abc import Iterable

from thinkia.domain.known_phrases import PHRASES, WORDS

MINIMUM, MAXIMUM = 15, 500  # characters
ENOUGH = 9
_WORD_IS_WORTH, _PIECE_IS_WORTH = 3, 1

_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "abcdefghijklmnñopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "asdfghjklñ",
    "zxcvbnm",
    "qazwsxedcrfvtgbyhnujm",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "aeiou",
)
_LETTER_OF = str.maketrans("0134578@$!", "oieastbasi")
_YEAR = re.compile(r"(?:19|20)\d\d")


def is_guessable(passphrase: str, about: Iterable[str] = ()) -> bool:
    """Whether somebody who knows common phrases and ``about`` (name, e-mail) would soon find it."""
    own = {word for text in about for word in _words(text)}
    plain = _folded(passphrase)
    return any(_surprise(text, own) < ENOUGH for text in {plain, _folded(_unmasked(passphrase))})


def _surprise(text: str, own: set[str]) -> int:
    place = worth = 0
    while place < len(text) and worth < ENOUGH:
        length, counts = _piece(text, place, own)
        place, worth = place + length, worth + counts
    return worth


def _piece(text: str, place: int, own: set[str]) -> tuple[int, int]:
    """The longest piece that begins here, and what it counts for."""
    rest = text[place:]
    year = _YEAR.match(rest)
    found = (
        (_quoted(rest), _PIECE_IS_WORTH),
        (_longest(rest, own), 0),
        (_repeated(text, place), 0),
        (max(_run(rest), _same(rest)), _PIECE_IS_WORTH),
        (4 if year else 0, _PIECE_IS_WORTH),
        (_longest(rest, _COMMON), _WORD_IS_WORTH),
    )
    length, counts = max(found, key=lambda piece: piece[0])
    return (length, min(counts, length)) if length else (1, 1)


def _longest(rest: str, pieces: Iterable[str]) -> int:
    return max((len(piece) for piece in pieces if rest.startswith(piece)), default=0)


def _quoted(rest: str) -> int:
    """How much of a known phrase this is, from its beginning: eight characters, or all of it."""
    shared = ((_in_common(rest, phrase), len(phrase)) for phrase in _KNOWN)
    return max((length for length, whole in shared if length >= min(8, whole)), default=0)


def _repeated(text: str, place: int) -> int:
    """How much of what comes was already said, three characters at least."""
    length = 0
    while place + length < len(text) and text[place : place + length + 1] in text[:place]:
        length += 1
    return length if length >= 3 else 0


def _run(rest: str) -> int:
    longest = 0
    for run in _BOTH_WAYS:
        start = run.find(rest[:3])
        if len(rest) >= 3 and start >= 0:
            longest = max(longest, _in_common(rest, run[start:]))
    return longest


def _same(rest: str) -> int:
    """How often the first character is said, three times at least."""
    length = len(rest) - len(rest.lstrip(rest[0]))
    return length if length >= 3 else 0


def _in_common(one: str, other: str) -> int:
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def _folded(text: str) -> str:
    """Small letters without accents, and digits; nothing else."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if character.isalnum()) or "a" * len(text)


def _unmasked(text: str) -> str:
    """With ``p4ssw0rd`` written as ``password``: signs between two letters, or in front of one."""
    return re.sub(r"(?<![\d])[0134578@$!](?=[^\W\d])", lambda sign: sign[0].translate(_LETTER_OF), text)


def _words(text: str) -> set[str]:
    """The pieces of a name or address that somebody would try, and all of it."""
    pieces = {_folded(piece) for piece in re.split(r"[\W\d_]+", text) if len(piece) >= 3}
    return pieces | ({_folded(text)} if len(text) >= 3 else set())


_BOTH_WAYS = tuple(way for run in _RUNS for way in (run, run[::-1]))
_KNOWN = frozenset(_folded(phrase) for phrase in PHRASES)
_COMMON = frozenset(_folded(word) for word in WORDS)
