"""Every SELECT about juries."""

from typing import Any

from sqlalchemy import Select, String, cast

from thinkia.accounts.queries import tie_columns, ties
from thinkia.domain.lifecycle import JurorState
from thinkia.jury.models import Juror
from thinkia.policy import TieKind


@ties
def juror_ties() -> Select[Any]:
    columns = tie_columns(Juror.account_id, TieKind.JUROR, Juror.call_id, cast(Juror.role, String))
    return columns.where(Juror.state == JurorState.ACCEPTED)
