"""A panel of four that deliberates: three are final on a proposal and one is not; a chair, a secretary."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

from tests import builders as given
from tests.jury.world import NOW, a_final_review, a_proposal, a_reading_call, a_review
from thinkia.accounts.models import Account
from thinkia.db import db
from thinkia.domain.ballot import Typed, read
from thinkia.domain.bases import Deliberation, JuryRules
from thinkia.jury.models import Mark
from thinkia.jury.queries.deliberation import voice_on
from thinkia.jury.queries.reviews import review_by_code
from thinkia.jury.services import deliberation, scoring
from thinkia.policy.actor import JurorRole

REASON = "El anexo dice quién repara la fuga"
SEATS = {"ana": "academia", "beto": "public", "carla": "private", "dora": "civil_society"}
GIVEN = {"ana": (4, 4), "beto": (1, 4), "carla": (5, 3)}


def a_panel(mode=Deliberation.ANONYMOUS, *, now=NOW, **changes):
    """Ana, Beto and Carla are final; Dora has begun; Fausto presides and Gema is secretary."""
    reading = a_reading_call(jury=JuryRules(size=4, deliberation=mode), now=now, **changes)
    jurors = {
        name: given.a_juror(reading.call, sector, account=given.an_account(name.title(), now=now), now=now)
        for name, sector in SEATS.items()
    }
    for name, role in (("fausto", JurorRole.CHAIR), ("gema", JurorRole.SECRETARY)):
        account = given.an_account(name.title(), now=now)
        jurors[name] = given.a_juror(reading.call, account=account, now=now, role=role)
    proposal = a_proposal(reading.call)
    reviews = {name: final(jurors[name], proposal, *marks, now=now) for name, marks in GIVEN.items()}
    reviews["dora"] = a_review(jurors["dora"], proposal, now=now)
    return SimpleNamespace(**vars(reading), jurors=jurors, proposal=proposal, reviews=reviews)


def final(juror, proposal, impacto, viabilidad, *, now=NOW, **changes):
    """A final review with its two marks."""
    review = a_final_review(juror, proposal, now=now, **changes)
    marks = {"impacto": impacto, "viabilidad": viabilidad}
    db.session.add_all(
        Mark(review_id=review.id, criterion=code, value=Decimal(mark)) for code, mark in marks.items()
    )
    db.session.flush()
    db.session.expire(review, ["marks"])
    return review


def account_of(panel, name):
    return db.session.get(Account, panel.jurors[name].account_id)


def acting(panel, name):
    return given.acting(account_of(panel, name))


def ballot(panel, **marks):
    typed = {code: Typed(str(mark)) for code, mark in marks.items()}
    return read(panel.call.bases.rubric, typed)


def change(panel, name, impacto, viabilidad, *, reason=REASON, now=NOW, version=None):
    """This juror gives other marks, as a page that shows the review of now would send them."""
    review = review_by_code(panel.reviews[name].code)
    given_now = ballot(panel, impacto=impacto, viabilidad=viabilidad)
    scoring.change(review, given_now, reason, acting(panel, name), now, version=version or review.version)


def say(panel, name, text="¿Quién repara la fuga?", *, form="uno", now=NOW):
    actor = acting(panel, name)
    return deliberation.write(voice(panel, name), text, actor, now, form=form)


def voice(panel, name):
    return voice_on(panel.call.code, panel.proposal.code, acting(panel, name))


def path(panel):
    return f"/calls/{panel.call.code}/jury/deliberations/{panel.proposal.code}"


def later(minutes):
    return NOW + timedelta(minutes=minutes)
