"""The page of an act that waits: read by who may, confirmed after signing in again, on the second's desk."""

import pytest

from tests import builders as given
from tests.accounts.letters import code_in, last_letter
from tests.accounts.people import PASSPHRASE
from tests.agreements.world import NOW, REASON, a_scene, asked, person
from tests.queries import count_queries
from thinkia.accounts.models import SignIn
from thinkia.agreements.models import Agreement
from thinkia.db import db
from thinkia.domain.lifecycle import ReviewState
from thinkia.jury.models import Review
from thinkia.organisations.models import Second
from thinkia.policy.actor import StaffRole
from thinkia.web import passwords


@pytest.fixture
def scene(app):
    scene = a_scene()
    scene.luis.password_hash = passwords.chosen(PASSPHRASE)
    scene.path = f"/agreements/{asked(scene).code}"
    return scene


def review_state(scene):
    return db.session.get(Review, scene.review.id).state


def test_it_waits_on_the_cockpit_and_on_the_desk_of_who_may_confirm(scene, new_browser):
    luis = person(new_browser(), scene.luis)
    assert "1 act waits for a second person" in luis.get("/manage/calls/rios").text
    desk = luis.get("/desk")
    assert desk.link(f"Reopen a review that is final · {scene.review.submission.code}") == scene.path
    register = luis.get("/manage/calls/rios/agreements")
    assert REASON in register.text
    assert "Marta Cevallos chair of the jury" in register.text
    rosa = person(new_browser(), scene.rosa)
    assert "To confirm as a second person" not in rosa.get("/desk").text


def test_confirming_asks_for_the_passphrase_and_begins_a_new_sign_in(scene, new_browser):
    luis = person(new_browser(), scene.luis)
    page = luis.get(scene.path)
    assert REASON in page.text
    assert page.h1 == "Reopen a review that is final"
    before = db.session.query(SignIn).filter_by(account_id=scene.luis.id, revoked_at=None).one().token_hash

    page = luis.submit("Sign in again and confirm", status=422, password="no es esta frase")
    assert "This is not your passphrase." in page.text
    assert review_state(scene) is ReviewState.FINAL

    page = luis.submit("Sign in again and confirm", password=PASSPHRASE)
    assert "Confirmed and done." in page.text
    assert "Luis Tipán" in page.text
    assert review_state(scene) is ReviewState.STARTED
    after = db.session.query(SignIn).filter_by(account_id=scene.luis.id, revoked_at=None).one().token_hash
    assert after != before


def test_who_has_no_passphrase_confirms_with_a_code(scene, new_browser):
    marta = person(new_browser(), scene.marta)
    marta.get(scene.path)
    marta.submit("Send me a code by e-mail to confirm with")
    page = marta.submit("Sign in again and confirm", status=422, digits="000 000")
    assert "This code is not right" in page.text
    digits = code_in(last_letter(scene.marta.email))
    page = marta.submit("Sign in again and confirm", digits=f"{digits[:3]} {digits[3:]}")
    assert "Confirmed and done." in page.text
    assert review_state(scene) is ReviewState.STARTED


def test_somebody_elses_code_confirms_nothing(scene, new_browser):
    marta = person(new_browser(), scene.marta)
    marta.get("/sign-in/code")
    marta.submit("Send me a code", email=scene.luis.email)
    marta.get(f"{scene.path}?by=code")
    page = marta.submit(
        "Sign in again and confirm", status=422, digits=code_in(last_letter(scene.luis.email))
    )
    assert "This code is not right" in page.text
    assert review_state(scene) is ReviewState.FINAL


def test_not_confirming_needs_a_reason_which_who_asked_reads(scene, new_browser):
    luis = person(new_browser(), scene.luis)
    luis.get(scene.path)
    luis.submit("Do not confirm", status=422, reason=" ")
    luis.submit("Do not confirm", reason="El archivo se abre bien")
    page = person(new_browser(), scene.rosa).get(scene.path)
    assert "El archivo se abre bien" in page.text
    assert review_state(scene) is ReviewState.FINAL


def test_who_asked_sees_who_may_confirm_and_takes_it_back(scene, new_browser):
    rosa = person(new_browser(), scene.rosa)
    page = rosa.get(scene.path)
    assert "Luis Tipán of the organisation" in page.text
    assert "Sign in again and confirm" not in page.text
    assert "Taken back. Nothing was done." in rosa.submit("Take it back").text
    assert db.session.query(Agreement).one().state == "withdrawn"


def test_a_second_too_late_is_told(scene, new_browser):
    luis, marta = person(new_browser(), scene.luis), person(new_browser(), scene.marta)
    luis.get(scene.path)
    marta.get(scene.path)
    marta.submit("Do not confirm", reason="No hace falta")
    assert "This was decided already" in luis.submit("Sign in again and confirm", password=PASSPHRASE).text


def test_to_everybody_else_it_is_not_there(scene, new_browser):
    reader = given.an_organiser(scene.host, StaffRole.READER, now=NOW)
    page = person(new_browser(), reader).get(scene.path)
    assert "Sign in again and confirm" not in page.text
    stranger = given.an_organiser(given.a_host(now=NOW), now=NOW)
    for account in (scene.reader, stranger, given.an_account(now=NOW)):
        person(new_browser(), account).get(scene.path, status=404)


def test_in_spanish_too(scene, new_browser):
    page = person(new_browser("es"), scene.luis).get(scene.path)
    assert page.h1 == "Reabrir una lectura final"
    assert "Rosa" not in page.h1


def test_the_register_costs_the_same_with_one_line_and_with_many(scene, new_browser):
    luis = person(new_browser(), scene.luis)
    luis.get("/manage/calls/rios/agreements")
    with count_queries() as one:
        luis.get("/manage/calls/rios/agreements")
    first = db.session.query(Agreement).one()
    for number in range(5):
        copy = {
            c.key: getattr(first, c.key) for c in Agreement.__table__.columns if c.key not in {"id", "code"}
        }
        db.session.add(Agreement(**{**copy, "code": f"COPY{number}", "object_ref": f"review:COPY{number}"}))
    db.session.flush()
    with count_queries() as many:
        assert luis.get("/manage/calls/rios/agreements").text.count("Waits") == 6
    assert len(one) == len(many), many


def test_the_owner_says_who_may_be_second(scene, new_browser):
    owner, place = person(new_browser(), scene.luis), f"/manage/hosts/{scene.host.code}"
    owner.get(place)
    page = owner.submit("Save who may confirm", status=422, by_staff=None, by_chair=None, by_secretary=None)
    assert "Somebody has to be left who can confirm." in page.text
    owner.submit("Save who may confirm", by_staff=None, by_chair="y", by_secretary="y")
    db.session.refresh(scene.host)
    assert (scene.host.second_by_staff, scene.host.second_by_chair, scene.host.second_by_secretary) == (
        False,
        True,
        True,
    )
    page = owner.submit("Name this person", status=422, second=scene.rosa.email)
    assert "Nobody with this address decides for another organisation" in page.text
    lab = given.an_organiser(given.a_host(now=NOW), now=NOW, name="Laboratorio")
    assert "Laboratorio" in owner.submit("Name this person", second=lab.email).text
    owner.submit("Remove Laboratorio")
    assert db.session.query(Second).count() == 0
