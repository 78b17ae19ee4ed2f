"""Ballots on paper: a PDF that machines read as people do, a QR to one page, one for each empty review."""

import io
import re
from dataclasses import replace
from decimal import Decimal
from zipfile import ZipFile

import pypdf
import pytest
import segno

from tests import builders as given
from tests.jury.paper_world import a_paper_scene
from tests.jury.scene import ANCHORS
from tests.jury.world import NOW, a_proposal, a_review, journal, person
from tests.qr import drawn_modules
from tests.queries import count_queries
from thinkia import clock
from thinkia.db import db
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.rubric import Anchor, JustifyAt, Rubric, Scale
from thinkia.jury.ballots import ballots, entry_address
from thinkia.jury.models import Mark
from thinkia.jury.queries.paper import PRINT, ballots_of, last_print
from thinkia.jury.queries.people import juror_by_code
from thinkia.outside.outbox import OutboxTask, TaskState, run_task

PAGE = "/manage/calls/rios/jury/ballots"
QR_CORNER = (160, 14, 200, 42.4)  # millimetres
RUBRIC = Rubric(
    (
        replace(
            given.criterion("impacto", 40, justify_at=JustifyAt.EXTREMES),
            question=given.both("¿A quién sirve?", "Whom does it serve?"),
            anchors=tuple(Anchor((Decimal(n),), given.both(words)) for n, words in enumerate(ANCHORS, 1)),
        ),
        replace(
            given.criterion("costo", 30, scale=Scale(min=Decimal(0), max=Decimal(100))),
            anchors=(Anchor((Decimal(0), Decimal(50)), given.both("Sin presupuesto")),),
        ),
        replace(
            given.criterion("papeles", 30, scale=Scale(checklist=(Decimal(1), Decimal(2)))),
            items=(given.both("Tiene carta"), given.both("Tiene permiso")),
        ),
    )
)


@pytest.fixture
def scene(app):
    return a_paper_scene(rubric=RUBRIC, tie_break=given.some_bases().tie_break[1:])


def printed(scene):
    juror = juror_by_code("rios", scene.juror.code)
    return ballots(juror, ballots_of(juror), NOW)


def read(content):
    return pypdf.PdfReader(io.BytesIO(content))


def words_of(content):
    return " ".join(" ".join(page.extract_text() for page in read(content).pages).split())


def asked_pages(content):
    return [_count(page.extract_text()) for page in read(content).pages]


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_ballot_is_tagged_titled_and_in_the_language_of_its_juror(scene, language):
    scene.juror.language = language
    db.session.flush()
    document = read(printed(scene))
    root = document.trailer["/Root"]
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"]), "/StructTreeRoot" in root) == (
        language,
        True,
        True,
    )
    title = {"es": "Papeletas de Nina Guamán: Ríos vivos", "en": "Ballots of Nina Guamán: Living rivers"}
    assert document.metadata.title == title[language]
    assert {"es": "Firma", "en": "Signature"}[language] in document.pages[-1].extract_text()


def test_everything_that_the_page_asks_stands_on_it_and_the_team_does_not(scene):
    text = words_of(printed(scene))
    expected = [
        "Ríos vivos",
        f"{scene.proposal.code} · Un mapa de fugas",
        "Nina Guamán",
        "Academia",
        scene.review.code,
        "1. Impacto",
        "¿A quién sirve?",
        *ANCHORS,
        "con un 1 o un 5",
        "cualquier decimal de 0 a 100",
        "Sin presupuesto",
        "Tiene carta",
        "Tiene permiso",
        "No puedo evaluar esta propuesta",
        "Fecha",
    ]
    assert [words for words in expected if words not in text] == []
    assert "Delfines" not in text


def test_an_optional_criterion_says_so(app):
    first, *others = RUBRIC.criteria
    rubric = Rubric((first, *(replace(one, required=False) for one in others)))
    text = words_of(printed(a_paper_scene(rubric=rubric, tie_break=given.some_bases().tie_break[1:])))
    assert ("2. Costo (opcional)" in text, "1. Impacto (opcional)" in text) == (True, False)
    assert "donde dice que es opcional" in text


def test_each_ballot_counts_its_own_pages(scene):
    a_review(scene.juror, a_proposal(scene.call, "Otra"))
    pages = asked_pages(printed(scene))
    whole = len(pages) // 2
    assert pages == [(str(n), str(whole)) for n in range(1, whole + 1)] * 2


