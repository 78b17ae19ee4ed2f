"""What an export holds, table by table and column by column.

Columns have names of their own, in English, the same in every language: ``reviews`` is what
``flask results rank --scores`` reads, ``ranking`` what its ``--submissions`` reads. Moments carry the offset
of the call's zone. Columns about persons are there only for the groups that somebody has a purpose for.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from zoneinfo import ZoneInfo

from thinkia.calls.models import Call
from thinkia.exports.models import Group
from thinkia.exports.tables.beside import appeals, certificates, metrics
from thinkia.exports.tables.columns import Source
from thinkia.exports.tables.jury import conflicts, deliberations, mark_changes, panels, reviews, reviews_wide
from thinkia.exports.tables.order import ranking
from thinkia.exports.tables.people import jurors, mails, members, registrations, teams
from thinkia.exports.tables.rounds import rounds
from thinkia.exports.tables.submissions import files, submissions
from thinkia.web.export import Table

NAMES = (
    *("registrations", "teams", "members", "submissions", "files", "jurors", "panels"),
    *("reviews", "reviews_wide", "mark_changes", "deliberations", "conflicts", "ranking", "rounds"),
    *("metrics", "appeals", "certificates", "mails"),
)
PRESETS: Mapping[str, tuple[str, ...]] = {
    "registrations": ("registrations",),
    "teams": ("teams", "members"),
    "submissions": ("submissions", "files"),
    "panels": ("panels", "jurors"),
    "reviews": ("reviews", "reviews_wide", "mark_changes", "deliberations"),
    "ranking": ("ranking", "rounds", "metrics", "appeals"),
    "certificates": ("certificates",),
    "conflicts": ("conflicts",),
    "mails": ("mails",),
    "all": NAMES,
}


def tables_of(
    call: Call, names: Sequence[str], *, groups: Collection[Group] = (), with_marks: bool = True
) -> list[Table]:
    """These tables of a call, in the order of ``NAMES``.

    What a juror gave and has not made final is the juror's own and in no table; without ``with_marks``, nor
    is what is final: whoever has every mark has the order.
    """
    zone = ZoneInfo(call.bases.time_zone)
    makers: Mapping[str, Callable[[], Source]] = {
        **{
            make.__name__: partial(make, call, zone)
            for make in (
                *(registrations, teams, members, submissions, files, jurors, panels, conflicts),
                *(ranking, rounds, metrics, appeals, certificates, mails),
            )
        },
        **{
            make.__name__: partial(make, call, zone, with_marks=with_marks)
            for make in (reviews, reviews_wide, mark_changes, deliberations)
        },
    }
    return [makers[name]().table(groups) for name in NAMES if name in names]
