"""Drafts: begun once, saved by several people, taken back and up again; what organisers decide."""

from datetime import timedelta

import pytest

from tests import builders as given
from tests.builders import NOON
from tests.submissions import world
from tests.submissions.world import CLOSES, a_call, a_draft, a_team, actor_of, answer, fresh, seen
from thinkia.calls import services as calls
from thinkia.db import db
from thinkia.domain.lifecycle import SubmissionState
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.models import Entry
from thinkia.submissions import services
from thinkia.submissions.models import Submission
from thinkia.teams import hooks as team_hooks

LATE = CLOSES + timedelta(minutes=1)


@pytest.fixture
def draft(app):
    return a_draft()


def journal(submission):
    lines = db.session.query(Entry).filter_by(object_ref=f"submission:{submission.code}").order_by(Entry.seq)
    return [line.action for line in lines]


def test_a_team_begins_once_for_a_challenge(app):
    call = a_call()
    team, _ = a_team(call)
    first = a_draft(call, team)
    assert a_draft(call, team).id == first.id, "a second click finds the first one's draft"
    with pytest.raises(Refused) as refused:
        services.start(team, first.challenge, "Otro título", actor_of(team), NOON)
    assert refused.value.reason is Reason.CHALLENGE_TAKEN
    assert db.session.query(Submission).count() == 1
    assert journal(first) == ["submission.started"]


def test_a_challenge_that_the_bases_dropped_takes_no_more(app):
    call = a_call()
    team, _ = a_team(call)
    challenge = a_draft(call, team).challenge
    challenge.is_open = False
    other = given.a_team(call, name="Other")
    with pytest.raises(Refused) as refused:
        services.start(other, challenge, "Agua", actor_of(other), NOON)
    assert refused.value.reason is Reason.CHALLENGE_CLOSED


def test_what_is_saved_counts_up_its_version_and_says_who(draft):
    one = answer(draft, "resumen", "Uno", place=1)
    assert (one.version, one.saved_at) == (1, NOON)
    answer(draft, "resumen", "Dos")
    again = fresh(draft)
    (saved,) = again.answers
    assert (saved.value, saved.version, saved.saved_by.name) == ("Dos", 2, "Nina")
    assert again.saved_at == NOON


def test_saving_the_same_changes_nothing(draft):
    answer(draft, "resumen", "Uno")
    assert answer(draft, "resumen", "Uno", NOON + timedelta(hours=1)).version == 1
    assert answer(draft, "lema", None) is None
    assert len(fresh(draft).answers) == 1


def test_an_answer_over_the_limit_is_kept_and_does_not_count(draft):
    answer(draft, "resumen", "x" * 61)
    line = next(line for line in fresh(draft).lines if line.question.code == "resumen")
    assert line.value == "x" * 61
    assert line.is_flawed


def test_two_people_who_edit_at_once_overwrite_nothing(draft):
    answer(draft, "resumen", "De Nina", seen=seen(0, 0, "nina"))
    with pytest.raises(Refused) as refused:
        answer(draft, "resumen", "De Jefferson", place=1, seen=seen(0, 0, "jeff"))
    assert refused.value.reason is Reason.ANSWER_CHANGED_ELSEWHERE
    assert fresh(draft).answers[0].value == "De Nina"
    answer(draft, "resumen", "De los dos", place=1, seen=seen(1, 0, "jeff"))
    assert fresh(draft).answers[0].value == "De los dos"


def test_a_page_that_never_heard_that_it_saved_is_not_its_own_rival(draft):
    answer(draft, "resumen", "Un", seen=seen(0, 0, "nina"))
    answer(draft, "resumen", "Uno", seen=seen(0, 0, "nina"))
    answer(draft, "resumen", "Una", seen=seen(2, 0, "jeff"), place=1)
    with pytest.raises(Refused):
        answer(draft, "resumen", "Unos", seen=seen(0, 0, "nina"))


def test_after_the_deadline_an_answer_is_kept_apart(draft):
    answer(draft, "resumen", "A tiempo")
    answer(draft, "resumen", "Tarde", LATE, seen=seen(1, 0, "a"))
    answer(draft, "resumen", "Más tarde", LATE, seen=seen(1, 1, "b"))
    saved = {one.is_late: (one.value, one.version) for one in fresh(draft).answers}
    assert saved == {False: ("A tiempo", 1), True: ("Más tarde", 2)}
    assert fresh(draft).values["resumen"] == "A tiempo"
    with pytest.raises(Refused):
        answer(draft, "resumen", "Otra", LATE, seen=seen(1, 1, "c"))


