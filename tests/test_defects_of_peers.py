"""Defects that other platforms were seen to have, each as a test by name: none of them is ours."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests import builders as given
from tests.agreements.world import NOW, a_scene, asked
from tests.builders import NOON
from tests.domain.ranking.rules import ONE_TO_FIVE, alone, ballot, faults_of, points, rules, weighted
from tests.jury.test_rules_that_stay import give_a_mark, publish, rubric
from tests.jury.world import a_proposal, a_reading_call, a_review, loaded, person
from tests.results.scenes import judged
from tests.teams import world as teams
from thinkia.agreements.models import Agreement
from thinkia.db import db
from thinkia.domain.bases import Method, MethodName, TeamRules
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.ranking.findings import FaultKind
from thinkia.domain.ranking.order import rank
from thinkia.domain.ranking.record import read
from thinkia.domain.reasons import Reason, Refused
from thinkia.domain.rubric import Rubric
from thinkia.jury.models import Mark, Review
from thinkia.jury.queries.conflicts import proposal_subject
from thinkia.jury.services import conflicts, panels
from thinkia.outside.mail import Mail
from thinkia.outside.outbox import OutboxTask
from thinkia.registration.models import Registration
from thinkia.results import services as results
from thinkia.results.tasks import tell
from thinkia.submissions.models import Submission
from thinkia.teams import services
from thinkia.teams.queries import invitation_by_token

MEAN, SUM, Z_SCORE = (Method(name) for name in (MethodName.MEAN, MethodName.SUM, MethodName.Z_SCORE))


def scores(method, ballots, rubric=None):
    return {line.submission: line.score for line in rank(rules(rubric, method), ballots).lines}


def with_optional(whole: Rubric, code):
    criteria = tuple(replace(one, required=one.code != code) for one in whole.criteria)
    return replace(whole, criteria=criteria)


def refusal(act, *arguments, **named):
    with pytest.raises(Refused) as caught:
        act(*arguments, **named)
    return caught.value.reason


# What counts


def test_not_applicable_is_not_counted_as_0():
    """5, 5 and n/a is 5 of 5, not 3.33."""
    three = with_optional(weighted(a=34, b=33, c=33), "c")
    assert scores(MEAN, [ballot("A", "J1", a=5, b=5)], three) == {"A": 100}


def test_an_optional_criterion_that_is_skipped_does_not_lower_the_total():
    """Two criteria of 4 of 5 and a third skipped: 12 of 15, not 8."""
    three = with_optional(points("a", "b", "c", scale=ONE_TO_FIVE), "c")
    assert scores(MEAN, [ballot("A", "J1", a=4, b=4)], three) == {"A": 12}


def test_what_nobody_evaluated_is_not_sorted_as_0():
    found = faults_of(rules(), alone(A=0), submissions=["A", "B"])
    assert found == [(FaultKind.NO_REVIEW, {"submission": "B"})]


def test_a_sum_is_not_larger_for_who_was_read_by_more():
    """The first of ten jurors weighs no more than the first of three; adding them up is refused."""
    ten = [ballot("A", f"J{n}", a=6) for n in range(10)]
    three = [ballot("B", f"J{n}", a=7) for n in range(3)]
    assert scores(MEAN, ten + three) == {"B": 7, "A": 6}
    assert [kind for kind, _ in faults_of(rules(method=SUM), ten + three)] == [FaultKind.FEWER_REVIEWS]


def test_a_total_of_0_is_not_dropped_from_the_average():
    assert scores(MEAN, [ballot("A", "J1", a=0), ballot("A", "J2", a=4)]) == {"A": 2}


def test_a_standard_deviation_is_not_the_variance():
    """8, 5 and 2 stand 3 apart from their mean; the variance would be 9."""
    assert scores(Z_SCORE, alone(A=8, B=5, C=2)) == {"A": 1, "B": 0, "C": Fraction(-1)}


# Who decides


def test_a_recusal_keeps_the_evaluation_with_its_reason_and_keeps_the_juror_away(app):
    reading = a_reading_call()
    juror = given.a_juror(reading.call, "academia", now=NOW)
    for sector in ("public", "public", "academia"):
        given.a_juror(reading.call, sector, now=NOW)
    submission = a_proposal(reading.call)
    review = a_review(
        juror, submission, state=ReviewState.STARTED, note="Les falta presupuesto", saved_at=NOW
    )
    db.session.add(Mark(review_id=review.id, criterion="impacto", value=Decimal(2)))
    db.session.flush()
    actor = given.acting(juror.account)
    conflicts.declare(loaded(juror), proposal_subject(submission), "Es mi hermana", actor, NOW)
    kept = db.session.get(Review, review.id)
    assert (kept.state, kept.closed_reason, kept.note) == (
        ReviewState.RECUSED,
        "Es mi hermana",
        "Les falta presupuesto",
    )
    assert db.session.query(Mark).filter_by(review_id=review.id).one().value == 2
    plan = panels.propose(reading.call, reading.actor, NOW)
    pairs = {(seat.submission, seat.juror) for seat in plan.seats}
    assert pairs
    assert (submission.code, juror.code) not in pairs


def test_no_manager_overrides_a_jurors_mark_alone(app, new_browser):
    scene = a_scene()
    officer = person(new_browser(), scene.rosa)
    officer.get("/manage/calls/rios")
    officer.post(f"/reviews/{scene.review.code}", {"mark:impacto": "1"}, status=404)
    asked(scene)  # to be reopened: it waits
    marks = db.session.query(Mark).filter_by(review_id=scene.review.id)
    assert [mark.value for mark in marks] == [4, 4]
    assert db.session.get(Review, scene.review.id).state is ReviewState.FINAL
    assert db.session.query(Agreement).one().decided_at is None


def test_no_winner_is_typed_by_hand(app, browser):
    """Whatever is sent along, the order is the one of the marks."""
    scene = judged({"Yaku": ((5, 5), (5, 5)), "Sumak": ((1, 1), (1, 1))})
    given.sign_in(browser, scene.organiser)
    loser = scene.code("Sumak")
    browser.get(f"{scene.url}/results")
    typed = {"winner": loser, "winners": loser, f"place_{loser}": "1", f"score_{loser}": "100"}
    browser.post(f"{scene.url}/results/order", typed)
    lines = read(scene.ranking.content).lines
    assert [(scene.name(line.submission), line.place, line.wins) for line in lines] == [
        ("Yaku", 1, True),
        ("Sumak", 2, False),
    ]


def test_criteria_are_not_edited_after_scoring_has_begun(app):
    reading = a_reading_call()
    impact, viability = reading.call.bases.rubric.criteria
    give_a_mark(reading)
    changed = rubric(replace(impact, weight=Decimal(50)), replace(viability, weight=Decimal(50)))
    assert refusal(publish, reading, **changed) is Reason.RULES_LOCKED


def test_publishing_twice_does_not_mail_twice(app):
    scene = judged({"Yaku": ((5, 5), (5, 5)), "Sumak": ((1, 1), (1, 1))})
    ranking = scene.publish()
    results.publish(ranking, given.acting(scene.organiser), NOON)
    tasks = db.session.query(OutboxTask).filter_by(task="results.tell").all()
    for task in (*tasks, *tasks):
        tell(**task.args)
    to = [mail.to for mail in db.session.query(Mail).filter_by(template="results/emails/published.txt")]
    assert (len(to), len(set(to))) == (4, 4)


# Proposals and teams


def test_a_second_proposal_of_the_same_title_is_not_dropped(app):
    scene = judged({"Yaku": ((5, 5), (5, 5)), "Sumak": ((1, 1), (1, 1))})
    for submission in scene.submissions.values():
        submission.title = "Agua para todos"
    db.session.flush()
    lines = read(scene.propose().content).lines
    assert {line.submission for line in lines} == {scene.code("Yaku"), scene.code("Sumak")}


def test_the_last_place_in_a_team_is_taken_once(app):
    call = teams.a_call(team=TeamRules(min=1, max=2))
    team, lead = teams.start(call)
    first, second = (teams.enter(call, name) for name in ("Rosa", "Tomás"))
    for person_asked in (first, second):
        services.invite(teams.fresh(team), person_asked.email, given.acting(lead), NOON)
    tokens = dict(zip((first, second), teams.tokens(), strict=True))
    services.accept(invitation_by_token(tokens[first]), given.acting(first), NOON)
    invitation = invitation_by_token(tokens[second])
    assert refusal(services.accept, invitation, given.acting(second), NOON) is Reason.TEAM_FULL
    assert teams.names(team) == [lead.name, "Rosa"]


def test_a_team_that_handed_in_is_not_deleted_under_the_jury(app):
    call = teams.a_call()
    team, lead = teams.start(call)
    given.submitted(team, call)
    assert refusal(services.leave, teams.fresh(team), given.acting(lead), NOON) is Reason.HAS_SUBMITTED
    assert db.session.query(Submission).one().team_id == team.id


def test_nobody_joins_or_is_expelled_by_reading_a_page(app, new_browser):
    call = teams.a_call(now=NOW)
    team, lead = teams.start(call, now=NOW)
    guest, member = (teams.enter(call, name, NOW) for name in ("Rosa", "Tomás"))
    teams.join(team, member, NOW)
    services.invite(teams.fresh(team), guest.email, given.acting(lead), NOW)
    (token,) = teams.tokens()
    seat = db.session.query(Registration).filter_by(call_id=call.id, account_id=member.id).one()
    person(new_browser(), lead).get(f"/teams/{team.code}/members/{seat.code}/removal")
    person(new_browser(), member).get(f"/teams/{team.code}/departure")
    reader = person(new_browser(), guest)
    reader.get(f"/team-invitations/{token}")
    reader.get(f"/team-invitations/{token}/acceptance", status=405)
    assert teams.names(team) == [lead.name, "Tomás"]


def test_nobody_is_a_member_without_saying_yes(app):
    call = teams.a_call()
    team, lead = teams.start(call)
    guest, other = teams.enter(call, "Rosa"), teams.enter(call, "Tomás")
    services.invite(teams.fresh(team), guest.email, given.acting(lead), NOON)
    (token,) = teams.tokens()
    assert teams.names(team) == [lead.name]
    invitation = invitation_by_token(token)
    assert refusal(services.accept, invitation, given.acting(other), NOON) is Reason.OTHER_ADDRESS
    assert teams.names(team) == [lead.name]
    services.accept(invitation_by_token(token), given.acting(guest), NOON)
    assert teams.names(team) == [lead.name, "Rosa"]
