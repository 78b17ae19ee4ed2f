"""Every refusal that a person can act on. The sentences are in each feature's ``wording.py``."""

from enum import StrEnum


class Reason(StrEnum):
    # accounts
    WRONG_PASSWORD = "account.wrong_password"  # noqa: S105 - a name, not a password
    WRONG_CODE = "account.wrong_code"
    LINK_EXPIRED = "account.link_expired"
    TOO_YOUNG = "account.too_young"
    COMMON_PASSWORD = "account.common_password"  # noqa: S105
    TOO_MANY_TRIES = "account.too_many_tries"
    ACCOUNT_UNKNOWN = "account.unknown"
    # organisations
    STAFF_ALREADY = "staff.already"
    LAST_OWNER = "staff.last_owner"
    # calls
    NOT_A_DRAFT = "call.not_a_draft"
    CODE_TAKEN = "call.code_taken"
    REASON_NEEDED = "call.reason_needed"
    NOT_READY = "call.not_ready"
    NOTHING_CHANGED = "call.nothing_changed"
    STALE_DRAFT = "call.stale_draft"
    CODE_FIXED = "call.code_fixed"
    CANNOT_CANCEL = "call.cannot_cancel"
    # registration
    TOO_YOUNG_FOR_CALL = "registration.too_young"
    TOO_OLD_FOR_CALL = "registration.too_old"
    OTHER_TERRITORY = "registration.other_territory"
    STILL_IN_TEAM = "registration.still_in_team"
    STAFF_OR_JUROR = "registration.staff_or_juror"
    CONSENT_TAKEN_BACK = "registration.consent_taken_back"
    BIRTH_DATE_NEEDED = "registration.birth_date_needed"
    PROVINCE_NEEDED = "registration.province_needed"
    # teams
    TEAM_FULL = "team.full"
    ALREADY_IN_TEAM = "team.already_in_team"
    NOT_REGISTERED = "team.not_registered"
    OTHER_CALL = "team.other_call"
    TEAM_CLOSED = "team.closed"
    INVITATION_GONE = "team.invitation_gone"
    REQUEST_GONE = "team.request_gone"
    HAND_OVER_FIRST = "team.hand_over_first"
    NOT_A_MEMBER = "team.not_a_member"
    NAME_TAKEN = "team.name_taken"
    HAS_SUBMITTED = "team.has_submitted"
    MEMBER_ALREADY = "team.member_already"
    OTHER_ADDRESS = "team.other_address"
    TOO_MANY_INVITATIONS = "team.too_many_invitations"
    NOT_LOOKING = "team.not_looking"
    OFFER_GONE = "team.offer_gone"
    # submissions
    DEADLINE_PASSED = "submission.deadline_passed"
    UPLOAD_TOO_LATE = "submission.upload_too_late"
    NOTHING_SAVED_IN_TIME = "submission.nothing_saved_in_time"
    INCOMPLETE = "submission.incomplete"
    TEAM_RULES_UNMET = "submission.team_rules_unmet"
    CHALLENGE_TAKEN = "submission.challenge_taken"
    CHALLENGE_CLOSED = "submission.challenge_closed"
    CANNOT_EXCLUDE = "submission.cannot_exclude"
    NOT_EDITABLE = "submission.not_editable"
    FILE_TYPE = "submission.file_type"
    FILE_TOO_LARGE = "submission.file_too_large"
    FILE_EMPTY = "submission.file_empty"
    TOO_MANY_PAGES = "submission.too_many_pages"
    FILE_ENCRYPTED = "submission.file_encrypted"
    FILE_DAMAGED = "submission.file_damaged"
    FILE_CONTENT = "submission.file_content"  # ending and content do not agree
    FILE_HAS_PROGRAM = "submission.file_has_program"
    FILE_BOMB = "submission.file_bomb"
    FILE_NOT_KEPT = "submission.file_not_kept"
    NO_FILE = "submission.no_file"
    ANSWER_CHANGED_ELSEWHERE = "submission.answer_changed_elsewhere"
    # jury
    JUROR_KNOWN = "jury.juror_known"
    JUROR_IS_APPLICANT = "jury.juror_is_applicant"
    JUROR_INVITATION_GONE = "jury.invitation_gone"
    LIST_NOT_SOUND = "jury.list_not_sound"
    PLAN_STALE = "jury.plan_stale"
    NOT_PROPOSED = "jury.not_proposed"
    TOO_EARLY_FOR_PANELS = "jury.too_early_for_panels"
    MARK_NOT_ON_SCALE = "jury.mark_not_on_scale"
    REVIEW_INCOMPLETE = "jury.review_incomplete"
    REVIEW_CHANGED = "jury.review_changed"
    REVIEW_FINAL = "jury.review_final"
    CHAIR_TAKEN = "jury.chair_taken"
    JUROR_OTHER_ACCOUNT = "jury.other_account"
    JUROR_SIGN_IN_FIRST = "jury.sign_in_first"
    TOO_EARLY_TO_SIGN = "jury.too_early_to_sign"
    NOTHING_TO_REMIND = "jury.nothing_to_remind"
    NOTHING_TO_ASSIGN = "jury.nothing_to_assign"
    NOBODY_TO_READ = "jury.nobody_to_read"
    PLAN_OPEN = "jury.plan_open"
    PANEL_RULE = "jury.panel_rule"
    CONFLICT_KNOWN = "jury.conflict_known"
    REVIEW_CLOSED = "jury.review_closed"
    NO_MARKS_NOW = "jury.no_marks_now"
    NOTHING_TO_SIGN = "jury.nothing_to_sign"
    MARKS_MISSING = "jury.marks_missing"
    # results
    REVIEWS_OPEN = "results.reviews_open"
    EVALUATION_OPEN = "results.evaluation_open"
    NOTHING_TO_RANK = "results.nothing_to_rank"
    MISSING_SECTOR = "results.missing_sector"
    SEED_MISSING = "results.seed_missing"
    SEED_TOO_EARLY = "results.seed_too_early"
    RANKING_STALE = "results.ranking_stale"
    TIE_NEEDS_CHAIR = "results.tie_needs_chair"
    NO_CHAIR = "results.no_chair"
    SEED_RECORDED = "results.seed_recorded"
    NO_LOTTERY = "results.no_lottery"
    NOT_A_TIE = "results.not_a_tie"
    RESULT_PUBLISHED = "results.published"
    PURPOSE_NEEDED = "results.purpose_needed"
    NO_TABLE = "results.no_table"
    # anywhere
    NOT_NOW = "any.not_now"


class Refused(Exception):
    """A person asked for something that the rules refuse, and can be told why."""

    def __init__(self, reason: Reason, **details: object) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.details = details
