"""Exports: complete, of one moment, harmless in a spreadsheet, without addresses unless asked; and they rank."""

import csv
import io
import json
import threading
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from tests import builders as given
from tests.builders import NOON
from tests.queries import count_queries
from tests.results.scenes import judged
from thinkia import clock
from thinkia.calls.call_file import write_bases
from thinkia.calls.queries import call_by_code
from thinkia.db import db
from thinkia.db.transaction import snapshot, transaction
from thinkia.domain.bases import Question, QuestionKind
from thinkia.domain.lifecycle import ReviewState, SubmissionState
from thinkia.domain.ranking.record import read
from thinkia.domain.text import Bilingual
from thinkia.exports.exporting import Wanted, make
from thinkia.exports.models import Export
from thinkia.exports.tables import NAMES, tables_of
from thinkia.journal.models import Entry
from thinkia.results.queries import current_ranking
from thinkia.web.export import Style

MARKS = {
    "Yaku": ((5, 2), (5, 2)),
    "Inti": ((3, 5), (3, 5)),
    "Sumak": ((3, 5), (3, 5)),
    "Killa": ((1, 2), (2, 1)),
}
BAD = "=cmd|' /C calc'!A0"


@pytest.fixture
def scene(app):
    return judged(MARKS)


def rows_of(call, name, **options):
    (table,) = tables_of(call, [name], **options)
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows()]


def sheet(data):
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()

    def run(*arguments, code=0):
        result = runner.invoke(args=["results", *map(str, arguments)])
        assert result.exit_code == code, result.output
        db.session.expire_all()
        return result

    return run


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
        run("export", scene.call.code, "--table", name, "--out", tmp_path / f"{name}.csv")
    files = ("--rules", tmp_path / "rules.yaml", "--scores", tmp_path / "reviews.csv")
    result = run("rank", *files, "--submissions", tmp_path / "ranking.csv", "--format", "json")
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
    assert mine["submitted_at"].endswith("-05:00")
    assert "Secreto" not in json.dumps([list(row.values()) for row in rows.values()])


@pytest.mark.parametrize(("answered", "cell"), [("-5", -5), ("1234.5", Decimal("1234.5")), ("", "")])
def test_the_answer_to_a_question_for_a_number_is_a_number(scene, answered, cell):
    asked = Question("presupuesto", QuestionKind.NUMBER, Bilingual("Presupuesto", "Budget"))
    bases = scene.call.bases
    scene.call.version.content = write_bases(replace(bases, questions=(*bases.questions, asked)))
    scene.submissions["Yaku"].receipt.content = json.dumps({"answers": {"presupuesto": answered}})
    db.session.flush()
    rows = {row["submission"]: row for row in rows_of(scene.call, "submissions")}
    assert rows[scene.code("Yaku")]["answer:presupuesto"] == cell


def test_addresses_leave_only_when_asked_for(scene):
    everything = json.dumps([rows_of(scene.call, name) for name in NAMES], default=str)
    assert "@" not in everything
    emails = {row["email"] for row in rows_of(scene.call, "members", with_emails=True)}
    assert emails == {person.email for person in scene.members.values()}
    assert {row["email"] for row in rows_of(scene.call, "jurors", with_emails=True)} == {
        juror.email for juror in scene.jurors
    }


@pytest.mark.parametrize("style", [Style.CSV, Style.XLSX])
def test_no_text_that_people_wrote_runs_in_a_spreadsheet(scene, style):
    """Every column that holds people's words, read back with another library."""
    submission, juror = scene.submissions["Yaku"], scene.jurors[0]
    person = scene.members["Yaku"]
    submission.team.name = submission.team.about = submission.title = BAD
    person.name = person.institution = BAD
    juror.name = juror.institution = BAD
    review = db.session.query(given.Review).filter_by(juror_id=juror.id, submission_id=submission.id).one()
    review.feedback = review.note = BAD
    for mark in db.session.query(given.Mark).filter_by(review_id=review.id):
        mark.reason = BAD
    submission.receipt.content = json.dumps({"title": BAD, "answers": {"resumen": BAD, "enlace": BAD}})
    out = scene.submissions["Killa"]
    out.state, out.excluded_at, out.excluded_reason = SubmissionState.EXCLUDED, NOON, BAD
    db.session.flush()
    scene.propose()
    made = make(scene.call, Wanted(style, NAMES), NOON)
    data, columns = b"".join(made.chunks()), set()
    if style is Style.CSV:
        archive = zipfile.ZipFile(io.BytesIO(data))
        for name in NAMES:
            for row in sheet(archive.read(f"{name}.csv")):
                columns |= {f"{name}.{column}" for column, value in row.items() if value == f"'{BAD}"}
                assert BAD not in row.values()
    else:
        book = openpyxl.load_workbook(io.BytesIO(data))
        for name in NAMES:
            header, *lines = book[name].iter_rows()
            for line in lines:
                assert {cell.data_type for cell in line} <= {"s", "n", "b"}
                columns |= {
                    f"{name}.{head.value}"
                    for head, cell in zip(header, line, strict=True)
                    if cell.value == BAD
                }
    assert columns == {
        *("teams.name", "teams.about", "teams.representative"),
        *("members.team_name", "members.name", "members.institution"),
        *("submissions.title", "submissions.team_name", "submissions.excluded_reason"),
        *("submissions.answer:resumen", "submissions.answer:enlace"),
        *("jurors.name", "jurors.institution", "reviews.reason"),
        *("reviews_wide.feedback", "reviews_wide.note", "ranking.title", "ranking.team_name"),
    }


