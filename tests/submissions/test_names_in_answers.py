"""A team of a call whose jury reads without names: what it is told, and what it finds before it hands in."""

import io
from dataclasses import replace

import pytest

from tests.builders import NOON, both
from tests.submissions import samples
from tests.submissions.world import QUESTIONS, a_call, a_draft, a_team, answer, hand_in, place, upload, visit
from thinkia.db import db
from thinkia.domain.bases import JuryRules, Question, QuestionKind
from thinkia.submissions.uploads.properties import people_named

WHO = Question("quienes", QuestionKind.LONG_TEXT, both("Quiénes son", "Who you are"), required=False)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOON, tick=False)


def a_proposal(*, blind=True):
    call = a_call(jury=JuryRules(size=2, blind=blind), questions=(*QUESTIONS, replace(WHO, identifies=True)))
    team, people = a_team(call, "Nina Tituaña Morales", "Jefferson Quishpe")
    people[0].institution = "Escuela Politécnica"
    db.session.flush()
    return a_draft(call, team)


@pytest.mark.parametrize("blind", [True, False])
def test_where_people_write_and_upload_they_are_told_to_write_no_names(app, new_browser, blind):
    draft = a_proposal(blind=blind)
    browser = visit(new_browser(), draft)
    for part, said in (
        ("/questions/resumen", "write none here"),
        ("/questions/plan", "look at the properties of the document too"),
        ("/questions/quienes", "The jury does not read this answer"),
    ):
        assert (said in browser.get(place(draft, part)).text) is blind
    assert "without names" not in browser.get(place(draft, "/questions/etica")).text


def test_names_in_answers_are_listed_before_handing_in_and_keep_nobody_from_it(app, browser):
    draft = a_proposal()
    visit(browser, draft)
    assert "We found no name of your team" in browser.get(place(draft, "/check")).text
    answer(draft, "resumen", "Nina Tituaña y Yaku Wasi, de la escuela politecnica.")
    answer(draft, "lema", "Escriba a yaku@gmail.com")
    answer(draft, "quienes", "Jefferson Quishpe")

    page = browser.get(place(draft, "/check"))

    found = page.root.one("section", aria_labelledby="names").all("li")
    assert [each.text for each in found] == [
        "Summary: Nina Tituaña Morales, Yaku Wasi, Escuela Politécnica",
        "Motto: yaku@gmail.com",
    ]
    assert found[0].one("a")["href"] == place(draft, "/questions/resumen")
    assert "The jury does not read, because it says who you are: Who you are." in page.text
    answer(draft, "etapa", "idea")
    answer(draft, "costo", "1234.5")
    answer(draft, "etica", True)
    upload(draft)
    assert hand_in(draft).receipt is not None


def test_a_call_with_names_looks_for_none(app, browser):
    draft = a_proposal(blind=False)
    visit(browser, draft)
    answer(draft, "resumen", "Nina Tituaña")
    page = browser.get(place(draft, "/check"))
    assert page.root.all("section", aria_labelledby="names") == []


CORE = "<cp:coreProperties><dc:creator>Nina  Tituaña</dc:creator><cp:lastModifiedBy>J &amp; Q</cp:lastModifiedBy>"


@pytest.mark.parametrize(
    ("content", "ending", "names"),
    [
        (samples.pdf(author="Nina Tituaña"), "pdf", ["Nina Tituaña"]),
        (samples.pdf(title="Un plan"), "pdf", []),
        (samples.docx(**{"docProps/core.xml": CORE}), "docx", ["Nina Tituaña", "J & Q"]),
        (samples.xlsx(**{"docProps/app.xml": "<Company>Yaku</Company><Manager/>"}), "xlsx", ["Yaku"]),
        (
            samples.odt(**{"meta.xml": '<meta:initial-creator a="b">Nina</meta:initial-creator>'}),
            "odt",
            ["Nina"],
        ),
        (samples.docx(), "docx", []),
        (samples.docx(**{"docProps/core.xml": CORE})[:-30], "docx", []),
        (samples.PNG, "png", []),
    ],
)
def test_a_document_names_people_in_its_properties(content, ending, names):
    assert people_named(io.BytesIO(content), ending) == names


def test_an_archive_whose_properties_are_damaged_names_nobody():
    content = bytearray(samples.docx(**{"docProps/core.xml": CORE * 50}))
    at = content.find(b"docProps/core.xml") + len("docProps/core.xml")
    content[at : at + 20] = b"\xff" * 20
    assert people_named(io.BytesIO(bytes(content)), "docx") == []


@pytest.mark.parametrize(("blind", "said"), [(True, True), (False, False)])
def test_whoever_uploads_is_told_what_the_properties_say(app, browser, blind, said):
    draft = a_proposal(blind=blind)
    visit(browser, draft).get(place(draft, "/questions/plan"))
    page = browser.submit(
        "Upload the file", answer=(io.BytesIO(samples.pdf(author="Nina Tituaña")), "plan.pdf")
    )
    assert "plan.pdf, 2 pages" in page.text
    assert ("The properties of this document name: Nina Tituaña." in page.text) is said
