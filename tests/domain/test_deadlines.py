"""The deadline table, cell by cell."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thinkia.domain.bases import Calendar, Window
from thinkia.domain.deadlines import Deadline, Worth, handing_in, saving, uploading
from thinkia.domain.lifecycle import SubmissionState
from thinkia.domain.reasons import Reason
from thinkia.domain.standing import Standing, standing

T = datetime(2026, 3, 12, 22, 0, tzinfo=UTC)
GRACE = timedelta(minutes=15)
DEADLINE = Deadline(T, T + GRACE)
INSTANT = timedelta(microseconds=1)
BEFORE, AT, IN_GRACE, LAST, OVER, LATER = (
    T - INSTANT,
    T,
    T + timedelta(minutes=5),
    T + GRACE - INSTANT,
    T + GRACE,
    T + timedelta(days=3),
)


def test_the_deadline_is_the_close_of_submissions_and_its_grace():
    window = Window(T - timedelta(days=9), T)
    calendar = Calendar(
        registration=window, submission=window, evaluation=window, results=T, grace_seconds=900
    )
    assert Deadline.of(calendar) == DEADLINE


@pytest.mark.parametrize(
    ("received_at", "worth"),
    [(BEFORE, "counts"), (AT, "kept"), (IN_GRACE, "kept"), (LAST, "kept"), (OVER, "kept"), (LATER, "kept")],
)
def test_an_answer_is_kept_at_any_time_and_counts_before_the_deadline(received_at, worth):
    ruling = saving(DEADLINE, received_at)
    assert (ruling.worth, ruling.reason) == (worth, None)


@pytest.mark.parametrize(
    ("begun_at", "complete_at", "worth"),
    [
        (BEFORE - GRACE, BEFORE, "counts"),
        (BEFORE, AT, "in_grace"),
        (BEFORE, LAST, "in_grace"),
        (BEFORE, OVER, "refused"),
        (BEFORE, LATER, "refused"),
        (AT, AT, "refused"),
        (AT, LAST, "refused"),
        (IN_GRACE, IN_GRACE, "refused"),
        (LATER, LATER, "refused"),
    ],
)
def test_an_upload_counts_when_it_begins_before_the_deadline(begun_at, complete_at, worth):
    ruling = uploading(DEADLINE, begun_at, complete_at)
    assert ruling.worth == worth
    assert ruling.reason == (Reason.UPLOAD_TOO_LATE if worth == "refused" else None)


@pytest.mark.parametrize(
    ("received_at", "began", "worth", "reason"),
    [
        (BEFORE, True, "counts", None),
        (BEFORE, False, "counts", None),
        (AT, True, "in_grace", None),
        (LAST, True, "in_grace", None),
        (AT, False, "refused", Reason.NOTHING_SAVED_IN_TIME),
        (LAST, False, "refused", Reason.NOTHING_SAVED_IN_TIME),
        (OVER, True, "refused", Reason.DEADLINE_PASSED),
        (OVER, False, "refused", Reason.DEADLINE_PASSED),
        (LATER, True, "refused", Reason.DEADLINE_PASSED),
    ],
)
def test_handing_in(received_at, began, worth, reason):
    ruling = handing_in(DEADLINE, received_at, began_in_time=began)
    assert (ruling.worth, ruling.reason) == (worth, reason)


@given(st.integers(-(10**10), 10**10), st.integers(0, 10**9), st.booleans())
def test_nothing_that_arrives_after_the_grace_counts(begun, lasts, began_in_time):
    begun_at = OVER + timedelta(microseconds=begun)
    complete_at = begun_at + timedelta(microseconds=lasts)
    if complete_at >= OVER:
        assert uploading(DEADLINE, begun_at, complete_at).worth is Worth.REFUSED
        assert handing_in(DEADLINE, complete_at, began_in_time=began_in_time).worth is Worth.REFUSED
        assert saving(DEADLINE, complete_at).worth is Worth.KEPT
    if begun_at < T:
        assert saving(DEADLINE, begun_at).worth is Worth.COUNTS


def test_a_grace_of_nothing_leaves_no_moment_in_it():
    strict = Deadline(T, T)
    assert handing_in(strict, BEFORE, began_in_time=True).worth is Worth.COUNTS
    assert handing_in(strict, AT, began_in_time=True).reason is Reason.DEADLINE_PASSED
    assert uploading(strict, BEFORE, AT).worth is Worth.REFUSED


@pytest.mark.parametrize(
    ("state", "now", "expected"),
    [
        (SubmissionState.DRAFT, BEFORE, Standing.OPEN),
        (SubmissionState.DRAFT, AT, Standing.GRACE),
        (SubmissionState.DRAFT, OVER, Standing.NOT_HANDED_IN),
        (SubmissionState.SUBMITTED, BEFORE, Standing.HANDED_IN_OPEN),
        (SubmissionState.SUBMITTED, AT, Standing.HANDED_IN),
        (SubmissionState.WITHDRAWN, BEFORE, Standing.WITHDRAWN),
        (SubmissionState.EXCLUDED, LATER, Standing.EXCLUDED),
    ],
)
def test_where_a_submission_stands(state, now, expected):
    assert standing(state, DEADLINE, now) is expected
