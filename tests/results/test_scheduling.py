"""An hour for the publication: what happens at it, what keeps it from happening, and nothing before it."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from tests import builders as given
from tests.builders import NOON
from tests.results.scenes import judged
from thinkia import clock
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.lifecycle import CallState, PublicationState, RankingState, SubmissionState
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.models import Entry
from thinkia.outside.mail import Mail
from thinkia.outside.outbox import LEASE, OutboxTask, run_task
from thinkia.outside.queue import drain
from thinkia.results import services
from thinkia.results.models import Publication
from thinkia.results.queries import ranking_by_id
from thinkia.results.queries.publications import publication_by_id, waiting_publication

MARKS = {"Yaku": ((5, 4), (4, 4)), "Sumak": ((3, 3), (3, 3)), "Inti": ((4, 5), (4, 4))}
HOUR = NOON + timedelta(hours=2)


@pytest.fixture
def scene(app):
    return judged(MARKS)


def acting(scene):
    return given.acting(scene.organiser)


def scheduled(scene, at=HOUR, now=NOON):
    return services.schedule(scene.ranking or scene.confirm(), at, acting(scene), now)


def carried_out(publication, now=HOUR):
    return services.carry_out(publication, now).state


def refusal(act, *arguments):
    with pytest.raises(Refused) as caught:
        act(*arguments)
    return caught.value.reason


def letters(template="published"):
    sent = db.session.query(Mail.to).filter_by(template=f"results/emails/{template}.txt")
    return sorted(to for (to,) in sent)


def leave_out(scene, name="Yaku"):
    out = scene.submissions[name]
    out.state, out.excluded_at, out.excluded_reason = SubmissionState.EXCLUDED, NOON, "Sin firma"
    db.session.flush()


def test_at_its_hour_the_order_becomes_public_in_the_name_of_who_asked(scene):
    scene.confirm()
    publication = scheduled(scene)
    assert (scene.call.results_published_at, letters()) == (None, [])
    assert carried_out(publication) is PublicationState.DONE
    assert carried_out(publication, HOUR + LEASE) is PublicationState.DONE, (
        "a worker that comes a second time"
    )
    ranking = scene.ranking
    assert (ranking.state, ranking.published_at) == (RankingState.PUBLISHED, HOUR)
    assert ranking.published_by_id == scene.organiser.id
    assert scene.call.results_published_at == HOUR
    assert db.session.query(OutboxTask).filter_by(task="results.tell").count() == 1
    assert [entry.actor_ref for entry in db.session.query(Entry).filter_by(action="results.published")] == [
        "system"
    ]


def test_an_hour_leaves_ten_minutes_to_cancel(scene):
    scene.confirm()
    soon = NOON + services.WINDOW - timedelta(seconds=1)
    assert refusal(scheduled, scene, soon) is Reason.HOUR_TOO_SOON
    assert refusal(scheduled, scene, NOON - timedelta(days=1)) is Reason.HOUR_TOO_SOON
    assert scheduled(scene, NOON + services.WINDOW).state is PublicationState.WAITING


def test_only_what_the_chair_confirmed_and_still_holds_is_given_an_hour(scene):
    scene.propose()
    assert refusal(scheduled, scene) is Reason.RANKING_STALE
    scene.confirm()
    leave_out(scene)
    assert refusal(scheduled, scene) is Reason.RANKING_STALE


def test_what_is_cancelled_does_not_happen(scene):
    scene.confirm()
    publication = scheduled(scene)
    services.cancel(scene.call, acting(scene), NOON)
    services.cancel(scene.call, acting(scene), NOON)  # a second click
    assert carried_out(publication) is PublicationState.CANCELLED
    assert (scene.call.results_published_at, scene.ranking.state) == (None, RankingState.CONFIRMED)
    told = db.session.query(Entry).filter_by(action="results.schedule_cancelled")
    assert told.count() == 1


def test_after_the_hour_it_is_too_late_to_cancel(scene):
    scene.confirm()
    carried_out(scheduled(scene))
    assert refusal(services.cancel, scene.call, acting(scene), HOUR) is Reason.TOO_LATE_TO_CANCEL


def test_a_double_click_gives_one_hour_and_another_hour_takes_its_place(scene):
    scene.confirm()
    first = scheduled(scene)
    assert scheduled(scene).id == first.id
    second = scheduled(scene, HOUR + timedelta(hours=1))
    assert (first.state, second.state) == (PublicationState.CANCELLED, PublicationState.WAITING)
    assert carried_out(first) is PublicationState.CANCELLED
    assert scene.call.results_published_at is None
    assert carried_out(second, second.goes_at) is PublicationState.DONE


def test_publishing_at_once_ends_the_hour(scene):
    ranking = scene.confirm()
    publication = scheduled(scene)
    services.publish(ranking, acting(scene), NOON)
    assert carried_out(publication) is PublicationState.CANCELLED
    assert scene.call.results_published_at == NOON
    assert refusal(scheduled, scene) is Reason.RESULT_PUBLISHED


def test_what_changed_meanwhile_is_not_published_and_the_officers_learn_why(scene):
    scene.confirm()
    publication = scheduled(scene)
    leave_out(scene)
    assert carried_out(publication) is PublicationState.REFUSED
    assert carried_out(publication) is PublicationState.REFUSED
    assert (scene.call.results_published_at, letters()) == (None, [])
    assert letters("not_published") == [scene.organiser.email]
    words = db.session.query(Mail).filter_by(template="results/emails/not_published.txt").one()
    assert "No se publicó" in words.text or "did not" in words.text
    assert db.session.query(OutboxTask).filter_by(task="results.tell").count() == 0
    scene.confirm()
    assert carried_out(scheduled(scene)) is PublicationState.DONE


def test_an_order_that_another_one_replaced_is_not_published(scene):
    scene.confirm()
    publication = scheduled(scene)
    leave_out(scene)
    scene.propose()
    assert carried_out(publication) is PublicationState.REFUSED


def test_nothing_of_a_call_that_ended_is_published(scene):
    scene.confirm()
    publication = scheduled(scene)
    scene.call.state = CallState.CANCELLED
    db.session.flush()
    assert carried_out(publication) is PublicationState.REFUSED
    assert publication.refusal == Reason.CALL_ENDED


def test_a_clock_that_is_early_publishes_nothing(scene):
    scene.confirm()
    publication = scheduled(scene)
    early = HOUR - timedelta(seconds=1)
    assert refusal(services.carry_out, publication, early) is Reason.NOT_NOW
    task = db.session.query(OutboxTask).filter_by(task="results.publish").one()
    assert task.run_at == HOUR
    assert run_task(task.id, lambda: early) is False
    assert scene.call.results_published_at is None


def test_two_hours_cannot_wait_even_past_the_service(scene):
    scene.confirm()
    known = scheduled(scene)
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.add(
            Publication(
                call_id=known.call_id,
                ranking_id=known.ranking_id,
                goes_at=HOUR,
                asked_at=NOON,
                asked_by_id=known.asked_by_id,
            )
        )


def test_a_worker_that_is_killed_leaves_nothing_and_the_next_one_does_it_once(committed_app, monkeypatch):
    with transaction():
        scene = judged(MARKS)
        scene.confirm()
        scheduled(scene)
        task_id = db.session.query(OutboxTask).filter_by(task="results.publish").one().id
    when = {"now": HOUR}
    monkeypatch.setattr(clock, "now", lambda: when["now"])

    def killed(*_arguments, **_options):
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr("thinkia.results.services.publication.enqueue", killed)
        with pytest.raises(SystemExit):
            run_task(task_id, clock.now)
    db.session.rollback()
    db.session.expire_all()
    assert (scene.call.results_published_at, scene.ranking.state) == (None, RankingState.CONFIRMED)
    assert run_task(task_id, clock.now) is False, "its lease runs still"
    when["now"] = HOUR + LEASE + timedelta(seconds=1)
    db.session.rollback()
    assert run_task(task_id, clock.now) is True
    drain(committed_app)
    drain(committed_app)
    db.session.rollback()
    assert len(letters()) == 5
    assert scene.ranking.published_at == when["now"]


@pytest.mark.database("postgresql")
def test_cancelling_while_it_is_carried_out_does_one_of_the_two(committed_app):
    with transaction():
        scene = judged(MARKS)
        ranking_id = scene.confirm().id
        publication_id = scheduled(scene).id
    actor, outcomes = acting(scene), []
    db.session.rollback()
    start = threading.Barrier(3)

    def act(what):
        with committed_app.app_context():
            start.wait()
            try:
                what()
            except Refused as refused:
                outcomes.append(refused.reason)
            db.session.remove()

    def carry_out():
        outcomes.append(services.carry_out(publication_by_id(publication_id), HOUR).state)

    acts = [carry_out, carry_out, lambda: services.cancel(ranking_by_id(ranking_id).call, actor, HOUR)]
    threads = [threading.Thread(target=act, args=(each,)) for each in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ranking, publication = ranking_by_id(ranking_id), publication_by_id(publication_id)
    public = ranking.state == RankingState.PUBLISHED
    assert publication.state is (PublicationState.DONE if public else PublicationState.CANCELLED)
    assert (Reason.TOO_LATE_TO_CANCEL in outcomes) is public
    assert db.session.query(OutboxTask).filter_by(task="results.tell").count() == int(public)
    assert waiting_publication(ranking.call) is None


# The page


def test_the_page_says_what_will_happen_and_takes_it_back(app, new_browser):
    now = clock.now()
    scene = judged(MARKS, now=now)
    scene.confirm(now=now)
    scene.organiser.language = "en"
    organiser = given.sign_in(new_browser(), scene.organiser, now)
    page = organiser.get(f"{scene.url}/results/preview")
    assert "1 winner, 5 letters" in page.text
    page = organiser.submit("Publish at this hour", day="2030-02-31", hour="10:00", status=422)
    assert "2030-02-31" in page.response.text, "what was typed is kept"
    page = organiser.submit("Publish at this hour", day="2001-01-01", hour="10:00", status=422)
    assert "Choose an hour at least 10 minutes from now" in page.text
    page = organiser.submit("Publish at this hour", day="", hour="10:00", status=422)
    assert "Write a day" in page.text
    page = organiser.submit("Publish at this hour", day="2040-04-17", hour="10:00")
    assert "It will be published on Tuesday 17 April 2040, 10:00 (" in page.text
    assert waiting_publication(scene.call).goes_at.isoformat() == "2040-04-17T15:00:00+00:00"
    assert "The result will be published on Tuesday 17 April 2040" in organiser.get(scene.url).text
    organiser.get(f"{scene.url}/results/preview")
    page = organiser.submit("Change the hour", day="2040-04-18", hour="11:30")
    assert "It will be published on Wednesday 18 April 2040, 11:30" in page.text
    page = organiser.submit("Cancel the publication")
    assert "Cancelled. Nothing is published and no letter goes out." in page.text
    assert "It will be published" not in page.text
    organiser.submit("Publish at this hour", day="2040-04-18", hour="11:30")
    leave_out(scene)
    assert "As things are, it will not" in organiser.get(f"{scene.url}/results/preview").text
    assert carried_out(waiting_publication(scene.call), NOON.replace(year=2041)) == "refused"
    assert "It was not published on Wednesday 18 April 2040" in organiser.get(organiser.page.path).text


def test_before_its_hour_every_address_answers_as_for_an_unknown_call(app, new_browser):
    """Guesses of all addresses: pages of the call, of people, files, and what is made of a result."""
    now = clock.now()
    scene = judged(MARKS, now=now)
    scene.confirm(now=now)
    services.schedule(scene.ranking, now + timedelta(hours=1), acting(scene), now)
    code, mine = scene.call.code, scene.code("Yaku")
    member = new_browser()
    given.sign_in(member, scene.members["Yaku"], now)
    visitor = new_browser()
    guesses = [
        "/calls/{code}/results", "/calls/{code}/results?page=2", "/calls/{code}/results?lang=en",
        "/calls/{code}/results.json", "/calls/{code}/results.csv", "/calls/{code}/results.atom",
        "/calls/{code}/results.pdf", "/calls/{code}/results/1", "/calls/{code}/results/preview",
        "/calls/{code}/results/chart.svg", "/calls/{code}/results/og.png", "/calls/{code}/ranking",
        "/api/calls/{code}/results", "/calls/{code}/results.zip", "/calls/{code}/verdict",
        "/manage/calls/{code}/results", "/manage/calls/{code}/results/preview",
        "/manage/calls/{code}/results/publication", "/manage/calls/{code}/exports",
        "/submissions/{mine}/feedback", "/submissions/{mine}/certificate",
    ]  # fmt: skip
    for browser in (visitor, member):
        for guess in guesses:
            known = browser.client.get(guess.format(code=code, mine=mine))
            unknown = browser.client.get(guess.format(code="nowhere", mine="nothing00"))
            assert known.status_code == unknown.status_code, guess
            hidden = [known.text.replace(code, "X").replace(mine, "Y"),
                      unknown.text.replace("nowhere", "X").replace("nothing00", "Y")]  # fmt: skip
            assert known.status_code in {404, 302, 405}, guess
            if known.status_code == 404:
                assert without_tokens(hidden[0]) == without_tokens(hidden[1]), guess
    for place in (
        "/",
        "/calls",
        f"/calls/{code}",
        f"/calls/{code}.ics",
        "/sitemap.xml",
        "/feed",
        "/robots.txt",
    ):
        text = visitor.client.get(place).text
        assert [word for word in ("Yaku", "86.00", "86,00", f"{code}/results") if word in text] == [], place


def without_tokens(text):
    """A page without what differs on every visit."""
    return "\n".join(line for line in text.splitlines() if "csrf" not in line.lower())
