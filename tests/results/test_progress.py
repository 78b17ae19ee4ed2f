"""Progress: counts and nothing but counts; one reminder a day; an excuse with its reason."""

import pytest

from tests import builders as given
from tests.queries import count_queries
from tests.results.scenes import bases, judged
from thinkia import clock
from thinkia.db import db
from thinkia.domain.lifecycle import ReviewState
from thinkia.jury.services import reminders
from thinkia.outside.mail import Mail

MARKS = {"Yaku": ((5, 4), (4, 4)), "Sumak": ((3, 3), (3, 3)), "Inti": ((4, 5), (4, 4))}
STATES = (ReviewState.ASSIGNED, ReviewState.STARTED)


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def scene(app, now):
    rules = bases(now=now, calendar=given.in_evaluation(now))
    scene = judged(MARKS, now=now, rules=rules)
    scene.slow = given.a_juror(scene.call, "private", now=now)
    for state, name in zip(STATES, ("Yaku", "Inti"), strict=True):
        given.a_review(scene.slow, scene.submissions[name], state=state, now=now)
    return scene


@pytest.fixture
def desk(scene, browser, now):
    scene.organiser.language = "en"
    return given.sign_in(browser, scene.organiser, now)


def letters(scene):
    return [to for (to,) in db.session.query(Mail.to).filter_by(template="jury/emails/reminder.txt")]


def test_the_page_counts_by_sector_juror_and_proposal(scene, desk):
    page = desk.get(f"{scene.url}/progress")
    assert page.h1 == "6 of 8 reviews are final"
    sectors, jurors = page.root.all("tbody")
    assert [[cell.text for cell in row.all("th", "td")][:3] for row in sectors.all("tr")] == [
        ["Public", "3", "0"],
        ["Academia", "3", "0"],
        ["Private", "0", "2"],
    ]
    first = [cell.text for cell in jurors.all("tr")[0].all("th", "td")]
    assert first[0].startswith(scene.slow.name)
    assert first[1] == "0"
    page = desk.get(page.link("See by proposal"))
    rows = [[cell.text for cell in row.all("th", "td")] for row in page.root.all("tbody")[1].all("tr")]
    assert {(scene.name(row[0].split()[-1]), row[1], row[2][0]) for row in rows} == {
        ("Yaku", "2", "1"),
        ("Inti", "2", "1"),
        ("Sumak", "2", "0"),
    }


def test_no_mark_and_no_order_shows_while_reviews_are_open(scene, desk):
    """Canaries: the means that an order would be made of, in every form a page could write them."""
    canaries = ("86.00", "82.00", "84.00", "60.00", "4.50", "92.00", "Cut:")
    for place in ("progress", "progress?by=proposal", "progress/open", "results", "results/preview", ""):
        text = desk.get(f"{scene.url}/{place}".rstrip("/")).response.text
        assert [canary for canary in canaries if canary in text] == [], place
    shown = desk.get(f"{scene.url}/progress?by=proposal").root.all("tbody")[1].all("tr")
    codes = [row.one("th").text.split()[-1] for row in shown]
    waiting = sorted([scene.code("Yaku"), scene.code("Inti")])
    assert codes == [*waiting, scene.code("Sumak")], "by what is open, then by code: never by score"


def test_progress_leads_to_the_reminders_of_who_has_something_open(scene, desk, now):
    desk.get(f"{scene.url}/progress")
    page = desk.get(desk.page.link("Remind the jurors"))
    assert page.h1 == "Remind 1 person"
    desk.submit("Send the reminders")
    assert letters(scene) == [scene.slow.email]


def test_a_review_is_excused_with_a_reason_that_is_kept(scene, desk):
    page = desk.get(f"{scene.url}/progress/open?juror={scene.slow.code}")
    assert page.h1 == "2 open reviews"
    review = db.session.query(given.Review).filter_by(state=ReviewState.STARTED).one()
    desk.get(f"{scene.url}/reviews/{review.code}/excuse")
    page = desk.submit("Excuse the review", reason="  ", status=422)
    assert "Write the reason. It is kept with the review." in page.text
    page = desk.submit("Excuse the review", reason="Licencia médica")
    assert page.h1 == "6 of 7 reviews are final"
    db.session.refresh(review)
    assert (review.state, review.closed_reason) == (ReviewState.EXCUSED, "Licencia médica")


def test_a_final_review_is_not_excused(scene, desk):
    review = db.session.query(given.Review).filter_by(state=ReviewState.FINAL).first()
    desk.get(f"{scene.url}/reviews/{review.code}/excuse")
    desk.submit("Excuse the review", reason="Quiero quitarla", status=422)
    db.session.refresh(review)
    assert review.state is ReviewState.FINAL


def test_a_review_of_another_call_is_not_there(scene, desk, now):
    other = judged(MARKS, now=now, code="other")
    review = db.session.query(given.Review).filter_by(call_id=other.call.id).first()
    desk.get(f"{scene.url}/reviews/{review.code}/excuse", status=404)
    desk.get(f"{other.url}/reviews/{review.code}/excuse", status=404)


def test_no_route_of_results_takes_a_mark(app):
    """A mark changes nowhere but on its juror's own scoring page."""
    rules = [
        rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(("results.", "results_manage."))
    ]
    assert {rule.endpoint.split(".")[1] for rule in rules if "POST" in rule.methods} == {
        "cancel",
        "close",
        "compute",
        "seed",
        "publish",
        "schedule",
        "take_back",
        "ask_study",
        "one_more",
        "void",
        "award",
        "confirm",
        "decide",
        "excuse",
    }


@pytest.mark.parametrize("count", [1, 5])
def test_the_pages_of_a_call_ask_the_same_queries_however_many_rows(app, browser, now, count):
    marks = {f"Equipo {n}": ((n % 5 + 1, 3), (2, 2)) for n in range(count)}
    scene = judged(marks, now=now)
    for _ in range(count):
        juror = given.a_juror(scene.call, "private", now=now)
        given.a_review(juror, scene.submissions["Equipo 0"], state=ReviewState.STARTED)
    given.sign_in(browser, scene.organiser, now)
    numbers = {"progress": 9, "progress?by=proposal": 10, "progress/open": 4, "jury/reminders?to=reading": 5}
    url = scene.url
    for place, number in numbers.items():
        with count_queries() as queries:
            browser.get(f"{url}/{place}")
        assert len(queries) == number, queries
    for review in db.session.query(given.Review).filter_by(state=ReviewState.STARTED):
        review.state, review.closed_at, review.closed_reason = ReviewState.EXCUSED, now, "Viaje"
    db.session.flush()
    scene.propose(now)
    with count_queries() as queries:
        browser.get(f"{url}/results")
    assert len(queries) == 19, queries
    with count_queries() as queries:
        browser.get(f"{url}/results/preview")
    assert len(queries) == (15 if count == 1 else 16), queries  # winners' names; then the others', if any
    given.sign_in(browser, scene.person(scene.chair), now)
    with count_queries() as queries:
        browser.get("/calls/judged/verdict")
    assert len(queries) == 13, queries


def test_the_cockpit_asks_to_remind_the_jurors_and_after_that_to_wait(scene, desk, now):
    page = desk.get(scene.url)
    assert "Remind 1 juror" in page.text
    assert "2 reviews are still open. Evaluation closes in" in page.text
    reminders.remind(scene.call, [scene.slow.code], given.acting(scene.organiser), now)
    page = desk.get(scene.url)
    assert "Remind 1 juror" not in page.text
    assert "2 reviews are still open" in page.text
    assert page.link("See the open reviews") == f"{scene.url}/progress/open"
