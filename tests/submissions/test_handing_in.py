"""Handing in: the deadline table on a real database, receipts, the log of attempts."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest
import rfc8785

from tests import builders as given
from tests.builders import NOON
from tests.submissions.world import (
    CLOSES,
    PDF,
    QUESTIONS,
    a_call,
    a_draft,
    actor_of,
    answer,
    filled,
    fresh,
    hand_in,
    question,
    upload,
)
from thinkia.domain.bases import CompositionRule, PersonAttribute, TeamRules
from thinkia.domain.lifecycle import SubmissionState
from thinkia.domain.reasons import Reason, Refused
from thinkia.domain.receipts import is_well_typed
from thinkia.submissions import services
from thinkia.submissions.models import Receipt
from thinkia.submissions.queries import attempts_of, every_file_of, receipts_of
from thinkia.submissions.uploads import Upload

INSTANT = timedelta(microseconds=1)
GRACE_END = CLOSES + timedelta(minutes=15)
OTHER = Upload("otro.pdf", "application/pdf", 900, "b" * 64, 2)


@pytest.fixture
def draft(app):
    return a_draft()


def outcomes(submission):
    return [(one.outcome, one.missing) for one in reversed(attempts_of(submission))]


def test_a_receipt_proves_content_moment_and_number(draft):
    filled(draft)
    receipt = hand_in(draft).receipt
    file = fresh(draft).files[0]
    content = {
        "title": "Agua que cuenta",
        "challenge": "agua",
        "answers": {
            "resumen": "Un mapa de fugas que hace el barrio.",
            "etapa": "idea",
            "costo": "1234.5",
            "etica": True,
        },
        "files": {
            "plan": {
                "id": str(file.id),
                "name": PDF.name,
                "sha256": PDF.sha256,
                "size": PDF.size,
                "pages": 3,
                "media_type": "application/pdf",
            }
        },
    }
    assert json.loads(receipt.content) == content
    assert receipt.content.encode() == rfc8785.dumps(content)
    assert receipt.content_sha256 == hashlib.sha256(receipt.content.encode()).hexdigest()
    assert is_well_typed(receipt.number)
    assert (receipt.received_at, receipt.in_grace) == (NOON, False)
    submission = fresh(draft)
    assert (submission.state, submission.submitted_at) == (SubmissionState.SUBMITTED, NOON)
    assert submission.receipt_id == receipt.id
    assert not submission.is_changed


def test_what_is_missing_is_named_and_every_attempt_is_written_down(draft):
    outcome = hand_in(draft)
    assert outcome.refused.reason is Reason.INCOMPLETE
    assert outcome.attempt.missing == ["resumen", "etapa", "costo", "plan", "etica"]
    answer(draft, "codigo", "https://evil.org")
    filled(draft)
    assert hand_in(draft, place=1).attempt.missing == ["codigo"]
    answer(draft, "codigo", None)
    assert hand_in(draft).receipt is not None
    assert [outcome for outcome, _ in outcomes(draft)] == [
        "submission.incomplete",
        "submission.incomplete",
        "submitted",
    ]
    assert fresh(draft).state is SubmissionState.SUBMITTED


def test_a_team_that_does_not_meet_the_rules_cannot_hand_in(app):
    women = CompositionRule(PersonAttribute.GENDER, value="woman", min=2)
    draft = a_draft(a_call(team=TeamRules(min=2, max=4, composition=(women,))))
    filled(draft)
    assert hand_in(draft).refused.reason is Reason.TEAM_RULES_UNMET
    for member in fresh(draft).team.members:
        member.registration.attributes = {"gender": "woman"}
    assert hand_in(draft).receipt is not None


def test_handing_in_twice_gives_the_same_receipt(draft):
    filled(draft)
    first, second = hand_in(draft), hand_in(draft, NOON + timedelta(seconds=1), place=1)
    assert first.receipt.id == second.receipt.id
    assert second.receipt.received_at == NOON
    assert [outcome for outcome, _ in outcomes(draft)] == ["submitted", "submitted"]


def test_f10_the_same_receipt_is_given_again_even_after_the_deadline(draft):
    filled(draft)
    receipt = hand_in(draft).receipt
    assert hand_in(draft, GRACE_END + timedelta(hours=1)).receipt.id == receipt.id


def test_a_change_before_the_deadline_gives_a_new_receipt_and_the_last_counts(draft):
    filled(draft)
    first = hand_in(draft).receipt
    answer(draft, "resumen", "Otro resumen")
    assert fresh(draft).is_changed
    later = NOON + timedelta(hours=1)
    second = hand_in(draft, later).receipt
    assert second.number != first.number
    submission = fresh(draft)
    assert (submission.receipt_id, submission.submitted_at) == (second.id, later)
    answer(draft, "resumen", "Un mapa de fugas que hace el barrio.")
    assert hand_in(draft, later + timedelta(hours=1)).receipt.id == first.id
    submission = fresh(draft)
    assert (submission.receipt_id, submission.submitted_at) == (first.id, NOON)
    assert len(receipts_of(submission)) == 2


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        (CLOSES - INSTANT, "submitted"),
        (CLOSES, "submitted"),
        (GRACE_END - INSTANT, "submitted"),
        (GRACE_END, "submission.deadline_passed"),
        (GRACE_END + given.DAY, "submission.deadline_passed"),
    ],
)
def test_f04_the_moment_of_arrival_decides(draft, now, outcome):
    filled(draft)
    found = hand_in(draft, now)
    assert found.attempt.outcome == outcome
    if found.receipt:
        assert found.receipt.in_grace == (now >= CLOSES)
    else:
        assert fresh(draft).state is SubmissionState.DRAFT
        assert fresh(draft).values["resumen"]


def test_in_the_grace_only_what_was_saved_in_time_is_handed_in(draft):
    filled(draft)
    answer(draft, "resumen", "Mejor, pero tarde", CLOSES + INSTANT)
    receipt = hand_in(draft, CLOSES + timedelta(minutes=5)).receipt
    assert json.loads(receipt.content)["answers"]["resumen"] == "Un mapa de fugas que hace el barrio."
    assert receipt.in_grace


def test_in_the_grace_a_team_that_saved_nothing_in_time_cannot_hand_in(app):
    optional = tuple(one for one in QUESTIONS if not one.required)
    draft = a_draft(a_call(questions=optional))
    assert hand_in(draft, CLOSES).refused.reason is Reason.NOTHING_SAVED_IN_TIME
    answer(draft, "lema", "tarde", CLOSES)
    assert hand_in(draft, CLOSES + INSTANT).refused.reason is Reason.NOTHING_SAVED_IN_TIME
    assert hand_in(draft, CLOSES - INSTANT).receipt is not None


def test_f03_an_upload_begun_in_time_counts_in_the_grace_and_says_so(draft):
    filled(draft, file=False)
    file = upload(draft, CLOSES + timedelta(minutes=3), begun_at=CLOSES - INSTANT)
    assert file.in_grace
    receipt = hand_in(draft, CLOSES + timedelta(minutes=4)).receipt
    assert json.loads(receipt.content)["files"]["plan"]["sha256"] == PDF.sha256


@pytest.mark.parametrize(
    ("begun_at", "now"),
    [(CLOSES, CLOSES), (CLOSES - INSTANT, GRACE_END), (CLOSES + given.DAY, CLOSES + given.DAY)],
)
def test_f03_any_other_late_upload_is_refused_and_what_was_there_stays(draft, begun_at, now):
    upload(draft)
    with pytest.raises(Refused) as refused:
        upload(draft, now, begun_at=begun_at, file=OTHER)
    assert refused.value.reason is Reason.UPLOAD_TOO_LATE
    assert fresh(draft).values["plan"]["sha256"] == PDF.sha256


def test_a_replaced_file_is_kept_and_the_new_one_counts(draft):
    first = upload(draft)
    assert upload(draft).id == first.id, "the same file again is the same file"
    second = upload(draft, NOON + timedelta(hours=1), file=OTHER)
    submission = fresh(draft)
    assert submission.values["plan"]["id"] == str(second.id)
    kept = {file.id: file.replaced_at for file in every_file_of(submission)}
    assert kept == {first.id: NOON + timedelta(hours=1), second.id: None}


def test_a_file_can_be_removed_before_the_deadline_only(draft):
    upload(draft)
    submission = fresh(draft)
    who, asked = actor_of(submission.team), question(submission, "plan")
    with pytest.raises(Refused) as refused:
        services.remove_file(submission, asked, who, CLOSES)
    assert refused.value.reason is Reason.DEADLINE_PASSED
    services.remove_file(fresh(draft), asked, who, CLOSES - INSTANT)
    assert "plan" not in fresh(draft).values


def test_an_edited_but_not_resent_proposal_stands_as_it_was_handed_in(draft):
    filled(draft)
    receipt = hand_in(draft).receipt
    answer(draft, "resumen", "Cambiado y nunca enviado")
    submission = fresh(draft)
    assert submission.is_changed
    assert submission.receipt.id == receipt.id
    assert "Cambiado" not in submission.receipt.content
    assert hand_in(draft, GRACE_END).refused.reason is Reason.DEADLINE_PASSED


def test_questions_of_other_challenges_are_neither_asked_nor_handed_in(app):
    only = replace(QUESTIONS[1], required=True, challenges=("aire",))
    challenges = tuple(
        given.ChallengeText(code, given.both(code), given.both("?")) for code in ("agua", "aire")
    )
    draft = a_draft(a_call(questions=(QUESTIONS[0], only), challenges=challenges))
    assert [line.question.code for line in draft.lines] == ["~title", "resumen"]
    answer(draft, "resumen", "Basta")
    assert hand_in(draft).receipt is not None


def test_numbers_of_receipts_are_all_different(app):
    call = a_call(questions=QUESTIONS[:1])
    numbers = set()
    for _ in range(5):
        draft = a_draft(call, given.a_team(call))
        answer(draft, "resumen", "Uno")
        numbers.add(hand_in(draft).receipt.number)
    assert len(numbers) == 5
    assert given.db.session.query(Receipt).count() == 5
