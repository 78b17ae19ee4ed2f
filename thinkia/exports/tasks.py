"""Large exports are made in the background, kept for a day, and deleted."""

from dataclasses import asdict
from typing import Any

from flask import current_app
from flask_babel import force_locale

from thinkia import clock
from thinkia.exports import services
from thinkia.exports.exporting import Progress, left_of, make
from thinkia.exports.queries import export_by_code, is_needed
from thinkia.exports.services import FORGET, MAKE
from thinkia.outside.outbox import report_aside, task
from thinkia.outside.storage import Storage
from thinkia.results.queries import marks_wait_for


@task(MAKE)
def make_export(code: str) -> dict[str, Any]:
    """Make it and keep its file. What an earlier worker left when it was killed is removed first."""
    export = export_by_code(code)
    if export is None or export.rows is not None:
        return {}
    storage = _storage()
    if export.sha256 and not is_needed(export, clock.now()):
        storage.remove(export.sha256)
    now = clock.now()
    wanted = export.wanted(with_marks=not marks_wait_for(export.call))

    def tell(progress: Progress) -> None:
        report_aside(export.outbox_id or 0, asdict(progress))

    with force_locale(export.options["language"]):
        made = make(export.call, wanted, now, storage, tell)
    with made.file:
        services.note_file(export, made.sha256)
        storage.put(made.file, made.sha256)
    services.finish(export, left_of(made, wanted), made.name, made.size, now, clock.now())
    return {"rows": made.rows, "size": made.size}


@task(FORGET)
def forget_export(code: str) -> None:
    """Its day is over. A file of the same content that somebody else may still take stays until then."""
    export = export_by_code(code)
    if export is not None and export.sha256 and not is_needed(export, clock.now()):
        _storage().remove(export.sha256)


def _storage() -> Storage:
    found: Storage = current_app.extensions["storage"]
    return found
