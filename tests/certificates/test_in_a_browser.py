"""Certificates made while one watches, and the page to which the code on the sheet leads, in a real browser."""

from playwright.sync_api import expect
from sqlalchemy.orm import joinedload

from tests.browser import fits
from tests.certificates.world import published
from tests.journeys.people import Person, Words
from thinkia import clock
from thinkia.certificates.models import Certificate
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.certificates import CertificateKind
from thinkia.outside.queue import drain

LANGUAGE = "es"
LONG = 30_000  # milliseconds: sheets are drawn meanwhile


def test_certificates_are_made_and_anybody_confirms_one_from_its_code(committed_app, enter, new_page):
    with transaction():
        scene = published(clock.now())
    words = Words(LANGUAGE)
    rosa = Person(enter(scene.organiser, LANGUAGE), words)
    rosa.go(f"{scene.url}/certificates")
    rosa.press(
        words.catalogue.ngettext("Make %(num)d certificate", "Make %(num)d certificates", 4) % {"num": 4}
    )
    expect(rosa.tab.get_by_role("progressbar")).to_have_attribute("value", "0")
    fits(rosa.tab, f"certificates-drawing-{LANGUAGE}")
    while drain(committed_app, limit=100):
        pass
    expect(rosa.tab.get_by_role("button", name=words("Download all as a ZIP"))).to_be_visible(timeout=LONG)
    rosa.go(f"{scene.url}/certificates")
    fits(rosa.tab, f"certificates-made-{LANGUAGE}")

    db.session.rollback()
    whole = db.session.query(Certificate).options(joinedload(Certificate.call))
    one = whole.filter_by(kind=CertificateKind.WINNER).one()
    stranger = Person(new_page(LANGUAGE), words)
    shown = stranger.go(
        f"/certificates/{one.code}"
    )  # what the code holds: tests/certificates/test_documents.py
    assert words("This certificate is valid") in shown
    assert one.printed_number in shown
    assert one.name in shown
    assert words("Download in Spanish") not in shown
    fits(stranger.tab, f"certificate-{LANGUAGE}")
