"""The desk beside the order: how sure places are, what another calculation would change."""

from datetime import timedelta

import pytest

from tests import builders as given
from tests.queries import count_queries
from tests.results.scenes import judged
from thinkia import clock
from thinkia.db import db
from thinkia.domain.bases import Method, MethodName
from thinkia.domain.lifecycle import SubmissionState
from thinkia.domain.ranking.record import read as read_order
from thinkia.domain.ranking.study.record import read, reads, written
from thinkia.jury.models import Review
from thinkia.outside.outbox import OutboxTask, TaskState
from thinkia.results.models import RankingStudy
from thinkia.results.services import study as services
from thinkia.results.tasks import make_study

# Three sectors. The private one is kind to Inti alone; without it, Sumak would be second.
SECTORS = ("public", "academia", "private")
MARKS = {
    "Yaku": ((5, 5), (5, 4), (5, 5)),
    "Inti": ((3, 3), (3, 3), (5, 5)),
    "Sumak": ((4, 4), (3, 4), (2, 3)),
    "Killa": ((2, 3), (2, 2), (2, 3)),
    "Wayra": ((1, 2), (2, 2), (1, 2)),
}


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def scene(app, now):
    return judged(MARKS, now=now, sectors=SECTORS, winners=2)


def asked(ranking):
    return db.session.get(RankingStudy, ranking.id, populate_existing=True)


def studied(scene, now):
    ranking = scene.propose(now)
    make_study(ranking.id)
    return read(asked(ranking).content)


def as_(browser, account, now):
    account.language = browser.language
    return given.sign_in(browser, account, now)


def as_organiser(browser, scene, now):
    return as_(browser, scene.organiser, now)


# The study is made in the background


def test_an_order_is_studied_later_and_once(scene, now):
    ranking = scene.propose(now)
    row = asked(ranking)
    assert (row.content, row.input_sha256, row.seed) == (
        None,
        ranking.input_sha256,
        int(ranking.input_sha256[:8], 16),
    )
    assert db.session.query(OutboxTask).filter_by(task="results.study").one().args == {
        "ranking_id": ranking.id
    }
    make_study(ranking.id)
    first = asked(ranking).content
    make_study(ranking.id)
    services.ask(ranking, now)
    assert asked(ranking).content == first
    assert db.session.query(OutboxTask).filter_by(task="results.study").count() == 1


def test_the_same_marks_give_the_same_study_and_it_reads_back(scene, now):
    found = studied(scene, now)
    ranking = scene.ranking
    row = asked(ranking)
    row.content = row.made_at = None
    db.session.flush()
    make_study(ranking.id)
    assert read(asked(ranking).content) == found
    assert written(found) == asked(ranking).content


def test_another_order_is_studied_anew_and_one_of_former_marks_is_not(scene, now):
    old = scene.propose(now)
    out = scene.submissions["Wayra"]
    out.state, out.excluded_at, out.excluded_reason = SubmissionState.EXCLUDED, now, "Sin firma"
    db.session.flush()
    assert make_study(old.id) == {"step": "changed"}
    assert asked(old).content is None
    assert set(studied(scene, now).spots) == {scene.code(name) for name in MARKS if name != "Wayra"}


def test_the_order_itself_does_not_change_with_its_study(scene, now):
    ranking = scene.propose(now)
    before = ranking.content
    make_study(ranking.id)
    assert scene.ranking.content == before
    scene.confirm(now=now)


# What it says


def test_what_another_way_would_change_is_measured_from_the_order_that_stands(scene, now):
    found = {each.name: each for each in studied(scene, now).variants}
    inti, sumak = scene.code("Inti"), scene.code("Sumak")
    assert [line.submission for line in read_order(scene.ranking.content).winners] == [
        scene.code("Yaku"),
        inti,
    ]
    assert found["jurors_equal"].same_winners
    assert found["jurors_equal"].moved == ()
    assert (found["without:private"].enter, found["without:private"].leave) == ((sumak,), (inti,))
    assert found["without:public"].same_winners


