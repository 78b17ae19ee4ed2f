"""From the last final review to a corrected result: publication, an appeal and its effect, in a real browser."""

import pytest

from tests import builders as given
from tests.accounts.people import PASSPHRASE
from tests.browser import PHONE
from tests.feedback.scenes import MARKS, review_of, with_words
from tests.journeys.people import Person, Words
from thinkia import clock
from thinkia.agreements.models import Agreement
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.bases import Appeals
from thinkia.domain.lifecycle import ReviewState
from thinkia.outside.queue import drain
from thinkia.policy.actor import StaffRole
from thinkia.web import passwords

DESK = "/manage/calls/judged/results"
RESULT = "/calls/judged/results"
SAID = {
    "es": ("Puesto 2 de 3", "Puesto 1 de 2", "1 apelación recibida · aceptadas: 1"),
    "en": ("Place 2 of 3", "Place 1 of 2", "1 appeal received · 1 accepted"),
}


@pytest.fixture
def scene(committed_app):
    """Yaku wins before Inti and Sumak, once the last juror has marked one more as final."""
    now = clock.now()
    with transaction():
        scene = with_words(
            now, MARKS, calendar=given.in_evaluation(now), appeals=Appeals(5), to=("Yaku", "Inti", "Sumak")
        )
        scene.luis = given.an_organiser(scene.call.host, StaffRole.OWNER, now=now - given.DAY)
        scene.luis.password_hash = passwords.chosen(PASSPHRASE)
        last = review_of(scene, scene.jurors[-1], "Sumak")
        last.state, last.finished_at = ReviewState.STARTED, None
        scene.last = last.code
    return scene


@pytest.fixture
def stage(scene, committed_app, enter, new_page):
    return lambda language: Stage(scene, committed_app, enter, new_page, language)


class Stage:
    """Who takes part, each in a tab."""

    def __init__(self, scene, app, enter, new_page, language):
        self.app, self.words = app, Words(language)

        def signed_in(account, **size):
            return Person(enter(account, language, **size), self.words)

        self.juror = signed_in(scene.person(scene.jurors[-1]))
        self.chair = signed_in(scene.person(scene.chair))
        self.rosa, self.luis = signed_in(scene.organiser), signed_in(scene.luis)
        self.team = signed_in(scene.members["Inti"], size=PHONE)
        self.stranger = Person(new_page(language), self.words)

    def deliver(self):
        while drain(self.app, limit=500):
            pass

    def confirmed_by_luis(self, address):
        """Where Rosa stands after she asked, Luis confirms after signing in again."""
        self.luis.go(address)
        self.luis.fill(password=PASSPHRASE).press("Sign in again and confirm")

    def published(self):
        """The order is computed, confirmed by the chair, looked over and made public."""
        self.rosa.go(DESK)
        self.rosa.press("Compute the order")
        self.chair.go("/calls/judged/verdict")
        self.chair.press("Confirm the order")
        self.rosa.go(f"{DESK}/preview")
        self.rosa.tick("sure").press("Publish the result")
        self.deliver()


@pytest.mark.parametrize("language", ["es", "en"])
def test_from_the_last_final_review_to_a_corrected_result(scene, stage, language):
    first, corrected, counted = SAID[language]
    on = stage(language)
    page = f"/submissions/{scene.code('Inti')}/feedback"

    on.juror.go(f"/reviews/{scene.last}")
    on.juror.press("Mark as final")
    assert on.stranger.tab.goto(RESULT).status == 404
    on.published()
    assert "Idea de Yaku" in on.stranger.go(RESULT)

    assert first in on.team.go(page)
    on.team.press("Ask for a review")
    on.team.fill(grounds="El equipo ganador no es del territorio.", wanted="Que se revise su admisión.")
    on.team.press("Send the appeal")
    number = on.team.path.rsplit("/", 1)[1]

    on.rosa.go(f"{DESK}/appeals/{number}")
    on.rosa.choose("outcome", "accepted").fill(answer="Así es: la inscripción dice otra provincia.")
    on.rosa.press("Ask to give this answer")
    on.confirmed_by_luis(waiting())
    assert on.words("Appeal accepted") in on.team.go(f"/appeals/{number}")

    on.rosa.go(f"{DESK}/appeals/{number}")
    on.rosa.press("Take the result back")
    on.rosa.fill(reason="Se aceptó una apelación.").press("Ask to take it back")
    on.confirmed_by_luis(waiting())
    assert "Se aceptó una apelación." in on.stranger.go(RESULT)

    on.rosa.go(f"/manage/calls/judged/submissions/{scene.code('Yaku')}/exclusion")
    on.rosa.fill(reason="No es del territorio.").press("Ask to exclude it")
    on.confirmed_by_luis(waiting())
    on.published()
    assert corrected in on.team.go(page)
    shown = on.stranger.go(RESULT)
    assert "Idea de Inti" in shown
    assert counted in shown


def waiting():
    """The page of the one act that waits for somebody else."""
    db.session.rollback()
    (code,) = db.session.query(Agreement.code).filter_by(state="asked").one()
    return f"/agreements/{code}"
