"""Entering a call, correcting what one said, withdrawing."""

from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from tests import builders as given
from tests.teams.world import all_at_once
from thinkia.accounts.models import Purpose
from thinkia.accounts.queries import standing_consents
from thinkia.accounts.services import agree
from thinkia.accounts.services import withdraw as take_back
from thinkia.calls.hooks import readers
from thinkia.calls.queries import call_by_code
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.bases import CompositionRule, Eligibility, PersonAttribute, TeamRules
from thinkia.domain.reasons import Reason, Refused
from thinkia.outside.mail import Mail
from thinkia.registration import services
from thinkia.registration.models import CONSENT_VERSION, Entry, Registration
from thinkia.registration.queries import entry_of, own_registration, own_registration_in
from thinkia.teams.queries import people_looking

NOON = given.NOON
RULES = TeamRules(
    max=4,
    composition=(
        CompositionRule(PersonAttribute.GENDER, value="woman", min=2),
        CompositionRule(PersonAttribute.PROVINCE, min_different=2),
    ),
)


@pytest.fixture
def call(app):
    return given.a_call(given.some_bases("rios", team=RULES))


def enter(call, account, entry=None, now=NOON):
    return services.enter(call, entry or Entry({"gender": "woman"}), given.acting(account), now)


def refusal(act, *arguments, **options):
    with pytest.raises(Refused) as refused:
        act(*arguments, **options)
    return refused.value.reason


def standing():
    return db.session.scalar(select(func.count(Registration.id)).where(Registration.withdrawn_at.is_(None)))


def test_only_what_the_rules_ask_for_is_kept(call):
    account = given.an_account(province="17")
    said = Entry({"gender": "woman", "institution": "ESPE", "phone": "099"}, is_looking=True, about="Mapas")
    registration = enter(call, account, said)
    assert registration.attributes == {"gender": "woman", "province": "17"}
    assert (registration.is_looking, registration.about) == (True, "Mapas")
    assert (registration.consent_version, registration.registered_at) == (CONSENT_VERSION, NOON)


def test_words_about_oneself_are_kept_only_while_one_looks(call):
    assert enter(call, given.an_account(), Entry(about="Mapas")).about == ""


def test_whoever_enters_is_welcomed_once_by_mail(call):
    account = given.an_account()
    assert enter(call, account).id == enter(call, account).id
    assert standing() == 1
    (mail,) = db.session.scalars(select(Mail))
    assert (mail.to, mail.subject) == (
        account.email,
        "Ríos vivos: usted está inscrito o inscrita",
    ) or mail.to == account.email


@pytest.mark.parametrize(
    ("eligibility", "changes", "reason"),
    [
        (Eligibility(min_age=18), {"birth_date": date(2008, 3, 3)}, Reason.TOO_YOUNG_FOR_CALL),
        (Eligibility(max_age=30), {"birth_date": date(1990, 3, 3)}, Reason.TOO_OLD_FOR_CALL),
        (Eligibility(provinces=("01",)), {"province": "17"}, Reason.OTHER_TERRITORY),
        (Eligibility(), {"birth_date": None}, Reason.BIRTH_DATE_NEEDED),
        (Eligibility(residents_only=True), {"province": None}, Reason.PROVINCE_NEEDED),
    ],
)
def test_whoever_does_not_fit_the_bases_is_refused(app, eligibility, changes, reason):
    call = given.a_call(given.some_bases("limites", eligibility=eligibility))
    assert refusal(enter, call, given.an_account(**changes)) is reason
    assert standing() == 0


def test_what_the_account_lacks_can_be_given_and_stays_in_it(app):
    call = given.a_call(given.some_bases("limites", eligibility=Eligibility(min_age=18, provinces=("01",))))
    account = given.an_account(birth_date=None, province=None)
    enter(call, account, Entry(born=date(1999, 1, 1), province="01"))
    assert (account.birth_date, account.province) == (date(1999, 1, 1), "01")


def test_what_the_account_knows_is_not_changed_by_entering(app):
    call = given.a_call(given.some_bases("limites", eligibility=Eligibility(min_age=18)))
    child = given.an_account(birth_date=date(2010, 1, 1))
    assert refusal(enter, call, child, Entry(born=date(1980, 1, 1))) is Reason.TOO_YOUNG_FOR_CALL


