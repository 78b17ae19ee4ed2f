"""A juror's durable way in: a link that works as long as the seat, and a known browser or a code."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from thinkia.accounts.queries import account_by_id, actor_of, hashed
from thinkia.accounts.services import account_of_code, ask_for_code, start_sign_in
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain.lifecycle import JurorState
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.jury import emails
from thinkia.jury.models import AccessLink, AccessUse, Juror, KnownBrowser, Proof, SentKind
from thinkia.jury.queries.access import (
    WITH_JUROR,
    browser_by_secret,
    browsers_of,
    link_by_token,
    links_standing,
)
from thinkia.jury.queries.people import WITH_CALL
from thinkia.jury.services.letters import send
from thinkia.policy import Actor, TieKind

KNOWN_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Entered:
    """The token of the sign-in, and the secret by which the browser is known from now on."""

    token: str
    browser: str


@atomic
def new_access(juror: Juror, now: datetime) -> str:
    """The secret of one more link to the desk, for a letter. Those of earlier letters go on working."""
    secret = secrets.token_urlsafe(32)
    db.session.add(AccessLink(juror_id=juror.id, token_hash=hashed(secret), made_at=now))
    db.session.flush()
    return secret


@atomic
def send_new_link(juror: Juror, actor: Actor, now: datetime) -> None:
    """A letter with a new link. Every earlier link ends, and every browser has to prove itself again."""
    juror = lock(juror, *WITH_CALL)
    if juror.state is not JurorState.ACCEPTED:
        raise Refused(Reason.ACCESS_GONE)
    for link in links_standing(juror):
        link.ended_at = now
    for browser in browsers_of(juror, now - KNOWN_FOR):
        browser.ended_at = now
    send(juror, SentKind.ACCESS, emails.access(juror, juror.call, new_access(juror, now)), actor, now)
    _record("juror.access_renewed", juror, actor, now, {})


@atomic
def send_code(juror: Juror, token: str, browser: str, now: datetime) -> None:
    """Six digits to the juror's own address, for a browser that is not known."""
    _demand_open(juror, token)
    account = account_by_id(juror.account_id or 0)
    if account is not None:
        ask_for_code(account.email, account.language, browser, now)


@atomic
def enter_known(juror: Juror, token: str, browser: str, device: str, now: datetime) -> Entered:
    """In by the link and a browser that proved itself before; somebody who organises proves it each time."""
    juror = _demand_open(juror, token)
    account = account_by_id(juror.account_id or 0)
    if account is None or not is_known(juror, browser, now):
        raise Refused(Reason.WRONG_CODE)
    _note(juror, Proof.BROWSER, device, now)
    return Entered(start_sign_in(account, device, now), browser)


@atomic
def enter_by_code(
    juror: Juror, token: str, digits: str, asked_in: str, known: str, device: str, now: datetime
) -> Entered | None:
    """In by the link and the digits of a letter; ``None`` for wrong ones, which count as a try.

    ``asked_in`` is the browser that asked for them, ``known`` the secret it has from before. A secret that
    was not given by us to this person is not taken over: somebody else may have put it there.
    """
    juror = _demand_open(juror, token)
    account = account_of_code(asked_in, digits, now)
    if account is None or account.id != juror.account_id:
        return None
    secret = known if is_known(juror, known, now) else secrets.token_urlsafe(32)
    if secret != known:
        row = KnownBrowser(juror_id=juror.id, token_hash=hashed(secret), device=device, made_at=now)
        db.session.add(row)
    _note(juror, Proof.CODE, device, now)
    return Entered(start_sign_in(account, device, now), secret)


@atomic
def is_known(juror: Juror, browser: str, now: datetime) -> bool:
    """Whether this browser needs no code for this juror's desk."""
    account = account_by_id(juror.account_id or 0)
    if not browser or account is None or actor_of(account).places(TieKind.STAFF):
        return False
    return browser_by_secret(juror, browser, now - KNOWN_FOR) is not None


@atomic
def forget(browser: KnownBrowser, actor: Actor, now: datetime) -> None:
    """Ask this browser for a code again."""
    browser = lock(browser, WITH_JUROR)
    browser.ended_at = now
    _record("juror.browser_forgotten", browser.juror, actor, now, {})


def _demand_open(juror: Juror, token: str) -> Juror:
    juror = lock(juror, *WITH_CALL)
    link = link_by_token(token)
    if juror.state is not JurorState.ACCEPTED or link is None or link.ended_at is not None:
        raise Refused(Reason.ACCESS_GONE)
    return juror


def _note(juror: Juror, proof: Proof, device: str, now: datetime) -> None:
    db.session.add(AccessUse(juror_id=juror.id, at=now, device=device, proof=proof))
    _record("juror.entered", juror, Actor.of(juror.account_id or 0), now, {"proof": proof.value})


def _record(action: str, juror: Juror, actor: Actor, now: datetime, data: dict) -> None:
    record(action, f"juror:{juror.code}", actor=actor, now=now, call_id=juror.call_id, data=data)
