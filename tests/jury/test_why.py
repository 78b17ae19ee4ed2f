"""Why this juror, and why not that one: in words, on a proposal's panel, before and after it is applied."""

import pytest

from tests import builders as given
from tests.jury.world import NOW, a_proposal, a_reading_call, person
from tests.queries import count_queries
from thinkia.db import db
from thinkia.domain.bases import JuryRules, SectorQuota
from thinkia.jury.models import Review
from thinkia.jury.queries.conflicts import proposal_subject
from thinkia.jury.queries.panels import plan_of
from thinkia.jury.routes.loads import load_bins
from thinkia.jury.services import conflicts, invitations, panels
from thinkia.policy.actor import StaffRole


@pytest.fixture
def reading(app):
    """Four proposals, and two jurors of each sector."""
    reading = a_reading_call()
    reading.proposals = [a_proposal(reading.call, f"Propuesta {n}") for n in range(4)]
    reading.jurors = [
        given.a_juror(reading.call, sector, account=given.an_account(name, now=NOW), now=NOW)
        for sector, names in (("public", ("Ana", "Rumi")), ("academia", ("Mercedes", "Iván")))
        for name in names
    ]
    return reading


def proposed(reading):
    panels.propose(reading.call, reading.actor, NOW)
    return plan_of(reading.call.code)


def sitting(plan, code, sector):
    return next(p["juror"] for p in plan.pairs if p["submission"] == code and p["sector"] == sector)


def rows(page):
    """Name → why not."""
    tables = [table for table in page.root.all("table") if "do not sit" in table.text]
    found = [row for table in tables for body in table.all("tbody") for row in body.all("tr")]
    return {row.one("th").text: row.all("td")[0].text for row in found}


def test_the_panel_says_why_each_person_sits(reading, new_browser):
    plan, code = proposed(reading), reading.proposals[0].code
    page = person(new_browser(), reading.organiser).get(f"/manage/calls/rios/jury/panels/{code}")

    assert "The rules ask for at least 1 person of Academia here." in page.text
    assert "Has no conflict with it; nothing keeps 2 people of Academia from this proposal." in page.text
    assert "Reads 2 in this plan; the people of Academia read from 2 to 2." in page.text
    assert "No exchange of this person for another makes the whole plan better" in page.text
    assert plan.is_certified


def test_the_panel_says_why_each_of_the_others_does_not_sit(reading, new_browser):
    code = reading.proposals[0].code
    conflicts.recuse(
        reading.jurors[0], proposal_subject(reading.proposals[0]), "Es mi hermana", reading.actor, NOW
    )
    plan = proposed(reading)
    other = next(
        j for j in reading.jurors if j.sector == "academia" and j.code != sitting(plan, code, "academia")
    )
    page = person(new_browser(), reading.organiser).get(f"/manage/calls/rios/jury/panels/{code}")

    told = rows(page)
    assert told["Ana"] == "Has a conflict with this proposal."
    assert "would have to leave" in told[other.name]
    assert "the reviews would be shared less evenly" in told[other.name]
    assert set(told) == {"Ana", other.name}


def test_why_not_is_said_in_spanish_too(reading, new_browser):
    code = reading.proposals[0].code
    conflicts.recuse(
        reading.jurors[0], proposal_subject(reading.proposals[0]), "Es mi hermana", reading.actor, NOW
    )
    proposed(reading)
    page = person(new_browser("es"), reading.organiser).get(f"/manage/calls/rios/jury/panels/{code}")
    assert "Tiene un conflicto con esta propuesta." in page.text
    assert "las lecturas quedarían repartidas de forma menos pareja" in page.text


def test_somebody_is_put_in_by_button_for_whoever_would_leave(reading, new_browser):
    plan, code = proposed(reading), reading.proposals[0].code
    here = sitting(plan, code, "public")
    other = next(j for j in reading.jurors if j.sector == "public" and j.code != here)
    names = {juror.code: juror.name for juror in reading.jurors}
    organiser = person(new_browser(), reading.organiser)
    organiser.get(f"/manage/calls/rios/jury/panels/{code}")
    page = organiser.submit(f"Put in {other.name} for {names[here]}")

    assert f"Panel of {code} changed." in page.text
    assert sitting(plan_of("rios"), code, "public") == other.code
    assert "The plan was changed by hand." in page.text
    assert "The reviews would be shared more evenly." in rows(page)[names[here]]


def test_the_limit_of_a_juror_is_the_reason_where_it_is(reading, new_browser):
    invitations.set_capacity(reading.jurors[0], 1, reading.actor, NOW)
    plan = proposed(reading)
    code = next(
        p.code for p in reading.proposals if sitting(plan, p.code, "public") != reading.jurors[0].code
    )
    page = person(new_browser(), reading.organiser).get(f"/manage/calls/rios/jury/panels/{code}")
    assert rows(page)["Ana"] == "Already reads 1, which is the limit."


