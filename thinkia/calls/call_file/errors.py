"""All that is wrong with a call file, each error with its place."""

from collections.abc import Mapping
from dataclasses import dataclass

from thinkia.calls.call_file import sentences
from thinkia.calls.call_file.faults import Fault
from thinkia.domain.bases_check.kinds import ProblemKind


@dataclass(frozen=True, slots=True)
class CallFileError:
    """One thing to mend: where it stands (line and column from 1, and the keys that lead there) and what."""

    path: tuple[str | int, ...]
    line: int
    column: int
    kind: Fault | ProblemKind
    params: Mapping[str, object]

    def in_language(self, language: str) -> str:
        """Place and sentence, in ``es`` or ``en``."""
        return sentences.placed(self, language)


class CallFileErrors(Exception):
    """Raised with every error of a file, in the order of the file."""

    def __init__(self, errors: tuple[CallFileError, ...]) -> None:
        super().__init__("\n".join(f"{one.line}:{one.column} {one.kind}" for one in errors))
        self.errors = errors
