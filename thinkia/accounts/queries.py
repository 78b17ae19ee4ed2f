"""Every SELECT about people."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, literal, select, union_all

from thinkia.accounts.models import Account, SignIn
from thinkia.db import db
from thinkia.policy import Actor, Tie
from thinkia.web.security import SignedIn

Ties = Callable[[], Select[Any]]
_ties: list[Ties] = []


def ties(statement: Ties) -> Ties:
    """Let a feature above say what binds accounts to places: columns account_id, kind, place, role."""
    _ties.append(statement)
    return statement


def hashed(secret: str) -> str:
    """What is kept of a secret that is random and long."""
    return hashlib.sha256(secret.encode()).hexdigest()


def account_by_email(email: str) -> Account | None:
    return db.session.scalar(select(Account).where(Account.email == email.strip().lower()))


def account_by_id(account_id: int) -> Account | None:
    return db.session.get(Account, account_id)


def own_account(actor: Actor) -> Account | None:
    """The reader's own account."""
    return db.session.get(Account, actor.account_id) if actor.account_id else None


def signed_in_by_token(token: str) -> SignedIn | None:
    """Who holds this token, with all that ties him or her to hosts, calls, teams and juries: one query."""
    every = union_all(*(statement() for statement in _ties)).subquery()
    rows = db.session.execute(
        select(Account, SignIn.id, SignIn.created_at, every.c.kind, every.c.place, every.c.role)
        .join(SignIn, SignIn.account_id == Account.id)
        .outerjoin(every, every.c.account_id == Account.id)
        .where(SignIn.token_hash == hashed(token), SignIn.revoked_at.is_(None))
    ).all()
    if not rows:
        return None
    account: Account = rows[0].Account
    bound = frozenset(Tie(row.kind, row.place, row.role) for row in rows if row.kind)
    actor = Actor(
        account_id=account.id,
        name=account.name,
        language=account.language,
        ties=bound,
        sign_in_id=rows[0].id,
        signed_in_at=rows[0].created_at,
    )
    return SignedIn(actor, token)


def actor_of(account: Account) -> Actor:
    """The actor that an account is, with its ties: for commands that act ``--as`` somebody."""
    every = union_all(*(statement() for statement in _ties)).subquery()
    rows = db.session.execute(select(every).where(every.c.account_id == account.id)).all()
    bound = frozenset(Tie(row.kind, row.place, row.role) for row in rows)
    return Actor(account_id=account.id, name=account.name, language=account.language, ties=bound)


def sign_ins_of(account_id: int, since: datetime) -> list[SignIn]:
    """The devices that are signed in, newest first."""
    statement = (
        select(SignIn)
        .where(SignIn.account_id == account_id, SignIn.revoked_at.is_(None), SignIn.created_at > since)
        .order_by(SignIn.created_at.desc(), SignIn.id.desc())
    )
    return list(db.session.scalars(statement))


def tie_columns(account: Any, kind: str, place: Any, role: Any) -> Select[Any]:
    """One feature's part of the actor's query, in the shape that all share."""
    return select(
        account.label("account_id"), literal(kind).label("kind"), place.label("place"), role.label("role")
    )
