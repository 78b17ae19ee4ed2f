"""What a scoring page shows, put into words once: the proposal as it was handed in, the rubric's fields."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from flask_babel import gettext as _

from thinkia.calls.call_file import bases_of
from thinkia.calls.wording.dates import time_left
from thinkia.calls.wording.numbers import listed, number, size
from thinkia.calls.wording.ranking import criterion_title
from thinkia.domain.anonymity import neutral_name
from thinkia.domain.ballot import Ballot, Given, Typed, is_chosen, missing
from thinkia.domain.bases import Bases, Question, QuestionKind, WindowKind
from thinkia.domain.lifecycle import CallState, ReviewState
from thinkia.domain.marks import allowed_marks, highest, lowest, plain_decimal
from thinkia.domain.phases import open_windows
from thinkia.domain.rubric import Criterion
from thinkia.jury.forms import BallotForm
from thinkia.jury.models import Review
from thinkia.jury.routes.file_pages import FilePages, pages_to_read
from thinkia.jury.wording.scoring import chosen_words, fault_words, missing_words, reason_words, weight_words
from thinkia.web.pages import plain


class ProposalFile(NamedTuple):
    """A file that was handed in."""

    id: str
    name: str
    sha256: str
    size: int
    words: str  # "PDF, 8 pages, 2,1 MB"


class AnswerShown(NamedTuple):
    """An answer in words: ``text`` is what people wrote, ``href`` an address, ``file`` a file."""

    question: Question
    text: str = ""
    href: str = ""
    file: ProposalFile | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the juror reads: the content of the receipt, under the bases it was handed in with."""

    title: str
    challenge: str
    answers: tuple[AnswerShown, ...]

    @property
    def files(self) -> tuple[ProposalFile, ...]:
        return tuple(answer.file for answer in self.answers if answer.file)


def proposal(review: Review) -> Proposal:
    """The proposal of a review; where names are hidden, without what the bases say that identifies, and
    with names of files that say nothing.
    """
    content = json.loads(review.receipt.content)
    bases = bases_of(review.receipt.bases_version.content)
    challenge = review.submission.challenge.code
    titles = {one.code: plain(one.title) for one in bases.challenges}
    answers = tuple(_answers(bases, content))
    return Proposal(
        content.get("title") or review.submission.title,
        titles.get(challenge, challenge),
        tuple(_unnamed(review, answers)) if review.call.hides_names else answers,
    )


class OtherMark(NamedTuple):
    """What the reader gave on the same criterion elsewhere."""

    mark: str
    review: str
    submission: str
    title: str


@dataclass(frozen=True)
class Field:
    """One criterion of the page: its words, what was given, what is wrong with it."""

    place: int
    criterion: Criterion
    given: Given
    typed: Typed | None
    weight: str
    others: tuple["OtherMark", ...] = ()

    @property
    def id(self) -> str:
        return f"c{self.place}"

    @property
    def title(self) -> str:
        named = f"{self.place}. {criterion_title(self.criterion)}"
        return named if self.criterion.required else " ".join([named, _("(optional)")])

    @property
    def hint(self) -> str:
        question = plain(self.criterion.question)
        return f"{self.weight} · {question}" if question else self.weight

    @property
    def kind(self) -> str:
        if self.criterion.scale.checklist is not None:
            return "checklist"
        return "choice" if is_chosen(self.criterion.scale) else "number"

    @property
    def value(self) -> str | None:
        """What stands in the field: what was typed, or the mark."""
        if self.given.mark is not None:
            return number(self.given.mark) if self.kind == "number" else _exact(self.given.mark)
        return self.typed.text if self.typed and self.typed.text else None

    @property
    def chosen(self) -> str:
        return chosen_words(self.given, self.criterion)

    @property
    def reason_hint(self) -> str:
        """Whether the bases ask for a reason, and of which marks."""
        return reason_words(self.criterion)

    @property
    def missing(self) -> str:
        return missing_words(self.given, self.criterion)

    @property
    def fault(self) -> str:
        if self.given.fault is None or self.typed is None:
            return ""
        return fault_words(self.given.fault, self.typed.text, self.criterion)

    @property
    def options(self) -> list[dict[str, str]]:
        anchors = {mark: plain(anchor.text) for anchor in self.criterion.anchors for mark in anchor.marks}
        marks = [
            {"value": _exact(mark), "label": number(mark), "anchor": anchors.get(mark, "")}
            for mark in allowed_marks(self.criterion.scale) or ()
        ]
        return (
            marks
            if self.criterion.required
            else [*marks, {"value": "", "label": "—", "anchor": _("No mark")}]
        )

    @property
    def bands(self) -> list[tuple[str, str]]:
        """The anchors of a typed mark: which marks, what they mean."""
        return [
            (str(listed((number(mark) for mark in anchor.marks), style="or")), plain(anchor.text))
            for anchor in self.criterion.anchors
        ]

    @property
    def range(self) -> tuple[str, str]:
        return number(lowest(self.criterion.scale)), number(highest(self.criterion.scale))

    @property
    def items(self) -> list[dict[str, Any]]:
        words = self.criterion.items
        return [
            {
                "name": f"item:{self.criterion.code}:{index}",
                "text": plain(words[index]) if index < len(words) else _("Item %(num)d", num=index + 1),
                "points": number(points),
                "value": {True: "yes", False: "no"}.get(self.given.items.get(index)),  # type: ignore[arg-type]
            }
            for index, points in enumerate(self.criterion.scale.checklist or ())
        ]


