"""What happens to accounts. Whoever asks learns nothing of other people's: known and unknown look alike."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from thinkia.accounts import emails, hooks
from thinkia.accounts.models import (
    CONSENT_TEXT,
    Account,
    Consent,
    FailedSignIn,
    Purpose,
    SignIn,
    Token,
    TokenPurpose,
)
from thinkia.accounts.queries import (
    MOST_TRIES,
    account_by_email,
    code_for_browser,
    failed_tries,
    hashed,
    known_devices,
    live_links,
    standing_consents,
    standing_sign_ins,
)
from thinkia.db import db
from thinkia.db.transaction import atomic, lock
from thinkia.domain import ages, tries
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.services import record
from thinkia.outside.mail import post
from thinkia.policy import Actor

VERIFY_LASTS, RESET_LASTS, CODE_LASTS = timedelta(hours=24), timedelta(hours=1), timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """What somebody said who signs up. The passphrase comes as its hash."""

    email: str
    name: str
    password_hash: str
    birth_date: date
    language: str
    purposes: frozenset[Purpose]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What people may say about themselves."""

    name: str
    sector: str | None
    institution: str
    place: str  # a canton's code, a province's, or nothing
    birth_date: date | None
    skills: str
    languages: tuple[str, ...]
    language: str


@atomic
def sign_up(wanted: NewAccount, browser: str, now: datetime) -> None:
    """Make an account that waits until its address is proved, and write to that address.

    A known address gets another letter, and who asks sees no difference. An account that was never proved
    belongs to nobody: it starts anew, and its earlier links stop working.
    """
    if ages.age_on(ages.day_in_ecuador(now), wanted.birth_date) < ages.OWN_CONSENT:
        raise Refused(Reason.TOO_YOUNG)
    account = _account(wanted.email, wanted.name, wanted.language, now)
    if account.verified_at is not None:
        post(emails.known_address(account), now)
        return
    account.name, account.language = wanted.name, wanted.language
    account.password_hash, account.birth_date = wanted.password_hash, wanted.birth_date
    _spend_links(account, now)
    _agree(account, wanted.purposes, now)
    record("account.signed_up", "account", actor=_as(account), now=now)
    secret = _issue(account, TokenPurpose.VERIFY, now, VERIFY_LASTS, browser)
    post(emails.verify(account, secret), now)


@atomic
def verify(link: Token, now: datetime) -> Account:
    """The address is the person's. The link works once."""
    account = _use(link, now)
    _prove(account, now)
    return account


@atomic
def remind_to_verify(account: Account, browser: str, now: datetime) -> None:
    """Send the link again to somebody who knows the passphrase."""
    secret = _issue(account, TokenPurpose.VERIFY, now, VERIFY_LASTS, browser)
    post(emails.verify(account, secret), now)


@atomic
def note_wrong_answer(link: Token) -> None:
    """Somebody opened a link and could not say the passphrase. After some of these it is worn out."""
    lock(link).tries += 1


@atomic
def begin_try(email: str, address: str, now: datetime) -> None:
    """Count a try to sign in before it is judged; refuses while one has to wait. Unknown ones count too."""
    keys = _keys(email, address)
    ready = tries.ready_at(*(failed_tries(key, now) for key in keys))
    if ready is not None and now < ready:
        raise Refused(Reason.TOO_MANY_TRIES, minutes=max(1, -(-(ready - now).seconds // 60)))
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.at < now - 4 * tries.WINDOW))
    db.session.add_all(FailedSignIn(key_hash=hashed(key), at=now) for key in keys)


@atomic
def sign_in(
    account: Account, device: str, now: datetime, *, address: str = "", renewed_hash: str | None = None
) -> str:
    """The passphrase was right: the tries from here are forgotten. Returns the token of the sign-in."""
    here, _ = _keys(account.email, address)
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.key_hash == hashed(here)))
    if renewed_hash:
        lock(account).password_hash = renewed_hash
    return start_sign_in(account, device, now)


