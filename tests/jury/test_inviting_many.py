"""Inviting a whole list: every row as it will be, all faults at once, one transaction, once."""

import io
from datetime import timedelta

import openpyxl
import pytest

from tests import builders as given
from tests.jury.test_guest_lists import a_sheet
from tests.jury.world import DAY, NOW, a_proposal, a_reading_call, an_invited, journal, letters, person
from tests.queries import count_queries
from thinkia.db import db
from thinkia.domain.lifecycle import JurorState
from thinkia.jury.models import Juror
from thinkia.policy.actor import JurorRole

PAGE = "/manage/calls/rios/jury/invite/list"
LIST = "Nombre;Correo;Sector\nAna Cango;ana@example.org;Academia\nEva Loor;eva@example.org;Público\n"


@pytest.fixture
def reading(app):
    return a_reading_call()


@pytest.fixture
def organiser(reading, new_browser):
    return person(new_browser(), reading.organiser)


def looked_over(organiser, lines="", status=200, **fields):
    organiser.get(PAGE)
    return organiser.submit("Look the list over", status=status, lines=lines, **fields)


def invited():
    return {juror.email: juror.state for juror in db.session.query(Juror)}


def test_a_list_is_looked_over_and_then_invited_with_one_button(reading, organiser):
    page = looked_over(organiser, LIST)

    assert page.h1 == "2 people to invite"
    assert invited() == {}
    page = organiser.submit("Invite 2 people")
    assert page.path == "/manage/calls/rios/jury"
    assert "Invitations sent to 2 people." in page.text
    assert invited() == dict.fromkeys(("ana@example.org", "eva@example.org"), JurorState.INVITED)
    assert sorted(letter.to for letter in letters("invitation")) == ["ana@example.org", "eva@example.org"]
    assert len({letter.text for letter in letters("invitation")}) == 2
    assert journal().count("juror.invited") == 2


def test_a_second_click_sends_nothing_more(reading, organiser):
    looked_over(organiser, LIST)
    form = organiser.page.form("Invite 2 people")
    sent = {each["name"]: each["value"] or "" for each in form.all("input")}
    organiser.submit("Invite 2 people")
    page = organiser.post(form["action"], sent)

    assert "Everybody on the list is invited already, so nothing was sent." in page.text
    assert len(letters("invitation")) == 2


def test_all_that_is_wrong_is_said_at_once_and_nobody_is_invited(reading, organiser):
    given.a_team(reading.call, given.an_account(email="luz@example.org", now=NOW), now=NOW)
    page = looked_over(
        organiser, f"{LIST}Sin correo;;Marte\nLuz;luz@example.org;ONG\nEva;EVA@example.org;ONG", status=422
    )

    assert page.h1 == "The list has something to put right"
    for sentence in (
        "Row 4, Sin correo: the e-mail address is missing",
        "Row 4, Sin correo: “Marte” is no sector of this call",
        "Row 5, luz@example.org: this person takes part in the call, and nobody judges and takes part",
        "Row 6, eva@example.org: the same address stands in row 3",
    ):
        assert sentence in page.text
    assert page.root.all("form", action=f"{PAGE}/sending") == []
    assert "Sin correo;;Marte" in page.root.one("textarea", name="lines").text
    assert (invited(), letters()) == ({}, [])

    page = organiser.submit("Look the list over again", lines=LIST)
    assert page.h1 == "2 people to invite"


def test_a_list_that_became_wrong_meanwhile_invites_nobody(reading, organiser):
    looked_over(organiser, LIST)
    given.a_team(reading.call, given.an_account(email="eva@example.org", now=NOW), now=NOW)
    page = organiser.submit("Invite 2 people", status=422)

    assert "Row 3, eva@example.org: this person takes part in the call" in page.text
    assert (invited(), letters()) == ({}, [])


