"""The large sample call, in small: the rows are those that the use cases would have written."""

import json
from collections import Counter

import pytest
from sqlalchemy import select

from tests import builders as given
from tests.operations.places import a_place
from thinkia import clock
from thinkia.calls.models import Challenge
from thinkia.db import db
from thinkia.demo.calls import Sample
from thinkia.demo.load import Size, load
from thinkia.domain.lifecycle import ReviewState, SubmissionState
from thinkia.domain.receipts import is_well_typed
from thinkia.jury.models import Juror, Review
from thinkia.operations.invariants import RULES
from thinkia.submissions.models import Submission
from thinkia.submissions.queries import submission_by_code

SMALL = Size(submissions=12, jurors=5, reviews=25)


@pytest.fixture
def loaded(app):
    host = given.a_host()
    organiser = given.acting(given.an_organiser(host))

    def run(like=Sample.JURY, size=SMALL):
        return load(host, organiser, clock.now(), code="demo-load", size=size, like=like)

    return run


def submissions(call) -> list[Submission]:
    codes = db.session.scalars(select(Submission.code).where(Submission.call_id == call.id)).all()
    db.session.expunge_all()
    return [submission_by_code(code) for code in codes]


def broken_rules(tmp_path) -> list[str]:
    place = a_place(clock.now(), tmp_path)
    return [str(rule.holds) for rule in RULES if list(rule.offenders(place))]


def states_by_juror(call) -> set[tuple[int, int]]:
    """(final, assigned) of every juror."""
    found = Counter(db.session.execute(select(Review.juror_id, Review.state)).tuples())
    jurors = db.session.scalars(select(Juror.id).where(Juror.call_id == call.id))
    return {(found[juror, ReviewState.FINAL], found[juror, ReviewState.ASSIGNED]) for juror in jurors}


def test_every_team_handed_in_what_its_receipt_says(loaded):
    call = loaded()
    found = submissions(call)

    assert len(found) == 12
    challenges = db.session.scalars(select(Challenge.code).where(Challenge.call_id == call.id))
    assert Counter(one.challenge.code for one in found) == dict.fromkeys(challenges, 4)
    for one in found:
        assert one.state == SubmissionState.SUBMITTED
        assert one.receipt.submission_id == one.id
        assert json.loads(one.receipt.content)["challenge"] == one.challenge.code
        assert one.content == one.receipt.content
        assert not one.is_changed
        assert all(line.is_complete for line in one.lines)
        assert is_well_typed(one.receipt.number)
        assert len(one.team.members) == 3


def test_jurors_have_a_fifth_more_than_they_finished(loaded):
    assert states_by_juror(loaded()) == {(5, 1)}


def test_a_jury_may_not_have_finished_anything(loaded):
    assert states_by_juror(loaded(size=Size(submissions=2, jurors=2, reviews=0))) == {(0, 0)}


def test_a_large_call_obeys_every_rule(loaded, tmp_path):
    loaded()
    assert broken_rules(tmp_path) == []


def test_a_large_call_can_be_read_to_its_end_with_its_result_out(loaded, browser, tmp_path):
    call = loaded(Sample.RESULTS)

    assert states_by_juror(call) == {(5, 0)}
    assert broken_rules(tmp_path) == []
    page = browser.get("/calls/demo-load/results")
    assert "12 proposals" in page.text


def test_a_large_call_can_be_open_still(loaded, new_browser):
    call = loaded(Sample.OPEN)
    (draft, *others) = submissions(call)

    assert {one.state for one in (draft, *others)} == {SubmissionState.DRAFT}
    assert len(others) == 11
    lead = next(member.account for member in draft.team.members if member.role == "representative")
    page = given.sign_in(new_browser(), lead).get(f"/submissions/{draft.code}")
    assert draft.title in page.text


@pytest.mark.database("sqlite")
def test_the_command_says_what_it_added_and_adds_it_once(app):
    arguments = ["demo", "load", "--submissions", "6", "--jurors", "2", "--reviews", "4"]
    first = app.test_cli_runner().invoke(args=arguments)
    assert first.output.splitlines()[-1] == "  added demo-load: 6 submissions, 2 jurors, 4 final reviews"
    again = app.test_cli_runner().invoke(args=arguments)
    assert again.exit_code == 1
    assert "there already" in again.output
