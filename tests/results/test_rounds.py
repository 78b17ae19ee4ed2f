"""Several rounds: who goes on is what the rules say, what is over counts no more, and seats are filled."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests import builders as given
from tests.builders import DAY, NOON, both
from tests.results.scenes import judged
from tests.results.scenes_of_rounds import MARKS, closed, mark_again, rules, scene_of, states, windows
from thinkia.agreements import services as agreements
from thinkia.agreements.queries import agreement_by_code
from thinkia.calls import services as calls
from thinkia.calls.call_file import write_bases
from thinkia.calls.models import CallWindow
from thinkia.calls.queries import challenges_of
from thinkia.db import db
from thinkia.db.rounds import EVERY_ROUND
from thinkia.domain.bases import Challenge, TieKey, TieKeyKind, Window, WindowKind
from thinkia.domain.lifecycle import ReviewState, SubmissionState
from thinkia.domain.ranking.fates import read as read_fates
from thinkia.domain.ranking.findings import CannotRankError, FaultKind
from thinkia.domain.ranking.record import read
from thinkia.domain.ranking.rounds import Outcome
from thinkia.domain.reasons import Reason, Refused
from thinkia.domain.rounds import Advance, AtLine, EarlierMarks, PoolBy, Pools
from thinkia.jury.models import Review
from thinkia.jury.queries import reviews_for_ranking
from thinkia.jury.queries.panels import problem_of
from thinkia.jury.services import conflicts
from thinkia.organisations.models import Host
from thinkia.outside.mail import Mail
from thinkia.results import services, tasks
from thinkia.results.models import Ranking
from thinkia.results.queries.rounds import last_closing
from thinkia.submissions import services as submissions
from thinkia.submissions.queries import submission_by_code

FIRST, LAST = windows()
CHAIR_FIRST = (TieKey(TieKeyKind.CHAIR), TieKey(TieKeyKind.SUBMITTED_AT))


def at_once(scene, *names):
    """These were handed in at the same instant: no key of the chain parts them."""
    for name in names:
        scene.submissions[name].submitted_at = NOON - 14 * DAY
    db.session.flush()
    return scene


def refusal(of, *arguments):
    with pytest.raises(Refused) as caught:
        of(*arguments)
    return caught.value.reason


def test_the_first_go_on_one_waits_and_the_others_are_out(app):
    scene = scene_of()
    closing = closed(scene)
    assert states(scene) == {
        "Yaku": SubmissionState.SUBMITTED,
        "Inti": SubmissionState.SUBMITTED,
        "Sumak": SubmissionState.WAITING,
        "Killa": SubmissionState.OUT,
    }
    assert [(scene.name(one.submission), one.outcome) for one in read_fates(closing.content).fates] == [
        ("Yaku", Outcome.ADVANCES),
        ("Inti", Outcome.ADVANCES),
        ("Sumak", Outcome.WAITS),
        ("Killa", Outcome.STAYS),
    ]
    assert scene.call.round == 1
    assert scene.ranking is None
    assert reviews_for_ranking(scene.call) == []
    window = db.session.get(CallWindow, (scene.call.id, WindowKind.EVALUATION))
    assert (window.opens, window.closes) == (LAST.opens, LAST.closes)
    every = db.session.query(Review).execution_options(**EVERY_ROUND).all()
    assert {review.closed_round for review in every} == {0}
    assert len(every) == 8


def test_the_last_round_is_ranked_by_its_own_marks_and_its_order_is_the_result(app):
    scene = scene_of()
    closed(scene)
    mark_again(scene, {"Yaku": (3, 3), "Inti": (5, 5)})
    ranking = scene.confirm()
    kept = read(ranking.content)
    assert [(line.place, scene.name(line.submission), line.score) for line in kept.lines] == [
        (1, "Inti", 100),
        (2, "Yaku", 60),
    ]
    assert (kept.context.round, kept.context.before, kept.received) == ("final", 2, 4)
    assert ranking.number == 2
    services.publish(ranking, given.acting(scene.organiser), NOON)
    assert scene.call.results_published_at == NOON
    numbers = db.session.query(Ranking.number).execution_options(**EVERY_ROUND).order_by(Ranking.number)
    assert [number for (number,) in numbers] == [1, 2]


def test_carried_marks_count_by_their_shares(app):
    last = {"marks": EarlierMarks.CARRIED, "share": Decimal(3)}
    scene = scene_of(last=last)
    closed(scene)
    mark_again(scene, {"Yaku": (3, 3), "Inti": (5, 5)})
    kept = read(scene.propose().content)
    # Of four shares one is the first round's: Inti 80 and 100, Yaku 100 and 60.
    assert [(scene.name(line.submission), line.score) for line in kept.lines] == [("Inti", 95), ("Yaku", 70)]
    assert [line.own_score for line in kept.lines] == [100, 60]
    assert not kept.is_of_own_marks


def test_the_order_of_a_round_is_closed_and_that_of_the_last_one_is_published_and_not_the_other_way(app):
    scene = scene_of()
    actor = given.acting(scene.organiser)
    ranking = scene.confirm()
    assert refusal(services.publish, ranking, actor, NOON) is Reason.ROUND_FOLLOWS
    assert refusal(services.schedule, scene.ranking, NOON + DAY, actor, NOON) is Reason.ROUND_FOLLOWS
    services.close_round(scene.ranking, actor, NOON)
    mark_again(scene, {"Yaku": (3, 3), "Inti": (5, 5)})
    assert refusal(services.close_round, scene.confirm(), actor, NOON) is Reason.ROUND_IS_LAST


def test_an_order_that_the_chair_did_not_confirm_or_that_changed_closes_nothing(app):
    scene = scene_of()
    actor = given.acting(scene.organiser)
    assert refusal(services.close_round, scene.propose(), actor, NOON) is Reason.RANKING_STALE
    ranking = scene.confirm()
    extra = given.a_juror(scene.call, "private")
    given.a_review(extra, scene.submissions["Killa"], impacto=5, viabilidad=5)
    assert refusal(services.close_round, ranking, actor, NOON) is Reason.RANKING_STALE
    assert set(states(scene).values()) == {SubmissionState.SUBMITTED}


def test_a_place_shared_at_the_line_is_refused_unless_the_rules_take_it_whole(app):
    tie = MARKS | {"Sumak": ((4, 4), (4, 4))}
    scene = at_once(scene_of(tie), "Inti", "Sumak")
    with pytest.raises(CannotRankError) as caught:
        closed(scene)
    assert {fault.kind for fault in caught.value.faults} == {FaultKind.TIE_AT_LINE}
    assert scene.call.round == 0

    whole = judged(tie, rules=rules("whole", first={"at_line": AtLine.TAKE_ALL, "waiting": 0}), code="whole")
    closed(at_once(whole, "Inti", "Sumak"))
    assert [name for name, state in states(whole).items() if state is SubmissionState.SUBMITTED] == [
        "Yaku",
        "Inti",
        "Sumak",
    ]


def test_a_chairs_decision_of_one_round_does_not_settle_the_next(app):
    tie = MARKS | {"Sumak": ((4, 4), (4, 4))}
    scene = scene_of(tie, tie_break=CHAIR_FIRST, first={"waiting": 0, "advance": Advance(top=2)})
    scene.decide(["Sumak", "Inti"])
    services.confirm(scene.ranking, "", scene.acting_chair, NOON)
    services.close_round(scene.ranking, given.acting(scene.organiser), NOON)
    assert states(scene)["Inti"] is SubmissionState.OUT
    mark_again(scene, {"Yaku": (4, 4), "Sumak": (4, 4)})
    assert read(scene.propose().content).awaiting_chair


def test_whoever_could_not_judge_a_proposal_is_not_given_it_in_the_next_round(app):
    scene = scene_of()
    third = given.a_juror(scene.call, "public", now=NOON)
    review = given.a_review(third, scene.submissions["Yaku"], state=ReviewState.ASSIGNED, now=NOON)
    conflicts.abstain(review, "No es mi tema", given.acting(scene.person(third)), NOON)
    closed(scene)

    problem = problem_of(scene.call, 1)

    assert problem.bans == {(scene.code("Yaku"), third.code)}
    assert problem.pins == ()


def test_whoever_leaves_makes_room_for_who_waits_until_the_evaluation_closes(app):
    scene = scene_of()
    closed(scene)
    leaving = submission_by_code(scene.code("Inti"))
    submissions.leave(leaving, given.acting(scene.members["Inti"]), NOON)
    assert states(scene) == {
        "Yaku": SubmissionState.SUBMITTED,
        "Inti": SubmissionState.WITHDRAWN,
        "Sumak": SubmissionState.SUBMITTED,
        "Killa": SubmissionState.OUT,
    }
    letter = db.session.query(Mail).filter(Mail.to == scene.members["Sumak"].email).one()
    assert "subió de la lista de espera" in letter.text

    late = judged(MARKS, rules=rules("late"), code="late")
    closed(late)
    leaving = submission_by_code(late.code("Inti"))
    submissions.leave(leaving, given.acting(late.members["Inti"]), LAST.closes)
    assert states(late)["Sumak"] is SubmissionState.WAITING


def test_a_seat_that_is_left_too_late_stays_empty_and_nothing_says_otherwise(app):
    scene = scene_of()
    closing = closed(scene)
    leaving = submission_by_code(scene.code("Inti"))
    submissions.leave(leaving, given.acting(scene.members["Inti"]), LAST.closes)
    assert [scene.name(code) for code in closing.fates.advancing] == ["Yaku", "Inti"]
    assert [scene.name(code) for code in closing.fates.waiting] == ["Sumak"]


def test_the_turn_of_who_waits_is_past_once_the_next_round_is_closed(app):
    scene = scene_of()
    closed(scene)
    third = replace(rules().rounds[1], code="gran-final", advance=None)
    second = replace(rules().rounds[1], advance=Advance(top=1))
    bases = replace(rules(), rounds=(rules().rounds[0], second, third))
    scene.call.version.content = write_bases(bases)
    mark_again(scene, {"Yaku": (3, 3), "Inti": (5, 5)})
    closed(scene)
    assert states(scene) == {
        "Yaku": SubmissionState.OUT,
        "Inti": SubmissionState.SUBMITTED,
        "Sumak": SubmissionState.OUT,
        "Killa": SubmissionState.OUT,
    }


def test_whoever_moved_up_before_the_letters_went_out_has_the_better_one_alone(app):
    scene = scene_of()
    closing = closed(scene)
    leaving = submission_by_code(scene.code("Inti"))
    submissions.leave(leaving, given.acting(scene.members["Inti"]), NOON)
    tasks.tell_round(closing.id)
    told = {name: db.session.query(Mail).filter(Mail.to == scene.members[name].email).all() for name in MARKS}
    assert {name: len(mails) for name, mails in told.items()} == {
        "Yaku": 1,
        "Inti": 0,
        "Sumak": 1,
        "Killa": 1,
    }
    assert "subió de la lista de espera" in told["Sumak"][0].text


def test_each_pool_has_its_own_order_and_its_own_seats(app):
    """Two challenges, one seat each: the second of the stronger one stays behind."""
    pools = {"advance": Advance(top_per_pool=1), "pools": Pools(PoolBy.CHALLENGE), "waiting": 0}
    two = (Challenge("agua", both("Agua")), Challenge("bosque", both("Bosque")))
    scene = scene_of(first=pools, challenges=two)
    other = next(one for one in challenges_of(scene.call) if one.code != "agua")
    for name in ("Sumak", "Killa"):
        scene.submissions[name].challenge_id = other.id
    db.session.flush()
    kept = read(scene.propose().content)
    assert {(line.pool, line.place, scene.name(line.submission), line.wins) for line in kept.lines} == {
        ("agua", 1, "Yaku", True),
        ("agua", 2, "Inti", False),
        (other.code, 1, "Sumak", True),
        (other.code, 2, "Killa", False),
    }
    closed(scene)
    assert [name for name, state in states(scene).items() if state is SubmissionState.SUBMITTED] == [
        "Yaku",
        "Sumak",
    ]


def test_by_hand_takes_two_persons_and_a_reason_for_each(app):
    scene = scene_of(first={"advance": Advance(by_hand=True), "waiting": 0})
    actor = given.acting(scene.organiser)
    ranking = scene.confirm()
    assert refusal(services.close_round, ranking, actor, NOON) is Reason.ROUND_BY_HAND
    with pytest.raises(CannotRankError) as caught:
        services.ask_to_close(scene.ranking, {scene.code("Killa"): "", "NADIE1": "sí"}, "Acta 3", actor, NOON)
    assert {fault.kind for fault in caught.value.faults} == {
        FaultKind.CHOSEN_WITHOUT_REASON,
        FaultKind.NOT_IN_ROUND,
    }
    asked = services.ask_to_close(
        scene.ranking, {scene.code("Killa"): "La única de su zona"}, "Acta 3", actor, NOON
    )
    assert scene.call.round == 0
    second = given.an_organiser(db.session.get(Host, scene.call.host_id))
    agreements.confirm(agreement_by_code(asked.code), replace(given.acting(second), signed_in_at=NOON), NOON)
    assert [name for name, state in states(scene).items() if state is SubmissionState.SUBMITTED] == ["Killa"]
    closing = last_closing(scene.call)
    assert closing.agreement_id == asked.id
    assert read_fates(closing.content).fates[-1].reason == "La única de su zona"


def test_every_member_is_written_to_once_and_no_letter_tells_a_mark(app):
    scene = scene_of()
    closing = closed(scene)
    tasks.tell_round(closing.id)
    tasks.tell_round(closing.id)
    told = {name: db.session.query(Mail).filter(Mail.to == scene.members[name].email).all() for name in MARKS}
    assert {name: len(mails) for name, mails in told.items()} == dict.fromkeys(MARKS, 1)
    assert "pasa a «Final»" in told["Yaku"][0].text
    assert "es la número 1" in told["Sumak"][0].text
    assert "no pasa" in told["Killa"][0].text
    for mails in told.values():
        words = re.sub(r"http\S+", "", mails[0].text)
        assert not re.search(r"\b(100|80|60|40)\b", words)


def test_nothing_that_was_announced_of_marks_changes_once_a_mark_was_given_in_any_round(app):
    scene = scene_of(tie_break=CHAIR_FIRST)
    closed(scene)
    changed = rules(winners=2, tie_break=CHAIR_FIRST)
    actor = given.acting(scene.organiser)
    calls.save_draft(scene.call, changed, actor, NOON)
    assert refusal(lambda: calls.publish(scene.call, actor, NOON, reason="Uno más")) is Reason.RULES_LOCKED


def test_a_juror_marks_the_same_proposal_once_a_round(app):
    scene = scene_of()
    closed(scene)
    mark_again(scene, {"Yaku": (3, 3)})
    with pytest.raises(Exception, match=r"(?i)unique|duplicate"), db.session.begin_nested():
        given.a_review(scene.jurors[0], scene.submissions["Yaku"], impacto=1, viabilidad=1)


def test_evaluation_of_the_next_round_has_its_own_window(app):
    scene = scene_of()
    assert scene.call.calendar.evaluation == FIRST
    closed(scene)
    assert scene.call.calendar.evaluation == LAST
    assert scene.call.announced.calendar.evaluation == Window(FIRST.opens, LAST.closes)
    assert timedelta(days=10) == LAST.closes - LAST.opens