def test_ties_that_the_chain_settled_are_no_change(app, now):
    tied = {"Yaku": ((4, 4), (4, 4)), "Inti": ((4, 4), (4, 4)), "Sumak": ((1, 2), (2, 1))}
    scene = judged(tied, now=now, tie_break=(given.TieKey(given.TieKeyKind.SUBMITTED_AT),))
    found = {each.name: each for each in studied(scene, now).variants}
    assert found["jurors_equal"].same_winners
    assert found["jurors_equal"].moved == ()


def test_who_decides_alone_is_counted_and_not_named(scene, browser, now):
    found = studied(scene, now)
    (only,) = found.without
    assert only.juror == scene.jurors[2].code
    page = as_organiser(browser, scene, now).get(f"{scene.url}/results")
    assert "If one juror were left out, other proposals would win in 1 of 3 cases" in page.text
    assert not any(juror.name in page.text for juror in scene.jurors[1:])


# The desk shows it


def test_the_desk_shows_the_order_at_once_and_the_study_when_it_is_there(scene, browser, now):
    as_organiser(browser, scene, now)
    ranking = scene.propose(now)
    page = browser.get(f"{scene.url}/results")
    assert "Calculating…" in page.text
    assert page.link("Look again") == f"{scene.url}/results"
    assert "Inside the cut" not in page.text
    browser.get(f"{scene.url}/results/study")

    make_study(ranking.id)
    page = browser.get(f"{scene.url}/results")
    assert "Calculating…" not in page.text
    assert "If every juror weighed the same, the same 2 proposals would win, in the same places" in page.text
    sumak, inti = scene.code("Sumak"), scene.code("Inti")
    assert "Without the sector Private, other proposals would win" in page.text
    assert f"In: {sumak} (place 3). Out: {inti} (place 2)." in page.text
    bars = [svg for svg in page.root.all("svg") if "class" in svg and svg["class"] == "iv"]
    assert len(bars) == len(MARKS)
    assert all(svg["aria-label"].startswith("From ") for svg in bars)
    answer = browser.client.get(f"{scene.url}/results/study")
    assert answer.headers["HX-Redirect"] == f"{scene.url}/results"


def test_it_is_said_in_spanish(scene, new_browser, now):
    browser = as_organiser(new_browser(language="es"), scene, now)
    studied(scene, now)
    text = browser.get(f"{scene.url}/results").text
    assert (
        "Si cada persona del jurado pesara lo mismo, ganarían las mismas 2 propuestas, en los mismos puestos"
        in text
    )


def test_a_study_that_failed_or_never_was_is_asked_for_again(scene, browser, now):
    as_organiser(browser, scene, now)
    ranking = scene.propose(now)
    task = db.session.query(OutboxTask).filter_by(task="results.study").one()
    task.state = TaskState.FAILED
    db.session.flush()
    page = browser.get(f"{scene.url}/results")
    assert "It could not be calculated." in page.text
    assert "Calculating…" in browser.submit("Calculate it").text

    db.session.delete(asked(ranking))
    db.session.flush()
    browser.get(f"{scene.url}/results")
    assert "Calculating…" in browser.submit("Calculate it").text


def test_where_panels_share_nobody_nothing_is_said_of_places(app, browser, now):
    scene = judged({"Yaku": ((5, 4),), "Sumak": ((3, 3),)}, now=now, sectors=("public",))
    other = given.a_juror(scene.call, "academia", now=now)
    for name, mark in (("Inti", 4), ("Killa", 2)):
        team = given.a_team(scene.call, name=name, now=now)
        submission = given.submitted(team, scene.call, at=now - 15 * given.DAY, now=now)
        given.a_review(other, submission, impacto=mark, viabilidad=mark, now=now - 2 * given.DAY)
    found = studied(scene, now)
    assert (found.caveats[0], found.spots, found.unsure) == ("disconnected", {}, ())
    as_organiser(browser, scene, now)
    page = browser.get(f"{scene.url}/results")
    assert "The reviews fall into 2 parts that no juror links" in page.text
    assert "Inside the cut" not in page.text


