"""Exports: complete, of one moment, harmless in a spreadsheet, without addresses unless asked; and they rank."""

import json
import threading
from contextlib import nullcontext
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import update

from tests import builders as given
from tests.builders import NOON
from tests.exports.reading import MARKS, content, made, read_back, rows_of
from tests.queries import count_queries
from tests.results.scenes import judged
from thinkia.calls.call_file import write_bases
from thinkia.calls.queries import call_by_code
from thinkia.db import db
from thinkia.db.codes import new_code
from thinkia.db.transaction import transaction
from thinkia.domain.bases import Question, QuestionKind
from thinkia.domain.lifecycle import ReviewState, SubmissionState
from thinkia.domain.ranking.record import read
from thinkia.domain.text import Bilingual
from thinkia.exports import exporting
from thinkia.exports.tables import tables_of
from thinkia.results.queries import current_ranking
from thinkia.web.export import Style


@pytest.fixture
def scene(app):
    return judged(MARKS)


def test_what_is_exported_ranks_offline_in_the_published_order(scene, run, tmp_path):
    extra = given.a_juror(scene.call, "private")
    given.a_review(extra, scene.submissions["Killa"], state=ReviewState.RECUSED, impacto=5, viabilidad=5)
    given.a_review(extra, scene.submissions["Inti"], state=ReviewState.EXCUSED, impacto=5)
    out = given.submitted(given.a_team(scene.call, name="Fuera"), scene.call)
    given.a_review(extra, out, impacto=5, viabilidad=5)
    out.state, out.excluded_at, out.excluded_reason = SubmissionState.EXCLUDED, NOON, "Tarde"
    db.session.flush()
    scene.publish()
    published = [
        (line.place, line.submission, line.decided_by)
        for line in read(current_ranking(scene.call).content).lines
    ]
    (tmp_path / "rules.yaml").write_text(write_bases(scene.call.bases))
    for name in ("reviews", "ranking"):
        run("exports", "make", scene.call.code, "--table", name, "--out", tmp_path / f"{name}.csv")
    files = ("--rules", tmp_path / "rules.yaml", "--scores", tmp_path / "reviews.csv")
    result = run("results", "rank", *files, "--submissions", tmp_path / "ranking.csv", "--format", "json")
    again = [
        (one["place"], one["submission"], one["decided_by"]) for one in json.loads(result.stdout)["ranking"]
    ]
    assert again == published
    assert [place for place, _, _ in published] == [1, 2, 3, 4]
    assert published[1][2] == "submitted_at"


def test_the_marks_of_reviews_that_do_not_count_are_kept_apart(scene):
    extra = given.a_juror(scene.call, "private")
    recused = given.a_review(
        extra, scene.submissions["Killa"], state=ReviewState.RECUSED, impacto=0, viabilidad=5
    )
    untouched = given.a_review(extra, scene.submissions["Yaku"], state=ReviewState.ASSIGNED)
    assert extra.code not in {row["juror"] for row in rows_of(scene.call, "reviews")}
    wide = {row["review"]: row for row in rows_of(scene.call, "reviews_wide")}
    kept = wide[recused.code]
    assert (kept["state"], kept["closed_reason"]) == ("recused", "Por viaje")
    assert (kept["mark:impacto"], kept["mark:viabilidad"]) == (0, 5)
    assert wide[untouched.code]["mark:impacto"] is None
    assert len(wide) == 10


def test_what_a_juror_has_not_made_final_is_in_no_table(scene):
    extra = given.a_juror(scene.call, "private")
    begun = given.a_review(extra, scene.submissions["Yaku"], state=ReviewState.STARTED, impacto=4)
    begun.note = "Sin terminar"
    db.session.flush()
    (row,) = (row for row in rows_of(scene.call, "reviews") if row["review"] == begun.code)
    assert (row["mark"], row["state"]) == (None, "started")
    (row,) = (row for row in rows_of(scene.call, "reviews_wide") if row["review"] == begun.code)
    assert (row["mark:impacto"], row["note"]) == (None, None)


