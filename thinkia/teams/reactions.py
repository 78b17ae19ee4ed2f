"""What teams have to say when other things happen: somebody withdraws from a call."""

from datetime import datetime

from thinkia.domain.reasons import Reason, Refused
from thinkia.registration import hooks
from thinkia.registration.models import Registration
from thinkia.teams.queries import teams_of_person


@hooks.before_withdrawal
def leave_the_team_first(registration: Registration, _now: datetime) -> None:
    """A team loses nobody without its own page saying so."""
    teams = teams_of_person(registration.call_id, registration.account_id)
    if teams:
        raise Refused(Reason.STILL_IN_TEAM, team=teams[0].name)
