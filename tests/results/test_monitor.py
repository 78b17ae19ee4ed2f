"""The monitor: what stands still, when it would end, and where the jury differs once nobody can use it."""

from datetime import timedelta

import pytest

from tests import builders as given
from tests.builders import DAY
from tests.queries import count_queries
from tests.results.scenes import bases, judged
from thinkia import clock
from thinkia.db import db
from thinkia.domain.lifecycle import ReviewState
from thinkia.jury.models import Review

MARKS = {"Yaku": ((5, 1), (1, 1)), "Sumak": ((3, 3), (3, 3)), "Inti": ((4, 5), (4, 3))}


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def scene(app, now):
    """Six reviews final two days ago; a juror who has touched nothing of two for four days."""
    rules = bases(now=now, calendar=given.in_evaluation(now))
    scene = judged(MARKS, now=now, rules=rules)
    scene.slow = given.a_juror(scene.call, "private", account=given.an_account("Fabián", now=now), now=now)
    for name in ("Yaku", "Inti"):
        given.a_review(scene.slow, scene.submissions[name], state=ReviewState.STARTED, now=now - 4 * DAY)
    return scene


@pytest.fixture
def desk(scene, browser, now):
    scene.organiser.language = "en"
    return given.sign_in(browser, scene.organiser, now)


def lines(page):
    body = page.root.all("tbody")[-1]
    return {row.one("th").text.split(" ")[0]: [cell.text for cell in row.all("td")] for row in body.all("tr")}


def closed(scene, now):
    """The slow juror's reviews are excused: nothing is open."""
    for review in db.session.query(Review).filter_by(juror_id=scene.slow.id):
        review.state, review.closed_at, review.closed_reason = ReviewState.EXCUSED, now, "Viaje"
    db.session.flush()


def test_who_has_work_left_and_saved_nothing_for_three_days_stands_still(scene, desk, now):
    page = desk.get(f"{scene.url}/progress")
    assert "Stands still" in lines(page)["Fabián"][3]
    assert page.text.count("Stands still") == 2  # the juror, and what it means
    page = desk.get(page.link("Only what stands still (1)"))
    assert list(lines(page)) == ["Fabián"]

    review = db.session.query(Review).filter_by(juror_id=scene.slow.id).first()
    review.saved_at = now - 2 * DAY
    db.session.flush()
    page = desk.get(f"{scene.url}/progress")
    assert "Stands still" not in page.text
    assert "Nothing stands still." in desk.get(f"{scene.url}/progress?still=1").text


def test_a_proposal_shows_its_panel_and_what_of_it_is_missing(scene, desk):
    page = desk.get(f"{scene.url}/progress?by=proposal")
    assert [row.all("td")[3].text for row in page.root.all("tbody")[-1].all("tr")] == [
        "Not final yet: Private",
        "Not final yet: Private",
        "The whole panel is final",
    ]


def test_the_expected_end_follows_the_pace_and_says_when_it_is_late(scene, desk, now):
    """Six in four days; two are left: a day and a third more."""
    page = desk.get(f"{scene.url}/progress")
    assert "At the pace of the last days, the last review would be final around" in page.text
    assert "That is in time. It counts on what stands still to go on." in page.text
    assert lines(page)["Fabián"][4] == "not known yet"

    for review in db.session.query(Review).filter_by(state=ReviewState.FINAL).limit(4):
        review.finished_at = now - 8 * DAY
    db.session.flush()
    assert "It cannot be said yet when the jury will be done" in desk.get(f"{scene.url}/progress").text


def test_where_the_jury_differs_is_closed_while_a_review_is_open(scene, desk, now):
    page = desk.get(f"{scene.url}/progress/disagreement")
    assert "2 reviews are still open." in page.text
    assert page.root.all("table") == []
    assert "See where the jury differs" not in desk.get(f"{scene.url}/progress").text

    closed(scene, now)
    page = desk.get(desk.get(f"{scene.url}/progress").link("See where the jury differs"))
    rows = [row.one("th").text.split()[2] for row in page.root.one("tbody").all("tr")]
    assert rows == ["Yaku", "Inti", "Sumak"], "by how far apart, never by how high"
    cells = page.root.one("tbody").all("tr")[0].all("td")
    assert [(cell.text, cell["class"]) for cell in cells] == [("4", "n heat--5"), ("0", "n heat--0")]


@pytest.mark.parametrize("count", [1, 5])
def test_the_monitor_asks_the_same_queries_however_many_rows(app, browser, now, count):
    marks = {f"Equipo {n}": ((n % 5 + 1, 3), (2, 2)) for n in range(count)}
    scene = judged(marks, now=now)
    given.sign_in(browser, scene.organiser, now)
    numbers = {"progress?still=1": 8, "progress/disagreement": 5}
    for place, number in numbers.items():
        with count_queries() as queries:
            browser.get(f"{scene.url}/{place}")
        assert len(queries) == number, queries


def test_nothing_of_the_monitor_tells_a_mark_while_reviews_are_open(scene, desk, now):
    review = db.session.query(Review).filter_by(juror_id=scene.slow.id).first()
    review.saved_at = now - timedelta(hours=1)
    db.session.flush()
    for place in ("progress", "progress?by=proposal", "progress?still=1", "progress/disagreement"):
        text = desk.get(f"{scene.url}/{place}").response.text
        assert "heat--" not in text, place
