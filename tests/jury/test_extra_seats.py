"""Seats above the size of a panel: taken where readers can be spared, and never missed."""

from dataclasses import replace

import pytest

from tests import builders as given
from tests.jury.world import NOW, a_proposal, a_reading_call, person
from thinkia.calls.call_file import bases_of, read_bases, write_bases
from thinkia.domain.bases import SectorQuota
from thinkia.domain.bases_check.ranking import can_sit
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.queries.panels import plan_of
from thinkia.jury.services import invitations, panels


def a_call_with(extra, **jury):
    """Two proposals; a jury of two public people and two of academia."""
    rules = replace(given.some_bases().jury, extra=extra, **jury)
    reading = a_reading_call("extra", jury=rules)
    reading.proposals = [a_proposal(reading.call, f"Propuesta {n}") for n in range(2)]
    reading.jurors = [
        given.a_juror(reading.call, sector, account=given.an_account(name, now=NOW), now=NOW)
        for sector, names in (("public", ("Ana", "Rumi")), ("academia", ("Mercedes", "Iván")))
        for name in names
    ]
    return reading


def readers(reading):
    """Proposal → how many read it in a plan that is drawn now."""
    panels.propose(reading.call, reading.actor, NOW)
    codes = [pair["submission"] for pair in plan_of("extra").pairs]
    return [codes.count(one.code) for one in reading.proposals]


def test_whom_the_jury_can_spare_sits_in_an_extra_seat(app):
    assert readers(a_call_with(1)) == [3, 3]


def test_extra_seats_are_shared_out_evenly_and_none_is_missed(app):
    reading = a_call_with(2)
    for juror in reading.jurors[1:]:
        invitations.set_capacity(juror, 1, reading.actor, NOW)
    assert sorted(readers(reading)) == [2, 3]
    assert plan_of("extra").shortfall == []
    assert plan_of("extra").is_certified


def test_a_maximum_holds_for_extra_seats_too(app):
    assert readers(a_call_with(1, sectors={"public": SectorQuota(1, 1), "academia": SectorQuota(1)})) == [
        3,
        3,
    ]
    pairs = plan_of("extra").pairs
    assert sum(pair["sector"] == "public" for pair in pairs) == 2


def test_the_board_counts_them_apart(app, new_browser):
    reading = a_call_with(1)
    readers(reading)
    page = person(new_browser(), reading.organiser).get("/manage/calls/extra/jury/panels")
    assert "4 of 4 reviews assigned." in page.text
    assert "2 more in extra seats." in page.text
    assert "Every proposal has 3 readers." in page.text
    assert "is empty" not in page.text


def test_the_board_says_from_how_many_to_how_many_read(app, new_browser):
    reading = a_call_with(2)
    for juror in reading.jurors[1:]:
        invitations.set_capacity(juror, 1, reading.actor, NOW)
    readers(reading)
    page = person(new_browser(), reading.organiser).get("/manage/calls/extra/jury/panels")
    assert "1 more in an extra seat." in page.text
    assert "Every proposal has from 2 to 3 readers." in page.text


def test_somebody_is_put_by_hand_into_an_extra_seat_and_nobody_beyond_it(app):
    reading = a_call_with(1)
    readers(reading)
    plan, code = plan_of("extra"), reading.proposals[0].code
    sitting = sorted(pair["juror"] for pair in plan.pairs if pair["submission"] == code)
    (absent,) = {juror.code for juror in reading.jurors} - set(sitting)
    with pytest.raises(Refused) as refused:
        panels.adjust(plan, code, reading.actor, NOW, joins=absent)
    assert refused.value.reason is Reason.PANEL_RULE
    panels.adjust(plan, code, reading.actor, NOW, leaves=sitting[0])
    panels.adjust(plan_of("extra"), code, reading.actor, NOW, joins=sitting[0])
    assert len(plan_of("extra").pairs) == 6


@pytest.mark.parametrize(("language", "words"), [("en", "1 more person reads"), ("es", "1 persona más lee")])
def test_the_public_page_says_so(app, new_browser, language, words):
    a_call_with(1)
    page = person(new_browser(language), given.an_account(now=NOW)).get("/calls/extra")
    assert words in page.text
    table = next(each for each in page.root.all("table") if "Academia" in each.text)
    (academia,) = [row for row in table.all("tr") if "Academia" in row.text]
    assert [cell.text for cell in academia.all("td")][:2] == ["1", "2"]


def test_a_file_with_extra_seats_comes_back_the_same_and_one_without_is_as_it_was():
    with_extra = given.some_bases(jury=replace(given.some_bases().jury, extra=2))
    written = write_bases(with_extra)
    assert "extra: 2" in written
    assert read_bases(written) == with_extra
    assert write_bases(bases_of(written)) == written
    assert "extra" not in write_bases(given.some_bases())


def test_a_sector_that_only_extra_seats_have_room_for_can_sit():
    rules = given.some_bases().jury
    assert not can_sit(rules, "private")
    assert can_sit(replace(rules, extra=1), "private")
