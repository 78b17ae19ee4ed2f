"""Complete drafts that nobody handed in: by themselves, dated at the close, where the bases say so."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from tests import builders as given
from tests.accounts.letters import letters_to
from tests.builders import DAY, NOON
from tests.submissions.world import (
    CLOSES,
    PDF,
    QUESTIONS,
    a_call,
    a_draft,
    actor_of,
    all_at_once,
    answer,
    filled,
    fresh,
    hand_in,
    person,
    place,
    upload,
    visit,
)
from thinkia.calls import services as calls
from thinkia.calls.queries import call_by_code
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.bases import QuestionKind, TeamRules, Window
from thinkia.domain.bases_check import ProblemKind, publishing_problems
from thinkia.domain.lifecycle import SubmissionState
from thinkia.journal.models import Entry
from thinkia.outside.mail import Mail
from thinkia.outside.outbox import OutboxTask, run_task
from thinkia.submissions import services
from thinkia.submissions.models import Attempt, Receipt
from thinkia.submissions.queries import attempts_of, submission_by_code

GRACE_END = CLOSES + timedelta(minutes=15)
SETTLED = GRACE_END + timedelta(minutes=1)
SECOND = timedelta(seconds=1)
ON = given.a_calendar(hand_in_drafts=True)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def draft(app):
    return a_draft(a_call(calendar=ON))


def waiting():
    return db.session.query(OutboxTask).filter_by(task="submissions.hand_in_drafts").order_by("run_at").all()


def time_passes(clock, at=SETTLED):
    """What is due by then is done."""
    clock.move_to(at, tick=False)
    for each in waiting():
        run_task(each.id, lambda: at)


def state(submission):
    submission = fresh(submission)
    return submission.state, submission.submitted_at


def publish(call, calendar, now=NOON, **changes):
    call = call_by_code(call.code)
    organiser = given.acting(given.an_organiser(call.host))
    calls.save_draft(call, replace(call.bases, calendar=calendar, **changes), organiser, now)
    calls.publish(call, organiser, now, reason="Otra fecha.")
    db.session.expire_all()


def test_a_complete_draft_is_handed_in_by_itself_dated_at_the_close(draft, clock):
    filled(draft)
    time_passes(clock)
    submission = fresh(draft)
    receipt = submission.receipt
    assert state(draft) == (SubmissionState.SUBMITTED, CLOSES)
    assert (receipt.received_at, receipt.in_grace, receipt.by_itself) == (CLOSES, False, True)
    assert receipt.content == submission.content
    (attempt,) = attempts_of(submission)
    assert (attempt.at, attempt.account_id, attempt.outcome) == (CLOSES, None, "submitted")
    entry = db.session.query(Entry).filter_by(action="submission.submitted").one()
    assert (entry.actor_ref, entry.at) == ("system", SETTLED)


def test_every_member_is_told_and_nobody_is_told_that_it_can_still_change(draft, clock):
    filled(draft)
    time_passes(clock)
    for member in (0, 1):
        (letter,) = letters_to(person(draft, member).email)
        assert "handed in by itself at the close" in letter.text
        assert "You can still change" not in letter.text


def test_not_one_second_before_the_grace_is_over(draft, clock):
    filled(draft)
    time_passes(clock, SETTLED - SECOND)
    assert state(draft) == (SubmissionState.DRAFT, None)
    assert services.hand_in_draft(fresh(draft), GRACE_END) is None


def test_a_file_that_arrived_in_the_grace_counts(draft, clock):
    filled(draft, file=False)
    upload(draft, CLOSES + SECOND, begun_at=CLOSES - SECOND)
    time_passes(clock)
    assert fresh(draft).receipt.handed_in["files"]["plan"]["sha256"] == PDF.sha256


def test_what_was_written_after_the_close_does_not_count(draft, clock):
    filled(draft)
    answer(draft, "resumen", "Escrito tarde.", CLOSES + SECOND)
    time_passes(clock)
    assert fresh(draft).receipt.handed_in["answers"]["resumen"] == "Un mapa de fugas que hace el barrio."


@pytest.mark.parametrize("missing", ["etica", "resumen", "plan"])
def test_without_its_declaration_or_any_other_part_it_stays_a_draft_and_the_team_is_told(
    draft, clock, missing
):
    filled(draft)
    if missing == "plan":
        question = next(one for one in draft.questions if one.code == "plan")
        services.remove_file(fresh(draft), question, actor_of(draft.team), NOON)
    else:
        answer(draft, missing, None)
    time_passes(clock)
    assert state(draft) == (SubmissionState.DRAFT, None)
    (attempt,) = attempts_of(draft)
    assert (attempt.outcome, attempt.missing) == ("submission.incomplete", [missing])
    title = next(one.title.en for one in QUESTIONS if one.code == missing)
    (letter,) = letters_to(person(draft).email)
    assert "was not handed in" in letter.text
    assert title in letter.text


def test_a_team_that_does_not_meet_the_rules_is_told_so(app, clock):
    draft = filled(a_draft(a_call(calendar=ON, team=TeamRules(min=3, max=5))))
    time_passes(clock)
    assert state(draft) == (SubmissionState.DRAFT, None)
    (letter,) = letters_to(person(draft).email)
    assert "did not meet the rules" in letter.text


def test_where_the_bases_do_not_say_so_nothing_happens(app, clock):
    draft = filled(a_draft(a_call()))
    assert waiting() == []
    time_passes(clock)
    assert services.hand_in_draft(fresh(draft), SETTLED + DAY) is None
    assert state(draft) == (SubmissionState.DRAFT, None)


def test_what_was_handed_in_or_withdrawn_is_left_as_it_is(app, clock):
    call = a_call(calendar=ON)
    sent, taken_back = (filled(a_draft(call, given_team(call))) for _ in range(2))
    receipt = hand_in(sent, NOON).receipt.number
    answer(sent, "lema", "Otro lema", NOON)
    services.withdraw(fresh(taken_back), actor_of(taken_back.team), NOON)
    time_passes(clock)
    assert (state(sent), fresh(sent).receipt.number) == ((SubmissionState.SUBMITTED, NOON), receipt)
    assert state(taken_back) == (SubmissionState.WITHDRAWN, None)


def given_team(call):
    return given.a_team(call, given.an_account(language="en"))


def test_when_the_close_moves_the_new_one_decides(draft, clock):
    filled(draft)
    later = replace(ON, submission=Window(ON.submission.opens, CLOSES + timedelta(hours=5)))
    publish(draft.call, later)
    time_passes(clock)
    assert state(draft) == (SubmissionState.DRAFT, None)
    time_passes(clock, SETTLED + timedelta(hours=5))
    assert state(draft) == (SubmissionState.SUBMITTED, CLOSES + timedelta(hours=5))


def test_the_option_taken_back_before_the_close_holds(draft, clock):
    filled(draft)
    publish(draft.call, replace(ON, hand_in_drafts=False))
    time_passes(clock)
    assert state(draft) == (SubmissionState.DRAFT, None)


def test_the_option_given_after_the_close_hands_nothing_in(app, clock):
    draft = filled(a_draft(a_call()))
    publish(draft.call, ON, GRACE_END)
    time_passes(clock, SETTLED + DAY)
    assert (waiting(), state(draft)) == ([], (SubmissionState.DRAFT, None))


def test_a_cancelled_call_takes_nothing(draft, clock):
    filled(draft)
    call = call_by_code(draft.call.code)
    calls.cancel(call, "No hay fondos.", given.acting(given.an_organiser(call.host)), NOON)
    time_passes(clock)
    assert state(draft) == (SubmissionState.DRAFT, None)


def test_doing_it_again_changes_nothing_and_writes_nothing(draft, clock):
    filled(draft)
    answer(draft, "etica", None)
    time_passes(clock)
    told = db.session.query(Mail).count()
    assert services.hand_in_draft(fresh(draft), SETTLED + SECOND) is None
    assert (db.session.query(Attempt).count(), db.session.query(Mail).count()) == (1, told)


@pytest.mark.database("postgresql")
def test_two_workers_and_somebody_who_presses_at_once_make_one_receipt(committed_app):
    with transaction():
        code = filled(a_draft(a_call(calendar=ON))).code
        who = actor_of(submission_by_code(code).team)
    db.session.remove()
    by_itself = partial(lambda: services.hand_in_draft(submission_by_code(code), SETTLED))
    pressed = partial(lambda: services.submit(submission_by_code(code), who, GRACE_END - SECOND).receipt)
    outcomes = all_at_once(committed_app, [by_itself, pressed, by_itself, pressed])
    assert [each for each in outcomes if isinstance(each, Exception)] == []
    assert db.session.query(Receipt).count() == 1


def test_a_call_that_hands_drafts_in_asks_for_a_declaration_in_every_challenge():
    silent = tuple(one for one in QUESTIONS if one.kind is not QuestionKind.DECLARATION)
    ethics = replace(QUESTIONS[-1], challenges=("aire",))
    kinds = [
        {problem.kind for problem in publishing_problems(given.some_bases(calendar=ON, questions=questions))}
        for questions in (QUESTIONS, silent, (*silent, replace(QUESTIONS[-1], required=False)))
    ]
    assert kinds == [
        set(),
        {ProblemKind.DRAFTS_WITHOUT_DECLARATION},
        {ProblemKind.DRAFTS_WITHOUT_DECLARATION},
    ]
    partly = given.some_bases(calendar=ON, questions=(*silent, ethics))
    assert ProblemKind.DRAFTS_WITHOUT_DECLARATION in {one.kind for one in publishing_problems(partly)}


def test_the_pages_say_before_and_after_what_happens(draft, new_browser, clock):
    browser = new_browser()
    visit(browser, filled(draft))
    assert "handed in by itself once the time of grace is over" in browser.get(place(draft)).text
    assert "is handed in by itself at the close" in browser.get("/calls/rios").text
    time_passes(clock)
    browser = new_browser()
    visit(browser, draft, now=SETTLED)
    log = browser.get(place(draft, "/log")).text
    assert "By itself, at the close" in log
    receipt = browser.get(f"/receipts/{fresh(draft).receipt.number}").text
    assert "Nobody handed it in" in receipt


def test_the_public_page_says_how_long_the_grace_is(browser):
    a_call()
    assert "may still arrive for 15 minutes" in browser.get("/calls/rios").text