def test_answers_come_a_column_each_and_drafts_stay_with_their_teams(scene):
    receipt = scene.submissions["Yaku"].receipt
    receipt.content = json.dumps(
        {
            "title": "Idea que cuenta",
            "challenge": "agua",
            "answers": {"resumen": "Un río, dos orillas", "enlace": None},
            "files": {"plan": {"name": "plan.pdf", "sha256": "ab" * 32}},
        }
    )
    given.a_submission(given.a_team(scene.call, name="Borrador"), scene.call, title="Secreto de borrador")
    db.session.flush()
    rows = {row["submission"]: row for row in rows_of(scene.call, "submissions")}
    assert len(rows) == 4
    mine = rows[scene.code("Yaku")]
    assert (mine["title"], mine["answer:resumen"]) == ("Idea que cuenta", "Un río, dos orillas")
    assert mine["team_name"] == "Yaku"
    assert mine["submitted_at"].isoformat().endswith("-05:00")
    assert "Secreto" not in json.dumps([list(row.values()) for row in rows.values()], default=str)


@pytest.mark.parametrize(("answered", "cell"), [("-5", -5), ("1234.5", Decimal("1234.5")), ("", "")])
def test_the_answer_to_a_question_for_a_number_is_a_number(scene, answered, cell):
    asked = Question("presupuesto", QuestionKind.NUMBER, Bilingual("Presupuesto", "Budget"))
    bases = scene.call.bases
    scene.call.version.content = write_bases(replace(bases, questions=(*bases.questions, asked)))
    scene.submissions["Yaku"].receipt.content = json.dumps({"answers": {"presupuesto": answered}})
    db.session.flush()
    rows = {row["submission"]: row for row in rows_of(scene.call, "submissions")}
    assert rows[scene.code("Yaku")]["answer:presupuesto"] == cell


@pytest.mark.parametrize("reading", ["snapshot", "nothing"])
def test_marks_saved_while_an_export_is_made_are_in_none_of_its_tables(
    committed_app, database, reading, monkeypatch
):
    """F45. The second way of reading shows that PostgreSQL would mix them; SQLite never does."""
    with transaction():
        judged(MARKS)
    if reading == "nothing":
        monkeypatch.setattr(exporting, "snapshot", nullcontext)
    monkeypatch.setattr(exporting, "tables_of", lambda *a, **k: list(disturbed(tables_of(*a, **k))))

    def disturbed(tables):
        for table in tables:
            yield replace(table, rows=lambda table=table: then_save(table.rows()))

    def then_save(rows):
        yield from rows
        thread = threading.Thread(target=save_zeros)
        thread.start()
        thread.join()

    def save_zeros():
        with committed_app.app_context(), transaction():
            db.session.execute(update(given.Mark).values(value=Decimal(0)))
            given.a_team(call_by_code("judged"), name=new_code())

    call = call_by_code("judged")
    found = read_back(Style.JSON, content(call, Style.JSON, ["teams", "reviews", "reviews_wide"]))
    given_marks = {row["mark"] for row in found["reviews"]}
    side_by_side = {row["mark:impacto"] for row in found["reviews_wide"]}
    mixed = reading == "nothing" and database == "postgresql"
    assert (given_marks, side_by_side) == (({0}, {0}) if mixed else ({1, 2, 3, 5}, {1, 2, 3, 5}))
    assert len(found["teams"]) == 4
    if reading == "snapshot":
        later = read_back(Style.JSON, content(call, Style.JSON, ["reviews"]))
        assert {row["mark"] for row in later["reviews"]} == {0}


@pytest.mark.parametrize("count", [1, 5])
def test_an_export_asks_the_same_few_queries_however_much_there_is(app, count):
    scene = judged({f"Equipo {n}": ((n % 5 + 1, 3), (2, 2)) for n in range(count)})
    scene.publish()
    call = call_by_code(scene.call.code)
    with count_queries() as queries:
        made(call, Style.CSV, ["reviews"]).file.close()
    assert len(queries) == 2, queries
    with count_queries() as queries:
        made(call, Style.XLSX).file.close()
    assert len(queries) == 21, queries
