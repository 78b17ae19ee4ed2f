"""What every document of the house is: tagged, titled, in a language, readable by machines as by people."""

import io
import shutil
from datetime import UTC, datetime

import pypdf
import pytest

from thinkia.outside import documents

NOW = datetime(2026, 11, 27, 15, tzinfo=UTC)


@pytest.fixture
def made(tmp_path, monkeypatch):
    """made(text, language): a document of one paragraph."""
    template = '#import "/outside/documents/house.typ": *\n#show: house\n= #data.title\n#data.text'
    shutil.copytree(documents.HOUSE / "outside/documents", tmp_path / "outside/documents")
    (tmp_path / "one.typ").write_text(template)
    monkeypatch.setattr(documents, "HOUSE", tmp_path)

    def make(text, language="es"):
        return documents.pdf("one.typ", {"title": "Papeleta", "text": text}, language, NOW)

    return make


def read(content):
    return pypdf.PdfReader(io.BytesIO(content))


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_document_is_tagged_and_says_its_title_and_language(made, language):
    document = read(made("Hola", language))
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - an object of the PDF
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == language
    assert document.metadata.title == "Papeleta"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


@pytest.mark.parametrize(
    "text", ["¿Año, pingüino, ÁÉÍÓÚ?", "Ñukanchik p’anka, ʼaysana, k'uchu", "Sapi 🌱 ✅ 👩🏽‍🌾"]
)
def test_spanish_kichwa_and_emoji_are_there_as_written(made, text):
    assert text in read(made(text)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("text", "stands"), [("漢字 y agua", "□□ y agua"), ("Río 🌱漢", "Río 🌱□"), ("nul\x01o", "nulo")]
)
def test_a_letter_without_a_shape_stands_as_a_box_and_stops_nothing(made, text, stands):
    assert stands in read(made(text)).pages[0].extract_text()


def test_what_people_typed_is_never_read_as_markup(made):
    text = '#panic("no") *a* $x$ `b` #include "/etc/passwd"'
    assert text in read(made(text)).pages[0].extract_text()


def test_the_same_data_make_the_same_bytes(made):
    assert made("Hola") == made("Hola")


def test_every_font_is_inside(made):
    fonts = [font.get_object() for font in read(made("Sapi 🌱")).pages[0]["/Resources"]["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert len(descriptors) == 3  # regular, bold, emoji
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in descriptors)
