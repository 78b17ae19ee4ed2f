"""The lottery: a seed that two persons read at its source, and numbers that anybody can draw again."""

import json
import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import thinkia
from tests import builders as given
from tests.accounts.people import PASSPHRASE
from tests.builders import DAY, NOON
from tests.results.scenes import BY_LOTTERY, DRAWN, judged
from thinkia.agreements import services as agreements
from thinkia.agreements.models import Agreement
from thinkia.agreements.queries import agreement_by_code
from thinkia.db import db
from thinkia.domain.bases import PublicationLevel, TieKey
from thinkia.domain.ranking.record import read
from thinkia.domain.ranking.ties import lottery_number
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.models import Entry
from thinkia.results import services
from thinkia.results.models import LotterySeed
from thinkia.web.passwords import chosen

TIED = {"Yaku": ((4, 4), (4, 4)), "Inti": ((4, 4), (4, 4)), "Sumak": ((4, 4), (4, 4))}
DOCUMENT = (Path(thinkia.__file__).parents[1] / "docs/lottery.md").read_text()


@pytest.fixture
def now():
    return datetime.now(UTC)


@pytest.fixture
def scene(app):
    return judged(TIED, tie_break=BY_LOTTERY)


def refusal(act, *arguments, **named):
    with pytest.raises(Refused) as caught:
        act(*arguments, **named)
    return caught.value.reason


def ask(scene, seed="48213", now=NOON):
    actor = given.acting(scene.organiser)
    asked = services.ask_for_seed(scene.call, seed, "Boletín 12", actor, now)
    return agreement_by_code(asked.code)


def fresh(account, now=NOON):
    return replace(given.acting(account), signed_in_at=now)


def drawn(now):
    """The same chain, with an instant that is over."""
    return (BY_LOTTERY[0], TieKey(BY_LOTTERY[1].key, source=BY_LOTTERY[1].source, drawn_at=now - DAY))


def test_it_is_recorded_once_and_never_before_its_instant(scene):
    assert refusal(ask, scene, now=DRAWN - DAY / 86400) is Reason.SEED_TOO_EARLY
    scene.record_seed("48213", DRAWN)
    assert refusal(ask, scene) is Reason.SEED_RECORDED
    assert refusal(ask, judged(TIED, code="plain")) is Reason.NO_LOTTERY


def test_one_person_alone_records_nothing(scene):
    given.an_organiser(scene.call.host)
    asked = ask(scene)
    assert db.session.query(LotterySeed).count() == 0
    assert (
        refusal(agreements.confirm, asked, fresh(scene.organiser), NOON, typed="48213") is Reason.NOT_A_SECOND
    )
    assert refusal(scene.propose) is Reason.SEED_MISSING


def test_a_second_person_who_reads_something_else_records_nothing(scene):
    second = given.an_organiser(scene.call.host)
    asked = ask(scene)
    for typed in ("48214", "", "48 213"):
        assert refusal(agreements.confirm, asked, fresh(second), NOON, typed=typed) is Reason.TYPED_OTHERWISE
        asked = agreement_by_code(asked.code)
    assert (db.session.query(LotterySeed).count(), asked.state) == (0, "asked")
    assert (
        refusal(agreements.confirm, asked, given.acting(second), NOON, typed="48213") is Reason.SIGN_IN_AGAIN
    )
    asked = agreement_by_code(asked.code)
    agreements.confirm(asked, fresh(second), NOON, typed=" 48213 ")
    row = db.session.query(LotterySeed).one()
    assert (row.seed, row.recorded_by_id, row.agreement_id) == ("48213", second.id, asked.id)
    assert read(scene.propose().content).lines[0].decided_by == "lottery"


