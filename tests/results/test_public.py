"""What the public and the teams read of a result, and that there is nothing to read before."""

import gzip
import json

import pytest

from tests import builders as given
from tests.queries import count_queries
from tests.results.scenes import judged
from thinkia import clock
from thinkia.calls.hooks import Reader
from thinkia.db import db
from thinkia.domain.bases import Prize, PublicationLevel
from thinkia.domain.lifecycle import SubmissionState
from thinkia.outside.mail import rendered
from thinkia.results import emails, services

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


# Before publication nothing shows


def test_before_publication_the_result_is_nowhere(scene, new_browser, now):
    scene.confirm(now=now)
    unknown = new_browser().get("/calls/nowhere/results", status=404)
    member = as_(new_browser(), scene.members["Yaku"], now)
    for browser in (new_browser(), member):
        assert browser.get(f"/calls/{scene.call.code}/results", status=404).h1 == unknown.h1
    member.get(f"/submissions/{scene.code('Yaku')}/feedback", status=404)
    visitor = new_browser()
    for place in ("/", "/calls", f"/calls/{scene.call.code}"):
        page = visitor.get(place)
        assert f"/calls/{scene.call.code}/results" not in page.response.text
        assert "86.00" not in page.text
        assert "Idea de Yaku" not in page.text
    calendar = visitor.client.get(f"/calls/{scene.call.code}.ics")
    assert b"Yaku" not in calendar.data


def test_the_answer_for_an_unpublished_result_is_the_one_for_an_unknown_call(scene, new_browser):
    visitor = new_browser()
    before = visitor.get(f"/calls/{scene.call.code}/results", status=404).response.text
    unknown = visitor.get("/calls/nowhere/results", status=404).response.text
    assert before.replace(scene.call.code, "X") == unknown.replace("nowhere", "X")


# The public page


def published(marks, now, **changes):
    scene = judged(marks, now=now, **changes)
    scene.publish(now)
    return scene


def test_the_winners_are_named_and_the_others_by_code_with_scores(app, browser, now):
    prizes = (Prize(given.both("Piloto", "Pilot"), place=1),)
    scene = published(MARKS, now, prizes=prizes)
    page = browser.get(f"/calls/{scene.call.code}/results")
    assert "Idea de Yaku" in page.text
    assert "Pilot" in page.text
    assert "86.00" in page.text
    for name in ("Inti", "Sumak"):
        assert scene.code(name) in page.text
        assert name not in page.text
    assert "82.00" in page.text or "84.00" in page.text


@pytest.mark.parametrize(
    ("level", "shown", "hidden"),
    [
        (PublicationLevel.ORDER, ["Yaku", "CODE Inti", "Place"], ["86.00", "60.00", "By criterion"]),
        (PublicationLevel.WINNERS, ["Yaku"], ["86.00", "CODE Inti", "CODE Sumak", "By criterion"]),
        (PublicationLevel.ALPHABETICAL, ["Yaku"], ["86.00", "CODE Inti", "Place "]),
        (PublicationLevel.VERDICT, ["There is a verdict"], ["Yaku", "86.00", "CODE Yaku", "CODE Inti"]),
    ],
)
def test_what_the_bases_keep_closed_is_not_on_the_page(app, browser, now, level, shown, hidden):
    scene = published(MARKS, now, publication=level)
    page = browser.get(f"/calls/{scene.call.code}/results")
    words = {f"CODE {name}": scene.code(name) for name in MARKS}
    for text in shown:
        assert words.get(text, text) in page.text
    for text in hidden:
        assert words.get(text, text) not in page.response.text


def test_an_excluded_proposal_is_there_by_code_with_its_reason(app, browser, now):
    scene = judged({**MARKS, "Fuera": ((5, 5), (5, 5))}, now=now)
    out = scene.submissions["Fuera"]
    out.state, out.excluded_at, out.excluded_reason = SubmissionState.EXCLUDED, now, "Llegó con nombres"
    db.session.flush()
    scene.publish(now)
    page = browser.get(f"/calls/{scene.call.code}/results")
    assert "Excluded: 1" in page.text
    assert "4 handed in, 3 in the competition." in page.text
    assert scene.code("Fuera") in page.text
    assert "Llegó con nombres" in page.text


def test_a_tie_is_explained_with_the_values_that_decided(app, browser, now):
    marks = {"Yaku": ((5, 2), (5, 2)), "Inti": ((3, 5), (3, 5)), "Sumak": ((1, 1), (1, 1))}
    scene = published(marks, now)
    page = browser.get(f"/calls/{scene.call.code}/results")
    assert "tied at 76.00. “Impacto” decides: 5.00 against 3.00." in page.text


