"""The sample calls, played: people register, form teams, hand in, jurors read, a result is published.

Each step is the real use case at its own moment in the past, so the sample data obeys every rule. The
letters that such a past would have sent are thrown away: only what happens from now on is mailed.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice

from thinkia.accounts.models import Account
from thinkia.accounts.queries import actor_of
from thinkia.calls.models import Call
from thinkia.calls.queries import challenges_of
from thinkia.calls.services import create_call, publish
from thinkia.db import db
from thinkia.demo.accounts import sample_account
from thinkia.demo.calls import Sample, sample_bases
from thinkia.demo.people import (
    FEEDBACK,
    JURORS,
    PEOPLE_LOOKING,
    TEAMS_LOOKING,
    Juror,
    Person,
    Proposal,
    people,
)
from thinkia.demo.queries import comments_as_they_are, juror_at, reviews_in_order, submission_with_rules
from thinkia.domain.ballot import Ballot, Given
from thinkia.domain.ranking.record import read
from thinkia.domain.rubric import Criterion
from thinkia.feedback.services import look_over
from thinkia.jury.models import Review
from thinkia.jury.queries.panels import plan_of
from thinkia.jury.services import invitations, panels, scoring
from thinkia.organisations.models import Host
from thinkia.policy import Actor
from thinkia.policy.actor import JurorRole
from thinkia.registration.models import Entry
from thinkia.registration.services import enter
from thinkia.results.services import order, publication, verdict
from thinkia.submissions.services import drafting, handing_in
from thinkia.teams.models import Team
from thinkia.teams.services import places, teams

TEAM_NAMES = (
    "Los Chasquis",
    "Minga Norte",
    "Manos de Sal",
    "Colibrí",
    "Yaku Warmi",
    "Ceibo",
    "Barrio Vivo",
    "Sumak",
    "La Ronda",
    "Hilo Rojo",
    "Kuyay",
    "Marea Alta",
    "Páramo",
    "Guayacán",
    "Ñan",
    "Cacao",
    "Tres Cruces",
    "Tejido",
    "Faro",
    "Chakana",
)
TEAM_SIZE = 4


@dataclass
class Stage:
    """One sample call while it is played."""

    sample: Sample
    host: Host
    organiser: Actor
    today: date
    call: Call = field(init=False)

    def at(self, days: int, hour: int = 15) -> datetime:
        """A moment so many days from today."""
        return datetime.combine(self.today + timedelta(days), datetime.min.time(), UTC) + timedelta(
            hours=hour
        )

    def announce(self) -> None:
        bases = sample_bases(self.sample, self.today)
        opens = bases.calendar.registration.opens - timedelta(days=2)
        self.call = create_call(bases, self.host, self.organiser, opens)
        publish(self.call, self.organiser, opens)

    def form_teams(self, how_many: int, first_person: int, on: int) -> list[tuple[Team, Account]]:
        """Teams with the account that represents each."""
        crowd = islice(people(), first_person, first_person + how_many * TEAM_SIZE)
        accounts = [sample_account(person, self.at(on - 1)) for person in crowd]
        for account in accounts:
            enter(self.call, self._entry(account), actor_of(account), self.at(on))
        return [
            self._team(name, accounts[number * TEAM_SIZE : (number + 1) * TEAM_SIZE], on)
            for number, name in enumerate(TEAM_NAMES[:how_many])
        ]

    def _entry(self, account: Account) -> Entry:
        """Only what this call's rules ask for."""
        if not self.call.bases.team.composition:
            return Entry()
        gender = next(each.gender for each in people() if each.name == account.name)
        return Entry(attributes={"gender": gender})

    def _team(self, name: str, accounts: Sequence[Account], on: int) -> tuple[Team, Account]:
        first, *others = accounts
        team = teams.create(self.call, name, actor_of(first), self.at(on, 16))
        for account in others:
            places.admit(team, account.id, actor_of(account), self.at(on, 17))
        return team, first

    def look_for_each_other(self, formed: Sequence[tuple[Team, Account]], first_person: int, on: int) -> None:
        """Some teams say that they look for people, and some people that they look for a team."""
        for (team, lead), about in zip(formed, TEAMS_LOOKING, strict=False):
            teams.edit(team, team.name, actor_of(lead), self.at(on), about=about, is_looking=True)
        alone = islice(people(), first_person, first_person + len(PEOPLE_LOOKING))
        for person, about in zip(alone, PEOPLE_LOOKING, strict=True):
            account = sample_account(person, self.at(on - 1))
            said = replace(self._entry(account), is_looking=True, about=about)
            enter(self.call, said, actor_of(account), self.at(on))

    def hand_in(self, team: Team, lead: Account, proposal: Proposal, on: int, minute: int) -> None:
        """A complete submission, handed in."""
        moment = self.at(on) + timedelta(minutes=minute)
        actor, challenges = actor_of(lead), challenges_of(self.call)
        submission = drafting.start(
            team, challenges[minute % len(challenges)], proposal.title, actor, moment - timedelta(hours=2)
        )
        submission = submission_with_rules(submission.code)
        answers = {
            "resumen": proposal.summary,
            "solucion": f"{proposal.problem} {proposal.plan}",
            "aplicacion": proposal.plan,
            "etapa": ("idea", "prototipo", "en-uso")[minute % 3],
            "autoria": True,
        }
        for question in self.call.bases.questions:
            if question.code in answers:
                drafting.save(
                    submission, question, answers[question.code], actor, moment - timedelta(hours=1)
                )
        outcome = handing_in.submit(submission_with_rules(submission.code), actor, moment)
        if outcome.receipt is None:
            raise RuntimeError(f"the sample submission was refused: {outcome.refused}")

    def seat_jury(self, on: int) -> None:
        """Nine people of five sectors accept and sign; panels are drawn and applied."""
        for seat in JURORS:
            self._seat(seat, on)
        panels.propose(self.call, self.organiser, self.at(on, 18))
        plan = plan_of(self.call.code)
        if plan is None:
            raise RuntimeError("no panels were proposed for the sample call")
        panels.apply(plan, self.organiser, self.at(on, 19))

    def _seat(self, seat: Juror, on: int) -> None:
        account = sample_account(
            Person(seat.name, seat.email, "17", "1701", seat.institution, "woman"), self.at(on - 1)
        )
        guest = invitations.Guest(
            email=seat.email,
            name=seat.name,
            sector=seat.sector,
            institution=seat.institution,
            role=JurorRole(seat.role),
        )
        invitations.invite(self.call, guest, self.organiser, self.at(on))
        actor = actor_of(account)
        invitations.accept(juror_at(self.call, seat.email), actor, "", self.at(on, 16))
        invitations.sign_statement(juror_at(self.call, seat.email), {}, actor_of(account), self.at(on, 17))

    def read(self, on: int, *, leave: int = 0) -> None:
        """Jurors mark and finish their reviews, but for the last ``leave`` of them."""
        chance = random.Random(self.sample)  # noqa: S311 - the same sample each time
        reviews = reviews_in_order(self.call)
        for number, review in enumerate(reviews[: len(reviews) - leave]):
            moment = self.at(on) + timedelta(minutes=number)
            actor = actor_of(db.session.get_one(Account, review.juror.account_id))
            version = scoring.save(
                review, _ballot(review, number, chance), actor, moment, version=review.version, window="demo"
            )
            scoring.finish(review, actor, moment, version=version)

    def decide(self, on: int) -> None:
        """The order is computed, confirmed by the chair and published."""
        ranking = order.propose(self.call, self.organiser, self.at(on))
        chair = actor_of(db.session.get_one(Account, juror_at(self.call, JURORS[0].email).account_id))
        while ties := read(ranking.content).chair_must_decide:
            tied, reason = ties[0].submissions, "Beneficia a más personas del cantón."
            ranking = verdict.decide_tie(ranking, tied, reason, chair, self.at(on, 16))
        verdict.confirm(ranking, "", chair, self.at(on, 17))
        look_over(self.call, comments_as_they_are(self.call), self.organiser, self.at(on, 17))
        publication.publish(ranking, self.organiser, self.at(on, 18))


def _ballot(review: Review, number: int, chance: random.Random) -> Ballot:
    """Marks around what a proposal deserves, a little kinder or stricter by juror."""
    worth = (review.submission_id * 7 % 5) + 1
    kindness = review.juror_id % 3 - 1
    given = {
        criterion.code: Given(mark=_mark(criterion, worth + chance.choice((-1, 0, 0, 1)) + kindness))
        for criterion in review.call.bases.rubric.judged
    }
    return Ballot(given, feedback=FEEDBACK[number % len(FEEDBACK)])


def _mark(criterion: Criterion, wanted: int) -> Decimal:
    scale = criterion.scale
    return Decimal(min(max(wanted, int(scale.min or 0)), int(scale.max or 5)))
