"""Acts of two persons across rounds: who was barred stays barred, and what was asked in one ends with it."""

import pytest

from tests import builders as given
from tests.agreements.world import fresh
from tests.builders import DAY, NOON, criterion
from tests.results.scenes_of_rounds import closed, scene_of
from thinkia.agreements import services as agreements
from thinkia.agreements.hooks import act_of
from thinkia.agreements.queries import agreement_by_code
from thinkia.db import db
from thinkia.domain.ballot import Typed
from thinkia.domain.bases import TieKey, TieKeyKind
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.paper import PaperBallot, TypedBallot
from thinkia.domain.rubric import Rubric
from thinkia.jury.queries.reviews import review_by_code
from thinkia.jury.services import paper, sheets
from thinkia.organisations.models import Host
from thinkia.policy import Action, allowed

EARLIER = NOON - 2 * DAY  # the first round is evaluated
OTHER_RUBRIC = Rubric((criterion("alcance", 60), criterion("costo", 40)))
MARKS = {"impacto": Typed("4"), "viabilidad": Typed("2", reason="Faltan permisos")}


@pytest.fixture
def scene(app):
    """Everything is read but one ballot, which lies there on paper. The chair reads all proposals."""
    scene = scene_of(last={"rubric": OTHER_RUBRIC, "tie_break": (TieKey(TieKeyKind.SUBMITTED_AT),)})
    host = db.session.get(Host, scene.call.host_id)
    scene.second = given.an_organiser(host, now=NOON - 9 * DAY, name="Luis Tipán")
    scene.late = given.a_juror(scene.call, "academia", now=NOON - 9 * DAY)
    scene.review = given.a_review(scene.late, scene.submissions["Yaku"], state=ReviewState.ASSIGNED)
    return scene


def from_paper(scene):
    day = (EARLIER - DAY).date()
    ballot = PaperBallot(typed=MARKS, signed_on=day, feedback="Muy claro")
    found = review_by_code(scene.review.code)
    return paper.ask_to_enter(found, ballot, "Sin conexión", given.acting(scene.organiser), EARLIER)


def with_a_sheet(scene):
    ballots = {scene.review.code: TypedBallot(typed=MARKS, feedback="Muy claro")}
    return sheets.ask_to_bring_in(scene.call, ballots, "En una hoja", given.acting(scene.organiser), EARLIER)


def seen_by(account, code, now=NOON):
    return allowed(Action.AGREEMENT_SEE, given.acting(account), agreement_by_code(code), now)


@pytest.mark.parametrize("entered", [from_paper, with_a_sheet])
def test_who_could_not_see_marks_of_a_round_cannot_once_it_is_closed(scene, entered):
    code = entered(scene).code
    agreements.confirm(agreement_by_code(code), fresh(scene.second, EARLIER), EARLIER)
    chair = scene.person(scene.chair)
    before = agreement_by_code(code).barred
    assert {scene.chair.account_id, scene.late.account_id} <= before
    assert not seen_by(chair, code, EARLIER)
    closed(scene)
    assert agreement_by_code(code).barred == before
    assert not seen_by(chair, code)
    assert seen_by(scene.second, code)


@pytest.mark.parametrize("entered", [from_paper, with_a_sheet])
def test_what_was_typed_in_a_round_stands_under_its_criteria_for_good(scene, entered):
    code = entered(scene).code
    agreements.confirm(agreement_by_code(code), fresh(scene.second, EARLIER), EARLIER)
    before = written_out(code)
    closed(scene)
    db.session.expire_all()
    assert written_out(code) == before
    assert "Faltan permisos" in str(before)


def written_out(code):
    """What is told, with the lines of its file."""
    agreement = agreement_by_code(code)
    told = act_of(agreement.kind).told(agreement)
    table = told.table and [told.table.header, *map(list, told.table.rows())]
    return told._replace(table=table)
