"""The call file: a call's bases as one document that people and programs read and write.

``read_bases`` takes YAML 1.2 or JSON and gives back bases free of contradictions, or raises
``CallFileErrors`` with every error and its place. ``write_bases`` is its canonical inverse: what it
writes reads back as the same bases, and writing those gives the same bytes. ``docs/call-file.md`` is
the reference for people.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from thinkia.calls.call_file import writer
from thinkia.calls.call_file.errors import CallFileError, CallFileErrors
from thinkia.calls.call_file.open_file import OpenFile
from thinkia.calls.call_file.sentences import sentence
from thinkia.calls.call_file.shipped import shipped_codes, shipped_text
from thinkia.domain.bases import Bases, JuryRules, RankingRules
from thinkia.domain.bases_check import (
    Problem,
    ProblemKind,
    jury_problems,
    order_problems,
    problems,
    ranking_problems,
)
from thinkia.domain.zones import zone_named

__all__ = [
    "CallFileError",
    "CallFileErrors",
    "bases_of",
    "read_bases",
    "read_jury_rules",
    "read_ranking_rules",
    "read_winners",
    "sentence",
    "shipped_codes",
    "shipped_text",
    "write_bases",
]

RULES = frozenset({"schema_version", "rubric", "method", "tie_break", "cut_off", "rounds"})


def read_bases(text: str | bytes) -> Bases:
    """The bases in a call file. Raises ``CallFileErrors``; a draft may be incomplete, never contradictory."""
    file = OpenFile(text)
    bases = Bases(**file.sections(Bases))
    file.add(problems(bases, file.unread, file.partly))
    if "calendar" in file.unread:
        file.add(_dates_out_of_order(file))
    file.raise_errors()
    return bases


def _dates_out_of_order(file: OpenFile) -> Iterator[Problem]:
    """What the dates that could be read contradict, where others could not be read."""
    dates = {path[1:]: at for path, at in file.instants.items() if path[0] == "calendar"}
    zone = file.zone()
    if zone is not None:
        yield from order_problems(dates, zone)


def read_ranking_rules(text: str | bytes) -> RankingRules:
    """Rubric, method, tie chain and cut-off of a whole call file or of a file with nothing else."""
    file = OpenFile(text)
    values = file.sections(Bases, wanted=RULES | ({"jury"} & file.keys))
    jury = values.pop("jury", None)
    values.pop("schema_version", None)
    rules = RankingRules(**values)
    file.add(ranking_problems(rules, jury, without=file.unread, partly=file.partly))
    file.raise_errors()
    return rules


def read_winners(text: str | bytes) -> int | None:
    """How many places win, where the file says so; rules alone need not."""
    file = OpenFile(text)
    values = file.sections(Bases, wanted=frozenset({"winners"}) & file.keys)
    file.raise_errors()
    return values.get("winners")


def read_jury_rules(text: str | bytes) -> JuryRules:
    """The jury of a whole call file, of a file with nothing else, or written alone: size, sectors, balance.

    Sectors may be a call's own: whoever has the jurors knows whether anybody sits for them.
    """
    file = OpenFile(text)
    alone = "jury" not in file.keys and bool(file.keys & {"size", "sectors"})
    if alone:
        values = file.sections(JuryRules)
        unread = None in values.values() or "size" not in values
        jury = None if unread else JuryRules(**values)
    else:
        file.require("jury")
        jury = file.sections(Bases, wanted=frozenset({"jury"})).get("jury")
    found = jury_problems(jury) if jury else ()
    lifted = (replace(one, path=one.path[1:]) if alone else one for one in found)
    file.add(one for one in lifted if one.kind is not ProblemKind.UNKNOWN_SECTOR)
    file.raise_errors()
    return jury or JuryRules(0)


@lru_cache(maxsize=512)
def bases_of(text: str) -> Bases:
    """The bases in a canonical text that ``write_bases`` made: read once, not checked again."""
    file = OpenFile(text)
    values = file.sections(Bases)
    file.raise_errors()
    return Bases(**values)


@lru_cache(maxsize=512)
def bases_in_round(text: str, number: int) -> Bases:
    """The same as they apply in one round, counted from 0; as they are, where there are none."""
    bases = bases_of(text)
    return bases.in_round(number) if bases.rounds else bases


def write_bases(bases: Bases) -> str:
    """The canonical call file of these bases."""
    return "\n".join((*writer.lines(bases, zone_named(bases.time_zone)), ""))
