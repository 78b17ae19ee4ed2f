"""Two officers close a round while a team leaves, all at once: one closing, and every seat is filled."""

from tests import builders as given
from tests.results.scenes_of_rounds import scene_of, states
from tests.submissions.world import all_at_once
from thinkia import clock
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.lifecycle import SubmissionState
from thinkia.domain.reasons import Refused
from thinkia.results import services
from thinkia.results.models import RoundClosing
from thinkia.results.queries import ranking_by_id
from thinkia.submissions import services as submissions
from thinkia.submissions.queries import submission_by_code


def test_a_round_is_closed_once_and_whoever_leaves_meanwhile_leaves_no_seat_empty(committed_app):
    now = clock.now()
    with transaction():
        scene = scene_of(now=now)
        ranking_id = scene.confirm(now=now).id
        officer, team = given.acting(scene.organiser), given.acting(scene.members["Inti"])
        code = scene.code("Inti")
    db.session.remove()  # what this thread has read is of before

    def close():
        ranking = ranking_by_id(ranking_id)  # none, once its round is closed
        return None if ranking is None else services.close_round(ranking, officer, now)

    def leave():
        submissions.leave(submission_by_code(code), team, now)

    outcomes = all_at_once(committed_app, [close, close, leave])
    assert all(one is None or isinstance(one, Refused | RoundClosing) for one in outcomes), outcomes
    found = states(scene)
    assert found["Inti"] is SubmissionState.WITHDRAWN
    if db.session.query(RoundClosing).count():
        assert found["Sumak"] is SubmissionState.SUBMITTED
        assert found["Yaku"] is SubmissionState.SUBMITTED
    else:  # the team was first: the order that the chair confirmed is none any more
        assert set(found.values()) == {SubmissionState.SUBMITTED, SubmissionState.WITHDRAWN}
    assert db.session.query(RoundClosing).count() <= 1
