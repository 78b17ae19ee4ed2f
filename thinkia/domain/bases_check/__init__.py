"""What is wrong with the bases of a call. Pure: the same document, the same problems.

Three questions. ``problems``: does it contradict itself? Such a document is never stored, not even as a
draft. ``publishing_problems``: what must it still say before people can rely on it? ``advice``: what
would a careful organiser still look at?
"""

from thinkia.domain.bases_check.calendar import order_problems
from thinkia.domain.bases_check.document import problems, ranking_problems
from thinkia.domain.bases_check.kinds import Problem, ProblemKind
from thinkia.domain.bases_check.publishing import advice, publishing_problems
from thinkia.domain.bases_check.ranking import jury_problems

__all__ = [
    "Problem",
    "ProblemKind",
    "advice",
    "jury_problems",
    "order_problems",
    "problems",
    "publishing_problems",
    "ranking_problems",
]
