"""Marks that jurors gave elsewhere come in with a sheet: two persons, all or nothing, never over a mark."""

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from tests import builders as given
from tests.agreements.world import fresh
from tests.jury.world import DAY, NOW, a_proposal, a_reading_call, a_review, letters, marks, person
from tests.queries import count_queries
from thinkia.agreements import services as agreements
from thinkia.agreements.models import Agreement
from thinkia.agreements.queries import agreement_by_code
from thinkia.calls.queries import call_by_code
from thinkia.db import db
from thinkia.domain.ballot import Typed
from thinkia.domain.lifecycle import AgreementState, ReviewState
from thinkia.domain.paper import TypedBallot
from thinkia.domain.reasons import Reason, Refused
from thinkia.domain.rubric import Criterion, Rubric, Scale
from thinkia.exports.tables import tables_of
from thinkia.journal.models import Entry
from thinkia.jury.mark_sheet import RowFault, read_sheet, template
from thinkia.jury.models import Mark, MarksSource, Review
from thinkia.jury.queries.reviews import review_by_code
from thinkia.jury.queries.sheets import sheet_rows
from thinkia.jury.services import conflicts, sheets
from thinkia.operations.queries import reviews_imported_alone
from thinkia.outside.mail import Mail
from thinkia.policy.actor import JurorRole, StaffRole

WHY = "Calificaron en una hoja de cálculo"
PAGE = "/manage/calls/rios/jury/marks"


class Scene:
    """Two jurors with two proposals each, all empty; Rosa brings the sheet, Luis or the chair confirm."""

    def __init__(self, **changes):
        reading = a_reading_call(**changes)
        self.call, self.host, self.rosa = reading.call, reading.host, reading.organiser
        self.luis = given.an_organiser(self.host, StaffRole.OWNER, now=NOW - DAY, name="Luis Tipán")
        chair = given.an_account("Marta Cevallos", now=NOW, language="en")
        given.a_juror(self.call, account=chair, now=NOW - DAY, role=JurorRole.CHAIR)
        self.chair = chair
        self.people = people = [given.an_account(name, now=NOW) for name in ("Nina Guamán", "Inti Chango")]
        self.jurors = [
            given.a_juror(self.call, sector, account=account, now=NOW)
            for account, sector in zip(people, ("academia", "public"), strict=True)
        ]
        self.proposals = [a_proposal(self.call, f"=Idea {n}") for n in range(2)]
        self.reviews = [a_review(juror, one) for juror in self.jurors for one in self.proposals]

    @property
    def codes(self):
        return [(one.submission.code, one.juror.code) for one in self.reviews]

    def ballots(self, *typed):
        every = typed or [("4", "2"), ("5", "5"), ("1", "3"), ("2", "2")]
        return {
            review.code: TypedBallot(
                typed={"impacto": Typed(one[0]), "viabilidad": Typed(one[1])}, feedback="Muy claro"
            )
            for review, one in zip(self.reviews, every, strict=False)
        }

    def ask(self, ballots=None, by=None):
        call = call_by_code("rios")
        waits = sheets.ask_to_bring_in(
            call, ballots or self.ballots(), WHY, given.acting(by or self.rosa), NOW
        )
        return agreement_by_code(waits.code)

    def enter(self):
        agreements.confirm(self.ask(), fresh(self.luis, NOW), NOW)

    def read(self, content):
        call = call_by_code("rios")
        return read_sheet(content, call.bases.rubric, sheet_rows(call))


@pytest.fixture
def scene(app):
    return Scene()


def refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.reason


def a_file(*rows):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_nothing_counts_before_a_second_person_confirms_and_then_all_of_it_is_final_and_imported(scene):
    waits = scene.ask()
    assert db.session.query(Mark).count() == 0
    assert refusal(lambda: agreements.confirm(waits, fresh(scene.rosa, NOW), NOW)) is Reason.NOT_A_SECOND
    agreements.confirm(agreement_by_code(waits.code), fresh(scene.luis, NOW), NOW)
    first = review_by_code(scene.reviews[0].code)
    assert (first.state, first.source, first.finished_at) == (ReviewState.FINAL, MarksSource.IMPORTED, NOW)
    assert (marks(first), first.feedback) == ({"impacto": 4, "viabilidad": 2}, "Muy claro")
    states = db.session.query(Review.state).filter(Review.code.in_([one.code for one in scene.reviews]))
    assert {state for (state,) in states} == {ReviewState.FINAL}
    assert list(reviews_imported_alone()) == []


