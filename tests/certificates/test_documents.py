"""The sheet: tagged, one page, every letter readable by machines, and a QR that leads to its page."""

import io

import pypdf
import pytest
import segno
from PIL import Image

from tests import builders as given
from tests.builders import NOON, both, some_bases
from tests.qr import drawn_modules
from thinkia.calls.queries import call_by_code
from thinkia.certificates.documents import document, sample, sample_picture
from thinkia.certificates.models import Certificate
from thinkia.domain.certificates import CertificateKind
from thinkia.outside.mail import address

WORK = {"title": "Un mapa de fugas", "team": "Los Delfines"}
PRIZE = {"es": "Acompañamiento", "en": "Mentoring", "amount": "5000", "currency": "USD"}
MM = 72 / 25.4
QR_CORNER = (243, 164, 272.5, 196)  # millimetres


class Host:
    name = "Municipio de Muestra"


class OneCall:
    """What a sheet reads of a call, without a database."""

    def __init__(self, **changes):
        self.code, self.host, self.bases = "rios", Host(), some_bases(**changes)


def a_certificate(name="Nina Guamán", kind=CertificateKind.PARTICIPATION, call=None, **details):
    certificate = Certificate(
        code="7KQ2MXN4T8WRPH3ZC5VD",
        kind=kind,
        number=42,
        name=name,
        details=details or {"works": [WORK]},
        issued_at=NOON,
    )
    certificate.__dict__["call"] = call or OneCall()
    return certificate


def read(content):
    return pypdf.PdfReader(io.BytesIO(content))


def words_of(content):
    return " ".join(" ".join(page.extract_text() for page in read(content).pages).split())


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "es",
            (
                "Thinkia Certificado de participación Municipio de Muestra certifica que Nina Guamán participó en la "
                "convocatoria Ríos vivos con la propuesta «Un mapa de fugas», del equipo Los Delfines Emitido el lunes "
                "2 de marzo de 2026 Certificado n.º RIOS-0042 Esta página, que abre el código QR, dice si es válido: "
            ),
        ),
        (
            "en",
            (
                "Thinkia Certificate of participation Municipio de Muestra certifies that Nina Guamán took part in the "
                "open call Living rivers with the proposal “Un mapa de fugas”, of the team Los Delfines Issued on Monday "
                "2 March 2026 Certificate no. RIOS-0042 This page, which the QR code opens, says whether it is valid: "
            ),
        ),
    ],
)
def test_it_is_tagged_and_reads_aloud_from_the_name_to_its_address(app, language, expected):
    made = document(a_certificate(), language)
    root, (page,) = read(made).trailer["/Root"], read(made).pages
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"])) == (language, True)
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert [round(float(side) / MM) for side in page.mediabox[2:]] == [297, 210]
    assert words_of(made) == expected + address("certificates.show", code="7KQ2MXN4T8WRPH3ZC5VD")


@pytest.mark.parametrize(
    "name",
    [
        "Ñusta Kuntur P’anka",
        "Sisa K'uychi Ch’aska",
        "ʼAysana Túpac-Yupanqui",
        "Ana 🌱 Sinchi",
        "Żółć Ğül Ŵyn",
    ],
)
def test_every_name_stands_there_as_its_owner_writes_it(app, name):
    assert name in words_of(document(a_certificate(name), "es"))


def test_a_letter_without_a_shape_is_a_box_and_stops_nothing(app):
    assert "□□ Guamán" in words_of(document(a_certificate("漢字 Guamán"), "es"))


def test_the_longest_of_everything_stays_on_one_page_and_keeps_every_word(app):
    name = ("María de los Ángeles Ñusta Killari Túpac " * 5)[:200].strip()
    works = [
        {"title": f"{n} " + "Un título muy largo " * 7, "team": "Los Delfines del Guayas " * 3, "place": n + 1,
         "prizes": [PRIZE] * 2}
        for n in range(6)
    ]  # fmt: skip
    call = OneCall(title=both("Convocatoria nacional de innovación ciudadana " * 4))
    made = document(a_certificate(name, CertificateKind.WINNER, call, works=works), "es")
    assert len(read(made).pages) == 1
    words = words_of(made)
    assert (name in words, "y 2 propuestas más" in words, "RIOS-0042" in words) == (True, True, True)


@pytest.mark.parametrize(
    ("kind", "details", "sentence"),
    [
        ("winner", {"works": [{**WORK, "place": 1, "prizes": [PRIZE]}]}, "obtuvo el primer lugar en la convocatoria"),
        ("winner", {"works": [{**WORK, "place": 1, "prizes": [PRIZE]}]}, "Premio: Acompañamiento (USD 5.000)"),
        ("winner", {"works": [{**WORK, "place": None, "prizes": []}]}, "ganó, con su equipo, en la convocatoria"),
        ("winner", {"works": [{**WORK, "place": n, "prizes": []} for n in (2, 4)]}, "segundo lugar y lugar 4"),
        ("juror", {"sector": "academia", "role": "member"}, "integró el jurado de la convocatoria"),
        ("juror", {"sector": "academia", "role": "chair"}, "presidió el jurado de la convocatoria"),
        ("juror", {"sector": "academia", "role": "secretary"}, "por el sector: Academia"),
    ],
)  # fmt: skip
def test_it_says_what_the_person_did(app, kind, details, sentence):
    assert sentence in words_of(document(a_certificate(kind=CertificateKind(kind), **details), "es"))


def test_what_people_typed_is_never_read_as_markup(app):
    assert '#panic("x") *a*' in words_of(document(a_certificate('#panic("x") *a*'), "es"))


def test_the_qr_that_is_drawn_is_the_address_of_its_page(app):
    where = address("certificates.show", code="7KQ2MXN4T8WRPH3ZC5VD")
    wanted = [[bool(one) for one in row] for row in segno.make(where, error="m", micro=False).matrix]
    assert drawn_modules(document(a_certificate(), "es"), len(wanted), QR_CORNER, 100) == wanted


def test_every_font_is_inside_and_the_same_certificate_is_the_same_file(app):
    made = document(a_certificate("Ana 🌱"), "es")
    fonts = [font.get_object() for font in read(made).pages[0]["/Resources"]["/Font"].values()]
    inside = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in inside)
    assert made == document(a_certificate("Ana 🌱"), "es")


def test_a_sample_is_there_in_both_languages_as_pdf_and_as_picture(app):
    call = call_by_code(given.a_call(some_bases()).code)
    assert "Nombre de la persona participó" in words_of(sample(call, NOON, "es"))
    assert "Name of the person took part" in words_of(sample(call, NOON, "en"))
    image = Image.open(io.BytesIO(sample_picture(call, NOON, "es")))
    assert (image.format, image.size) == ("PNG", (702, 496))
