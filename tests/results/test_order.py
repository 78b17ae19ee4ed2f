"""The order: computed once everything is in, from nothing but what the jury gave and the bases say."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests import builders as given
from tests.builders import DAY, NOON
from tests.results.scenes import BY_CHAIR, BY_LOTTERY, bases, judged
from thinkia.calls import services as calls
from thinkia.db import db
from thinkia.domain.bases import Method, MethodName, MissingSector
from thinkia.domain.lifecycle import RankingState, ReviewState, SubmissionState
from thinkia.domain.ranking.findings import CannotRankError, FaultKind
from thinkia.domain.ranking.record import read, written
from thinkia.domain.reasons import Reason, Refused
from thinkia.outside.mail import Mail
from thinkia.results import services
from thinkia.results.models import ChairDecision, Ranking
from thinkia.results.queries import current_ranking

SIMPLE = {"Yaku": ((5, 4), (4, 4)), "Sumak": ((3, 3), (3, 3)), "Inti": ((4, 5), (4, 4))}


def order(scene, ranking):
    return [(line.place, scene.name(line.submission)) for line in read(ranking.content).lines]


def refusal(of, *arguments):
    with pytest.raises(Refused) as caught:
        of(*arguments)
    return caught.value.reason


def test_the_order_is_what_the_marks_give(app):
    scene = judged(SIMPLE)
    kept = read(scene.propose().content)
    assert order(scene, scene.propose()) == [(1, "Yaku"), (2, "Inti"), (3, "Sumak")]
    best = kept.lines[0]
    assert (best.score, best.wins, best.ballots) == (Fraction(86), True, 2)
    assert best.criteria == {"impacto": Fraction(9, 2), "viabilidad": Fraction(4)}
    assert written(kept) == scene.propose().content


def test_there_is_no_order_while_a_review_is_open(app):
    scene = judged(SIMPLE)
    juror = given.a_juror(scene.call, "private")
    review = given.a_review(juror, scene.submissions["Inti"], state=ReviewState.STARTED, impacto=1)
    assert refusal(scene.propose) is Reason.REVIEWS_OPEN
    review.state, review.closed_at, review.closed_reason = ReviewState.EXCUSED, NOON, "Enfermedad"
    db.session.flush()
    assert order(scene, scene.propose())[0] == (1, "Yaku")


def test_there_is_no_order_before_the_jury_begins_and_none_of_nothing(app):
    early = judged(SIMPLE, rules=bases("early", calendar=given.a_calendar(NOON)))
    assert refusal(early.propose) is Reason.EVALUATION_OPEN
    empty = judged({}, code="empty")
    assert refusal(empty.propose) is Reason.NOTHING_TO_RANK


def test_a_zero_is_a_mark_and_a_missing_mark_is_not_a_zero(app):
    scale = given.Scale(min=given.Decimal(0), max=given.Decimal(5), step=given.Decimal(1))
    rubric = given.Rubric(
        (given.criterion("impacto", 60, scale=scale), given.criterion("viabilidad", 40, scale=scale))
    )
    scene = judged({"Cero": ((0, 0), (0, 0)), "Uno": ((1, 0), (0, 0))}, rubric=rubric)
    assert [line.score for line in read(scene.propose().content).lines] == [6, 0]

    juror = given.a_juror(scene.call, "private")
    given.a_review(juror, scene.submissions["Uno"], impacto=5)
    with pytest.raises(CannotRankError) as caught:
        scene.propose()
    assert [fault.kind for fault in caught.value.faults] == [FaultKind.INCOMPLETE_REVIEW]


def test_a_recusal_keeps_the_review_and_its_reason_and_does_not_count(app):
    scene = judged(SIMPLE)
    juror = given.a_juror(scene.call, "private")
    review = given.a_review(
        juror, scene.submissions["Yaku"], state=ReviewState.RECUSED, impacto=1, viabilidad=1
    )
    kept = read(scene.propose().content)
    assert kept.lines[0].score == 86
    assert kept.context.reviews == {"final": 6, "recused": 1}
    assert (len(review.marks), review.closed_reason) == (2, "Por viaje")


def test_what_is_missing_for_a_place_is_said_all_at_once(app):
    weights = {"public": given.Decimal(1), "academia": given.Decimal(1)}
    method = Method(MethodName.SECTOR_BALANCED, weights)
    scene = judged({"Yaku": ((5, 4), (4, 4)), "Sola": ((5, 5),), "Nadie": None}, method=method)
    with pytest.raises(CannotRankError) as caught:
        scene.propose()
    assert {fault.kind for fault in caught.value.faults} == {FaultKind.MISSING_SECTOR, FaultKind.NO_REVIEW}
    assert current_ranking(scene.call) is None

    shared = replace(method, missing_sector=MissingSector.REDISTRIBUTE)
    scene = judged({"Yaku": ((5, 4), (4, 4)), "Sola": ((5, 5),)}, method=shared, code="shared")
    assert order(scene, scene.propose()) == [(1, "Sola"), (2, "Yaku")]


def test_excluded_and_withdrawn_proposals_have_no_place_and_are_accounted_for(app):
    scene = judged({**SIMPLE, "Fuera": ((5, 5), (5, 5)), "Lejos": ((5, 5), (5, 5))})
    out, gone = scene.submissions["Fuera"], scene.submissions["Lejos"]
    out.state, out.excluded_at, out.excluded_reason = SubmissionState.EXCLUDED, NOON, "Llegó con nombres"
    gone.state = SubmissionState.WITHDRAWN
    db.session.flush()
    kept = read(scene.propose().content)
    assert [scene.name(line.submission) for line in kept.lines] == ["Yaku", "Inti", "Sumak"]
    assert [(scene.name(one.submission), one.reason) for one in kept.context.exclusions] == [
        ("Fuera", "Llegó con nombres")
    ]
    assert (kept.received, [scene.name(code) for code in kept.context.withdrawn]) == (5, ["Lejos"])


def test_computing_again_without_a_change_keeps_the_order_and_the_letter(app):
    scene = judged(SIMPLE)
    first = scene.propose()
    assert scene.propose().number == first.number == 1
    assert db.session.query(Mail).filter_by(template="results/emails/verdict_asked.txt").count() == 1


def test_what_changes_after_the_order_makes_it_stale(app):
    scene = judged(SIMPLE)
    stale = scene.propose()
    out = scene.submissions["Sumak"]
    out.state, out.excluded_at, out.excluded_reason = SubmissionState.EXCLUDED, NOON, "Fuera de plazo"
    db.session.flush()
    assert refusal(scene.confirm, stale) is Reason.RANKING_STALE
    fresh = scene.propose()
    assert (fresh.number, stale.state) == (2, RankingState.SUPERSEDED)
    scene.confirm(fresh)
    assert refusal(scene.confirm, stale) is Reason.RANKING_STALE


def test_new_bases_make_the_order_stale(app):
    scene = judged(SIMPLE)
    ranking = scene.propose()
    actor = given.acting(scene.organiser)
    calls.save_draft(scene.call, replace(scene.call.bases, contact_email="otra@example.org"), actor, NOON)
    calls.publish(scene.call, actor, NOON, reason="Otro correo")
    assert refusal(scene.confirm, ranking) is Reason.RANKING_STALE


def test_the_cut_off_compares_exact_values(app):
    scene = judged(
        {"Justo": ((3, 3), (3, 3)), "Casi": ((3, 3), (3, 2))}, cut_off=given.Decimal(60), winners=2
    )
    lines = read(scene.propose().content).lines
    assert [(scene.name(line.submission), line.passes, line.wins) for line in lines] == [
        ("Justo", True, True),
        ("Casi", False, False),
    ]


# Ties


TIED = {"Yaku": ((4, 4), (4, 4)), "Inti": ((4, 4), (4, 4)), "Sumak": ((2, 2), (2, 2))}


def test_a_tie_for_a_winning_place_waits_for_the_chair(app):
    scene = judged(TIED, tie_break=(*BY_CHAIR, *BY_LOTTERY[1:]))
    ranking, chair = scene.propose(), scene.acting_chair
    assert refusal(scene.confirm, ranking) is Reason.TIE_NEEDS_CHAIR

    codes = [scene.code("Inti"), scene.code("Yaku")]
    assert refusal(services.decide_tie, scene.ranking, codes[:1], "Por qué", chair, NOON) is Reason.NOT_A_TIE
    assert refusal(services.decide_tie, scene.ranking, codes * 2, "Por qué", chair, NOON) is Reason.NOT_A_TIE
    assert refusal(services.decide_tie, scene.ranking, codes, " ", chair, NOON) is Reason.REASON_NEEDED
    decided = services.decide_tie(scene.ranking, codes, "Llega a más personas", chair, NOON)
    assert order(scene, decided) == [(1, "Inti"), (2, "Yaku"), (3, "Sumak")]
    assert read(decided.content).lines[0].decided_by == "chair"
    assert [each.reason for each in db.session.query(ChairDecision)] == ["Llega a más personas"]

    changed = services.decide_tie(decided, codes[::-1], "Lo pensé mejor", chair, NOON)
    assert order(scene, changed)[0] == (1, "Yaku")
    assert scene.confirm(changed).state == RankingState.CONFIRMED


def test_a_tie_below_the_winners_may_be_left_to_the_lottery_once_its_seed_is_known(app):
    marks = {"Best": ((5, 5), (5, 5)), **TIED}
    scene = judged(marks, tie_break=(*BY_CHAIR, *BY_LOTTERY[1:]))
    waiting = scene.propose()
    assert len(read(waiting.content).shared) == 1
    assert refusal(scene.confirm, waiting) is Reason.SEED_MISSING
    scene.record_seed("12345")
    drawn = scene.propose()
    assert read(drawn.content).shared == ()
    assert scene.confirm(drawn).state == RankingState.CONFIRMED


def test_a_confirmed_order_is_confirmed_once_and_kept_when_nothing_changed(app):
    scene = judged(SIMPLE)
    ranking = scene.confirm()
    at = ranking.confirmed_at
    assert scene.confirm(ranking, NOON + DAY).confirmed_at == at
    assert scene.propose().state == RankingState.CONFIRMED
    assert db.session.query(Ranking).count() == 1
