"""The results desk: whether everything is in, the order, the lottery's seed."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.domain.measuring import metrics_of
from thinkia.domain.ranking.findings import CannotRankError
from thinkia.domain.ranking.record import read
from thinkia.domain.reasons import Refused
from thinkia.metrics.queries import values_of
from thinkia.metrics.wording import metric_title
from thinkia.policy import Action
from thinkia.results import queries, services
from thinkia.results.computation import inputs_of, lottery_of
from thinkia.results.models import Ranking
from thinkia.results.routes.area import bp
from thinkia.results.routes.rows import page_address, rows_of
from thinkia.results.routes.study import study_view
from thinkia.results.wording import RANKING_STATES, fault_sentence
from thinkia.results.wording.desk import Standing, agreeing, headline, lead, reconciliation
from thinkia.web.errors import sentence
from thinkia.web.listing import page_number
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit

MOST_FAULTS = 50


@bp.get("/manage/calls/<code>/results")
@permit(Action.RESULTS_OVERSEE, load=call_by_code)
def desk(call: Call) -> ResponseReturnValue:
    return desk_page(call)


@bp.post("/manage/calls/<code>/results/order")
@permit(Action.RESULTS_PROPOSE, load=call_by_code)
def compute(call: Call) -> ResponseReturnValue:
    """Compute the order, or say everything that is in the way."""
    try:
        services.propose(call, current_actor(), now())
    except Refused as refused:
        return desk_page(call, [sentence(refused)])
    except CannotRankError as error:
        return desk_page(call, [fault_sentence(fault) for fault in error.faults])
    flash(_("The order is computed. It waits for the chair of the jury."), "success")
    return redirect(url_for(".desk", code=call.code))


def desk_page(call: Call, problems: list[str] | None = None) -> ResponseReturnValue:
    """The desk, with what is in the way of what was just asked."""
    ranking = queries.current_ranking(call)
    chair = queries.chair_of(call)
    standing = _standing(call, ranking, has_chair=chair is not None)
    shown: dict[str, Any] = {"rows": None}
    if ranking is not None and standing.record is not None:
        record = standing.record
        bases = queries.bases_of_ranking(ranking)
        rows = rows_of(call, record, bases, record.lines, page_number())
        study = study_view(ranking, record, bases)
        drawn = study.drawn([one.line for one in rows.rows], record.context.winners)
        shown = {"rows": rows, "bases": bases, "study": study, "drawn": drawn}
    accounts = reconciliation(standing)
    return manage_page(
        "results/desk.html",
        call,
        status=422 if problems else 200,
        ranking=ranking,
        standing=standing,
        headline=headline(standing),
        lead=lead(standing),
        accounts=accounts,
        agreeing=agreeing(accounts),
        chair=chair,
        lottery=lottery_of(call.bases.ranking_rules),
        recorded=queries.seed_of(call),
        problems=[("", problem) for problem in (problems or ())[:MOST_FAULTS]],
        more_problems=max(0, len(problems or ()) - MOST_FAULTS),
        orders=queries.orders_so_far(call),
        states=RANKING_STATES,
        page_address=page_address(".desk", call),
        **shown,
    )


def _standing(call: Call, ranking: Ranking | None, *, has_chair: bool) -> Standing:
    return Standing(
        received=queries.received_count(call),
        submissions=queries.submissions_by_state(call),
        reviews=queries.reviews_by_state(call),
        brought=queries.brought_in(call),
        panel_size=call.bases.jury.size,
        small_panels=queries.count_of_small_panels(call),
        ranking=ranking,
        record=read(ranking.content) if ranking else None,
        stale=ranking is not None and is_stale(call, ranking),
        has_chair=has_chair,
        measured=_measured(call),
        closes_round=call.closes_rounds,
        begins=call.calendar.evaluation.opens,
        now=now(),
    )


def _measured(call: Call) -> list[tuple[str, int]]:
    known = values_of(call)
    return [(metric_title(one), len(known[one.code])) for one in metrics_of(call.bases.ranking_rules)]


def is_stale(call: Call, ranking: Ranking) -> bool:
    """What is public is settled; an order before that holds only while nothing changes."""
    return ranking.published_at is None and inputs_of(call).fingerprint != ranking.input_sha256
