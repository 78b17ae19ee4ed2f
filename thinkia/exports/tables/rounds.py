"""What rounds add to the tables of a call that has several: which one a row is of, who went on from each."""

from collections.abc import Callable, Iterator, Sequence
from zoneinfo import ZoneInfo

from thinkia.calls.models import Call
from thinkia.domain.lifecycle import GONE
from thinkia.exports.tables.columns import Source, SourceColumn, fields, local, moments
from thinkia.results.queries.rounds import closings, states_of
from thinkia.web.export import Kind, Value


def of_round(call: Call) -> tuple[SourceColumn, ...]:
    """The column that names the round, where there are several."""
    return fields("round") if call.announced.rounds else ()


def round_code(call: Call, closed_round: int | None) -> tuple[str, ...]:
    """What stands in it: of a row that is of a closed round, or of the one that the call is in."""
    rounds = call.announced.rounds
    if not rounds:
        return ()
    return (rounds[call.round if closed_round is None else closed_round].code,)


def criteria_of(call: Call) -> list[str]:
    """The codes of the criteria of every round, each once."""
    rubrics = [call.announced.rubric, *(one.rubric for one in call.announced.rounds if one.rubric)]
    return list(dict.fromkeys(criterion.code for rubric in rubrics for criterion in rubric.criteria))


def has_groups(call: Call) -> bool:
    """Whether evaluators come in groups, in any round."""
    every = (call.announced.jury, *(one.jury for one in call.announced.rounds if one.jury))
    return any(jury.groups for jury in every)


def ranked_in_rounds(call: Call) -> dict[int, set[str]]:
    """Round → what was ranked in it, of the rounds that are closed."""
    if not call.round:
        return {}
    return {one.number: {fate.submission for fate in one.decided.fates} for one in closings(call)}


def ways_through_rounds(call: Call) -> Callable[[str], tuple[str, str]]:
    """Of a submission by code: its pool, and the round after which it left that it had gone on from.

    A seat that was left too late stayed empty. So that it stays empty where the order is computed again, of
    what still waited then the same is said: its turn had passed.
    """
    closed = closings(call) if call.round else ()
    states = states_of(call) if closed else {}
    pools = {fate.submission: fate.pool for one in closed for fate in one.decided.fates if fate.pool}
    left: dict[str, str] = {}
    for one in closed:
        filled = one.fates
        late = {code for code in filled.advancing if states.get(code) in GONE}
        passed = set(filled.waiting) if late else set()
        left |= dict.fromkeys({*one.gone} | late | passed, filled.round)
    return lambda code: (pools.get(code, ""), left.get(code, ""))


def rounds(call: Call, zone: ZoneInfo) -> Source:
    """What the end of each round was for each proposal, with the seats that were filled since."""
    columns = (
        *(*fields("round", "submission", "pool"), SourceColumn("place", Kind.WHOLE)),
        *(*fields("outcome"), SourceColumn("turn", Kind.WHOLE), *fields("why", "reason")),
        *moments("closed_at"),
    )

    def rows() -> Iterator[Sequence[Value]]:
        for closing in closings(call) if call.round else ():
            closed = closing.fates
            for one in closed.fates:
                yield (
                    *(closed.round, one.submission, one.pool, one.place, one.outcome.value, one.turn),
                    *(one.why.value, one.reason, local(closing.closed_at, zone)),
                )

    return Source("rounds", columns, rows)
