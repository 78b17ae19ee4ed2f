"""What somebody who looks comments over has chosen, with what was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from thinkia.feedback.models import Judgement
from thinkia.web.forms import clean_text

SHOW, HOLD = "show", "hold"
REST = "rest"  # the button that publishes what nothing was chosen for
LONGEST_REASON = 500


@dataclass
class Judgements:
    """One choice and one reason a comment, by the code of its review. Untouched comments stay as they are."""

    chosen: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of_rows(cls, rows: Sequence[tuple[str, bool | None, str | None]]) -> "Judgements":
        """As it stands: (code, is_shown, reason)."""
        decided = [(code, shown, reason) for code, shown, reason in rows if shown is not None]
        return cls(
            chosen={code: SHOW if shown else HOLD for code, shown, _reason in decided},
            reasons={code: reason or "" for code, _shown, reason in decided},
        )

    @classmethod
    def typed(cls, form: Mapping[str, str]) -> "Judgements":
        """As it was sent. A reason without a choice is a choice that is missing."""
        found = cls()
        for name, value in form.items():
            part, _colon, code = name.partition(":")
            if part == "choice" and value in {SHOW, HOLD}:
                found.chosen[code] = value
            elif part == "reason":
                found.reasons[code] = clean_text(value)
            elif part == "version" and value.isdecimal() and len(value) < 9:
                found.versions[code] = int(value)
        if form.get("press") == REST:
            untouched = [code for code in found.versions if not found.reasons.get(code)]
            found.chosen = dict.fromkeys(untouched, SHOW) | found.chosen
        found.errors = {code: error for code in found.versions if (error := found._error(code))}
        return found

    @property
    def judgements(self) -> dict[str, Judgement]:
        """What was chosen."""
        return {
            code: Judgement(self.versions[code], choice == SHOW, self.reasons.get(code, ""))
            for code, choice in self.chosen.items()
            if code in self.versions
        }

    def _error(self, code: str) -> str:
        choice, reason = self.chosen.get(code), self.reasons.get(code, "")
        if choice == HOLD and not reason:
            return _("Write to the chair why this comment is held back.")
        if len(reason) > LONGEST_REASON:
            return _("Write at most %(most)s characters.", most=LONGEST_REASON)
        if choice is None and reason:
            return _("Choose whether to publish this comment or hold it back.")
        return ""
