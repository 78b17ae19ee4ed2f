"""Prizes as 360Giving JSON: valid, after publication alone, and no more than the bases let be public."""

import json
from dataclasses import replace
from decimal import Decimal

import fastjsonschema
import pytest

from tests.architecture.house import ROOT
from tests.builders import both
from tests.exports.reading import MARKS
from tests.results.scenes import judged
from thinkia.domain.bases import Prize, PublicationLevel

PRIZES = (
    Prize(both("Primer premio", "First prize"), 1, Decimal(3000), "USD"),
    Prize(both("Segundo premio", "Second prize"), 2, Decimal("1500.50"), "USD", both("Para el piloto")),
    Prize(both("Mentoría", "Mentoring"), 3),
)
ADDRESS = "/calls/judged/results/prizes.json"
IS_VALID = fastjsonschema.compile(json.loads((ROOT / "tests/vendor/360-giving.json").read_text()))


def test_each_prize_in_money_is_a_grant_once_the_result_is_public(app, browser, run, tmp_path):
    scene = judged(MARKS, winners=3, prizes=PRIZES)
    scene.confirm()
    browser.get(ADDRESS, status=404)
    assert (
        "No prize of this call is public."
        in run("exports", "prizes", "judged", "--lang", "en", code=1).output
    )
    scene.publish()
    found = browser.get(f"{ADDRESS}?lang=es").response.json
    IS_VALID(found)
    told = [
        (one["title"], one["amountAwarded"], one["recipientOrganization"][0]["name"])
        for one in found["grants"]
    ]
    assert [row[:2] for row in told] == [("Primer premio", 3000), ("Segundo premio", 1500.5)]
    assert {row[2] for row in told} <= set(MARKS)
    assert found["grants"][1]["description"] == "Para el piloto"
    assert found["grants"][0]["fundingOrganization"][0]["name"] == "Municipio de Muestra"
    assert "@" not in json.dumps(found)
    run("exports", "prizes", "judged", "--lang", "es", "--out", tmp_path / "premios.json")
    assert json.loads((tmp_path / "premios.json").read_text()) == found


@pytest.mark.parametrize("level", [PublicationLevel.ALPHABETICAL, PublicationLevel.VERDICT])
def test_prizes_do_not_give_away_places_that_the_bases_keep(app, browser, level):
    judged(MARKS, winners=3, prizes=PRIZES, publication=level).publish()
    browser.get(ADDRESS, status=404)


def test_without_a_prize_in_money_there_is_no_file(app, browser):
    judged(MARKS, winners=2, prizes=(replace(PRIZES[2], place=1),)).publish()
    browser.get(ADDRESS, status=404)