@atomic
def start_sign_in(account: Account, device: str, now: datetime) -> str:
    """Let a proved person in, on this device. Returns the token: `web.security.admit` puts it in the session.

    A device that the account never used is told to its owner.
    """
    if account.verified_at is None:
        raise Refused(Reason.ACCOUNT_UNKNOWN)
    known = known_devices(account.id)
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(account_id=account.id, token_hash=hashed(token), device=device, created_at=now, seen_at=now)
    )
    if known and device not in known:
        post(emails.new_device(account, device), now)
    return token


@atomic
def sign_out(actor: Actor, now: datetime) -> None:
    """End this sign-in on the server."""
    for row in standing_sign_ins(actor.account_id):
        if row.id == actor.sign_in_id:
            row.revoked_at = now


@atomic
def sign_out_device(device: SignIn, now: datetime) -> None:
    """End one sign-in of one's own."""
    lock(device).revoked_at = now


@atomic
def sign_out_everywhere(account_id: int, now: datetime, *, but: int | None = None) -> None:
    """End every sign-in of an account, but one if it is named."""
    for row in standing_sign_ins(account_id):
        if row.id != but:
            row.revoked_at = now


@atomic
def ask_for_code(email: str, language: str, browser: str, now: datetime) -> None:
    """Send six digits that let this browser in; to an unknown address, a letter that says so."""
    account = account_by_email(email)
    if account is None:
        post(emails.no_account(email, language), now)
    elif account.verified_at is None:
        _send_reset(account, now)
    else:
        digits = f"{secrets.randbelow(1_000_000):06}"
        _issue(account, TokenPurpose.CODE, now, CODE_LASTS, browser, secret=browser + digits)
        post(emails.code(account, digits), now)


@atomic
def account_of_code(browser: str, digits: str, now: datetime) -> Account | None:
    """Whom the code lets in, once; ``None`` for a wrong one, which counts as a try."""
    found = code_for_browser(browser, now)
    if found is None:
        return None
    code = lock(found)
    if code.used_at is not None or code.tries >= MOST_TRIES:
        return None
    code.tries += 1
    if not secrets.compare_digest(code.token_hash, hashed(browser + digits)):
        return None
    code.used_at = now
    return db.session.get_one(Account, code.account_id)


@atomic
def ask_for_reset(email: str, language: str, now: datetime) -> None:
    """Send a link to choose a passphrase; to an unknown address, a letter that says so."""
    account = account_by_email(email)
    if account is None:
        post(emails.no_account(email, language), now)
    else:
        _send_reset(account, now)


@atomic
def reset_password(link: Token, password_hash: str, device: str, now: datetime, *, name: str = "") -> str:
    """A new passphrase by a link that was mailed. Every sign-in ends; returns the token of a new one."""
    account = _use(link, now)
    account.name = name or account.name
    _prove(account, now)
    return _set_password(account, password_hash, device, now)


@atomic
def change_password(account: Account, password_hash: str, device: str, now: datetime) -> str:
    """A new passphrase by somebody who knows the old one. Every sign-in ends; returns a new one's token."""
    return _set_password(lock(account), password_hash, device, now)


@atomic
def update_profile(account: Account, profile: Profile, actor: Actor, now: datetime) -> Account:
    """Keep what a person says about himself or herself. A birth date that is known stays as it is."""
    account = lock(account)
    for field in ("name", "sector", "institution", "skills", "language"):
        setattr(account, field, getattr(profile, field))
    account.province = profile.place[:2] or None
    account.canton = profile.place if len(profile.place) == 4 else None
    account.birth_date = account.birth_date or profile.birth_date
    account.languages = list(profile.languages)
    record("account.described", "account", actor=actor, now=now)
    return account


@atomic
def agree(account: Account, purpose: Purpose, actor: Actor, now: datetime) -> None:
    """Say yes to one purpose, under the text of today."""
    _agree(lock(account), [purpose], now)
    record("consent.given", "account", actor=actor, now=now, data={"purpose": purpose, "text": CONSENT_TEXT})


