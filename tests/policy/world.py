"""Everybody who may stand at the door, every moment of a call, and one thing of each kind."""

from datetime import timedelta
from types import SimpleNamespace

from tests.builders import NOON, some_bases
from thinkia.domain.bases import Appeals, Deliberation, JuryRules
from thinkia.domain.lifecycle import (
    AgreementState,
    CallState,
    JurorState,
    RankingState,
    ReviewState,
    SubmissionState,
)
from thinkia.policy import Action, Actor, Tie

CALL, HOST, OTHER_HOST, TEAM, ME = 1, 10, 11, 100, 7

ROLES = {
    "visitor": Actor.anonymous(),
    "signed_in": Actor.of(ME),
    "registered": Actor.of(ME, [Tie("registered", CALL, "")]),
    "member": Actor.of(ME, [Tie("registered", CALL, ""), Tie("member", TEAM, "member")]),
    "represent": Actor.of(ME, [Tie("registered", CALL, ""), Tie("member", TEAM, "representative")]),
    "juror": Actor.of(ME, [Tie("juror", CALL, "member")]),
    "chair": Actor.of(ME, [Tie("juror", CALL, "chair")]),
    "reader": Actor.of(ME, [Tie("staff", HOST, "reader")]),
    "organiser": Actor.of(ME, [Tie("staff", HOST, "organiser")]),
    "owner": Actor.of(ME, [Tie("staff", HOST, "owner")]),
    "stranger": Actor.of(
        ME,
        [
            Tie("staff", OTHER_HOST, "owner"),
            Tie("member", TEAM + 1, "representative"),
            Tie("juror", CALL + 1, "chair"),
            Tie("registered", CALL + 1, ""),
        ],
    ),
}

# One letter a moment: what the matrix is written in.
PHASES = {
    "d": "draft",
    "a": "announced: published, nothing open",
    "o": "open: registration, teams and submissions",
    "g": "grace: submissions closed a minute ago",
    "e": "evaluation",
    "x": "evaluation over, no result yet",
    "r": "results published",
}
_MOMENTS = {
    "d": NOON,
    "a": NOON - timedelta(days=6),
    "o": NOON,
    "g": NOON + timedelta(days=10, minutes=1),
    "e": NOON + timedelta(days=12),
    "x": NOON + timedelta(days=22),
    "r": NOON + timedelta(days=30),
}


def moment(phase):
    return _MOMENTS[phase]


def call(phase):
    bases = some_bases(appeals=Appeals(days=5), jury=JuryRules(size=3, deliberation=Deliberation.ANONYMOUS))
    return SimpleNamespace(
        id=CALL,
        host_id=HOST,
        state=CallState.DRAFT if phase == "d" else CallState.PUBLISHED,
        host=SimpleNamespace(second_by_staff=True, second_by_chair=True, second_by_secretary=False),
        bases=bases,
        calendar=bases.calendar,
        results_published_at=NOON if phase == "r" else None,
        results_taken_back_at=None,
    )


def thing(action, phase, role):
    """What the action is about: for jurors their own seat, for a stranger somebody else's account."""
    noun, here = action.split(".")[0], call(phase)
    judges = ME if role in {"juror", "chair"} else ME + 1
    seat = {"call": here, "juror_account_id": judges, "juror_state": JurorState.ACCEPTED}
    if noun == "review":
        state = ReviewState.FINAL if action == Action.REVIEW_CHANGE else ReviewState.STARTED
        return SimpleNamespace(**seat, state=state, statement_signed=True, kept_out=False)
    if noun == "ranking":
        states = {
            Action.RANKING_PUBLISH: RankingState.CONFIRMED,
            Action.RANKING_TAKE_BACK: RankingState.PUBLISHED,
        }
        return SimpleNamespace(call=here, state=states.get(action, RankingState.PROPOSED))
    reopens = action == Action.SUBMISSION_REOPEN
    handed = SubmissionState.WITHDRAWN if reopens else SubmissionState.SUBMITTED
    things = {
        "desk": None,
        "hosts": None,
        "account": SimpleNamespace(account_id=ME + 1 if role == "stranger" else ME),
        "host": SimpleNamespace(host_id=HOST),
        "call": here,
        "jury": here,
        "results": here,
        "certificates": here,
        "certificate": SimpleNamespace(call=here, account_id=ME if role in {"member", "juror"} else ME + 1),
        "agreement": SimpleNamespace(
            call=here,
            asked_by_id=ME if action == Action.AGREEMENT_WITHDRAW and role == "organiser" else ME + 1,
            barred=frozenset(),
            standing=lambda _now: AgreementState.ASKED,
        ),
        "appeal": SimpleNamespace(call=here, team_id=TEAM),
        "team": SimpleNamespace(call=here, team_id=TEAM, is_looking=True),
        "export": SimpleNamespace(call=here, account_id=ME if role == "organiser" else ME + 1),
        "request": SimpleNamespace(account_id=ME if role == "registered" else ME + 1),
        "invitation": SimpleNamespace(call=here, team_id=TEAM),
        "submission": SimpleNamespace(call=here, team_id=TEAM, state=handed),
        "juror": SimpleNamespace(**seat),
        "deliberation": SimpleNamespace(**seat, statement_signed=True, has_voice=True),
    }
    return things[noun]
