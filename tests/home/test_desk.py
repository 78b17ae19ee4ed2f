"""Each person's desk: what is to be done next."""

import pytest

from tests import builders as given
from tests.builders import NOON
from tests.jury.world import an_invited
from tests.queries import count_queries
from tests.results.scenes import judged
from thinkia.db import db
from thinkia.db.codes import new_code
from thinkia.domain.lifecycle import ReviewState, SubmissionState
from thinkia.jury.models import Review
from thinkia.jury.queries.people import juror_invited
from thinkia.submissions.models import Submission
from thinkia.teams import services as teams
from thinkia.teams.queries import team_by_code


@pytest.fixture
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def desk(browser, account, now=NOON, **options):
    return given.sign_in(browser, account, now).get("/desk", **options)


@pytest.mark.usefixtures("at_noon")
def test_who_has_entered_nothing_is_shown_where_to_begin(browser):
    page = desk(browser, given.an_account(language="en"))

    assert page.link("See the open calls") == "/"


@pytest.mark.usefixtures("at_noon")
def test_an_applicant_sees_each_call_with_its_next_step_and_deadline(browser):
    person = given.an_account(language="en")
    alone, drafting = given.a_call(), given.a_call()
    given.registered(alone, person)
    team = given.a_team(drafting, person, name="Los Andes")
    submission = given.a_submission(team, drafting)
    page = desk(browser, person)

    assert page.h1 == "You have 1 proposal to finish"
    assert page.link("Find or create a team") == f"/calls/{alone.code}/teams"
    assert page.link("Finish the proposal") == f"/submissions/{submission.code}"
    assert "Submissions close: Thursday 12 March 2026, 12:00 (mainland Ecuador time, UTC−5)" in page.text


@pytest.mark.usefixtures("at_noon")
def test_a_juror_sees_how_many_are_left(browser):
    call = given.a_call(given.some_bases("read", calendar=given.in_evaluation()))
    person = given.an_account(language="en")
    juror = given.a_juror(call, account=person)
    for state in (ReviewState.ASSIGNED, ReviewState.STARTED):
        a_review(call, juror, state)
    page = desk(browser, person)

    assert page.h1 == "You have 2 proposals left to read"
    assert "2 proposals left of 2" in page.text


@pytest.mark.usefixtures("at_noon")
def test_what_is_excluded_is_nobodys_to_read(browser):
    call = given.a_call(given.some_bases("read", calendar=given.in_evaluation()))
    person = given.an_account(language="en")
    review = a_review(call, given.a_juror(call, account=person), ReviewState.ASSIGNED)
    out = db.session.get_one(Submission, review.submission_id)
    out.state, out.excluded_at, out.excluded_reason = SubmissionState.EXCLUDED, NOON, "Tarde"
    db.session.flush()

    assert desk(browser, person).h1 == "My space"


@pytest.mark.usefixtures("at_noon")
def test_an_invitation_to_a_team_is_opened_and_answered_from_the_desk(new_browser):
    call = given.a_call()
    lead, rosa = given.an_account(), given.an_account(language="en")
    team = given.a_team(call, lead, name="Los Andes")
    given.registered(call, rosa)
    sent = teams.invite(team_by_code(team.code), rosa.email, given.acting(lead), NOON)

    browser = new_browser()
    page = desk(browser, rosa)
    assert page.h1 == "A team invites you"
    address = page.link("Read it and answer Los Andes")
    assert address == f"/team-invitations/{sent.code}"
    browser.get(address)
    assert browser.submit("Accept invitation").path == f"/teams/{team.code}"

    stranger = given.sign_in(new_browser(), given.an_account(language="en"), NOON)
    for nobody in (stranger, new_browser()):
        nobody.get(address, status=404)
    stranger.get("/")
    stranger.post(f"{address}/refusal", status=404)


@pytest.mark.usefixtures("at_noon")
def test_an_invitation_to_a_jury_is_opened_and_answered_from_the_desk(new_browser):
    call = given.a_call(given.some_bases("read", calendar=given.in_evaluation()))
    person = given.an_account(language="en")
    juror = an_invited(call, "academia", email=person.email, now=NOON)

    browser = new_browser()
    page = desk(browser, person)
    assert page.h1 == "A jury invites you"
    address = page.link("Read it and answer Living rivers")
    assert address == f"/jury-invitations/{juror.code}"
    browser.get(address)
    assert browser.submit("Accept the invitation").path == "/calls/read/jury/profile"

    stranger = given.sign_in(new_browser(), given.an_account(language="en"), NOON)
    for nobody in (stranger, new_browser()):
        nobody.get(address, status=404)
    stranger.get("/")
    stranger.post(f"{address}/acceptance", status=404)


@pytest.mark.usefixtures("at_noon")
def test_an_address_that_was_not_proved_opens_nobodys_invitation(app):
    call = given.a_call(given.some_bases("read", calendar=given.in_evaluation()))
    person = given.an_account(verified_at=None)
    juror = an_invited(call, email=person.email, now=NOON)
    assert juror_invited(juror.code, given.acting(person)) is None
    person.verified_at = NOON
    db.session.flush()
    assert juror_invited(juror.code, given.acting(person)).id == juror.id


@pytest.mark.usefixtures("at_noon")
def test_a_chair_is_told_that_an_order_waits(browser):
    scene = judged({"Yaku": ((5, 4), (4, 4)), "Inti": ((3, 3), (3, 3))})
    scene.propose()
    chair, other = (scene.person(juror) for juror in scene.jurors)
    chair.language = other.language = "en"
    page = desk(browser, chair)

    assert page.h1 == "An order waits for your decision"
    assert page.link("You chair this jury: see the order and confirm it") == "/calls/judged/verdict"
    scene.confirm(scene.ranking)
    assert browser.get("/desk").h1 == "My space"


@pytest.mark.usefixtures("at_noon")
def test_an_organiser_sees_the_calls_of_the_own_host_alone(browser):
    host = given.a_host()
    organiser = given.an_organiser(host, language="en")
    mine, other = given.a_call(host=host, organiser=organiser), given.a_call()
    page = desk(browser, organiser)

    assert f"/manage/calls/{mine.code}" in page.response.text
    assert other.code not in page.response.text


@pytest.mark.usefixtures("at_noon")
@pytest.mark.parametrize("calls", [1, 5])
def test_a_desk_costs_the_same_however_full_it_is(browser, calls):
    person = given.an_account(language="en")
    for _ in range(calls):
        call = given.a_call()
        given.a_team(call, person)
    given.sign_in(browser, person, NOON)
    with count_queries() as queries:
        browser.get("/desk")

    assert len(queries) == 9, queries


def a_review(call, juror, state):
    team = given.a_team(call)
    submission = given.submitted(team, call)
    review = Review(
        code=new_code(),
        call_id=call.id,
        juror_id=juror.id,
        submission_id=submission.id,
        receipt_id=submission.receipt_id,
        sector=juror.sector,
        state=state,
        assigned_at=NOON,
    )
    db.session.add(review)
    db.session.flush()
    return review
