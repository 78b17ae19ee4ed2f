"""Every SELECT about people."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.orm import joinedload

from thinkia.accounts.models import Account, Consent, FailedSignIn, Purpose, SignIn, Token, TokenPurpose
from thinkia.db import db
from thinkia.domain import tries
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


def standing_sign_ins(account_id: int | None) -> list[SignIn]:
    """Every sign-in that nobody ended, whether it still means something or not."""
    statement = select(SignIn).where(SignIn.account_id == account_id, SignIn.revoked_at.is_(None))
    return list(db.session.scalars(statement))


def own_sign_in(code: str, actor: Actor) -> SignIn | None:
    """A device of the reader's own that is still signed in."""
    return next((row for row in standing_sign_ins(actor.account_id) if row.code == code), None)


def known_devices(account_id: int) -> frozenset[str]:
    """What the account ever signed in with."""
    return frozenset(db.session.scalars(select(SignIn.device).where(SignIn.account_id == account_id)))


def link_of_letter(purpose: TokenPurpose, secret: str, now: datetime) -> Token | None:
    """What a link in a letter stands for, with its account; ``None`` once used, worn out or too old."""
    statement = _live(purpose, now).where(Token.token_hash == hashed(secret))
    return db.session.scalar(statement.options(joinedload(Token.account)))


def code_for_browser(browser: str, now: datetime) -> Token | None:
    """The last code that this browser asked for, with its account, while it may still be tried."""
    statement = _live(TokenPurpose.CODE, now).where(Token.browser_hash == hashed(browser))
    newest = statement.order_by(Token.id.desc()).limit(1)
    return db.session.scalar(newest.options(joinedload(Token.account)))


def live_links(account_id: int, now: datetime) -> list[Token]:
    """The account's links and codes that would still open something."""
    statement = select(Token).where(Token.account_id == account_id, Token.used_at.is_(None))
    return list(db.session.scalars(statement.where(Token.expires_at > now)))


def failed_tries(key: str, now: datetime) -> list[datetime]:
    """When tries under this key failed, within the window that counts."""
    since = now - tries.WINDOW
    return list(
        db.session.scalars(
            select(FailedSignIn.at).where(FailedSignIn.key_hash == hashed(key), FailedSignIn.at > since)
        )
    )


def standing_consents(account_id: int) -> dict[Purpose, Consent]:
    """What the person agrees to now."""
    statement = select(Consent).where(Consent.account_id == account_id, Consent.withdrawn_at.is_(None))
    return {consent.purpose: consent for consent in db.session.scalars(statement)}


def has_taken_back(account_id: int, purpose: Purpose) -> bool:
    """Whether the person agreed to this once and does not any more."""
    statement = select(Consent.id).where(Consent.account_id == account_id, Consent.purpose == purpose)
    return purpose not in standing_consents(account_id) and db.session.scalar(statement.limit(1)) is not None


MOST_TRIES = 5  # wrong answers to one code or link


def _live(purpose: TokenPurpose, now: datetime) -> Select[tuple[Token]]:
    return select(Token).where(
        Token.purpose == purpose, Token.used_at.is_(None), Token.expires_at > now, Token.tries < MOST_TRIES
    )


def tie_columns(account: Any, kind: str, place: Any, role: Any) -> Select[Any]:
    """One feature's part of the actor's query, in the shape that all share."""
    return select(
        account.label("account_id"), literal(kind).label("kind"), place.label("place"), role.label("role")
    )