def test_a_refusal_leaves_nothing_half_done(app):
    call = given.a_call(given.some_bases("limites", eligibility=Eligibility(min_age=18)))
    account = given.an_account(birth_date=None)
    db.session.commit()
    assert refusal(enter, call, account, Entry(born=date(2015, 1, 1))) is Reason.TOO_YOUNG_FOR_CALL
    db.session.refresh(account)
    assert account.birth_date is None


def test_the_age_is_that_of_the_day_of_entering(app):
    call = given.a_call(given.some_bases("limites", eligibility=Eligibility(min_age=18)))
    account = given.an_account(birth_date=date(2008, 3, 3))
    assert refusal(enter, call, account, now=NOON) is Reason.TOO_YOUNG_FOR_CALL
    assert enter(call, account, now=NOON + timedelta(days=1))


def test_staff_of_the_host_and_jurors_of_the_call_do_not_enter_it(app):
    host = given.a_host()
    organiser = given.an_organiser(host)
    call = given.a_call(host=host, organiser=organiser)
    juror = given.an_account()
    given.a_juror(call, account=juror)
    assert refusal(enter, call, organiser) is Reason.STAFF_OR_JUROR
    assert refusal(enter, call, juror) is Reason.STAFF_OR_JUROR
    elsewhere = given.a_call()
    assert enter(elsewhere, organiser)
    assert enter(elsewhere, juror)


def test_what_was_said_can_be_corrected(call):
    account = given.an_account(province="09")
    enter(call, account)
    actor = given.acting(account)
    services.correct(own_registration_in("rios", actor), Entry({"gender": "other"}), actor, NOON)
    assert own_registration(call, actor).attributes == {"gender": "other", "province": "09"}


def test_withdrawing_forgets_what_was_said_and_one_may_enter_again(call):
    account = given.an_account()
    first = enter(call, account, Entry({"gender": "woman"}, is_looking=True, about="Mapas"))
    actor = given.acting(account)
    services.withdraw(own_registration_in("rios", actor), actor, NOON)
    gone = entry_of(call.id, account.id)
    assert (gone.attributes, gone.about, gone.is_looking) == ({}, "", False)
    assert own_registration(call, actor) is None
    assert enter(call, account, now=NOON + timedelta(hours=1)).id == first.id
    assert standing() == 1


def test_whoever_is_registered_hears_of_changes(call):
    account, other = given.an_account(language="en"), given.an_account()
    enter(call, account)
    enter(call, other)
    actor = given.acting(other)
    services.withdraw(own_registration_in("rios", actor), actor, NOON)
    assert [(each.email, each.language) for each in readers(call)] == [(account.email, "en")]


@pytest.mark.database("postgresql")
def test_a_double_click_registers_once(committed_app):
    with transaction():
        call = given.a_call()
        account = given.an_account()
        actor = given.acting(account)
    db.session.remove()

    def click():
        return services.enter(call_by_code(call.code), Entry(), actor, NOON).id

    outcomes = all_at_once(committed_app, [partial(click) for _ in range(5)])
    assert len(set(outcomes)) == 1
    assert standing() == 1
    assert db.session.scalar(select(func.count(Mail.id))) == 1


def test_who_took_back_the_consent_to_take_part_does_not_enter_until_it_is_given_again(call):
    account = given.an_account()
    agree(account, Purpose.PARTICIPATION, given.acting(account), NOON)
    take_back(account, Purpose.PARTICIPATION, given.acting(account), NOON)
    assert refusal(enter, call, account) is Reason.CONSENT_TAKEN_BACK

    agree(account, Purpose.PARTICIPATION, given.acting(account), NOON)
    assert enter(call, account).withdrawn_at is None


def test_looking_for_a_team_rests_on_a_consent_and_ends_with_it(call):
    account = given.an_account()
    registration = enter(call, account, Entry({"gender": "woman"}, is_looking=True, about="Mapas"))
    assert set(standing_consents(account.id)) == {Purpose.FINDABLE}
    assert db.session.scalars(people_looking(call)).all() == [registration]

    take_back(account, Purpose.FINDABLE, given.acting(account), NOON)
    assert db.session.scalars(people_looking(call)).all() == []
    assert (registration.is_looking, registration.about) == (False, "")


def test_saying_later_that_one_looks_for_a_team_records_the_consent_too(call):
    account = given.an_account()
    registration = enter(call, account)
    assert standing_consents(account.id) == {}
    services.correct(registration, Entry({"gender": "woman"}, is_looking=True), given.acting(account), NOON)
    assert set(standing_consents(account.id)) == {Purpose.FINDABLE}
