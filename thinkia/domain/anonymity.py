"""What tells a jury that reads without names who applies, as far as a program can see it.

The platform leaves out what it knows to be a name: of a team, of people, of institutions, of their files.
What people write is their own. ``mentions`` finds in it the names that the platform knows, to be shown to
those who wrote it before they hand in. It decides nothing.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

from thinkia.domain.bases import FILE_TYPES
from thinkia.domain.file_names import ending_of

SHORTEST = 4  # letters of a name of one word: shorter ones are in every text
_WORD = re.compile(r"\w+")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.])(?:\+?593[ .-]?|0)9(?:[ .-]?\d){8}(?!\w)")  # of a mobile, as Ecuador has them
_BETWEEN = frozenset({"de", "del", "la", "las", "los", "y", "e", "el", "of", "the", "and"})


def neutral_name(submission: str, question: str, name: str) -> str:
    """What a file is called where its author's name for it is not told: by codes, with its ending."""
    ending = ending_of(name)
    return f"{submission}-{question}" + (f".{ending}" if ending in FILE_TYPES else "")


def mentions(text: str, *, people: Iterable[str] = (), others: Iterable[str] = ()) -> list[str]:
    """What in a text says who wrote it, as it would be shown: each once, in the order of the arguments.

    Of ``people``, two of their names side by side are enough ("Ana Cango" of "Ana Lucía Cango Pérez"); of
    ``others`` (a team, an institution) the whole name. Accents and case do not matter. Addresses of e-mail
    and numbers of mobile telephones are found by their form.
    """
    words = _words(text)
    told = [name for name in people if _side_by_side(words, _words(name))]
    told += [name for name in others if _within(words, _words(name))]
    told += [found.group() for pattern in (_EMAIL, _PHONE) for found in pattern.finditer(text)]
    return list(dict.fromkeys(told))


def _words(text: str) -> list[str]:
    """The words of a text without accents and case, those that only join others left out."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return [word for word in _WORD.findall(plain) if word not in _BETWEEN]


def _side_by_side(words: Sequence[str], name: Sequence[str]) -> bool:
    if len(name) < 2:
        return _within(words, name)
    return any(first != second and {first, second} <= set(name) for first, second in pairwise(words))


def _within(words: Sequence[str], name: Sequence[str]) -> bool:
    if not name or (len(name) == 1 and len(name[0]) < SHORTEST):
        return False
    starts = range(len(words) - len(name) + 1)
    return any(list(words[start : start + len(name)]) == list(name) for start in starts)
