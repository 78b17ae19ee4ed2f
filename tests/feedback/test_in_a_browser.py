"""What a team reads, and where comments are looked over, in a real browser: nothing axe finds, both widths."""

from tests.feedback.scenes import MARKS, look_over, with_words
from tests.results.test_in_a_browser import enter, seen
from thinkia import clock
from thinkia.db.transaction import transaction

LONG = {
    "Yaku": MARKS["Yaku"],
    "Inti": MARKS["Inti"],
    "Sumak": MARKS["Sumak"],
    "Río Bravo": ((2, 3), (3, 2), (2, 2)),
}
WORDS = (
    "Muy claro: se entiende quién repara la fuga y cuánto cuesta.",
    "Falta el presupuesto del segundo año. El equipo del barrio vecino lo hizo mejor.",
    "Ayudaría saber quién mantiene los sensores cuando termine el piloto.",
)


def test_the_pages(committed_app, address, new_page):
    for language in ("es", "en"):
        now = clock.now()
        with transaction():
            scene = with_words(
                now,
                LONG,
                words=WORDS,
                code=f"por-que-{language}",
                winners=2,
                contact_email="dudas@example.org",
            )
        tab = new_page(language)
        enter(tab, scene.organiser, committed_app, address, language)
        assert seen(tab, {"comments": f"{scene.url}/results/comments"}, language) == {}
        with transaction():
            look_over(scene, now, hold=WORDS[1:2])
            scene.publish(now)
        code = scene.code("Inti")
        paths = {
            "comments-held": f"{scene.url}/results/comments?show=held",
            "teams": f"{scene.url}/results/teams",
            "team-preview": f"{scene.url}/results/teams/{code}",
        }
        assert seen(tab, paths, language) == {}
        chair = new_page(language)
        enter(chair, scene.person(scene.chair), committed_app, address, language)
        assert seen(chair, {"held": f"/calls/{scene.call.code}/verdict/comments"}, language) == {}
        member = new_page(language)
        enter(member, scene.members["Inti"], committed_app, address, language)
        assert seen(member, {"team": f"/submissions/{code}/feedback"}, language) == {}
