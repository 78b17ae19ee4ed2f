"""What a team reads of its own result, by what the bases publish; its PDF and the organisers' preview."""

import io
import re
from dataclasses import replace

import pypdf
import pytest

from tests import builders as given
from tests.feedback.scenes import MARKS, WORDS, as_, look_over, review_of, with_words
from tests.queries import count_queries
from thinkia import clock
from thinkia.db import db
from thinkia.domain.bases import PublicationLevel, TieKey, TieKeyKind
from thinkia.domain.lifecycle import SubmissionState
from thinkia.jury.models import Mark
from thinkia.results import services


@pytest.fixture
def now():
    return clock.now()


def page_of(browser, scene, name, now):
    as_(browser, scene.members[name], now)
    return browser.get(f"/submissions/{scene.code(name)}/feedback")


def table(page):
    return [[cell.text for cell in row.all("th", "td")][:4] for row in page.root.all("tbody")[0].all("tr")]


def test_a_team_reads_its_marks_beside_the_exact_middle_and_words_without_names(app, new_browser, now):
    scene = with_words(now)
    look_over(scene, now)
    scene.publish(now)
    browser = as_(new_browser(), scene.members["Inti"], now)
    page = browser.get(f"/calls/{scene.call.code}/results")
    page = browser.get(page.link("Read what the jury says of “Idea de Inti”"))
    assert page.path == f"/submissions/{scene.code('Inti')}/feedback"
    assert page.h1 == "Place 2 of 3"
    assert "Your proposal stands in the middle third of the order." in page.text
    # Of 14/3, 3 and 11/3 on impact; of 13/3, 3 and 13/3 on viability.
    assert table(page) == [["Impacto", "3.67", "3.67", "5"], ["Viabilidad", "4.33", "4.33", "5"]]
    for words in WORDS:
        assert words in page.text
    for juror in scene.jurors:
        assert juror.name not in page.text
        assert juror.code not in page.response.text
    for other in (scene.members["Yaku"], scene.organiser):
        for path in ("feedback", "feedback.pdf"):
            as_(new_browser(), other, now).get(f"/submissions/{scene.code('Inti')}/{path}", status=404)


def test_nothing_is_there_before_publication(app, new_browser, now):
    scene = with_words(now)
    look_over(scene, now)
    scene.confirm(now=now)
    member = as_(new_browser(), scene.members["Inti"], now)
    for path in ("feedback", "feedback.pdf"):
        member.get(f"/submissions/{scene.code('Inti')}/{path}", status=404)


SHOWN = {
    PublicationLevel.SCORES: ("Place 3 of 3", ["last third", "Score: 60.00", "Middle of all"]),
    PublicationLevel.ORDER: ("Place 3 of 3", ["last third", "marks are not shown"]),
    PublicationLevel.WINNERS: ("Your proposal did not win this time", ["marks are not shown"]),
    PublicationLevel.ALPHABETICAL: ("Your proposal did not win this time", ["marks are not shown"]),
    PublicationLevel.VERDICT: ("Your proposal did not win this time", ["marks are not shown"]),
}
HIDDEN = {
    PublicationLevel.SCORES: [],
    PublicationLevel.ORDER: ["60.00", "3.00", "Middle of all"],
    PublicationLevel.WINNERS: ["60.00", "3.00", "Place 3", "third of the order"],
    PublicationLevel.ALPHABETICAL: ["60.00", "3.00", "Place 3", "third of the order"],
    PublicationLevel.VERDICT: ["60.00", "3.00", "Place 3", "third of the order"],
}


@pytest.mark.parametrize("level", PublicationLevel)
def test_a_level_that_hides_the_order_gives_a_team_nothing_to_guess_it_from(app, browser, now, level):
    scene = with_words(now, publication=level)
    scene.publish(now)
    lost = page_of(browser, scene, "Sumak", now)
    headline, shown = SHOWN[level]
    assert lost.h1 == headline
    for words in shown:
        assert words in lost.text
    for words in HIDDEN[level]:
        assert words not in lost.response.text
    won = page_of(browser, scene, "Yaku", now).h1
    places = level in {PublicationLevel.SCORES, PublicationLevel.ORDER, PublicationLevel.WINNERS}
    assert won == ("Place 1 of 3" if places else "Your proposal is one of the winners")


