"""The sample data: played once, whole, sound, and never in production."""

from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from thinkia import clock
from thinkia.accounts.models import Account
from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.db import db
from thinkia.demo.accounts import PASSPHRASE
from thinkia.demo.seed import ACCOUNTS
from thinkia.domain.bases import WindowKind
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.phases import open_windows
from thinkia.domain.sectors import SECTORS
from thinkia.journal.models import Entry
from thinkia.jury.models import Juror, Review
from thinkia.outside.outbox import OutboxTask
from thinkia.submissions.models import Submission
from thinkia.teams.models import Member, Team

COUNTED = (Account, Call, Team, Member, Submission, Juror, Review, Entry, OutboxTask)


def flask(app, *arguments, code=0):
    result = app.test_cli_runner().invoke(args=list(arguments))
    assert result.exit_code == code, result.output
    return result.output


def rows() -> dict[str, int]:
    return {model.__name__: db.session.scalar(select(func.count()).select_from(model)) for model in COUNTED}


def of_call(model, code):
    return list(
        db.session.scalars(select(model).join(Call, Call.id == model.call_id).where(Call.code == code))
    )


def test_the_sample_calls_are_played_once_and_all_is_well(app):
    assert flask(app, "demo", "seed").split() == [
        *("added", "the", "sample", "call", "demo-jury"),
        *("added", "the", "sample", "call", "demo-open"),
        *("added", "the", "sample", "call", "demo-results"),
    ]
    before = rows()
    assert flask(app, "demo", "seed") == ""
    assert rows() == before

    output = flask(app, "check", "--lang", "en")
    assert output.endswith("All is well.\n")
    assert "Every published order is the one that its marks give." in output


@pytest.mark.database("sqlite")
def test_each_sample_call_is_at_another_point_of_its_way(app, browser):
    flask(app, "demo", "seed")
    now = clock.now()
    reading, open_, decided = (call_by_code(f"demo-{name}") for name in ("jury", "open", "results"))

    assert WindowKind.EVALUATION in open_windows(reading.calendar, now)
    assert len(of_call(Team, "demo-jury")) == 20
    assert len(of_call(Submission, "demo-jury")) == 20
    people = of_call(Member, "demo-jury")
    assert len(people) == 80
    provinces = select(func.count(func.distinct(Account.province)))
    assert db.session.scalar(provinces.where(Account.id.in_([one.account_id for one in people]))) == 14
    jurors = of_call(Juror, "demo-jury")
    assert len(jurors) == 9
    assert {juror.sector for juror in jurors} == set(SECTORS)
    assert Counter(review.state for review in of_call(Review, "demo-jury")) == {
        ReviewState.FINAL: 53,
        ReviewState.ASSIGNED: 7,
    }
    assert open_windows(open_.calendar, now) >= {WindowKind.REGISTRATION, WindowKind.SUBMISSION}
    assert open_windows(decided.calendar, now) == set()
    assert decided.results_published_at < now
    assert "Learning together" in browser.get("/calls/demo-results/results").text


@pytest.mark.database("sqlite")
def test_the_printed_accounts_can_sign_in(app, new_browser):
    flask(app, "demo", "seed")
    printed = flask(app, "demo", "accounts")
    assert PASSPHRASE in printed
    assert "the public" in printed
    for who, email in ACCOUNTS:
        assert f"{who:<30} {email}" in printed
        visitor = new_browser()
        visitor.get("/sign-in")
        page = visitor.submit("Sign in", email=email, password=PASSPHRASE)
        assert page.path == "/desk"


@pytest.mark.parametrize(
    "command", [["seed"], ["accounts"], ["reset", "--yes"], ["load"]], ids=lambda it: it[0]
)
def test_sample_data_is_refused_in_production(app, monkeypatch, command):
    settings = replace(app.config["SETTINGS"], env="production")
    before = rows()
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    assert "refused" in flask(app, "demo", *command, code=1)
    assert rows() == before
