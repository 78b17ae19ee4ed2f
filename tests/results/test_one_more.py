"""One more juror where the cut is a statistical tie: asked by one, confirmed by another, and never by rank."""

from dataclasses import replace

import pytest

from tests import builders as given
from tests.agreements.world import fresh
from tests.results.scenes import judged
from tests.results.test_desk import as_, as_organiser
from thinkia import clock
from thinkia.agreements import services as agreements
from thinkia.agreements.queries import agreement_by_code
from thinkia.db import db
from thinkia.domain.bases import Method, MethodName, Window
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.models import Conflict, Mark, Review
from thinkia.jury.services.one_more import ask_one_more
from thinkia.outside.mail import Mail
from thinkia.results.computation import inputs_of
from thinkia.results.models import RankingStudy
from thinkia.results.tasks import make_study
from thinkia.submissions.queries import submission_in_call

REASON = "Están demasiado cerca"
# First and second are told apart by one point; everybody else is far below.
MARKS = {
    "Yaku": ((5, 4), (4, 5), (4, 4)),
    "Inti": ((4, 5), (5, 4), (4, 3)),
    "Sumak": ((2, 1), (1, 2), (1, 1)),
    "Killa": ((1, 1), (2, 1), (1, 2)),
}
SECTORS = ("public", "academia", "private")


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def scene(app, now):
    return a_close_call(now)


def a_close_call(now, **changes):
    calendar = replace(
        given.after_evaluation(now),
        evaluation=Window(now - 5 * given.DAY, now + given.DAY),
        results=now + 3 * given.DAY,
    )
    scene = judged(MARKS, now=now, sectors=SECTORS, calendar=calendar, **changes)
    host = db.session.get(type(scene.call.host), scene.call.host_id)
    scene.second = given.an_organiser(host, now=now - given.DAY)
    scene.fourth = given.a_juror(scene.call, "public", now=now, statement_at=now)
    for juror in scene.jurors:
        juror.statement_at = now
    db.session.flush()
    make_study(scene.propose(now).id)
    return scene


def page_of(scene, name="Inti"):
    return f"{scene.url}/results/one-more/{scene.code(name)}"


def asked(scene, now, juror=None, name="Inti"):
    submission = submission_in_call(scene.call.code, scene.code(name))
    juror = juror or scene.fourth
    waits = ask_one_more(submission, juror.code, juror.sector, REASON, given.acting(scene.organiser), now)
    return agreement_by_code(waits.code)


def readers(scene, name="Inti"):
    rows = db.session.query(Review).filter_by(submission_id=scene.submissions[name].id)
    return {row.juror_id: row for row in rows.populate_existing()}


def test_two_persons_give_the_proposal_to_one_more_juror(scene, new_browser, now):
    before = db.session.query(Mark).count()
    browser = as_organiser(new_browser(), scene, now)
    page = browser.get(f"{scene.url}/results")
    assert "2 proposals are too close to tell apart at the cut" in page.text
    page = browser.get(page.link(f"Ask for one more review {scene.code('Inti')}"))
    assert f"{scene.fourth.name}, for Public (1 here by now): reads 0" in page.text
    assert not any(juror.name in page.text for juror in scene.jurors)
    page = browser.submit("Ask for this review", reason=" ", status=422)
    assert "Choose who reads it." in page.text
    page = browser.submit("Ask for this review", reader=f"{scene.fourth.code}.public", reason=REASON)
    assert "It waits for a second person" in page.text
    assert scene.fourth.id not in readers(scene)
    assert "It waits for a second person" in browser.get(page_of(scene)).text

    second = as_(new_browser(), scene.second, now)
    agreement = agreement_by_code(page.path.rpartition("/")[2])
    page = second.get(f"/agreements/{agreement.code}")
    assert "reads the proposal beside its panel" in page.text
    agreements.confirm(agreement, fresh(scene.second, now), now)
    review = readers(scene)[scene.fourth.id]
    assert (review.state, review.sector, review.position) == (ReviewState.ASSIGNED, "public", 1)
    assert db.session.query(Mail).filter_by(to=scene.fourth.email).one().template.endswith("assignment.txt")
    assert db.session.query(Mark).count() == before
    assert browser.get(f"{scene.url}/results").h1 == "1 review is still open"
    assert inputs_of(scene.call).fingerprint != scene.ranking.input_sha256


def test_once_it_is_final_the_order_is_computed_and_studied_anew(scene, now):
    agreements.confirm(asked(scene, now), fresh(scene.second, now), now)
    review = readers(scene)[scene.fourth.id]
    review.state, review.finished_at = ReviewState.FINAL, now
    review_marks = [
        Mark(review_id=review.id, criterion=c, value=given.Decimal(5)) for c in ("impacto", "viabilidad")
    ]
    db.session.add_all(review_marks)
    db.session.flush()
    db.session.expire_all()
    ranking = scene.propose(now)
    assert ranking.number == 2
    make_study(ranking.id)
    assert db.session.get(RankingStudy, ranking.id).content is not None


def test_who_asked_the_juror_and_who_has_a_conflict_confirm_nothing(scene, now):
    agreement = asked(scene, now)
    with pytest.raises(Refused) as refused:
        agreements.confirm(agreement, fresh(scene.organiser, now), now)
    assert refused.value.reason is Reason.NOT_A_SECOND
    assert scene.fourth.account_id in agreement.barred


@pytest.mark.parametrize("why", ["conflict", "full", "reads", "presides", "institution"])
def test_whom_something_keeps_from_it_is_not_offered(scene, browser, now, why):
    juror = scene.fourth
    if why == "conflict":
        kept = Conflict(
            juror_id=juror.id, submission_id=scene.submissions["Inti"].id, reason="Prima",
            declared_at=now, declared_by_id=juror.account_id,
        )  # fmt: skip
        db.session.add(kept)
    elif why == "full":
        juror.capacity = 0
    elif why == "institution":
        juror.institution = scene.jurors[1].institution = "Universidad"
    if why == "reads":
        juror = scene.jurors[1]
    elif why == "presides":
        juror = scene.chair
    db.session.flush()
    page = as_organiser(browser, scene, now).get(page_of(scene))
    assert juror.name not in page.root.one("main").text
    with pytest.raises(Refused) as refused:
        asked(scene, now, juror)
    assert refused.value.reason is Reason.NOT_FREE


def test_only_proposals_of_the_band_round_the_cut_have_the_page(scene, browser, now):
    as_organiser(browser, scene, now)
    browser.get(page_of(scene, "Sumak"), status=404)
    browser.get(page_of(scene, "Yaku"))


def test_after_evaluation_it_has_to_be_extended_first(scene, browser, now):
    agreement, later = asked(scene, now), now + 2 * given.DAY
    with pytest.raises(Refused) as refused:
        agreements.confirm(agreement, fresh(scene.second, later), later)
    assert refused.value.reason is Reason.ONE_MORE_NOT_NOW
    assert scene.fourth.id not in readers(scene)


def test_where_scores_are_added_all_need_as_many_reviews(app, now):
    scene = a_close_call(now, method=Method(MethodName.SUM))
    with pytest.raises(Refused) as refused:
        asked(scene, now)
    assert refused.value.reason is Reason.ONE_MORE_ADDS
