"""Rounds: who goes on, looked over first; closing one; what became of everybody in one that is closed."""

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.accounts.queries import account_by_id
from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.calls.wording.rounds import pool_title, round_title
from thinkia.domain.ranking.findings import CannotRankError
from thinkia.domain.ranking.rounds import ClosedRound
from thinkia.domain.reasons import Refused
from thinkia.policy import Action
from thinkia.results import queries, services
from thinkia.results.computation import fates_of, not_settled
from thinkia.results.forms import ByHandForm
from thinkia.results.queries.rounds import closings
from thinkia.results.routes.area import bp
from thinkia.results.wording import fault_sentence
from thinkia.results.wording.rounds import KINDS, forecast, outcome_words, why_words
from thinkia.web.errors import sentence
from thinkia.web.listing import PER_PAGE, page_number
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit


@bp.get("/manage/calls/<code>/results/round")
@permit(Action.RESULTS_OVERSEE, load=call_by_code)
def round_page(call: Call) -> ResponseReturnValue:
    """The round that a call is in: who would go on, and the rounds before."""
    if not call.announced.rounds:
        abort(404)
    return _current(call, ByHandForm(formdata=None))


@bp.post("/manage/calls/<code>/results/round")
@permit(Action.RESULTS_PROPOSE, load=call_by_code)
def close(call: Call) -> ResponseReturnValue:
    """Close the round; where people name who goes on, ask for it. Pressed twice, it is closed once."""
    asked = request.form.get("round", type=int)
    if asked is not None and 0 < asked <= call.round:
        return redirect(url_for(".closed_round", code=call.code, number=asked))
    ranking, form = queries.current_ranking(call), ByHandForm()
    if ranking is None or (call.advances_by_hand and not form.validate()):
        return _current(call, form, status=422)
    try:
        if call.advances_by_hand:
            waits = services.ask_to_close(ranking, form.named, form.reason.data, current_actor(), now())
            return redirect(url_for("agreements.show", code=waits.code))
        closing = services.close_round(ranking, current_actor(), now())
    except Refused as refused:
        problems = [sentence(refused)]
    except CannotRankError as error:
        problems = [fault_sentence(fault) for fault in error.faults]
    else:
        flash(_("The round is closed. The letters are on their way."), "success")
        return redirect(url_for(".closed_round", code=call.code, number=closing.number + 1))
    return _current(call_by_code(call.code) or call, form, problems, status=422)


@bp.get("/manage/calls/<code>/results/rounds/<int:number>")
@permit(Action.RESULTS_OVERSEE, load=call_by_code)
def closed_round(call: Call, number: int) -> ResponseReturnValue:
    """What the end of a round was for everybody, and who moved up since. ``number`` counts from 1."""
    closing = next((one for one in closings(call) if one.number == number - 1), None)
    if closing is None:
        abort(404)
    by = account_by_id(closing.closed_by_id)
    title = round_title(call.announced.rounds[closing.number])
    shown = _shown(call, closing.fates, ".closed_round", number=number)
    return manage_page("results/closed_round.html", call, closing=closing, title=title, by=by, **shown)


def _current(
    call: Call, form: ByHandForm, problems: list[str] | None = None, status: int = 200
) -> ResponseReturnValue:
    ranking = queries.current_ranking(call)
    rounds, ready = call.announced.rounds, False
    shown: Mapping[str, Any] = {"fates": None}
    problems = list(problems or ())
    if ranking is not None and call.closes_rounds:
        ready = not_settled(call, ranking) is None
        try:
            found = fates_of(call)
        except CannotRankError as error:
            ready = False
            problems = problems or [fault_sentence(fault) for fault in error.faults]
        else:
            shown = _shown(call, found, ".round_page")
    return manage_page(
        "results/round.html",
        call,
        status=status,
        ranking=ranking,
        ready=ready,
        by_hand=call.advances_by_hand,
        form=form,
        problems=[("", problem) for problem in problems],
        title=round_title(rounds[call.round]),
        following=round_title(rounds[call.round + 1]) if call.closes_rounds else "",
        earlier=[(one, round_title(rounds[one.number])) for one in closings(call)],
        **shown,
    )


def _shown(call: Call, closed: ClosedRound, endpoint: str, **values: Any) -> dict[str, Any]:
    """One page of who goes on and who does not, with the names."""
    pages = max(1, -(-len(closed.fates) // PER_PAGE))
    number = min(page_number(), pages)
    fates = closed.fates[(number - 1) * PER_PAGE : number * PER_PAGE]
    return {
        "fates": fates,
        "names": queries.named(call, [one.submission for one in fates]),
        "forecast": forecast(closed),
        "outcome_words": outcome_words,
        "why_words": why_words,
        "kinds": KINDS,
        "pool_title": pool_title,
        "page": number,
        "pages": pages,
        "page_address": lambda at: url_for(endpoint, code=call.code, page=at, **values),
    }
