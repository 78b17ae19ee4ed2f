"""What an upload really is: nasty files are refused with a reason, good ones pass."""

import hashlib
import io

import pytest

from tests.submissions import samples
from thinkia.domain.bases import FILE_TYPES, Question, QuestionKind
from thinkia.domain.reasons import Refused
from thinkia.domain.text import Bilingual
from thinkia.submissions.uploads import MEDIA_TYPES, archives, examine


def ask(**limits):
    usual = {"types": FILE_TYPES, "max_bytes": 1_000_000, "max_pages": 10}
    return Question("q", QuestionKind.FILE, Bilingual("Archivo"), **{**usual, **limits})


def look(content, name, **limits):
    return examine(io.BytesIO(content), name, ask(**limits))


def refusal(content, name, **limits):
    with pytest.raises(Refused) as refused:
        look(content, name, **limits)
    return refused.value.reason.value.removeprefix("submission.")


def test_every_type_that_bases_may_allow_is_known():
    assert set(MEDIA_TYPES) == set(FILE_TYPES)


@pytest.mark.parametrize(
    ("content", "name", "pages"),
    [
        (samples.pdf(3), "plan.pdf", 3),
        (samples.PNG, "foto.png", None),
        (samples.JPEG, "foto.jpg", None),
        (samples.JPEG, "foto.JPEG", None),
        (samples.docx(), "plan.docx", None),
        (samples.xlsx(), "plan.xlsx", None),
        (samples.odt(), "plan.odt", None),
        (samples.odt("spreadsheet"), "plan.ods", None),
        (samples.archive({"código/a.py": "x = 1"}), "codigo.zip", None),
        ("año,valor\n1,2\n".encode(), "datos.csv", None),
        ("año;valor\n".encode("cp1252"), "datos.csv", None),
        ("\ufeffHola, ¿qué tal?\r\n".encode(), "nota.txt", None),
    ],
)
def test_a_good_file_passes_with_its_hash_and_pages(content, name, pages):
    found = look(content, name)
    assert (found.size, found.pages) == (len(content), pages)
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert found.media_type == MEDIA_TYPES[name.rpartition(".")[2].lower()]


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (samples.EXE, "plan.pdf", "file_content"),
        (samples.EXE, "foto.png", "file_content"),
        (samples.EXE, "plan.docx", "file_content"),
        (samples.EXE, "datos.csv", "file_content"),
        (samples.EXE, "plan.exe", "file_type"),
        (samples.SVG, "foto.svg", "file_type"),
        (samples.SVG, "foto.png", "file_content"),
        (samples.SVG, "nota.txt", "file_content"),
        (samples.HTML, "pagina.html", "file_type"),
        (samples.HTML, "nota.txt", "file_content"),
        (b"\n" + samples.HTML, "nota.csv", "file_content"),
        (samples.HTML + samples.pdf(), "plan.pdf", "file_content"),
        (samples.PNG, "plan.pdf", "file_content"),
        (samples.pdf(), "foto.png", "file_content"),
        (samples.docx(), "plan.xlsx", "file_content"),
        (samples.archive({"a": "b"}), "plan.docx", "file_content"),
        (samples.odt("spreadsheet"), "plan.odt", "file_content"),
        (samples.pdf(), "plan", "file_type"),
        (b"", "plan.pdf", "file_empty"),
        (b"a\x00b", "nota.txt", "file_content"),
    ],
)
def test_f18_ending_and_content_must_agree(content, name, reason):
    assert refusal(content, name) == reason


def test_only_the_types_of_the_question_are_accepted():
    assert refusal(samples.PNG, "foto.png", types=("pdf",)) == "file_type"
    assert look(samples.JPEG, "foto.jpeg", types=("jpg",)).name == "foto.jpeg"


def test_limits_of_size_and_pages_are_inclusive():
    content = samples.pdf(4)
    assert look(content, "a.pdf", max_bytes=len(content), max_pages=4).pages == 4
    assert refusal(content, "a.pdf", max_bytes=len(content) - 1) == "file_too_large"
    assert refusal(content, "a.pdf", max_pages=3) == "too_many_pages"


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (samples.pdf(password="secreto"), "plan.pdf", "file_encrypted"),
        (samples.locked_office(), "presupuesto.xlsx", "file_encrypted"),
        (samples.locked_zip(), "todo.zip", "file_encrypted"),
        (samples.pdf(script=True), "plan.pdf", "file_has_program"),
        (samples.docx(**{"word/vbaProject.bin": "x"}), "plan.docx", "file_has_program"),
        (samples.odt(**{"Basic/script-lc.xml": "x"}), "plan.odt", "file_has_program"),
        (samples.pdf()[:200], "plan.pdf", "file_damaged"),
        (b"%PDF-1.7 nothing", "plan.pdf", "file_damaged"),
        (samples.docx()[:-30], "plan.docx", "file_damaged"),
        (samples.OLD_OFFICE + b"\0" * 600, "plan.docx", "file_content"),
    ],
)
def test_f20_what_is_locked_runs_or_is_broken_is_refused(content, name, reason):
    assert refusal(content, name) == reason


@pytest.mark.parametrize(
    "content",
    [
        samples.bomb(),
        samples.crowd(),
        samples.overlapping(),
        samples.archive({"../fuera.txt": "x"}),
        samples.archive({"a/../../fuera.txt": "x"}),
        samples.archive({"/etc/passwd": "x"}),
        samples.archive({"..\\fuera.txt": "x"}),
        samples.archive({"C:/fuera.txt": "x"}),
    ],
)
def test_f19_a_dangerous_archive_is_refused_before_anything_is_unpacked(content):
    assert refusal(content, "todo.zip") == "file_bomb"
    assert refusal(content, "plan.docx") == "file_bomb"


def test_a_directory_that_lies_about_its_length_is_not_read(monkeypatch):
    """The end of the archive says how large the directory is: that is looked at first."""
    crowd = samples.crowd(70_000)
    monkeypatch.setattr(archives.zipfile, "ZipFile", lambda *_: pytest.fail("the directory was read"))
    assert refusal(crowd, "todo.zip", max_bytes=50_000_000) == "file_bomb"


def test_f21_the_name_is_cleaned():
    assert look(samples.pdf(), "../../in\u202efdp.\x00pdf").name == "infdp.pdf"
    assert len(look(samples.pdf(), "x" * 10_000 + ".pdf").name) == 200


def test_the_stream_is_left_at_its_beginning():
    stream = io.BytesIO(samples.docx())
    examine(stream, "plan.docx", ask())
    assert stream.tell() == 0
