"""A call whose result is public, with winners, others, and a jury."""

from datetime import timedelta
from decimal import Decimal

from tests import builders as given
from tests.builders import both
from tests.results.scenes import judged
from thinkia.calls.queries import call_by_code
from thinkia.certificates.models import Certificate
from thinkia.certificates.queries import DRAW
from thinkia.db import db
from thinkia.domain.bases import Prize
from thinkia.outside.outbox import OutboxTask, run_task

MOMENT = timedelta(minutes=1)
MARKS = {"Yaku": ((5, 4), (4, 4)), "Sumak": ((3, 3), (3, 3))}
PRIZES = (Prize(both("Acompañamiento", "Mentoring"), place=1, amount=Decimal(5000), currency="USD"),)


def published(now, **changes):
    """Team Yaku won; persons and jurors as `judged` makes them."""
    scene = judged(MARKS, now=now, prizes=PRIZES, **changes)
    scene.publish(now)
    return scene


def the_call(scene):
    return call_by_code(scene.call.code)


def acting(scene):
    return given.acting(scene.organiser)


def draw_all(now):
    """Run what waits to be drawn, as a worker would."""
    ids = [row.id for row in db.session.query(OutboxTask).filter_by(task=DRAW).order_by(OutboxTask.id)]
    return [run_task(each, lambda: now + MOMENT) for each in ids]


def all_certificates():
    return db.session.query(Certificate).order_by(Certificate.number).all()


def one_of(account):
    return db.session.query(Certificate).filter_by(account_id=account.id, revoked_at=None).one()
