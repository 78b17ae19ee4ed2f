"""What a team reads of its own result, as the bases allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from thinkia.calls.wording.numbers import number
from thinkia.calls.wording.ranking import criterion_title
from thinkia.domain.bases import Bases
from thinkia.domain.marks import highest
from thinkia.domain.ranking.record import Line, Record, read
from thinkia.domain.ranking.summary import band, middle
from thinkia.results import queries
from thinkia.results.models import Ranking
from thinkia.results.wording import ties
from thinkia.results.wording.figures import figure, score_figure
from thinkia.results.wording.method import WITH_ORDER, WITH_PLACES, band_sentence, method_points
from thinkia.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion: the team's mark, the middle of all (empty of fewer than three), the highest mark."""

    title: str
    own: str
    middle: str
    highest: str
    percent: float  # of the highest mark, for drawing


@dataclass(frozen=True, slots=True)
class Feedback:
    """``line`` is ``None`` for a proposal that was not ranked."""

    line: Line | None
    wins: bool
    place: int | None
    band: str
    score: str
    criteria: Sequence[CriterionRow]
    told: Sequence[str]
    texts: Sequence[str]
    points: Sequence[str]
    ranked: int


def feedback_of(submission: Submission, ranking: Ranking) -> Feedback:
    """Its place or its third, its marks, its jurors' words: never a name, never another team's marks."""
    bases, record = queries.bases_of_ranking(ranking), read(ranking.content)
    line = record.line(submission.code)
    level = bases.publication
    places = level in WITH_ORDER or bool(level in WITH_PLACES and line and line.wins)
    scores = level in WITH_PLACES
    return Feedback(
        line=line,
        wins=bool(line and line.wins),
        place=line.place if line and places else None,
        band=band_sentence(band(line, len(record.lines)))
        if line and (level in WITH_PLACES or line.wins)
        else "",
        score=score_figure(line.score, bases.cut_off) if line and scores else "",
        criteria=_criteria(line, record, bases) if line and scores else (),
        told=ties.of_line(record, line, bases) if line and level in WITH_ORDER else (),
        texts=queries.feedback_texts(submission) if line else (),
        points=method_points(record, bases, from_paper=queries.from_paper(submission.call)),
        ranked=len(record.lines),
    )


def _criteria(line: Line, record: Record, bases: Bases) -> list[CriterionRow]:
    found = []
    for criterion in bases.rubric.criteria:
        code, top = criterion.code, highest(criterion.scale)
        own = line.criteria.get(code)
        if own is None:
            continue
        half = middle(one.criteria[code] for one in record.lines if code in one.criteria)
        found.append(
            CriterionRow(
                title=criterion_title(criterion),
                own=figure(own),
                middle="" if half is None else figure(half),
                highest=number(top),
                percent=float(100 * own / Fraction(top)) if top else 0.0,
            )
        )
    return found
