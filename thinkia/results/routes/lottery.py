"""The lottery: its source, its seed, which two persons record, and the numbers that it drew."""

from shlex import quote
from typing import Any

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.agreements.models import ref_in_round
from thinkia.agreements.queries import waiting_about
from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.domain.bases import Bases, TieKeyKind
from thinkia.domain.ranking.record import Record, read
from thinkia.domain.reasons import Refused
from thinkia.policy import Action
from thinkia.results import queries, services
from thinkia.results.computation import lottery_of
from thinkia.results.forms import SeedForm
from thinkia.results.routes.area import bp
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit


@bp.get("/manage/calls/<code>/results/lottery")
@permit(Action.RESULTS_OVERSEE, load=call_by_code)
def lottery(call: Call) -> ResponseReturnValue:
    """What is known of it, and the form for the first of the two persons."""
    return _page(call, SeedForm())


@bp.post("/manage/calls/<code>/results/seed")
@permit(Action.RESULTS_PROPOSE, load=call_by_code)
def seed(call: Call) -> ResponseReturnValue:
    form = SeedForm()
    if form.validate_on_submit():
        try:
            services.ask_for_seed(call, form.seed.data, form.where.data, current_actor(), now())
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("It waits for a second person, who reads the source too and types it again."), "success")
            return redirect(url_for(".lottery", code=call.code))
    return _page(call, form, status=422)


def drawn(record: Record, bases: Bases) -> dict[str, Any]:
    """Seed; for each tie that it settled, the proposals from first to last with their numbers; a command."""
    written = next((key.seed for key in bases.tie_break if key.key is TieKeyKind.LOTTERY and key.seed), None)
    ties = [
        [(code, step.values[code]) for group in step.groups for code in group]
        for step in record.steps
        if step.key == TieKeyKind.LOTTERY and step.values
    ]
    seed = record.context.seed or written
    command = f"printf '%s' {quote(f'{seed}:{ties[0][0][0]}')} | sha256sum" if ties else ""
    return {"seed": seed, "ties": ties, "command": command}


def _page(call: Call, form: SeedForm, status: int = 200) -> ResponseReturnValue:
    key = lottery_of(call.bases.ranking_rules)
    if key is None:
        abort(404)
    ranking, recorded = queries.current_ranking(call), queries.seed_of(call)
    found = drawn(read(ranking.content), queries.bases_of_ranking(ranking)) if ranking else {"ties": []}
    about = ref_in_round(call, f"lottery:{call.code}")
    return manage_page(
        "results/lottery.html",
        call,
        status=status,
        lottery=key,
        recorded=recorded,
        persons=queries.who_recorded(recorded) if recorded else (),
        waiting=waiting_about([about], now()).get(about),
        form=form,
        **{**found, "seed": recorded.seed if recorded else None},
    )
