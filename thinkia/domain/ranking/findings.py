"""What stands in the way of a ranking (faults), and what has to be said beside one (notes).

Both are data; ``thinkia.results.wording`` turns them into sentences.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Table(StrEnum):
    """The table whose row a finding is about."""

    SCORES = "scores"
    SUBMISSIONS = "submissions"
    METRICS = "metrics"
    CHOSEN = "chosen"


class FaultKind(StrEnum):
    # a file
    NOT_READABLE = "not_readable"
    NOT_UTF8 = "not_utf8"
    BAD_CSV = "bad_csv"
    EMPTY_FILE = "empty_file"
    NO_ROWS = "no_rows"
    MISSING_COLUMN = "missing_column"
    REPEATED_COLUMN = "repeated_column"
    WRONG_CELL_COUNT = "wrong_cell_count"
    # a row
    EMPTY_CODE = "empty_code"
    INVISIBLE_CHARACTER = "invisible_character"
    UNKNOWN_CRITERION = "unknown_criterion"
    UNKNOWN_SECTOR = "unknown_sector"
    SECTOR_WITHOUT_WEIGHT = "sector_without_weight"
    TWO_SECTORS = "two_sectors"
    UNKNOWN_GROUP = "unknown_group"
    TWO_GROUPS = "two_groups"
    DUPLICATE_MARK = "duplicate_mark"
    MARK_WITH_COMMA = "mark_with_comma"
    MARK_NOT_A_NUMBER = "mark_not_a_number"
    MARK_TOO_MANY_PLACES = "mark_too_many_places"
    MARK_NOT_LISTED = "mark_not_listed"
    MARK_OUTSIDE_SCALE = "mark_outside_scale"
    MARK_OFF_STEP = "mark_off_step"
    INCOMPLETE_REVIEW = "incomplete_review"
    DUPLICATE_SUBMISSION = "duplicate_submission"
    METRIC_IN_SCORES = "metric_in_scores"
    METRIC_NOT_A_NUMBER = "metric_not_a_number"
    DUPLICATE_METRIC = "duplicate_metric"
    INSTANT_NOT_READ = "instant_not_read"
    INSTANT_WITHOUT_OFFSET = "instant_without_offset"
    # a submission
    NO_REVIEW = "no_review"
    NO_REVIEW_LEFT = "no_review_left"
    NO_REVIEW_THAT_COUNTS = "no_review_that_counts"
    MISSING_SECTOR = "missing_sector"
    MISSING_EVALUATORS = "missing_evaluators"
    UNKNOWN_EVALUATORS = "unknown_evaluators"
    TOO_FEW_TO_TRIM = "too_few_to_trim"
    FEWER_REVIEWS = "fewer_reviews"
    NOT_CONNECTED = "not_connected"
    SEVERITY_UNKNOWN = "severity_unknown"
    METRIC_NEEDED = "metric_needed"
    METRIC_OFF_SCALE = "metric_off_scale"
    # a tie
    TIE_METRIC_NEEDED = "tie_metric_needed"
    SUBMITTED_AT_NEEDED = "submitted_at_needed"
    SEED_NEEDED = "seed_needed"
    # a round
    ROUND_NEEDED = "round_needed"
    UNKNOWN_ROUND = "unknown_round"
    POOL_NEEDED = "pool_needed"
    NOT_IN_ROUND = "not_in_round"
    DID_NOT_GO_ON = "did_not_go_on"
    TIE_AT_LINE = "tie_at_line"
    TIE_WAITING = "tie_waiting"
    NOT_BY_HAND = "not_by_hand"
    CHOSEN_WITHOUT_REASON = "chosen_without_reason"
    DUPLICATE_CHOSEN = "duplicate_chosen"
    NO_ROUNDS = "no_rounds"


class NoteKind(StrEnum):
    METHOD_COMPARES = "method_compares"
    CHAIR_SKIPPED = "chair_skipped"
    REVIEW_EXCLUDED = "review_excluded"
    EVALUATORS_REDISTRIBUTED = "evaluators_redistributed"
    SECTOR_REDISTRIBUTED = "sector_redistributed"
    TIE_UNDECIDED = "tie_undecided"
    COLUMN_UNUSED = "column_unused"
    CODES_DIFFER_IN_CASE = "codes_differ_in_case"
    ROUND_AWAITED = "round_awaited"
    NOBODY_CHOSEN = "nobody_chosen"


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why there is no ranking. ``row`` counts as a spreadsheet does: the header is row 1."""

    kind: FaultKind
    params: Mapping[str, str] = field(default_factory=dict)
    table: Table | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader of the ranking has to know. ``params`` name codes, several joined by a comma."""

    kind: NoteKind
    params: Mapping[str, str] = field(default_factory=dict)


class CannotRankError(Exception):
    """There is no ranking; ``faults`` says why, all of it at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(sorted({fault.kind for fault in self.faults})))


def listed(codes: Iterable[str]) -> str:
    """Codes in a row, for a finding's params."""
    return ", ".join(codes)
