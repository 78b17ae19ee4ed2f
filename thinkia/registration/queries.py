"""Every SELECT about registrations."""

from typing import Any

from sqlalchemy import Select, literal

from thinkia.accounts.queries import tie_columns, ties
from thinkia.policy import TieKind
from thinkia.registration.models import Registration


@ties
def registration_ties() -> Select[Any]:
    columns = tie_columns(Registration.account_id, TieKind.REGISTERED, Registration.call_id, literal(""))
    return columns.where(Registration.withdrawn_at.is_(None))
