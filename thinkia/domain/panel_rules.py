"""Panels between bases and solver: the rules as it knows them, and its empty seats as plans keep them."""

from typing import Any

from thinkia.domain.assignment import PanelRule, Quota, Shortfall
from thinkia.domain.bases import JuryRules


def rule_of(rules: JuryRules) -> PanelRule:
    """The jury's rules as the solver knows them."""
    quotas = (Quota(sector, quota.min, quota.max) for sector, quota in sorted(rules.sectors.items()))
    return PanelRule(rules.size, tuple(quotas), rules.extra)


def rules_of_groups(rules: JuryRules) -> dict[str, PanelRule]:
    """The rule of each group's part of a panel; nothing where evaluators are of no group."""
    return {code: rule_of(part) for code, part in rules.parts.items() if code}


def seat_row(row: Shortfall) -> dict[str, Any]:
    """An empty seat as plans keep it."""
    group = {"group": row.group} if row.group else {}
    return {"submission": row.submission, "sector": row.sector, "reason": row.reason.value, **group}
