"""Calls of two rounds: two go on from the first and one waits, unless something else is said."""

from dataclasses import replace

from tests import builders as given
from tests.builders import DAY, NOON, both
from tests.results.scenes import bases, judged
from thinkia.domain.bases import Round, Window
from thinkia.domain.rounds import Advance
from thinkia.results import services
from thinkia.submissions.queries import submission_by_code

MARKS = {
    "Yaku": ((5, 5), (5, 5)),
    "Inti": ((4, 4), (4, 4)),
    "Sumak": ((3, 3), (3, 3)),
    "Killa": ((2, 2), (2, 2)),
}


def windows(now=NOON):
    """Of the first round, which is over, and of the last one, which begins now."""
    return Window(now - 10 * DAY, now - DAY), Window(now, now + 10 * DAY)


def rules(code="judged", now=NOON, *, first=None, last=None, **changes):
    preliminary, final = windows(now)
    calendar = replace(
        given.after_evaluation(now),
        evaluation=Window(preliminary.opens, final.closes),
        results=final.closes + DAY,
    )
    told = {"advance": Advance(top=2), "waiting": 1} | (first or {})
    one = Round("preliminar", title=both("Preliminar", "Preliminary"), evaluation=preliminary, **told)
    two = Round("final", title=both("Final"), evaluation=final, **(last or {}))
    return bases(code, now, calendar=calendar, rounds=(one, two), **changes)


def scene_of(marks=None, now=NOON, **told):
    return judged(marks or MARKS, rules=rules(now=now, **told), now=now)


def closed(scene, now=NOON):
    """The round is closed by the order that the chair confirms."""
    return services.close_round(scene.confirm(now=now), given.acting(scene.organiser), now)


def states(scene):
    return {name: submission_by_code(scene.code(name)).state for name in scene.submissions}


def mark_again(scene, marks, now=NOON):
    """The jurors read those who went on once more."""
    for name, (impacto, viabilidad) in marks.items():
        for juror in scene.jurors:
            given.a_review(juror, scene.submissions[name], impacto=impacto, viabilidad=viabilidad, now=now)