def test_the_journal_says_who_brought_them_in_and_each_final_review_with_its_marks(scene):
    scene.enter()
    body = json.loads(db.session.query(Entry).filter_by(action="reviews.imported").one().body)
    confirmed = json.loads(db.session.query(Entry).filter_by(action="agreement.confirmed").one().body)
    assert (body["actor"], body["data"]["asked_by"]) == (confirmed["actor"], confirmed["data"]["asked_by"])
    assert body["data"]["reviews"] == 4
    final = db.session.query(Entry).filter_by(
        action="review.finished", object_ref=f"review:{scene.reviews[0].code}"
    )
    assert json.loads(final.one().body)["data"]["marks"] == {"impacto": 4_000_000, "viabilidad": 2_000_000}
    assert "Muy claro" not in "".join(line.body for line in db.session.query(Entry))


def test_each_juror_has_one_letter_without_a_mark(scene):
    scene.enter()
    sent = letters("imported")
    assert sorted(mail.to for mail in sent) == sorted(person.email for person in scene.people)
    assert sent[0].subject == "Ríos vivos: se trajeron sus puntajes"
    assert scene.proposals[0].code in sent[0].text
    assert "Impacto" not in sent[0].text
    assert db.session.query(Mail).filter(Mail.template.endswith("imported.txt")).count() == 2


def _marks(scene):
    scene.reviews[3].state, scene.reviews[3].saved_at = ReviewState.STARTED, NOW
    db.session.add(Mark(review_id=scene.reviews[3].id, criterion="impacto", value=Decimal(1)))


def _abstains(scene):
    own = given.acting(scene.people[1])
    conflicts.abstain(review_by_code(scene.reviews[3].code), "No es mi tema", own, NOW)


def _published(scene):
    scene.call.results_published_at = NOW


@pytest.mark.parametrize(
    ("happens", "reason"),
    [(_marks, Reason.SHEET_STALE), (_abstains, Reason.SHEET_STALE), (_published, Reason.PAPER_NOT_NOW)],
)
def test_what_one_juror_did_meanwhile_refuses_all_of_it_and_stands(scene, happens, reason):
    waits = scene.ask()
    happens(scene)
    db.session.flush()
    before = marks(scene.reviews[3])
    again = agreement_by_code(waits.code)
    assert refusal(lambda: agreements.confirm(again, fresh(scene.luis, NOW), NOW)) is reason
    db.session.expire_all()
    assert (marks(scene.reviews[0]), marks(scene.reviews[3]), letters("imported")) == ({}, before, [])
    assert db.session.query(Agreement).one().state is AgreementState.ASKED


def test_who_reads_or_has_a_conflict_neither_brings_them_in_nor_confirms_nor_sees_them(scene, new_browser):
    given.a_juror(scene.call, "public", account=scene.luis, now=NOW - DAY)
    beside = db.session.query(type(scene.jurors[0])).filter_by(account_id=scene.luis.id).one()
    a_review(beside, scene.proposals[0])
    waits = scene.ask(scene.ballots(("4", "2")))
    assert refusal(lambda: agreements.confirm(waits, fresh(scene.luis, NOW), NOW)) is Reason.NOT_A_SECOND
    assert "Muy claro" not in person(new_browser(), scene.luis).get(f"/agreements/{waits.code}").text
    seen = person(new_browser(), scene.chair).get(f"/agreements/{waits.code}")
    assert "Nina Guamán" in seen.text
    agreements.withdraw(waits, given.acting(scene.rosa), NOW)
    assert refusal(lambda: scene.ask(by=scene.luis)) is Reason.SHEET_OWN


def test_a_sheet_has_a_row_for_each_empty_review_and_comes_back_as_it_was_filled_in(scene):
    _marks(scene)
    db.session.flush()
    call = call_by_code("rios")
    table = template(call.bases.rubric, sheet_rows(call))
    rows = list(table.rows())
    assert sorted((row[0], row[2]) for row in rows) == sorted(scene.codes[:3])
    filled = [[*row[:4], "4", 2, None, "Ojo"] if number else list(row) for number, row in enumerate(rows)]
    found = scene.read(a_file(list(table.header), *filled))
    assert (found.wrong, found.empty, len(found.ballots)) == ([], 1, 2)
    assert {one.ballot(call.bases.rubric).note for one in found.ballots.values()} == {"Ojo"}


