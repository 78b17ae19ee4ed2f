"""The text of a letter with names in braces that stand for what differs from reader to reader.

``{nombre}`` and ``{name}`` mean the same: each language has its own names, and both are understood in both.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 3_000  # characters
_NAMED = re.compile(r"\{([^{}\n]*)\}")
_ADDRESS = re.compile(r"https?:|www\.", re.IGNORECASE)


class Blank(StrEnum):
    """What may be filled in. There is none for a mark."""

    NAME = "name"
    CALL = "call"
    HOST = "host"
    SECTOR = "sector"
    OPENS = "opens"
    CLOSES = "closes"
    UNTIL = "until"
    LEFT = "left"


NAMES: Mapping[str, Mapping[Blank, str]] = {
    "es": {
        Blank.NAME: "nombre",
        Blank.CALL: "convocatoria",
        Blank.HOST: "organiza",
        Blank.SECTOR: "sector",
        Blank.OPENS: "desde",
        Blank.CLOSES: "hasta",
        Blank.UNTIL: "vence",
        Blank.LEFT: "pendientes",
    },
    "en": {blank: blank.value for blank in Blank},
}
_MEANT = {name: blank for names in NAMES.values() for blank, name in names.items()}


class TextFaultKind(StrEnum):
    UNKNOWN_BLANK = "unknown_blank"
    LONE_BRACE = "lone_brace"
    LONG = "long"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class TextFault:
    """What keeps a text from being sent; ``name`` is what stands between the braces."""

    kind: TextFaultKind
    name: str = ""


def faults(text: str, allowed: Collection[Blank]) -> list[TextFault]:
    """Everything that is wrong with a text in which ``allowed`` blanks may stand."""
    found = [
        TextFault(TextFaultKind.UNKNOWN_BLANK, name)
        for name in dict.fromkeys(_NAMED.findall(text))
        if _MEANT.get(name.strip().casefold()) not in allowed
    ]
    if re.search(r"[{}]", _NAMED.sub("", text)):
        found.append(TextFault(TextFaultKind.LONE_BRACE))
    if len(text) > LONGEST:
        found.append(TextFault(TextFaultKind.LONG))
    if _ADDRESS.search(text):
        found.append(TextFault(TextFaultKind.ADDRESS))
    return found


def filled(text: str, values: Mapping[Blank, str]) -> str:
    """The text with each blank filled in. A name that means nothing stays as it stands."""

    def value_of(match: re.Match[str]) -> str:
        blank = _MEANT.get(match[1].strip().casefold())
        return values.get(blank, match[0]) if blank else match[0]

    return _NAMED.sub(value_of, text)


def blank(name: Blank, language: str) -> str:
    """How a blank is written in a language: ``{nombre}``."""
    return f"{{{NAMES[language][name]}}}"
