"""The organisers' side: the list, one submission, an exclusion with its reason; and the letters."""

from datetime import timedelta

import pytest

from tests import builders as given
from tests.builders import NOON
from tests.markup import faults
from tests.queries import count_queries
from tests.submissions.world import (
    CLOSES,
    a_call,
    a_draft,
    a_team,
    answer,
    exclude,
    filled,
    fresh,
    hand_in,
    person,
)
from thinkia.accounts.models import Account
from thinkia.calls.hooks import Figure, cockpit_parts
from thinkia.db import db
from thinkia.domain.lifecycle import SubmissionState
from thinkia.organisations.models import Staff
from thinkia.outside.mail import Mail, rendered
from thinkia.policy.actor import StaffRole
from thinkia.submissions import emails, services

AFTER = CLOSES + timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def call(app):
    return a_call()


@pytest.fixture
def handed(call):
    draft = filled(a_draft(call))
    hand_in(draft)
    return fresh(draft)


def organiser(browser, call, now=NOON, role=StaffRole.ORGANISER):
    return given.sign_in(browser, given.an_organiser(call.host, role, language=browser.language), now)


def letters(template):
    return (
        db.session.query(Mail)
        .filter_by(template=f"submissions/emails/{template}.txt")
        .order_by(Mail.to)
        .all()
    )


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_list_has_states_challenges_and_pages(new_browser, call, handed, language):
    a_draft(call, given.a_team(call, name="Otro equipo"))
    browser = organiser(new_browser(language), call)
    page = browser.get("/manage/calls/rios/submissions")
    assert page.h1 == {"en": "Submissions", "es": "Propuestas"}[language]
    assert handed.code in page.text
    assert "Otro equipo" in page.text
    page = browser.get("/manage/calls/rios/submissions?state=submitted")
    assert handed.code in page.text
    assert "Otro equipo" not in page.text
    assert "Otro equipo" not in browser.get("/manage/calls/rios/submissions?challenge=nada").text
    browser.get("/manage/calls/rios/submissions?state=%3Cx%3E&page=99")


def test_the_list_asks_the_same_of_the_database_for_one_and_for_five(new_browser, call):
    browser = organiser(new_browser(), call)
    counts = []
    for rows in (1, 4):
        for _ in range(rows):
            draft = filled(a_draft(call, given.a_team(call)))
            hand_in(draft)
        browser.get("/")
        with count_queries() as queries:
            browser.get("/manage/calls/rios/submissions")
        counts.append(len(queries))
    assert counts == [5, 5], queries


def test_an_organiser_reads_what_was_handed_in_and_not_what_is_still_a_draft(new_browser, call, handed):
    answer(handed, "resumen", "Todavía no enviado")
    browser = organiser(new_browser(), call)
    page = browser.get(f"/manage/calls/rios/submissions/{handed.code}")
    assert "Un mapa de fugas que hace el barrio." in page.text
    assert "Todavía no enviado" not in page.text
    assert fresh(handed).receipt.number in page.text
    draft = a_draft(call, given.a_team(call))
    answer(draft, "resumen", "Secreto del equipo")
    page = browser.get(f"/manage/calls/rios/submissions/{draft.code}")
    assert "What a team has not handed in is its own" in page.text
    assert "Secreto del equipo" not in page.text


def test_showing_one_asks_little_of_the_database(new_browser, call, handed):
    browser = organiser(new_browser(), call)
    with count_queries() as queries:
        browser.get(f"/manage/calls/rios/submissions/{handed.code}")
    assert len(queries) <= 8, queries


def test_an_exclusion_waits_for_a_second_person(new_browser, call, handed, clock):
    given.an_organiser(call.host)
    clock.move_to(AFTER, tick=False)
    browser = organiser(new_browser(), call, AFTER)
    browser.get(f"/manage/calls/rios/submissions/{handed.code}/exclusion")
    page = browser.submit("Ask to exclude it", reason=" ", status=422)
    assert "Write the reason. The team reads it." in page.text
    page = browser.submit("Ask to exclude it", reason="No cumple el artículo 4.")
    assert "It waits for a second person" in page.text
    assert fresh(handed).state is SubmissionState.SUBMITTED
    assert letters("excluded") == []
    page = browser.get(f"/manage/calls/rios/submissions/{handed.code}")
    assert "Its exclusion waits for a second person" in page.text


def test_where_nobody_could_confirm_an_exclusion_is_not_asked_for(new_browser, call, handed, clock):
    clock.move_to(AFTER, tick=False)
    (only,) = db.session.query(Staff).filter_by(host_id=call.host_id).all()
    account = db.session.get_one(Account, only.account_id)
    account.language = "en"
    browser = given.sign_in(new_browser(), account, AFTER)
    browser.get(f"/manage/calls/rios/submissions/{handed.code}/exclusion")
    page = browser.submit("Ask to exclude it", reason="No cumple el artículo 4.", status=422)
    assert "No cumple el artículo 4." in str(page.root)
    assert fresh(handed).state is SubmissionState.SUBMITTED


