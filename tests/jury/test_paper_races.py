"""A juror who saves and an officer who confirms, at the same moment: one of the two, whole, never both."""

from functools import partial

import pytest

from tests import builders as given
from tests.agreements.world import fresh
from tests.jury.paper_world import a_paper_scene, asked
from tests.jury.world import NOW, marks
from tests.submissions.world import all_at_once
from thinkia.agreements import services
from thinkia.agreements.queries import agreement_by_code
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.ballot import Typed, read
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.models import MarksSource, Review
from thinkia.jury.queries.reviews import review_by_code
from thinkia.jury.services import scoring
from thinkia.outside.mail import Mail


@pytest.fixture
def scene(committed_app):
    with transaction():
        scene = a_paper_scene()
        scene.waits = asked(scene).code
        scene.people = [fresh(scene.luis), fresh(scene.chair)]
        scene.own = given.acting(scene.reader)
    db.session.remove()
    return scene


def save(scene):
    review = review_by_code(scene.review.code)
    ballot = read(review.call.bases.rubric, {"impacto": Typed("1")})
    return scoring.save(review, ballot, scene.own, NOW, version=review.version, window="w", edit=1)


def confirm(scene, who=0):
    services.confirm(agreement_by_code(scene.waits), scene.people[who], NOW)


def reasons(outcomes):
    return [each.reason for each in outcomes if isinstance(each, Refused)]


def stands(scene):
    review = db.session.get(Review, scene.review.id, populate_existing=True)
    return review.state, review.source, marks(review)


FROM_PAPER = (ReviewState.FINAL, MarksSource.PAPER, {"impacto": 4, "viabilidad": 2})
OWN = (ReviewState.STARTED, MarksSource.JUROR, {"impacto": 1})


@pytest.mark.parametrize("order", [0, 1])
def test_a_juror_who_saves_and_an_officer_who_confirms_together_never_mix(committed_app, scene, order):
    acts = [partial(save, scene), partial(confirm, scene)]
    outcomes = all_at_once(committed_app, acts if order else acts[::-1])
    assert len(reasons(outcomes)) == 1
    assert reasons(outcomes)[0] in {Reason.REVIEW_FINAL, Reason.PAPER_MARKS_THERE}
    assert stands(scene) == (FROM_PAPER if reasons(outcomes) == [Reason.REVIEW_FINAL] else OWN)


def test_a_juror_who_saved_first_is_not_overwritten(scene):
    save(scene)
    db.session.remove()
    with pytest.raises(Refused) as refused:
        confirm(scene)
    assert refused.value.reason is Reason.PAPER_MARKS_THERE
    assert stands(scene) == OWN


def test_a_juror_who_saves_after_it_was_entered_is_told_and_changes_nothing(scene):
    before = review_by_code(scene.review.code)
    ballot = read(before.call.bases.rubric, {"impacto": Typed("1")})
    confirm(scene)
    with pytest.raises(Refused) as refused:
        scoring.save(before, ballot, scene.own, NOW, version=1, window="w", edit=1)
    assert refused.value.reason is Reason.REVIEW_FINAL
    db.session.remove()
    assert stands(scene) == FROM_PAPER


def test_two_who_confirm_together_enter_it_once_and_write_one_letter(committed_app, scene):
    acts = [partial(confirm, scene, who) for who in (0, 1, 0, 1)]
    outcomes = all_at_once(committed_app, acts)
    assert reasons(outcomes) == [Reason.AGREEMENT_DECIDED] * 3
    assert stands(scene) == FROM_PAPER
    assert db.session.query(Mail).filter(Mail.template.endswith("from_paper.txt")).count() == 1
