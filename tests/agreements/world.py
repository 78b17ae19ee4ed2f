"""A final review that one officer wants reopened, and the people who may confirm it."""

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

from tests import builders as given
from tests.jury.world import DAY, NOW, a_final_review, a_proposal, a_reading_call, person
from thinkia.agreements.queries import agreement_by_code
from thinkia.db import db
from thinkia.jury.models import Mark
from thinkia.jury.queries.reviews import review_by_code
from thinkia.jury.services import reopening
from thinkia.outside.mail import Mail
from thinkia.policy.actor import JurorRole, StaffRole

REASON = "El archivo estaba dañado cuando lo leyó"


def a_scene(**seats):
    """Rosa asks; Luis is the other organiser; Marta chairs; the juror has a final review with two marks."""
    reading = a_reading_call()
    rosa = reading.organiser
    luis = given.an_organiser(reading.host, StaffRole.OWNER, now=NOW - DAY, name="Luis Tipán", language="en")
    marta = given.an_account("Marta Cevallos", now=NOW, language="en")
    chair = given.a_juror(reading.call, account=marta, now=NOW - DAY, role=JurorRole.CHAIR)
    juror = given.a_juror(reading.call, "academia", now=NOW, **seats)
    review = a_final_review(juror, a_proposal(reading.call))
    db.session.add_all(
        Mark(review_id=review.id, criterion=code, value=Decimal(4)) for code in ("impacto", "viabilidad")
    )
    db.session.flush()
    return SimpleNamespace(
        call=reading.call,
        host=reading.host,
        rosa=rosa,
        luis=luis,
        marta=marta,
        chair=chair,
        juror=juror,
        reader=juror.account,
        review=review,
    )


def asked(scene, now=NOW, reason=REASON):
    """Rosa has asked for the review to be reopened."""
    waiting = reopening.ask_to_reopen(
        review_by_code(scene.review.code), reason, given.acting(scene.rosa), now
    )
    return agreement_by_code(waiting.code)


def fresh(account, now=NOW):
    """Somebody who has just signed in again."""
    return replace(given.acting(account), signed_in_at=now)


def letters_to(account):
    return [
        mail.template.rpartition("/")[2]
        for mail in db.session.query(Mail).filter_by(to=account.email).order_by(Mail.id)
    ]


__all__ = ["NOW", "REASON", "a_scene", "asked", "fresh", "letters_to", "person"]
