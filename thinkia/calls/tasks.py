"""What is told after a call changed: to many people, some at a time."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from thinkia import clock
from thinkia.calls import hooks, services
from thinkia.calls.queries import call_by_id, version_before, version_by_id
from thinkia.outside.outbox import task

AT_ONCE = 100


@task("calls.tell_change")
def tell_change(version_id: int) -> dict[str, Any]:
    """Tell the people of a call that its dates moved."""
    version = version_by_id(version_id)
    before = version_before(version) if version else None
    if version is None or before is None:
        return {"told": 0}
    told = 0
    for group in _groups(hooks.readers(version.call)):
        services.tell_change(version, before, group, clock.now())
        told += len(group)
    return {"told": told}


@task("calls.tell_cancellation")
def tell_cancellation(call_id: int) -> dict[str, Any]:
    """Tell the people of a call that it is cancelled."""
    call, told = call_by_id(call_id), 0
    if call is None:
        return {"told": 0}
    for group in _groups(hooks.readers(call)):
        services.tell_cancellation(call, group, clock.now())
        told += len(group)
    return {"told": told}


def _groups(readers: Iterator[hooks.Reader]) -> Iterator[list[hooks.Reader]]:
    while group := list(islice(readers, AT_ONCE)):
        yield group
