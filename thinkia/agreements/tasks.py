"""Telling who asked that nobody confirmed in time."""

from thinkia import clock
from thinkia.agreements import services
from thinkia.agreements.queries import agreement_by_id
from thinkia.outside.outbox import task


@task("agreements.tell_lapsed")
def tell_lapsed(agreement_id: int) -> None:
    """Nothing, if somebody decided meanwhile."""
    agreement = agreement_by_id(agreement_id)
    if agreement is not None:
        services.tell_lapsed(agreement, clock.now())
