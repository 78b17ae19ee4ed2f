"""SELECTs about who sits on a jury."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, Select, String, and_, cast, func, select
from sqlalchemy.orm import joinedload

from thinkia.accounts.models import Account
from thinkia.accounts.queries import hashed, tie_columns, ties
from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.domain.lifecycle import JurorState
from thinkia.jury.models import FormerInvitation, Juror, Suggestion
from thinkia.organisations.models import Staff
from thinkia.policy import Actor, TieKind
from thinkia.policy.actor import JurorRole
from thinkia.registration.models import Registration

PRESIDING = (JurorRole.CHAIR, JurorRole.SECRETARY)

WITH_CALL = (
    joinedload(Juror.call).joinedload(Call.version),
    joinedload(Juror.call).joinedload(Call.host),
)
ON_THE_WAY = (JurorState.INVITED, JurorState.ACCEPTED)


@ties
def juror_ties() -> Select[Any]:
    columns = tie_columns(Juror.account_id, TieKind.JUROR, Juror.call_id, cast(Juror.role, String))
    return columns.where(Juror.state == JurorState.ACCEPTED)


def jurors_of(call: Call) -> list[Juror]:
    """Everybody who was ever invited, by name."""
    return list(
        db.session.scalars(select(Juror).where(Juror.call_id == call.id).order_by(Juror.name, Juror.id))
    )


def juror_by_code(code: str, juror: str) -> Juror | None:
    """A juror of a call by their codes, with the call, its bases and host."""
    return db.session.scalar(
        select(Juror)
        .join(Call, Call.id == Juror.call_id)
        .where(Call.code == code, Juror.code == juror)
        .options(*WITH_CALL)
    )


def juror_of_call(call_id: int, juror: str) -> Juror | None:
    """A juror of a call by number and code, with the call, its bases and host."""
    statement = select(Juror).where(Juror.call_id == call_id, Juror.code == juror)
    return db.session.scalar(statement.options(*WITH_CALL))


def juror_by_token(token: str) -> Juror | None:
    """Whom an invitation's secret was sent to, whatever became of it. With the call, its bases and host."""
    former = select(FormerInvitation.juror_id).where(FormerInvitation.token_hash == hashed(token))
    statement = select(Juror).where((Juror.token_hash == hashed(token)) | Juror.id.in_(former))
    return db.session.scalar(statement.options(*WITH_CALL))


def suggestions_waiting(call: Call) -> list[Suggestion]:
    """Whom people who declined named, and nobody has decided about; with who named them."""
    return list(
        db.session.scalars(
            select(Suggestion)
            .where(Suggestion.call_id == call.id, Suggestion.settled_at.is_(None))
            .options(joinedload(Suggestion.juror))
            .order_by(Suggestion.sector, Suggestion.made_at)
        )
    )


def suggestion_by_code(code: str, suggestion: str) -> Suggestion | None:
    """One of them, with the call, its bases and host."""
    return db.session.scalar(
        select(Suggestion)
        .join(Call, Call.id == Suggestion.call_id)
        .where(Call.code == code, Suggestion.code == suggestion)
        .options(
            joinedload(Suggestion.juror),
            joinedload(Suggestion.call).joinedload(Call.version),
            joinedload(Suggestion.call).joinedload(Call.host),
        )
    )


def juror_invited(token: str, actor: Actor) -> Juror | None:
    """Whom an invitation is for, by its secret; or by the juror's code, to the one reader whose proved
    address it was sent to.
    """
    addressee = select(Account.email).where(Account.id == actor.account_id, Account.verified_at.is_not(None))
    return juror_by_token(token) or db.session.scalar(
        select(Juror)
        .where(Juror.code == token, Juror.email == addressee.scalar_subquery())
        .options(*WITH_CALL)
    )


def juror_by_id(juror_id: int) -> Juror:
    """A juror that is known to be there."""
    return db.session.get_one(Juror, juror_id)


def juror_by_email(call: Call, email: str) -> Juror | None:
    return db.session.scalar(select(Juror).where(Juror.call_id == call.id, Juror.email == email))


