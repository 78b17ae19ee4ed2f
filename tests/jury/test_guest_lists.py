"""Lists of people as organisers keep them: what is understood, and what is refused in words."""

import io
import zipfile

import openpyxl
import pytest
from flask_babel import force_locale

from thinkia.jury import guest_lists
from thinkia.jury.guest_lists import LIMITS, Known, RowFault, sentences
from thinkia.policy.actor import JurorRole
from thinkia.web.sheets import SheetFault, Unreadable, opened

CODES = ("public", "academia", "private", "civil_society", "cooperation", "pueblos_indigenas")


def people(text, **usual):
    content = text.encode() if isinstance(text, str) else text
    return guest_lists.read(opened(content, LIMITS), Known(CODES, **usual)).entries


def faults(text, **usual):
    return [[fault.kind for fault in entry.faults] for entry in people(text, **usual)]


def why(content):
    with pytest.raises(Unreadable) as refused:
        people(content)
    return refused.value.fault


def a_sheet(*rows):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def repacked(content, **parts):
    """The same archive with some parts replaced or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, parts.pop(entry.filename, None) or old.read(entry))
        for name, part in parts.items():
            new.writestr(name, part)
    return file.getvalue()


def test_headings_are_understood_in_both_languages_in_any_order():
    spanish = people(
        "Correo electrónico;Nombres;Apellidos;Sector;Institución;Rol;Propuestas como máximo;Idioma\n"
        "ANA@example.org;Ana;Cango;Sociedad civil;Junta de agua;Presidenta;12;inglés\n"
    )
    english = people(
        "Role,Language,Name,E-mail,Institution,Proposals at most,Sector\n"
        'chair,English,Ana Cango,ana@example.org,"Junta de agua",12,civil society\n'
    )

    assert [entry.guest for entry in spanish] == [entry.guest for entry in english]
    guest = spanish[0].guest
    assert (guest.name, guest.email, guest.institution) == ("Ana Cango", "ana@example.org", "Junta de agua")
    assert (guest.sector, guest.role, guest.language, guest.capacity) == (
        "civil_society",
        JurorRole.CHAIR,
        "en",
        12,
    )


def test_lines_without_headings_are_told_by_what_stands_in_them():
    found = people(
        "Ana Cango <ana@example.org>, ONG\nEva Loor\teva@example.org\tUniversidad".replace("\t", ",")
    )
    assert [(each.guest.name, each.guest.email, each.guest.sector) for each in found] == [
        ("Ana Cango", "ana@example.org", "civil_society"),
        ("Eva Loor", "eva@example.org", "academia"),
    ]


def test_a_sector_of_the_calls_own_and_a_usual_sector_are_taken():
    found = people(
        "nombre;correo;sector\nAna;ana@example.org;Pueblos indígenas\nEva;eva@example.org;", sector="private"
    )
    assert [entry.guest.sector for entry in found] == ["pueblos_indigenas", "private"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_accents_survive_however_the_file_was_saved(encoding):
    content = "Nombre;Correo;Sector\nIñés Peñaherrera;ines@example.org;Público\n".encode(encoding)
    sheet = opened(content, LIMITS)
    found = guest_lists.read(sheet, Known(CODES))

    assert found.entries[0].guest.name == "Iñés Peñaherrera"
    assert found.guessed is (encoding == "cp1252")  # a guess is said on the page


def test_a_spreadsheet_reads_as_its_lines_do():
    rows = [
        ("Nombre", "Correo", "Sector", "Máximo"),
        ("Ana", "ana@example.org", "Academia", 12),
        (),
        ("Eva", "eva@example.org", "ONG"),
    ]
    found = people(a_sheet(*rows))
    assert [(each.number, each.guest.name, each.guest.capacity) for each in found] == [
        (2, "Ana", 12),
        (4, "Eva", None),
    ]


def test_everything_that_is_wrong_with_a_row_is_found_at_once():
    text = (
        "nombre;correo;sector;rol;idioma;máximo\n"
        ";ana@;Marte;rey;latín;muchas\n"
        "Eva;;;;;\n"
        "=1+1;eva@example.org;ONG;;;\n"
        "Luz;EVA@example.org;ONG;;;\n"
    )  # fmt: skip
    assert faults(text) == [
        [
            RowFault.NO_NAME,
            RowFault.EMAIL,
            RowFault.SECTOR,
            RowFault.ROLE,
            RowFault.LANGUAGE,
            RowFault.CAPACITY,
        ],
        [RowFault.NO_EMAIL, RowFault.NO_SECTOR],
        [RowFault.FORMULA],
        [RowFault.TWICE],
    ]


def test_a_jury_has_one_chair_on_a_list_too():
    text = "nombre;correo;sector;rol\nAna;ana@example.org;ONG;preside\nEva;eva@example.org;ONG;chair"
    assert faults(text) == [[], [RowFault.SECOND_CHAIR]]


@pytest.mark.parametrize("start", ["=cmd|' /C calc'!A0", "+1", "@SUM(1)", "-1", "＝1"])
def test_text_that_a_spreadsheet_would_run_is_refused(start):
    assert faults(f'nombre,correo,sector\n"{start}",ana@example.org,ONG') == [[RowFault.FORMULA]]


def test_a_name_with_the_separator_in_it_needs_quotes_and_the_fault_says_so():
    text = 'nombre,correo,sector\nCango, Ana,ana@example.org,ONG\n"Loor, Eva",eva@example.org,ONG'
    first, second = faults(text)
    assert RowFault.MORE_CELLS in first
    assert second == []


def test_files_that_are_no_list_are_refused_with_the_reason():
    good = a_sheet(("Nombre", "Correo", "Sector"), ("Ana", "ana@example.org", "ONG"))
    line = "Ana;ana@example.org;ONG\n"

    assert why(b"") is SheetFault.EMPTY
    assert why(b" \n;;\n") is SheetFault.EMPTY
    assert why(b"nombre;correo;sector\n") is SheetFault.EMPTY
    assert why(b"nombre;sector\nAna;ONG\n") is SheetFault.NO_COLUMN
    assert why(b"%PDF-1.7\n\x00\x01\x02") is SheetFault.NOT_TEXT
    assert why(b"Jos\x81 ana@example.org") is SheetFault.NOT_TEXT  # no letter of Windows' either
    assert why(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) is SheetFault.OLD_SPREADSHEET
    assert why(b"x" * 2_000_001) is SheetFault.TOO_LARGE
    assert why(line * 10_000) is SheetFault.TOO_MANY_ROWS
    assert why("ana@example.org;" + ";x" * 60) is SheetFault.TOO_MANY_COLUMNS
    assert why(good[:-30]) is SheetFault.DAMAGED
    assert why(repacked(good, **{"xl/workbook.xml": b"<no"})) is SheetFault.DAMAGED


def test_archives_that_burst_are_refused_before_anybody_unpacks_them():
    good = a_sheet(("Correo",), ("ana@example.org",))
    assert why(repacked(good, **{"xl/zeros.xml": bytes(30_000_000)})) is SheetFault.BURSTS
    assert why(repacked(good, **{"xl/zeros.xml": bytes(5_000_000)})) is SheetFault.BURSTS  # by its ratio
    assert why(repacked(good, **{f"xl/{number}.xml": b"x" for number in range(300)})) is SheetFault.BURSTS
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("letter.txt", "hello")
    assert why(other.getvalue()) is SheetFault.OTHER_FORMAT


def test_an_archive_that_lies_about_its_size_is_refused():
    """The directory says 10 bytes; the part holds ten million."""
    good = repacked(a_sheet(("Correo",), ("ana@example.org",)), **{"xl/zeros.xml": bytes(10_000_000)})
    lie = good.replace((10_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lie != good
    assert why(lie) is SheetFault.DAMAGED


@pytest.mark.parametrize(
    ("place", "fault"), [("A1048576", SheetFault.TOO_MANY_ROWS), ("XFD2", SheetFault.TOO_MANY_COLUMNS)]
)
def test_a_cell_far_out_is_refused_before_room_is_made_for_all_between(place, fault):
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"], book.active[place] = "ana@example.org", "x"
    book.save(file)
    assert why(file.getvalue()) is fault


@pytest.mark.parametrize("language", ["es", "en"])
def test_what_the_sample_sheet_offers_is_understood_when_it_comes_back(app, language):
    with force_locale(language):
        headings = [str(heading) for heading in sentences.HEADINGS.values()]
        content = guest_lists.sample(
            ("Jurors", "Example"), headings, {2: ["Academia"]}, [sentences.sample_row()]
        )
        shown = openpyxl.load_workbook(io.BytesIO(content))
        rows = list(shown.worksheets[1].values)

    assert why(content) is SheetFault.EMPTY  # the example stands on a sheet of its own
    found = people(a_sheet(*rows))[0]
    assert found.faults == ()
    assert (found.guest.sector, found.guest.language, found.guest.capacity) == ("academia", "es", 12)


def test_a_list_that_is_put_right_by_hand_keeps_what_was_written(app):
    found = people("Correo;Nombre;Sector\nana@;Ana;Marte")
    text = guest_lists.as_text(found, sentences.HEADINGS)
    assert people(text)[0].written == {"name": "Ana", "email": "ana@", "sector": "Marte"}
