"""What a team is told of its result, in plain sentences."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from thinkia.calls.wording.evaluators import group_title
from thinkia.calls.wording.numbers import listed, number, percent
from thinkia.calls.wording.ranking import criterion_title, method_sentences
from thinkia.domain.bases import Bases
from thinkia.domain.marks import declared_weights, highest
from thinkia.domain.ranking.record import Line, Record
from thinkia.domain.ranking.summary import tells_groups
from thinkia.domain.reasons import Reason
from thinkia.domain.rubric import Aggregate
from thinkia.feedback.models import Counts, Show
from thinkia.results.wording.figures import figure
from thinkia.results.wording.method import reading_sentence
from thinkia.web.errors import tell

MOST_NAMED = 5  # criteria that a sentence names

SHOWS = {
    Show.WAITING: _l("To look over"),
    Show.SHOWN: _l("Shown to teams"),
    Show.HELD: _l("Held back"),
}

tell(
    {
        Reason.COMMENT_CHANGED: _l("A comment changed meanwhile. Read it again; nothing of this was saved."),
        Reason.COMMENTS_WAIT: _l("Comments can be looked over once every review is final or excused."),
    }
)


def method_in_three(record: Record, line: Line | None, bases: Bases, *, of_round: bool = False) -> list[str]:
    """Who read, how marks became a score, how the order decided. With this call's own numbers.

    ``of_round``: the order said who goes on to another round, and not who wins.
    """
    return [
        f"{_reading(line) if line else reading_sentence(record)} {_criteria(bases)}",
        method_sentences(bases)[0],
        _outcome(record, bases, of_round=of_round),
    ]


def groups_sentences(line: Line, bases: Bases) -> list[str]:
    """What each group of evaluators gave, or why that is not told; nothing where there are no groups."""
    if not line.evaluators:
        return []
    if not tells_groups(line):
        return [
            _("Fewer than three people of a group read your proposal, so what each group gave is not shown.")
        ]
    parts = listed(
        _("%(group)s %(score)s", group=group_title(bases.jury, one.group), score=figure(one.score))
        for one in line.evaluators
    )
    return [_("What each group of evaluators gave: %(parts)s.", parts=parts)]


def few_marks_sentence(line: Line) -> str:
    """Why a proposal that one or two people marked has no marks on its page."""
    return ngettext(
        "%(num)d person marked your proposal. Marks by criterion would show what one person gave, "
        "so they are not shown.",
        "%(num)d people marked your proposal. Marks by criterion would show what each one gave, "
        "so they are not shown.",
        line.ballots,
    )


def no_marks_sentence() -> str:
    return _("By the rules of this call, marks are not shown.")


def comments_sentence(counts: Counts) -> str:
    """What is not there, and why."""
    if not counts.total:
        return _("The jury left no written comments.")
    if counts.waiting:
        return ngettext(
            "The organisers are still looking over %(num)d comment. It appears here once they are done.",
            "The organisers are still looking over %(num)d comments. They appear here once they are done.",
            counts.waiting,
        )
    if counts.held:
        return ngettext(
            "%(num)d comment is held back. The chair of the jury knows why.",
            "%(num)d comments are held back. The chair of the jury knows why.",
            counts.held,
        )
    return ""


def checked_sentence(counts: Counts) -> str:
    """As in "12 of 40 comments looked over"."""
    return ngettext(
        "%(checked)s of %(num)d comment looked over",
        "%(checked)s of %(num)d comments looked over",
        counts.total,
        checked=counts.checked,
    )


def _reading(line: Line) -> str:
    return ngettext(
        "%(num)d person of the jury read your proposal.",
        "%(num)d people of the jury read your proposal.",
        line.ballots,
    )


def _criteria(bases: Bases) -> str:
    rubric = bases.rubric
    if len(rubric.judged) > MOST_NAMED:
        return _("They marked %(number)s criteria.", number=len(rubric.judged))
    if rubric.aggregate is Aggregate.SUM:
        shares = [
            _(
                "%(criterion)s, up to %(points)s",
                criterion=criterion_title(one),
                points=number(highest(one.scale)),
            )
            for one in rubric.judged
        ]
        return _("They gave points: %(criteria)s.", criteria="; ".join(shares))
    weights = declared_weights(rubric)
    named: Sequence[str] = [
        f"{criterion_title(one)} ({percent(weights[one.code])})" for one in rubric.criteria
    ]
    return _("Each criterion has its weight: %(criteria)s.", criteria=listed(named))


def _outcome(record: Record, bases: Bases, *, of_round: bool) -> str:
    ranked = ngettext("%(num)d proposal", "%(num)d proposals", len(record.lines))
    winners = record.context.winners
    if of_round:
        return _("%(proposals)s were ordered by score, to say who goes on.", proposals=ranked)
    if bases.cut_off is None:
        return ngettext(
            "%(proposals)s were ordered by score, and the first one wins.",
            "%(proposals)s were ordered by score, and the first %(num)d win.",
            winners,
            proposals=ranked,
        )
    return ngettext(
        "%(proposals)s were ordered by score, and the first one wins if it reaches %(cut_off)s.",
        "%(proposals)s were ordered by score, and the first %(num)d win if they reach %(cut_off)s.",
        winners,
        proposals=ranked,
        cut_off=number(bases.cut_off),
    )
