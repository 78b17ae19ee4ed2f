"""What stands in each column: nothing runs, nothing is lost, and about persons only what has a purpose."""

import json
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial

import fastjsonschema
import pytest

from tests import builders as given
from tests.architecture.house import ROOT
from tests.builders import NOON, some_bases
from tests.exports.crowd import FREE, more_of, say_everywhere
from tests.exports.reading import EVERY_PURPOSE, MARKS, archive, content, read_back, rows_of
from tests.results.scenes import judged
from thinkia.db import db
from thinkia.domain.bases import CompositionRule, PersonAttribute, TeamRules
from thinkia.exports import exporting
from thinkia.exports.models import Group
from thinkia.exports.queries import last_entry
from thinkia.exports.tables import NAMES, PRESETS, tables_of
from thinkia.web.export import Kind, Style

DANGEROUS = ("=cmd|' /C calc'!A0", "@SUM(1+1)", "+1", "-1", "\t=1", "\r=1", "＝1", "  =1")
HARMLESS = ("Ñukanchik t'ikraq O'Brien ’Aya", "'=1 ya con apóstrofo", 'Sumak 🏞️👩🏽‍🔬 kawsay; "a"\nb, c')
WORDS = {Kind.TEXT, Kind.ANY}
ASKED = TeamRules(composition=(CompositionRule(PersonAttribute.INSTITUTION, max_same=9),))
CASTS = {
    Kind.TEXT: str,
    Kind.ANY: str,
    Kind.WHOLE: int,
    Kind.NUMBER: Decimal,
    Kind.TRUTH: {"true": True, "false": False}.__getitem__,
    Kind.MOMENT: datetime.fromisoformat,
    Kind.DAY: date.fromisoformat,
}


@pytest.fixture
def scene(app):
    scene = judged(MARKS, team=ASKED)
    more_of(scene)
    return scene


@pytest.mark.parametrize("style", [Style.ZIP, Style.XLSX])
def test_no_text_that_people_wrote_runs_in_a_spreadsheet(scene, style):
    """Every text column of every table, read back with another library."""
    scene.propose()
    for words in DANGEROUS:
        say_everywhere(scene, words)
        found = read_back(style, content(scene.call, style))
        shown = words.replace("\r", "_x000D_") if style is Style.XLSX else f"'{words}"
        cells = {
            f"{table}.{column}"
            for table, rows in found.items()
            for row in rows
            for column, value in row.items()
            if value == shown
        }
        assert cells - {"conflicts.withdrawn_by"} == FREE, words
        if style is Style.ZIP:
            assert words not in {cell for rows in found.values() for row in rows for cell in row.values()}


@pytest.mark.parametrize("style", [Style.ZIP, Style.XLSX])
def test_nothing_runs_from_any_text_column_of_any_table(scene, style, monkeypatch):
    """Whatever tables and columns there are: each is given rows of dangerous words, and read back."""

    def filled(*arguments, **options):
        tables = tables_of(*arguments, **options)
        return [replace(table, rows=partial(_dangerous_rows, table.columns)) for table in tables]

    monkeypatch.setattr(exporting, "tables_of", filled)
    data = content(scene.call, style)
    found = read_back(style, data)
    assert set(found) == set(NAMES)
    before = "'" if style is Style.ZIP else ""
    expected = [
        before + words.replace("\r", "_x000D_" if style is Style.XLSX else "\r") for words in DANGEROUS
    ]
    for table in tables_of(scene.call, NAMES, groups=Group):
        for column in table.columns:
            if column.kind in WORDS:
                cells = [row[column.name] for row in found[table.name]]
                assert cells == expected, f"{table.name}.{column.name}"
    if style is Style.XLSX:
        assert not any(b"<f>" in archive(data).read(name) for name in archive(data).namelist())


def _dangerous_rows(columns):
    return [[words if one.kind in WORDS else None for one in columns] for words in DANGEROUS]


@pytest.mark.parametrize("style", [Style.ZIP, Style.XLSX, Style.JSON])
def test_other_words_come_back_as_they_were_and_numbers_are_numbers(scene, style):
    scene.propose()
    for words in HARMLESS:
        say_everywhere(scene, words)
        found = read_back(style, content(scene.call, style))
        for name in FREE:
            table, column = name.split(".")
            assert words in {row[column] for row in found[table]}, name
    marks = [row["mark"] for row in found["reviews"]]
    assert {2, 3, 5} <= {Decimal(mark) for mark in marks} <= {1, 2, 3, 4, 5}
    assert {type(mark) for mark in marks} == {str if style is Style.ZIP else int}
    assert found["ranking"][0]["place"] in {1, "1"}


