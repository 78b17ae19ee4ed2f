"""Use cases that no page of this feature asks for, and what happens when two ask at once."""

import threading
from datetime import date

import pytest

from tests import builders as given
from tests.accounts.people import PASSPHRASE
from tests.builders import NOON
from thinkia.accounts import services
from thinkia.accounts.models import Account, Purpose, TokenPurpose
from thinkia.accounts.queries import account_by_email, link_of_letter, standing_consents
from thinkia.db import db
from thinkia.domain.reasons import Reason, Refused
from thinkia.outside.mail import Mail


def test_who_opened_a_mailed_link_has_an_account(app):
    made = services.find_or_create_account(
        "New@example.org", "New", "en", NOON, purposes=[Purpose.PARTICIPATION]
    )
    assert (made.email, made.verified_at, made.password_hash) == ("new@example.org", NOON, None)
    assert set(standing_consents(made.id)) == {Purpose.PARTICIPATION}
    assert services.start_sign_in(made, "", NOON)


def test_a_known_account_stays_as_it_is(app):
    known = given.an_account("Ana", email="ana@example.org", password_hash="kept")
    again = services.find_or_create_account("ana@example.org", "Other", "en", NOON)
    assert (again, again.name, again.password_hash) == (known, "Ana", "kept")


def test_a_passphrase_that_nobody_proved_does_not_outlive_the_proof(app):
    given.an_account(email="ana@example.org", verified_at=None, password_hash="somebody's")
    proved = services.find_or_create_account("ana@example.org", "Ana", "es", NOON)
    assert (proved.password_hash, proved.verified_at) == (None, NOON)


def test_nobody_enters_an_account_that_was_not_proved(app):
    account = given.an_account(verified_at=None)
    with pytest.raises(Refused) as refused:
        services.start_sign_in(account, "", NOON)
    assert refused.value.reason is Reason.ACCOUNT_UNKNOWN


@pytest.mark.database("postgresql", "sqlite")
def test_two_presses_of_the_button_make_one_account(committed_app):
    wanted = services.NewAccount(
        email="nina@example.org",
        name="Nina",
        password_hash="x",
        birth_date=date(1998, 5, 17),
        language="es",
        purposes=frozenset({Purpose.PARTICIPATION}),
    )
    together, faults = threading.Barrier(6), []

    def press():
        with committed_app.app_context():
            together.wait()
            try:
                services.sign_up(wanted, "browser", NOON)
            except Exception as fault:  # noqa: BLE001
                faults.append(fault)

    threads = [threading.Thread(target=press) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert db.session.query(Account).count() == 1
    assert db.session.query(Mail).count() == 6
    assert PASSPHRASE not in account_by_email("nina@example.org").password_hash


@pytest.mark.database("postgresql", "sqlite")
def test_a_link_opened_twice_at_once_works_once(committed_app):
    wanted = {"email": "nina@example.org", "name": "Nina", "language": "es", "now": NOON}
    account = services.open_account(**wanted)
    secret = services.link_to_choose_passphrase(account, NOON, services.RESET_LASTS)
    together, tokens, refusals = threading.Barrier(6), [], []

    def press():
        with committed_app.app_context():
            link = link_of_letter(TokenPurpose.RESET, secret, NOON)
            together.wait()
            try:
                tokens.append(services.reset_password(link, "x", "", NOON))
            except Refused as refused:
                refusals.append(refused.reason)

    threads = [threading.Thread(target=press) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(tokens) == 1
    assert refusals == [Reason.LINK_EXPIRED] * 5
