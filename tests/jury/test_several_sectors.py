"""A juror who may sit for several sectors: the plan picks one a panel, and everything after goes by it."""

import pytest

from tests import builders as given
from tests.jury.world import NOW, a_proposal, a_reading_call, letters, person
from thinkia.db import db
from thinkia.domain.bases import JuryRules, SectorQuota
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.guest_lists import LIMITS, Guest, Known, read
from thinkia.jury.models import Juror, Review
from thinkia.jury.queries.panels import plan_of
from thinkia.jury.queries.progress import reviews_for_ranking
from thinkia.jury.services import invitations, panels, profiles
from thinkia.web.sheets import pasted

JURY = "/manage/calls/rios/jury"
TWO_OF_ACADEMIA = JuryRules(size=3, sectors={"public": SectorQuota(1, 1), "academia": SectorQuota(2)})


@pytest.fixture
def reading(app):
    """Two proposals; panels of one public person and two of academia, and only one person who is that first."""
    reading = a_reading_call(jury=TWO_OF_ACADEMIA)
    reading.proposals = [a_proposal(reading.call, f"Propuesta {n}") for n in range(2)]
    people = (("Ana", "public", []), ("Mercedes", "academia", []), ("Rumi", "public", ["academia"]))
    reading.ana, reading.mercedes, reading.rumi = (
        given.a_juror(
            reading.call, sector, account=given.an_account(name, now=NOW), now=NOW, other_sectors=others
        )
        for name, sector, others in people
    )
    return reading


@pytest.fixture
def organiser(reading, new_browser):
    return person(new_browser(), reading.organiser)


def proposed(reading):
    panels.propose(reading.call, reading.actor, NOW)
    return plan_of("rios")


def test_the_plan_seats_a_person_for_the_sector_that_a_panel_lacks(reading):
    plan = proposed(reading)
    assert (plan.shortfall, plan.is_certified) == ([], True)
    assert {pair["sector"] for pair in plan.pairs if pair["juror"] == reading.rumi.code} == {"academia"}


def test_without_the_other_sector_the_same_seats_stay_empty(reading):
    reading.rumi.other_sectors = []
    db.session.flush()
    assert [row["sector"] for row in proposed(reading).shortfall] == ["academia", "academia"]


def test_reviews_and_the_ranking_go_by_the_sector_of_the_seat(reading, new_browser):
    panels.apply(proposed(reading), reading.actor, NOW)
    assert {row.sector for row in reviews_for_ranking(reading.call) if row.juror == reading.rumi.code} == {
        "academia"
    }
    review = db.session.query(Review).filter_by(juror_id=reading.rumi.id).first()
    page = person(new_browser(), reading.rumi.account).get(f"/reviews/{review.code}")
    assert "On this panel you sit for: Academia" in page.text


def test_who_is_put_in_by_hand_sits_for_a_sector_that_has_a_seat(reading):
    plan, code = proposed(reading), reading.proposals[0].code
    panels.adjust(plan, code, reading.actor, NOW, leaves=reading.rumi.code)
    assert len(plan_of("rios").shortfall) == 1
    panels.adjust(plan_of("rios"), code, reading.actor, NOW, joins=reading.rumi.code)
    assert {"submission": code, "juror": reading.rumi.code, "sector": "academia"} in plan_of("rios").pairs
    assert plan_of("rios").shortfall == []


def test_a_panel_is_explained_by_the_sector_of_each_seat(reading, organiser):
    reading.mercedes.sector = "public"  # then nobody is of academia first
    reading.mercedes.other_sectors = ["academia"]
    db.session.flush()
    plan, code = proposed(reading), reading.proposals[0].code
    assert plan.shortfall == []
    page = organiser.get(f"{JURY}/panels/{code}")
    assert "nothing keeps 2 people of Academia from this proposal" in page.text
    panels.adjust(plan, code, reading.actor, NOW, leaves=reading.rumi.code)
    page = organiser.get(f"{JURY}/panels/{code}")
    joins = {option["value"]: option.text for option in page.root.one("select", name="joins").all("option")}
    assert joins[reading.rumi.code] == "Rumi (Public): reads 1"


def test_the_organisers_say_it_on_the_page_of_the_seat(reading, organiser):
    organiser.get(f"{JURY}/{reading.ana.code}")
    page = organiser.submit("Save the sector", others=["academia", "public"])
    assert "May also sit for Academia" in page.text
    db.session.refresh(reading.ana)
    assert reading.ana.sectors == ("public", "academia")
    assert "may also sit for Academia" in organiser.get(JURY).text
    organiser.get(f"{JURY}/{reading.ana.code}")
    organiser.submit("Save the sector", others=[])
    db.session.refresh(reading.ana)
    assert reading.ana.sectors == ("public",)


def test_a_sector_that_somebody_sits_for_stays(reading):
    panels.apply(proposed(reading), reading.actor, NOW)
    with pytest.raises(Refused) as refused:
        profiles.set_seat(reading.rumi, "public", reading.actor, NOW)
    assert refused.value.reason is Reason.SECTOR_FIXED
    profiles.set_seat(reading.rumi, "public", reading.actor, NOW, others=["academia", "private"])
    with pytest.raises(Refused):
        profiles.set_seat(reading.rumi, "academia", reading.actor, NOW, others=["public"])
    db.session.refresh(reading.rumi)
    assert reading.rumi.sectors == ("public", "academia", "private")


def test_people_who_may_sit_for_a_sector_count_as_people_of_it(reading, organiser):
    assert "Academia is missing" not in organiser.get("/manage/calls/rios").text
    reading.rumi.other_sectors = []
    db.session.flush()
    assert "Academia is missing" in organiser.get("/manage/calls/rios").text


def test_an_invitation_names_every_sector(reading, organiser, new_browser):
    organiser.get(f"{JURY}/invite")
    organiser.submit(
        "Send the invitation",
        name="Eva Loor",
        email="eva@example.org",
        sector="private",
        others=["cooperation"],
    )
    eva = db.session.query(Juror).filter_by(email="eva@example.org").one()
    assert eva.sectors == ("private", "cooperation")
    assert "Privado o Cooperación" in letters("invitation")[-1].text


def test_the_person_reads_it_on_the_invitation_and_in_the_profile(reading, new_browser):
    guest = Guest(name="Eva Loor", email="eva@example.org", sector="private", others=("academia", "private"))
    eva = invitations.invite(reading.call, guest, reading.actor, NOW)
    assert eva.other_sectors == ["academia"]
    page = person(new_browser(), reading.rumi.account).get("/calls/rios/jury/profile")
    assert "Where a panel lacks somebody you may also sit for: Academia." in page.text


@pytest.mark.parametrize("cell", ["ONG / Universidad", "Sociedad civil | Academia", '"OSC, Academia"'])
def test_a_list_may_name_several(cell):
    sheet = pasted(f"Nombre;Correo;Sector;Otros sectores\nAna Cango;ana@example.org;Público;{cell}", LIMITS)
    (entry,) = read(sheet, Known(())).entries
    assert (entry.faults, entry.guest.sector) == ((), "public")
    assert entry.guest.others == ("civil_society", "academia")


def test_a_list_that_names_an_unknown_one_says_which():
    sheet = pasted(
        "Nombre;Correo;Sector;Otros sectores\nAna Cango;ana@example.org;Público;Academia / Prensa", LIMITS
    )
    (entry,) = read(sheet, Known(())).entries
    assert [dict(fault.details) for fault in entry.faults] == [{"value": "Prensa"}]
