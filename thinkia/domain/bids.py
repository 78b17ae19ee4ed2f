"""What jurors say they would like to read, before panels are drawn. The field calls it bidding.

A bid counts by its rank among the same juror's, so that liking everything gains nothing: whoever
would like all proposals has said as little as whoever said nothing.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum


class Liking(StrEnum):
    GLADLY = "gladly"
    RATHER_NOT = "rather_not"


LEVEL = {Liking.GLADLY: 1, None: 0, Liking.RATHER_NOT: -1}


def levels(
    said: Mapping[str, Mapping[str, Liking]], submissions: Collection[str]
) -> dict[str, dict[str, float]]:
    """By juror, the level of every submission, for those who said anything of one of them.

    What a juror said nothing of stands between the other two: also where all that was said is "rather not".
    """
    spoke = {juror: mine for juror, mine in said.items() if any(code in mine for code in submissions)}
    return {juror: {code: LEVEL[mine.get(code)] for code in submissions} for juror, mine in spoke.items()}
