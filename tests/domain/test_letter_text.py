"""The text of a letter with blanks: what may stand in it, and how it is filled in."""

import pytest

from thinkia.domain.letter_text import LONGEST, Blank, TextFaultKind, faults, filled

ALLOWED = (Blank.NAME, Blank.CALL)


def test_blanks_are_filled_in_by_their_name_in_either_language():
    values = {Blank.NAME: "Ana", Blank.CALL: "Ríos vivos"}
    assert filled("Hola, {nombre}: {Convocatoria}, { call }.", values) == "Hola, Ana: Ríos vivos, Ríos vivos."


def test_what_is_filled_in_is_not_filled_in_again():
    assert filled("{name}", {Blank.NAME: "{call}", Blank.CALL: "Ríos"}) == "{call}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hola, {nombre}.", []),
        ("Su puntaje: {puntaje} {marca} {puntaje}", [TextFaultKind.UNKNOWN_BLANK] * 2),
        ("Le faltan {pendientes}.", [TextFaultKind.UNKNOWN_BLANK]),  # known, but not of this letter
        ("Hola, {nombre", [TextFaultKind.LONE_BRACE]),
        ("Hola, nombre}", [TextFaultKind.LONE_BRACE]),
        ("x" * (LONGEST + 1), [TextFaultKind.LONG]),
        ("Entre a HTTPS://example.org", [TextFaultKind.ADDRESS]),
        ("Entre a www.example.org", [TextFaultKind.ADDRESS]),
        ("", []),
    ],
)
def test_everything_that_is_wrong_is_found(text, found):
    assert [fault.kind for fault in faults(text, ALLOWED)] == found
