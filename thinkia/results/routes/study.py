"""The study of an order on the desk: asked for, awaited, and drawn beside the order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.domain.bases import Bases
from thinkia.domain.ranking.record import Line, Record
from thinkia.domain.ranking.record import read as read_order
from thinkia.domain.ranking.study.record import Spot, StudyRecord, read
from thinkia.outside.outbox import TaskState
from thinkia.policy import Action
from thinkia.results import queries
from thinkia.results.models import Ranking, RankingStudy
from thinkia.results.queries.study import study_of
from thinkia.results.routes.area import bp
from thinkia.results.services import study as services
from thinkia.results.wording.study import Finding, caveat_sentences, chance_words, findings
from thinkia.web.buttons import pressed
from thinkia.web.pages import page
from thinkia.web.security import now, permit


class Stage(StrEnum):
    """How far the study of an order is."""

    NONE = "none"
    UNDER_WAY = "under_way"
    CHANGED = "changed"  # what the order was computed from is no longer there
    FAILED = "failed"
    MADE = "made"
    LEFT_OUT = "left_out"  # an order with pools, or of marks that were carried


@dataclass(frozen=True, slots=True)
class Drawn:
    """One submission's interval, in percent along the axis, with its words."""

    low: float
    high: float
    at: float
    cut: float | None
    words: str
    chance: str
    share: int | None  # percent


@dataclass(frozen=True)
class StudyView:
    """What a page says of the study of an order."""

    stage: Stage
    study: StudyRecord | None
    step: str
    caveats: Sequence[str] = ()
    findings: Sequence[Finding] = ()

    def drawn(self, lines: Sequence[Line], winners: int) -> Mapping[str, Drawn]:
        """The intervals of some lines of the order, on one axis."""
        spots = self.study.spots if self.study else {}
        shown = [(line, spots[line.submission]) for line in lines if line.submission in spots]
        if not shown:
            return {}
        first = min(min(spot.low, line.place) for line, spot in shown)
        last = max(max(spot.high, line.place) for line, spot in shown)
        axis = _Axis(first, max(last, first + 1), winners)
        return {line.submission: axis.drawn(line, spot) for line, spot in shown}


@dataclass(frozen=True, slots=True)
class _Axis:
    first: int
    last: int
    winners: int

    def drawn(self, line: Line, spot: Spot) -> Drawn:
        inside = self.first <= self.winners < self.last
        return Drawn(
            low=self._at(spot.low),
            high=self._at(spot.high),
            at=self._at(line.place),
            cut=self._at(self.winners + 0.5) if inside else None,
            words=_("From %(low)s to %(high)s", low=spot.low, high=spot.high),
            chance="" if spot.inside is None else chance_words(spot.inside),
            share=None if spot.inside is None else round(100 * spot.inside),
        )

    def _at(self, place: float) -> float:
        return round(100 * (place - self.first) / (self.last - self.first), 1)


@bp.get("/manage/calls/<code>/results/study")
@permit(Action.RESULTS_OVERSEE, load=call_by_code)
def study_progress(call: Call) -> ResponseReturnValue:
    """How far the study is; the desk asks again until it is there, and then shows it."""
    ranking = queries.current_ranking(call)
    if ranking is None:
        return redirect(url_for(".desk", code=call.code))
    view = study_view(ranking)
    if view.stage is Stage.MADE:
        return "", 200, {"HX-Redirect": url_for(".desk", code=call.code)}
    return page("results/_study_stage.html", call=call, ranking=ranking, study=view)


@bp.post("/manage/calls/<code>/results/study")
@permit(Action.RESULTS_PROPOSE, load=call_by_code)
def ask_study(call: Call) -> ResponseReturnValue:
    """Have the order that stands studied, where nothing of that is under way."""
    ranking, desk = queries.current_ranking(call), url_for(".desk", code=call.code)
    if ranking is None or not read_order(ranking.content).is_of_own_marks:
        return redirect(desk)
    said = _("The study is under way. It appears on this page.")
    return pressed(lambda: services.ask(ranking, now()), said, desk)


def study_view(ranking: Ranking, record: Record | None = None, bases: Bases | None = None) -> StudyView:
    """The study of an order; with record and bases, its findings in words too."""
    row = study_of(ranking)
    if row is None and not (record or read_order(ranking.content)).is_of_own_marks:
        return StudyView(Stage.LEFT_OUT, None, "")
    if row is None or row.content is None:
        return StudyView(_stage(row), None, _step(row))
    found = read(row.content)
    told = findings(found, record, bases) if record is not None and bases is not None else ()
    return StudyView(Stage.MADE, found, "", caveat_sentences(found), told)


def _stage(row: RankingStudy | None) -> Stage:
    if row is None:
        return Stage.NONE
    if row.outbox.state is TaskState.DONE:
        return Stage.CHANGED
    return Stage.FAILED if row.outbox.state is TaskState.FAILED else Stage.UNDER_WAY


def _step(row: RankingStudy | None) -> str:
    return "" if row is None else (row.outbox.outcome or {}).get("step", "")