class Sheet:
    """A scoring page at one moment. ``form`` is what was just sent, ``others`` the reader's other marks."""

    def __init__(
        self,
        review: Review,
        form: BallotForm | None,
        rows: Sequence[Any],
        now: datetime,
        others: Sequence[Any] = (),
    ) -> None:
        self.review, self.rows, self.now, self.others = review, rows, now, others
        self.rubric = review.call.bases.rubric
        self.saved: Ballot = review.ballot(self.rubric)
        self.typed = form.typed if form else {}
        self.ballot: Ballot = form.ballot if form else self.saved

    @cached_property
    def proposal(self) -> Proposal:
        return proposal(self.review)

    @cached_property
    def pages(self) -> dict[str, FilePages]:
        """The pages of the proposal's PDF files, by hash."""
        return pages_to_read([file.sha256 for file in self.proposal.files])

    @cached_property
    def fields(self) -> list[Field]:
        weights = weight_words(self.rubric)
        return [
            Field(
                place,
                one,
                self.ballot.given[one.code],
                self.typed.get(one.code),
                weights[one.code],
                tuple(_other_mark(row) for row in self.others if row.criterion == one.code),
            )
            for place, one in enumerate(self.rubric.judged, 1)
        ]

    @property
    def missing(self) -> tuple[str, ...]:
        return missing(self.rubric, self.ballot)

    @property
    def total(self) -> int:
        return len(self.rubric.judged)

    @property
    def marked(self) -> int:
        return self.total - len(self.missing)

    @property
    def is_final(self) -> bool:
        return self.review.state is ReviewState.FINAL

    @property
    def is_open(self) -> bool:
        """Whether marks are taken now. The service decides again when they come."""
        return not self.is_final and self.is_reading

    @property
    def is_reading(self) -> bool:
        """Whether the jury is at work."""
        call = self.review.call
        reading = WindowKind.EVALUATION in open_windows(call.calendar, self.now)
        return reading and call.state is CallState.PUBLISHED

    @property
    def place(self) -> int:
        """Which one of the list, from 1."""
        codes = [row.code for row in self.rows]
        return codes.index(self.review.code) + 1 if self.review.code in codes else 0

    @property
    def before(self) -> str | None:
        return self.rows[self.place - 2].code if self.place > 1 else None

    @property
    def after(self) -> str | None:
        return self.rows[self.place].code if 0 < self.place < len(self.rows) else None

    @property
    def least_reviewed(self) -> str | None:
        return least_reviewed(self.rows, self.review.code) if self.is_reading else None

    @property
    def time_left(self) -> str:
        return time_left(self.review.call.calendar.evaluation.closes - self.now)

    @property
    def differences(self) -> list[tuple[str, str, str]]:
        """Where what is typed here is not what is saved: what, saved, here."""
        return list(_differences(self))


