"""Every SELECT about teams."""

from typing import Any

from sqlalchemy import Select, String, cast

from thinkia.accounts.queries import tie_columns, ties
from thinkia.policy import TieKind
from thinkia.teams.models import Member


@ties
def member_ties() -> Select[Any]:
    return tie_columns(Member.account_id, TieKind.MEMBER, Member.team_id, cast(Member.role, String))
