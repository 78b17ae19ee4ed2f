"""A call whose jury reads, and the people around it."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from sqlalchemy import select

from tests import builders as given
from tests.browser import _filled_in
from thinkia.accounts.queries import hashed
from thinkia.db import db
from thinkia.db.codes import new_code
from thinkia.domain.bases import JuryRules, SectorQuota
from thinkia.domain.lifecycle import JurorState, ReviewState
from thinkia.journal.models import Entry
from thinkia.jury.models import Mark, Review
from thinkia.jury.queries.people import juror_by_code
from thinkia.jury.queries.reviews import review_by_code
from thinkia.outside.mail import Mail

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
QUOTAS = {"public": SectorQuota(min=1), "academia": SectorQuota(min=1)}


def a_reading_call(code="rios", *, now=NOW, **changes):
    """Submissions closed yesterday; the jury reads: an organiser, a call."""
    changes = {"calendar": given.in_evaluation(now), "jury": JuryRules(size=2, sectors=QUOTAS), **changes}
    host = given.a_host(now=now)
    organiser = given.an_organiser(host, now=now)
    call = given.a_call(given.some_bases(code, now, **changes), host=host, organiser=organiser, now=now)
    return SimpleNamespace(call=call, organiser=organiser, host=host, actor=given.acting(organiser))


def a_proposal(call, title="Un mapa de fugas", *, now=NOW, answers=None, files=None, **changes):
    """A proposal that was handed in, as its receipt keeps it."""
    team = given.a_team(call, now=now, **changes)
    submission = given.submitted(team, call, title=title, now=now)
    submission.receipt.content = json.dumps(
        {
            "title": title,
            "challenge": "agua",
            "answers": answers or {"resumen": "Primero.\n\nSegundo <b>no</b>."},
            "files": files or {},
        }
    )
    db.session.flush()
    return submission


def a_review(juror, submission, *, now=NOW, position=None, **changes):
    """An assignment, as an applied plan makes it."""
    count = db.session.query(Review).filter_by(juror_id=juror.id).count()
    usual = {"sector": juror.sector, "position": position or count + 1, "assigned_at": now}
    review = Review(
        code=new_code(),
        call_id=juror.call_id,
        juror_id=juror.id,
        juror=juror,
        submission_id=submission.id,
        submission=submission,
        receipt_id=submission.receipt_id,
        receipt=submission.receipt,
        **{**usual, **changes},
    )
    db.session.add(review)
    db.session.flush()
    return review


def a_final_review(juror, submission, *, now=NOW, **changes):
    return a_review(juror, submission, state=ReviewState.FINAL, finished_at=now, saved_at=now, **changes)


def an_invited(
    call, sector="public", *, email="ana@example.org", name="Ana Cango", secret="secreto", now=NOW, **changes
):
    """Somebody who got an invitation with this secret. No account yet."""
    account = given.an_account(email=f"x{email}", now=now)
    usual = {
        "state": JurorState.INVITED,
        "statement_at": None,
        "answered_at": None,
        "token_hash": hashed(secret),
    }
    juror = given.a_juror(call, sector, account=account, now=now, **{**usual, **changes})
    juror.account, juror.account_id = None, None
    juror.email, juror.name = email, name
    db.session.flush()
    return juror


def person(browser, account):
    """A client that is somebody, and reads in the language of the client."""
    given.sign_in(browser, account)
    with browser.client.session_transaction() as session:
        session["lang"] = browser.language
    return browser


def loaded(thing):
    """The same row as a page loads it."""
    db.session.flush()
    if isinstance(thing, Review):
        return review_by_code(thing.code)
    return juror_by_code(thing.call.code, thing.code)


def letters(template=None):
    """The letters written so far: (to, template, text)."""
    mails = db.session.scalars(select(Mail).order_by(Mail.id))
    return [mail for mail in mails if template is None or mail.template == f"jury/emails/{template}.txt"]


def journal():
    return [entry.action for entry in db.session.scalars(select(Entry).order_by(Entry.seq))]


def everything_in_the_journal():
    return "\n".join(entry.body for entry in db.session.scalars(select(Entry)))


def path(reading):
    return f"/reviews/{reading.review.code}"


def send(browser, *, press=None, **fields):
    """Send the rubric in hand, by the plain button or another: they stand outside of the form."""
    options = {name: fields.pop(name) for name in ("status", "follow") if name in fields}
    form = next(each for each in browser.page.root.all("form") if each["id"] == "review")
    data = {**_filled_in(form), **fields, **({press: "1"} if press else {})}
    return browser.post(form["action"], data, **options)


def checked(page):
    return [each["id"] for each in page.root.all("input", type="radio") if "checked" in each]


def marks(review):
    found = db.session.query(Mark).filter_by(review_id=review.id)
    return {mark.criterion: mark.value for mark in found}