def test_a_tie_below_the_winners_is_counted_without_a_word_of_one_above(app, browser, now):
    marks = {"Sumak": ((5, 5), (5, 5)), "Yaku": ((5, 2), (5, 2)), "Inti": ((3, 5), (3, 5))}
    scene = published(marks, now)
    page = browser.get(f"/calls/{scene.call.code}/results")
    assert "1 tie was settled as the rules say. It was not for a winning place." in page.text
    assert "in the same way" not in page.text


def test_nobody_below_the_cut_off_wins(app, browser, now):
    scene = published({"Casi": ((3, 3), (3, 2))}, now, cut_off=given.Decimal(60))
    page = browser.get(f"/calls/{scene.call.code}/results")
    assert page.h1 == "Living rivers: no winner"
    assert "0 proposals of 1 reach it." in page.text


def test_a_score_just_below_the_cut_off_is_not_shown_as_if_it_passed(app, browser, now):
    scale = given.Scale(min=given.Decimal(0), max=given.Decimal(100))
    rubric = given.Rubric(
        (given.criterion("impacto", 60, scale=scale), given.criterion("viabilidad", 40, scale=scale))
    )
    scene = published(
        {"Casi": ((59.999, 59.999), (59.999, 59.999))}, now, rubric=rubric, cut_off=given.Decimal(60)
    )
    assert "59.999000" in browser.get(f"/calls/{scene.call.code}/results").text


def test_means_of_fewer_than_three_are_not_shown(app, browser, now):
    few = published({name: MARKS[name] for name in ("Yaku", "Inti")}, now, code="few")
    assert "By criterion" not in browser.get(f"/calls/{few.call.code}/results").text
    some = published(MARKS, now, code="some")
    page = browser.get(f"/calls/{some.call.code}/results")
    assert "By criterion" in page.text
    table = next(each for each in page.root.all("table") if "Mean mark on each criterion" in each.text)
    assert [cell.text for cell in table.one("thead").all("th")] == [
        "Criterion",
        "All proposals",
        "Highest mark",
    ]


def test_a_long_order_comes_in_pages_in_the_same_number_of_queries(app, browser, now):
    one = published({"Yaku": ((5, 5), (5, 5)), "Inti": ((3, 3), (3, 3))}, now, code="short")
    many = {f"Equipo {n:03}": ((n % 5 + 1, n % 4 + 1), (n % 3 + 1, n % 5 + 1)) for n in range(60)}
    long = published(many, now, code="long")
    for code in (one.call.code, long.call.code):
        with count_queries() as queries:
            browser.get(f"/calls/{code}/results")
        assert len(queries) == 6, queries
    second = browser.get(f"/calls/{long.call.code}/results?page=2")
    assert len(second.root.all("tbody")[0].all("tr")) == 9
    assert "Distribution" not in second.text


# Letters


def test_letters_carry_a_link_and_no_mark_in_both_languages(app, now):
    scene = judged(MARKS, now=now)
    for language, words in (("es", "está publicado"), ("en", "is published")):
        subject, text, html = rendered(emails.published(scene.call, Reader(1, "x@example.org", language)))
        assert words in text
        assert f"/calls/{scene.call.code}/results" in text
        assert "86" not in subject + text + html
        scene.chair.language = language
        subject, text, _html = rendered(emails.verdict_asked(scene.call, scene.chair))
        assert subject.startswith("Ríos vivos" if language == "es" else "Living rivers")
        assert f"/calls/{scene.call.code}/verdict" in text


def test_machines_are_told_of_a_result_once_it_is_public_and_not_of_what_is_in_it(scene, browser, now):
    scene.confirm(now=now)
    address = f"/calls/{scene.call.code}/results"
    before = browser.get(address, status=404).response.text
    services.publish(scene.ranking, given.acting(scene.organiser), now)
    page = browser.get(address)
    told = json.loads(page.root.one("script", type="application/ld+json").text)
    assert (told["@type"], told["version"], told["datePublished"]) == ("Report", "1", now.isoformat())
    assert told["url"] == page.root.one("link", rel="canonical")["href"]
    assert "Yaku" not in json.dumps(told)
    assert 'property="og:url"' in page.response.text
    assert len(gzip.compress(page.response.data)) <= 30_000
    for machine in ("og:url", "ld+json", "canonical", "Living rivers"):
        assert machine not in before


def test_each_criterion_has_a_bar_and_its_figures_in_the_table(app, browser, now):
    many = {f"Equipo {n}": ((5 - n % 5, 3), (5 - n % 5, 3)) for n in range(8)}
    published(many, now, code="bars", winners=3)
    page = browser.get("/calls/bars/results")
    chart = next(one for one in page.root.all("svg") if "Mean mark on each criterion" in one.text)
    assert "Impacto · winners ★ 4.67" in chart.text
    assert "Viabilidad · all 3.00" in chart.text
    published(MARKS, now, code="few")
    page = browser.get("/calls/few/results")
    assert "winners ★" not in page.text, "of fewer than three nothing is said"
