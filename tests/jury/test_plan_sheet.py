"""A plan goes out as a sheet and comes back changed: to be looked over, never applied by itself."""

import csv
import io

import pytest

from tests import builders as given
from tests.jury.world import NOW, a_proposal, a_reading_call, journal, letters, person
from thinkia.db import db
from thinkia.domain.lifecycle import PlanState
from thinkia.jury.models import Plan, Review
from thinkia.jury.queries.conflicts import proposal_subject
from thinkia.jury.queries.panels import plan_of
from thinkia.jury.services import conflicts, invitations, panels
from thinkia.policy.actor import StaffRole

FILE, IMPORT = "/manage/calls/rios/jury/panels/plan.csv", "/manage/calls/rios/jury/panels/import"


@pytest.fixture
def reading(app):
    """Four proposals, and two jurors of each sector; two of the names would run in a spreadsheet."""
    reading = a_reading_call()
    titles = ("=1+1", "Propuesta 1", "Propuesta 2", "Propuesta 3")
    reading.proposals = [a_proposal(reading.call, title) for title in titles]
    reading.jurors = [
        given.a_juror(reading.call, sector, account=given.an_account(name, now=NOW), now=NOW)
        for sector, names in (("public", ("@Ana", "Rumi")), ("academia", ("Mercedes", "Iván")))
        for name in names
    ]
    return reading


@pytest.fixture
def organiser(reading, new_browser):
    return person(new_browser(), reading.organiser)


def proposed(reading):
    panels.propose(reading.call, reading.actor, NOW)
    return plan_of(reading.call.code)


def sheet(rows, columns=("submission", "juror", "sector"), encoding="utf-8"):
    text = io.StringIO()
    csv.writer(text).writerows([columns, *rows])
    return text.getvalue().encode(encoding)


def brought(organiser, content, status=200):
    organiser.get(IMPORT)
    return organiser.submit("Bring it in", file=(io.BytesIO(content), "plan.csv"), status=status)


def rows_of(plan):
    return [(pair["submission"], pair["juror"], pair["sector"]) for pair in plan.pairs]


def test_the_sheet_names_each_reading_and_nothing_in_it_runs(reading, organiser):
    plan = proposed(reading)
    answer = organiser.get(FILE).response
    text = answer.data.decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text)))

    assert found[0] == ["submission", "juror", "sector", "title", "name"]
    assert sorted(tuple(row[:3]) for row in found[1:]) == sorted(rows_of(plan))
    assert {row[3] for row in found[1:]} == {"'=1+1", "Propuesta 1", "Propuesta 2", "Propuesta 3"}
    assert {row[4] for row in found[1:]} == {"'@Ana", "Rumi", "Mercedes", "Iván"}
    assert "attachment" in answer.headers["Content-Disposition"]


def test_what_goes_out_comes_back_as_the_same_pairs(reading, organiser):
    before = proposed(reading)
    out = organiser.get(FILE).response.data
    page = brought(organiser, out)
    after = plan_of("rios")

    assert "8 reviews were brought in as a plan. Look it over" in page.text
    assert "Brought in from a file" in page.text
    assert "Proved" not in page.text
    assert rows_of(after) == rows_of(before)
    assert (after.number, after.is_adjusted, after.is_certified) == (2, True, False)
    assert db.session.get(Plan, before.id).state is PlanState.DISCARDED
    assert (db.session.query(Review).count(), letters("assignment")) == (0, [])
    assert journal()[-1] == "plan.imported"
    assert panels.apply(after, reading.actor, NOW) == 8


