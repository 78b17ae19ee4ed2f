"""Acts of two persons across rounds: who was barred stays barred, and what was asked in one ends with it."""

import pytest

from tests import builders as given
from tests.agreements.world import fresh
from tests.builders import DAY, NOON, criterion
from tests.results.scenes import BY_LOTTERY
from tests.results.scenes_of_rounds import closed, scene_of
from tests.results.test_desk import as_
from thinkia import clock
from thinkia.agreements import services as agreements
from thinkia.agreements.hooks import act_of
from thinkia.agreements.queries import agreement_by_code
from thinkia.db import db
from thinkia.domain.ballot import Typed
from thinkia.domain.bases import TieKey, TieKeyKind
from thinkia.domain.lifecycle import AgreementState, ReviewState
from thinkia.domain.paper import PaperBallot, TypedBallot
from thinkia.domain.reasons import Reason, Refused
from thinkia.domain.rounds import Advance
from thinkia.domain.rubric import Rubric
from thinkia.jury.models import Review
from thinkia.jury.queries.reviews import review_by_code
from thinkia.jury.services import paper, reopening, sheets
from thinkia.jury.services.one_more import ask_one_more
from thinkia.organisations.models import Host, Staff
from thinkia.policy import Action, allowed
from thinkia.policy.actor import StaffRole
from thinkia.results import services
from thinkia.submissions.queries import submission_in_call
from thinkia.web.errors import sentence

EARLIER = NOON - 2 * DAY  # the first round is evaluated
OTHER_RUBRIC = Rubric((criterion("alcance", 60), criterion("costo", 40)))
MARKS = {"impacto": Typed("4"), "viabilidad": Typed("2", reason="Faltan permisos")}


@pytest.fixture
def scene(app):
    """The chair reads all proposals, and one more juror none by now. Two officers."""
    scene = scene_of(last={"rubric": OTHER_RUBRIC, "tie_break": (TieKey(TieKeyKind.SUBMITTED_AT),)})
    host = db.session.get(Host, scene.call.host_id)
    scene.second = given.an_organiser(host, now=NOON - 9 * DAY, name="Luis Tipán")
    scene.late = given.a_juror(scene.call, "academia", now=NOON - 9 * DAY)
    return scene


def confirm(scene, code, now=NOON):
    agreements.confirm(agreement_by_code(code), fresh(scene.second, now), now)


def refused_in_the_next_round(scene, code):
    with pytest.raises(Refused) as refused:
        confirm(scene, code)
    return refused.value.reason is Reason.ROUND_OVER


def from_paper(scene):
    """Of a ballot that lies there on paper."""
    day = (EARLIER - DAY).date()
    ballot = PaperBallot(typed=MARKS, signed_on=day, feedback="Muy claro")
    found = review_by_code(a_ballot(scene).code)
    return paper.ask_to_enter(found, ballot, "Sin conexión", given.acting(scene.organiser), EARLIER)


def a_ballot(scene):
    return given.a_review(scene.late, scene.submissions["Yaku"], state=ReviewState.ASSIGNED)


def with_a_sheet(scene):
    ballots = {a_ballot(scene).code: TypedBallot(typed=MARKS, feedback="Muy claro")}
    return sheets.ask_to_bring_in(scene.call, ballots, "En una hoja", given.acting(scene.organiser), EARLIER)


def seen_by(account, code, now=NOON):
    return allowed(Action.AGREEMENT_SEE, given.acting(account), agreement_by_code(code), now)


@pytest.mark.parametrize("entered", [from_paper, with_a_sheet])
def test_who_could_not_see_marks_of_a_round_cannot_once_it_is_closed(scene, entered):
    code = entered(scene).code
    confirm(scene, code, EARLIER)
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
    confirm(scene, code, EARLIER)
    before = written_out(code)
    closed(scene)
    db.session.expire_all()
    assert written_out(code) == before
    assert "Faltan permisos" in str(before)


def one_more(scene, now, name="Yaku"):
    found = submission_in_call(scene.call.code, scene.code(name))
    ask = given.acting(scene.organiser)
    return ask_one_more(found, scene.late.code, "academia", "Están muy cerca", ask, now).code


def test_one_more_juror_asked_for_in_a_round_is_asked_for_anew_in_the_next(scene):
    stale = one_more(scene, EARLIER)
    closed(scene)
    assert refused_in_the_next_round(scene, stale)
    anew = one_more(scene, NOON)
    confirm(scene, anew)
    review = db.session.query(Review).filter_by(juror_id=scene.late.id).one()
    assert (review.state, review.closed_round) == (ReviewState.ASSIGNED, None)
    assert agreement_by_code(stale).state is AgreementState.ASKED


def test_a_review_of_a_closed_round_is_not_reopened_and_its_page_says_why(app, new_browser):
    now = clock.now()
    scene = scene_of(now=now)
    second = given.an_organiser(db.session.get(Host, scene.call.host_id), now=now - 9 * DAY)
    review = db.session.query(Review).filter_by(submission_id=scene.submissions["Killa"].id).first()
    asked = reopening.ask_to_reopen(
        review_by_code(review.code), "Se equivocó", given.acting(scene.organiser), now - 2 * DAY
    )
    closed(scene, now)
    browser = as_(new_browser(), second, now)
    page = browser.get(f"/agreements/{asked.code}")
    assert scene.code("Killa") in page.text
    with pytest.raises(Refused) as refused:
        agreements.confirm(agreement_by_code(asked.code), fresh(second, now), now)
    assert "una ronda de la convocatoria que está cerrada" in sentence(refused.value)


def test_nobody_in_a_team_of_the_call_confirms_who_goes_on(app):
    scene = scene_of(first={"advance": Advance(by_hand=True), "waiting": 0})
    member = scene.members["Killa"]
    staff = Staff(
        host_id=scene.call.host_id, account_id=member.id, role=StaffRole.ORGANISER, since=NOON - 9 * DAY
    )
    db.session.add(staff)
    given.an_organiser(db.session.get(Host, scene.call.host_id), now=NOON - 9 * DAY)
    chosen = {scene.code("Killa"): "La única de su zona"}
    code = services.ask_to_close(scene.confirm(), chosen, "Acta 3", given.acting(scene.organiser), NOON).code
    with pytest.raises(Refused) as refused:
        agreements.confirm(agreement_by_code(code), fresh(member, NOON), NOON)
    assert refused.value.reason is Reason.NOT_A_SECOND


def test_a_seed_of_one_round_is_not_recorded_in_the_next(app):
    lottery = {"tie_break": BY_LOTTERY}
    scene = scene_of(first=lottery, last=lottery)
    scene.second = given.an_organiser(db.session.get(Host, scene.call.host_id), now=NOON - 9 * DAY)
    asked = [services.ask_for_seed(scene.call, "48213", "Boletín 12", given.acting(scene.organiser), EARLIER)]
    closed(scene)
    actor = given.acting(scene.organiser)
    asked.append(services.ask_for_seed(scene.call, "77", "Boletín 13", actor, NOON))
    with pytest.raises(Refused) as refused:
        agreements.confirm(agreement_by_code(asked[0].code), fresh(scene.second, NOON), NOON, typed="48213")
    assert refused.value.reason is Reason.ROUND_OVER
    agreements.confirm(agreement_by_code(asked[1].code), fresh(scene.second, NOON), NOON, typed="77")


def written_out(code):
    """What is told, with the lines of its file."""
    agreement = agreement_by_code(code)
    told = act_of(agreement.kind).told(agreement)
    table = told.table and [told.table.header, *map(list, told.table.rows())]
    return told._replace(table=table)
