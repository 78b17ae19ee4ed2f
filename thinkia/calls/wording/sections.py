"""The parts in which organisers edit the rules of a call, and to which part each key belongs."""

from flask_babel import lazy_gettext as _l

from thinkia.domain.bases_check.rounds import OWN

SECTION_TITLES = {
    "texts": _l("Title and texts"),
    "dates": _l("Dates"),
    "challenges": _l("Challenges"),
    "people": _l("Who can apply"),
    "prizes": _l("Prizes"),
    "partners": _l("Host and partners"),
    "jury": _l("Panels, names and deliberation"),
    "rounds": _l("Rounds"),
    "result": _l("Publication and appeals"),
    "faq": _l("Frequent questions"),
    "file": _l("Questions, rubric, method and all the rest"),
}
SECTION_HINTS = {
    "texts": _l("In Spanish and English, side by side."),
    "dates": _l("On the call's own clock."),
    "challenges": _l("The problems that proposals answer."),
    "people": _l("Ages and sizes of teams."),
    "prizes": _l("What the winners get, and how many they are."),
    "partners": _l("Who convenes and who helps."),
    "jury": _l("How many read each proposal, whether without names, and whether panels deliberate."),
    "rounds": _l("For a call that is judged more than once: who goes on to the next round."),
    "result": _l("What everybody can read of the result, and how long a team has to appeal."),
    "faq": _l("What people ask, answered once for all."),
    "file": _l("As a call file: the whole of the rules in one text."),
}
KEYS = {
    "title": "texts",
    "summary": "texts",
    "description": "texts",
    "contact_email": "texts",
    "calendar": "dates",
    "time_zone": "dates",
    "challenges": "challenges",
    "prizes": "prizes",
    "winners": "prizes",
    "host": "partners",
    "partners": "partners",
    "rounds": "rounds",
    "publication": "result",
    "appeals": "result",
    "faq": "faq",
}
PARTS: dict[tuple[str | int, ...], str] = {
    ("team", "min"): "people",
    ("team", "max"): "people",
    ("eligibility", "min_age"): "people",
    ("eligibility", "max_age"): "people",
    ("jury", "size"): "jury",
    ("jury", "extra"): "jury",
    ("jury", "language_question"): "jury",
    ("jury", "published"): "jury",
    ("jury", "blind"): "jury",
    ("jury", "deliberation"): "jury",
}


def section_of(path: tuple[str | int, ...]) -> str:
    """The part in which a key of the call file is edited: ``file`` where it has no form of its own."""
    if path[:2] in PARTS:
        return PARTS[path[:2]]
    if path[:1] == ("challenges",) and "description" in path:
        return "file"
    if path[:1] == ("rounds",) and path[2:3] and path[2] in OWN:
        return "file"
    return KEYS.get(str(path[0]), "file") if path else "file"