def test_a_change_made_in_a_spreadsheet_is_taken_over_and_can_be_explained(reading, organiser):
    first, second, third, fourth = [proposal.code for proposal in reading.proposals]
    ana, rumi, mercedes, ivan = [juror.code for juror in reading.jurors]
    pairs = [(first, ana), (second, ana), (third, ana), (fourth, rumi)]
    pairs += [(first, mercedes), (second, mercedes), (third, ivan), (fourth, ivan)]
    rows = [(code.lower(), juror, "", "Título que no cuenta") for code, juror in pairs]
    page = brought(organiser, sheet(rows, ("Submission", "JUROR", "sector", "title"), "cp1252"))

    assert "4 of 4 panels are complete" in page.text
    assert {(p["submission"], p["juror"]) for p in plan_of("rios").pairs} == set(pairs)
    page = organiser.get(f"/manage/calls/rios/jury/panels/{first}")
    assert "The reviews would be shared more evenly." in page.text
    assert "No exchange of this person" not in page.text


def test_everything_wrong_is_named_with_its_row_and_nothing_is_brought_in(reading, organiser):
    first, second = reading.proposals[0], reading.proposals[1]
    ana, rumi, mercedes, ivan = reading.jurors
    conflicts.recuse(ana, proposal_subject(first), "Es mi hermana", reading.actor, NOW)
    invitations.set_capacity(ivan, 1, reading.actor, NOW)
    waits = proposed(reading)
    page = brought(
        organiser,
        sheet(
            [
                (first.code, ana.code, "public"),
                ("NOPE", rumi.code, "public"),
                (first.code, "NADIE", ""),
                (first.code, mercedes.code, "private"),
                (first.code, mercedes.code, "academia"),
                (second.code, rumi.code, ""),
                (second.code, mercedes.code, ""),
                (second.code, ivan.code, ""),
                (reading.proposals[2].code, ivan.code, ""),
                ("", ivan.code, ""),
            ]
        ),
        status=422,
    )
    for words in (
        "8 things to put right. Nothing was brought in.",
        f"Row 2: {first.code}: @Ana has a conflict with this proposal.",
        "Row 3: “NOPE” is no proposal that the jury of this call reads.",
        "Row 4: “NADIE” is nobody who can read on this jury",
        f"Row 5: {mercedes.code} does not sit for “private” but for “academia”.",
        f"Row 6: {mercedes.code} and {first.code} already stand in row 5. Keep one.",
        f"Row 9: {second.code}: The panel would have 3 people, and the rules ask for 2.",
        "Row 10: Iván would read 2, and can read 1.",
        "Row 11: The column submission is empty.",
    ):
        assert words in page.text
    assert plan_of("rios").id == waits.id


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"submission,juror\n", "The file has only the names of the columns."),
        (b"proposal;juror\nA;B\n", "Columns are missing: submission."),
        (b"PK\x03\x04rest", "Save it as “CSV UTF-8”"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_in_words(reading, organiser, content, words):
    assert words in brought(organiser, content, status=422).text
    assert db.session.query(Plan).count() == 0


def test_a_sheet_that_leaves_out_a_pair_at_work_says_so(reading, organiser):
    plan = proposed(reading)
    panels.apply(plan, reading.actor, NOW)
    standing = organiser.get(FILE).response.data.decode("utf-8-sig").splitlines()
    page = brought(organiser, "\n".join(standing[:-1]).encode(), status=422)
    assert "already has this proposal in the list: pairs at work do not move." in page.text
    assert "1 thing to put right." in page.text


def test_a_plan_in_the_making_is_not_replaced(reading, organiser, monkeypatch):
    monkeypatch.setattr(panels, "AT_ONCE", 3)
    proposed(reading)
    code, juror = reading.proposals[0].code, reading.jurors[0].code
    page = brought(organiser, sheet([(code, juror, "")]), status=422)
    assert "A plan already waits for a decision." in page.text
    assert db.session.query(Plan).one().state is PlanState.COMPUTING


def test_a_reader_of_the_host_may_take_the_sheet_and_not_bring_one(reading, new_browser):
    reader = person(new_browser(), given.an_organiser(reading.host, StaffRole.READER, now=NOW))
    proposed(reading)
    assert reader.get(FILE).status == 200
    reader.get(IMPORT, status=403)
