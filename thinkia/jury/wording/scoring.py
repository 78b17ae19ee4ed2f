"""What a mark may be, what is missing, how long it takes: the words of the scoring page."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.calls.wording.numbers import listed, number, percent
from thinkia.calls.wording.ranking import criterion_title, scale_words
from thinkia.domain.ballot import Fault, Given
from thinkia.domain.habits import Habit, HabitKind
from thinkia.domain.marks import declared_weights, effective_weights, highest, lowest
from thinkia.domain.rubric import Aggregate, Criterion, JustifyAt, Rubric


def fault_words(fault: Fault, typed: str, criterion: Criterion) -> str:
    """Why this is no mark, with what was typed and what the scale takes."""
    scale = scale_words(criterion.scale)
    if fault is Fault.NOT_A_NUMBER:
        return _(
            "“%(typed)s” is not a number. Write one, such as %(example)s: %(scale)s.",
            typed=typed,
            example=number(highest(criterion.scale)),
            scale=scale,
        )
    return _("%(typed)s is not on the scale. It goes: %(scale)s.", typed=typed, scale=scale)


def weight_words(rubric: Rubric) -> dict[str, str]:
    """What each criterion weighs, declared and in effect; of a sum of points, how many it can give."""
    declared, effective = declared_weights(rubric), effective_weights(rubric)
    if rubric.aggregate is Aggregate.SUM:
        return {
            one.code: _(
                "up to %(points)s points: %(effective)s of what can be won",
                points=number(highest(one.scale)),
                effective=percent(effective[one.code]),
            )
            for one in rubric.judged
        }
    return {
        one.code: percent(declared[one.code])
        if declared[one.code] == effective[one.code]
        else _(
            "%(declared)s by the rules; in practice it moves %(effective)s of the score",
            declared=percent(declared[one.code]),
            effective=percent(effective[one.code]),
        )
        for one in rubric.judged
    }


def chosen_words(given: Given, criterion: Criterion) -> str:
    """As in "Your mark: 5 of 5"; empty without a mark."""
    if given.mark is None:
        return ""
    return _(
        "Your mark: %(mark)s of %(highest)s",
        mark=number(given.mark),
        highest=number(highest(criterion.scale)),
    )


def missing_words(given: Given, criterion: Criterion) -> str:
    """What a criterion without a mark still needs."""
    left = len(criterion.scale.checklist or ()) - len(given.items)
    if criterion.scale.checklist is None or not left:
        return _("No mark yet")
    return ngettext("%(num)d answer is missing", "%(num)d answers are missing", left)


def reason_words(criterion: Criterion) -> str:
    """Whether the bases ask for a reason, beside its field."""
    if criterion.justify:
        return _("(the rules ask for it: 1 to 3 sentences)")
    if criterion.justify_at is JustifyAt.EXTREMES:
        return _(
            "(the rules ask for it with a %(lowest)s or a %(highest)s: 1 to 3 sentences)",
            lowest=number(lowest(criterion.scale)),
            highest=number(highest(criterion.scale)),
        )
    return _("(optional)")


def unfinished_words(rubric: Rubric, unmarked: Iterable[str], without_reason: Iterable[str]) -> list[str]:
    """What keeps a review from being final, a sentence each."""
    titles = {one.code: criterion_title(one) for one in rubric.judged}
    found = []
    if unmarked := [titles[code] for code in unmarked]:
        found.append(_("Without a mark: %(criteria)s.", criteria=listed(unmarked)))
    if without_reason := [titles[code] for code in without_reason]:
        found.append(
            _("Without the reason that the rules ask for: %(criteria)s.", criteria=listed(without_reason))
        )
    return found


def effort(count: int, minutes_each: int) -> str:
    """As in "about 2 h 20, at 20 minutes a proposal"."""
    hours, minutes = divmod(count * minutes_each, 60)
    time = f"{hours} h {minutes:02d}" if hours and minutes else f"{hours} h" if hours else f"{minutes} min"
    return _("about %(time)s, at %(each)s minutes a proposal", time=time, each=minutes_each)


def value_words(value: Any) -> str:
    """A mark as it stands in a field."""
    return number(value) if isinstance(value, Decimal) else str(value)


def habit_words(habit: Habit, rubric: Rubric) -> str:
    """What a juror may want to look at again, said without a verdict."""
    if habit.kind is HabitKind.FLAT_PROPOSAL:
        return _("%(code)s has the same mark on every criterion.", code=habit.about)
    title = next(criterion_title(one) for one in rubric.judged if one.code == habit.about)
    if habit.kind is HabitKind.SAME_MARK:
        return _("Every proposal has the same mark on “%(criterion)s”.", criterion=title)
    if habit.kind is HabitKind.LOWER_HALF_UNUSED:
        return _("On “%(criterion)s” you gave no mark in the lower half of the scale.", criterion=title)
    return _("On “%(criterion)s” you gave no mark in the upper half of the scale.", criterion=title)