def test_nobody_of_the_team_confirms_its_exclusion(call, handed):
    member = person(handed, 1)
    db.session.add(Staff(host_id=call.host_id, account_id=member.id, role=StaffRole.ORGANISER, since=NOON))
    db.session.flush()
    one, other = (given.an_organiser(call.host, now=NOON - timedelta(days=2)) for _ in range(2))
    waits = services.ask_to_exclude(handed, "No cumple", given.acting(one), AFTER)
    told = {mail.to for mail in db.session.query(Mail).filter_by(template="agreements/emails/asked.txt")}
    assert other.email in told
    assert member.email not in told
    assert waits.label == handed.code


def test_an_exclusion_is_told_to_the_team_with_its_reason(new_browser, call, handed, clock):
    clock.move_to(AFTER, tick=False)
    exclude(handed, "No cumple el artículo 4.", AFTER)
    assert fresh(handed).state is SubmissionState.EXCLUDED
    assert [mail.subject for mail in letters("excluded")] == [
        "Living rivers: your team's proposal was excluded"
    ] * 2
    assert all("No cumple el artículo 4." in mail.text for mail in letters("excluded"))
    member = given.sign_in(new_browser(), fresh(handed).team.members[1].account, AFTER)
    page = member.get(f"/submissions/{handed.code}")
    assert page.h1 == "This proposal was excluded"
    assert "No cumple el artículo 4." in page.text
    member.get(f"/submissions/{handed.code}/check", status=403)


def test_nobody_is_excluded_before_the_close_and_readers_exclude_nobody(new_browser, call, handed, clock):
    address = f"/manage/calls/rios/submissions/{handed.code}/exclusion"
    organiser(new_browser(), call).get(address, status=403)
    clock.move_to(AFTER, tick=False)
    organiser(new_browser(), call, AFTER, StaffRole.READER).get(address, status=403)
    organiser(new_browser(), call, AFTER).get(address)


@pytest.mark.parametrize("part", ["", "/{code}", "/{code}/exclusion"])
def test_f44_others_find_nothing_here(new_browser, call, handed, clock, part):
    clock.move_to(AFTER, tick=False)
    address = "/manage/calls/rios/submissions" + part.format(code=handed.code)
    assert new_browser().get(address).path == "/sign-in"
    given.sign_in(new_browser(), given.an_organiser(given.a_host()), AFTER).get(address, status=404)
    member = fresh(handed).team.members[0].account
    status = 403 if "exclusion" in part else 404
    given.sign_in(new_browser(), member, AFTER).get(address, status=status)


def test_a_submission_of_another_call_is_not_in_this_one(new_browser, call, handed):
    other = a_call("otra", questions=call.bases.questions)
    organiser(new_browser(), other).get(f"/manage/calls/otra/submissions/{handed.code}", status=404)


def test_the_cockpit_counts_what_was_handed_in(app, call, handed):
    a_draft(call, given.a_team(call))
    with app.test_request_context("/?lang=en"):
        parts = {part.words: part.number for part in cockpit_parts(call, NOON) if isinstance(part, Figure)}
    assert parts["proposals submitted"] == 1


def test_every_member_gets_the_receipt_once_in_the_own_language(app):
    call = a_call()
    team, (nina, jeff) = a_team(call, "Nina", "Jefferson")
    jeff.language = "es"
    draft = filled(a_draft(call, team))
    number = hand_in(draft).receipt.number
    hand_in(draft)
    mails = letters("receipt")
    assert sorted(mail.subject for mail in mails) == [
        f"Living rivers: receipt {number}",
        f"Ríos vivos: comprobante {number}",
    ]
    assert sorted(mail.to for mail in mails) == sorted([nina.email, jeff.email])
    for mail in mails:
        assert mail.text.count(f"/receipts/{number}\n") == 1


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("in_grace", [False, True])
def test_every_letter_is_whole_in_both_languages(app, handed, language, in_grace):
    reader = handed.team.members[0].account
    reader.language = language
    handed.receipt.in_grace = in_grace
    handed.excluded_reason = "No cumple."
    for letter in (emails.receipt(handed, handed.receipt, reader), emails.excluded(handed, reader)):
        subject, text, html = rendered(letter)
        assert subject.startswith({"es": "Ríos vivos", "en": "Living rivers"}[language])
        assert [fault for fault in faults(html) if not fault.startswith("h1")] == []
        assert "%(" not in text
        assert text.count("http://") == 1
        assert ("team" in text) == (language == "en")


def test_what_a_letter_says_is_asked_for_in_the_same_transaction(app, handed):
    exclude(handed, "Razón", AFTER)
    assert len(letters("excluded")) == 2
    assert all(mail.outbox_id for mail in letters("excluded"))
