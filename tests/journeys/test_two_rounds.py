"""A call of two rounds through its pages: panels, marks, who goes on, a team that leaves, panels again, the
result."""

from dataclasses import replace

import pytest

from tests import builders as given
from tests.builders import both, criterion
from tests.jury.world import DAY, NOW, a_proposal, person
from thinkia.accounts.models import Account
from thinkia.calls.queries import call_by_code
from thinkia.db import db
from thinkia.domain.bases import JuryRules, Round, SectorQuota, Window
from thinkia.domain.lifecycle import ReviewState, SubmissionState
from thinkia.domain.ranking.record import read
from thinkia.domain.rounds import Advance
from thinkia.domain.rubric import Rubric
from thinkia.jury.models import Review
from thinkia.policy.actor import JurorRole
from thinkia.results.queries import current_ranking
from thinkia.submissions.queries import submission_by_code
from thinkia.teams.models import Member

JURY, RESULTS = "/manage/calls/rios/jury", "/manage/calls/rios/results"
ONE_OF_EACH = {"public": SectorQuota(1), "academia": SectorQuota(1)}
FIRST = {"A": ("5", "5"), "B": ("4", "4"), "C": ("3", "3"), "D": ("2", "2")}
FINAL = {"A": ("3", "2"), "C": ("3", "5")}


@pytest.fixture
def scene(app):
    """Both rounds are open at once, so that the journey needs no other clock."""
    host = given.a_host(now=NOW)
    rosa = given.an_organiser(host, now=NOW, language="en")
    calendar = given.in_evaluation(NOW)
    calendar = replace(
        calendar, evaluation=Window(calendar.evaluation.opens, NOW + 20 * DAY), results=NOW + 25 * DAY
    )
    final = Rubric((criterion("impacto", 30), criterion("exposicion", 70)))
    bases = given.some_bases(
        "rios",
        NOW,
        calendar=calendar,
        jury=JuryRules(2, ONE_OF_EACH),
        rounds=(
            Round("lectura", title=both("Lectura", "Reading"), advance=Advance(top=2), waiting=1),
            Round("final", title=both("Final"), rubric=final, jury=JuryRules(1)),
        ),
    )
    call = given.a_call(bases, host=host, organiser=rosa, now=NOW)
    jurors = [given.a_juror(call, sector, now=NOW, statement_at=NOW) for sector in ("public", "academia")]
    jurors[0].role = JurorRole.CHAIR
    proposals = {name: a_proposal(call, f"Idea {name}") for name in "ABCD"}
    db.session.flush()
    return call, rosa, jurors, proposals


def representative(proposal):
    member = db.session.query(Member).filter_by(team_id=proposal.team_id).first()
    return db.session.get(Account, member.account_id)


def mark(browser, juror, proposals, marks):
    """Through the juror's own pages, criterion by criterion."""
    names = {proposal.id: name for name, proposal in proposals.items()}
    given_here = 0
    for review in db.session.query(Review).filter_by(juror_id=juror.id, state=ReviewState.ASSIGNED).all():
        values = marks[names[review.submission_id]]
        browser.get(f"/reviews/{review.code}")
        criteria = [one.code for one in call_by_code("rios").bases.rubric.judged]
        given_now = {f"mark:{code}": value for code, value in zip(criteria, values, strict=True)}
        browser.post(f"/reviews/{review.code}", {**given_now, "version": str(review.version), "final": "1"})
        given_here += 1
    return given_here


def test_two_rounds_from_the_first_panel_to_the_result(scene, new_browser):
    _call, rosa, jurors, proposals = scene
    rosa = person(new_browser(language="en"), rosa)
    desks = [person(new_browser(language="en"), db.session.get(Account, one.account_id)) for one in jurors]
    public = new_browser(language="es").get("/calls/rios").text
    assert "Lectura" in public
    assert "Exposicion" in public

    # the first round: two read each, by the rubric of the call
    rosa.get(f"{JURY}/panels")
    rosa.submit("Propose panels")
    rosa.submit("Apply the plan")
    assert [mark(desk, one, proposals, FIRST) for desk, one in zip(desks, jurors, strict=True)] == [4, 4]
    rosa.get(RESULTS)
    rosa.submit("Compute the order")
    desks[0].get("/calls/rios/verdict")
    desks[0].submit("Confirm the order")
    rosa.get(f"{RESULTS}/round")
    page = rosa.submit("Close the round")
    assert "2 go on, 1 waits, 1 does not go on" in page.text

    # the desks of the jury are empty, and a team leaves: who waited goes on
    assert "Idea A" not in desks[0].get("/calls/rios/jury").text
    leaving = person(new_browser(language="en"), representative(proposals["B"]))
    leaving.get(f"/submissions/{proposals['B'].code}/leaving")
    leaving.submit("Leave the competition")
    assert submission_by_code(proposals["C"].code).state is SubmissionState.SUBMITTED

    # the final: panels again, one reads each, by the rubric of that round
    page = rosa.get(f"{JURY}/panels")
    page = rosa.submit("Propose panels")
    assert "2 of 2 panels are complete" in page.text
    rosa.submit("Apply the plan")
    assert sum(mark(desk, one, proposals, FINAL) for desk, one in zip(desks, jurors, strict=True)) == 2
    rosa.get(RESULTS)
    page = rosa.submit("Compute the order")
    lines = read(current_ranking(call_by_code("rios")).content).lines
    a, c = proposals["A"].code, proposals["C"].code
    # C: 3 of 5 for 30 % and 5 of 5 for 70 %; A: 3 and 2 of 5.
    assert [(line.place, line.submission, line.score) for line in lines] == [(1, c, 88), (2, a, 46)]

    desks[0].get("/calls/rios/verdict")
    desks[0].submit("Confirm the order")
    rosa.get(f"{RESULTS}/preview")
    page = rosa.submit("Publish the result", sure="y")
    assert page.h1 == "Living rivers: 1 winning team"
    assert "2 proposals in the competition" in page.text

    # everybody reads of the round that his or her proposal came to
    for name, words in (("C", "Place 1 of 2"), ("D", "did not go on from “Reading”")):
        team = person(new_browser(language="en"), representative(proposals[name]))
        assert words in team.get(f"/submissions/{proposals[name].code}/feedback").text
    rounds = {review.closed_round for review in every_review()}
    assert rounds == {0, None}


def every_review():
    return db.session.query(Review).execution_options(every_round=True).all()