@pytest.mark.database("postgresql")
def test_all_tables_are_of_one_moment_whatever_is_committed_meanwhile(committed_app):
    with transaction():
        scene = judged(MARKS)
    call = call_by_code(scene.call.code)

    def arrive():
        with committed_app.app_context(), transaction():
            given.a_team(call_by_code("judged"), name=f"Tarde {len(names)}")

    names = []
    for reading in (snapshot, transaction):  # the second one shows that it could go wrong
        with reading():
            before = len(rows_of(call, "teams"))
            thread = threading.Thread(target=arrive)
            thread.start()
            thread.join()
            names.append(len(rows_of(call, "teams")) - before)
    assert names == [0, 1]


@pytest.mark.parametrize("count", [1, 5])
def test_an_export_asks_the_same_few_queries_however_much_there_is(app, count):
    scene = judged({f"Equipo {n}": ((n % 5 + 1, 3), (2, 2)) for n in range(count)})
    scene.publish()
    call = call_by_code(scene.call.code)
    with count_queries() as queries:
        make(call, Wanted(Style.CSV, ["reviews"]), NOON).file.close()
    assert len(queries) == 2, queries
    with count_queries() as queries:
        make(call, Wanted(Style.XLSX, NAMES), NOON).file.close()
    assert len(queries) == 14, queries


# From the page


def test_an_organiser_downloads_and_the_export_is_written_down(scene, browser):
    given.sign_in(browser, scene.organiser, clock.now())
    page = browser.get(f"{scene.url}/exports?lang=en")
    page = browser.submit("Download the export", tables=["teams"])
    assert page.response.mimetype == "text/csv"
    assert page.response.headers["Cache-Control"] == "no-store"
    name = page.response.headers["Content-Disposition"]
    assert name.startswith("attachment; filename=judged-teams-20")
    assert [row["name"] for row in sheet(page.response.data)] != []
    row = db.session.query(Export).one()
    assert (row.style, row.tables, row.rows, row.with_emails) == ("csv", ["teams"], 4, False)
    assert db.session.query(Entry).filter_by(action="results.exported").count() == 1
    assert "CSV: teams" in browser.get(f"{scene.url}/exports").text


def test_organisers_get_no_mark_while_a_review_is_open(scene, browser):
    late = given.a_review(
        given.a_juror(scene.call, "private"), scene.submissions["Yaku"], state=ReviewState.ASSIGNED
    )
    given.sign_in(browser, scene.organiser, clock.now())
    page = browser.get(f"{scene.url}/exports?lang=en")
    assert "1 review is open. Until it is final, or excused with a reason" in page.text
    marks = sheet(browser.submit("Download the export", tables=["reviews"]).response.data)
    assert (len(marks), {row["mark"] for row in marks}) == (16, {""})
    late.state, late.closed_at, late.closed_reason = ReviewState.EXCUSED, NOON, "Viajó"
    db.session.flush()
    page = browser.get(f"{scene.url}/exports?lang=en")
    assert "Marks are still closed" not in page.text
    marks = sheet(browser.submit("Download the export", tables=["reviews"]).response.data)
    assert {row["mark"] for row in marks} == {"1", "2", "3", "5"}


def test_addresses_need_a_purpose_which_stays_in_the_log_and_out_of_the_journal(scene, browser):
    given.sign_in(browser, scene.organiser, clock.now())
    browser.get(f"{scene.url}/exports?lang=en")
    page = browser.submit("Download the export", tables=["members"], with_emails="y", status=422)
    assert "Write what the e-mail addresses are for." in page.text
    assert db.session.query(Export).count() == 0
    page = browser.submit(
        "Download the export", tables=["members"], with_emails="y", purpose="Invitar al acto"
    )
    assert scene.members["Yaku"].email in page.response.text
    assert db.session.query(Export).one().purpose == "Invitar al acto"
    body = db.session.query(Entry).filter_by(action="results.exported").one().body
    assert "Invitar" not in body
    assert '"emails":true' in body


def test_nothing_chosen_exports_nothing(scene, browser):
    given.sign_in(browser, scene.organiser, clock.now())
    browser.get(f"{scene.url}/exports?lang=en")
    assert "Choose at least one table." in browser.submit("Download the export", status=422).text


# From the command line


def test_the_command_writes_each_format(scene, run, tmp_path):
    out = tmp_path / "todo.zip"
    run("export", "judged", "--out", out, "--lang", "es")
    archive = zipfile.ZipFile(out)
    assert archive.namelist() == [*(f"{name}.csv" for name in NAMES), "README.txt"]
    assert "Todas las tablas son de un mismo momento" in archive.read("README.txt").decode()
    run("export", "judged", "--format", "xlsx", "--out", tmp_path / "todo.xlsx")
    assert openpyxl.load_workbook(tmp_path / "todo.xlsx").sheetnames == [*NAMES, "README"]
    result = run("export", "judged", "--format", "json", "--table", "teams", "--table", "ranking")
    assert list(json.loads(result.stdout)["tables"]) == ["teams", "ranking"]
    assert run("export", "judged", "--table", "teams").stdout_bytes.startswith(b"team,name,about")
    assert db.session.query(Export).filter_by(made_by_id=None).count() == 4


def test_the_command_says_what_it_cannot_do(scene, run, tmp_path):
    assert "There is no call “nowhere”." in run("export", "nowhere", "--lang", "en", code=1).output
    nowhere = run("export", "judged", "--out", tmp_path / "nowhere/x.csv", "--lang", "es", code=1)
    assert "nowhere/x.csv" in nowhere.stderr
    assert "No se puede escribir" in nowhere.stderr
    unknown = run("export", "judged", "--table", "marks", "--lang", "es", code=1)
    assert "No existe la tabla «marks». Existen: teams, members" in unknown.stderr
    assert (nowhere.stdout, unknown.stdout) == ("", "")