def test_marks_that_fewer_than_three_gave_are_hidden_with_the_reason(app, browser, now):
    scene = with_words(
        now, {name: marks[:2] for name, marks in MARKS.items()}, sectors=("public", "academia")
    )
    scene.publish(now)
    page = page_of(browser, scene, "Inti", now)
    assert "2 people marked your proposal. Marks by criterion would show what each one gave" in page.text
    assert "Middle of all" not in page.text
    assert page.h1 == "Place 2 of 3"


def test_an_optional_criterion_that_fewer_than_three_marked_is_hidden_alone(app, browser, now):
    scene = with_words(now, rubric=_with_optional())
    mark = db.session.get(Mark, (review_of(scene, scene.jurors[0], "Inti").id, "viabilidad"))
    db.session.delete(mark)
    db.session.flush()
    scene.publish(now)
    page = page_of(browser, scene, "Inti", now)
    assert [row[1] for row in table(page)] == ["3.67", "–"]
    assert "A mark that fewer than three people gave is not shown." in page.text


def _with_optional():
    optional = replace(given.criterion("viabilidad", 40), required=False)
    return given.Rubric((given.criterion("impacto", 60), optional))


def test_the_middle_of_fewer_than_three_proposals_is_hidden(app, browser, now):
    scene = with_words(now, {name: MARKS[name] for name in ("Yaku", "Inti")})
    scene.publish(now)
    page = page_of(browser, scene, "Inti", now)
    assert "With fewer than three proposals, no middle is shown." in page.text
    assert "Middle of all" not in page.text


def test_a_tie_is_told_without_a_mark_of_the_other_team(app, browser, now):
    marks = {"Yaku": ((5, 2),) * 3, "Inti": ((3, 5),) * 3, "Sumak": ((1, 1),) * 3}
    scene = with_words(now, marks, publication=PublicationLevel.ORDER)
    scene.publish(now)
    page = page_of(browser, scene, "Inti", now)
    assert "It tied with another proposal. “Impacto” decides." in page.text
    assert "76.00" not in page.response.text
    public = browser.get(f"/calls/{scene.call.code}/results").text
    assert "tied. “Impacto” decides." in public
    assert "76.00" not in public


def test_the_method_takes_three_sentences_with_the_calls_own_numbers(app, browser, now):
    scene = with_words(now, winners=2, cut_off=given.Decimal(50))
    scene.publish(now)
    page = page_of(browser, scene, "Inti", now)
    assert (
        "3 people of the jury read your proposal. Each criterion has its weight: Impacto (60%) and Viabilidad (40%)."
        in page.text
    )
    assert "3 proposals were ordered by score, and the first 2 win if they reach 50." in page.text


def test_an_excluded_team_reads_why_and_how_to_ask_for_a_review(app, browser, now):
    scene = with_words(now, {**MARKS, "Fuera": ((5, 5),) * 3}, contact_email="dudas@example.org")
    out = scene.submissions["Fuera"]
    out.state, out.excluded_at, out.excluded_reason = SubmissionState.EXCLUDED, now, "Llegó con nombres"
    db.session.flush()
    scene.publish(now)
    page = page_of(browser, scene, "Fuera", now)
    assert page.h1 == "Your proposal was excluded"
    assert "Llegó con nombres" in page.text
    assert "How to ask for a review" in page.text
    assert "dudas@example.org" in page.text


def test_a_winner_and_a_long_order_take_as_many_queries(app, new_browser, now):
    short = with_words(now, {"Yaku": MARKS["Yaku"], "Inti": MARKS["Inti"]}, code="short")
    many = {f"Equipo {n:02}": ((n % 5 + 1, 3),) * 3 for n in range(20)}
    long = with_words(now, {**MARKS, **many}, to=("Inti", "Yaku"), code="long")
    asked = []
    for scene in (short, long):
        look_over(scene, now)
        scene.publish(now)
        browser = as_(new_browser(), scene.members["Inti"], now)
        path = f"/submissions/{scene.code('Inti')}/feedback"
        with count_queries() as queries:
            browser.get(path)
        asked.append(list(queries))
    assert len(asked[0]) == len(asked[1]) <= 7, asked


