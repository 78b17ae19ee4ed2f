"""What jurors say of themselves, whom they suggest, and the sector that the organisers set."""

import pytest

from tests import builders as given
from tests.jury.world import (
    NOW,
    a_proposal,
    a_reading_call,
    a_review,
    an_invited,
    everything_in_the_journal,
    letters,
    person,
)
from thinkia.db import db
from thinkia.domain.bases import Challenge
from thinkia.domain.lifecycle import JurorState, PlanState
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.models import Juror, Plan, Suggestion
from thinkia.jury.services import profiles

LINK = "/jury-invitations/secreto"
PROFILE = "/calls/rios/jury/profile"
JURY = "/manage/calls/rios/jury"


@pytest.fixture
def reading(app):
    challenges = [
        Challenge(code, given.both(title), given.both("Qué hacer."))
        for code, title in (("agua", "Agua limpia"), ("bosque", "Bosques"))
    ]
    return a_reading_call(challenges=tuple(challenges))


@pytest.fixture
def organiser(reading, new_browser):
    return person(new_browser(), reading.organiser)


@pytest.fixture
def seat(reading):
    return given.a_juror(reading.call, "academia", now=NOW)


@pytest.fixture
def ana(seat, new_browser):
    return person(new_browser(), seat.account)


def applied(call):
    plan = Plan(
        call_id=call.id,
        number=1,
        seed=1,
        state=PlanState.APPLIED,
        input_sha256="x" * 64,
        made_at=NOW,
        applied_at=NOW,
    )
    db.session.add(plan)
    db.session.flush()


def test_who_accepts_says_first_what_he_or_she_brings(reading, new_browser):
    seat = an_invited(reading.call, language="en")
    ana = new_browser()
    ana.get(LINK)
    page = ana.submit("Accept the invitation")
    assert page.path == PROFILE
    assert [each["value"] for each in page.root.all("input", name="languages") if "checked" in each] == ["en"]

    page = ana.submit(
        "Save and go on",
        institution="Universidad de Cuenca",
        languages=["es", "qu"],
        topics=["bosque"],
        expertise="agua, datos abiertos; AGUA ,",
        capacity="9",
    )
    assert page.path == "/calls/rios/jury/statement"
    assert (seat.institution, seat.languages, seat.topics) == (
        "Universidad de Cuenca",
        ["es", "qu"],
        ["bosque"],
    )
    assert (seat.expertise, seat.capacity) == (["AGUA", "datos abiertos"], 9)
    assert "cuenca" not in everything_in_the_journal().lower()


def test_what_is_wrong_is_said_and_what_was_typed_stays(ana, seat):
    ana.get(PROFILE)
    page = ana.submit("Save and go on", status=422, languages=None, expertise="x" * 61, institution="ESPOL")
    assert "Choose at least one language." in page.text
    assert "each has at most 60 characters" in page.text
    assert page.root.one("input", name="institution")["value"] == "ESPOL"
    assert seat.described_at is None


def test_a_profile_is_fixed_once_panels_rest_on_it(reading, ana, seat):
    ana.get(PROFILE)
    applied(reading.call)
    page = ana.submit("Save and go on", status=422, institution="ESPOL")
    assert "Panels have been drawn from this" in page.text
    assert page.root.all("input", name="institution") == []
    assert db.session.get(Juror, seat.id).institution == ""


def test_the_organisers_read_a_profile(ana, organiser, seat):
    ana.get(PROFILE)
    ana.submit("Save and go on", topics=["bosque"], expertise="páramos", languages=["es", "en"])
    page = organiser.get(f"{JURY}/{seat.code}")
    for words in ("Bosques", "páramos", "Spanish, English"):
        assert words in page.text


def test_a_juror_asks_for_another_sector_and_the_organisers_decide(ana, organiser, seat):
    ana.get(PROFILE)
    ana.submit("Ask for the correction", status=422, sector="civil_society", why=" ")
    ana.submit("Ask for the correction", status=422, sector="academia", why="No")
    page = ana.submit("Ask for the correction", sector="civil_society", why="Trabajo en una fundación")
    assert "You asked to sit for Civil society" in page.text
    assert seat.sector == "academia"

    assert "asks for another sector" in organiser.get(JURY).text
    page = organiser.get(f"{JURY}/{seat.code}")
    assert "Trabajo en una fundación" in page.text
    organiser.submit("Save the sector")  # the one that was asked for is chosen already
    assert (seat.sector, seat.sector_wish) == ("civil_society", "")
    assert "asks for another sector" not in organiser.get(JURY).text


def test_the_sector_stays_once_there_is_something_to_read(reading, organiser, seat):
    a_review(seat, a_proposal(reading.call))
    organiser.get(f"{JURY}/{seat.code}")
    page = organiser.submit("Save the sector", sector="public")
    assert "the sector stays as it is" in page.text
    assert seat.sector == "academia"


def test_the_rules_of_a_profile_hold_without_the_pages_too(reading, seat):
    applied(reading.call)
    said = profiles.Profile(institution="ESPOL", languages=["es"])
    with pytest.raises(Refused) as refused:
        profiles.describe(seat, said, given.acting(seat.account), NOW)
    assert refused.value.reason is Reason.PROFILE_FIXED


def test_who_declines_may_suggest_somebody_and_nothing_is_sent_by_itself(reading, organiser, new_browser):
    an_invited(reading.call, "academia")
    ana = new_browser()
    ana.get(LINK)
    ana.submit("Decline the invitation", status=422, other_name="Eva Loor", other_email="eva@")
    page = ana.submit(
        "Decline the invitation",
        reason="",
        other_name="Eva Loor",
        other_email="Eva@example.org",
        other_institution="ESPOL",
    )
    assert "You have declined" in page.text
    assert letters() == []
    assert "loor" not in everything_in_the_journal().lower()

    page = organiser.get(JURY)
    assert "Eva Loor, ESPOL, eva@example.org Academia · named by Ana Cango" in page.text
    organiser.get(f"{JURY}/invite?suggestion={db.session.query(Suggestion).one().code}")
    organiser.submit("Send the invitation")
    assert [letter.to for letter in letters("invitation")] == ["eva@example.org"]
    seat = db.session.query(Juror).filter_by(email="eva@example.org").one()
    assert (seat.name, seat.institution, seat.sector) == ("Eva Loor", "ESPOL", "academia")
    assert "named by" not in organiser.get(JURY).text


def test_a_suggestion_can_be_set_aside_and_is_not_of_another_call(reading, organiser, new_browser):
    an_invited(reading.call, "academia")
    ana = new_browser()
    ana.get(LINK)
    ana.submit("Decline the invitation", other_institution="Junta de agua de Cangahua")
    suggestion = db.session.query(Suggestion).one()
    elsewhere = a_reading_call("otra")
    stranger = person(new_browser(), elsewhere.organiser)
    stranger.get("/manage/calls/otra/jury")
    stranger.post(f"/manage/calls/otra/jury/suggestions/{suggestion.code}/settlement", status=404)
    page = stranger.get(f"/manage/calls/otra/jury/invite?suggestion={suggestion.code}")
    assert "Cangahua" not in page.response.text

    organiser.get(JURY)
    organiser.submit("Set aside Junta de agua de Cangahua")
    assert suggestion.settled_at is not None


def test_who_declines_without_a_word_suggests_nobody(reading, new_browser):
    seat = an_invited(reading.call)
    ana = new_browser()
    ana.get(LINK)
    ana.submit("Decline the invitation")
    assert seat.state is JurorState.DECLINED
    assert db.session.query(Suggestion).count() == 0
