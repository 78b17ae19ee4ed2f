"""Who reads a proposal understands its language, where the bases name the question that says it."""

import json

import pytest

from tests import builders as given
from tests.jury.world import NOW, a_proposal, a_reading_call, person
from thinkia.db import db
from thinkia.domain.bases import JuryRules, Option, Question, QuestionKind, SectorQuota
from thinkia.domain.bases_check import problems
from thinkia.jury.queries.panels import plan_of
from thinkia.jury.services import panels

OPTIONS = (
    Option("es", given.both("Español", "Spanish")),
    Option("qu", given.both("Kichwa")),
    Option("cha", given.both("Cha’palaa")),
)
ASKED = Question("idioma", QuestionKind.CHOICE, given.both("Idioma", "Language"), options=OPTIONS)
ONE = {"size": 1, "sectors": {"academia": SectorQuota(min=1)}}


@pytest.fixture
def reading(app):
    """A proposal in Kichwa, one in Spanish and one that does not say; two people of academia."""
    questions = (*given.some_bases().questions, ASKED)
    rules = JuryRules(**ONE, language_question="idioma")
    reading = a_reading_call("lenguas", jury=rules, questions=questions)
    reading.proposals = [
        a_proposal(reading.call, title, answers=answers)
        for title, answers in (
            ("Yaku", {"idioma": "qu"}),
            ("Agua", {"idioma": "es"}),
            ("Sin decir", {"resumen": "x"}),
        )
    ]
    reading.toa, reading.ivan = (
        given.a_juror(
            reading.call,
            "academia",
            account=given.an_account(name, now=NOW),
            now=NOW,
            languages=languages,
            capacity=3,
        )
        for name, languages in (("Toa", ["es", "qu"]), ("Iván", ["es"]))
    )
    return reading


def readers(reading):
    """Title → who may be put on it, by a plan that is drawn now."""
    panels.propose(reading.call, reading.actor, NOW)
    titles = {one.code: one.title for one in reading.proposals}
    names = {juror.code: name for juror, name in ((reading.toa, "Toa"), (reading.ivan, "Iván"))}
    return {titles[pair["submission"]]: names[pair["juror"]] for pair in plan_of("lenguas").pairs}


def test_a_proposal_goes_to_somebody_who_reads_its_language(reading):
    assert readers(reading)["Yaku"] == "Toa"
    assert plan_of("lenguas").is_certified


def test_a_proposal_that_nobody_reads_lacks_its_reader_and_says_why(reading, new_browser):
    reading.toa.languages = ["es"]
    db.session.flush()
    assert set(readers(reading)) == {"Agua", "Sin decir"}
    page = person(new_browser(), reading.organiser).get("/manage/calls/lenguas/jury/panels")
    assert "the others read another language or track, or are of its institution" in page.text
    code = reading.proposals[0].code
    page = person(new_browser(), reading.organiser).get(f"/manage/calls/lenguas/jury/panels/{code}")
    assert "Does not read the language of this proposal." in page.text


def test_who_has_named_no_language_may_read_any(reading):
    reading.toa.languages, reading.toa.capacity, reading.ivan.languages = ["es"], 2, []
    db.session.flush()
    assert readers(reading)["Yaku"] == "Iván"


def test_the_answer_that_was_handed_in_counts(reading):
    content = json.loads(reading.proposals[0].receipt.content)
    content["answers"]["idioma"] = "es"
    reading.proposals[0].receipt.content = json.dumps(content)
    reading.toa.capacity = 0
    db.session.flush()
    assert readers(reading)["Yaku"] == "Iván"


def test_nothing_is_asked_of_languages_where_the_bases_name_no_question(app):
    reading = a_reading_call("lenguas", jury=JuryRules(**ONE))
    reading.proposals = [a_proposal(reading.call, "Yaku", answers={"idioma": "qu"})]
    reading.ivan = given.a_juror(reading.call, "academia", now=NOW, languages=["es"])
    reading.toa = given.a_juror(reading.call, "public", now=NOW, languages=["qu"])
    assert readers(reading) == {"Yaku": "Iván"}


def test_the_profile_offers_the_languages_of_the_call(reading, new_browser):
    toa = person(new_browser(), reading.toa.account)
    page = toa.get("/calls/lenguas/jury/profile")
    offered = [box["value"] for box in page.root.all("input", name="languages")]
    assert offered == ["es", "qu", "jiv", "sgn", "en", "pt", "fr", "cha"]
    assert "Cha’palaa" in page.text
    toa.submit("Save and go on", languages=["cha", "es"])
    db.session.refresh(reading.toa)
    assert sorted(reading.toa.languages) == ["cha", "es"]


def test_the_question_has_to_be_one_with_a_single_answer():
    several = Question("idioma", QuestionKind.MULTIPLE_CHOICE, given.both("Idioma"), options=OPTIONS)
    rules = JuryRules(**ONE, language_question="idioma")
    for questions, fine in (((ASKED,), True), ((several,), False), ((), False)):
        found = problems(given.some_bases(jury=rules, questions=questions))
        assert (not found) is fine
