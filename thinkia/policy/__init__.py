"""Who may, and when: one table of actions over rules that read an actor, a thing and a moment."""

from thinkia.policy.actor import Actor, Tie, TieKind
from thinkia.policy.rule import Denied, Rule
from thinkia.policy.table import OPEN_TO_ALL, POLICY, Action, allowed, check

__all__ = ["OPEN_TO_ALL", "POLICY", "Action", "Actor", "Denied", "Rule", "Tie", "TieKind", "allowed", "check"]