def words_of(content):
    document = pypdf.PdfReader(io.BytesIO(content))
    return document, " ".join(" ".join(page.extract_text() for page in document.pages).split())


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_pdf_is_tagged_and_says_what_the_page_says(app, new_browser, now, language):
    scene = with_words(now, contact_email="dudas@example.org")
    look_over(scene, now)
    scene.publish(now)
    browser = new_browser(language)
    page = page_of(browser, scene, "Inti", now)
    answer = browser.client.get(f"/submissions/{scene.code('Inti')}/feedback.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    document, text = words_of(answer.data)
    root = document.trailer["/Root"]
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"]), "/StructTreeRoot" in root) == (
        language,
        True,
        True,
    )
    for said in (
        page.h1,
        "Idea de Inti",
        "3,67" if language == "es" else "3.67",
        *WORDS,
        "dudas@example.org",
    ):
        assert said in text, said
    for sentence in page.root.all("ul", **{"class": "bullets"})[0].all("li"):
        assert sentence.text in text
    for juror in scene.jurors:
        assert juror.name not in text


def test_the_page_is_plain_spanish(app, new_browser, now):
    """At most twenty words a sentence, on average and without what people wrote."""
    scene = with_words(now, winners=2, cut_off=given.Decimal(50), contact_email="dudas@example.org")
    scene.publish(now)
    page = page_of(new_browser("es"), scene, "Inti", now)
    said = [part.text for part in page.root.one("main").all("p", "li", "h1", "h2")]
    sentences = [each for part in said for each in re.split(r"(?<=[.:?])\s+", part) if each]
    lengths = [len(each.split()) for each in sentences]
    assert sum(lengths) / len(lengths) <= 20
    assert max(lengths) <= 35


def test_organisers_read_before_publication_what_each_team_will_read(app, new_browser, now):
    scene = with_words(now)
    look_over(scene, now)
    scene.confirm(now=now)
    organiser = as_(new_browser(), scene.organiser, now)
    listed = organiser.get(f"{scene.url}/results/teams")
    preview = organiser.get(listed.link("Idea de Inti"))
    assert "Place 2 of 3" in preview.text
    assert "Nobody of the team sees it before publication." in preview.text
    assert table(preview) == [["Impacto", "3.67", "3.67", "5"], ["Viabilidad", "4.33", "4.33", "5"]]
    assert "Muy claro" in preview.text
    other = with_words(now, code="other")
    organiser.get(f"{scene.url}/results/teams/{other.code('Inti')}", status=404)
    as_(new_browser(), scene.members["Inti"], now).get(f"{scene.url}/results/teams", status=404)


def test_before_there_is_an_order_there_is_nothing_to_preview(app, new_browser, now):
    scene = with_words(now)
    organiser = as_(new_browser(), scene.organiser, now)
    assert "There is no order yet" in organiser.get(f"{scene.url}/results/teams").text
    assert (
        organiser.get(f"{scene.url}/results/teams/{scene.code('Inti')}").path == f"{scene.url}/results/teams"
    )


def test_a_tie_that_the_chair_decided_names_no_one(app, browser, now):
    marks = {"Yaku": ((4, 4),) * 3, "Inti": ((4, 4),) * 3, "Sumak": ((1, 1),) * 3}
    scene = with_words(now, marks, tie_break=(TieKey(TieKeyKind.CHAIR), TieKey(TieKeyKind.SUBMITTED_AT)))
    scene.decide(("Inti", "Yaku"), now)
    scene.confirm(scene.ranking, now)
    services.publish(scene.ranking, given.acting(scene.organiser), now)
    assert "The chair of the jury decided." in page_of(browser, scene, "Yaku", now).text
