"""The results desk in words: where things stand, what the organiser does next, which accounts agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.domain.lifecycle import LEFT_BEHIND, RankingState, ReviewState, SubmissionState
from thinkia.domain.ranking.record import Record
from thinkia.jury.models import BroughtIn
from thinkia.jury.queries.one_more import Free
from thinkia.results.models import Ranking
from thinkia.web.locale import sector_name


@dataclass(frozen=True, slots=True)
class Standing:
    """What the desk knows before it says anything."""

    received: int
    submissions: Mapping[SubmissionState, int]  # of what was handed in
    reviews: Mapping[ReviewState, int]  # of what is in the competition
    brought: BroughtIn  # of the final ones
    panel_size: int  # as the rules of the call say
    small_panels: int  # of the same: how many have fewer who read than that
    ranking: Ranking | None
    record: Record | None
    stale: bool
    has_chair: bool
    measured: Sequence[tuple[str, int]]  # metric, and how many of the competition have a value
    closes_round: bool  # another round follows this one
    begins: datetime
    now: datetime

    @property
    def open(self) -> int:
        return self.reviews.get(ReviewState.ASSIGNED, 0) + self.reviews.get(ReviewState.STARTED, 0)

    @property
    def competing(self) -> int:
        return self.submissions.get(SubmissionState.SUBMITTED, 0)

    @property
    def excluded(self) -> int:
        return self.submissions.get(SubmissionState.EXCLUDED, 0)

    @property
    def before(self) -> int:
        """How many did not come as far as this round."""
        return sum(self.submissions.get(state, 0) for state in LEFT_BEHIND)

    @property
    def can_compute(self) -> bool:
        return not self.open and bool(self.competing) and self.now >= self.begins

    @property
    def is_published(self) -> bool:
        return self.ranking is not None and self.ranking.state == RankingState.PUBLISHED

    @property
    def is_confirmed(self) -> bool:
        return self.ranking is not None and self.ranking.state == RankingState.CONFIRMED and not self.stale


@dataclass(frozen=True, slots=True)
class Account:
    """A line of the reconciliation."""

    name: str
    expected: str
    found: str
    agrees: bool
    left: str = ""  # what is still to come, where that alone is missing
    differs: str = ""  # how it differs, where the organisers judge whether that is right
    leads: str = ""  # to what is open, or to what explains it


def headline(standing: Standing) -> str:
    """The one thing that the page says first."""
    if standing.is_published:
        return _("The result is public")
    if standing.open:
        return ngettext("%(num)d review is still open", "%(num)d reviews are still open", standing.open)
    if standing.ranking is not None:
        return _headline_of_order(standing)
    if standing.can_compute:
        return _("Everything is in. The order can be computed")
    return _("There is no order yet")


def lead(standing: Standing) -> str:
    """What that means."""
    if standing.is_published:
        return _("Everybody sees what the rules of the call allow. Only two persons can take it back.")
    if standing.open:
        return _("There is no order before each review is final, or excused with a reason.")
    if standing.ranking is None:
        return _("It is computed by the method of the rules. Nothing is typed by hand.")
    return _("This order is a proposal: the jury decides, and its chair confirms.")


def agreeing(accounts: Sequence[Account]) -> str:
    """How many of them agree, as in "5 of 5 accounts agree"."""
    number = len(accounts)
    agree = sum(account.agrees for account in accounts)
    return ngettext(
        "%(agree)s of %(num)d account agrees.", "%(agree)s of %(num)d accounts agree.", number, agree=agree
    )


def reconciliation(standing: Standing) -> list[Account]:
    """Whether what came in is what is accounted for."""
    accounts = [
        _received(standing),
        _reviews(standing),
        _asked_for(standing),
        *(_measured(standing, metric, count) for metric, count in standing.measured),
    ]
    if standing.record is not None:
        places = len(standing.record.lines)
        accounts.append(
            Account(
                _("Proposals with a place"),
                str(standing.competing),
                str(places),
                places == standing.competing,
            )
        )
    if standing.record is not None and not standing.is_published:
        accounts.append(
            Account(
                _("Marks, exclusions and rules since the order was computed"),
                _("unchanged"),
                _("changed") if standing.stale else _("unchanged"),
                not standing.stale,
            )
        )
    return accounts


def _received(standing: Standing) -> Account:
    every = sum(standing.submissions.values())
    told = {
        "competing": standing.competing,
        "excluded": standing.excluded,
        "withdrawn": every - standing.competing - standing.excluded - standing.before,
        "before": standing.before,
        "all": every,
    }
    words = _(
        "%(competing)s in the competition + %(excluded)s excluded + %(withdrawn)s withdrawn = %(all)s", **told
    )
    if standing.before:
        words = _(
            "%(competing)s in the competition + %(before)s out or waiting since an earlier round "
            "+ %(excluded)s excluded + %(withdrawn)s withdrawn = %(all)s",
            **told,
        )
    return Account(
        _("Proposals handed in"),
        str(standing.received),
        words,
        standing.received == every,
        leads="changes" if standing.excluded else "",
    )


def _reviews(standing: Standing) -> Account:
    count = standing.reviews.get
    closed = count(ReviewState.EXCUSED, 0) + count(ReviewState.RECUSED, 0)
    words = _(
        "%(final)s final + %(excused)s excused + %(recused)s recused = %(all)s",
        final=count(ReviewState.FINAL, 0),
        excused=count(ReviewState.EXCUSED, 0),
        recused=count(ReviewState.RECUSED, 0),
        all=count(ReviewState.FINAL, 0) + closed,
    )
    if brought := brought_words(standing.brought):
        words = f"{words} ({brought})"
    return Account(
        _("Reviews of what is in the competition"),
        str(sum(standing.reviews.values())),
        words,
        not standing.open,
        ngettext("%(num)d open", "%(num)d open", standing.open) if standing.open else "",
        leads="open" if standing.open else "changes" if closed else "",
    )


def _measured(standing: Standing, metric: str, count: int) -> Account:
    left = standing.competing - count
    return Account(
        _("Proposals with a value of %(metric)s", metric=metric),
        str(standing.competing),
        str(count),
        not left,
        ngettext("%(num)d has none", "%(num)d have none", left) if left else "",
    )


def brought_words(brought: BroughtIn) -> str:
    """As in "3 from paper, 12 imported"; empty where jurors gave all of them here."""
    parts = []
    if brought.paper:
        parts.append(ngettext("%(num)d from paper", "%(num)d from paper", brought.paper))
    if brought.imported:
        parts.append(ngettext("%(num)d imported", "%(num)d imported", brought.imported))
    return ", ".join(parts)


def _asked_for(standing: Standing) -> Account:
    """Against the rules' size of a panel. A smaller panel is said and stops nothing: people decide."""
    gone = (ReviewState.EXCUSED, ReviewState.RECUSED)
    counted = sum(number for state, number in standing.reviews.items() if state not in gone)
    excused, small = standing.reviews.get(ReviewState.EXCUSED, 0), standing.small_panels
    differs = ngettext(
        "%(num)d panel is smaller than %(size)d",
        "%(num)d panels are smaller than %(size)d",
        small,
        size=standing.panel_size,
    )
    return Account(
        _("Reviews that the rules ask for: %(size)s a proposal", size=standing.panel_size),
        str(standing.competing * standing.panel_size),
        ngettext(
            "%(counted)s assigned or final; %(num)d was excused",
            "%(counted)s assigned or final; %(num)d were excused",
            excused,
            counted=counted,
        ),
        not small,
        differs=differs if small else "",
        leads="small" if small else "",
    )


def _headline_of_order(standing: Standing) -> str:
    if standing.stale:
        return _("Something has changed: compute the order again")
    if standing.is_confirmed and standing.closes_round:
        return _("The chair confirmed the order. The round can be closed")
    if standing.is_confirmed:
        return _("The chair confirmed the order. It can be published")
    return _("The order waits for the chair") if standing.has_chair else _("The order waits for a chair")


def free_words(free: Free, groups: Mapping[str, str]) -> str:
    """Somebody who could read one more, as in "Ana Cango, for Academia (1 sits here): reads 4 of 6".

    After the title of the group of evaluators, where there are groups.
    """
    words = _free_words(free)
    return f"{groups[free.group]}: {words}" if free.group else words


def _free_words(free: Free) -> str:
    told = {"name": free.name, "sector": sector_name(free.sector), "beside": free.beside, "load": free.load}
    if free.most is None:
        return _("%(name)s, for %(sector)s (%(beside)s here by now): reads %(load)s", **told)
    return _(
        "%(name)s, for %(sector)s (%(beside)s here by now): reads %(load)s of %(most)s",
        most=free.most,
        **told,
    )
