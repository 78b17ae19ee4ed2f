"""Two jurors of a panel deliberate in real browsers, on a desk and on a phone; axe finds nothing."""

import pytest

from tests.browser import DESKTOP, PHONE, axe_violations, shoot
from tests.jury.deliberating import a_panel, account_of, change, path, say
from tests.jury.world import marks
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.bases import Deliberation
from thinkia.domain.lifecycle import ReviewState
from thinkia.jury.models import Review

LONG = (
    "El anexo 2 tiene el convenio con la junta de agua y el presupuesto de repuestos para dos años.\n\n"
    "¿Lo vieron? Yo lo pasé por alto la primera vez."
)


def a_panel_that_talks(mode=Deliberation.ANONYMOUS):
    with transaction():
        panel = a_panel(mode)
        db.session.get(Review, panel.reviews["carla"].id).note = "Ojo con la fila 12 del presupuesto."
        say(panel, "beto", LONG, form="uno")
        say(panel, "gema", "Anoto: falta saber quién repara la fuga.", form="dos")
        change(panel, "carla", 4, 3)
    return panel


@pytest.mark.parametrize(("language", "mode"), [("es", Deliberation.ANONYMOUS), ("en", Deliberation.NAMED)])
def test_axe_finds_nothing_on_any_page_of_a_deliberation(committed_app, enter, language, mode):
    panel = a_panel_that_talks(mode)
    people = (account_of(panel, "ana"), account_of(panel, "fausto"), panel.organiser)
    ana, chair, organiser = (enter(each, language) for each in people)
    visits = [
        (ana, "/calls/rios/jury", "desk"),
        (ana, "/calls/rios/jury/deliberations", "list"),
        (ana, path(panel), "deliberation"),
        (ana, f"/reviews/{panel.reviews['ana'].code}", "final"),
        (ana, f"/reviews/{panel.reviews['ana'].code}/change", "change"),
        (chair, path(panel), "chair"),
        (organiser, "/calls/rios", "call"),
        (organiser, "/manage/calls/rios/rules/jury", "rules"),
        (organiser, "/manage/calls/rios/jury/deliberations", "overseen"),
        (organiser, f"/manage{path(panel)}", "overseen-closed"),
    ]
    found = {}
    for tab, where, name in visits:
        for size, width in ((DESKTOP, 1280), (PHONE, 390)):
            tab.set_viewport_size(size)
            tab.goto(where)
            assert tab.locator("h1").count() == 1, where
            shoot(tab, f"{name}-{language}-{width}")
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{where} is too wide"
            found[where, width] = axe_violations(tab)
    assert {where: what for where, what in found.items() if what} == {}
    with transaction():
        review = db.session.get(Review, panel.reviews["dora"].id)
        review.state, review.closed_reason, review.closed_at = (
            ReviewState.EXCUSED,
            "Por viaje",
            review.assigned_at,
        )
    organiser.goto(f"/manage{path(panel)}")
    shoot(organiser, f"overseen-open-{language}-390")
    assert axe_violations(organiser) == []


def test_two_jurors_talk_and_one_changes_a_mark(committed_app, enter):
    with transaction():
        panel = a_panel()
    ana, beto = enter(account_of(panel, "ana")), enter(account_of(panel, "beto"), size=PHONE)
    ana.goto(f"/reviews/{panel.reviews['ana'].code}")
    ana.get_by_role("link", name="Ver los puntajes del panel").click()
    ana.get_by_label("Su nota al panel").fill(LONG)
    ana.get_by_role("button", name="Enviar al panel").click()
    ana.get_by_text("Enviada al panel.").wait_for()

    beto.goto("/calls/rios/jury")
    beto.get_by_text("Nuevas: 1").wait_for()
    beto.get_by_role("link", name=f"Deliberación sobre {panel.proposal.code}").click()
    beto.get_by_text("El anexo 2 tiene el convenio").wait_for()
    beto.get_by_role("link", name="Cambiar mis puntajes").click()
    beto.get_by_role("group", name="1. Impacto").get_by_label("3", exact=True).check()
    beto.get_by_label("Por qué cambia sus puntajes").fill("No había abierto el anexo 2.")
    beto.get_by_role("button", name="Cambiar mis puntajes").click()
    beto.get_by_text("Los puntajes anteriores se conservan, con su motivo.").wait_for()
    beto.get_by_role("button", name="Ya leí la nota nueva").click()
    beto.get_by_text("Nada nuevo").wait_for()

    ana.reload()
    ana.get_by_text("No había abierto el anexo 2.").wait_for()
    ana.get_by_text("antes 1, desde entonces 3").wait_for()
    db.session.expire_all()
    assert marks(panel.reviews["beto"]) == {"impacto": 3, "viabilidad": 4}
