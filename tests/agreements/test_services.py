"""One asks with a reason, another confirms: who may, how often, until when, and what is left behind."""

import json
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from tests import builders as given
from tests.agreements.world import NOW, REASON, a_scene, asked, fresh, letters_to
from thinkia.agreements import services
from thinkia.agreements.models import Agreement
from thinkia.agreements.queries import agreement_by_code, seconds_of, waiting_for
from thinkia.agreements.tasks import tell_lapsed
from thinkia.db import db
from thinkia.domain.lifecycle import AgreementState, ReviewState
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.models import Entry
from thinkia.jury.models import Review
from thinkia.jury.queries.conflicts import proposal_subject
from thinkia.jury.queries.reviews import review_by_code
from thinkia.jury.services import conflicts, reopening
from thinkia.organisations import services as organisations
from thinkia.policy.actor import JurorRole

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def scene(app):
    return a_scene()


@pytest.fixture
def waiting(scene):
    return asked(scene)


def state(scene):
    return db.session.get(Review, scene.review.id).state


def refusal(act, *arguments):
    with pytest.raises(Refused) as refused:
        act(*arguments)
    return refused.value.reason


def test_nothing_happens_until_somebody_else_confirms(scene, waiting):
    assert state(scene) is ReviewState.FINAL
    services.confirm(waiting, fresh(scene.luis), NOW)
    assert state(scene) is ReviewState.STARTED


def test_those_who_may_confirm_are_written_to_and_who_asked_learns_the_end(scene, waiting):
    assert letters_to(scene.luis) == letters_to(scene.marta) == ["asked.txt"]
    assert letters_to(scene.rosa) == []
    services.confirm(waiting, fresh(scene.luis), NOW)
    assert letters_to(scene.rosa) == ["decided.txt"]


def test_whoever_asks_never_confirms(scene, waiting):
    assert refusal(services.confirm, waiting, fresh(scene.rosa), NOW) is Reason.NOT_A_SECOND
    waiting = agreement_by_code(waiting.code)
    assert refusal(services.refuse, waiting, "No", fresh(scene.rosa), NOW) is Reason.NOT_A_SECOND
    assert state(scene) is ReviewState.FINAL


def test_the_database_knows_it_too(scene, waiting):
    waiting.state, waiting.decided_by_id, waiting.decided_at = AgreementState.CONFIRMED, scene.rosa.id, NOW
    with pytest.raises(IntegrityError, match="two_persons"):
        db.session.flush()


def test_confirming_needs_a_fresh_sign_in(scene, waiting):
    long_ago = fresh(scene.luis, NOW - services.FRESH - timedelta(seconds=1))
    assert refusal(services.confirm, waiting, long_ago, NOW) is Reason.SIGN_IN_AGAIN
    assert state(scene) is ReviewState.FINAL
    services.confirm(agreement_by_code(waiting.code), fresh(scene.luis, NOW - services.FRESH), NOW)
    assert state(scene) is ReviewState.STARTED


def test_it_lapses_by_the_calendar_and_who_asked_is_told_once(scene, waiting, time_machine):
    just_before, then = NOW + services.LASTS - timedelta(seconds=1), NOW + services.LASTS
    assert waiting.standing(just_before) is AgreementState.ASKED
    assert waiting.standing(then) is AgreementState.LAPSED
    assert refusal(services.confirm, waiting, fresh(scene.luis, then), then) is Reason.AGREEMENT_LAPSED
    assert waiting_for(given.acting(scene.luis), then) == []
    time_machine.move_to(then, tick=False)
    tell_lapsed(waiting.id)
    tell_lapsed(waiting.id)
    assert letters_to(scene.rosa) == ["lapsed.txt"]


def test_the_same_waits_once_and_may_be_asked_again_after_it_lapsed(scene, waiting):
    rosa, long_after = given.acting(scene.rosa), NOW + services.LASTS
    again = (review_by_code(scene.review.code), "Otra vez", rosa, LATER)
    assert refusal(reopening.ask_to_reopen, *again) is Reason.ASKED_ALREADY
    reopening.ask_to_reopen(review_by_code(scene.review.code), "Otra vez", rosa, long_after)
    states = sorted(row.state for row in db.session.query(Agreement))
    assert states == [AgreementState.ASKED, AgreementState.LAPSED]


def test_two_cannot_wait_for_the_same_even_past_the_service(scene, waiting):
    copy = {
        c.key: getattr(waiting, c.key) for c in Agreement.__table__.columns if c.key not in {"id", "code"}
    }
    db.session.add(Agreement(code="ZZZZZZZZ", **copy))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_refusal_has_a_reason_and_does_nothing(scene, waiting):
    assert refusal(services.refuse, waiting, "  ", fresh(scene.marta), NOW) is Reason.REASON_NEEDED
    services.refuse(agreement_by_code(waiting.code), "El archivo se abre bien", fresh(scene.marta), NOW)
    kept = agreement_by_code(waiting.code)
    assert (kept.state, kept.decision_reason) == (AgreementState.REFUSED, "El archivo se abre bien")
    assert (kept.asked_by.name, kept.decided_by.name) == (scene.rosa.name, "Marta Cevallos")
    assert letters_to(scene.rosa) == ["decided.txt"]
    assert state(scene) is ReviewState.FINAL