def test_the_qr_that_is_drawn_is_the_address_of_the_page_of_that_ballot(scene):
    address = entry_address(scene.review, juror_by_code("rios", scene.juror.code))
    assert address.endswith(f"/manage/calls/rios/jury/reviews/{scene.review.code}/paper")
    wanted = [[bool(one) for one in row] for row in segno.make(address, error="m", micro=False).matrix]
    assert drawn_modules(printed(scene), len(wanted), QR_CORNER, 128) == wanted


def _count(text):
    return re.search(r"(\d) (?:de|of) (\d)", text.strip().splitlines()[-1]).groups()


def test_only_what_has_no_mark_is_printed(scene):
    begun = a_review(
        scene.juror, a_proposal(scene.call, "Con una marca"), state=ReviewState.STARTED, saved_at=NOW
    )
    db.session.add(Mark(review_id=begun.id, criterion="impacto", value=Decimal(0)))
    db.session.flush()
    text = words_of(printed(scene))
    assert ("Un mapa de fugas" in text, "Con una marca" in text) == (True, False)


def test_what_people_typed_stops_no_ballot(scene):
    scene.proposal.receipt.content = scene.proposal.receipt.content.replace(
        "Un mapa de fugas", "#panic() *漢字* 🌱 Ñukanchik p’anka"
    )
    db.session.flush()
    assert "#panic() *□□* 🌱 Ñukanchik p’anka" in words_of(printed(scene))


def test_an_officer_prints_one_jurors_ballots_at_once(scene, new_browser):
    rosa = person(new_browser(), scene.rosa)
    rosa.get(PAGE)
    answer = rosa.post(f"/manage/calls/rios/jury/{scene.juror.code}/ballots").response
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert scene.review.code in words_of(answer.data)
    assert journal()[-1] == "jury.ballots_printed"


def test_all_ballots_are_made_in_the_background_and_downloaded_as_a_pdf_a_juror(scene, new_browser):
    other = given.a_juror(scene.call, "public", account=given.an_account("Ítalo Ñauta", now=NOW), now=NOW)
    a_review(other, scene.proposal)
    rosa = person(new_browser(), scene.rosa)
    rosa.get(f"{PAGE}/archive", status=404)
    rosa.get(PAGE)
    page = rosa.submit("Print all ballots")
    assert "The ballots are about to be made." in page.text
    rosa.post(PAGE)
    row = last_print(scene.call.id)
    assert db.session.query(OutboxTask).filter_by(task=PRINT).count() == 1
    assert run_task(row.id, clock.now)
    page = rosa.get(PAGE)
    assert "Download all ballots" in page.text
    answer = rosa.client.get(f"{PAGE}/archive")
    with ZipFile(io.BytesIO(answer.data)) as archive:
        names = archive.namelist()
        assert names == [f"Nina Guamán {scene.juror.code}.pdf", f"Ítalo Ñauta {other.code}.pdf"]
        assert scene.review.code in words_of(archive.read(names[0]))
    later = db.session.query(OutboxTask).filter_by(task="jury.forget_ballots").one()
    run_task(later.id, lambda: later.run_at)
    rosa.get(f"{PAGE}/archive", status=404)


def test_a_page_says_how_far_the_ballots_are_and_that_they_failed(scene, new_browser):
    rosa = person(new_browser(), scene.rosa)
    rosa.get(PAGE)
    rosa.submit("Print all ballots")
    row = last_print(scene.call.id)
    row.state, row.outcome = TaskState.RUNNING, {"done": 3, "of": 7}
    db.session.flush()
    assert "Making the ballots: 3 of 7 people." in rosa.get(PAGE).text
    assert "3 of 7" in rosa.client.get(f"{PAGE}/progress").text
    row.state = TaskState.FAILED
    db.session.flush()
    assert "could not be made" in rosa.get(PAGE).text


def test_the_list_of_ballots_costs_the_same_with_five(scene, new_browser):
    rosa = person(new_browser(), scene.rosa)
    with count_queries() as one:
        rosa.get(PAGE)
    for _ in range(4):
        juror = given.a_juror(scene.call, "public", account=given.an_account(now=NOW), now=NOW)
        a_review(juror, scene.proposal)
    db.session.flush()
    with count_queries() as five:
        page = rosa.get(PAGE)
    assert (len(page.root.all("tr")), len(one)) == (6, len(five))
