"""Submissions in a real browser: nothing for axe to find, text that saves itself, and all of it without scripts."""

from datetime import UTC, datetime

import pytest

from tests import builders as given
from tests.browser import Browser, axe_violations
from tests.submissions import samples
from tests.submissions.world import a_call, a_draft, a_team, answer, exclude, filled, fresh, hand_in, upload
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.bases import CompositionRule, PersonAttribute, TeamRules

TODAY = datetime.now(UTC).replace(microsecond=0)
WOMEN = CompositionRule(PersonAttribute.GENDER, value="woman", min=1)


@pytest.fixture
def world(committed_app):
    """A team with a draft that lacks much, a team that handed in, and who organises; closed call beside."""
    with transaction():
        call = a_call("rios", TODAY, team=TeamRules(min=1, max=4, composition=(WOMEN,)))
        team, _ = a_team(call, "Nina Quilumba Tituaña", "Jefferson Mina")
        draft = a_draft(call, team, TODAY)
        answer(draft, "resumen", "x" * 70, TODAY, place=1)
        answer(draft, "codigo", "https://github.com/yaku-wasi/mapa-de-fugas", TODAY)
        upload(draft, TODAY)
        other = a_call("otra", TODAY)
        handed = filled(a_draft(other, given.a_team(other, name="Los Andes", now=TODAY), TODAY), TODAY)
        number = hand_in(handed, TODAY).receipt.number
        hand_in(draft, TODAY)
        past = a_call("pasada", TODAY - 11 * given.DAY)
        before = TODAY - 11 * given.DAY
        closed = {}
        for name in ("late", "read", "excluded"):
            team_of = given.a_team(past, name=f"Equipo {name}", now=before)
            closed[name] = filled(a_draft(past, team_of, before), before)
        answer(closed["late"], "resumen", "Llegó tarde", TODAY)
        hand_in(closed["late"], TODAY)
        hand_in(closed["read"], before)
        hand_in(closed["excluded"], before)
        reason = "El presupuesto no está en la plantilla que piden las bases (artículo 7)."
        exclude(closed["excluded"], reason, TODAY)
        organiser = given.an_organiser(fresh(handed).call.host, name="Ana Organiza", now=TODAY)
    people = {
        "nina": fresh(draft).team.members[0].account,
        "andes": fresh(handed).team.members[0].account,
        "ana": organiser,
        **{name: fresh(each).team.members[0].account for name, each in closed.items()},
    }
    codes = {name: each.code for name, each in closed.items()}
    codes |= {"draft": draft.code, "handed": handed.code, "team": team.code, "receipt": number}
    return people, codes


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
    ("nina", "/submissions/{draft}"),
    ("nina", "/submissions/{draft}/questions/~title"),
    ("nina", "/submissions/{draft}/questions/resumen"),
    ("nina", "/submissions/{draft}/questions/etapa"),
    ("nina", "/submissions/{draft}/questions/temas"),
    ("nina", "/submissions/{draft}/questions/costo"),
    ("nina", "/submissions/{draft}/questions/plan"),
    ("nina", "/submissions/{draft}/questions/etica"),
    ("nina", "/submissions/{draft}/check"),
    ("nina", "/submissions/{draft}/log"),
    ("nina", "/submissions/{draft}/withdrawal"),
    ("nina", "/teams/{team}/submissions/new"),
    ("nina", "/receipts/{receipt}"),
    ("andes", "/submissions/{handed}"),
    ("andes", "/receipts/{receipt}"),
    ("late", "/submissions/{late}"),
    ("late", "/submissions/{late}/check"),
    ("late", "/submissions/{late}/questions/resumen"),
    ("late", "/submissions/{late}/questions/plan"),
    ("read", "/submissions/{read}"),
    ("excluded", "/submissions/{excluded}"),
    ("ana", "/manage/calls/otra/submissions"),
    ("ana", "/manage/calls/otra/submissions/{handed}"),
)


@pytest.mark.parametrize("language", ["es", "en"])
def test_axe_finds_nothing_and_no_page_is_wider_than_a_small_phone(
    world, new_page, committed_app, address, language
):
    people, codes = world
    tabs = {
        name: signed_in(new_page(language), committed_app, address, account, language)
        for name, account in people.items()
    }
    found = {}
    for name, path in PAGES:
        tab = tabs[name]
        assert tab.goto(path.format(**codes)).status == 200, (name, path)
        found[path] = axe_violations(tab)
        tab.set_viewport_size({"width": 320, "height": 800})
        wide = tab.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, f"{path} is {wide} wide on a small phone"
        tab.set_viewport_size({"width": 1280, "height": 900})
    assert {where: what for where, what in found.items() if what} == {}


def test_text_saves_itself_and_says_when(world, page, committed_app, address):
    people, codes = world
    signed_in(page, committed_app, address, people["nina"], "es")
    page.goto(f"/submissions/{codes['draft']}/questions/lema")
    for text in ("Agua", "Agua que", "Agua que cuenta"):
        page.get_by_label("Su respuesta").fill(text)
        page.wait_for_timeout(1300)
    page.get_by_role("status").filter(has_text="Guardado ").wait_for()
    page.get_by_text("quedan").or_(page.get_by_text("queda")).first.wait_for()
    page.reload()
    assert page.get_by_label("Su respuesta").input_value() == "Agua que cuenta"


def test_two_tabs_lose_nothing(world, new_page, committed_app, address):
    people, codes = world
    one = signed_in(new_page("en"), committed_app, address, people["nina"], "en")
    two = one.context.new_page()
    for tab in (one, two):
        tab.goto(f"/submissions/{codes['draft']}/questions/lema")
    one.get_by_label("Your answer").fill("From one")
    one.get_by_role("status").filter(has_text="Saved ").filter(has_not_text="by").wait_for()
    two.get_by_label("Your answer").fill("From two")
    two.get_by_text("Needs your decision: this was changed in another window.").wait_for()
    two.get_by_role("button", name="Save and return").click()
    two.get_by_role("heading", name="Somebody else changed this answer").wait_for()
    assert two.get_by_label("Your own text").input_value() == "From two"
    two.get_by_text("From one", exact=True).wait_for()
    two.get_by_role("button", name="Save mine over it").click()
    two.get_by_role("heading", name="Agua que cuenta").wait_for()


def test_everything_works_without_scripts(world, chromium, committed_app, address, tmp_path):
    people, codes = world
    (tmp_path / "plan.pdf").write_bytes(samples.pdf(2))
    context = chromium.new_context(base_url=address, locale="es-EC", java_script_enabled=False)
    context.set_default_timeout(10_000)
    page = signed_in(context.new_page(), committed_app, address, people["nina"], "es")
    here = f"/submissions/{codes['draft']}"
    page.goto(f"{here}/questions/resumen")
    page.get_by_label("Su respuesta").fill("Un mapa de fugas")
    page.get_by_role("button", name="Guardar y volver").click()
    page.goto(f"{here}/questions/etapa")
    page.get_by_label("Idea").check()
    page.get_by_role("button", name="Guardar y volver").click()
    page.goto(f"{here}/questions/plan")
    page.get_by_label("Elija el archivo nuevo").set_input_files(tmp_path / "plan.pdf")
    page.get_by_role("button", name="Reemplazar el archivo").click()
    page.get_by_role("link", name="Enviar propuesta").click()
    page.get_by_role("button", name="Enviar propuesta").click()
    page.get_by_role("heading", name="La propuesta no se envió").wait_for()
    page.get_by_role("link", name="Responder «Costo»").first.click()
    page.get_by_role("heading", name="Costo").wait_for()
    context.close()
