"""Every letter about accounts and staff, in both languages."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

import thinkia
from tests.markup import faults
from thinkia.accounts import emails
from thinkia.organisations import emails as staff_emails
from thinkia.outside.mail import rendered

NAMES = ["verify", "known", "code", "reset", "first", "none", "changed", "device", "odd", "added", "invited"]
NAMES += ["named"]
HOST = SimpleNamespace(code="muestra", name="Municipio de Muestra")


def letters(language):
    account = SimpleNamespace(
        email="ana@example.org", name="Ana Toapanta", language=language, verified_at="2026-03-02"
    )
    unproved = SimpleNamespace(**{**vars(account), "verified_at": None})
    return {
        "verify": emails.verify(unproved, "SECRET"),
        "known": emails.known_address(account),
        "code": emails.code(account, "048213"),
        "reset": emails.reset(account, "SECRET"),
        "first": emails.reset(unproved, "SECRET"),
        "none": emails.no_account("ana@example.org", language),
        "changed": emails.password_changed(account),
        "device": emails.new_device(account, "Chrome, Android"),
        "odd": emails.new_device(account, ""),
        "added": staff_emails.added(account, HOST),
        "invited": staff_emails.invited(unproved, HOST, "SECRET"),
        "named": staff_emails.named_second(account, HOST),
    }


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_letter_is_whole(app, language, name):
    letter = letters(language)[name]
    subject, text, html = rendered(letter)
    assert subject.startswith(("Thinkia: ", "Municipio de Muestra: "))
    assert len(re.findall(r"^https?://\S+$", text, re.MULTILINE)) == (0 if name == "code" else 1)
    assert not re.search(r"%\(|{{|\bNone\b", text)
    assert f'lang="{language}"' in html
    assert [fault for fault in faults(html) if not fault.startswith("h1")] == []
    assert ("SECRET" in text or "048213" in text) == letter.secret
    assert "SECRET" not in subject


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("name", NAMES)
def test_no_letter_is_the_same_in_both_languages(app, name):
    (es, text_es, _), (en, text_en, _) = (rendered(letters(language)[name]) for language in ("es", "en"))
    assert es != en
    shared = set(text_es.split("\n\n")) & set(text_en.split("\n\n"))
    assert [
        paragraph for paragraph in shared if not re.fullmatch(r"https?://\S+|\d{6}", paragraph.strip())
    ] == []


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("name", ["verify", "first", "none", "invited"])
def test_a_letter_to_an_address_that_was_not_proved_says_nothing_that_a_stranger_typed(app, name):
    _, text, html = rendered(letters("es")[name])
    assert "Ana Toapanta" not in text + html


@pytest.mark.database("sqlite")
def test_every_letter_is_looked_at(app):
    assert list(letters("es")) == NAMES
    written = {letter.template for letter in letters("es").values()}
    folders = [
        Path(thinkia.__file__).parent / name / "templates/emails" for name in ("accounts", "organisations")
    ]
    assert {each.rpartition("/")[2] for each in written} == {
        file.name for folder in folders for file in folder.glob("*.txt")
    }