@atomic
def withdraw(account: Account, purpose: Purpose, actor: Actor, now: datetime) -> None:
    """Take a yes back, as simply as it was given."""
    lock(account)
    standing = standing_consents(account.id).get(purpose)
    if standing is not None:
        standing.withdrawn_at = now
        hooks.tell_taken_back(account, purpose, now)
        record("consent.withdrawn", "account", actor=actor, now=now, data={"purpose": purpose})


@atomic
def find_or_create_account(
    email: str, name: str, language: str, now: datetime, *, purposes: Iterable[Purpose] = ()
) -> Account:
    """The proved account of somebody who opened a secret link that was mailed to ``email``.

    A new account has no passphrase; its owner signs in with a code. Let nobody into an account that was
    proved before on the strength of such a link: it may have been forwarded. Ask that person to sign in.
    """
    account = _account(email, name, language, now)
    if account.verified_at is None:
        account.password_hash = None  # whoever chose it never proved the address
        _prove(account, now)
    _agree(account, purposes, now)
    return account


@atomic
def open_account(email: str, name: str, language: str, now: datetime) -> Account:
    """The account of an address, made if need be. A new one is of use once its owner chose a passphrase."""
    return _account(email, name, language, now)


@atomic
def link_to_choose_passphrase(account: Account, now: datetime, lasts: timedelta) -> str:
    """The secret of a link that proves the address and sets the passphrase."""
    return _issue(account, TokenPurpose.RESET, now, lasts)


def _account(email: str, name: str, language: str, now: datetime) -> Account:
    """The account of this address, locked; a new one if there is none, also when two ask at once."""
    known = account_by_email(email)
    if known is None:
        known = Account(email=email.strip().lower(), name=name, language=language, created_at=now)
        try:
            with db.session.begin_nested():
                db.session.add(known)
        except IntegrityError:
            known = account_by_email(email) or known
    return lock(known)


def _prove(account: Account, now: datetime) -> None:
    if account.verified_at is None:
        account.verified_at = now
        record("account.verified", "account", actor=_as(account), now=now)


def _set_password(account: Account, password_hash: str, device: str, now: datetime) -> str:
    account.password_hash, account.password_changed_at = password_hash, now
    _spend_links(account, now)
    sign_out_everywhere(account.id, now)
    record("account.password_changed", "account", actor=_as(account), now=now)
    post(emails.password_changed(account), now)
    return start_sign_in(account, device, now)


def _send_reset(account: Account, now: datetime) -> None:
    secret = _issue(account, TokenPurpose.RESET, now, RESET_LASTS)
    post(emails.reset(account, secret), now)


def _issue(
    account: Account,
    purpose: TokenPurpose,
    now: datetime,
    lasts: timedelta,
    browser: str = "",
    *,
    secret: str = "",
) -> str:
    secret = secret or secrets.token_urlsafe(32)
    token = Token(
        account_id=account.id,
        purpose=purpose,
        token_hash=hashed(secret),
        browser_hash=hashed(browser) if browser else None,
        created_at=now,
        expires_at=now + lasts,
        tries=0,
    )
    db.session.add(token)
    return secret


def _use(link: Token, now: datetime) -> Account:
    """Spend a link, once, and lock its account."""
    link = lock(link)
    if link.used_at is not None or link.expires_at <= now or link.tries >= MOST_TRIES:
        raise Refused(Reason.LINK_EXPIRED)
    link.used_at = now
    return lock(db.session.get_one(Account, link.account_id))


def _spend_links(account: Account, now: datetime) -> None:
    for link in live_links(account.id, now):
        link.used_at = now


def _agree(account: Account, purposes: Iterable[Purpose], now: datetime) -> None:
    for purpose in sorted(set(purposes) - set(standing_consents(account.id))):
        consent = Consent(
            account_id=account.id, purpose=purpose, text_version=CONSENT_TEXT, given_at=now, withdrawn_at=None
        )
        db.session.add(consent)


def _keys(email: str, address: str) -> tuple[str, str]:
    """What tries are counted under: this account from here, and from everywhere."""
    known = email.strip().lower()
    return f"{known} {address}", known


def _as(account: Account) -> Actor:
    """Somebody who proves who he or she is by what is being done."""
    return Actor.of(account.id)
