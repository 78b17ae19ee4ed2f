"""What can be wrong with the rules of a call, as an enum; the words are ``calls/wording.py``'s."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Path = tuple[str | int, ...]


class ProblemKind(StrEnum):
    """Contradictions, which nothing stored has; then what publishing asks for; then advice."""

    VERSION_UNKNOWN = "version_unknown"
    CALL_CODE = "call_code"
    CODE = "code"
    EMPTY_NAME = "empty_name"
    TEXT_TOO_LONG = "text_too_long"
    CONTROL_CHARACTER = "control_character"
    EMAIL = "email"
    ADDRESS = "address"
    UNKNOWN_TIME_ZONE = "unknown_time_zone"
    UNKNOWN_SECTOR = "unknown_sector"
    UNKNOWN_PROVINCE = "unknown_province"

    CLOSES_BEFORE_OPENING = "closes_before_opening"
    SUBMISSION_OPENS_BEFORE_REGISTRATION = "submission_opens_before_registration"
    SUBMISSION_CLOSES_BEFORE_REGISTRATION = "submission_closes_before_registration"
    TEAMS_BEFORE_REGISTRATION = "teams_before_registration"
    TEAMS_AFTER_SUBMISSION = "teams_after_submission"
    EVALUATION_BEFORE_CLOSE = "evaluation_before_close"
    RESULTS_BEFORE_EVALUATION = "results_before_evaluation"
    GRACE = "grace"
    DRAFTS_WITHOUT_DECLARATION = "drafts_without_declaration"
    APPEAL_DAYS = "appeal_days"
    HOLIDAY = "holiday"

    DUPLICATE_CHALLENGE = "duplicate_challenge"
    DUPLICATE_QUESTION = "duplicate_question"
    DUPLICATE_OPTION = "duplicate_option"
    DUPLICATE_CRITERION = "duplicate_criterion"
    DUPLICATE_TIE_KEY = "duplicate_tie_key"
    DUPLICATE_PLACE = "duplicate_place"
    DUPLICATE_PROVINCE = "duplicate_province"

    AGE = "age"
    AGES_OUT_OF_ORDER = "ages_out_of_order"
    TEAM_MIN = "team_min"
    TEAM_SIZES_OUT_OF_ORDER = "team_sizes_out_of_order"
    COMPOSITION_KIND = "composition_kind"
    COMPOSITION_NUMBER = "composition_number"
    COMPOSITION_OUT_OF_ORDER = "composition_out_of_order"
    COMPOSITION_OVER_TEAM = "composition_over_team"

    KEY_NOT_FOR_KIND = "key_not_for_kind"
    LIMIT = "limit"
    OPTIONS_MISSING = "options_missing"
    NUMBERS_OUT_OF_ORDER = "numbers_out_of_order"
    HOST_NAME = "host_name"
    FILE_TYPES_MISSING = "file_types_missing"
    FILE_SIZE_MISSING = "file_size_missing"
    UNKNOWN_FILE_TYPE = "unknown_file_type"
    PAGES_WITHOUT_PDF = "pages_without_pdf"
    UNKNOWN_CHALLENGE = "unknown_challenge"

    NO_CRITERIA = "no_criteria"
    WEIGHTS_TOTAL = "weights_total"
    WEIGHTS_PARTLY = "weights_partly"
    WEIGHT_NEGATIVE = "weight_negative"
    NOTHING_REQUIRED = "nothing_required"
    CAPS_WITHOUT_SUM = "caps_without_sum"
    CAP_UNKNOWN_GROUP = "cap_unknown_group"
    CAP_POSITIVE = "cap_positive"
    WEIGHTS_IN_SUM = "weights_in_sum"
    SCALE_KIND = "scale_kind"
    SCALE_ENDS = "scale_ends"
    SCALE_OUT_OF_ORDER = "scale_out_of_order"
    STEP_POSITIVE = "step_positive"
    STEP_DOES_NOT_DIVIDE = "step_does_not_divide"
    VALUES_TOO_FEW = "values_too_few"
    VALUES_NOT_ASCENDING = "values_not_ascending"
    CHECKLIST_EMPTY = "checklist_empty"
    CHECKLIST_POINTS = "checklist_points"
    CHECKLIST_TOO_FINE = "checklist_too_fine"
    OF_MAX_NEEDS_POSITIVE = "of_max_needs_positive"
    ANCHOR_OFF_SCALE = "anchor_off_scale"
    ANCHOR_TWICE = "anchor_twice"
    ITEMS_COUNT = "items_count"

    SECTORS_WITHOUT_BALANCE = "sectors_without_balance"
    TRIM = "trim"
    TRIM_WITHOUT_TRIMMED = "trim_without_trimmed"
    TRIM_TAKES_ALL = "trim_takes_all"
    SECTOR_WEIGHT_NEGATIVE = "sector_weight_negative"
    EVALUATORS_FEW = "evaluators_few"
    EVALUATORS_WEIGHT = "evaluators_weight"
    EVALUATORS_WITH_SUM = "evaluators_with_sum"
    EVALUATORS_NOT_RUN = "evaluators_not_run"
    SECTOR_WEIGHTS_MISSING = "sector_weights_missing"
    SECTOR_WEIGHTS_ZERO = "sector_weights_zero"
    SECTOR_CANNOT_SIT = "sector_cannot_sit"

    TIE_CODE_MISSING = "tie_code_missing"
    TIE_CODE_UNEXPECTED = "tie_code_unexpected"
    TIE_UNKNOWN_CRITERION = "tie_unknown_criterion"
    TIE_UNKNOWN_GROUP = "tie_unknown_group"
    LOTTERY_KEYS_UNEXPECTED = "lottery_keys_unexpected"
    LOTTERY_SEED_EMPTY = "lottery_seed_empty"
    AFTER_LOTTERY = "after_lottery"
    DRAW_BEFORE_CLOSE = "draw_before_close"
    DRAW_AFTER_RESULTS = "draw_after_results"
    CUT_OFF = "cut_off"
    CUT_OFF_OF_Z = "cut_off_of_z"

    JURY_SIZE = "jury_size"
    JURY_BALANCE = "jury_balance"
    LANGUAGE_QUESTION = "language_question"
    JURY_EXTRA = "jury_extra"
    EXTRA_TOO_MANY = "extra_too_many"
    QUOTA_NEGATIVE = "quota_negative"
    QUOTA_OUT_OF_ORDER = "quota_out_of_order"
    QUOTAS_TOO_MANY = "quotas_too_many"
    QUOTAS_TOO_FEW = "quotas_too_few"
    DELIBERATION_SIZE = "deliberation_size"

    ROUNDS_TOO_FEW = "rounds_too_few"
    DUPLICATE_ROUND = "duplicate_round"
    ADVANCE_MISSING = "advance_missing"
    ADVANCE_KIND = "advance_kind"
    ADVANCE_NUMBER = "advance_number"
    NOT_IN_LAST_ROUND = "not_in_last_round"
    POOLS_MISSING = "pools_missing"
    POOLS_WITH_TOP = "pools_with_top"
    POOL_QUESTION = "pool_question"
    WAITING_NUMBER = "waiting_number"
    WAITING_AT_CUT_OFF = "waiting_at_cut_off"
    SHARE_POSITIVE = "share_positive"
    CARRIED_IN_FIRST = "carried_in_first"
    CARRIED_SCALES = "carried_scales"
    ROUND_OUTSIDE_EVALUATION = "round_outside_evaluation"
    ROUNDS_OVERLAP = "rounds_overlap"

    PLACE = "place"
    AMOUNT_NEGATIVE = "amount_negative"
    CURRENCY = "currency"
    WINNERS = "winners"

    # not published while one of these holds
    NO_TITLE = "no_title"
    NO_CHALLENGES = "no_challenges"
    NO_QUESTIONS = "no_questions"
    NO_STATEMENT = "no_statement"
    ROUNDS_NOT_RUN = "rounds_not_run"
    NO_TIE_BREAK = "no_tie_break"
    NO_DECIDER = "no_decider"
    LOTTERY_SEED_LITERAL = "lottery_seed_literal"
    LOTTERY_SOURCE_MISSING = "lottery_source_missing"
    LOTTERY_INSTANT_MISSING = "lottery_instant_missing"

    # advice
    METHOD_COMPARES = "method_compares"
    NOT_TRANSLATED = "not_translated"
    SECTOR_MAY_LACK = "sector_may_lack"
    NO_SUMMARY = "no_summary"
    NO_CONTACT = "no_contact"
    BLIND_FILE = "blind_file"
    IDENTIFIES_IN_VAIN = "identifies_in_vain"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: by the keys and indexes that lead to it, and what its sentence needs to say."""

    path: Path
    kind: ProblemKind
    params: Mapping[str, object] = field(default_factory=dict)


Problems = Iterator[Problem]
