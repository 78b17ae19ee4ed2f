"""A ballot that a juror filled in with a pen, as an officer typed it.

It stays text, as it was typed, until a second person has compared it with the paper. A ballot counts by the
day beside the juror's signature, which has to lie within evaluation: so paper that travels long is entered
late and still counts, and what was signed late does not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from thinkia.domain.ballot import Ballot, Typed, read
from thinkia.domain.bases import Window
from thinkia.domain.rubric import Rubric


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedBallot:
    """A ballot that others than its juror bring: the fields of each criterion, as text, and the words."""

    typed: Mapping[str, Typed]
    note: str = ""
    feedback: str = ""

    def ballot(self, rubric: Rubric) -> Ballot:
        """What it says by this rubric: read anew each time, so a rubric that changed is noticed."""
        return read(rubric, self.typed, note=self.note, feedback=self.feedback)

    def written(self) -> dict[str, Any]:
        """As JSON, to be read back by ``read_back``."""
        typed = {
            code: {
                "text": one.text,
                "items": {str(index): yes for index, yes in one.items.items()},
                "reason": one.reason,
            }
            for code, one in self.typed.items()
        }
        return {"typed": typed, "note": self.note, "feedback": self.feedback}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperBallot(TypedBallot):
    """One that was signed with a pen, and the day beside the signature."""

    signed_on: date

    def written(self) -> dict[str, Any]:
        """As JSON, to be read back by ``read_back``."""
        return {**TypedBallot.written(self), "signed_on": self.signed_on.isoformat()}


def read_back(kept: Mapping[str, Any]) -> PaperBallot:
    """The ballot that ``PaperBallot.written`` wrote."""
    typed = read_typed(kept)
    signed_on = date.fromisoformat(kept["signed_on"])
    return PaperBallot(typed=typed.typed, signed_on=signed_on, note=typed.note, feedback=typed.feedback)


def read_typed(kept: Mapping[str, Any]) -> TypedBallot:
    """The ballot that ``written`` wrote."""
    typed = {
        code: Typed(one["text"], {int(index): yes for index, yes in one["items"].items()}, one["reason"])
        for code, one in kept["typed"].items()
    }
    return TypedBallot(typed=typed, note=kept["note"], feedback=kept["feedback"])


def days_to_sign(evaluation: Window, zone: str, now: datetime) -> tuple[date, date]:
    """The first and the last day that may stand beside the signature, on the call's calendar."""
    last = min(evaluation.closes - timedelta(microseconds=1), now)
    return evaluation.opens.astimezone(ZoneInfo(zone)).date(), last.astimezone(ZoneInfo(zone)).date()
