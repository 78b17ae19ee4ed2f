"""Groups of evaluators, by the name that readers see."""

from thinkia.domain.bases import JuryRules
from thinkia.web.pages import plain


def group_title(jury: JuryRules, code: str) -> str:
    """The title of a group in the reader's language; its code where the bases give it none."""
    group = jury.groups.get(code)
    return plain(group.title) if group and group.title else code


def group_titles(jury: JuryRules) -> dict[str, str]:
    """Code → title of every group, in the order of the bases; empty where there are none."""
    return {code: group_title(jury, code) for code in jury.groups}
