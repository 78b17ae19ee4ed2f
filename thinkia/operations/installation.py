"""Whether everything that Thinkia stands on is there and answers. Each check yields its lines."""

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from io import BytesIO
from pathlib import Path
from shutil import disk_usage
from urllib.parse import urlsplit

from alembic.script import ScriptDirectory
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from flask_babel import gettext as _
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, Worker
from rq.serializers import JSONSerializer

from config import ENVIRONMENTS, Settings
from thinkia.operations import queries
from thinkia.operations.report import Line, Place, enumerated, short, unused, well, wrong
from thinkia.outside.mail import connected
from thinkia.outside.queue import QUEUE
from thinkia.outside.storage import Folder, Storage, digest

SECRET_LENGTH, SECRET_VARIETY = 32, 10
OF_TESTS = "THINKIA_TEST_"
ROOM = 500 * 1024 * 1024  # less than this, and uploads will soon be refused


def settings_given(place: Place) -> Iterator[Line]:
    """Everything production needs is given, nothing is misspelt, the secret cannot be guessed."""
    settings, faults = place.settings, []
    if settings.env not in ENVIRONMENTS:
        faults.append(
            _(
                "THINKIA_ENV is “%(env)s”. Write one of: %(known)s.",
                env=settings.env,
                known=", ".join(ENVIRONMENTS),
            )
        )
    if settings.missing:
        faults.append(_("Settings are missing: %(names)s.", names=", ".join(settings.missing)))
    faults += _misspelt(place)
    if settings.production:
        faults += _careless(settings)
    yield from (wrong(fault) for fault in faults)
    if not faults:
        words = _("Settings: everything that production needs is given.")
        yield well(words if settings.production else _("Settings: for development, on this machine alone."))


def _misspelt(place: Place) -> Iterator[str]:
    known = {f"THINKIA_{name.upper()}" for name in Settings.__dataclass_fields__ if name != "given"}
    for name in sorted(place.environment):
        if name.startswith("THINKIA_") and name not in known and not name.startswith(OF_TESTS):
            near = get_close_matches(name, known, n=1)
            meant = _("Did you mean %(name)s?", name=near[0]) if near else _("Take it out.")
            yield _("%(name)s is no setting of Thinkia.", name=name) + " " + meant


def _careless(settings: Settings) -> Iterator[str]:
    """What was given and yet would do harm."""
    if "secret" in settings.given and not _is_strong(settings.secret):
        yield _(
            "THINKIA_SECRET is short or repeats itself. Make one with: %(command)s",
            command="openssl rand -hex 32",
        )
    is_https = settings.base_url.startswith("https://")
    if settings.base_url and not is_https:
        yield _("THINKIA_BASE_URL does not begin with https://. Sign-ins would travel in the clear.")
    if is_https and not settings.trusted_proxies:
        yield _(
            "THINKIA_TRUSTED_PROXIES is 0, so all people seem to come from one address and share its limits. "
            "Set it to the number of proxies in front, usually 1."
        )
    if settings.limits_storage.startswith("memory:"):
        yield _("THINKIA_LIMITS_STORAGE counts in each process on its own. Leave it out to count in Redis.")


def _is_strong(secret: str) -> bool:
    return len(secret) >= SECRET_LENGTH and len(set(secret)) >= SECRET_VARIETY


def database(place: Place) -> Iterator[Line]:
    """It answers and is migrated; on SQLite, it also writes ahead and holds foreign keys. May raise."""
    kind, there = queries.database_kind(), queries.revisions()
    known = frozenset(ScriptDirectory(str(place.root / "migrations")).get_heads())
    if there != known:
        yield wrong(
            _(
                "Database: its schema is %(there)s and this release needs %(known)s. Run: flask db upgrade",
                there=", ".join(sorted(there)) or _("empty"),
                known=", ".join(sorted(known)),
            )
        )
        return
    yield well(_("Database: %(kind)s answers, and its schema is that of this release.", kind=kind))
    if kind == "sqlite":
        yield _sqlite()


def _sqlite() -> Line:
    mode, holds_keys = queries.sqlite_settings()
    if mode == "wal" and holds_keys:
        return well(_("SQLite writes ahead (WAL) and holds foreign keys."))
    return wrong(
        _(
            "SQLite: journal mode %(mode)s, foreign keys %(keys)s. "
            "Keep its file on a disk of this machine, not on the network.",
            mode=mode,
            keys=_("on") if holds_keys else _("off"),
        )
    )


