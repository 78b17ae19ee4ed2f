"""The organisers' and the jurors' ways around invitations in a real browser: axe, a phone, a keyboard."""

import pytest

from tests.browser import axe_violations
from tests.jury.test_in_a_browser import DESKTOP, PHONE, enter, scene, shoot  # noqa: F401 - fixtures

LIST = (
    "Nombre;Correo electrónico;Sector;Institución;Función;Idioma;Propuestas como máximo\n"
    "María Fernanda Quishpe;mfquishpe@example.org;Academia;Universidad Técnica del Norte;;;12\n"
    "Segundo Guamán;sguaman@example.org;Sociedad civil;Junta Administradora de Agua de Cangahua;;;\n"
    "Erika Lindström;erika@example.org;Cooperación;Agencia de ejemplo;;inglés;6\n"
)
WRONG = f"{LIST}Sin correo;;Marte;;rey;latín;muchas\nSegundo Guamán;SGUAMAN@example.org;Sociedad civil\n"


def looked_at(tab, name):
    """Both sizes: a picture, no way sideways, nothing for axe."""
    for size, width in ((DESKTOP, 1280), (PHONE, 390)):
        tab.set_viewport_size(size)
        shoot(tab, f"{name}-{width}")
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"
        assert axe_violations(tab) == [], name


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
