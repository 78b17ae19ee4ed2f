"""The words of submissions: refusals, states, what an answer says and what is wrong with it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from thinkia.calls.wording.dates import time_left as time_left  # noqa: PLC0414 - pages use it
from thinkia.calls.wording.numbers import listed, number, size
from thinkia.calls.wording.questions import limits
from thinkia.domain.answers import (
    TITLE,
    AnswerProblem,
    Line,
    Problem,
    Value,
    characters,
    is_complete,
    words,
)
from thinkia.domain.bases import TEXT_KINDS, Question, QuestionKind
from thinkia.domain.lifecycle import SubmissionState
from thinkia.domain.reasons import Reason, Refused
from thinkia.domain.typed_numbers import Ambiguous, read_number
from thinkia.submissions.models import Answer, Attempt, Receipt
from thinkia.web.errors import tell
from thinkia.web.locale import language
from thinkia.web.pages import plain

tell(
    {
        Reason.DEADLINE_PASSED: _l(
            "The deadline and the time of grace are over. What you saved stays here, and the log "
            "shows every attempt."
        ),
        Reason.UPLOAD_TOO_LATE: _l(
            "The file was not accepted: files count when their upload begins before the deadline. "
            "What was there stays."
        ),
        Reason.NOTHING_SAVED_IN_TIME: _l(
            "After the deadline only what was saved before it can be handed in, and your team had "
            "saved no answer."
        ),
        Reason.INCOMPLETE: _l(
            "The proposal cannot be handed in yet. Complete what is marked below, then try again."
        ),
        Reason.TEAM_RULES_UNMET: _l(
            "The proposal cannot be handed in yet: the team does not meet the rules of the call. See "
            "what is missing below."
        ),
        Reason.CHALLENGE_TAKEN: _l(
            "Your team already has a proposal for that challenge. Go on with that one."
        ),
        Reason.CHALLENGE_CLOSED: _l("That challenge takes no proposals. Choose another one."),
        Reason.NOT_EDITABLE: _l("This proposal cannot be changed: it was withdrawn or excluded."),
        Reason.CANNOT_EXCLUDE: _l("Only a proposal that was handed in can be excluded."),
        Reason.NO_FILE: _l("Choose a file first."),
        Reason.FILE_TYPE: _l("“%(name)s” is not of an accepted type. Accepted: %(types)s."),
        Reason.FILE_TOO_LARGE: _l(
            "“%(name)s” has %(size)s and the most is %(limit)s. Make it smaller and upload it again."
        ),
        Reason.FILE_EMPTY: _l("“%(name)s” is empty. Choose another file."),
        Reason.TOO_MANY_PAGES: _l("“%(name)s” has %(pages)s pages and the most is %(limit)s."),
        Reason.FILE_ENCRYPTED: _l("“%(name)s” has a password. Take it off and upload the file again."),
        Reason.FILE_DAMAGED: _l(
            "“%(name)s” cannot be opened: it is damaged or incomplete. Save it again and upload it once more."
        ),
        Reason.FILE_CONTENT: _l(
            "“%(name)s” is not really a file of type %(ending)s. Save it in that format; changing "
            "its name is not enough."
        ),
        Reason.FILE_HAS_PROGRAM: _l(
            "“%(name)s” carries a program (a macro or a script). Save it without it, for instance by "
            "printing to PDF."
        ),
        Reason.FILE_BOMB: _l(
            "“%(name)s” was not accepted: unpacked it is too large, or its contents point outside of it."
        ),
        Reason.FILE_NOT_KEPT: _l(
            "Files cannot be received right now: there is no room for them. Your texts are safe and can be "
            "saved. Try the file again in a while; if the deadline is near, write to the organisers."
        ),
        Reason.ANSWER_CHANGED_ELSEWHERE: _l(
            "Somebody else changed this answer while you were writing. Nothing was overwritten: "
            "compare both texts."
        ),
    }
)

STATES = {
    SubmissionState.DRAFT: _l("Draft"),
    SubmissionState.SUBMITTED: _l("Submitted"),
    SubmissionState.WITHDRAWN: _l("Withdrawn"),
    SubmissionState.EXCLUDED: _l("Excluded"),
    SubmissionState.WAITING: _l("On the waiting list"),
    SubmissionState.OUT: _l("Did not go on"),
}
TAGS = {
    SubmissionState.DRAFT: "soft",
    SubmissionState.SUBMITTED: "plain",
    SubmissionState.WITHDRAWN: "off",
    SubmissionState.EXCLUDED: "error",
    SubmissionState.WAITING: "soft",
    SubmissionState.OUT: "off",
}
FILTERS = {
    SubmissionState.SUBMITTED: _l("Submitted"),
    SubmissionState.DRAFT: _l("Drafts"),
    SubmissionState.EXCLUDED: _l("Excluded"),
    SubmissionState.WITHDRAWN: _l("Withdrawn"),
}
FILTERS_OF_ROUNDS = {
    SubmissionState.WAITING: _l("On the waiting list"),
    SubmissionState.OUT: _l("Did not go on"),
}
_OUTCOMES = {
    "submitted": _l("Handed in"),
    Reason.INCOMPLETE.value: _l("Not handed in: something was missing"),
    Reason.TEAM_RULES_UNMET.value: _l("Not handed in: the team did not meet the rules"),
    Reason.DEADLINE_PASSED.value: _l("Not handed in: it arrived after the deadline and the time of grace"),
    Reason.NOTHING_SAVED_IN_TIME.value: _l("Not handed in: nothing had been saved before the deadline"),
    Reason.NOT_EDITABLE.value: _l("Not handed in: the proposal was withdrawn or excluded"),
}


def question_title(question: Question) -> str:
    """Also of the title, which is no question of the bases."""
    return _("Title of the proposal") if question.code == TITLE.code else plain(question.title)


def question_title_of(answer: Answer, lines: Iterable[Line]) -> str:
    """The title of the question of an answer; its code where the bases ask it no more."""
    found = (line.question for line in lines if line.question.code == answer.question)
    asked = TITLE if answer.question == TITLE.code else next(found, None)
    return question_title(asked) if asked else answer.question


def moment_exact(value: datetime, zone: str) -> str:
    """As in "12 mar 2026, 16:59:58": for logs, where seconds matter."""
    local = value.astimezone(ZoneInfo(zone))
    return format_datetime(local.replace(tzinfo=None), "d MMM y, HH:mm:ss", rebase=False).replace(".", "")


def with_words(refused: Refused) -> Refused:
    """The refusal with its numbers and lists as a reader writes them."""
    details: dict[str, Any] = dict(refused.details)
    if "types" in details:
        details["types"] = listed(str(one).upper() for one in details["types"])
    if refused.reason is Reason.FILE_TOO_LARGE:
        details |= {"size": size(details["size"]), "limit": size(details["limit"])}
    if "ending" in details:
        details["ending"] = details["ending"].upper()
    return Refused(refused.reason, **details)


def status(line: Line) -> tuple[str, str]:
    """A line of the task list in words, with the kind of its tag."""
    if line.is_flawed:
        return _("To correct"), "error"
    if line.is_empty:
        return (_("Not begun"), "soft") if line.question.required else (_("Optional"), "off")
    return _("Completed"), "plain"


def hint(line: Line) -> str:
    """What stands under a line: what was answered, or what is asked for."""
    question, value = line.question, line.value
    if line.is_empty:
        return limits(question)
    if question.kind in TEXT_KINDS:
        return _length(question, value)
    if question.kind is QuestionKind.FILE:
        return file_words(value)
    if question.kind is QuestionKind.ADDRESS:
        return str(value)
    return str(answer_words(question, value))


def answer_words(
    question: Question, value: Value, file_address: Callable[[str], str] | None = None
) -> str | Markup:
    """An answer as people read it. ``file_address`` gives the address of a file by its id."""
    shown = _SHOWN.get(question.kind, lambda _question, text: str(text))
    if value is None:
        return ""
    if question.kind is QuestionKind.FILE and file_address is not None:
        link = Markup('<a href="{}"><bdi>{}</bdi></a>').format(file_address(value["id"]), value["name"])
        return Markup("{} <span class='small mute'>{}</span>").format(link, file_facts(value))
    return shown(question, value)


def file_words(value: Mapping[str, Any]) -> str:
    """As in "plan.pdf, 8 pages, 1,2 MB"."""
    return f"{value['name']}, {file_facts(value)}"


def problem_sentence(problem: Problem) -> str:
    """What is wrong with an answer and what to do."""
    return _PROBLEMS[problem.kind](problem.details)


def missing_words(line: Line) -> str:
    """A line of what keeps a proposal from being handed in."""
    title = question_title(line.question)
    if line.is_flawed:
        return _("Correct “%(question)s”", question=title)
    if line.question.kind is QuestionKind.FILE:
        return _("Upload “%(question)s”", question=title)
    if line.question.kind is QuestionKind.DECLARATION:
        return _("Accept “%(question)s”", question=title)
    return _("Answer “%(question)s”", question=title)


def outcome_words(attempt: Attempt) -> str:
    return str(_OUTCOMES.get(attempt.outcome, attempt.outcome))


def when_words(receipt: Receipt) -> str:
    """How a receipt stands to the deadline."""
    if receipt.by_itself:
        return _("By itself, at the close")
    return _("In the time of grace") if receipt.in_grace else _("In time")


def missing_titles(attempt: Attempt, titles: Mapping[str, str]) -> str:
    """The questions that were missing at an attempt, by name; a question that is gone keeps its code."""
    return listed(titles.get(code, code) for code in attempt.missing) if attempt.missing else ""


def _length(question: Question, text: str) -> str:
    if question.max_words:
        limit = question.max_words
        return _("%(count)s of %(limit)s words", count=number(words(text)), limit=number(limit))
    if question.max_characters:
        limit = question.max_characters
        return _("%(count)s of %(limit)s characters", count=number(characters(text)), limit=number(limit))
    return ngettext("%(num)s word", "%(num)s words", words(text))


def file_facts(value: Mapping[str, Any]) -> str:
    """As in "8 pages, 1,2 MB"."""
    facts = [ngettext("%(num)d page", "%(num)d pages", value["pages"])] if value.get("pages") else []
    return ", ".join([*facts, size(value["size"])])


def _choice(question: Question, value: Value) -> str | Markup:
    titles = {option.code: plain(option.title) for option in question.options}
    chosen = value if isinstance(value, list) else [value]
    return listed(titles.get(code, code) for code in chosen)


def _number(question: Question, value: Value) -> str:
    return number_in_words(value) if is_complete(question, value) else str(value)


def number_in_words(value: str) -> str:
    """A stored number as the reader's language writes it."""
    found = read_number(value)
    return value if found is None else number(found)


