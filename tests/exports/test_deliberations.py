"""What panels said and which marks they changed leave with the exports, and no sooner than marks do."""

import csv
import io
import zipfile
from decimal import Decimal

import pytest

from tests.agreements.world import a_scene, asked, fresh
from tests.exports.reading import made, rows_of
from tests.jury.deliberating import a_panel, change, later, say
from tests.jury.world import NOW
from thinkia.agreements import services as agreements
from thinkia.jury.queries.reviews import review_by_code
from thinkia.jury.services import conflicts


@pytest.fixture
def panel(app):
    panel = a_panel()
    say(panel, "ana", "=¿Quién repara?")
    change(panel, "beto", 3, 4, reason="Primero", now=later(1))
    change(panel, "beto", 4, 2, reason="Segundo", now=later(2))
    return panel


def test_every_change_is_a_row_with_both_values_and_the_reason(panel):
    rows = rows_of(panel.call, "mark_changes")
    told = [(row["version"], row["criterion"], row["was"], row["became"], row["reason"]) for row in rows]
    assert told == [
        (1, "impacto", Decimal(1), Decimal(3), "Primero"),
        (2, "impacto", Decimal(3), Decimal(4), "Segundo"),
        (2, "viabilidad", Decimal(4), Decimal(2), "Segundo"),
    ]
    first = rows[0]
    assert (first["how"], first["juror"], first["sector"]) == (
        "deliberation",
        panel.jurors["beto"].code,
        "public",
    )
    assert first["changed_at"] > first["final_since"]


def test_what_was_reopened_by_two_persons_stands_there_too(app):
    scene = a_scene()
    agreements.confirm(asked(scene), fresh(scene.luis), NOW)
    review = review_by_code(scene.review.code)
    review.marks[0].value = Decimal(2)
    (row,) = rows_of(scene.call, "mark_changes")
    assert (row["how"], row["was"], row["became"]) == ("reopened", Decimal(4), Decimal(2))
    assert row["reason"].startswith("El archivo")


def test_the_zip_has_both_tables_and_only_once_no_review_is_open(panel):
    def files(*, with_marks):
        export = made(panel.call, now=NOW, with_marks=with_marks)
        with export.file, zipfile.ZipFile(export.file) as archive:
            names = [name for name in archive.namelist() if name.endswith(".csv")]
            return {name: list(csv.DictReader(io.StringIO(archive.read(name).decode()))) for name in names}

    open_still = files(with_marks=False)
    assert (open_still["mark_changes.csv"], open_still["deliberations.csv"]) == ([], [])
    conflicts.excuse(review_by_code(panel.reviews["dora"].code), "No pudo", panel.actor, NOW)
    all_in = files(with_marks=True)
    assert len(all_in["mark_changes.csv"]) == 3
    (note,) = all_in["deliberations.csv"]
    assert (note["name"], note["note"], note["role"]) == ("Ana", "'=¿Quién repara?", "member")