def test_who_is_on_the_jury_is_skipped_and_who_declined_or_lapsed_is_invited_again(reading, organiser):
    given.a_juror(reading.call, account=given.an_account(email="ana@example.org", now=NOW), now=NOW)
    declined = given.a_juror(
        reading.call,
        account=given.an_account(email="eva@example.org", now=NOW),
        now=NOW,
        state=JurorState.DECLINED,
    )
    lapsed = an_invited(reading.call, email="luz@example.org", now=NOW - 15 * DAY)
    page = looked_over(organiser, f"{LIST}Luz;luz@example.org;ONG")

    assert page.h1 == "2 people to invite"
    assert "1 person is on the jury or invited already, and is skipped." in page.text
    assert "Before: Declined" in page.text
    assert "Before: Lapsed" in page.text
    organiser.submit("Invite 2 people")
    assert sorted(letter.to for letter in letters("invitation")) == ["eva@example.org", "luz@example.org"]
    assert invited()["ana@example.org"] is JurorState.ACCEPTED
    assert (declined.state, declined.sector) == (JurorState.INVITED, "public")
    assert lapsed.expires_at > NOW


def test_a_jury_with_a_chair_takes_no_second_one_from_a_list(reading, organiser):
    given.a_juror(reading.call, role=JurorRole.CHAIR, now=NOW)
    page = looked_over(organiser, "Nombre;Correo;Sector;Rol\nAna;ana@example.org;ONG;Presidencia", status=422)
    assert "this jury already has a chair, or one is invited" in page.text


def test_a_spreadsheet_and_a_usual_sector(reading, organiser):
    sheet = a_sheet(("Nombre", "Correo"), ("Ana", "ana@example.org"))
    page = looked_over(organiser, file=(io.BytesIO(sheet), "jurado.xlsx"), sector="cooperation")

    assert page.h1 == "1 person to invite"
    organiser.submit("Invite 1 person")
    assert db.session.query(Juror).one().sector == "cooperation"


def test_a_file_that_is_no_list_is_refused_in_words_and_the_lines_stay(reading, organiser):
    page = looked_over(organiser, "Ana;", status=422, file=(io.BytesIO(b"%PDF-1.7\x00"), "acta.pdf"))
    assert "This is not a file of text. Save the sheet as XLSX" in page.text
    assert page.root.one("textarea", name="lines").text.strip() == "Ana;"


def test_the_sample_sheet_can_be_filled_in_and_brought_back(reading, organiser):
    content = organiser.get(f"{PAGE[:-5]}/sample.xlsx").response.data
    book, file = openpyxl.load_workbook(io.BytesIO(content)), io.BytesIO()
    assert [cell.value for cell in book.worksheets[0][1]][:3] == ["Name", "E-mail", "Sector"]
    book.worksheets[0].append(["Ana Cango", "ana@example.org", "Civil society", "", "English", "Chair", 5])
    book.save(file)
    page = looked_over(organiser, file=(io.BytesIO(file.getvalue()), "jurors.xlsx"))

    assert page.h1 == "1 person to invite"
    organiser.submit("Invite 1 person")
    juror = db.session.query(Juror).one()
    assert (juror.sector, juror.role, juror.language, juror.capacity) == (
        "civil_society",
        JurorRole.CHAIR,
        "en",
        5,
    )


def test_the_form_counts_people_and_readings_against_the_quotas(reading, organiser):
    for _ in range(3):
        a_proposal(reading.call)
    given.a_juror(reading.call, "public", now=NOW, capacity=2)
    given.a_juror(reading.call, "public", now=NOW, role=JurorRole.SECRETARY)
    an_invited(reading.call, "academia")
    an_invited(
        reading.call, "academia", email="old@example.org", secret="other", now=NOW - timedelta(days=20)
    )
    page = organiser.get(PAGE)

    rows = [row.text for row in page.root.all("tr")][1:]
    assert rows == ["Public at least 1 a panel 1 0 0 2 of 3", "Academia at least 1 a panel 0 1 1 0 of 3"]
    assert "3 proposals × 2 = 6 reviews" in page.text


def test_a_thousand_people_are_looked_over_with_as_many_questions_as_ten(reading, organiser):
    def asked(count):
        lines = "".join(f"Persona {number};p{number}@example.org;ONG\n" for number in range(count))
        organiser.get(PAGE)
        with count_queries() as queries:
            organiser.submit("Look the list over", lines=f"Nombre;Correo;Sector\n{lines}")
        return len(queries)

    assert asked(10) == asked(1000)
