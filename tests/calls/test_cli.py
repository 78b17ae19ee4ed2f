"""``flask calls``: call files in and out, with one person's rights."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests import builders as given
from tests.builders import NOON, both
from thinkia.calls.call_file import write_bases
from thinkia.calls.models import BasesVersion, Call
from thinkia.calls.queries import call_by_code, draft_version, published_versions
from thinkia.db import db
from thinkia.domain.bases import TieKey, TieKeyKind
from thinkia.domain.lifecycle import CallState
from thinkia.policy.actor import StaffRole


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()

    def run(*arguments, code=0):
        result = runner.invoke(args=["calls", *map(str, arguments)])
        assert result.exit_code == code, result.output
        db.session.expire_all()
        return result

    return run


@pytest.fixture
def host(app):
    return given.a_host("quito")


@pytest.fixture
def ana(host):
    return given.an_organiser(host, email="ana@example.org", language="es")


@pytest.fixture
def file(tmp_path):
    def file(bases=None, *, text=None):
        path = tmp_path / "call.yaml"
        path.write_text(text if text is not None else write_bases(bases))
        return path

    return file


def test_an_unknown_code_makes_a_draft_and_importing_again_replaces_it(run, host, ana, file):
    bases = given.some_bases("rios")
    assert "rios" in run("import", file(bases), "--host", "quito", "--as", ana.email).output
    run("import", file(replace(bases, title=both("Lagos vivos"))), "--host", "quito", "--as", ana.email)

    call = call_by_code("rios")
    assert (call.state, call.bases.title.es) == (CallState.DRAFT, "Lagos vivos")
    assert db.session.query(BasesVersion).filter_by(call_id=call.id).count() == 1


def test_what_is_exported_and_imported_again_is_the_same_to_the_byte(run, host, ana, file, tmp_path):
    run("import", file(given.some_bases("rios")), "--host", "quito", "--as", ana.email)
    first, second = tmp_path / "one.yaml", tmp_path / "two.yaml"
    run("export", "rios", "--out", first)
    run("import", first, "--host", "quito", "--as", ana.email)
    run("export", "rios", "--out", second)

    assert first.read_bytes() == second.read_bytes() == write_bases(given.some_bases("rios")).encode()
    assert run("export", "rios").stdout_bytes == first.read_bytes()


def test_a_published_call_changes_with_a_reason_and_as_a_new_version(run, host, ana, file):
    given.a_call(given.some_bases("rios"), host=host, organiser=ana)
    longer = file(replace(given.some_bases("rios"), title=both("Ríos y lagos")))

    refused = run("import", longer, "--host", "quito", "--as", ana.email, code=1)
    assert "Escriba el motivo" in refused.stderr
    assert draft_version(call_by_code("rios")) is None

    run("import", longer, "--host", "quito", "--as", ana.email, "--reason", "Se suman los lagos.")
    call = call_by_code("rios")
    assert [(one.number, one.reason) for one in published_versions(call)] == [
        (2, "Se suman los lagos."),
        (1, ""),
    ]
    assert call.bases.title.es == "Ríos y lagos"


def test_the_bases_in_force_imported_again_are_no_new_version(run, host, ana, file, tmp_path):
    given.a_call(given.some_bases("rios"), host=host, organiser=ana)
    copy, again = tmp_path / "copy.yaml", tmp_path / "again.yaml"
    run("export", "rios", "--out", copy)

    done = run("import", copy, "--host", "quito", "--as", ana.email, "--reason", "x", "--lang", "en")
    assert "Nothing has changed" in done.stderr
    assert len(published_versions(call_by_code("rios"))) == 1
    run("export", "rios", "--out", again)
    assert copy.read_bytes() == again.read_bytes()


def test_a_file_that_cannot_be_written_is_said(run, host, ana, tmp_path):
    given.a_call(given.some_bases("rios"), host=host, organiser=ana)
    refused = run("export", "rios", "--out", tmp_path / "nowhere" / "x.yaml", "--lang", "es", code=1)
    assert "No se puede escribir el archivo" in refused.stderr


def test_a_call_is_one_line_of_the_list_whatever_its_title(run, host, ana):
    given.a_call(given.some_bases("rios", title=both("Ríos\n\tvivos\n")), host=host, organiser=ana)
    assert run("list", "--lang", "en").stdout.splitlines() == ["rios\tquito\tPublished\tRíos vivos"]


def test_every_error_is_told_at_once_with_its_place_and_nothing_changes(run, host, ana, file):
    text = write_bases(given.some_bases("rios"))
    broken = text.replace("weight: 40", "weight: 10").replace("max: 4\n", "max: 0\n")
    assert broken.count("weight: 10") == broken.count("max: 0\n") == 1
    path = file(text=broken)

    found = run("import", path, "--host", "quito", "--as", ana.email, code=1)
    lines = found.stderr.splitlines()
    assert len(lines) == 2
    assert [line.startswith(f"{path}:") for line in lines] == [True, True]
    places = [tuple(map(int, line.removeprefix(f"{path}:").split(":")[:2])) for line in lines]
    assert all(line and column for line, column in places)
    assert "ponderaciones" in found.stderr or "pesos" in found.stderr or "suman" in found.stderr
    assert "weights" not in found.stderr
    assert db.session.query(Call).count() == 0

    english = run("import", path, "--host", "quito", "--as", ana.email, "--lang", "en", code=1)
    assert "weight" in english.stderr


def test_what_keeps_a_change_from_being_published_has_its_place_in_the_file(run, host, ana, file):
    given.a_call(given.some_bases("rios"), host=host, organiser=ana)
    path = file(replace(given.some_bases("rios"), tie_break=(TieKey(TieKeyKind.CHAIR),)))

    found = run("import", path, "--host", "quito", "--as", ana.email, "--reason", "x", code=1)
    place = found.stderr.removeprefix(f"{path}:").split(":")
    assert int(place[0]) == 1 + path.read_text().splitlines().index("tie_break:")
    assert draft_version(call_by_code("rios")) is None


@pytest.mark.parametrize("role", [StaffRole.READER, None])
def test_only_an_organiser_of_the_host_may_import(run, host, file, role):
    person = given.an_organiser(host, role) if role else given.an_organiser(given.a_host())
    path = file(given.some_bases("rios"))
    assert "no puede" in run("import", path, "--host", "quito", "--as", person.email, code=1).stderr
    assert db.session.query(Call).count() == 0


def test_a_code_of_another_host_is_taken(run, host, ana, file):
    given.a_call(given.some_bases("rios"))
    taken = run("import", file(given.some_bases("rios")), "--host", "quito", "--as", ana.email, code=1)
    assert "«rios» ya está en uso" in taken.stderr


def test_a_call_is_published_by_who_may(run, host, ana):
    given.a_draft_call(given.some_bases("rios"), host=host, organiser=ana)
    reader = given.an_organiser(host, StaffRole.READER)
    run("publish", "rios", "--as", reader.email, code=1)
    assert call_by_code("rios").state == CallState.DRAFT

    run("publish", "rios", "--as", ana.email)
    assert call_by_code("rios").state == CallState.PUBLISHED
    assert "rios\tquito\tPublished\tLiving rivers" in run("list", "--lang", "en").output


def test_publishing_says_everything_that_is_missing(run, host, ana):
    bases = replace(given.some_bases("rios"), challenges=(), questions=(), cut_off=Decimal(60))
    given.a_draft_call(bases, host=host, organiser=ana)
    assert len(run("publish", "rios", "--as", ana.email, code=1).stderr.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("import", "/nowhere.yaml", "--host", "quito", "--as", "ana@example.org"), "no se puede leer"),
        (("import", "x", "--host", "loja", "--as", "ana@example.org"), "loja"),
        (
            ("import", "x", "--host", "quito", "--as", "nobody@example.org", "--lang", "es"),
            "nobody@example.org",
        ),
        (("export", "nothing", "--lang", "es"), "nothing"),
        (("publish", "nothing", "--as", "ana@example.org"), "nothing"),
    ],
)
def test_what_is_not_there_is_said(run, host, ana, arguments, sentence):
    assert sentence in run(*arguments, code=1).stderr


def test_who_has_not_verified_the_address_acts_for_nobody(run, host, file):
    ghost = given.an_organiser(host, email="ghost@example.org", verified_at=None)
    run("import", file(given.some_bases("rios", NOON)), "--host", "quito", "--as", ghost.email, code=1)
