"""A jury of several groups of evaluators: who sits in which, who reads for it, and what no longer changes."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests import builders as given
from tests.builders import both
from tests.jury.world import NOW, a_proposal, a_reading_call, person
from thinkia.calls import services as calls
from thinkia.calls.queries import call_by_code
from thinkia.db import db
from thinkia.domain.bases import Evaluators, JuryRules, Method, SectorQuota
from thinkia.domain.lifecycle import JurorState
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.guest_lists import Guest
from thinkia.jury.models import Review
from thinkia.jury.plan_sheet import NotAPlanError
from thinkia.jury.queries.panels import plan_of
from thinkia.jury.services import invitations, panels, plan_import, profiles

HALVES = Method(evaluators={"jury": Decimal(50), "users": Decimal(50)})
GROUPS = {
    "jury": Evaluators(1, both("Jurado", "Jury"), {"public": SectorQuota(1)}),
    "users": Evaluators(1, both("Usuarios", "Users")),
}
JURY = "/manage/calls/rios/jury"


@pytest.fixture
def reading(app):
    """One proposal; Ana and Bea of the jury, Eva and Fe of the users, and Ida, who is in no group."""
    reading = a_reading_call(jury=JuryRules(2, groups=GROUPS), method=HALVES)
    reading.proposal = a_proposal(reading.call)
    people = {"Ana": "jury", "Bea": "jury", "Eva": "users", "Fe": "users", "Ida": ""}
    for name, group in people.items():
        account = given.an_account(name, now=NOW)
        juror = given.a_juror(reading.call, "public", account=account, now=NOW, evaluators=group)
        setattr(reading, name.lower(), juror)
    reading.everybody = {getattr(reading, name.lower()).code: name for name in people}
    return reading


def refusal(of, *arguments, **options):
    with pytest.raises(Refused) as caught:
        of(*arguments, **options)
    return caught.value.reason


def applied(reading):
    panels.apply(panels_of(reading), reading.actor, NOW)
    return db.session.query(Review).all()


def panels_of(reading):
    panels.propose(reading.call, reading.actor, NOW)
    return plan_of("rios")


def test_each_group_sends_its_own_and_who_is_in_none_does_not_read(reading, new_browser):
    plan = panels_of(reading)
    groups = sorted(reading.everybody[pair["juror"]] in {"Ana", "Bea"} for pair in plan.pairs)
    assert (groups, plan.is_certified, plan.shortfall) == ([False, True], True, [])
    organiser = person(new_browser(language="en"), reading.organiser)
    sits = next(pair["juror"] for pair in plan.pairs if reading.everybody[pair["juror"]] in {"Eva", "Fe"})
    page = organiser.get(f"{JURY}/panels/{reading.proposal.code}")
    assert "Users" in page.text
    assert "Ida" not in page.text
    jurors = organiser.get(JURY).text
    assert "In no group" in jurors
    assert "Panels are drawn without this person" in organiser.get(f"{JURY}/{reading.ida.code}").text
    # one of the jury cannot take the users' seat
    other = next(
        one for one in (reading.ana, reading.bea) if one.code not in {p["juror"] for p in plan.pairs}
    )
    wrong = refusal_of_adjusting(plan, reading, sits, other.code)
    assert (wrong.group, wrong.found, wrong.limit) == ("jury", 2, 1)


def refusal_of_adjusting(plan, reading, leaves, joins):
    with pytest.raises(Refused) as caught:
        panels.adjust(plan, reading.proposal.code, reading.actor, NOW, leaves=leaves, joins=joins)
    return caught.value.details["violation"]


def test_a_sheet_that_seats_two_of_one_group_is_told(reading):
    rows = "\n".join(f"{reading.proposal.code},{juror.code}" for juror in (reading.ana, reading.bea))
    with pytest.raises(NotAPlanError) as caught:
        plan_import.bring_in(reading.call, f"submission,juror\n{rows}\n".encode(), reading.actor, NOW)
    told = [
        (wrong.row, wrong.what.kind.value, wrong.what.group, wrong.what.found) for wrong in caught.value.wrong
    ]
    assert told == [(3, "over_size", "jury", 2), (3, "over_maximum", "jury", 2)]


def test_the_group_stays_once_there_is_a_proposal_to_read(reading):
    profiles.set_seat(reading.ida, "public", reading.actor, NOW, evaluators="users")
    assert reading.ida.evaluators == "users"
    assert refusal(profiles.set_seat, reading.ida, "public", reading.actor, NOW, evaluators="press") is (
        Reason.NO_GROUP
    )
    reads = next(one for one in (reading.eva, reading.fe, reading.ida) if one.id in readers(applied(reading)))
    move = {"evaluators": "jury"}
    assert refusal(profiles.set_seat, reads, "public", reading.actor, NOW, **move) is Reason.GROUP_FIXED
    reads.state = JurorState.REVOKED
    db.session.flush()
    guest = Guest(name=reads.name, email=reads.email, sector="public", evaluators="jury")
    assert refusal(invitations.invite, reading.call, guest, reading.actor, NOW) is Reason.GROUP_FIXED
    change = text("UPDATE juror SET evaluators = 'jury' WHERE id = :id")
    with pytest.raises(DBAPIError, match="stays in the group"), db.session.begin_nested():
        db.session.execute(change, {"id": reads.id})


def readers(reviews):
    return {review.juror_id for review in reviews}


def test_an_invitation_needs_the_group_and_groups_stay_once_panels_are_applied(reading, new_browser):
    guest = Guest(name="Luz", email="luz@example.org", sector="public")
    assert refusal(invitations.invite, reading.call, guest, reading.actor, NOW) is Reason.NO_GROUP
    organiser = person(new_browser(language="en"), reading.organiser)
    organiser.get(f"{JURY}/invite")
    page = organiser.submit(
        "Send the invitation", name="Luz", email="luz@example.org", sector="public", status=422
    )
    assert "Group of evaluators" in page.text
    applied(reading)
    bases = replace(reading.call.bases, method=Method(), jury=JuryRules(2))
    calls.save_draft(call_by_code("rios"), bases, reading.actor, NOW)
    change = {"reason": "Se corrige."}
    assert refusal(calls.publish, call_by_code("rios"), reading.actor, NOW, **change) is Reason.GROUPS_LOCKED
