"""Teams in a real browser: nothing for axe to find, and everything within reach of the keyboard."""

import pytest

from tests import builders as given
from tests.browser import Browser, axe_violations
from tests.teams.world import TODAY, TWO_WOMEN, enter, fresh, join, start
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.bases import CompositionRule, PersonAttribute, TeamRules
from thinkia.registration.queries import entry_of
from thinkia.teams import services

RULES = TeamRules(
    min=3,
    max=5,
    composition=(
        *TWO_WOMEN,
        CompositionRule(PersonAttribute.INSTITUTION, max_same=1),
        CompositionRule(PersonAttribute.DISCIPLINE, min_different=2),
    ),
)


@pytest.fixture
def people(committed_app):
    """A team with a member, an invitation and a request; the people around it; its address."""
    with transaction():
        host = given.a_host("ejemplo", "Municipio de Ejemplo", now=TODAY)
        call = given.a_call(given.some_bases("rios", TODAY, team=RULES), host=host, now=TODAY)
        nina = enter(
            call, "Nina Quilumba Tituaña", now=TODAY, gender="woman", institution="ESPE", discipline="Derecho"
        )
        about = (
            "Queremos que cada junta de agua de Cayambe sepa a tiempo cuánta agua llega y cuánta se pierde."
        )
        team, _ = start(call, "Yaku Wasi", who=nina, now=TODAY, about=about, is_looking=True)
        tomas = enter(
            call, "Tomás Vélez Intriago", now=TODAY, gender="man", institution="ESPE", discipline="Diseño"
        )
        join(team, tomas, TODAY)
        rosa = enter(call, "Rosa Elena Guamán", now=TODAY, gender="woman")
        looking = entry_of(call.id, rosa.id)
        looking.is_looking, looking.about = True, "Sé de mapas y de sensores. Tengo las tardes libres."
        rosa.skills = "Cartografía, electrónica"
        shakira = enter(call, "Shakira Cevallos Moreira", now=TODAY)
        message = "Vivo en Tabacundo y ya trabajé con la junta de agua de mi comunidad."
        services.ask(fresh(team), message, given.acting(shakira), TODAY)
        services.invite(fresh(team), "jefferson@example.org", given.acting(nina), TODAY)
        link = services.make_link(fresh(team), given.acting(nina), TODAY)
        newcomer = given.an_account("Jefferson Mina", now=TODAY, birth_date=None)
        organiser = given.an_organiser(host, now=TODAY, name="Ana Organiza")
    found = {
        "nina": nina,
        "tomas": tomas,
        "rosa": rosa,
        "shakira": shakira,
        "jefferson": newcomer,
        "ana": organiser,
    }
    return found, team.code, link


def signed_in(page, app, address, account, language):
    """This tab is that person's."""
    with transaction():
        db.session.merge(account).language = language
    client = Browser(app)
    given.sign_in(client, account)
    cookie = client.client.get_cookie("thinkia")
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
    return page


PAGES = (
    ("nina", "/teams/{team}"),
    ("nina", "/teams/{team}/invitations"),
    ("nina", "/teams/{team}/representation"),
    ("nina", "/teams/{team}/departure"),
    ("nina", "/teams/{team}/edit"),
    ("nina", "/calls/rios/teams?who=people"),
    ("tomas", "/teams/{team}"),
    ("rosa", "/teams/{team}"),
    ("rosa", "/calls/rios/teams"),
    ("rosa", "/calls/rios/teams/new"),
    ("rosa", "/calls/rios/registration"),
    ("rosa", "/calls/rios/registration/details"),
    ("rosa", "/calls/rios/registration/withdrawal"),
    ("jefferson", "/calls/rios/registration"),
    ("jefferson", "/team-invitations/{link}"),
    ("shakira", "/team-invitations/{link}"),
    ("ana", "/manage/calls/rios/people"),
    ("ana", "/manage/calls/rios/people?who=teams"),
    ("ana", "/teams/{team}"),
)


@pytest.mark.parametrize("language", ["es", "en"])
def test_axe_finds_nothing_on_any_page(people, new_page, committed_app, address, language):
    accounts, team, link = people
    tabs = {
        name: signed_in(new_page(language), committed_app, address, account, language)
        for name, account in accounts.items()
    }
    found = {}
    for name, path in PAGES:
        tab = tabs[name]
        answer = tab.goto(path.format(team=team, link=link))
        assert answer.status == 200, (name, path)
        found[f"{name} {path}"] = axe_violations(tab)
        tab.set_viewport_size({"width": 320, "height": 800})
        wide = tab.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, f"{path} is {wide} wide on a small phone"
        tab.set_viewport_size({"width": 1280, "height": 900})
    assert {where: what for where, what in found.items() if what} == {}


def test_a_request_is_accepted_with_the_keyboard_alone(people, page, committed_app, address):
    accounts, team, _ = people
    signed_in(page, committed_app, address, accounts["nina"], "es")
    page.goto(f"/teams/{team}")
    button = page.get_by_role("button", name="Aceptar Shakira Cevallos Moreira")
    for _ in range(60):
        page.keyboard.press("Tab")
        if button.evaluate("each => each === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="Shakira Cevallos Moreira está en el equipo.").wait_for()
