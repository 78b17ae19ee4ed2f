"""A juror's device in a real browser: what it keeps, and a connection that comes and goes."""

import contextlib
import socket
from types import SimpleNamespace

from flask import current_app

from tests import builders as given
from tests.browser import Browser
from tests.jury.world import NOW, a_proposal, a_reading_call, a_review
from thinkia.accounts.models import SignIn
from thinkia.db import db
from thinkia.domain.bases import TieKey, TieKeyKind
from thinkia.domain.rubric import Rubric
from thinkia.journal.models import Entry
from thinkia.jury.models import Mark, Review

CRITERIA = ("a", "b")
DRAFTS = """() => new Promise((yes, no) => {
    const asked = indexedDB.open("thinkia-jury");
    asked.onsuccess = () => {
        const all = asked.result.transaction(["drafts", "keys"]);
        const drafts = all.objectStore("drafts").getAll(), keys = all.objectStore("keys").getAll();
        all.oncomplete = () => {
            asked.result.close();
            yes({
                drafts: drafts.result.map(one => ({
                    review: one.review, state: one.state,
                    bytes: new TextDecoder().decode(one.sealed), names: Object.keys(one).sort().join(),
                })),
                keys: keys.result.map(one => ({id: one.id, extractable: one.key.extractable, name: one.key.algorithm.name})),
            });
        };
    };
    asked.onerror = () => no(asked.error);
})"""


def a_reading_juror(code="lejos", *, proposals=3, account=None, texts=True):
    """A juror with some proposals of two criteria, each of which may carry a reason."""
    rubric = Rubric(tuple(given.criterion(one, 50, justify=texts) for one in CRITERIA))
    reading = a_reading_call(code, rubric=rubric, tie_break=(TieKey(TieKeyKind.SUBMITTED_AT),))
    account = account or given.an_account("Mercedes Andrade", now=NOW)
    juror = given.a_juror(reading.call, account=account, now=NOW)
    reviews = [a_review(juror, a_proposal(reading.call, f"Propuesta {n + 1}")) for n in range(proposals)]
    return SimpleNamespace(account=account, juror=juror, reviews=reviews, desk=f"/calls/{code}/jury")


def signed_in(app, tab, account, address, language="es"):
    """Give the tab's browser a fresh session of that person."""
    browser = given.sign_in(Browser(app), account)
    with browser.client.session_transaction() as session:
        session["lang"] = language
    cookie = browser.client.get_cookie("thinkia")
    tab.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
    return tab


def end_sessions(account):
    """Nobody is signed in any more: the cookies stay, and open nothing."""
    db.session.query(SignIn).filter_by(account_id=account.id).delete()
    db.session.commit()


def open_page(tab, path):
    """A page whose drafts have been looked at."""
    tab.goto(path)
    ready(tab)


def ready(tab):
    tab.locator("html[data-kept=ready]").wait_for(state="attached")


def download(tab, desk):
    open_page(tab, desk)
    tab.locator("[data-download]").click()
    tab.locator("#status[data-state=saved]").wait_for()


def state(tab, wanted):
    """Wait until the one line says so; what it says."""
    tab.locator(f"#status[data-state={wanted}]").wait_for()
    return tab.locator("#status").text_content().strip()


def mark(tab, criterion, value):
    tab.locator(f'input[name="mark:{criterion}"][value="{value}"]').click()


def on_device(tab):
    return tab.evaluate(DRAFTS)


def waiting(tab):
    return sorted((one["review"], one["state"]) for one in on_device(tab)["drafts"] if one["state"] != "sent")


def saved(review):
    """The review as it is on the server now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get(Review, review.id)


def arrived(tab, review, note):
    """Wait until the server has what was typed, whichever page sent it."""
    for _ in range(150):
        if saved(review).note == note:
            return
        tab.wait_for_timeout(200)
    raise AssertionError(f"the server has “{saved(review).note}”")


def marks_of(review):
    db.session.rollback()
    return {one.criterion: int(one.value) for one in db.session.query(Mark).filter_by(review_id=review.id)}


def revisions(review):
    """How many times the server kept something else than it had."""
    db.session.rollback()
    return (
        db.session.query(Entry).filter_by(action="review.saved", object_ref=f"review:{review.code}").count()
    )


@contextlib.contextmanager
def without_connection(tab):
    """Nothing arrives at the server. Chromium's own switch does not hold for a service worker that has just
    started, so the server hangs up on everybody, too.
    """
    app = current_app._get_current_object()
    answering, app.wsgi_app = app.wsgi_app, _hang_up
    tab.context.set_offline(True)
    try:
        yield
    finally:
        app.wsgi_app = answering
        tab.context.set_offline(False)


def _hang_up(environ, _start_response):
    environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
    raise ConnectionAbortedError
