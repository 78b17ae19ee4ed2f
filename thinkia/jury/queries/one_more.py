"""Who could read one proposal more: nobody whom a conflict, a rule or the own limit keeps from it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Row, select

from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.domain.assignment import JurorSlot, Pair, PanelRequest, PanelRule, Problem, newly_broken
from thinkia.domain.lifecycle import JurorState
from thinkia.jury.models import Juror
from thinkia.jury.queries.panels import pairs_standing, problem_of
from thinkia.policy.actor import JurorRole


class Free(NamedTuple):
    """Somebody who could sit for this sector, and how many proposals he or she reads by now."""

    juror: str
    name: str
    sector: str
    load: int
    most: int | None
    beside: int  # how many sit for that sector on this panel, of the same group if there are groups
    group: str = ""  # of evaluators, where the call has any


def who_could_read(call: Call, submission: str) -> list[Free]:
    """Who may take a seat above those of the panel, for each sector that he or she may sit for.

    Whoever chairs the jury has seen the order, and does not read then. Where sectors have weights, only those
    that have one are asked.
    """
    problem = problem_of(call, 0)
    request = next((each for each in problem.submissions if each.submission == submission), None)
    if request is None:
        return []
    pairs = pairs_standing(call)
    panel = [pair for pair in pairs if pair.submission == submission]
    loads = Counter(pair.juror for pair in pairs)
    names, groups = _names(call), {slot.juror: slot.group for slot in problem.jurors}
    beside = Counter((groups.get(pair.juror, ""), pair.sector) for pair in panel)
    return sorted(
        (
            Free(
                *(slot.juror, names[slot.juror], sector, loads[slot.juror], slot.capacity),
                *(beside[slot.group, sector], slot.group),
            )
            for slot in problem.jurors
            if slot.juror in names
            for sector in _sectors(call, slot)
            if _is_free(problem, request, panel, slot, sector, loads[slot.juror])
        ),
        key=lambda free: (free.load, free.name, free.juror, free.sector),
    )


def accounts_of_jurors(codes: Sequence[str]) -> Sequence[Row[Any]]:
    """(juror, account) of these jurors."""
    return db.session.execute(
        select(Juror.code, Juror.account_id).where(Juror.code.in_(codes), Juror.account_id.is_not(None))
    ).all()


def _is_free(
    problem: Problem, request: PanelRequest, panel: list[Pair], slot: JurorSlot, sector: str, load: int
) -> bool:
    """Whether one more pair breaks no rule of this panel, once it has a seat more."""
    if slot.capacity is not None and load >= slot.capacity:
        return False
    room = PanelRule(len(panel) + 1)
    alone = replace(
        problem,
        submissions=(replace(request, rule=room),),
        jurors=tuple(replace(each, capacity=None, least=0) for each in problem.jurors),
        pins=tuple(pin for pin in problem.pins if pin.submission == request.submission),
    )
    after = [*panel, Pair(request.submission, slot.juror, sector)]
    return not newly_broken(alone, panel, after)


def _sectors(call: Call, slot: JurorSlot) -> Iterator[str]:
    method = call.bases.method
    return (sector for sector in slot.sectors if not method.balances or sector in method.sectors)


def _names(call: Call) -> dict[str, str]:
    """Code → name of those who accepted, have a vote and do not preside."""
    rows = db.session.execute(
        select(Juror.code, Juror.name).where(
            Juror.call_id == call.id,
            Juror.state == JurorState.ACCEPTED,
            Juror.role == JurorRole.MEMBER,
        )
    )
    return dict(rows.tuples().all())
