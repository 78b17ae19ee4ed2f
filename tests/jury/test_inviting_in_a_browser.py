"""The organisers' and the jurors' ways around invitations in a real browser: axe, a phone, a keyboard."""

import pytest

from tests.accounts.letters import code_in, last_letter
from tests.browser import PHONE, looked_at
from tests.jury.test_in_a_browser import scene  # noqa: F401 - a fixture
from thinkia import clock
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.jury.services import access

LIST = (
    "Nombre;Correo electrónico;Sector;Institución;Función;Idioma;Propuestas como máximo\n"
    "María Fernanda Quishpe;mfquishpe@example.org;Academia;Universidad Técnica del Norte;;;12\n"
    "Segundo Guamán;sguaman@example.org;Sociedad civil;Junta Administradora de Agua de Cangahua;;;\n"
    "Erika Lindström;erika@example.org;Cooperación;Agencia de ejemplo;;inglés;6\n"
)
WRONG = f"{LIST}Sin correo;;Marte;;rey;latín;muchas\nSegundo Guamán;SGUAMAN@example.org;Sociedad civil\n"


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_list_is_invited_by_keyboard(scene, enter, language):  # noqa: F811 - fixtures
    tab = enter(scene.organiser, language)
    look, again, send = {
        "es": ("Revisar la lista", "Revisar la lista de nuevo", "Invitar a 3 personas"),
        "en": ("Look the list over", "Look the list over again", "Invite 3 people"),
    }[language]
    tab.goto("/manage/calls/agua/jury/invite/list")
    looked_at(tab, f"invite-list-{language}")
    tab.locator("textarea").focus()
    tab.keyboard.insert_text(WRONG)
    tab.get_by_role("button", name=look, exact=True).focus()
    tab.keyboard.press("Enter")
    tab.locator("#summary-title").wait_for()
    looked_at(tab, f"invite-wrong-{language}")
    tab.locator("textarea").fill(LIST)
    tab.get_by_role("button", name=again).focus()
    tab.keyboard.press("Enter")
    tab.get_by_role("button", name=send).wait_for()
    looked_at(tab, f"invite-check-{language}")
    tab.get_by_role("button", name=send).focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/manage/calls/agua/jury")
    looked_at(tab, f"jury-after-{language}")


@pytest.mark.parametrize("language", ["es", "en"])
def test_axe_finds_nothing_around_letters_and_profiles(scene, enter, language):  # noqa: F811 - fixtures
    organiser, juror = enter(scene.organiser, language), enter(scene.juror.account, language)
    jury = "/manage/calls/agua/jury"
    for tab, path, name in (
        (organiser, f"{jury}/reminders", "reminders"),
        (organiser, f"{jury}/letters/words/invitation", "words"),
        (organiser, f"{jury}/{scene.juror.code}", "juror"),
        (juror, "/calls/agua/jury/profile", "profile"),
        (juror, "/calls/agua/jury/access", "access"),
    ):
        tab.goto(path)
        looked_at(tab, f"{name}-{language}")
    organiser.goto(f"{jury}/reminders")
    organiser.get_by_role(
        "button", name={"es": "Enviar los recordatorios", "en": "Send the reminders"}[language]
    ).click()
    organiser.wait_for_url("**/jury/letters")
    looked_at(organiser, f"letters-{language}")


def test_a_juror_enters_on_a_phone_by_link_and_code(scene, new_page):  # noqa: F811 - fixtures
    with transaction():
        link = access.new_access(scene.juror, clock.now())
    tab = new_page("es")
    tab.set_viewport_size(PHONE)
    tab.goto(f"/jury-access/{link}")
    looked_at(tab, "enter-es")
    tab.get_by_role("button", name="Enviarme el código").click()
    tab.locator("#code").wait_for()
    looked_at(tab, "enter-code-es")
    db.session.expire_all()
    tab.locator("#code").fill(code_in(last_letter(scene.juror.email)))
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/calls/agua/jury")
    tab.goto("/calls/agua/jury/access")
    looked_at(tab, "access-used-es")
