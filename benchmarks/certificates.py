"""A thousand certificates: given at once, drawn some at a time in both languages, each once.

    .venv/bin/python benchmarks/certificates.py

One database of its own, one process that draws, as a worker does. Everything is asked for twice and run
twice. Seconds and bytes are figures; what is checked are counts, and that the last hundred costs what the
first one did in time and in memory.
"""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # started as a file, or with -m

from sqlalchemy import func, select

import thinkia
from benchmarks import sites
from benchmarks.peak import PROCESS, SET_PEAK_BACK, peak
from benchmarks.report import Check, tell
from config import Settings
from tests import servers
from tests.servers import databases
from thinkia import clock
from thinkia.accounts.queries import account_by_email, actor_of
from thinkia.calls.queries import call_by_code
from thinkia.certificates import services
from thinkia.certificates.models import Certificate
from thinkia.certificates.queries import DRAW, drawn
from thinkia.db import db
from thinkia.demo.calls import Sample
from thinkia.demo.load import Size
from thinkia.demo.load.applicants import TEAM_SIZE
from thinkia.demo.seed import OWNER, seed
from thinkia.domain.text import LANGUAGES
from thinkia.outside.mail import Mail
from thinkia.outside.outbox import OutboxTask, run_task
from thinkia.outside.storage import Storage

CALL = "certified"
WANTED = 1000
JURORS = 20
MOST_GROWTH = 1.5  # the last hundred, beside the first


def measured(settings: Settings, wanted: int) -> dict[str, Any]:
    """Give, draw, give and draw again."""
    app = thinkia.create_app(settings)
    with app.app_context():
        seed(clock.now())
    teams = -(-(wanted - JURORS) // TEAM_SIZE)
    sites.add_call(app, CALL, Size(teams, JURORS, teams * 2), Sample.RESULTS)
    with app.app_context():
        begun = time.perf_counter()
        made = _make()
        asked = time.perf_counter() - begun
        seconds, peaks = _draw_all()
        again = _make() + sum(_run(task) for task in _tasks())
        storage: Storage = app.extensions["storage"]
        found = _counts(storage)
    databases.dispose(app)
    half = max(1, len(seconds) // 4)
    return {
        "certificates": made,
        "again": again,
        "seconds_to_give": round(asked, 2),
        "seconds_per_100": round(sum(seconds) / made * 100, 2),
        "time_growth": round(sum(seconds[-half - 1 : -1]) / sum(seconds[:half]), 2),
        "peak_bytes": peaks[-1],
        "memory_growth": round(peaks[-1] / peaks[0], 2),
        **found,
    }


def _make() -> int:
    call, account = call_by_code(CALL), account_by_email(OWNER.email)
    if call is None or account is None:
        sys.exit("the sample call is not there")
    return services.make(call, actor_of(account), clock.now())


def _tasks() -> list[int]:
    return list(
        db.session.scalars(select(OutboxTask.id).where(OutboxTask.task == DRAW).order_by(OutboxTask.id))
    )


def _run(task: int) -> bool:
    """Whether there was anything to run."""
    return run_task(task, clock.now)


def _draw_all() -> tuple[list[float], list[int]]:
    """Seconds of each task, and the peak of memory after it."""
    seconds, peaks = [], []
    for place, task in enumerate(_tasks()):
        if place == 1:  # fonts are read by then
            (PROCESS / "clear_refs").write_text(SET_PEAK_BACK)
        begun = time.perf_counter()
        if not _run(task):
            sys.exit(f"task {task} did not end: {db.session.get_one(OutboxTask, task).last_error}")
        seconds.append(time.perf_counter() - begun)
        db.session.remove()
        peaks.append(peak())
    return seconds, peaks[1:] or peaks


def _counts(storage: Storage) -> dict[str, Any]:
    call = call_by_code(CALL)
    rows = drawn(call) if call else ()
    people = Counter((row.account_id, row.kind) for row in rows)
    files = [row.sha256(language) or "" for row in rows for language in LANGUAGES]
    letters = db.session.scalar(
        select(func.count()).where(Mail.template == "certificates/emails/ready.txt").select_from(Mail)
    )
    return {
        "rows": db.session.scalar(select(func.count()).select_from(Certificate)) or 0,
        "drawn": len(rows),
        "duplicates": sum(count - 1 for count in people.values()),
        "numbers_twice": len(rows) - len({row.number for row in rows}),
        "files_missing": sum(not storage.holds(each) for each in files),
        "files_alike": len(files) - len(set(files)),
        "letters": letters or 0,
        "people": len({row.account_id for row in rows}),
    }


def checks(found: dict[str, Any], wanted: int) -> list[Check]:
    return [
        Check("certificates fewer than asked for", max(0, wanted - found["certificates"]), 0),
        Check("given and not drawn", found["rows"] - found["drawn"], 0),
        Check("given, or drawn, a second time", found["again"] + found["rows"] - found["certificates"], 0),
        Check("duplicates of person and kind", found["duplicates"], 0),
        Check("numbers that stand twice", found["numbers_twice"], 0),
        Check("files that are missing", found["files_missing"], 0),
        Check("files that are alike", found["files_alike"], 0),
        Check("letters beyond or short of one a person", abs(found["letters"] - found["people"]), 0),
        Check("time of the last ones, to that of the first", found["time_growth"], MOST_GROWTH),
        Check("memory at the end, to that of the first hundred", found["memory_growth"], MOST_GROWTH),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--certificates", type=int, default=WANTED)
    wanted = parser.parse_args().certificates
    with sites.running():
        url = databases.fresh("postgresql", "thinkia_certificates")
        found = measured(databases.settings(url, servers.folder() / "certificates"), wanted)
    tell("certificates", found, checks(found, wanted))


if __name__ == "__main__":
    main()
