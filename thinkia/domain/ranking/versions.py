"""What a corrected version of a result changes."""

from dataclasses import dataclass

from thinkia.domain.ranking.record import Line, Record


@dataclass(frozen=True, slots=True)
class Changes:
    """From one order to the next one of the same call."""

    entered: tuple[Line, ...]  # these win now
    left: tuple[Line, ...]  # these won before
    moved: tuple[tuple[Line, Line], ...]  # before and after, where the place differs
    added: tuple[Line, ...]  # not in the order before
    gone: tuple[Line, ...]  # not in the order any more
    rescored: int  # how many keep their place with another score


def changes(before: Record, after: Record) -> Changes:
    """What differs, in the order of the later one."""
    pairs = [(old, line) for line in after.lines if (old := before.line(line.submission))]
    won = {line.submission for line in before.winners}
    wins = {line.submission for line in after.winners}
    return Changes(
        entered=tuple(line for line in after.winners if line.submission not in won),
        left=tuple(line for line in before.winners if line.submission not in wins),
        moved=tuple((old, new) for old, new in pairs if old.place != new.place),
        added=tuple(line for line in after.lines if before.line(line.submission) is None),
        gone=tuple(line for line in before.lines if after.line(line.submission) is None),
        rescored=sum(old.place == new.place and old.score != new.score for old, new in pairs),
    )
