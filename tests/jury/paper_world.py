"""A juror who signed a ballot on paper, the officer who types it, and the people who may confirm it."""

from types import SimpleNamespace
from zoneinfo import ZoneInfo

from tests import builders as given
from tests.jury.world import DAY, NOW, a_proposal, a_reading_call, a_review
from thinkia.agreements.queries import agreement_by_code
from thinkia.domain.ballot import Typed
from thinkia.domain.paper import PaperBallot
from thinkia.jury.queries.reviews import review_in_call
from thinkia.jury.services import paper
from thinkia.policy.actor import JurorRole, StaffRole

TODAY = NOW.astimezone(ZoneInfo("America/Guayaquil")).date()  # on the call's calendar
WHY = "Sin conexión en su comunidad"
TYPED = {"impacto": Typed("4"), "viabilidad": Typed("2", reason="Faltan permisos")}


def a_paper_scene(**changes):
    """Rosa types; Luis confirms; Marta chairs and reads nothing here; the juror has marked nothing."""
    reading = a_reading_call(**changes)
    luis = given.an_organiser(reading.host, StaffRole.OWNER, now=NOW - DAY, name="Luis Tipán", language="en")
    chair = given.an_account("Marta Cevallos", now=NOW, language="en")
    given.a_juror(reading.call, account=chair, now=NOW - DAY, role=JurorRole.CHAIR)
    reader = given.an_account("Nina Guamán", now=NOW)
    juror = given.a_juror(reading.call, "academia", account=reader, now=NOW)
    proposal = a_proposal(reading.call, name="Los Delfines")
    review = a_review(juror, proposal)
    people = {"rosa": reading.organiser, "luis": luis, "chair": chair, "reader": reader}
    parts = {"call": reading.call, "host": reading.host, "juror": juror, "review": review}
    return SimpleNamespace(proposal=proposal, **people, **parts)


def a_ballot(**changes):
    """What stands on the paper."""
    usual = {"typed": TYPED, "signed_on": TODAY, "feedback": "Muy claro"}
    return PaperBallot(**{**usual, **changes})


def asked(scene, ballot=None, now=NOW, by=None):
    """The officer has typed it."""
    review = review_in_call("rios", scene.review.code)
    waits = paper.ask_to_enter(review, ballot or a_ballot(), WHY, given.acting(by or scene.rosa), now)
    return agreement_by_code(waits.code)
