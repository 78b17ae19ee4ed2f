"""A measured value entered by two persons in a real browser."""

from tests.accounts.people import PASSPHRASE
from tests.browser import fits
from tests.journeys.people import Person, Words
from tests.metrics.scene import SOURCE, measured
from thinkia import clock
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.metrics.models import MetricValue
from thinkia.web import passwords

LANGUAGE = "es"
VALUES = {"Alfa": "0,81", "Beta": "0.9"}


def test_one_person_types_the_values_and_another_confirms_them(committed_app, enter):
    with transaction():
        scene = measured({name: [(4, 4), (4, 4)] for name in VALUES}, now=clock.now())
        scene.luis.password_hash = passwords.chosen(PASSPHRASE)
    words = Words(LANGUAGE)
    rosa = Person(enter(scene.organiser, LANGUAGE), words)
    rosa.go(f"{scene.url}/results/metrics")
    fits(rosa.tab, f"metrics-{LANGUAGE}")
    rosa.go(f"{scene.url}/results/metrics/f1")
    for name, value in VALUES.items():
        rosa.tab.fill(f"input[name='value:{scene.code(name)}']", value)
    rosa.press("Ask to enter them")  # without saying where they come from
    rosa.tab.locator(".summary").wait_for()
    assert rosa.tab.input_value(f"input[name='value:{scene.code('Alfa')}']") == "0,81"
    fits(rosa.tab, f"metric-lacks-{LANGUAGE}")
    rosa.fill(reason=SOURCE).press("Ask to enter them")
    rosa.tab.wait_for_url("**/agreements/*")
    luis = Person(enter(scene.luis, LANGUAGE), words)
    luis.go(rosa.path)
    fits(luis.tab, f"metric-second-{LANGUAGE}")
    luis.fill(password=PASSPHRASE).press("Sign in again and confirm")
    assert words("Confirmed and done. Whoever asked is told.") in luis.tab.locator("body").inner_text()
    rosa.go(f"{scene.url}/results/metrics/f1")
    fits(rosa.tab, f"metric-entered-{LANGUAGE}")
    db.session.rollback()
    assert sorted(str(one.value) for one in db.session.query(MetricValue)) == ["0.81", "0.9"]
