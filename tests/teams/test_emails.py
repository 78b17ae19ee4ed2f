"""Every letter about registrations and teams, in both languages."""

import re
from datetime import timedelta

import pytest

from tests import builders as given
from tests.teams.world import a_call, enter, start
from thinkia.outside.mail import rendered
from thinkia.registration import emails as welcome_letters
from thinkia.teams import emails
from thinkia.teams.models import Invitation

NAMES = (
    "welcome",
    "invitation",
    "request_received",
    "request_accepted",
    "request_declined",
    "joined",
    "left",
    "removed",
    "representation_offered",
    "handed_over",
)


def letter(name, language):
    """One letter of each kind, to a reader of this language."""
    call = a_call()
    team, nina = start(call, "Yaku <Wasi>", who=enter(call, "Nina Quilumba"))
    reader = enter(call, "Tomás Vélez")
    reader.language = language
    invited = Invitation(email="rosa@example.org", expires_at=given.NOON + timedelta(days=7))
    letters = {
        "welcome": lambda: welcome_letters.welcome(call, reader),
        "invitation": lambda: emails.invitation(team, invited, nina.name, language=language, token="T0KEN"),
        "request_received": lambda: emails.request_received(team, reader, nina.name),
        "request_accepted": lambda: emails.request_accepted(team, reader),
        "request_declined": lambda: emails.request_declined(team, reader),
        "joined": lambda: emails.joined(team, reader, nina),
        "left": lambda: emails.left(team, reader, nina),
        "removed": lambda: emails.removed(team, reader),
        "representation_offered": lambda: emails.representation_offered(team, reader, nina),
        "handed_over": lambda: emails.handed_over(team, reader, nina),
    }
    return letters[name]()


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_letter_has_one_purpose_one_link_and_says_why_it_came(app, name, language):
    subject, text, html = rendered(letter(name, language))
    assert subject.startswith({"es": "Ríos vivos: ", "en": "Living rivers: "}[language])
    links = re.findall(r"^https?://\S+$", text, re.MULTILINE)
    assert len(links) == 1
    assert text.count("http") == 1
    why = {"es": "Recibe este mensaje porque", "en": "You receive this message because"}[language]
    assert text.strip().splitlines()[-1].startswith(why)
    assert re.findall(r"%\(\w+\)|{{|\bNone\b|\n{4,}", text) == []
    assert "<Wasi>" not in html
    assert f'lang="{language}"' in html


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("name", NAMES)
def test_the_two_languages_are_two(app, name):
    spanish, english = (rendered(letter(name, language)) for language in ("es", "en"))
    same = set(spanish[1].splitlines()) & set(english[1].splitlines())
    assert {line for line in same if line and not line.startswith("http")} == set()


@pytest.mark.database("sqlite")
def test_only_an_invitation_carries_a_secret(app):
    assert [name for name in NAMES if letter(name, "es").secret] == ["invitation"]
    assert "/team-invitations/T0KEN" in rendered(letter("invitation", "es"))[1]
