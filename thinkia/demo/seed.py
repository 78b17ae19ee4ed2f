"""Which sample calls there are, and how far each has come."""

from datetime import datetime
from zoneinfo import ZoneInfo

from thinkia.accounts.queries import actor_of
from thinkia.db import db
from thinkia.db.transaction import atomic
from thinkia.demo.accounts import sample_account
from thinkia.demo.calls import Sample
from thinkia.demo.people import PROPOSALS, Person
from thinkia.demo.play import Stage
from thinkia.demo.queries import call_exists, forget_letters
from thinkia.organisations.models import Host, Staff
from thinkia.organisations.queries import host_by_code
from thinkia.policy.actor import StaffRole

OWNER = Person("Amanda Ejemplo", "organiza1@example.org", "17", "1701", "Laboratorio de Muestra", "woman")
ORGANISER = Person("Bolívar Prueba", "organiza2@example.org", "17", "1701", "Laboratorio de Muestra", "man")
ALONE = Person("Tamia Sola de Muestra", "ciudadana@example.org", "10", "1001", "", "woman")

# For the table that `make run` prints: what to try, and as whom.
ACCOUNTS = (
    ("citizen", ALONE.email),
    ("team representative", "persona101@example.org"),
    ("juror", "jurado3@example.org"),
    ("jury chair", "jurado1@example.org"),
    ("organiser, owner of the host", OWNER.email),
    ("organiser", ORGANISER.email),
)


@atomic
def seed(now: datetime) -> list[str]:
    """Play every sample call that is not there yet; the codes of those that were played."""
    host = _host(now)
    sample_account(ALONE, now)
    played = [sample for sample in Sample if not call_exists(sample)]
    for sample in played:
        _PLAYS[sample](_stage(sample, host, now))
        db.session.flush()
    if played:
        forget_letters()
    return [sample.value for sample in played]


def _host(now: datetime) -> Host:
    known = host_by_code("lab-muestra")
    if known is not None:
        return known
    host = Host(code="lab-muestra", name="Laboratorio de Muestra", sector="public", created_at=now)
    db.session.add(host)
    db.session.flush()
    for person, role in ((OWNER, StaffRole.OWNER), (ORGANISER, StaffRole.ORGANISER)):
        account = sample_account(person, now)
        db.session.add(Staff(host_id=host.id, account_id=account.id, role=role, since=now))
    db.session.flush()
    return host


def _stage(sample: Sample, host: Host, now: datetime) -> Stage:
    today = now.astimezone(ZoneInfo("America/Guayaquil")).date()
    return Stage(sample, host, actor_of(sample_account(OWNER, now)), today)


def _evaluation_nearly_over(stage: Stage) -> None:
    stage.announce()
    teams = stage.form_teams(20, first_person=0, on=-40)
    for number, (team, lead) in enumerate(teams):
        stage.hand_in(team, lead, PROPOSALS[number], on=-14, minute=number)
    stage.seat_jury(on=-10)
    stage.read(on=-5, leave=7)


def _open_for_registration(stage: Stage) -> None:
    stage.announce()
    formed = stage.form_teams(5, first_person=100, on=-3)
    stage.look_for_each_other(formed[1:], first_person=120, on=-2)


def _results_published(stage: Stage) -> None:
    stage.announce()
    teams = stage.form_teams(8, first_person=40, on=-90)
    for number, (team, lead) in enumerate(teams):
        stage.hand_in(team, lead, PROPOSALS[-1 - number], on=-62, minute=number)
    stage.seat_jury(on=-58)
    stage.read(on=-50)
    stage.decide(on=-35)


_PLAYS = {
    Sample.JURY: _evaluation_nearly_over,
    Sample.OPEN: _open_for_registration,
    Sample.RESULTS: _results_published,
}
