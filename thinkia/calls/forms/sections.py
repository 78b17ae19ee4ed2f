"""The parts of the rules that have a form of their own. Everything else is in the call file."""

from thinkia.calls.forms.judging import Jury, Result
from thinkia.calls.forms.rounds import Rounds
from thinkia.calls.forms.rules import Challenges, Dates, Partners, People, Prizes, Questions, Texts
from thinkia.calls.forms.section import Section

SECTIONS: dict[str, type[Section]] = {
    "texts": Texts,
    "dates": Dates,
    "challenges": Challenges,
    "people": People,
    "prizes": Prizes,
    "partners": Partners,
    "jury": Jury,
    "rounds": Rounds,
    "result": Result,
    "faq": Questions,
}
