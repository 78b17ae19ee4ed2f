"""Publication: one transaction makes the order public, letters follow once, and a crash leaves nothing."""

import threading

import pytest

from tests import builders as given
from tests.builders import NOON
from tests.results.scenes import judged
from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.lifecycle import RankingState, SubmissionState
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.models import Entry
from thinkia.outside.mail import Mail
from thinkia.outside.outbox import OutboxTask
from thinkia.results import services
from thinkia.results.queries import count_to_tell, current_ranking, ranking_by_id
from thinkia.results.tasks import tell

MARKS = {"Yaku": ((5, 4), (4, 4)), "Sumak": ((3, 3), (3, 3)), "Inti": ((4, 5), (4, 4))}


def letters():
    return sorted(
        to for (to,) in db.session.query(Mail.to).filter_by(template="results/emails/published.txt")
    )


def work():
    for task in db.session.query(OutboxTask).filter_by(task="results.tell"):
        tell(**task.args)


def test_publishing_makes_the_order_public_and_writes_to_everybody_once(app):
    scene = judged(MARKS)
    ranking = scene.publish()
    assert (ranking.state, scene.call.results_published_at) == (RankingState.PUBLISHED, NOON)
    assert letters() == []
    work()
    people = [*scene.members.values(), *(scene.person(juror) for juror in scene.jurors)]
    assert letters() == sorted(person.email for person in people)
    assert len(letters()) == count_to_tell(scene.call)


def test_publishing_twice_writes_once(app):
    scene = judged(MARKS)
    ranking = scene.publish()
    services.publish(ranking, given.acting(scene.organiser), NOON + given.DAY)
    work()
    work()
    assert len(letters()) == 5
    assert scene.call.results_published_at == NOON
    assert db.session.query(Entry).filter_by(action="results.published").count() == 1


def test_only_what_the_chair_confirmed_is_published(app):
    scene = judged(MARKS)
    with pytest.raises(Refused) as caught:
        services.publish(scene.propose(), given.acting(scene.organiser), NOON)
    assert caught.value.reason is Reason.RANKING_STALE


def test_a_change_after_the_confirmation_stops_the_publication(app):
    scene = judged(MARKS)
    ranking = scene.confirm()
    out = scene.submissions["Yaku"]
    out.state, out.excluded_at, out.excluded_reason = SubmissionState.EXCLUDED, NOON, "Tarde"
    db.session.flush()
    with pytest.raises(Refused) as caught:
        services.publish(ranking, given.acting(scene.organiser), NOON)
    assert caught.value.reason is Reason.RANKING_STALE


def test_an_order_that_was_touched_in_the_database_is_not_published(app):
    scene = judged(MARKS)
    ranking = scene.confirm()
    ranking.content = ranking.content.replace('"place":1', '"place":2', 1)
    db.session.flush()
    with pytest.raises(Refused) as caught:
        services.publish(ranking, given.acting(scene.organiser), NOON)
    assert caught.value.reason is Reason.RANKING_STALE


def test_nothing_is_computed_after_publication(app):
    scene = judged(MARKS)
    scene.publish()
    with pytest.raises(Refused) as caught:
        scene.propose()
    assert caught.value.reason is Reason.RESULT_PUBLISHED


def test_a_crash_while_publishing_leaves_nothing_public_and_no_letter(committed_app, monkeypatch):
    with transaction():
        scene = judged(MARKS)
        ranking = scene.confirm()

    def crash(*_arguments, **_options):
        raise RuntimeError("the power went off")

    with monkeypatch.context() as broken:
        broken.setattr("thinkia.results.services.publication.enqueue", crash)
        with pytest.raises(RuntimeError):
            services.publish(ranking, given.acting(scene.organiser), NOON)
    db.session.rollback()
    db.session.expire_all()
    call = db.session.query(Call).one()
    assert (call.results_published_at, current_ranking(call).state) == (None, RankingState.CONFIRMED)
    assert db.session.query(OutboxTask).filter_by(task="results.tell").count() == 0

    services.publish(scene.ranking, given.acting(scene.organiser), NOON)
    work()
    assert len(letters()) == 5


@pytest.mark.database("postgresql")
def test_two_organisers_who_publish_at_once_publish_once(committed_app):
    with transaction():
        scene = judged(MARKS)
        ranking_id = scene.confirm().id
    actor, failed = given.acting(scene.organiser), []
    db.session.rollback()
    start = threading.Barrier(2)

    def press():
        with committed_app.app_context():
            start.wait()
            try:
                services.publish(ranking_by_id(ranking_id), actor, NOON)
            except Exception as error:  # noqa: BLE001 - the test shows it
                failed.append(error)
            db.session.remove()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert db.session.query(Entry).filter_by(action="results.published").count() == 1
    assert db.session.query(OutboxTask).filter_by(task="results.tell").count() == 1
