"""The pages of results, each as its people and as people whom they do not concern."""

import pytest

from tests import builders as given
from tests.results.scenes import BY_CHAIR, judged
from thinkia import clock
from thinkia.db import db
from thinkia.domain.lifecycle import RankingState, ReviewState, SubmissionState
from thinkia.jury.models import Review
from thinkia.outside.mail import Mail
from thinkia.policy.actor import StaffRole
from thinkia.results.queries import current_ranking

MARKS = {"Yaku": ((5, 4), (4, 4)), "Sumak": ((3, 3), (3, 3)), "Inti": ((4, 5), (4, 4))}


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def scene(app, now):
    return judged(MARKS, now=now)


def as_(browser, account, now):
    account.language = browser.language
    return given.sign_in(browser, account, now)


# The desk


def test_an_organiser_computes_looks_over_and_publishes_what_the_chair_confirmed(scene, new_browser, now):
    organiser, chair = new_browser(), new_browser()
    as_(organiser, scene.organiser, now)
    as_(chair, scene.person(scene.chair), now)

    page = organiser.get(f"{scene.url}/results")
    assert page.h1 == "Everything is in. The order can be computed"
    assert "3 in the competition + 0 excluded + 0 withdrawn" in page.text
    assert "6 final + 0 excused + 0 recused" in page.text
    page = organiser.submit("Compute the order")
    assert page.h1 == "The order waits for the chair"
    assert [
        row.one("th").text.split()[2] for row in page.root.all("tbody")[1].all("tr") if row.all("th")
    ] == [
        "Yaku",
        "Inti",
        "Sumak",
    ]
    assert "Cut: 1 winning place" in page.text
    assert "Publish the result" not in organiser.get(f"{scene.url}/results/preview").text

    page = chair.get(f"/calls/{scene.call.code}/verdict")
    assert page.h1 == "The order waits for you"
    page = chair.submit("Confirm the order", note="Por unanimidad")
    assert page.h1 == "You confirmed the order"

    page = organiser.get(f"{scene.url}/results")
    assert page.h1 == "The chair confirmed the order. It can be published"
    page = organiser.get(page.link("Look over what will be public"))
    assert "5 letters go out" in page.text
    page = organiser.submit("Publish the result", status=422)
    assert "Tick the box to publish at once." in page.text
    page = organiser.submit("Publish the result", sure="y")
    assert (page.path, page.h1) == (f"/calls/{scene.call.code}/results", "Living rivers: 1 winning team")
    assert "Por unanimidad" in page.text
    assert organiser.get(f"{scene.url}/results").h1 == "The result is public"


def test_publishing_from_two_tabs_shows_the_result_twice(scene, browser, now):
    as_(browser, scene.organiser, now)
    scene.confirm(now=now)
    browser.get(f"{scene.url}/results/preview")
    browser.submit("Publish the result", sure="y")
    again = browser.post(f"{scene.url}/results/publication")
    assert again.h1 == "Living rivers: 1 winning team"
    assert current_ranking(scene.call).state == RankingState.PUBLISHED


def test_what_is_in_the_way_is_said_on_the_desk(scene, browser, now):
    given.submitted(given.a_team(scene.call, name="Sola"), scene.call, now=now)
    as_(browser, scene.organiser, now)
    browser.get(f"{scene.url}/results")
    page = browser.submit("Compute the order", status=422)
    assert "has no marks, so it cannot have a place" in page.text


def test_panels_that_are_smaller_than_the_rules_say_are_told_and_stop_nothing(scene, browser, now):
    as_(browser, scene.organiser, now)
    size = scene.call.bases.jury.size
    page = browser.get(f"{scene.url}/results")
    assert f"Reviews that the rules ask for: {size} a proposal" in page.text
    assert f"{3 * size} 6 assigned or final; 0 were excused Agrees" in page.text

    review = db.session.query(Review).filter_by(submission_id=scene.submissions["Inti"].id).first()
    review.state, review.closed_reason, review.closed_at = ReviewState.EXCUSED, "Se enfermó.", now
    db.session.flush()
    page = browser.get(f"{scene.url}/results")
    assert f"5 assigned or final; 1 was excused 1 panel is smaller than {size}" in page.text
    assert page.link("See the reviews of each proposal").endswith("/progress?by=proposal")
    assert browser.submit("Compute the order").h1 == "The order waits for the chair"