def own_seat(code: str, actor: Actor) -> Juror | None:
    """The reader's own seat on the jury of a call, once accepted. With the call, its bases and host."""
    return db.session.scalar(
        select(Juror)
        .join(Call, Call.id == Juror.call_id)
        .where(Call.code == code, Juror.account_id == actor.account_id, Juror.state == JurorState.ACCEPTED)
        .options(*WITH_CALL)
    )


def seat_of(call: Call, account_id: int) -> Juror | None:
    """The seat that an account has in a call, in whatever state."""
    return db.session.scalar(select(Juror).where(Juror.call_id == call.id, Juror.account_id == account_id))


def standing_chair(call: Call) -> Juror | None:
    """Who presides, or is invited to."""
    return db.session.scalar(
        select(Juror).where(
            Juror.call_id == call.id, Juror.role == JurorRole.CHAIR, Juror.state.in_(ON_THE_WAY)
        )
    )


def presiding(call: Call) -> Sequence[Juror]:
    """The chair and the secretary who accepted, with their accounts."""
    return db.session.scalars(
        select(Juror)
        .where(
            Juror.call_id == call.id,
            Juror.state == JurorState.ACCEPTED,
            Juror.role.in_(PRESIDING),
        )
        .options(joinedload(Juror.account))
        .order_by(Juror.role, Juror.id)
    ).all()


def public_seats(call: Call) -> Sequence[Row[Any]]:
    """(sector, name, role, evaluators) of those who accepted, the chair first."""
    chair_first = (Juror.role != JurorRole.CHAIR, Juror.role == JurorRole.SECRETARY)
    return db.session.execute(
        select(Juror.sector, Juror.name, Juror.role, Juror.evaluators)
        .where(Juror.call_id == call.id, Juror.state == JurorState.ACCEPTED)
        .order_by(*chair_first, Juror.name, Juror.id)
    ).all()


def juror_readers(call: Call) -> Sequence[Row[Any]]:
    """(account_id, email, language) of those who accepted."""
    return db.session.execute(
        select(Account.id.label("account_id"), Account.email, Account.language)
        .join(Juror, Juror.account_id == Account.id)
        .where(Juror.call_id == call.id, Juror.state == JurorState.ACCEPTED)
        .order_by(Account.id)
    ).all()


def counts_by_state(call: Call) -> dict[JurorState, int]:
    """How many were invited and what they answered."""
    rows = db.session.execute(
        select(Juror.state, func.count()).where(Juror.call_id == call.id).group_by(Juror.state)
    )
    return dict(rows.tuples().all())


def is_applicant(call: Call, email: str) -> bool:
    """Whether whoever has this address takes part in the call."""
    standing = (
        select(Registration.id)
        .join(Account, Account.id == Registration.account_id)
        .where(Registration.call_id == call.id, Registration.withdrawn_at.is_(None), Account.email == email)
    )
    return db.session.scalar(standing.limit(1)) is not None


def who_see_names(call: Call, emails: Collection[str]) -> frozenset[str]:
    """Those of the addresses whose owners see who applies, where the jury must not, in this round or in a
    later one: of the host's people.
    """
    if not call.will_hide_names:
        return frozenset()
    staff = (
        select(Account.email)
        .join(Staff, Staff.account_id == Account.id)
        .where(Staff.host_id == call.host_id, Account.email.in_(emails))
    )
    return frozenset(db.session.scalars(staff))


def jurors_who_organise(call: Call) -> list[str]:
    """The names of those on the jury, or invited to it, who are of the host's people."""
    statement = (
        select(Juror.name)
        .join(Account, Account.email == Juror.email)
        .join(Staff, and_(Staff.account_id == Account.id, Staff.host_id == call.host_id))
        .where(Juror.call_id == call.id, Juror.state.in_(ON_THE_WAY))
    )
    return list(db.session.scalars(statement.order_by(Juror.name)))


def applicants_among(call: Call, emails: Collection[str]) -> frozenset[str]:
    """Those of the addresses whose owners take part in the call."""
    standing = (
        select(Account.email)
        .join(Registration, Registration.account_id == Account.id)
        .where(
            Registration.call_id == call.id, Registration.withdrawn_at.is_(None), Account.email.in_(emails)
        )
    )
    return frozenset(db.session.scalars(standing))
