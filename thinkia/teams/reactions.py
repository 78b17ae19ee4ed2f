"""What teams have to say when other things happen: somebody withdraws, an organiser looks at a call."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask_babel import ngettext

from thinkia.calls import hooks as call_hooks
from thinkia.domain.reasons import Reason, Refused
from thinkia.registration import hooks
from thinkia.registration.models import Registration
from thinkia.teams.queries import numbers_of, teams_of_person


@hooks.before_withdrawal
def leave_the_team_first(registration: Registration, _now: datetime) -> None:
    """A team loses nobody without its own page saying so."""
    teams = teams_of_person(registration.call_id, registration.account_id)
    if teams:
        raise Refused(Reason.STILL_IN_TEAM, team=teams[0].name)


@call_hooks.on_cockpit
def figures(call: Any, _now: datetime) -> Iterator[call_hooks.CockpitPart]:
    """How many people entered, how many still look for a place, how many teams there are."""
    numbers = numbers_of(call)
    registered, alone = numbers.registered, numbers.registered - numbers.placed
    under = ngettext("%(num)d without a team", "%(num)d without a team", alone)
    words = ngettext("person registered", "people registered", registered)
    yield call_hooks.Figure(registered, words, under=under, order=10)
    yield call_hooks.Figure(numbers.teams, ngettext("team", "teams", numbers.teams), order=20)
    yield call_hooks.Step("registration", ngettext("%(num)d person", "%(num)d people", registered))
