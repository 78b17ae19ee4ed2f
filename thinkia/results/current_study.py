"""The study of an order that a call has: from what the order was computed from to what is kept of it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict

import numpy as np

from thinkia.domain.bases import RankingRules
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.ranking.metrics import with_metrics
from thinkia.domain.ranking.record import Record
from thinkia.domain.ranking.study.alpha import Measurement
from thinkia.domain.ranking.study.record import (
    JurorFigures,
    PanelFigures,
    SectorFigures,
    Spot,
    StudyRecord,
    Variant,
    Without,
)
from thinkia.domain.ranking.study.study import Study, study
from thinkia.domain.ranking.study.variants import Outcome, kendall_tau
from thinkia.results.computation import Inputs
from thinkia.results.study_question import question_of


def studied(rules: RankingRules, inputs: Inputs, record: Record, *, draws: int, seed: int) -> StudyRecord:
    """The study of an order. Equal input, draws and seed give equal figures.

    Equal scores are parted as the tie chain parted them, in every other way of averaging too: what differs
    from the order comes from the way of averaging alone.
    """
    settled = {line.submission: line.place for line in record.lines}
    ballots = [with_metrics(rules.rubric, inputs.metrics, ballot) for ballot in inputs.ballots]
    finished = {(row.submission, row.juror): row.finished_at for row in inputs.final if row.finished_at}
    question = question_of(rules, ballots, record.context.winners, settled=settled, finished=finished)
    found = study(question, draws=draws, chance=np.random.default_rng(seed))
    whole = len(found.parts) == 1
    return StudyRecord(
        caveats=tuple(caveat.value for caveat in found.caveats),
        counts=_counts(found),
        spots=dict(_spots(found)) if whole else {},
        variants=tuple(_variant(found.outcomes[0], each, record) for each in found.outcomes[1:]),
        without=tuple(_without(found)),
        jurors=tuple(_jurors(found, inputs)),
        sectors=tuple(SectorFigures(**asdict(each)) for each in found.sectors),
        panel=_panel(found),
        draws=draws,
        seed=seed,
        unsure=_unsure(found, record) if whole else (),
    )


def _counts(found: Study) -> dict[str, int]:
    return {
        "parts": len(found.parts),
        "largest": len(found.parts[0].submissions),
        "submissions": len(found.scores.submissions),
        "jurors": len(found.scores.jurors),
        "reviews": len(found.scores.value),
    }


def _spots(found: Study) -> Iterator[tuple[str, Spot]]:
    for each in found.standings:
        yield each.submission, Spot(*each.ranks, each.inside, bool(each.tied))


def _unsure(found: Study, record: Record) -> tuple[str, ...]:
    """In the order that stands; one alone is tied with nobody."""
    tied = {each.submission for each in found.standings if each.tied}
    codes = tuple(line.submission for line in record.lines if line.submission in tied)
    return codes if len(codes) > 1 else ()


def _variant(declared: Outcome, other: Outcome, record: Record) -> Variant:
    """The official order says who wins and at which place."""
    winners = [line for line in record.lines if line.wins]
    before = frozenset(line.submission for line in winners)
    both = (declared.places > 0) & (other.places > 0)
    holder = dict(_places(other, record))
    return Variant(
        name=other.name,
        enter=_in_order(other.inside - before, record),
        leave=_in_order(before - other.inside, record),
        moved=tuple(line.place for line in winners if holder.get(line.submission) != line.place),
        agreement=kendall_tau(declared.score[both], other.score[both]),
    )


def _places(outcome: Outcome, record: Record) -> Iterator[tuple[str, int]]:
    codes = sorted(line.submission for line in record.lines)  # as the study numbers them
    for code, place in zip(codes, outcome.places, strict=True):
        yield code, int(place)


def _without(found: Study) -> Iterator[Without]:
    before = found.outcomes[0].inside
    for juror, inside in found.without_juror["declared"].items():
        if inside != before:
            yield Without(juror, tuple(sorted(inside - before)), tuple(sorted(before - inside)))


def _jurors(found: Study, inputs: Inputs) -> Iterator[JurorFigures]:
    excused = Counter(row.juror for row in inputs.reviews if row.state is ReviewState.EXCUSED)
    for each in found.jurors:
        yield JurorFigures(excused=excused[each.juror], **asdict(each))


def _panel(found: Study) -> PanelFigures:
    shares, icc = found.reliability, found.intraclass
    return PanelFigures(
        alpha=found.alpha[Measurement.INTERVAL],
        single=None if shares is None else shares.single,
        mean=None if shares is None else shares.mean,
        icc=None if icc is None else icc.mean[1],
    )


def _in_order(codes: Iterable[str], record: Record) -> tuple[str, ...]:
    wanted = frozenset(codes)
    return tuple(line.submission for line in record.lines if line.submission in wanted)
