"""Every letter to jurors, in both languages."""

import pytest

from tests import builders as given
from tests.jury.world import NOW, a_reading_call
from thinkia.jury import emails
from thinkia.outside.mail import rendered

LETTERS = {
    "invitation": lambda juror, call: emails.invitation(juror, call, "secreto"),
    "answer_reminder": lambda juror, call: emails.answer_reminder(juror, call, "secreto"),
    "sign_statement": emails.sign_statement,
    "assignment": lambda juror, call: emails.assignment(juror, call, 12),
    "reminder": lambda juror, call: emails.reminder(juror, call, 1),
    "access": lambda juror, call: emails.access(juror, call, "secreto"),
    "revoked": emails.revoked,
    "named_chair": emails.named_chair,
}
SUBJECTS = {
    ("invitation", "es"): "Ríos vivos: invitación al jurado",
    ("invitation", "en"): "Living rivers: invitation to the jury",
    ("answer_reminder", "es"): "Ríos vivos: su respuesta a la invitación",
    ("answer_reminder", "en"): "Living rivers: your answer to the invitation",
    ("sign_statement", "es"): "Ríos vivos: firme su declaración antes de leer",
    ("sign_statement", "en"): "Living rivers: sign your statement before reading",
    ("assignment", "es"): "Ríos vivos: las propuestas que le toca leer",
    ("assignment", "en"): "Living rivers: your proposals to read",
    ("reminder", "es"): "Ríos vivos: propuestas que le faltan por leer",
    ("reminder", "en"): "Living rivers: proposals left to read",
    ("named_chair", "es"): "Ríos vivos: usted preside el jurado",
    ("named_chair", "en"): "Living rivers: you chair the jury",
    ("access", "es"): "Ríos vivos: su nuevo enlace al jurado",
    ("access", "en"): "Living rivers: your new link to the jury",
    ("revoked", "es"): "Ríos vivos: usted ya no está en el jurado",
    ("revoked", "en"): "Living rivers: you are no longer on the jury",
}


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_has_one_purpose_one_link_and_says_why_it_came(app, name, language):
    call = a_reading_call().call
    juror = given.a_juror(call, "civil_society", now=NOW, language=language)
    subject, text, html = rendered(LETTERS[name](juror, call))

    assert subject == SUBJECTS[name, language]
    assert [line for line in text.split("\n") if line.startswith("http")] == [
        line for line in text.split("\n") if "://" in line
    ]
    assert text.count("http") == 1
    assert ("Recibe este correo" if language == "es" else "You receive this because") in text
    assert "%(" not in text
    assert f'lang="{language}"' in html


def test_the_effort_and_the_numbers_agree_with_the_count(app):
    call = a_reading_call().call
    juror = given.a_juror(call, now=NOW)
    _, one, _ = rendered(emails.assignment(juror, call, 1))
    _, many, _ = rendered(emails.assignment(juror, call, 12))
    assert "Le toca leer 1 propuesta de «Ríos vivos»." in one
    assert "Le toca leer 12 propuestas de «Ríos vivos»." in many
