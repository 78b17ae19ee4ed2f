"""External metrics: one exact value a submission, measured by somebody else and not judged.

As a criterion a metric is a mark that every review of the submission has, so that any method averages it to
itself. In the tie chain ``fewer`` and ``more`` compare it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from thinkia.domain.marks import is_allowed
from thinkia.domain.ranking.findings import Fault, FaultKind
from thinkia.domain.ranking.panels import Ballot
from thinkia.domain.rubric import MarkSource, Rubric

Metrics = Mapping[str, Mapping[str, Decimal]]
"""Metric → submission → value."""


def measured(rubric: Rubric) -> tuple[str, ...]:
    """The criteria that are metrics, in the rubric's order."""
    return tuple(one.code for one in rubric.criteria if one.source is MarkSource.METRIC)


def metric_faults(rubric: Rubric, metrics: Metrics, submissions: Iterable[str]) -> list[Fault]:
    """A value that a criterion needs and nobody gave, or that is not on its scale."""
    faults = []
    for code in sorted(submissions):
        for criterion in rubric.criteria:
            if criterion.source is not MarkSource.METRIC:
                continue
            value = metrics.get(criterion.code, {}).get(code)
            params = {"submission": code, "metric": criterion.code}
            if value is None:
                if criterion.required:
                    faults.append(Fault(FaultKind.METRIC_NEEDED, params))
            elif not is_allowed(criterion.scale, value):
                faults.append(Fault(FaultKind.METRIC_OFF_SCALE, {**params, "value": f"{value:f}"}))
    return faults


def with_metrics(rubric: Rubric, metrics: Metrics, ballot: Ballot) -> Ballot:
    """The ballot with what was measured of its submission."""
    known = {code: metrics.get(code, {}).get(ballot.submission) for code in measured(rubric)}
    values = {code: value for code, value in known.items() if value is not None}
    return replace(ballot, marks={**ballot.marks, **values}) if values else ballot
