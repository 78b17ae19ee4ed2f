"""The pages of teams: as their people, as those who look, as organisers, as strangers."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import builders as given
from tests.queries import count_queries
from tests.teams.world import TODAY, fresh, join, names, somebody, start, token
from thinkia.db import db
from thinkia.domain.bases import TeamRules
from thinkia.registration.models import Registration
from thinkia.teams import services
from thinkia.teams.models import JoinRequest


def test_a_person_starts_a_team(visit, call, nina):
    browser = visit(nina)
    browser.get("/calls/rios/teams/new")
    page = browser.submit("Start the team", name="  Yaku \u202eWasi  ", about="Agua", is_looking="y")
    assert page.h1 == "Yaku Wasi"
    assert "The team has 1 of 4 members." in page.text
    assert "1 more woman is missing." in page.text
    assert page.link("Invite a person")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Write the name of the team."),
        ("x" * 81, "Write at most 80 characters."),
        ("\u202e" + "ab\u202e" * 5000, "Write at most 80 characters."),
        ("\u200b\u3164", "Write a name with letters or numbers."),
        ("YAKU WASÍ", "Another team of this call already has that name."),
    ],
)
def test_a_name_that_cannot_be_is_said_so_and_stays_typed(visit, call, team, name, words):
    browser = visit(somebody(call))
    browser.get("/calls/rios/teams/new")
    page = browser.submit("Start the team", name=name, about="Mapas", status=422)
    assert words in page.text
    assert "".join(page.root.one("textarea", name="about").children).strip() == "Mapas"
    assert "\u202e" not in page.response.text


def test_members_see_everything_and_only_the_representative_acts(visit, call, team, nina):
    tomas = somebody(call, "Tomás Vélez")
    join(team, tomas, TODAY)
    page = visit(nina).get(f"/teams/{team.code}")
    assert "Tomás Vélez" in page.text
    assert "Invitation link" in page.text
    page = visit(tomas).get(f"/teams/{team.code}")
    assert "Nina Quilumba" in page.text
    assert "Invitation link" not in page.text
    assert page.link("Leave the team")
    for path in ("edit", "invitations", "representation"):
        visit(tomas).get(f"/teams/{team.code}/{path}", status=403)


def test_no_page_of_a_team_shows_an_address_that_it_was_not_told(visit, call, team, nina):
    tomas = somebody(call, "Tomás Vélez")
    join(team, tomas, TODAY)
    services.ask(team, "Hola", given.acting(somebody(call, "Rosa")), TODAY)
    looking = somebody(call, "Shakira")
    db.session.scalar(select(Registration).where(Registration.account_id == looking.id)).is_looking = True
    db.session.flush()
    browser = visit(nina)
    for path in (f"/teams/{team.code}", "/calls/rios/teams", "/calls/rios/teams?who=people"):
        page = browser.get(path)
        assert re.findall(r"person\d+@example\.org", page.response.text) == [], path
    browser.submit("Invite to Yaku Wasi Shakira")
    page = browser.get(f"/teams/{team.code}")
    assert "Shakira" in page.text
    assert looking.email not in page.response.text


def test_a_person_who_looks_sees_a_limited_page_and_asks(visit, call, team, nina):
    rosa = somebody(call, "Rosa Guamán")
    browser = visit(rosa)
    page = browser.get(browser.get("/calls/rios/teams").link("Yaku Wasi"))
    assert "Agua limpia" in page.text
    assert "Nina" not in page.text
    assert "1 more woman is missing." in page.text
    assert "Today" not in page.text
    page = browser.submit("Ask to join", message="", status=422)
    assert "Write a few words" in page.text
    page = browser.submit("Ask to join", message="Sé de <b>mapas</b>.")
    assert "Your request is with the team" in page.text
    representative = visit(nina)
    page = representative.get(f"/teams/{team.code}")
    assert "Sé de <b>mapas</b>." in page.text
    page = representative.submit("Accept Rosa Guamán")
    assert "Rosa Guamán is in the team." in page.text
    assert names(team) == ["Nina Quilumba", "Rosa Guamán"]


def test_a_request_can_be_withdrawn_also_when_the_team_stopped_looking(visit, call, team, nina):
    rosa = somebody(call, "Rosa")
    browser = visit(rosa)
    browser.get(f"/teams/{team.code}")
    browser.submit("Ask to join", message="Hola")
    browser.submit("Withdraw my request")
    assert db.session.scalar(select(JoinRequest)).state == "withdrawn"
    request = services.ask(fresh(team), "Hola", given.acting(rosa), TODAY)
    fresh(team).is_looking = False
    db.session.flush()
    browser.get(f"/teams/{team.code}", status=404)
    browser.get("/calls/rios/teams")
    browser.post(f"/teams/{team.code}/requests/{request.code}/withdrawal")
    assert db.session.scalar(select(JoinRequest).where(JoinRequest.code == request.code)).state == "withdrawn"


def test_nobody_withdraws_or_answers_the_request_of_another(visit, call, team):
    request = services.ask(team, "Hola", given.acting(somebody(call)), TODAY)
    other = visit(somebody(call))
    other.get(f"/teams/{team.code}")
    other.post(f"/teams/{team.code}/requests/{request.code}/withdrawal", status=404)
    other.get(f"/teams/{team.code}")
    other.post(f"/teams/{team.code}/requests/{request.code}/acceptance", status=403)
    assert db.session.scalar(select(JoinRequest)).state == "open"


def test_leaving_handing_over_and_taking_out(visit, call, team, nina):
    tomas = somebody(call, "Tomás Vélez")
    join(team, tomas, TODAY)
    lead, member = visit(nina), visit(tomas)
    lead.get(f"/teams/{team.code}/departure")
    page = lead.submit("Leave the team", status=422)
    assert "Hand over first" in page.text
    lead.get(lead.get(f"/teams/{team.code}").link("Hand the representation to another person"))
    page = lead.submit("Ask this person", status=422)
    assert "Choose the person" in page.text
    code = page.root.all("input", type="radio")[0]["value"]
    lead.submit("Ask this person", person=code)
    member.get(f"/teams/{team.code}")
    page = member.submit("Represent the team")
    assert "You represent the team now." in page.text
    removal = page.link("Take out of the team Nina Quilumba")
    lead.get(removal, status=403)
    member.get(removal)
    page = member.submit("Take out of the team")
    assert "Nina Quilumba is no longer in the team." in page.text
    lead.get(f"/teams/{team.code}/edit", status=404 if not fresh(team).is_looking else 403)
    member.get(f"/teams/{team.code}/departure")
    page = member.submit("End the team")
    assert "The team ended." in page.text


def test_a_removed_member_sees_the_team_as_a_stranger_at_once(visit, call, team, nina):
    tomas = somebody(call, "Tomás")
    member = join(team, tomas, TODAY)
    browser = visit(tomas)
    browser.get(f"/teams/{team.code}")
    services.edit(fresh(team), "Yaku Wasi", given.acting(nina), TODAY, about="", is_looking=False)
    services.remove(fresh(team), member, given.acting(nina), TODAY)
    browser.get(f"/teams/{team.code}", status=404)
    browser.get(f"/teams/{team.code}/departure", status=404)


def test_a_team_of_another_call_and_of_another_host_is_not_there(visit, app, call, team, host):
    elsewhere = given.a_call(given.some_bases("otra", TODAY), now=TODAY)
    browser = visit(somebody(elsewhere))
    browser.get(f"/teams/{team.code}", status=404)
    browser.get("/calls/rios/teams", status=403)
    stranger = given.an_organiser(given.a_host(now=TODAY), now=TODAY)
    visit(stranger).get(f"/teams/{team.code}", status=404)
    visit(stranger).get("/manage/calls/rios/people", status=404)
    page = visit(given.an_organiser(host, now=TODAY, language="en")).get(f"/teams/{team.code}")
    assert "Nina Quilumba" in page.text


def test_after_the_time_to_form_teams_the_page_stays_and_the_buttons_go(visit, app, host):
    then = TODAY - timedelta(days=5)
    bases = given.some_bases("tarde", TODAY, calendar=given.in_evaluation(TODAY), team=TeamRules(max=4))
    call = given.a_call(bases, host=host, now=TODAY)
    nina = somebody(call, "Nina")
    team, _ = start(call, who=nina, now=then)
    page = visit(nina).get(f"/teams/{team.code}")
    assert "The team does not change any more" in page.text
    assert [form["action"] for form in page.root.all("form") if "/teams/" in form["action"]] == []
    for path in ("edit", "invitations", "departure", "representation"):
        visit(nina).get(f"/teams/{team.code}/{path}", status=403)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_is_whole_in_both_languages(new_browser, call, team, nina, host, language):
    tomas, rosa = somebody(call, "Tomás"), somebody(call, "Rosa")
    join(team, tomas, TODAY)
    services.ask(fresh(team), "Hola", given.acting(rosa), TODAY)
    services.invite(fresh(team), "nadie@example.org", given.acting(nina), TODAY)
    member = next(each for each in fresh(team).members if each.account_id == tomas.id)
    services.offer_representation(fresh(team), member, given.acting(nina), TODAY)
    organiser = given.an_organiser(host, now=TODAY)
    for account in (nina, tomas, rosa, organiser):
        account.language = language
    here = f"/teams/{team.code}"
    lead = (here, f"{here}/edit", f"{here}/invitations", f"{here}/representation", f"{here}/departure")
    lead += (f"{here}/members/{member.registration.code}/removal", "/calls/rios/teams?who=people")
    for account, paths in (
        (nina, lead),
        (tomas, (here, "/calls/rios/teams")),
        (rosa, (here, "/calls/rios/teams", "/calls/rios/teams/new", f"/team-invitations/{token()}")),
        (organiser, (here, "/manage/calls/rios/people", "/manage/calls/rios/people?who=teams")),
    ):
        browser = given.sign_in(new_browser(language), account)
        for path in paths:
            assert browser.get(path).root.one("html")["lang"] == language


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/teams/{team}", 8),
        ("/calls/rios/teams", 7),
        ("/calls/rios/teams?who=people", 6),
    ],
)
def test_pages_ask_the_same_number_of_questions_with_one_row_and_with_five(
    visit, call, team, nina, path, queries
):
    browser, address = visit(nina), path.format(team=team.code)
    for rows in range(1, 6):
        newcomer = somebody(call, f"Persona {rows}")
        services.ask(fresh(team), "Hola", given.acting(newcomer), TODAY)
        start(call, f"Equipo {rows}", now=TODAY, is_looking=True)
        services.invite(fresh(team), f"x{rows}@example.org", given.acting(nina), TODAY)
        looking = somebody(call, f"Busca {rows}")
        db.session.scalar(select(Registration).where(Registration.account_id == looking.id)).is_looking = True
        db.session.flush()
        if rows in {1, 5}:
            db.session.expunge_all()
            with count_queries() as asked:
                browser.get(address)
            assert len(asked) == queries, asked


def test_lists_have_pages_and_words(visit, call, nina):
    for number in range(25):
        start(call, f"Equipo {number:02}", now=TODAY + timedelta(seconds=number), is_looking=True)
    start(call, "Mapa Vivo", now=TODAY, about="Cuencas del Ángel", is_looking=True)
    browser = visit(nina)
    page = browser.get("/calls/rios/teams")
    assert "26 teams look for people" in page.text
    assert len([each for each in page.root.all("a") if each.text.startswith("Equipo ")]) == 20
    page = browser.get(page.root.one("a", rel="next")["href"])
    assert "Mapa Vivo" in page.text
    for words in ("mapa", "cuencas", "VIVÓ"):
        page = browser.get(f"/calls/rios/teams?q={words}")
        assert "1 team looks for people" in page.text
    assert "Nothing with those words" in browser.get("/calls/rios/teams?q=%25").text


def test_full_teams_and_people_with_a_team_are_not_in_the_lists(visit, call, team, nina):
    rosa = somebody(call, "Rosa")
    own = db.session.scalar(select(Registration).where(Registration.account_id == rosa.id))
    own.is_looking = True
    db.session.flush()
    browser = visit(somebody(call))
    assert "Rosa" in browser.get("/calls/rios/teams?who=people").text
    for account in (rosa, somebody(call), somebody(call)):
        join(team, account, TODAY)
    assert "Rosa" not in browser.get("/calls/rios/teams?who=people").text
    assert "Yaku Wasi" not in browser.get("/calls/rios/teams").text
    assert "This team is complete." in browser.get(f"/teams/{team.code}").text


def test_where_the_bases_allow_changes_after_it_the_buttons_stay(visit, app, host):
    rules = TeamRules(max=4, changes_after_close=True)
    bases = given.some_bases("tarde", TODAY, calendar=given.in_evaluation(TODAY), team=rules)
    call = given.a_call(bases, host=host, now=TODAY)
    nina = somebody(call, "Nina")
    team, _ = start(call, who=nina, now=TODAY - timedelta(days=5))
    page = visit(nina).get(f"/teams/{team.code}")
    assert "The rules of this call allow members to be replaced." in page.text
    assert page.link("Invite a person")