def test_the_rules_own_way_is_called_so(app, browser, now):
    weights = dict.fromkeys(("public", "academia"), given.Decimal(1))
    method = Method(MethodName.SECTOR_BALANCED, sectors=weights)
    scene = judged(MARKS, now=now, winners=2, method=method)
    found = {each.name: each for each in studied(scene, now).variants}
    assert found["sectors_equal"].moved == ()
    assert "adjusted_sector_balanced" in found


def test_the_desk_asks_the_same_of_few_and_of_many(app, new_browser, now):
    counts = []
    for size in (5, 40):
        marks = {f"Equipo {n}": ((1 + n % 5, 2), (3, 1 + n % 4), (2, 2)) for n in range(size)}
        scene = judged(marks, now=now, sectors=SECTORS, code=f"of-{size}", winners=2)
        studied(scene, now)
        browser = as_organiser(new_browser(), scene, now)
        with count_queries() as queries:
            browser.get(f"{scene.url}/results")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20, queries


# The chair alone reads how jurors marked


def test_the_chair_reads_how_each_juror_marked(scene, new_browser, now):
    chair = as_(new_browser(), scene.person(scene.chair), now)
    assert chair.get(f"/calls/{scene.call.code}/verdict/jurors").h1 == "There is no order yet"
    scene.propose(now)
    assert "It is not there yet" in chair.get(f"/calls/{scene.call.code}/verdict/jurors").text
    studied(scene, now)
    page = chair.get(f"/calls/{scene.call.code}/verdict")
    page = chair.get(page.link("See how each juror marked beside the others"))
    kind = scene.jurors[2]
    row = next(row for row in page.root.all("tr") if kind.name in row.text)
    assert "Without these reviews, other proposals would win." in row.text
    assert "One mark on every criterion in 2 of 5 reviews." in row.text
    assert "Shared jurors link all proposals" in page.text
    assert "Everybody read everything: the intraclass correlation of the means is 0.9" in page.text

    for account in (scene.organiser, scene.person(scene.jurors[1]), scene.members["Yaku"]):
        other = as_(new_browser(), account, now)
        other.get(f"/calls/{scene.call.code}/verdict/jurors", status=404)


def test_a_strict_and_a_kind_juror_are_called_so(app, browser, now):
    level = (1, 2, 3, 4, 2, 3, 3, 2)
    marks = {
        f"Equipo {n}": ((q, q), (min(5, q + 1 + n % 2), q + 1), (q, max(1, q - (n % 3 == 0))))
        for n, q in enumerate(level)
    }
    scene = judged(marks, now=now, sectors=SECTORS)
    found = {each.juror: each for each in studied(scene, now).jurors}
    kind, strict = (found[scene.jurors[n].code] for n in (1, 0))
    assert reads(kind.severity, kind.severity_error) == "kinder"
    assert reads(strict.severity, strict.severity_error) == "stricter"
    as_(browser, scene.person(scene.chair), now)
    text = browser.get(f"/calls/{scene.call.code}/verdict/jurors").text
    assert "points kinder than the others (±" in text
    assert "points stricter than the others (±" in text


def test_a_juror_who_grows_kinder_on_the_way_is_told_to_the_chair(app, browser, now):
    level = (2, 3, 1, 4, 2, 3, 1, 2, 3, 2)
    marks = {f"Equipo {n}": ((q + (n > 4), q + (n > 4)), (q, q), (q + n % 2, q)) for n, q in enumerate(level)}
    scene = judged(marks, now=now, sectors=SECTORS)
    for minute, name in enumerate(marks):
        for each in db.session.query(Review).filter_by(submission_id=scene.submissions[name].id):
            each.finished_at = now - timedelta(days=2) + timedelta(minutes=minute)
    found = {each.juror: each for each in studied(scene, now).jurors}
    grows, steady = (found[scene.jurors[n].code] for n in (0, 1))
    assert reads(grows.drift, grows.drift_error) == "kinder"
    assert reads(steady.drift, steady.drift_error) != "kinder"
    as_(browser, scene.person(scene.chair), now)
    text = browser.get(f"/calls/{scene.call.code}/verdict/jurors").text
    assert "Kinder as time went: the later half" in text
