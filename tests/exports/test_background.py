"""Large exports: made in the background, once, for one person, kept for a day, then gone."""

from datetime import timedelta

import pytest
from flask import current_app

from tests import builders as given
from tests.exports.reading import MARKS, read_back
from tests.results.scenes import judged
from thinkia import clock
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.exports import exporting, routes, services
from thinkia.exports.models import Export, ExportPurpose
from thinkia.exports.queries import export_by_code
from thinkia.journal.models import Entry
from thinkia.outside.outbox import LEASE, OutboxTask, due, run_task
from thinkia.web.export import Style

HOUR = timedelta(hours=1)


@pytest.fixture
def scene(app, monkeypatch):
    monkeypatch.setattr(routes, "MOST_AT_ONCE", 3)
    return judged(MARKS)


def work(after=timedelta()):
    """Everything that is due then is done."""
    then = clock.now() + after
    done = [run_task(task, lambda: then) for task in due(then)]
    faults = db.session.scalars(
        db.select(OutboxTask.last_error).where(OutboxTask.last_error.is_not(None))
    ).all()
    assert faults == []
    return done


def files():
    return sorted(path.name for path in current_app.extensions["storage"].root.rglob("*") if path.is_file())


def asked(browser, scene, **more):
    browser.get(f"{scene.url}/exports?lang=en")
    return browser.submit("Download the export", **{"preset": "reviews", "style": "json", **more})


def test_a_large_export_is_made_once_for_one_person_and_deleted_after_a_day(
    scene, browser, new_browser, monkeypatch
):
    before, host = files(), scene.call.host
    given.sign_in(browser, scene.organiser, clock.now())
    page = asked(browser, scene, names="y", purpose_names="Carteles")
    assert "The file is about to be made." in page.text
    asked(browser, scene, names="y", purpose_names="Carteles")  # the second click
    (row,) = db.session.query(Export)
    address = f"{scene.url}/exports/{row.code}"
    browser.get(address, status=404)
    assert work() == [True]

    page = browser.get(f"{address}/progress")
    taken = browser.get(page.link("Download the file"))
    found = read_back(Style.JSON, taken.response.data)
    assert {one["mark"] for one in found["reviews"]} == {1, 2, 3, 5}
    assert taken.response.headers["Cache-Control"] == "no-store"
    assert "What left the platform" in browser.get(f"{scene.url}/exports?lang=en").text
    assert (len(files()), row.sha256 in files()) == (len(before) + 1, True)

    owner = given.an_organiser(host, now=clock.now())
    for person in (owner, scene.members["Yaku"], scene.person(scene.jurors[0])):
        other = new_browser()
        given.sign_in(other, person, clock.now())
        for place in (address, f"{address}/progress"):
            other.get(place, status=404)
    elsewhere = judged(MARKS, code="otra")
    browser.get(f"{elsewhere.url}/exports/{row.code}", status=404)

    late = clock.now() + 25 * HOUR
    assert not row.is_kept(late)
    assert work(25 * HOUR) == [True]
    assert files() == before
    monkeypatch.setattr(Export, "is_kept", lambda *_: True)
    browser.get(address, status=404)


def test_the_journal_has_who_asked_and_what_left_and_no_purpose(scene, browser):
    given.sign_in(browser, scene.organiser, clock.now())
    asked(browser, scene, contact="y", purpose_contact="Invitar al acto")
    work()
    lines = db.session.query(Entry).filter(Entry.action.in_(["exports.asked", "results.exported"])).all()
    assert [line.action for line in lines] == ["exports.asked", "results.exported"]
    assert '"groups":["contact"]' in lines[0].body
    assert not any("Invitar" in line.body for line in lines)
    assert db.session.query(ExportPurpose).one().purpose == "Invitar al acto"


def test_a_worker_that_is_killed_leaves_one_file_in_the_end(scene, browser, monkeypatch):
    """Killed after the file is there and before it is written down that it is: the next one clears it away."""
    before = files()
    given.sign_in(browser, scene.organiser, clock.now())
    asked(browser, scene)

    class KilledError(BaseException):
        pass

    def killed(*_arguments):
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(services, "finish", killed)
        with pytest.raises(KilledError):
            work()
    db.session.expire_all()
    (row,) = db.session.query(Export)
    first = row.sha256
    assert len(files()) == len(before) + 1
    assert work() == []
    db.session.query(given.Mark).update({"value": 4})
    db.session.flush()
    assert work(LEASE + HOUR) == [True]
    row = export_by_code(row.code)
    assert row.sha256 != first
    assert len(files()) == len(before) + 1
    assert row.sha256 in files()


def test_a_file_that_two_people_keep_is_deleted_with_the_last_of_them(scene, browser, new_browser):
    given.sign_in(browser, scene.organiser, clock.now())
    other = new_browser()
    given.sign_in(other, given.an_organiser(scene.call.host, now=clock.now()), clock.now())
    for one in (browser, other):
        asked(one, scene, preset="teams", style="csv", tables=["members"])
    work()
    one, two = db.session.query(Export).order_by(Export.id)
    assert one.sha256 == two.sha256
    two.kept_until += 2 * HOUR
    for task in db.session.query(OutboxTask).filter_by(task=services.FORGET):
        if task.args["code"] == two.code:
            task.run_at += 2 * HOUR
    db.session.flush()
    work(24 * HOUR + HOUR / 2)
    assert two.sha256 in files()


@pytest.mark.parametrize("rows", [2, 6])
def test_progress_is_told_while_the_snapshot_lasts(committed_app, monkeypatch, rows):
    monkeypatch.setattr(exporting, "TELL_EVERY", rows)
    with transaction():
        scene = judged(MARKS)
        wanted = exporting.Wanted(Style.JSON, ["teams", "reviews"])
        row = services.ask(scene.call, wanted, "es", given.acting(scene.organiser), clock.now())
    seen = []
    real = exporting.Progress

    def progress(*figures):
        seen.append(db.session.execute(db.select(OutboxTask.outcome).filter_by(id=row.outbox_id)).scalar())
        return real(*figures)

    monkeypatch.setattr(exporting, "Progress", progress)
    assert run_task(row.outbox_id, clock.now)
    assert len(seen) == (4 + 16) // rows
    outcome = db.session.get(OutboxTask, row.outbox_id, populate_existing=True).outcome
    assert outcome["rows"] == 20
