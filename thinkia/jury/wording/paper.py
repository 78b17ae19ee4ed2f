"""A ballot on paper in words, for who compares it with the paper."""

from collections.abc import Iterator

from flask_babel import gettext as _

from thinkia.calls.wording.numbers import listed, number
from thinkia.calls.wording.ranking import criterion_title
from thinkia.domain.ballot import Given
from thinkia.domain.marks import highest
from thinkia.domain.paper import TypedBallot
from thinkia.domain.rubric import Criterion, Rubric
from thinkia.web.pages import plain


def paper_lines(paper: TypedBallot, rubric: Rubric) -> Iterator[tuple[str, str]]:
    """(what, what stands on the paper), in the order of the ballot."""
    ballot = paper.ballot(rubric)
    for one in rubric.judged:
        given = ballot.given[one.code]
        yield criterion_title(one), _mark(one, given)
        if given.reason:
            yield _("%(criterion)s: reason", criterion=criterion_title(one)), given.reason
    if ballot.feedback:
        yield _("Comment to the team"), ballot.feedback
    if ballot.note:
        yield _("Note to the jury"), ballot.note


def _mark(one: Criterion, given: Given) -> str:
    if given.mark is None:
        return _("No mark")
    words = _("%(mark)s of %(highest)s", mark=number(given.mark), highest=number(highest(one.scale)))
    if one.scale.checklist is None:
        return words
    met = [plain(one.items[index]) for index, yes in given.items.items() if yes and index < len(one.items)]
    return _("%(mark)s, with: %(items)s", mark=words, items=listed(met)) if met else words