def test_only_who_asked_takes_it_back(scene, waiting):
    assert refusal(services.withdraw, waiting, fresh(scene.luis), NOW) is Reason.NOT_A_SECOND
    services.withdraw(agreement_by_code(waiting.code), given.acting(scene.rosa), NOW)
    assert refusal(services.confirm, agreement_by_code(waiting.code), fresh(scene.luis), NOW) is (
        Reason.AGREEMENT_DECIDED
    )


def test_when_the_world_has_moved_on_it_says_so_and_changes_nothing(scene, waiting):
    conflicts.declare(
        scene.juror, proposal_subject(scene.review.submission), "Es mi hermana", fresh(scene.reader), LATER
    )
    assert refusal(services.confirm, waiting, fresh(scene.luis, LATER), LATER) is Reason.REVIEW_NOT_FINAL
    db.session.expire_all()
    assert agreement_by_code(waiting.code).state is AgreementState.ASKED
    assert state(scene) is ReviewState.RECUSED
    assert letters_to(scene.rosa) == []


def test_whom_it_concerns_never_confirms(app):
    scene = a_scene(role=JurorRole.SECRETARY)
    organisations.set_seconds(
        scene.host, organisations.SecondKinds(True, True, True), given.acting(scene.luis), NOW
    )
    secretary = scene.reader
    assert secretary.id in {one.account_id for one in seconds_of(scene.call)}
    waiting = asked(scene)
    assert "asked.txt" not in letters_to(secretary)
    assert refusal(services.confirm, waiting, fresh(secretary), NOW) is Reason.NOT_A_SECOND


def test_a_chair_with_a_conflict_neither_hears_of_it_nor_confirms(scene):
    conflicts.declare(
        scene.chair,
        proposal_subject(scene.review.submission),
        "Mi sobrina está en el equipo",
        fresh(scene.marta),
        NOW,
    )
    waiting = asked(scene)
    assert letters_to(scene.marta) == []
    assert waiting_for(given.acting(scene.marta), NOW) == []
    assert refusal(services.confirm, waiting, fresh(scene.marta), NOW) is Reason.NOT_A_SECOND


def test_who_came_after_it_was_asked_does_not_confirm_it(scene, waiting):
    newcomer = given.an_organiser(scene.host, now=LATER)
    assert refusal(services.confirm, waiting, fresh(newcomer, LATER), LATER) is Reason.NOT_A_SECOND


def test_the_host_says_who_may_be_second(scene, waiting):
    only_chair = organisations.SecondKinds(staff=False, chair=True, secretary=False)
    organisations.set_seconds(scene.host, only_chair, given.acting(scene.luis), NOW)
    waiting = agreement_by_code(waiting.code)
    assert refusal(services.confirm, waiting, fresh(scene.luis), NOW) is Reason.NOT_A_SECOND
    services.confirm(agreement_by_code(waiting.code), fresh(scene.marta), NOW)
    assert state(scene) is ReviewState.STARTED


def test_an_office_of_one_person_names_somebody_of_another_host(scene):
    nobody_else = organisations.SecondKinds(staff=True, chair=False, secretary=False)
    organisations.set_seconds(scene.host, nobody_else, given.acting(scene.luis), NOW)
    staff = organisations.staff_by_email(scene.host, scene.luis.email)
    staff.role = "reader"
    db.session.flush()
    ask = (REASON, given.acting(scene.rosa), NOW)
    reopen = reopening.ask_to_reopen
    assert refusal(reopen, review_by_code(scene.review.code), *ask) is Reason.NOBODY_TO_CONFIRM
    assert db.session.query(Agreement).count() == 0

    lab = given.an_organiser(given.a_host(now=NOW), now=NOW)
    organisations.name_second(scene.host, lab.email, given.acting(scene.luis), NOW)
    waiting = agreement_by_code(reopen(review_by_code(scene.review.code), *ask).code)
    assert letters_to(lab) == ["named_second.txt", "asked.txt"]
    assert [one.code for one in waiting_for(given.acting(lab), NOW)] == [waiting.code]
    services.confirm(waiting, fresh(lab), NOW)
    assert state(scene) is ReviewState.STARTED


def test_the_journal_has_both_under_their_pseudonyms_and_no_word_of_theirs(scene, waiting):
    services.confirm(waiting, fresh(scene.luis), NOW)
    lines = (
        db.session.query(Entry).filter_by(object_ref=f"agreement:{waiting.code}").order_by(Entry.seq).all()
    )
    assert [line.action for line in lines] == ["agreement.asked", "agreement.confirmed"]
    first, second = lines
    assert first.actor_ref != second.actor_ref
    data = json.loads(second.body)["data"]
    assert data == {
        "kind": "review.reopen",
        "object": f"review:{scene.review.code}",
        "asked_by": first.actor_ref,
    }
    written = "".join(entry.body for entry in db.session.query(Entry))
    assert "archivo" not in written
    assert "Tipán" not in written
