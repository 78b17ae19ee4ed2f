"""What a team may read of its result: one answer for its page, its PDF and the organisers' preview.

What the bases publish decides. ``scores``: place, score and marks. ``order``: the place. ``winners``: the
place of a winner; of the others, that they did not win, since a third of the order would give the order
away. ``alphabetical`` and ``verdict``: whether it won. A mark that fewer than three people gave is never
there, nor the middle of fewer than three proposals.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from flask_babel import gettext as _

from thinkia.calls.wording.numbers import number
from thinkia.calls.wording.ranking import criterion_title
from thinkia.calls.wording.rounds import round_title
from thinkia.domain.bases import Bases, PublicationLevel
from thinkia.domain.lifecycle import LEFT_BEHIND, SubmissionState
from thinkia.domain.marks import highest
from thinkia.domain.ranking.record import Line, Record, read
from thinkia.domain.ranking.summary import FEW, band, middle
from thinkia.domain.rubric import MarkSource
from thinkia.feedback import queries, wording
from thinkia.results.models import Ranking
from thinkia.results.queries import bases_of_ranking
from thinkia.results.queries.rounds import order_of_last_round
from thinkia.results.wording import ties
from thinkia.results.wording.figures import figure, score_figure
from thinkia.results.wording.method import WITH_ORDER, WITH_PLACES, band_sentence
from thinkia.submissions.models import Submission


class Standing(StrEnum):
    EXCLUDED = "excluded"
    OUTSIDE = "outside"  # not in the competition
    WON = "won"
    NOT_WON = "not_won"


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion: the team's mark, the middle of all (each empty where too few gave one), the highest."""

    title: str
    own: str
    middle: str
    highest: str
    percent: float  # of the highest mark, for drawing


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that a team reads. What the bases keep closed is not in here."""

    standing: Standing
    headline: str
    under: Sequence[str]
    excluded_reason: str
    criteria: Sequence[CriterionRow]
    no_criteria: str  # why there are no marks, or why some are missing
    comments: Sequence[str]
    no_comments: str  # why there are none, or not all
    method: Sequence[str]

    @property
    def in_competition(self) -> bool:
        return self.standing in {Standing.WON, Standing.NOT_WON}


def explanation_of(submission: Submission, ranking: Ranking) -> Explanation:
    """Five SELECTs at most; two more for what did not come to the last round, which reads of the round that
    it came to. Never a name of the jury, never a mark of another team.
    """
    if submission.state in LEFT_BEHIND:
        ranking = order_of_last_round(submission) or ranking
    bases, record = bases_of_ranking(ranking), read(ranking.content)
    line = record.line(submission.code)
    standing = _standing(submission, line)
    counts = queries.counts_of(submission) if line else None
    rows = _criteria(submission, line, record, bases, ranking.closed_round)
    ended = _ended(submission, ranking)
    return Explanation(
        standing=standing,
        headline=ended or _headline(standing, _place(line, bases), len(record.lines)),
        under=_under(line, record, bases, ended=bool(ended)),
        excluded_reason=submission.excluded_reason or "" if standing is Standing.EXCLUDED else "",
        criteria=rows,
        no_criteria=_no_criteria(line, bases, rows),
        comments=queries.shown_comments(submission) if line else (),
        no_comments=wording.comments_sentence(counts) if counts else "",
        method=wording.method_in_three(record, line, bases, of_round=bool(ended)),
    )


def _standing(submission: Submission, line: Line | None) -> Standing:
    if submission.state == SubmissionState.EXCLUDED:
        return Standing.EXCLUDED
    if line is None:
        return Standing.OUTSIDE
    return Standing.WON if line.wins and submission.state not in LEFT_BEHIND else Standing.NOT_WON


def _ended(submission: Submission, ranking: Ranking) -> str:
    """With which round it ended for this proposal; nothing for most."""
    if submission.state not in LEFT_BEHIND or ranking.closed_round is None:
        return ""
    title = round_title(submission.call.announced.rounds[ranking.closed_round])
    return _("Your proposal did not go on from “%(round)s”", round=title)


def _place(line: Line | None, bases: Bases) -> int | None:
    """Where the level says it: of everybody, or of winners."""
    if line is None:
        return None
    told = bases.publication in WITH_ORDER or (bases.publication in WITH_PLACES and line.wins)
    return line.place if told else None


def _headline(standing: Standing, place: int | None, ranked: int) -> str:
    if place is not None:
        return _("Place %(place)s of %(ranked)s", place=place, ranked=ranked)
    return {
        Standing.EXCLUDED: _("Your proposal was excluded"),
        Standing.OUTSIDE: _("Your proposal was not in the competition"),
        Standing.WON: _("Your proposal is one of the winners"),
        Standing.NOT_WON: _("Your proposal did not win this time"),
    }[standing]


def _beside(line: Line, record: Record) -> int:
    """How many it was ranked among."""
    return sum(one.pool == line.pool for one in record.lines)


def _under(line: Line | None, record: Record, bases: Bases, *, ended: bool) -> list[str]:
    """Its third of the order and its score, where the order is published anyway."""
    if line is None or _place(line, bases) is None:
        return []
    found = [band_sentence(band(line, len(record.lines)))] if not line.pool else []
    if ended:
        place = _("Place %(place)s of %(ranked)s", place=line.place, ranked=_beside(line, record))
        found.insert(0, _("%(place)s in that round.", place=place))
    if bases.publication is PublicationLevel.SCORES:
        found.append(_("Score: %(score)s", score=score_figure(line.score, bases.cut_off)))
        found += wording.groups_sentences(line, bases)
    if bases.publication in WITH_ORDER:
        found += ties.of_line(record, line, bases, with_figures=False)
    return found


def _criteria(
    submission: Submission, line: Line | None, record: Record, bases: Bases, closed_round: int | None
) -> list[CriterionRow]:
    if line is None or bases.publication is not PublicationLevel.SCORES or line.ballots < FEW:
        return []
    given, found = queries.marks_given(submission, closed_round), []
    for criterion in bases.rubric.criteria:
        code, top = criterion.code, highest(criterion.scale)
        own = line.criteria.get(code)
        enough = criterion.source is MarkSource.METRIC or given.get(code, 0) >= FEW
        half = middle(one.criteria[code] for one in record.lines if code in one.criteria)
        shown = own if enough else None
        found.append(
            CriterionRow(
                title=criterion_title(criterion),
                own="" if shown is None else figure(shown),
                middle="" if half is None else figure(half),
                highest=number(top),
                percent=float(100 * shown / Fraction(top)) if shown is not None and top else 0.0,
            )
        )
    return found


def _no_criteria(line: Line | None, bases: Bases, rows: Sequence[CriterionRow]) -> str:
    if line is None:
        return ""
    if bases.publication is not PublicationLevel.SCORES:
        return wording.no_marks_sentence()
    if line.ballots < FEW:
        return wording.few_marks_sentence(line)
    if not all(row.own for row in rows):
        return _("A mark that fewer than three people gave is not shown.")
    return "" if rows[0].middle else _("With fewer than three proposals, no middle is shown.")
