"""A published result against which a team may appeal."""

from dataclasses import replace

from tests import builders as given
from tests.feedback.scenes import MARKS, with_words
from thinkia.appeals import services
from thinkia.appeals.queries import appeal_by_number
from thinkia.domain.appeals import Outcome
from thinkia.domain.bases import Appeals
from thinkia.feedback.queries import submission_for_feedback
from thinkia.policy.actor import StaffRole

GROUNDS = "El jurado sumó mal la viabilidad"
WANTED = "Que se vuelva a sumar"
WHY = "La suma estaba mal: falta una lectura"


def published(now, marks=None, **changes):
    """Rosa organises; Luis may confirm. The result is public."""
    rules = {"appeals": Appeals(5), "contact_email": "dudas@example.org", **changes}
    scene = with_words(now, marks or MARKS, **rules)
    scene.luis = given.an_organiser(scene.call.host, StaffRole.OWNER, now=now - given.DAY)
    scene.publish(now)
    return scene


def filed(scene, now, name="Inti"):
    """The team's representative has appealed."""
    submission = submission_for_feedback(scene.code(name))
    return services.file_appeal(submission, GROUNDS, WANTED, given.acting(scene.members[name]), now)


def proposed(scene, appeal, now, outcome=Outcome.ACCEPTED):
    whole = appeal_by_number(appeal.number)
    return services.propose_answer(whole, outcome, WHY, given.acting(scene.organiser), now)


def fresh(account, now):
    """Somebody who has just signed in again."""
    return replace(given.acting(account), signed_in_at=now)
