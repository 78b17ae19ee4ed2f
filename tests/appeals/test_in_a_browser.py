"""The pages of an appeal in a real browser: nothing axe finds, both widths, both languages."""

from tests.appeals.scenes import filed, fresh, proposed, published
from tests.results.test_in_a_browser import enter, seen
from thinkia import clock
from thinkia.agreements import services as agreements
from thinkia.agreements.queries import agreement_by_code
from thinkia.db.transaction import transaction
from thinkia.domain.appeals import Outcome


def test_the_pages(committed_app, address, new_page):
    for language in ("es", "en"):
        now = clock.now()
        with transaction():
            scene = published(now, code=f"apela-{language}")
        member = new_page(language)
        enter(member, scene.members["Inti"], committed_app, address, language)
        mine = f"/submissions/{scene.code('Inti')}"
        paths = {"appeal-way": f"{mine}/feedback", "appeal-new": f"{mine}/appeal"}
        assert seen(member, paths, language) == {}
        with transaction():
            number = filed(scene, now).number
            other = filed(scene, now, "Sumak")
        assert seen(member, {"appeal-receipt": f"/appeals/{number}"}, language) == {}
        rosa = new_page(language)
        enter(rosa, scene.organiser, committed_app, address, language)
        desk = f"{scene.url}/results/appeals"
        assert seen(rosa, {"appeals": desk, "appeal-answer": f"{desk}/{number}"}, language) == {}
        with transaction():
            waiting = proposed(scene, other, now, Outcome.PARTLY).code
        assert seen(rosa, {"appeal-agreement": f"/agreements/{waiting}"}, language) == {}
        with transaction():
            agreements.confirm(agreement_by_code(waiting), fresh(scene.luis, now), now)
        paths = {"appeal-todo": f"{desk}/{other.number}", "desk-links": f"{scene.url}/results"}
        assert seen(rosa, paths, language) == {}
        assert seen(member, {"result-appeals": f"/calls/{scene.call.code}/results"}, language) == {}
