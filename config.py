"""Every setting, typed, with its default and what it is for. Values come from ``THINKIA_*`` variables."""

import os
import secrets
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

HERE = Path(__file__).parent
ENVIRONMENTS = ("development", "test", "production")
DATABASES = ("postgresql://", "postgres://", "postgresql+psycopg://", "sqlite:///")


def _whole_number(value: str) -> int:
    if not value.isdecimal():
        raise ValueError("is not a whole number")
    return int(value)


def _database_address(value: str) -> str:
    """The address as it is; a refusal does not repeat it, since it may hold a password."""
    if not value.startswith(DATABASES):
        raise ValueError("does not begin with postgresql://")
    return value


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an installation decides. ``missing`` names what production cannot do without."""

    env: str = "development"  # development, test or production
    secret: str = field(default_factory=lambda: secrets.token_hex(32), repr=False)
    data: Path = HERE / "instance"  # SQLite, files and mail of the embedded default
    database_url: str = ""  # empty: SQLite in the data folder
    redis_url: str = ""  # empty: background work runs in a thread of this process
    base_url: str = ""  # the public address, for links in mail
    storage: str = ""  # a folder, or s3://bucket; empty: the data folder
    s3_endpoint: str = ""  # an S3-compatible service other than the default
    s3_access_key: str = field(default="", repr=False)
    s3_secret_key: str = field(default="", repr=False)
    smtp_url: str = field(
        default="", repr=False
    )  # smtp://user:password@host:587?tls=starttls; empty: a folder
    mail_from: str = "Thinkia <no-reply@localhost>"
    trusted_proxies: int = 0  # how many proxies in front may name the client's address
    limits_storage: str = ""  # counters of the rate limits; empty: redis_url or this process
    cheap_passwords: bool = False  # tests only: argon2id with the smallest costs
    relay: bool = True  # drain the outbox in a thread when there is no Redis
    given: frozenset[str] = frozenset()  # the names that were really set

    @property
    def production(self) -> bool:
        return self.env == "production"

    @property
    def sqlalchemy_url(self) -> str:
        """The database's address with the driver we ship."""
        url = self.database_url or f"sqlite:///{(self.data / 'thinkia.sqlite').absolute()}"
        for prefix in ("postgres://", "postgresql://"):
            if url.startswith(prefix):
                return "postgresql+psycopg://" + url.removeprefix(prefix)
        return url

    @property
    def missing(self) -> tuple[str, ...]:
        """The variables that production needs and were not given."""
        needed = ("SECRET", "DATABASE_URL", "REDIS_URL", "BASE_URL", "STORAGE", "SMTP_URL", "MAIL_FROM")
        if not self.production:
            return ()
        names = [f"THINKIA_{name}" for name in needed if name.lower() not in self.given]
        if self.storage.startswith("s3://"):
            keys = ("S3_ACCESS_KEY", "S3_SECRET_KEY")
            names += [f"THINKIA_{name}" for name in keys if name.lower() not in self.given]
        return tuple(names)

    def stop_if_missing(self) -> None:
        """End the process, with one line that says why, where it must not start like this."""
        if self.env not in ENVIRONMENTS:
            sys.exit(
                f"Thinkia does not start: THINKIA_ENV is {self.env!r}, not one of {', '.join(ENVIRONMENTS)}"
            )
        if self.missing:
            sys.exit(f"Thinkia does not start: set {', '.join(self.missing)} (docs/operations.md)")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Settings from the environment. An unknown ``THINKIA_`` variable is left alone."""
        read: dict[str, Callable[[str], object]] = {
            "data": Path,
            "database_url": _database_address,
            "trusted_proxies": _whole_number,
            "relay": lambda value: value != "0",
            "cheap_passwords": lambda value: value == "1",
        }
        values: dict[str, Any] = {}
        for name in cls.__dataclass_fields__:
            raw = environ.get(f"THINKIA_{name.upper()}", "")
            if raw and name != "given":
                try:
                    values[name] = read.get(name, str)(raw)
                except ValueError as reason:
                    sys.exit(f"Thinkia does not start: THINKIA_{name.upper()} {reason} (docs/operations.md)")
        return cls(**values, given=frozenset(values))
