"""Whoever sits on a jury that reads without names, and works for the host as well."""

import pytest

from tests.policy.world import CALL, HOST, ME, PHASES, moment, thing
from thinkia.policy import Action, Actor, Tie, allowed

SEAT, WORK = Tie("juror", CALL, "chair"), Tie("staff", HOST, "owner")
ABOUT_HOSTS = {Action.HOST_SEE, Action.HOST_STAFF, Action.HOST_OPEN_CALL, Action.HOSTS_SEE}
SECONDS = {Action.AGREEMENT_SEE, Action.AGREEMENT_DECIDE}  # they say codes


def may(action, phase, *ties, hides):
    found = thing(action, phase, "chair")
    call = getattr(found, "call", found)
    if call is not None and hasattr(call, "host_id") and hasattr(call, "bases"):
        call.hides_names = hides
    return allowed(action, Actor.of(ME, ties), found, moment(phase))


@pytest.mark.parametrize("action", sorted(set(Action) - ABOUT_HOSTS - SECONDS), ids=str)
def test_work_for_the_host_opens_nothing_of_the_call_to_such_a_juror(action):
    for phase in PHASES:
        assert may(action, phase, SEAT, WORK, hides=True) <= may(action, phase, SEAT, hides=True)


@pytest.mark.parametrize("action", Action, ids=str)
def test_it_opens_what_it_opens_to_everybody_else_where_nothing_is_hidden(action):
    for phase in PHASES:
        assert may(action, phase, SEAT, WORK, hides=False) >= may(action, phase, WORK, hides=False)


@pytest.mark.parametrize("action", Action, ids=str)
def test_it_closes_nothing_to_those_who_do_not_judge(action):
    for phase in PHASES:
        assert may(action, phase, WORK, hides=True) == may(action, phase, WORK, hides=False)


def test_the_host_itself_stays_open():
    for action in sorted(ABOUT_HOSTS):
        assert may(action, "e", SEAT, WORK, hides=True)
