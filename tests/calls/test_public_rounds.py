"""The page of a call that is judged in several rounds."""

from dataclasses import replace
from decimal import Decimal

from tests import builders
from tests.builders import DAY, both
from thinkia import clock
from thinkia.domain.bases import JuryRules, Round, TieKey, TieKeyKind, Window
from thinkia.domain.rounds import Advance, EarlierMarks, PoolBy, Pools
from thinkia.domain.rubric import Rubric


def test_rounds_are_told_each_with_its_rules_and_dates(browser, new_browser):
    now = clock.now()
    host = builders.a_host(now=now)
    organiser = builders.an_organiser(host, now=now, language="en")
    bases = builders.some_bases("rios", now)
    opens = bases.calendar.evaluation.opens
    other = Rubric((builders.criterion("pitch", 100),))
    rounds = (
        Round(
            "l",
            both("Final local", "Local final"),
            evaluation=Window(opens, opens + DAY),
            pools=Pools(PoolBy.CHALLENGE),
            advance=Advance(top_per_pool=2, cut_off=Decimal(60)),
            waiting=1,
            share=Decimal(40),
        ),
        Round(
            "n",
            both("Final nacional", "National final"),
            rubric=other,
            tie_break=(TieKey(TieKeyKind.SUBMITTED_AT),),
            jury=JuryRules(5),
            marks=EarlierMarks.CARRIED,
            share=Decimal(60),
        ),
    )
    builders.a_draft_call(replace(bases, rounds=rounds), host=host, organiser=organiser, now=now)
    page = builders.sign_in(browser, organiser).get("/calls/rios")
    assert [words for words in ROUNDS_IN_ENGLISH if words not in page.text] == []
    reader = builders.an_organiser(host, now=now, language="es")
    spanish = builders.sign_in(new_browser(), reader).get("/calls/rios").text
    assert "Pasan las 2 primeras de cada grupo. No pasa ninguna con menos de 60." in spanish


ROUNDS_IN_ENGLISH = [
    "2 rounds, one after the other.",
    "Each pool has an order of its own. The pools: by challenge.",
    "The first 2 of each pool go on. Nobody below 60 does.",
    "The next one waits, should somebody who goes on withdraw.",
    "5 people read each proposal.",
    "Earlier marks count: the score is the mean of the rounds by these shares: Local final 40; National final 60.",
    "Pitch",
    "Local final begins",
    "The order of this round is the result.",
]