def typed_number(value: str) -> str:
    """A number as it stands in a form: no thousands, the reader's decimal mark; what is none stays "
    "as typed.
    """
    try:
        is_number = read_number(value) is not None
    except Ambiguous:
        return value
    return value.replace(".", ",") if is_number and language() == "es" else value


def _address(question: Question, value: Value) -> str | Markup:
    if not is_complete(question, value):
        return str(value)
    return Markup('<a href="{0}" rel="nofollow noopener ugc">{0}</a>').format(value)


_SHOWN: dict[QuestionKind, Callable[[Question, Value], str | Markup]] = {
    QuestionKind.CHOICE: _choice,
    QuestionKind.MULTIPLE_CHOICE: _choice,
    QuestionKind.NUMBER: _number,
    QuestionKind.ADDRESS: _address,
    QuestionKind.FILE: lambda _question, value: file_words(value),
    QuestionKind.DECLARATION: lambda _question, _value: _("Declaration accepted"),
}
_PROBLEMS: dict[AnswerProblem, Callable[[Mapping[str, Any]], str]] = {
    AnswerProblem.MISSING: lambda _details: _("This is missing."),
    AnswerProblem.TOO_MANY_CHARACTERS: lambda details: ngettext(
        "It has %(num)s character too many; the most is %(limit)s. What you wrote is kept as a "
        "draft: shorten it.",
        "It has %(num)s characters too many; the most is %(limit)s. What you wrote is kept as a "
        "draft: shorten it.",
        details["over"],
        limit=number(details["limit"]),
    ),
    AnswerProblem.TOO_MANY_WORDS: lambda details: ngettext(
        "It has %(num)s word too many; the most is %(limit)s. What you wrote is kept as a draft: shorten it.",
        "It has %(num)s words too many; the most is %(limit)s. What you wrote is kept as a draft: "
        "shorten it.",
        details["over"],
        limit=number(details["limit"]),
    ),
    AnswerProblem.NOT_AN_OPTION: lambda _details: _(
        "What was chosen is not among the options. Choose again."
    ),
    AnswerProblem.NOT_A_NUMBER: lambda _details: _(
        "Write a number in digits, for example 1234,5. What you wrote is kept as a draft."
    ),
    AnswerProblem.AMBIGUOUS_NUMBER: lambda details: _(
        "This can be read as %(whole)s or as a number with decimals. Write %(whole)s without a point "
        "or comma, "
        "or add a decimal: %(broken)s.",
        whole=details["whole"],
        broken=typed_number(f"{details['broken']}0"),
    ),
    AnswerProblem.TOO_SMALL: lambda details: _(
        "The number must be %(limit)s or more.", limit=number(details["limit"])
    ),
    AnswerProblem.TOO_LARGE: lambda details: _(
        "The number must be %(limit)s or less.", limit=number(details["limit"])
    ),
    AnswerProblem.NOT_AN_ADDRESS: lambda _details: _(
        "Write a web address that begins with https://, for example https://example.org/video."
    ),
    AnswerProblem.OTHER_SCHEME: lambda _details: _(
        "Only web addresses are accepted: they begin with https:// or http://."
    ),
    AnswerProblem.OTHER_HOST: lambda details: _(
        "Only addresses of these sites are accepted: %(hosts)s.", hosts=listed(details["hosts"])
    ),
    AnswerProblem.FILE_TYPE: lambda details: _(
        "The accepted types are now: %(types)s. Upload the file again.",
        types=listed(one.upper() for one in details["types"]),
    ),
    AnswerProblem.FILE_TOO_LARGE: lambda details: _(
        "The file may have %(limit)s at most. Upload a smaller one.", limit=size(details["limit"])
    ),
    AnswerProblem.TOO_MANY_PAGES: lambda details: _(
        "The file may have %(limit)s pages at most. Upload a shorter one.", limit=details["limit"]
    ),
}
