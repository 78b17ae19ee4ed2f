"""SELECTs about a juror's way in: links, known browsers, uses."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from thinkia.accounts.queries import hashed
from thinkia.db import db
from thinkia.jury.models import AccessLink, AccessUse, Juror, KnownBrowser
from thinkia.jury.queries.people import WITH_CALL
from thinkia.policy import Actor

SHOWN_USES = 20
WITH_JUROR = joinedload(KnownBrowser.juror)


def juror_by_access(token: str) -> Juror | None:
    """Whose desk a link leads to, whether it still works or not. With the call, its bases and host."""
    return db.session.scalar(
        select(Juror)
        .join(AccessLink, AccessLink.juror_id == Juror.id)
        .where(AccessLink.token_hash == hashed(token))
        .options(*WITH_CALL, joinedload(Juror.account))
    )


def link_by_token(token: str) -> AccessLink | None:
    return db.session.scalar(select(AccessLink).where(AccessLink.token_hash == hashed(token)))


def links_standing(juror: Juror) -> list[AccessLink]:
    """The links that still lead to the desk."""
    statement = select(AccessLink).where(AccessLink.juror_id == juror.id, AccessLink.ended_at.is_(None))
    return list(db.session.scalars(statement))


def browsers_of(juror: Juror, since: datetime) -> list[KnownBrowser]:
    """The browsers that need no code, the newest first."""
    return list(
        db.session.scalars(
            select(KnownBrowser)
            .where(
                KnownBrowser.juror_id == juror.id,
                KnownBrowser.ended_at.is_(None),
                KnownBrowser.made_at > since,
            )
            .order_by(KnownBrowser.made_at.desc(), KnownBrowser.id.desc())
        )
    )


def browser_by_secret(juror: Juror, secret: str, since: datetime) -> KnownBrowser | None:
    """This browser, if the juror proved himself or herself in it."""
    return next((each for each in browsers_of(juror, since) if each.token_hash == hashed(secret)), None)


def browser_of(code: str, browser: int, actor: Actor) -> KnownBrowser | None:
    """A browser of the reader's own seat."""
    from_seat = select(KnownBrowser).join(Juror, Juror.id == KnownBrowser.juror_id)
    found = db.session.scalar(
        from_seat.where(KnownBrowser.id == browser, Juror.account_id == actor.account_id).options(
            joinedload(KnownBrowser.juror).joinedload(Juror.call)
        )
    )
    return found if found is not None and found.juror.call.code == code else None


def uses_of(juror: Juror) -> list[AccessUse]:
    """When links opened the desk, the newest first."""
    return list(
        db.session.scalars(
            select(AccessUse)
            .where(AccessUse.juror_id == juror.id)
            .order_by(AccessUse.at.desc(), AccessUse.id.desc())
            .limit(SHOWN_USES)
        )
    )
