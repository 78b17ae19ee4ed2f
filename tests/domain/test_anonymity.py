"""What says who applies: names of files, and names in what people wrote."""

import pytest

from thinkia.domain.anonymity import mentions, neutral_name

ANA = "Ana Lucía Cango Pérez"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Plan de Ana Cango.pdf", "Q7-plan.pdf"),
        ("plan.PDF", "Q7-plan.pdf"),
        ("plan", "Q7-plan"),
        ("informe.cango", "Q7-plan"),
        ("informe.pdf.cango", "Q7-plan"),
    ],
)
def test_a_file_keeps_its_ending_and_nothing_else_of_its_name(name, shown):
    assert neutral_name("Q7", "plan", name) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Ana Cango propone un mapa.",
        "la idea es de ANA LUCIA",
        "Cango, Ana: coordinación",
        "Lo escribió Lucía Pérez en 2025.",
    ],
)
def test_two_names_of_a_person_side_by_side_are_a_mention(text):
    assert mentions(text, people=[ANA]) == [ANA]


@pytest.mark.parametrize(
    "text",
    ["Ana propone un mapa.", "Ana y Luis", "Santa Ana de Cuenca", "El río Cango se desborda.", "", "ana-"],
)
def test_one_name_alone_is_none(text):
    assert mentions(text, people=[ANA]) == []


def test_a_team_and_an_institution_are_found_by_their_whole_name():
    others = ["Yaku Wasi", "Universidad de las Américas", "ESPOL", "Ir"]
    said = "Somos YAKU WASI, de la universidad de las americas y de la Espol; queremos ir lejos."
    assert mentions(said, others=others) == others[:3]
    assert mentions("Wasi es casa, y hay una universidad en las Américas", others=others) == []


def test_addresses_and_mobile_numbers_are_found_by_their_form():
    text = "Escriba a yaku.wasi@gmail.com o llame al 099 123 4567, también +593 99-123-4567. Costo: 0991234."
    assert mentions(text) == ["yaku.wasi@gmail.com", "099 123 4567", "+593 99-123-4567"]


def test_each_is_told_once():
    assert mentions("Ana Cango y Ana Cango", people=[ANA, ANA]) == [ANA]
