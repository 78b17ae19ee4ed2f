"""Names of files as they are kept: what a computer somewhere could take for more than a name is gone."""

import re
import unicodedata

LONGEST = 200
_SPACES = re.compile(r"\s+")
_UNSAFE = frozenset('<>:"|?*')


def clean_name(name: str) -> str:
    """NFC, one line, no folders, no controls or direction marks, at most 200 characters, its ending kept."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    seen = "".join(" " if each.isspace() else each for each in last if each.isspace() or _is_seen(each))
    stem, dot, ending = _SPACES.sub(" ", seen).strip(" .").rpartition(".")
    if not dot or not ending.isalnum() or not ending.isascii():
        stem, ending = (f"{stem}.{ending}" if dot else ending), ""
    tail = f".{ending}" if ending else ""
    return f"{(stem.strip() or 'file')[: LONGEST - len(tail)]}{tail}"


def ending_of(name: str) -> str:
    """The ending in small letters, without the dot; empty when there is none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter)[0] != "C" and letter not in _UNSAFE
