"""Which submissions and jurors shared reviews link.

Jurors read by a chain of shared submissions can be compared. Across parts without any such chain nobody can
say whether one panel was strict or its submissions weak.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """Submissions and jurors that are linked with each other and with nobody else, by code."""

    submissions: tuple[str, ...]
    jurors: tuple[str, ...]


def parts_of(pairs: Iterable[tuple[str, str]]) -> tuple[Part, ...]:
    """The parts of (submission, juror) pairs, the one with the most submissions first; one alone when
    everything is linked.
    """
    roots: dict[tuple[bool, str], tuple[bool, str]] = {}
    for submission, juror in pairs:
        a, b = _root(roots, (False, submission)), _root(roots, (True, juror))
        roots[max(a, b)] = min(a, b)
    members: dict[tuple[bool, str], list[tuple[bool, str]]] = {}
    for node in sorted(roots):
        members.setdefault(_root(roots, node), []).append(node)
    found = [
        Part(tuple(code for juror, code in each if not juror), tuple(code for juror, code in each if juror))
        for each in members.values()
    ]
    return tuple(sorted(found, key=lambda part: (-len(part.submissions), part.submissions)))


def places_of(parts: Iterable[Part]) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """The number of its part, from 0, for each submission and for each juror."""
    numbered = list(enumerate(parts))
    return (
        {code: number for number, part in numbered for code in part.submissions},
        {code: number for number, part in numbered for code in part.jurors},
    )


def _root(roots: dict[tuple[bool, str], tuple[bool, str]], node: tuple[bool, str]) -> tuple[bool, str]:
    """The node that stands for all linked with this one; the way there is shortened."""
    above = roots.setdefault(node, node)
    while above != node:
        roots[node] = roots[above]
        node, above = above, roots[above]
    return node
