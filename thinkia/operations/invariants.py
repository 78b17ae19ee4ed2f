"""What must always hold of the data (``docs/operations.md``, *What is checked*).

Each rule yields the names of what breaks it: public codes, never people. A rule is a query, or a pass
that holds one portion of rows at a time.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from thinkia.calls.call_file import bases_in_round, bases_of
from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_id
from thinkia.domain.marks import is_allowed
from thinkia.domain.phases import windows
from thinkia.domain.ranking.findings import CannotRankError
from thinkia.operations import queries
from thinkia.operations.report import Line, Place, enumerated, well, wrong
from thinkia.results.computation import computed, inputs_of
from thinkia.results.queries import published_ranking

PATIENCE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """Who breaks it, and the words for both cases. ``broken`` names them as ``%(codes)s``."""

    offenders: Callable[[Place], Iterator[str]]
    holds: Any
    broken: Any

    def lines(self, place: Place) -> Iterator[Line]:
        """Whether it holds, in words."""
        codes = enumerated(self.offenders(place))
        yield wrong(str(self.broken) % {"codes": codes}) if codes else well(self.holds)


def unguarded_journal(_place: Place) -> Iterator[str]:
    if not queries.journal_is_guarded():
        yield "journal"


def failed_tasks(_place: Place) -> Iterator[str]:
    return (f"{task.id} {task.task}" for task in queries.failed_tasks())


def overdue_tasks(place: Place) -> Iterator[str]:
    return (f"{task.id} {task.task}" for task in queries.overdue_tasks(place.now - PATIENCE))


def unsent_letters(place: Place) -> Iterator[str]:
    return (f"{letter.id} {letter.template}" for letter in queries.unsent_letters(place.now - PATIENCE))


def without_receipt(_place: Place) -> Iterator[str]:
    return (row.code for row in queries.handed_in_without_receipt())


def altered_receipts(_place: Place) -> Iterator[str]:
    return (row.number for row in queries.receipts() if _sha256(row.content) != row.content_sha256)


def altered_bases(_place: Place) -> Iterator[str]:
    return (
        f"{row.code} ({row.number})" for row in queries.bases_versions() if _sha256(row.content) != row.sha256
    )


def other_windows(_place: Place) -> Iterator[str]:
    """Calls whose windows, as lists ask for them, are not those of the round that they are in."""
    for call in queries.published_calls():
        declared = windows(bases_in_round(call.content, call.round).calendar)
        expected = {(kind, window.opens, window.closes) for kind, window in declared.items()}
        if {(copy.kind, copy.opens, copy.closes) for copy in queries.windows_of(call.id)} != expected:
            yield call.code


def marks_off_their_scale(_place: Place) -> Iterator[str]:
    """Each mark by the rubric of the round in which it was given."""
    for call in queries.published_calls():
        for mark in queries.marks_given(call.id):
            number = call.round if mark.closed_round is None else mark.closed_round
            judged = bases_in_round(call.content, number).rubric.judged
            scale = next((each.scale for each in judged if each.code == mark.criterion), None)
            if scale is None or not is_allowed(scale, mark.value):
                yield f"{mark[2]} ({mark.criterion}: {mark.value:f})"


def reviews_in_spite_of_a_conflict(_place: Place) -> Iterator[str]:
    return (row.code for row in queries.reviews_in_spite_of_a_conflict())


def reviews_from_paper_alone(_place: Place) -> Iterator[str]:
    return (row.code for row in queries.reviews_from_paper_alone())


def reviews_imported_alone(_place: Place) -> Iterator[str]:
    return queries.reviews_imported_alone()


def values_that_nobody_confirmed(_place: Place) -> Iterator[str]:
    return (f"{row.code} ({row.metric})" for row in queries.values_that_nobody_confirmed())


def other_orders(_place: Place) -> Iterator[str]:
    """Calls whose published order is not what the same marks and rules give now, or is not there."""
    for call_id in queries.decided_calls():
        call = call_by_id(call_id)
        if call is not None and not _is_reproduced(call):
            yield call.code


def _is_reproduced(call: Call) -> bool:
    published = published_ranking(call)
    if published is None or call.results_published_at is None:
        return False
    try:
        return computed(call, inputs_of(call)).content == published.content
    except CannotRankError:
        return False


def crowded_teams(_place: Place) -> Iterator[str]:
    for call in queries.published_calls():
        most = bases_of(call.content).team.max
        if most is not None:
            yield from queries.teams_larger_than(call.id, most)


def lost_files(place: Place) -> Iterator[str]:
    """Contents that are not there or, when files are to be read, that are not what their name says."""
    for sha256, submission in queries.stored_files():
        if not place.storage.holds(sha256) or (place.read_files and _content(place, sha256) != sha256):
            yield f"{submission} ({sha256[:12]})"


def _content(place: Place, sha256: str) -> str:
    sha = hashlib.sha256()
    for chunk in place.storage.chunks(sha256):
        sha.update(chunk)
    return sha.hexdigest()


def _sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


RULES: Sequence[Rule] = (
    Rule(
        unguarded_journal,
        _l("The journal can only grow: the database refuses anything else."),
        _l("The database would let lines of the %(codes)s be changed: its trigger is not there."),
    ),
    Rule(
        failed_tasks,
        _l("No task has failed for good."),
        _l("Tasks have failed and nobody tries them any more: %(codes)s. See: flask outbox failed"),
    ),
    Rule(
        overdue_tasks,
        _l("No task has waited for more than an hour."),
        _l("Tasks have waited for more than an hour, so nothing runs them: %(codes)s."),
    ),
    Rule(
        unsent_letters,
        _l("No letter has waited for more than an hour."),
        _l("Letters have waited for more than an hour: %(codes)s."),
    ),
    Rule(
        without_receipt,
        _l("Everything handed in has its receipt."),
        _l("Handed in without a receipt: %(codes)s."),
    ),
    Rule(
        altered_receipts,
        _l("Every receipt's content has the receipt's hash."),
        _l("Receipts whose content is not what their hash says: %(codes)s."),
    ),
    Rule(
        altered_bases,
        _l("Every version of the bases has its hash."),
        _l("Bases whose text is not what their hash says: %(codes)s."),
    ),
    Rule(
        other_windows,
        _l("Lists know the dates of the bases."),
        _l("Calls whose dates in lists are not those of their bases: %(codes)s."),
    ),
    Rule(
        marks_off_their_scale,
        _l("Every mark is on its scale."),
        _l("Marks outside their scale, by review: %(codes)s."),
    ),
    Rule(
        reviews_in_spite_of_a_conflict,
        _l("No juror with a conflict reviews that submission."),
        _l("Reviews that stand although their juror has a conflict: %(codes)s."),
    ),
    Rule(
        reviews_from_paper_alone,
        _l("Every review from paper was entered by two people."),
        _l("Reviews from paper that no two people entered: %(codes)s."),
    ),
    Rule(
        reviews_imported_alone,
        _l("Every imported review was brought in by two people."),
        _l("Imported reviews that no two people brought in: %(codes)s."),
    ),
    Rule(
        values_that_nobody_confirmed,
        _l("Every measured value was entered by two people."),
        _l("Measured values that no two people entered: %(codes)s."),
    ),
    Rule(
        other_orders,
        _l("Every published order is the one that its marks give."),
        _l("Calls whose published order is not the one that the marks give now: %(codes)s."),
    ),
    Rule(
        crowded_teams,
        _l("No team is larger than its call allows."),
        _l("Teams larger than their call allows: %(codes)s."),
    ),
    Rule(
        lost_files,
        _l("Every file of an answer is there."),
        _l("Files that are not there, or not what they were, by submission: %(codes)s."),
    ),
)