def least_reviewed(rows: Sequence[Any], here: str) -> str | None:
    """Which of a juror's other proposals that are not final yet the fewest have finished.

    Among equals the next of the list comes first, after whose end it begins again.
    """
    codes = [row.code for row in rows]
    start = codes.index(here) + 1 if here in codes else 0
    others = (row for row in (*rows[start:], *rows[:start]) if row.code != here)
    left = [row for row in others if row.state is not ReviewState.FINAL]
    return min(left, key=lambda row: row.finals).code if left else None


def _other_mark(row: Any) -> OtherMark:
    return OtherMark(number(row.value), row.review, row.submission, row.title)


def _differences(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    for field in sheet.fields:
        code = field.criterion.code
        theirs, ours = sheet.saved.given[code], sheet.ballot.given[code]
        if (theirs.mark, theirs.items) != (ours.mark, ours.items):
            yield field.title, _mark_words(theirs, field), _mark_words(ours, field)
        if theirs.reason != ours.reason:
            yield _("%(criterion)s: reason", criterion=field.title), theirs.reason, ours.reason
    if sheet.saved.note != sheet.ballot.note:
        yield _("Note to the jury"), sheet.saved.note, sheet.ballot.note
    if sheet.saved.feedback != sheet.ballot.feedback:
        yield _("Comment to the team"), sheet.saved.feedback, sheet.ballot.feedback


def _mark_words(given: Given, field: Field) -> str:
    return number(given.mark) if given.mark is not None else missing_words(given, field.criterion)


def _exact(mark: Decimal) -> str:
    """A mark as the value of a field: plain digits with a point, in every language."""
    return f"{mark.normalize():f}"


def _answers(bases: Bases, content: dict[str, Any]) -> Iterator[AnswerShown]:
    values, files = content.get("answers", {}), content.get("files", {})
    for question in bases.questions:
        if question.code in files:
            yield AnswerShown(question, file=_file(files[question.code]))
        elif values.get(question.code) not in (None, "", []):
            yield _answer(question, values[question.code])


def _unnamed(review: Review, answers: Iterable[AnswerShown]) -> Iterator[AnswerShown]:
    """A question counts as identifying by the bases of the receipt, or by those of now."""
    hidden = {question.code for question in review.call.bases.questions if question.identifies}
    for answer in answers:
        question, file = answer.question, answer.file
        if question.identifies or question.code in hidden:
            continue
        if file is None:
            yield answer
        else:
            name = neutral_name(review.submission.code, question.code, file.name)
            yield answer._replace(file=file._replace(name=name))


def _answer(question: Question, value: Any) -> AnswerShown:
    titles = {option.code: plain(option.title) for option in question.options}
    if question.kind is QuestionKind.DECLARATION:
        return AnswerShown(question, _("Accepted"))
    if question.kind is QuestionKind.CHOICE:
        return AnswerShown(question, titles.get(value, value))
    if question.kind is QuestionKind.MULTIPLE_CHOICE:
        return AnswerShown(question, str(listed(titles.get(code, code) for code in value)))
    if question.kind is QuestionKind.NUMBER:
        exact = plain_decimal(str(value))
        return AnswerShown(question, number(exact) if exact is not None else str(value))
    if question.kind is QuestionKind.ADDRESS and urlsplit(value).scheme in {"http", "https"}:
        return AnswerShown(question, value, href=value)
    return AnswerShown(question, str(value))


def _file(found: dict[str, Any]) -> ProposalFile:
    kind = found["name"].rsplit(".", 1)[-1].upper() if "." in found["name"] else _("File")
    pages = _("%(num)s pages", num=found["pages"]) if found.get("pages") else ""
    words = ", ".join(part for part in (kind, pages, size(found["size"])) if part)
    return ProposalFile(found["id"], found["name"], found["sha256"], found["size"], words)