def test_no_spreadsheet_has_a_formula_cell(scene):
    scene.propose()
    say_everywhere(scene, DANGEROUS[0])
    with archive(content(scene.call, Style.XLSX)) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == len(NAMES) + 2
        assert not any(b"<f>" in book.read(name) for name in sheets)


def test_every_preset_comes_with_a_dictionary_that_its_standard_takes(scene):
    scene.propose()
    schema = json.loads((ROOT / "tests/vendor/tabular-data-package.json").read_text())
    is_valid = fastjsonschema.compile(schema)
    for tables in PRESETS.values():
        whole = archive(content(scene.call, Style.ZIP, tables))
        dictionary = json.loads(whole.read("datapackage.json"))
        is_valid(dictionary)
        assert dictionary["created"] == "2026-03-02T12:00:00-05:00"
        last = last_entry(scene.call)
        assert dictionary["journal"] == {"seq": last.seq, "hash": last.hash}
        assert [one["name"] for one in dictionary["resources"]] == [name for name in NAMES if name in tables]
        for resource in dictionary["resources"]:
            _, rows = resource["name"], read_back(Style.ZIP, whole.fp.getvalue())[resource["name"]]
            assert all(field["description"] for field in resource["schema"]["fields"])
            for row in rows:
                assert list(row) == [field["name"] for field in resource["schema"]["fields"]]
                for field in resource["schema"]["fields"]:
                    assert (
                        row[field["name"]] == "" or CASTS[Kind(field["type"])](row[field["name"]]) is not None
                    )
    is_valid(json.loads(content(scene.call, Style.JSON)))


def test_a_sentence_about_each_column_stands_in_both_languages(scene, app):
    for language in ("es", "en"):
        with app.test_request_context(headers={"Accept-Language": language}):
            assert all(column.note for table in tables_of(scene.call, NAMES) for column in table.columns)


PERSONAL = {
    Group.NAMES: {
        *("registrations.name", "teams.representative", "members.name", "jurors.name", "panels.juror_name"),
        *("deliberations.name", "conflicts.declared_by", "conflicts.confirmed_by"),
        *("conflicts.withdrawn_by", "mails.subject"),
        *("metrics.entered_by", "metrics.confirmed_by", "appeals.filed_by", "certificates.name"),
    },
    Group.PROFILE: {
        *(f"{table}.{one}" for table in ("registrations", "members") for one in
          ("sector", "institution", "province", "canton")),
        *("registrations.about", "registrations.attribute:institution", "jurors.institution"),
    },
    Group.CONTACT: {"registrations.email", "members.email", "jurors.email", "mails.to"},
    Group.BIRTH: {"registrations.birth_date"},
    Group.REASONS: {"panels.closed_reason", "reviews_wide.closed_reason", "conflicts.reason"},
    Group.FILES: {"files.name", "files.path"},
}  # fmt: skip


def columns_of(call, groups):
    return {
        f"{table.name}.{name}" for table in tables_of(call, NAMES, groups=groups) for name in table.header
    }


def test_columns_about_persons_leave_only_with_the_group_that_has_a_purpose(scene):
    bare = columns_of(scene.call, ())
    for group, columns in PERSONAL.items():
        assert columns_of(scene.call, [group]) - bare == columns, group
    told = content(scene.call, Style.JSON, purposes={}).decode()
    people = [*scene.members.values(), scene.organiser, *scene.jurors]
    assert not [one.name for one in people if one.name in told]
    assert "@" not in told
    assert "1995-05-17" not in told
    told = content(scene.call, Style.JSON, purposes=EVERY_PURPOSE).decode()
    assert [one.email in told for one in scene.members.values()] == [True] * 4
    assert "1995-05-17" in told


def test_what_is_known_of_a_person_who_withdrew_stays_here(scene):
    gone = given.registered(scene.call, given.an_account("Se Fue", email="se@example.org"))
    gone.withdrawn_at = NOON
    db.session.flush()
    (row,) = (one for one in rows_of(scene.call, "registrations") if one["registration"] == gone.code)
    assert row["withdrawn_at"] == NOON
    assert [row[name] for name in ("name", "email", "birth_date", "province")] == [None] * 4


def test_an_answer_that_says_who_applies_is_about_persons(app):
    first, *rest = some_bases().questions
    scene = judged(MARKS, questions=(replace(first, identifies=True), *rest))
    (bare,) = tables_of(scene.call, ["submissions"])
    (named,) = tables_of(scene.call, ["submissions"], groups=[Group.NAMES])
    assert set(named.header) - set(bare.header) == {f"answer:{first.code}"}