def test_two_of_one_institution_do_not_share_a_panel(app, new_browser):
    rules = JuryRules(size=2, sectors={"public": SectorQuota(min=1)})
    reading = a_reading_call(jury=rules)
    code = a_proposal(reading.call).code
    for name, house in (("Ana", "Municipio"), ("Rumi", "MUNICIPIO"), ("Fabián", "")):
        account = given.an_account(name, now=NOW)
        given.a_juror(reading.call, "public", account=account, now=NOW, institution=house)
    plan = proposed(reading)

    assert len(plan.pairs) == 2
    page = person(new_browser(), reading.organiser).get(f"/manage/calls/rios/jury/panels/{code}")
    (words,) = rows(page).values()
    assert words in {
        "Ana, of the same institution, sits here.",
        "Rumi, of the same institution, sits here.",
    }


def test_a_panel_of_a_plan_without_prices_is_explained_all_the_same(reading, new_browser):
    """Plans that were proposed before prices were kept."""
    plan, code = proposed(reading), reading.proposals[0].code
    plan.prices = {}
    db.session.flush()
    page = person(new_browser(), reading.organiser).get(f"/manage/calls/rios/jury/panels/{code}")
    assert "the reviews would be shared less evenly" in page.text


def test_the_page_of_a_panel_asks_a_constant_number_of_queries(reading, new_browser):
    proposed(reading)
    organiser = person(new_browser(), reading.organiser)
    organiser.get("/help")
    with count_queries() as queries:
        organiser.get(f"/manage/calls/rios/jury/panels/{reading.proposals[0].code}")
    assert len(queries) == 9, queries


# Once panels are in force


def in_force(reading):
    panels.apply(proposed(reading), reading.actor, NOW)


def test_panels_in_force_say_why_too(reading, new_browser):
    in_force(reading)
    code = reading.proposals[0].code
    organiser = person(new_browser(), reading.organiser)
    address = organiser.get("/manage/calls/rios/jury/panels").link(f"Why {code}")
    page = organiser.get(address)
    assert "The rules ask for at least 1 person of Academia here." in page.text
    assert "pairs at work do not move" not in page.text
    assert "No exchange of this person for another makes the whole plan better" in page.text
    told = rows(page)
    assert len(told) == 2
    assert all("would have to leave" in words for words in told.values())


def test_nobody_is_moved_from_that_page(reading, new_browser):
    in_force(reading)
    address = f"/manage/calls/rios/jury/panels/{reading.proposals[0].code}/reasons"
    page = person(new_browser(), reading.organiser).get(address)
    assert not [form for form in page.root.one("main").all("form") if form["method"] == "post"]


def test_what_has_changed_since_is_said_and_no_longer_proved(reading, new_browser):
    in_force(reading)
    code = reading.proposals[0].code
    here = db.session.query(Review).filter_by(submission_id=reading.proposals[0].id).first()
    gone = next(juror for juror in reading.jurors if juror.id == here.juror_id)
    conflicts.recuse(gone, proposal_subject(reading.proposals[0]), "Es mi hermana", reading.actor, NOW)
    page = person(new_browser(), reading.organiser).get(f"/manage/calls/rios/jury/panels/{code}/reasons")
    assert rows(page)[gone.name] == "Has a conflict with this proposal."
    assert "is missing" in page.text
    assert "that is proved" not in page.text


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_reader_of_the_host_may_look(reading, new_browser, language):
    in_force(reading)
    account = given.an_organiser(reading.host, StaffRole.READER, now=NOW)
    address = f"/manage/calls/rios/jury/panels/{reading.proposals[0].code}/reasons"
    assert "Ana" in person(new_browser(language), account).get(address).text


def test_before_any_panel_and_of_unknown_proposals_there_is_no_such_page(reading, new_browser):
    organiser = person(new_browser(), reading.organiser)
    address = f"/manage/calls/rios/jury/panels/{reading.proposals[0].code}/reasons"
    organiser.get(address, status=404)
    in_force(reading)
    organiser.get(address)
    organiser.get("/manage/calls/rios/jury/panels/NOSUCH/reasons", status=404)


def test_the_reasons_of_panels_in_force_ask_a_constant_number_of_queries(reading, new_browser):
    in_force(reading)
    organiser = person(new_browser(), reading.organiser)
    organiser.get("/help")
    with count_queries() as queries:
        organiser.get(f"/manage/calls/rios/jury/panels/{reading.proposals[0].code}/reasons")
    assert len(queries) == 11, queries


def test_the_picture_of_the_loads_has_its_table(reading, new_browser):
    invitations.set_capacity(reading.jurors[0], 1, reading.actor, NOW)
    proposed(reading)
    page = person(new_browser(), reading.organiser).get("/manage/calls/rios/jury/panels")

    (table,) = [each for each in page.root.all("table") if each.all("th")[0].text == "Reviews"]
    counts = [[cell.text for cell in row.all("th", "td")] for row in table.one("tbody").all("tr")]
    assert counts == [["1 review", "1"], ["2 reviews", "2"], ["3 reviews", "1"]]


@pytest.mark.parametrize(
    ("loads", "bins"),
    [
        ([], []),
        ([3, 3], [(3, 2)]),
        ([0, 2, 2], [(0, 1), (1, 0), (2, 2)]),
        ([0, 31], [("0–1", 1), *((f"{n}–{n + 1}", 0) for n in range(2, 30, 2)), ("30–31", 1)]),
    ],
)
def test_loads_are_counted_one_by_one_or_in_equal_steps(app, loads, bins):
    with app.test_request_context():
        assert [(each["low"], each["count"]) for each in load_bins(loads)] == bins
