"""Exports from the organiser's page and from the terminal."""

import json
import zipfile

import openpyxl
import pytest

from tests import builders as given
from tests.builders import NOON
from tests.exports.reading import MARKS, sheet
from tests.results.scenes import judged
from thinkia import clock
from thinkia.db import db
from thinkia.domain.lifecycle import ReviewState
from thinkia.exports.models import Export, ExportPurpose, Group
from thinkia.exports.tables import NAMES, PRESETS
from thinkia.journal.models import Entry


@pytest.fixture
def scene(app):
    return judged(MARKS)


def test_an_organiser_downloads_and_the_export_is_written_down(scene, browser):
    given.sign_in(browser, scene.organiser, clock.now())
    page = browser.get(f"{scene.url}/exports?lang=en")
    page = browser.submit("Download the export", tables=["teams"], style="csv")
    assert page.response.mimetype == "text/csv"
    assert page.response.headers["Cache-Control"] == "no-store"
    name = page.response.headers["Content-Disposition"]
    assert name.startswith("attachment; filename=judged-teams-20")
    assert [row["name"] for row in sheet(page.response.data)] != []
    row = db.session.query(Export).one()
    assert (row.style, row.tables, row.rows) == ("csv", ["teams"], 4)
    assert db.session.query(ExportPurpose).count() == 0
    assert db.session.query(Entry).filter_by(action="results.exported").count() == 1
    assert "CSV: teams" in browser.get(f"{scene.url}/exports").text


def test_organisers_get_no_mark_while_a_review_is_open(scene, browser):
    late = given.a_review(
        given.a_juror(scene.call, "private"), scene.submissions["Yaku"], state=ReviewState.ASSIGNED
    )
    given.sign_in(browser, scene.organiser, clock.now())
    page = browser.get(f"{scene.url}/exports?lang=en")
    assert "1 review is open. Until it is final, or excused with a reason" in page.text
    marks = sheet(browser.submit("Download the export", tables=["reviews"], style="csv").response.data)
    assert (len(marks), {row["mark"] for row in marks}) == (16, {""})
    late.state, late.closed_at, late.closed_reason = ReviewState.EXCUSED, NOON, "Viajó"
    db.session.flush()
    page = browser.get(f"{scene.url}/exports?lang=en")
    assert "Marks are still closed" not in page.text
    marks = sheet(browser.submit("Download the export", tables=["reviews"], style="csv").response.data)
    assert {row["mark"] for row in marks} == {"1", "2", "3", "5"}


def test_data_about_people_need_a_purpose_which_stays_in_the_log_and_out_of_the_journal(scene, browser):
    given.sign_in(browser, scene.organiser, clock.now())
    browser.get(f"{scene.url}/exports?lang=en")
    asked = {"preset": "teams", "style": "json", "contact": "y", "birth": "y", "purpose_names": "Sin marcar"}
    page = browser.submit("Download the export", status=422, **asked, purpose_contact="Invitar al acto")
    assert "Write what the dates of birth are for." in page.text
    assert 'value="Invitar al acto"' in page.response.text
    assert db.session.query(Export).count() == 0
    asked["birth"] = ""
    page = browser.submit("Download the export", **asked, purpose_contact="Invitar al acto")
    told = page.response.text
    assert scene.members["Yaku"].email in told
    assert "Persona de Yaku" not in told
    (purpose,) = db.session.query(ExportPurpose)
    assert (purpose.group, purpose.purpose) == (Group.CONTACT, "Invitar al acto")
    body = db.session.query(Entry).filter_by(action="results.exported").one().body
    assert "Invitar" not in body
    assert '"groups":["contact"]' in body
    assert "E-mail addresses: Invitar al acto" in browser.get(f"{scene.url}/exports?lang=en").text


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_a_click(scene, browser, preset):
    given.sign_in(browser, scene.organiser, clock.now())
    browser.get(f"{scene.url}/exports?lang=en")
    found = browser.submit("Download the export", preset=preset, style="json").response.json
    assert [one["name"] for one in found["resources"]] == [name for name in NAMES if name in PRESETS[preset]]


def test_nothing_chosen_exports_nothing(scene, browser):
    given.sign_in(browser, scene.organiser, clock.now())
    browser.get(f"{scene.url}/exports?lang=en")
    assert "Choose what to take." in browser.submit("Download the export", status=422).text


# From the command line


def test_the_command_writes_each_format(scene, run, tmp_path):
    out = tmp_path / "todo.zip"
    run("exports", "make", "judged", "--out", out, "--lang", "es")
    archive = zipfile.ZipFile(out)
    assert archive.namelist() == [*(f"{name}.csv" for name in NAMES), "datapackage.json", "README.txt"]
    assert "Todas las tablas son de un mismo momento" in archive.read("README.txt").decode()
    run("exports", "make", "judged", "--format", "xlsx", "--out", tmp_path / "todo.xlsx")
    assert openpyxl.load_workbook(tmp_path / "todo.xlsx").sheetnames == [*NAMES, "dictionary", "README"]
    result = run("exports", "make", "judged", "--format", "json", "--table", "teams", "--table", "ranking")
    assert [one["name"] for one in json.loads(result.stdout)["resources"]] == ["teams", "ranking"]
    assert run("exports", "make", "judged", "--table", "teams").stdout_bytes.startswith(b"team,name,about")
    assert db.session.query(Export).filter_by(made_by_id=None).count() == 4


def test_the_command_says_what_it_cannot_do(scene, run, tmp_path):
    assert "There is no call “nowhere”." in run("exports", "make", "nowhere", "--lang", "en", code=1).output
    nowhere = run("exports", "make", "judged", "--out", tmp_path / "nowhere/x.csv", "--lang", "es", code=1)
    assert "nowhere/x.csv" in nowhere.stderr
    assert "No se puede escribir" in nowhere.stderr
    unknown = run("exports", "make", "judged", "--table", "marks", "--lang", "es", code=1)
    assert "No existe la tabla «marks». Existen: registrations, teams" in unknown.stderr
    assert (nowhere.stdout, unknown.stdout) == ("", "")


def test_the_command_takes_presets_purposes_and_spanish_spreadsheets(scene, run, tmp_path):
    out = tmp_path / "equipos.zip"
    who = ("--preset", "teams", "--with", "contact=Invitar al acto", "--with", "names=Carteles")
    run("exports", "make", "judged", *who, "--format", "zip", "--semicolons", "--bom", "--out", out)
    with zipfile.ZipFile(out) as whole:
        rows = sheet(whole.read("members.csv"), ";")
    assert {row["email"] for row in rows} == {person.email for person in scene.members.values()}
    assert "province" not in rows[0]
    purposes = {one.group: one.purpose for one in db.session.query(ExportPurpose)}
    assert purposes == {Group.CONTACT: "Invitar al acto", Group.NAMES: "Carteles"}
    refused = run("exports", "make", "judged", "--with", "shoes=Por ver", "--lang", "es", code=1)
    assert "No existe el grupo «shoes». Existen: names, profile" in refused.stderr
    empty = run("exports", "make", "judged", "--with", "birth= ", "--lang", "es", code=1)
    assert "Escriba para qué son las fechas de nacimiento." in empty.stderr
    assert run("results", "export", "judged", "--table", "teams").stdout.startswith("team,name,about")
