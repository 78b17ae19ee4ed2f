"""Passphrases at the door: argon2id, the same work whether the account exists or not.

They arrive in NFC, so that ``ñ`` is the same letter on every keyboard. Hashing takes a good part of a
second on purpose: it is done before a transaction begins, never inside one.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from argon2 import PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask, current_app

from thinkia.domain.passphrases import MAXIMUM, MINIMUM, is_guessable
from thinkia.domain.reasons import Reason, Refused


@dataclass(frozen=True, slots=True)
class _Hashing:
    hasher: PasswordHasher
    nobody: str  # a hash of these costs that no passphrase has, checked where there is no account


def init_passwords(app: Flask) -> None:
    """Choose the costs: the library's for people, the smallest for tests."""
    cheap = app.config["SETTINGS"].cheap_passwords
    hasher = PasswordHasher.from_parameters(profiles.CHEAPEST) if cheap else PasswordHasher()
    app.extensions["hashing"] = _Hashing(hasher, _of_nobody(hasher))


def chosen(passphrase: str, about: Iterable[str] = ()) -> str:
    """The hash of a passphrase that somebody chose; refuses one that is short or easy to guess."""
    text = _same(passphrase)
    if not MINIMUM <= len(text) <= MAXIMUM or is_guessable(text, about):
        raise Refused(Reason.COMMON_PASSWORD)
    return _hashing().hasher.hash(text)


def matches(password_hash: str | None, passphrase: str) -> bool:
    """Whether this is the passphrase. Takes as long when there is none to compare with."""
    hashing = _hashing()
    try:
        right = hashing.hasher.verify(password_hash or hashing.nobody, _same(passphrase)[:MAXIMUM])
    except (VerificationError, InvalidHashError):
        return False
    return right and password_hash is not None


def renewed(password_hash: str, passphrase: str) -> str | None:
    """The same passphrase under today's costs, or ``None`` when its hash already has them."""
    hasher = _hashing().hasher
    return hasher.hash(_same(passphrase)) if hasher.check_needs_rehash(password_hash) else None


def _of_nobody(hasher: PasswordHasher) -> str:
    """All zeros, written and not computed: nothing starts with a second of work and 64 MB."""
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    salt, digest = ("A" * -(-length * 4 // 3) for length in (hasher.salt_len, hasher.hash_len))
    return f"$argon2id$v=19${costs}${salt}${digest}"


def _same(passphrase: str) -> str:
    return unicodedata.normalize("NFC", passphrase)


def _hashing() -> _Hashing:
    hashing: _Hashing = current_app.extensions["hashing"]
    return hashing