def test_what_is_saved_again_unchanged_after_the_deadline_is_no_late_draft(draft):
    answer(draft, "resumen", "A tiempo")
    answer(draft, "resumen", "A tiempo", LATE)
    assert [one.is_late for one in fresh(draft).answers] == [False]


def test_a_title_is_an_answer_whose_last_good_one_names_the_proposal(draft):
    answer(draft, "title", "Otro título")
    assert fresh(draft).title == "Otro título"
    answer(draft, "title", "x" * 151)
    again = fresh(draft)
    assert (again.title, again.values["~title"]) == ("Otro título", "x" * 151)
    assert not again.lines[0].is_complete
    answer(draft, "title", "Tarde", LATE)
    assert fresh(draft).title == "Otro título"


def test_what_is_typed_is_not_written_in_the_journal_until_it_is_saved_by_hand(draft):
    answer(draft, "resumen", "a", by_hand=False)
    assert journal(draft) == ["submission.started"]
    answer(draft, "resumen", "ab")
    answer(draft, "resumen", "tarde", LATE, by_hand=False)
    assert journal(draft) == ["submission.started", "submission.saved", "submission.saved"]


def test_a_withdrawn_proposal_can_be_taken_up_again(draft):
    who = actor_of(draft.team)
    world.filled(draft)
    assert world.hand_in(draft).receipt
    services.withdraw(fresh(draft), who, NOON)
    assert fresh(draft).state is SubmissionState.WITHDRAWN
    with pytest.raises(Refused) as refused:
        answer(draft, "resumen", "No")
    assert refused.value.reason is Reason.NOT_EDITABLE
    assert world.hand_in(draft).refused.reason is Reason.NOT_EDITABLE
    services.reopen(fresh(draft), who, NOON)
    again = fresh(draft)
    assert (again.state, again.receipt_id, again.submitted_at) == (SubmissionState.DRAFT, None, None)
    assert world.hand_in(draft).receipt.number


def test_a_draft_follows_new_bases_and_a_receipt_keeps_its_own(app):
    call = a_call()
    handed, drafted = a_draft(call), a_draft(call, given.a_team(call))
    world.filled(handed)
    receipt = world.hand_in(handed).receipt
    first = call.version_id
    organiser = given.acting(given.an_organiser(call.host))
    more = given.some_bases(
        "rios", questions=(*world.QUESTIONS[:3], *world.QUESTIONS[4:]), team=call.bases.team
    )
    calls.save_draft(call, more, organiser, NOON)
    second = calls.publish(call, organiser, NOON + given.DAY, reason="Una pregunta menos")
    assert fresh(drafted).bases_version_id == second.id
    assert fresh(handed).bases_version_id == first
    assert [line.question.code for line in fresh(drafted).lines].count("temas") == 0
    assert "temas" in [line.question.code for line in fresh(handed).receipt.lines]
    assert receipt.bases_version_id == first


def test_an_exclusion_has_a_reason_and_every_member_is_told(app):
    draft = a_draft()
    organiser = given.acting(given.an_organiser(draft.call.host))
    with pytest.raises(Refused) as refused:
        services.ask_to_exclude(draft, "No cumple", organiser, NOON)
    assert refused.value.reason is Reason.CANNOT_EXCLUDE
    world.filled(draft)
    world.hand_in(draft)
    with pytest.raises(Refused) as refused:
        services.ask_to_exclude(fresh(draft), "  ", organiser, NOON)
    assert refused.value.reason is Reason.REASON_NEEDED
    world.exclude(draft, " No cumple el artículo 4. ")
    again = fresh(draft)
    assert (again.state, again.excluded_reason) == (SubmissionState.EXCLUDED, "No cumple el artículo 4.")
    with pytest.raises(Refused):
        services.ask_to_exclude(again, "Otra vez", organiser, NOON)


def test_a_team_that_handed_in_cannot_end_and_drafts_end_with_their_team(app):
    call = a_call()
    handed, drafted = a_draft(call), a_draft(call, given.a_team(call))
    world.filled(handed)
    world.hand_in(handed)
    answer(drafted, "resumen", "Uno")
    with pytest.raises(Refused) as refused:
        team_hooks.tell_ending(fresh(handed).team, NOON)
    assert refused.value.reason is Reason.HAS_SUBMITTED
    team_hooks.tell_ending(fresh(drafted).team, NOON)
    assert [one.id for one in db.session.query(Submission)] == [handed.id]