def test_both_persons_stand_in_the_journal_each_under_a_pseudonym(scene):
    scene.record_seed("48213")
    lines = [
        json.loads(line.body)
        for line in db.session.query(Entry).order_by(Entry.seq)
        if line.action in {"agreement.asked", "results.seed_recorded"}
    ]
    first, second = lines
    assert (second["data"], first["actor"] != second["actor"]) == (
        {"seed": "48213", "asked_by": first["actor"]},
        True,
    )


def test_the_order_is_the_one_that_sha256sum_draws(scene):
    scene.record_seed("48213")
    codes = [line.submission for line in read(scene.propose().content).lines]
    command = "".join(
        f"printf '%s %s\\n' \"$(printf '%s' '48213:{code}' | sha256sum | cut -d ' ' -f 1)\" {code}; "
        for code in sorted(codes)
    )
    shell = subprocess.run(
        ["sh", "-c", f"{{ {command} }} | sort"], capture_output=True, text=True, check=True
    )
    assert [line.split()[1] for line in shell.stdout.splitlines()] == codes


def test_the_documented_command_gives_what_the_document_says():
    command, expected = re.findall(r"```(?:sh|text)\n(.*?)```", DOCUMENT, re.DOTALL)
    shell = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert shell.stdout == expected
    assert [line.split()[0] for line in expected.splitlines()] == [
        lottery_number("48213", line.split()[1]) for line in expected.splitlines()
    ]


def test_two_officers_record_it_on_the_pages_and_neither_copies_from_the_other(app, new_browser, now):
    scene = judged(TIED, now=now, tie_break=drawn(now))
    scene.organiser.language = "en"
    second = given.an_organiser(scene.call.host, now=now, language="en", password_hash=chosen(PASSPHRASE))
    first = given.sign_in(new_browser(), scene.organiser, now)
    page = first.get(f"{scene.url}/results")
    first.get(page.link("Record the seed"))
    page = first.submit("Ask a second person", seed="48213", where=" ", status=422)
    assert ("Write where you read it." in page.text, 'value="48213"' in page.response.text) == (True, True)
    page = first.submit("Ask a second person", seed="48213", where="Boletín 12, página 3")
    assert "It waits for a second person" in page.text
    other = given.sign_in(new_browser(), second, now)
    where = f"/agreements/{db.session.query(Agreement).one().code}"
    page = other.get(where)
    assert ("48213" in page.response.text, "Boletín 12, página 3" in page.text) == (False, True)
    page = other.submit("Sign in again and confirm", typed="48231", password=PASSPHRASE, status=422)
    assert "This is not what the other person wrote." in page.text
    assert 'value="48231"' in page.response.text
    page = other.submit("Sign in again and confirm", typed="48213", password=PASSPHRASE)
    assert "Confirmed and done." in page.text
    page = first.get(f"{scene.url}/results/lottery")
    assert f"Typed by {scene.organiser.name}, and again by {second.name}" in page.text
    first.get(f"{scene.url}/results")
    page = first.submit("Compute the order")
    assert "The lottery decided, with the seed “48213”." in page.text


@pytest.mark.parametrize(
    ("level", "status"), [(PublicationLevel.ORDER, 200), (PublicationLevel.WINNERS, 404)]
)
def test_anybody_reads_what_was_drawn_where_the_order_is_public(app, new_browser, now, level, status):
    scene = judged(TIED, now=now, tie_break=drawn(now), publication=level)
    scene.record_seed("48213", now)
    reader, where = new_browser("en"), f"/calls/{scene.call.code}/results/lottery"
    reader.get(where, status=404)
    scene.publish(now)
    page = reader.get(where, status=status)
    if status == 200:
        codes = [line.submission for line in read(scene.ranking.content).lines]
        for fact in (
            "The national draw",
            "48213",
            *codes,
            *(lottery_number("48213", code) for code in codes),
        ):
            assert fact in page.text
        assert f"printf '%s' 48213:{codes[0]} | sha256sum" in page.text
        assert reader.get(f"/calls/{scene.call.code}/results").link("See the lottery") == where
