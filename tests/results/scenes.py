"""A call whose jury has read everything: the people, the proposals and what they were given."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import zip_longest

from tests import builders as given
from tests.builders import DAY, NOON, after_evaluation, both, some_bases
from thinkia.accounts.models import Account
from thinkia.agreements import services as agreements
from thinkia.agreements.queries import agreement_by_code
from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.domain.bases import TieKey, TieKeyKind
from thinkia.jury.models import Juror
from thinkia.organisations.models import Host
from thinkia.policy.actor import JurorRole
from thinkia.results import services
from thinkia.results.queries import ranking_of
from thinkia.submissions.models import Submission

DRAWN = NOON - 5 * DAY
BY_CHAIR = (TieKey(TieKeyKind.CRITERION, code="impacto"), TieKey(TieKeyKind.CHAIR))
BY_LOTTERY = (
    TieKey(TieKeyKind.CRITERION, code="impacto"),
    TieKey(TieKeyKind.LOTTERY, source=both("El sorteo nacional", "The national draw"), drawn_at=DRAWN),
)


@dataclass
class Scene:
    """Who is who. ``submissions`` by the name of the team."""

    call: Call
    organiser: Account
    chair: Juror | None
    jurors: list[Juror]
    submissions: dict[str, Submission] = field(default_factory=dict)
    members: dict[str, Account] = field(default_factory=dict)

    def code(self, name):
        return self.submissions[name].code

    def name(self, code):
        return next(name for name, each in self.submissions.items() if each.code == code)

    def person(self, juror):
        return db.session.get(Account, juror.account_id)

    @property
    def acting_chair(self):
        return given.acting(self.person(self.chair))

    @property
    def ranking(self):
        """The order that stands, as a request would load it."""
        return ranking_of(self.call.code)

    @property
    def url(self):
        return f"/manage/calls/{self.call.code}"

    def record_seed(self, seed, now=NOON, second=None):
        """One officer writes what the source gave, another one writes it again."""
        other = second or given.an_organiser(db.session.get(Host, self.call.host_id), now=now)
        asked = services.ask_for_seed(self.call, seed, "Boletín 12", given.acting(self.organiser), now)
        actor = replace(given.acting(other), signed_in_at=now)
        agreements.confirm(agreement_by_code(asked.code), actor, now, typed=seed)

    def propose(self, now=NOON):
        return services.propose(self.call, given.acting(self.organiser), now)

    def decide(self, names, now=NOON):
        """The chair puts a tie in this order."""
        self.propose(now)
        order = [self.code(name) for name in names]
        return services.decide_tie(self.ranking, order, "Llega a más personas", self.acting_chair, now)

    def confirm(self, ranking=None, now=NOON):
        return services.confirm(ranking or self.propose(now), "", self.acting_chair, now)

    def publish(self, now=NOON):
        return services.publish(self.confirm(now=now), given.acting(self.organiser), now)


def bases(code="judged", now=NOON, **changes):
    return some_bases(code, now, **{"calendar": after_evaluation(now), "winners": 1, **changes})


def judged(
    marks,
    *,
    now=NOON,
    rules=None,
    chair=True,
    sectors=("public", "academia"),
    groups=(),
    code="judged",
    **changes,
):
    """``marks``: team's name → one (impacto, viabilidad) for each sector's juror; ``None``: nobody marked.
    ``groups`` of evaluators, one for each juror.
    """
    host = given.a_host(now=now)
    organiser = given.an_organiser(host, now=now)
    call = given.a_call(rules or bases(code, now, **changes), host=host, organiser=organiser, now=now)
    seats = zip_longest(sectors, groups, fillvalue="")
    jurors = [given.a_juror(call, sector, now=now, evaluators=group) for sector, group in seats]
    if chair:
        jurors[0].role = JurorRole.CHAIR
    scene = Scene(call, organiser, jurors[0] if chair else None, jurors)
    for place, (name, given_marks) in enumerate(marks.items()):
        person = given.an_account(f"Persona de {name}", now=now)
        team = given.a_team(call, person, name=name, now=now)
        at = now - 15 * DAY + timedelta(minutes=place)
        submission = given.submitted(team, call, at=at, now=now, title=f"Idea de {name}")
        submission.team = team
        scene.submissions[name], scene.members[name] = submission, person
        for juror, one in zip(jurors, given_marks or (), strict=False):
            given.a_review(juror, submission, impacto=one[0], viabilidad=one[1], now=now - 2 * DAY)
    return scene
