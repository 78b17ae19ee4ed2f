"""The pages of results in a real browser, in both languages and widths: no script error, nothing axe finds."""

import os
from pathlib import Path

from tests import builders as given
from tests.browser import Browser, axe_violations
from tests.results.scenes import BY_CHAIR, judged
from thinkia import clock
from thinkia.db.transaction import transaction
from thinkia.domain.bases import Prize, TieKey, TieKeyKind
from thinkia.domain.lifecycle import ReviewState

WIDTHS = (1280, 390)
PICTURES = os.environ.get("THINKIA_PICTURES")  # a folder: keep what was seen
MARKS = {
    "Yaku Wasi": ((5, 4), (5, 4)),
    "Gota Clara": ((4, 4), (4, 4)),
    "Sumak Allpa": ((4, 4), (4, 4)),
    "Ñukanchik": ((3, 5), (4, 3)),
    "Río Bravo": ((3, 3), (3, 4)),
    "Kuri Mayu": ((2, 3), (3, 3)),
    "La Minga": ((2, 2), (2, 3)),
}


def enter(tab, account, app, address, language):
    """Let this tab be that person."""
    browser = Browser(app, language)
    account.language = language
    given.sign_in(browser, account, clock.now())
    cookie = browser.client.get_cookie("thinkia")
    tab.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])


def seen(tab, paths, language):
    """What axe finds on each of these pages at each width."""
    found = {}
    for name, path in paths.items():
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 900})
            tab.goto(path)
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} at {width}"
            found[f"{path} at {width}"] = axe_violations(tab)
            if PICTURES:
                tab.screenshot(path=Path(PICTURES) / f"{name}-{language}-{width}.png", full_page=True)
    return {path: violations for path, violations in found.items() if violations}


def a_scene(language):
    now = clock.now()
    prizes = (
        Prize(given.both("Acompañamiento para el piloto", "Support for a pilot"), place=1),
        Prize(given.both("Mentoría", "Mentoring"), place=2),
    )
    chain = (*BY_CHAIR, TieKey(TieKeyKind.SUBMITTED_AT))
    return judged(
        MARKS,
        now=now,
        tie_break=chain,
        winners=2,
        prizes=prizes,
        cut_off=given.Decimal(50),
        code=f"rios-{language}",
    )


def test_before_publication(committed_app, address, new_page):
    for language in ("es", "en"):
        with transaction():
            scene = a_scene(language)
            late = given.a_juror(scene.call, "private", now=clock.now())
            began = clock.now() - 4 * given.DAY
            review = given.a_review(late, scene.submissions["La Minga"], state=ReviewState.STARTED, now=began)
        code, tab = scene.call.code, new_page(language)
        enter(tab, scene.organiser, committed_app, address, language)
        paths = {
            "progress": f"{scene.url}/progress",
            "progress-proposals": f"{scene.url}/progress?by=proposal",
            "open": f"{scene.url}/progress/open",
            "reminders": f"{scene.url}/progress/reminders",
            "excuse": f"{scene.url}/reviews/{review.code}/excuse",
            "desk-open": f"{scene.url}/results",
            "exports": f"{scene.url}/exports",
        }
        assert seen(tab, paths, language) == {}
        with transaction():
            review = given.db.session.merge(review)
            review.state, review.closed_at, review.closed_reason = ReviewState.EXCUSED, clock.now(), "Viaje"
            given.db.session.flush()
            scene.propose(clock.now())
        paths = {"desk": f"{scene.url}/results", "disagreement": f"{scene.url}/progress/disagreement"}
        assert seen(tab, paths, language) == {}
        chair = new_page(language)
        enter(chair, scene.person(scene.chair), committed_app, address, language)
        paths = {"chair": f"/calls/{code}/verdict", "tie": f"/calls/{code}/verdict/ties/1"}
        assert seen(chair, paths, language) == {}


def test_after_publication(committed_app, address, new_page):
    for language in ("es", "en"):
        with transaction():
            scene = a_scene(language)
            for juror, words in zip(
                scene.jurors, ("Muy claro y posible.", "Falta el presupuesto."), strict=True
            ):
                review = given.db.session.query(given.Review).filter_by(
                    juror_id=juror.id, submission_id=scene.submissions["Río Bravo"].id
                )
                review.one().feedback = words
            scene.decide(("Sumak Allpa", "Gota Clara"), clock.now())
        code, tab = scene.call.code, new_page(language)
        enter(tab, scene.organiser, committed_app, address, language)
        with transaction():
            scene.confirm(now=clock.now())
        assert seen(tab, {"preview": f"{scene.url}/results/preview"}, language) == {}
        with transaction():
            scene.publish(clock.now())
        assert seen(tab, {"desk-published": f"{scene.url}/results"}, language) == {}
        assert seen(new_page(language), {"result": f"/calls/{code}/results"}, language) == {}
        member = new_page(language)
        enter(member, scene.members["Río Bravo"], committed_app, address, language)
        path = f"/submissions/{scene.code('Río Bravo')}/feedback"
        assert seen(member, {"feedback": path}, language) == {}