def redis(place: Place) -> Iterator[Line]:
    """Redis answers, and a worker listens to our queue."""
    url = place.settings.redis_url
    if not url:
        yield unused(_("Redis: not used. Work runs in a thread of the web process, without RQ."))
        return
    where = _host(url, 6379)
    try:
        with Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5) as connection:
            connection.ping()
            workers = Worker.all(queue=Queue(QUEUE, connection=connection, serializer=JSONSerializer))
    except (RedisError, ValueError) as error:
        yield wrong(_("Redis: %(where)s does not answer (%(error)s).", where=where, error=short(error)))
        return
    yield well(_("Redis: %(where)s answers.", where=where))
    if workers:
        yield well(
            _("Worker: %(number)s listening to the queue “%(queue)s”.", number=len(workers), queue=QUEUE)
        )
    else:
        yield wrong(_("Worker: nobody listens to the queue “%(queue)s”. Start one: make worker", queue=QUEUE))


def mail(place: Place) -> Iterator[Line]:
    """The mail server takes us in; no letter is sent. Without one, the folder can be written."""
    url = place.settings.smtp_url
    if not url:
        yield _folder(place.settings.data / "mail", _("Mail: letters go to the folder %(folder)s."))
        return
    where = _host(url, 25)
    try:
        with connected(url):
            pass
    except smtplib.SMTPAuthenticationError:
        yield wrong(_("Mail: %(where)s refuses the user or the password of THINKIA_SMTP_URL.", where=where))
    except (OSError, smtplib.SMTPException, ssl.SSLError, ValueError) as error:
        yield wrong(_("Mail: %(where)s does not answer (%(error)s).", where=where, error=short(error)))
    else:
        yield well(_("Mail: %(where)s answers and lets us in.", where=where))


def storage(place: Place) -> Iterator[Line]:
    """A small content can be put, read back and taken away. Whatever goes wrong there may raise."""
    content = f"flask check, {place.now.isoformat()}\n".encode()
    sha256, _size = digest(BytesIO(content))
    place.storage.put(BytesIO(content), sha256)
    try:
        came_back = b"".join(place.storage.chunks(sha256))
    finally:
        place.storage.remove(sha256)
    if came_back != content:
        yield wrong(_("Files: what was written came back different."))
    else:
        where = place.settings.storage or str(place.settings.data / "files")
        yield well(_("Files: %(where)s can be written and read.", where=where))


def room(place: Place) -> Iterator[Line]:
    """Enough of the disk is free where files, and in the embedded mode everything, are kept."""
    for folder, free in sorted(free_space(place.settings, place.storage).items()):
        words = {"free": f"{free / 1024**3:.1f}", "folder": folder}
        if free < ROOM:
            yield wrong(
                _("Disk: only %(free)s GB are free at %(folder)s. Uploads will soon be refused.", **words)
            )
        else:
            yield well(_("Disk: %(free)s GB are free at %(folder)s.", **words))


def free_space(settings: Settings, files: Storage) -> dict[str, int]:
    """Bytes that are free, by folder in which something is kept; one folder of each disk."""
    folders = [settings.data, files.root] if isinstance(files, Folder) else [settings.data]
    disks = {folder.stat().st_dev: folder for folder in map(_existing, reversed(folders))}
    return {str(folder): disk_usage(folder).free for folder in disks.values()}


def catalogues(place: Place) -> Iterator[Line]:
    """The Spanish sentences that readers get are those of this release."""
    behind = enumerated(
        source.parent.parent.name
        for source in sorted((place.root / "translations").glob("*/LC_MESSAGES/messages.po"))
        if not _sentences(source).items() <= _sentences(source.with_suffix(".mo")).items()
    )
    if behind:
        yield wrong(
            _("Languages: not compiled, or of another release: %(behind)s. Run: make setup", behind=behind)
        )
    else:
        yield well(_("Languages: the catalogues are compiled."))


def _sentences(file: Path) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What a catalogue says, whether source or compiled. What is not translated yet is left out."""
    if not file.exists():
        return {}
    with file.open("rb") as stream:
        catalogue: Catalog = read_mo(stream) if file.suffix == ".mo" else read_po(stream)
    said = ((_words(each.id), _words(each.string)) for each in catalogue if each.id and not each.fuzzy)
    return {sentence: words for sentence, words in said if all(words)}


def _words(one_or_plural: str | Sequence[str] | None) -> tuple[str, ...]:
    return (one_or_plural,) if isinstance(one_or_plural, str) else tuple(one_or_plural or ("",))


def _folder(folder: Path, words: str) -> Line:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".flask-check"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        return wrong(
            _("The folder %(folder)s cannot be written (%(error)s).", folder=folder, error=short(error))
        )
    return well(words % {"folder": folder})


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    folder = folder.absolute()
    return next(path for path in (folder, *folder.parents) if path.exists())


def _host(url: str, port: int) -> str:
    """Where an address points, without its user and password."""
    parts = urlsplit(url)
    return f"{parts.hostname or url}:{parts.port or port}"
