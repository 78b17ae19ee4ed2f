"""A new call: from a template, a copy, a file."""

from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from tests import builders as given
from tests.builders import DAY
from thinkia.calls.call_file import shipped_codes, write_bases
from thinkia.calls.queries import call_by_code
from thinkia.db import db
from thinkia.organisations.models import Staff
from thinkia.policy.actor import StaffRole


@pytest.mark.parametrize("template", shipped_codes())
def test_a_template_becomes_a_draft_that_starts_in_two_weeks(mine, host, now, template):
    mine.get("/manage/calls/new")
    page = mine.submit(
        "Create the draft",
        start=f"template:{template}",
        code="mis-rios",
        title_es="Mis ríos",
        title_en="My rivers",
    )
    assert page.path == "/manage/calls/mis-rios/rules"

    bases = call_by_code("mis-rios").bases
    zone = ZoneInfo(bases.time_zone)
    first = min(bases.calendar.registration.opens, bases.calendar.submission.opens)
    assert first.astimezone(zone).date() == (now + 14 * DAY).date()
    assert (bases.title.es, bases.host.name, bases.source) == ("Mis ríos", "Municipio de Muestra", None)
    assert "Mis ríos" in mine.get("/manage/calls").text or "My rivers" in mine.page.text


def test_a_call_of_the_host_can_be_copied(mine, call, host):
    mine.get("/manage/calls/new")
    mine.submit("Create the draft", start="call:rios", code="rios-dos", title_es="Ríos dos")
    copy = call_by_code("rios-dos").bases
    assert copy.rubric == call.bases.rubric
    length = call.calendar.submission.closes - call.calendar.submission.opens
    assert copy.calendar.submission.closes - copy.calendar.submission.opens == length


def test_another_hosts_call_cannot_be_copied(mine, host, now):
    given.a_call(given.some_bases("ajena", now), now=now)
    page = mine.get("/manage/calls/new")
    assert "call:ajena" not in page.response.text
    mine.submit("Create the draft", start="call:ajena", code="robada", title_es="x", status=422)
    assert call_by_code("robada") is None


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("rios", "“rios” is already in use"),
        ("Ríos 2026", "cannot be the code of a call"),
        ("", "This is needed."),
    ],
)
def test_a_code_that_cannot_be_keeps_what_was_typed(mine, call, code, sentence):
    mine.get("/manage/calls/new")
    page = mine.submit("Create the draft", code=code, title_es="Mis ríos", status=422)
    assert sentence in page.text
    assert page.root.one("input", name="title_es")["value"] == "Mis ríos"


def test_a_call_file_is_uploaded_or_all_its_errors_are_listed(mine, host, now):
    text = write_bases(given.some_bases("rios", now))
    broken = text.replace("weight: 40", "weight: 10").replace("max: 4\n", "max: 0\n")
    mine.get("/manage/calls/new")
    page = mine.submit("Upload the file", file=(BytesIO(broken.encode()), "x.yaml"), status=422)
    errors = [each.text for each in page.root.one("div", role="alert").all("li")]
    assert len(errors) == 2
    assert all(error.startswith("Line ") for error in errors)
    assert call_by_code("rios") is None

    page = mine.submit("Upload the file", file=(BytesIO(text.encode()), "x.yaml"))
    assert page.path == "/manage/calls/rios/rules"
    mine.get("/manage/calls/new")
    assert (
        "already in use"
        in mine.submit("Upload the file", file=(BytesIO(text.encode()), "x"), status=422).text
    )


def test_nothing_uploaded_is_said(mine, host):
    mine.get("/manage/calls/new")
    assert "Choose a file first." in mine.submit("Upload the file", status=422).text
    mine.get("/manage/calls/new")
    page = mine.submit("Upload the file", file=(BytesIO(b""), "x.yaml"), status=422)
    assert "The file is empty." in page.text


def test_who_works_for_two_hosts_chooses(mine, ana, host, now):
    other = given.a_host("loja", "GAD de Muestra", now=now)
    db.session.add(Staff(host_id=other.id, account_id=ana.id, role=StaffRole.ORGANISER, since=now))
    db.session.flush()
    page = mine.get("/manage/calls/new")
    assert page.link("GAD de Muestra") == "/manage/calls/new/loja"
    assert "GAD de Muestra" in mine.get("/manage/calls").text
