"""Two tabs, a double post, an order that is computed meanwhile: one effect, and nothing silent."""

from functools import partial

import pytest

from tests.jury.deliberating import a_panel, acting, change, say, voice
from tests.jury.world import NOW, marks
from tests.submissions.world import all_at_once
from thinkia.calls.queries import call_by_code
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.models import DeliberationNote, DeliberationReading, FormerReview
from thinkia.jury.queries.reviews import review_by_code
from thinkia.jury.services import conflicts, deliberation
from thinkia.results import services as results
from thinkia.results.computation import inputs_of
from thinkia.results.queries import current_ranking


@pytest.fixture
def panel(committed_app):
    with transaction():
        panel = a_panel()
        panel.actors = {name: acting(panel, name) for name in panel.jurors}
        for thing in (panel.call, panel.proposal, *panel.jurors.values(), *panel.reviews.values()):
            db.session.refresh(thing)
    db.session.remove()
    return panel


def told(outcomes):
    return sorted(str(each.reason) if isinstance(each, Refused) else type(each).__name__ for each in outcomes)


def test_a_note_that_is_sent_four_times_at_once_is_one(committed_app, panel):
    outcomes = all_at_once(committed_app, [partial(say, panel, "ana", form="uno")] * 4)
    assert told(outcomes) == ["DeliberationNote"] * 4
    assert db.session.query(DeliberationNote).count() == 1


def test_two_tabs_with_other_marks_change_them_once(committed_app, panel):
    acts = [partial(change, panel, "beto", 3, mark, version=1) for mark in (2, 5)]
    assert told(all_at_once(committed_app, acts)) == ["NoneType", "jury.review_changed"]
    assert db.session.query(FormerReview).count() == 1


def test_one_change_that_is_sent_four_times_at_once_is_one(committed_app, panel):
    acts = [partial(change, panel, "beto", 3, 4, version=1)] * 4
    assert told(all_at_once(committed_app, acts)) == ["NoneType"] * 4
    assert db.session.query(FormerReview).count() == 1
    assert marks(panel.reviews["beto"])["impacto"] == 3


def test_two_tabs_that_have_read_leave_the_later_note(committed_app, panel):
    with transaction():
        ids = [say(panel, "beto", form=form).id for form in ("una", "otra")]
    db.session.remove()

    def read(note_id):
        deliberation.mark_read(voice(panel, "ana"), note_id, acting(panel, "ana"), NOW)

    assert told(all_at_once(committed_app, [partial(read, one) for one in ids])) == ["NoneType"] * 2
    assert [one.note_id for one in db.session.query(DeliberationReading)] == [max(ids)]


def test_no_order_is_of_marks_that_changed_while_it_was_computed(committed_app, panel):
    with transaction():
        conflicts.excuse(review_by_code(panel.reviews["dora"].code), "No pudo", panel.actor, NOW)
    db.session.remove()
    acts = [
        partial(change, panel, "beto", 5, 5, version=1),
        lambda: results.propose(call_by_code("rios"), panel.actor, NOW),
    ]
    outcomes = told(all_at_once(committed_app, acts))
    assert outcomes in (["NoneType", "Ranking"], ["Ranking", Reason.MARKS_ORDERED])
    call = call_by_code("rios")
    assert current_ranking(call).input_sha256 == inputs_of(call).fingerprint