def test_open_reviews_lead_to_who_has_to_finish(scene, browser, now):
    juror = given.a_juror(scene.call, "private", now=now)
    given.a_review(juror, scene.submissions["Inti"], state=ReviewState.STARTED)
    as_(browser, scene.organiser, now)
    page = browser.get(f"{scene.url}/results")
    assert page.h1 == "1 review is still open"
    assert page.link("See who still has to finish") == f"{scene.url}/progress"
    page = browser.post(f"{scene.url}/results/order", status=422)
    assert "Reviews still open: 1." in page.text
    assert current_ranking(scene.call) is None


def test_a_jury_without_a_chair_is_told_so(app, browser, now):
    scene = judged(MARKS, now=now, chair=False)
    as_(browser, scene.organiser, now)
    page = browser.get(f"{scene.url}/results")
    assert "This jury has no chair" in page.text
    page = browser.submit("Compute the order")
    assert page.h1 == "The order waits for a chair"
    assert page.link("Name a chair") == f"{scene.url}/jury"


def test_somebody_on_the_jury_is_named_chair_and_confirms(app, browser, now):
    scene = judged(MARKS, now=now, chair=False)
    first, second = scene.jurors
    scene.propose(now)
    as_(browser, scene.organiser, now)
    assert "Nobody chairs this jury." in browser.get(f"{scene.url}/jury").text
    browser.get(f"{scene.url}/jury/{first.code}")
    assert "We wrote to say so." in browser.submit("Name chair of the jury").text
    assert "Name chair of the jury" not in browser.get(f"{scene.url}/jury/{second.code}").text
    page = browser.post(f"{scene.url}/jury/{second.code}/chair")
    assert "This jury already has a chair" in page.text
    browser.post(f"{scene.url}/jury/{first.code}/chair")  # a second click
    told = [to for (to,) in db.session.query(Mail.to).filter_by(template="jury/emails/named_chair.txt")]
    assert told == [first.email]
    assert browser.get(f"{scene.url}/results").h1 == "The order waits for the chair"
    scene.chair = first
    assert scene.confirm(scene.ranking, now=now).state == "confirmed"


def test_a_change_makes_the_desk_ask_to_compute_again(scene, browser, now):
    scene.confirm(now=now)
    out = scene.submissions["Yaku"]
    out.state, out.excluded_at, out.excluded_reason = SubmissionState.EXCLUDED, now, "Sin firma"
    db.session.flush()
    as_(browser, scene.organiser, now)
    assert browser.get(f"{scene.url}/results").h1 == "Something has changed: compute the order again"
    assert "Publish the result" not in browser.get(f"{scene.url}/results/preview").text
    page = browser.post(f"{scene.url}/results/publication", {"sure": "y"}, status=422)
    assert "Something has changed since this order was computed" in page.text
    page = browser.submit("Compute the order")
    assert "Sin firma" in page.text


def test_who_organises_elsewhere_or_nothing_does_not_find_these_pages(scene, new_browser, now):
    strangers = {
        "another host's": given.an_organiser(given.a_host(now=now), now=now),
        "a juror": scene.person(scene.jurors[1]),
        "a member": scene.members["Yaku"],
    }
    scene.propose(now)
    for who, account in strangers.items():
        browser = as_(new_browser(), account, now)
        for place in (
            "results",
            "results/preview",
            "progress",
            "progress/open",
            "progress/reminders",
            "exports",
        ):
            assert browser.get(f"{scene.url}/{place}", status=404), who
        assert browser.get(f"/calls/{scene.call.code}/verdict", status=404), who
        for act in ("results/order", "results/publication", "results/seed", "exports"):
            browser.get("/account")
            assert browser.post(f"{scene.url}/{act}", status=404), who
        browser.get("/account")
        assert browser.post(f"/calls/{scene.call.code}/verdict/confirmation", status=404), who
    assert current_ranking(scene.call).state == RankingState.PROPOSED


def test_a_reader_of_the_host_sees_and_changes_nothing(scene, browser, now):
    reader = given.an_organiser(
        db.session.get(type(scene.call.host), scene.call.host_id), StaffRole.READER, now=now
    )
    as_(browser, reader, now)
    page = browser.get(f"{scene.url}/results")
    assert "Compute the order" not in [button.text for button in page.root.all("button")]
    browser.post(f"{scene.url}/results/order", status=403)
    assert browser.get(f"{scene.url}/progress").h1 == "Every review is final"
    browser.get(f"{scene.url}/jury/reminders", status=403)
    browser.get(f"{scene.url}/exports", status=403)


