"""What stands in the way of a ranking, and what is said beside one."""

from collections.abc import Mapping
from pathlib import PurePath

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from thinkia.domain.ranking.findings import Fault, FaultKind, Note, NoteKind, Table

SHOWN = 60  # characters of what somebody typed

FAULTS = {
    FaultKind.NOT_READABLE: _l("The file cannot be read. Check its name and its permissions."),
    FaultKind.NOT_UTF8: _l("The file is not UTF-8 text. Save it as “CSV UTF-8” in the spreadsheet."),
    FaultKind.BAD_CSV: _l(
        "The quotation marks do not match from here on, or a cell is far too long. "
        "Check the cells with quotation marks."
    ),
    FaultKind.EMPTY_FILE: _l("The file is empty."),
    FaultKind.NO_ROWS: _l("The file has no marks, only the names of the columns."),
    FaultKind.MISSING_COLUMN: _l("Columns are missing: %(columns)s. The first row must have: %(expected)s."),
    FaultKind.REPEATED_COLUMN: _l("These columns appear more than once: %(columns)s. Keep one of each."),
    FaultKind.WRONG_CELL_COUNT: _l(
        "The row has %(cells)s cells and the first row has %(columns)s. "
        "A comma inside a cell may have split it: write decimals with a point."
    ),
    FaultKind.EMPTY_CODE: _l("The column %(column)s is empty. Write its code."),
    FaultKind.INVISIBLE_CHARACTER: _l(
        "There are invisible characters in: %(columns)s. Type these cells again instead of pasting them."
    ),
    FaultKind.UNKNOWN_CRITERION: _l(
        "The criterion “%(criterion)s” is not in the rubric, which has: %(known)s."
    ),
    FaultKind.UNKNOWN_SECTOR: _l("The sector “%(sector)s” does not exist. The sectors are: %(known)s."),
    FaultKind.SECTOR_WITHOUT_WEIGHT: _l(
        "The method gives no weight to: %(sectors)s. Write one in the rules; 0 if it does not count."
    ),
    FaultKind.TWO_SECTORS: _l(
        "The juror %(juror)s sits here for %(sector)s and in row %(other_row)s for %(other)s. "
        "A juror sits for one sector."
    ),
    FaultKind.DUPLICATE_MARK: _l(
        "The mark of %(juror)s for %(submission)s on %(criterion)s is already in row %(first)s. Keep one."
    ),
    FaultKind.MARK_WITH_COMMA: _l("The mark “%(mark)s” has a comma. Write it with a point, such as 4.5."),
    FaultKind.MARK_NOT_A_NUMBER: _l(
        "“%(mark)s” is not a mark. Write digits, with a point for decimals. "
        "Leave the cell empty if there is no mark."
    ),
    FaultKind.MARK_TOO_MANY_PLACES: _l("The mark %(mark)s has more than six decimals. Six are accepted."),
    FaultKind.MARK_NOT_LISTED: _l(
        "The mark %(mark)s is not on the scale of %(criterion)s, which takes: %(allowed)s."
    ),
    FaultKind.MARK_OUTSIDE_SCALE: _l(
        "The mark %(mark)s is outside the scale of %(criterion)s, which goes from %(lowest)s to %(highest)s."
    ),
    FaultKind.MARK_OFF_STEP: _l(
        "The mark %(mark)s is not on the scale of %(criterion)s, "
        "which goes from %(lowest)s to %(highest)s in steps of %(step)s."
    ),
    FaultKind.INCOMPLETE_REVIEW: _l(
        "The review of %(submission)s by %(juror)s is incomplete. It lacks marks on: %(criteria)s. "
        "A criterion without a mark is not a 0."
    ),
    FaultKind.DUPLICATE_SUBMISSION: _l(
        "The submission %(submission)s is already in row %(first)s. Keep one."
    ),
    FaultKind.INSTANT_NOT_READ: _l(
        "“%(instant)s” is not a date and time. Write it as 2026-01-13T17:00:00-05:00."
    ),
    FaultKind.INSTANT_WITHOUT_OFFSET: _l(
        "“%(instant)s” does not say its time zone. "
        "Add the difference from UTC, as in 2026-01-13T17:00:00-05:00."
    ),
    FaultKind.NO_REVIEW: _l("The submission %(submission)s has no marks, so it cannot have a place."),
    FaultKind.NO_REVIEW_LEFT: _l(
        "The submission %(submission)s has only incomplete reviews. Without them it would not have a place: "
        "complete one, or take the submission out of the file."
    ),
    FaultKind.NO_REVIEW_THAT_COUNTS: _l(
        "The submission %(submission)s has reviews only from sectors of weight 0, so it has no score."
    ),
    FaultKind.MISSING_SECTOR: _l(
        "The submission %(submission)s lacks a review from: %(sectors)s. "
        "The method gives these sectors weight and does not say to share it out."
    ),
    FaultKind.MISSING_EVALUATORS: _l(
        "The submission %(submission)s lacks a review from these evaluators: %(groups)s. "
        "The method does not say to share their weight out."
    ),
    FaultKind.UNKNOWN_EVALUATORS: _l(
        "The submission %(submission)s has reviews of evaluators that the method does not name: %(groups)s. "
        "It names: %(known)s."
    ),
    FaultKind.UNKNOWN_GROUP: _l(
        "“%(group)s” is no group of evaluators of the method. Choose one of: %(known)s."
    ),
    FaultKind.TWO_GROUPS: _l(
        "%(juror)s evaluates for %(group)s here and for %(other)s in row %(other_row)s. Keep one group."
    ),
    FaultKind.TOO_FEW_TO_TRIM: _l(
        "The submission %(submission)s has %(reviews)s reviews. Without the extremes none would be left: it "
        "needs %(fewest)s."
    ),
    FaultKind.FEWER_REVIEWS: _l(
        "The submission %(submission)s has %(reviews)s reviews and others have %(most)s. Scores are "
        "added, so all need as many."
    ),
    FaultKind.NOT_CONNECTED: _l(
        "The reviews fall into %(parts)s parts that no juror links, so nobody can tell a strict jury from "
        "weak proposals. Apart from the others stand: %(submissions)s."
    ),
    FaultKind.SEVERITY_UNKNOWN: _l(
        "There are too few reviews to tell a strict juror from chance, and this method corrects for that. "
        "Ask for more reviews, or use another method."
    ),
    FaultKind.METRIC_IN_SCORES: _l(
        "“%(criterion)s” is measured and not judged: its values go to the file of metrics."
    ),
    FaultKind.METRIC_NOT_A_NUMBER: _l(
        "“%(value)s” is not a value. Write digits, with a point and up to six decimals."
    ),
    FaultKind.DUPLICATE_METRIC: _l(
        "The value of %(metric)s for %(submission)s is already in row %(first)s. Keep one."
    ),
    FaultKind.METRIC_NEEDED: _l("The submission %(submission)s has no value of %(metric)s."),
    FaultKind.METRIC_OFF_SCALE: _l(
        "The value %(value)s of %(metric)s for %(submission)s is not on the scale of that criterion."
    ),
    FaultKind.TIE_METRIC_NEEDED: _l(
        "The tie between %(tied)s is settled by %(metric)s. It is not known for: %(submissions)s."
    ),
    FaultKind.SUBMITTED_AT_NEEDED: _l(
        "The tie between %(tied)s is settled by the time of submission. It is not known for: %(submissions)s."
    ),
    FaultKind.SEED_NEEDED: _l(
        "The tie between %(submissions)s is settled by lottery and the rules have no seed. "
        "Give the recorded one."
    ),
    FaultKind.ROUND_NEEDED: _l("The rules have several rounds. Say which one with --round: %(known)s."),
    FaultKind.UNKNOWN_ROUND: _l("There is no round “%(code)s”. The rules have: %(known)s."),
    FaultKind.NO_ROUNDS: _l("The rules have no rounds: the call is judged once. Leave this out."),
    FaultKind.POOL_NEEDED: _l(
        "The submission %(submission)s has no pool, and this round needs one. Write it in the column “pool” "
        "of the file of submissions."
    ),
    FaultKind.NOT_IN_ROUND: _l("The submission %(submission)s did not take part in this round."),
    FaultKind.DID_NOT_GO_ON: _l(
        "The submission %(submission)s has marks in the round %(round)s and did not go on to it. If somebody "
        "withdrew, write after which round in the column “withdrawn_after” of the file of submissions."
    ),
    FaultKind.TIE_AT_LINE: _l(
        "%(submissions)s share a place across the line of who goes on, and no key of the tie chain decides. "
        "Lengthen the chain, or let the rules say “at_line: take_all”."
    ),
    FaultKind.TIE_WAITING: _l(
        "%(submissions)s share a place on the waiting list, and no key of the tie chain decides. Lengthen "
        "the chain, or let the rules say “at_line: take_all”."
    ),
    FaultKind.NOT_BY_HAND: _l(
        "Nobody is named by hand in the round %(round)s: its rules say who goes on. Take the row out."
    ),
    FaultKind.CHOSEN_WITHOUT_REASON: _l("Write the reason why the submission %(submission)s goes on."),
    FaultKind.DUPLICATE_CHOSEN: _l(
        "The submission %(submission)s is already named for this round in row %(first)s. Keep one."
    ),
}
SAY_THEIR_ROUND = {FaultKind.DID_NOT_GO_ON, FaultKind.NOT_BY_HAND}

