"""Two who confirm at once, a confirmation against a withdrawal, two who ask: one effect."""

from functools import partial

import pytest

from tests import builders as given
from tests.agreements.world import NOW, REASON, a_scene, asked, fresh
from tests.submissions.world import all_at_once
from thinkia.agreements import services
from thinkia.agreements.models import Agreement
from thinkia.agreements.queries import agreement_by_code
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.models import FormerReview, Review
from thinkia.jury.queries.reviews import review_by_code
from thinkia.jury.services import reopening
from thinkia.outside.mail import Mail


@pytest.fixture
def scene(committed_app):
    with transaction():
        return a_scene()


def told(outcomes):
    return sorted(str(each.reason) if isinstance(each, Refused) else repr(each) for each in outcomes)


def test_two_confirm_at_once_and_it_is_done_once(committed_app, scene):
    with transaction():
        code, people = asked(scene).code, [fresh(scene.luis), fresh(scene.marta)] * 2
    db.session.remove()
    acts = [partial(lambda who: services.confirm(agreement_by_code(code), who, NOW), who) for who in people]
    assert told(all_at_once(committed_app, acts)) == ["None", *["agreement.decided"] * 3]
    review = db.session.get(Review, scene.review.id)
    assert review.version == 2
    assert db.session.query(FormerReview).count() == 1
    assert db.session.query(Mail).filter(Mail.template.endswith("reopened.txt")).count() == 1


def test_a_confirmation_and_a_withdrawal_do_not_both_happen(committed_app, scene):
    with transaction():
        code, luis, rosa = asked(scene).code, fresh(scene.luis), given.acting(scene.rosa)
    db.session.remove()
    acts = [
        lambda: services.confirm(agreement_by_code(code), luis, NOW),
        lambda: services.withdraw(agreement_by_code(code), rosa, NOW),
    ]
    assert told(all_at_once(committed_app, acts)) == ["None", "agreement.decided"]
    confirmed = agreement_by_code(code).state == "confirmed"
    assert (db.session.query(FormerReview).count() == 1) is confirmed


def test_two_ask_for_the_same_and_it_waits_once(committed_app, scene):
    with transaction():
        people = [given.acting(scene.rosa), given.acting(scene.luis)]
    code = scene.review.code
    db.session.remove()
    acts = [
        partial(lambda who: reopening.ask_to_reopen(review_by_code(code), REASON, who, NOW), who)
        for who in people
    ]
    outcomes = all_at_once(committed_app, acts)
    assert [each.reason for each in outcomes if isinstance(each, Refused)] == [Reason.ASKED_ALREADY]
    assert db.session.query(Agreement).count() == 1
