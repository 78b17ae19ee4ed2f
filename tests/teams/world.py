"""A call with teams that tests of teams are about, and people who act at the same moment."""

import re
import threading
from datetime import UTC, datetime

from sqlalchemy import select

from tests import builders as given
from thinkia.calls.queries import call_by_code
from thinkia.db import db
from thinkia.domain.bases import CompositionRule, PersonAttribute, TeamRules
from thinkia.outside.mail import Mail
from thinkia.teams import services
from thinkia.teams.queries import team_by_code

TWO_WOMEN = (CompositionRule(PersonAttribute.GENDER, value="woman", min=2),)


def a_call(*, now=given.NOON, team=None, **changes):
    """A published call for teams of 2 to 4, at least two of them women."""
    rules = team or TeamRules(min=2, max=4, composition=TWO_WOMEN)
    code = f"call-{next(given._numbers)}"
    return given.a_call(given.some_bases(code, now, team=rules, **changes), now=now)


def enter(call, name="", now=given.NOON, **attributes):
    """Somebody who is registered."""
    account = given.an_account(name, now=now)
    given.registered(call, account, now, **attributes)
    return account


def start(call, name="Yaku Wasi", *, who=None, now=given.NOON, **said):
    """A team that somebody started through the front door, with the one who represents it."""
    account = who or enter(call, now=now, gender="woman")
    team = services.create(call, name, given.acting(account), now, **said)
    return team_by_code(team.code), account


def join(team, account, now=given.NOON):
    return services.admit(team, account.id, given.acting(account), now)


def fresh(team):
    """The team as it stands now, with its members."""
    db.session.expire_all()
    return team_by_code(team.code)


def names(team):
    return [member.account.name for member in fresh(team).members]


def all_at_once(app, acts):
    """Each act in a thread of its own, none before all are ready. What each returned or raised, in order."""
    ready, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        with app.app_context():
            try:
                ready.wait(30)
                outcomes[place] = act()
            except Exception as problem:  # noqa: BLE001 - the test looks at it
                outcomes[place] = problem
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def call_again(call):
    """The call as a thread finds it."""
    return call_by_code(call.code)


TODAY = datetime.now(UTC).replace(microsecond=0)
"""For tests of pages: requests come now."""


def somebody(call, name="", **attributes):
    """Somebody who registered today and reads English."""
    account = enter(call, name, now=TODAY, **attributes)
    account.language = "en"
    return account


def tokens():
    """The secrets of the invitations that were written, oldest first."""
    letters = select(Mail.text).where(Mail.template.contains("invitation")).order_by(Mail.id)
    return [re.search(r"/team-invitations/(\S+)", text)[1] for text in db.session.scalars(letters)]


def token():
    """The secret of the last one."""
    return tokens()[-1]