NOTES = {
    NoteKind.METHOD_COMPARES: _l(
        "This method compares only what one and the same juror read. If jurors read proposals of different "
        "quality, it misleads: the mean is safer."
    ),
    NoteKind.CHAIR_SKIPPED: _l(
        "The tie between %(submissions)s reached the chair's decision, which these files do not have. "
        "That key was skipped."
    ),
    NoteKind.REVIEW_EXCLUDED: _l(
        "The review of %(submission)s by %(juror)s was left out. It lacks marks on: %(criteria)s."
    ),
    NoteKind.EVALUATORS_REDISTRIBUTED: _l(
        "The submission %(submission)s has no review from these evaluators: %(groups)s. "
        "Their weight was shared out among the groups that it has."
    ),
    NoteKind.SECTOR_REDISTRIBUTED: _l(
        "The submission %(submission)s has no review from: %(sectors)s. "
        "Their weight was shared out among the sectors that it has."
    ),
    NoteKind.TIE_UNDECIDED: _l(
        "No key of the tie chain decides between %(submissions)s. They share a place."
    ),
    NoteKind.COLUMN_UNUSED: _l("These columns of the file were not used: %(columns)s."),
    NoteKind.ROUND_AWAITED: _l(
        "The round %(round)s has no marks yet. These take part in it: %(submissions)s."
    ),
    NoteKind.NOBODY_CHOSEN: _l(
        "Who goes on from the round %(round)s is decided by hand, and nobody is named yet."
    ),
    NoteKind.CODES_DIFFER_IN_CASE: _l(
        "These codes differ only in capital letters and were taken as different ones: %(codes)s."
    ),
}


def fault_sentence(fault: Fault, files: Mapping[Table, PurePath] | None = None) -> str:
    """What is wrong and what to do, in the reader's language, with the file and row it is about."""
    sentence = str(FAULTS[fault.kind]) % _shortened(fault.params)
    if "round" in fault.params and fault.kind not in SAY_THEIR_ROUND:
        of_round = gettext("Round %(round)s", round=fault.params["round"])
        sentence = f"{of_round}: {sentence}"
    name = files[fault.table].name if files and fault.table and fault.table in files else ""
    if fault.row is None:
        return f"{name}: {sentence}" if name else sentence
    place = gettext("row %(row)s", row=fault.row)
    return f"{name}, {place}: {sentence}" if name else f"{place}: {sentence}"


def note_sentence(note: Note) -> str:
    """What a reader of the ranking has to know, in the reader's language."""
    return str(NOTES[note.kind]) % _shortened(note.params)


def _shortened(params: Mapping[str, str]) -> dict[str, str]:
    """Nobody needs 10,000 characters of a pasted cell to find it."""
    return {
        name: text if name in {"submissions", "tied"} or len(text) <= SHOWN * 4 else f"{text[:SHOWN]}…"
        for name, text in params.items()
    }