def test_everything_that_is_wrong_comes_at_once_with_row_and_column(scene, new_browser):
    _marks(scene)
    db.session.flush()
    (one, nina), (two, _), (_, inti), last = scene.codes
    rows = [
        (one, nina, "4,5", "2"), ("NADA", nina, "4", "2"), (one, "NADIE", "4", "2"), (two, nina, "4", ""),
        (two, nina, "4", "2"), (*last, "4", "2"), ("", nina, "1", "1"), (one, inti, "=1+1", "dos"), (one, inti, "", ""),
    ]  # fmt: skip
    text = "\n".join(
        ";".join(row) for row in [("propuesta", "Persona jurada", "IMPACTO", "Viabilidad"), *rows]
    )
    found = scene.read(text.encode())
    assert [(each.row, each.kind) for each in found.wrong] == [
        (2, RowFault.OFF_SCALE),
        (3, RowFault.UNKNOWN_SUBMISSION),
        (4, RowFault.UNKNOWN_JUROR),
        (5, RowFault.NO_MARK),
        (6, RowFault.TWICE),
        (7, RowFault.BEGUN),
        (8, RowFault.NO_SUBMISSION),
        (9, RowFault.NOT_A_NUMBER),
        (9, RowFault.NOT_A_NUMBER),
    ]
    assert (found.empty, found.ballots) == (1, {})
    rosa = person(new_browser("es"), scene.rosa)
    rosa.get(PAGE)
    page = rosa.submit(
        "Pedir que se traigan", status=422, reason=WHY, file=(io.BytesIO(text.encode()), "m.csv")
    )
    said = [item.text for item in page.root.one("div", role="alert").all("li")]
    assert said[0] == "Fila 2: columna «IMPACTO»: «4,5» no está en la escala (de 1 a 5)."
    assert said[3] == "Fila 5: columna «Viabilidad»: falta el puntaje; vacío no es 0."
    assert db.session.query(Agreement).count() == 0


def test_checklists_and_reasons_have_columns_of_their_own(app):
    checks = Criterion("pruebas", Scale(checklist=(Decimal(1), Decimal(2))), Decimal(50))
    why = Criterion("aporte", Scale(Decimal(0), Decimal(1)), Decimal(50), justify=True)
    scene = Scene(rubric=Rubric((checks, why)), tie_break=given.some_bases("x").tie_break[1:])
    (one, nina), *_others = scene.codes
    heads = ["Propuesta", "Jurado", "pruebas 1", "pruebas 2", "aporte", "aporte motivo"]
    found = scene.read(a_file(heads, [one, nina, "sí", "no", 0.25, "Poco"]))
    (typed,) = found.ballots.values()
    assert typed.ballot(scene.call.bases.rubric).marks == {"pruebas": 1, "aporte": Decimal("0.25")}
    wrong = scene.read(a_file(heads, [one, nina, "sí", None, 0, None])).wrong
    assert [each.kind for each in wrong] == [RowFault.NO_MARK, RowFault.NO_REASON]


def test_two_officers_walk_from_the_template_to_final_reviews(scene, new_browser):
    rosa = person(new_browser("es"), scene.rosa)
    page = rosa.get("/manage/calls/rios/jury/ballots")
    page = rosa.get(page.link("Traer puntajes con una hoja"))
    file = rosa.client.get(page.link("Descargarla en CSV")).data.decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(file))
    assert header[:6] == ["Propuesta", "Título", "Persona jurada", "Nombre", "impacto", "viabilidad"]
    assert {row[1][0] for row in rows} == {"'"}, "a title that looks like a formula is text"
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([header, *([*row[:4], "3", "4", "", ""] for row in rows)])
    page = rosa.submit(
        "Pedir que se traigan", reason=WHY, file=(io.BytesIO(out.getvalue().encode()), "m.csv")
    )
    assert "impacto" in page.text.lower()
    waits = agreement_by_code(page.path.rpartition("/")[2])
    whole = rosa.client.get(f"{page.path}/lines.csv").data.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(whole)))) == 5
    agreements.confirm(waits, replace(fresh(scene.luis, NOW)), NOW)
    assert "4 importadas" in rosa.get("/manage/calls/rios/progress").text
    assert "(4 importadas)" in rosa.get("/manage/calls/rios/results").text
    assert "Importada" in rosa.get(f"/manage/calls/rios/jury/{scene.jurors[0].code}/readings").text
    juror = person(new_browser("es"), scene.people[0])
    assert "trajeron los puntajes que" in juror.get(f"/reviews/{scene.reviews[0].code}").text
    assert "Importada" in juror.get("/calls/rios/jury").text
    (table,) = tables_of(scene.call, ["reviews"])
    column = table.header.index("source")
    assert {row[column] for row in table.rows()} == {"imported"}


def test_reading_a_sheet_asks_the_database_as_often_for_one_review_as_for_five(scene):
    with count_queries() as few:
        sheet_rows(scene.call)
    for _ in range(5):
        a_review(scene.jurors[0], a_proposal(scene.call))
    db.session.flush()
    with count_queries() as many:
        sheet_rows(scene.call)
    assert (len(few), len(many)) == (1, 1)