# The chair


def test_the_chair_decides_a_tie_and_confirms(app, browser, now):
    tied = {"Yaku": ((4, 4), (4, 4)), "Inti": ((4, 4), (4, 4)), "Sumak": ((2, 2), (2, 2))}
    scene = judged(tied, now=now, tie_break=(*BY_CHAIR, given.TieKey(given.TieKeyKind.SUBMITTED_AT)))
    as_(browser, scene.person(scene.chair), now)
    assert browser.get(f"/calls/{scene.call.code}/verdict").h1 == "There is no order yet"
    scene.propose(now)
    page = browser.get(f"/calls/{scene.call.code}/verdict")
    assert page.h1 == "1 tie is yours to decide"
    codes = {name: scene.submissions[name].code for name in ("Yaku", "Inti")}
    assert all(f"Idea de {name} ({code})" in page.text for name, code in codes.items())
    page = browser.submit("Confirm the order", status=422)
    assert "A tie waits for the chair's decision" in page.text

    codes = sorted([scene.code("Yaku"), scene.code("Inti")])
    browser.get(f"/calls/{scene.call.code}/verdict/ties/1")
    same = {f"place_{code}": "1" for code in codes}
    page = browser.submit("Record the decision", reason="Por alcance", **same, status=422)
    assert "Give each proposal of the tie a place of its own" in page.text
    places = {f"place_{scene.code('Inti')}": "1", f"place_{scene.code('Yaku')}": "2"}
    page = browser.submit("Record the decision", **places, reason=" ", status=422)
    assert "Write the reason of the decision." in page.text
    page = browser.submit("Record the decision", **places, reason="Por alcance")
    assert page.h1 == "The order waits for you"
    assert "Por alcance" in page.text
    assert "The chair of the jury decided." in page.text
    assert browser.submit("Confirm the order").h1 == "You confirmed the order"
    browser.get(f"/calls/{scene.call.code}/verdict/ties/2", status=404)


def test_an_order_that_was_replaced_meanwhile_is_not_confirmed_unread(scene, browser, now):
    scene.propose(now)
    as_(browser, scene.person(scene.chair), now)
    browser.get(f"/calls/{scene.call.code}/verdict")
    out = scene.submissions["Yaku"]
    out.state, out.excluded_at, out.excluded_reason = SubmissionState.EXCLUDED, now, "Sin firma"
    db.session.flush()
    scene.propose(now)
    page = browser.submit("Confirm the order", status=422)
    assert "Something has changed since this order was computed" in page.text


def test_the_chair_is_written_to_when_the_order_is_computed(scene, now):
    scene.propose(now)
    mail = db.session.query(Mail).filter_by(template="results/emails/verdict_asked.txt").one()
    assert mail.to == scene.chair.email


def test_the_chair_finds_the_way_from_the_desk_of_the_jury(scene, new_browser, now):
    chair = as_(new_browser(), scene.person(scene.chair), now)
    page = chair.get(f"/calls/{scene.call.code}/jury")
    assert (
        page.link("You chair this jury: see the order and confirm it") == f"/calls/{scene.call.code}/verdict"
    )
    other = as_(new_browser(), scene.person(scene.jurors[1]), now)
    assert "You chair this jury" not in other.get(f"/calls/{scene.call.code}/jury").text


def test_a_chair_with_many_ties_reads_first_those_that_have_to_be_decided(app, browser, now):
    marks = {f"Equipo {n:03}": ((5 - n // 24, 1), (5 - n // 24, 1)) for n in range(120)}
    tail = {f"Par {n:03}": ((1, 1 + n % 4), (1, 1)) for n in range(4)}
    scene = judged(
        {**tail, **marks}, now=now, tie_break=(*BY_CHAIR, given.TieKey(given.TieKeyKind.SUBMITTED_AT))
    )
    scene.propose(now)
    as_(browser, scene.person(scene.chair), now)
    page = browser.get("/calls/judged/verdict")
    assert page.h1 == "1 tie is yours to decide"
    ties = page.root.one("main").all("ul")[0].all("li")
    assert "for a winning place" in ties[0].text
    assert all("may be left to the next rule" in tie.text for tie in ties[1:])
