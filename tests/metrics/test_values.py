"""What is measured: entered by two persons, kept for ever, part of the order, and never a juror's to mark."""

import csv
import io
import json
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests import builders as given
from tests.agreements.world import fresh
from tests.builders import NOON
from tests.jury.world import person
from tests.metrics.scene import F1, SOURCE, ask, enter, measured
from tests.results.scenes import judged
from thinkia.agreements import services as agreements
from thinkia.agreements.models import Agreement
from thinkia.agreements.queries import agreement_by_code
from thinkia.calls.queries import call_by_code
from thinkia.db import db
from thinkia.domain.ballot import missing
from thinkia.domain.lifecycle import AgreementState, ReviewState, SubmissionState
from thinkia.domain.measuring import Metric, ValueFault, metrics_of, read_value
from thinkia.domain.ranking.record import read
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.models import Entry
from thinkia.jury.models import Review
from thinkia.jury.queries.reviews import review_by_code
from thinkia.metrics.models import MetricValue
from thinkia.metrics.queries import values_of
from thinkia.operations.invariants import other_orders
from thinkia.organisations.models import Staff
from thinkia.policy.actor import StaffRole
from thinkia.results import services as results
from thinkia.results.computation import inputs_of

# Equal for the jury; F1 parts the first two, and the last two are equal in everything that is averaged.
MARKS = {"Alfa": [(4, 4), (4, 4)], "Beta": [(4, 4), (4, 4)], "Gama": [(2, 2), (2, 2)]}
VALUES = {"Alfa": "0.81", "Beta": "0.9", "Gama": "0"}


@pytest.fixture
def scene(app):
    return measured(MARKS)


def refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.reason


def standing(scene, metric="f1"):
    known = values_of(call_by_code(scene.call.code))[metric]
    return {scene.name(code): str(value) for code, value in known.items()}


def test_a_call_that_measures_is_published_and_says_so_in_its_page(scene, new_browser):
    page = person(new_browser("es"), scene.organiser).get("/calls/judged")
    assert "Puntaje F1 se mide y no se juzga" in page.text
    assert "El menor valor de «falsos_negativos»" in page.text.replace("“", "«").replace("”", "»")


def test_nothing_counts_before_a_second_person_confirms(scene):
    waits = ask(scene, VALUES)
    assert (standing(scene), db.session.query(MetricValue).count()) == ({}, 0)
    assert (
        refusal(lambda: agreements.confirm(waits, fresh(scene.organiser, NOON), NOON)) is Reason.NOT_A_SECOND
    )
    agreements.confirm(agreement_by_code(waits.code), fresh(scene.luis, NOON), NOON)
    assert standing(scene) == {"Alfa": "0.81", "Beta": "0.9", "Gama": "0"}


def test_the_order_is_that_of_the_marks_and_the_values_exactly(scene):
    enter(scene, VALUES)
    record = read(scene.propose().content)
    assert [scene.name(line.submission) for line in record.lines] == ["Beta", "Alfa", "Gama"]
    # 30 · 4/5 + 30 · 4/5 + 40 · 0.9 = 84; Gama: 30 · 2/5 twice and nothing for an F1 of 0.
    assert [line.score for line in record.lines] == [84, Fraction("80.4"), 24]
    assert record.lines[0].criteria["f1"] == Fraction("0.9")


def test_what_has_no_value_is_said_before_an_order_is_computed_and_a_0_is_a_value(scene):
    enter(scene, {"Gama": "0"})
    with pytest.raises(Refused) as refused:
        scene.propose()
    assert refused.value.reason is Reason.METRIC_VALUES_MISSING
    assert refused.value.details == {"missing": "f1 (2)"}
    enter(scene, {"Alfa": "0.1", "Beta": "0.2"})
    assert len(read(scene.propose().content).lines) == 3


def test_a_metric_of_the_tie_chain_is_asked_for_only_when_a_tie_gets_there(scene):
    enter(scene, {**VALUES, "Beta": "0.81"})
    with pytest.raises(Exception, match="tie_metric_needed"):
        scene.propose()
    enter(scene, {"Alfa": "12", "Beta": "7"}, "falsos_negativos")
    assert scene.name(read(scene.propose().content).lines[0].submission) == "Beta"


def test_another_value_makes_an_order_stale_and_the_former_one_is_kept_for_ever(scene):
    enter(scene, VALUES)
    before = scene.propose()
    fingerprint = inputs_of(call_by_code("judged")).fingerprint
    enter(scene, {"Alfa": "0.95"})
    assert inputs_of(call_by_code("judged")).fingerprint != fingerprint
    assert refusal(lambda: scene.confirm(before)) is Reason.RANKING_STALE
    alfa = scene.submissions["Alfa"].id
    rows = db.session.query(MetricValue).filter_by(submission_id=alfa).order_by(MetricValue.number)
    assert [(row.number, str(row.value)) for row in rows] == [(1, "0.81"), (2, "0.95")]
    for change in ("UPDATE metric_value SET value = 1", "DELETE FROM metric_value"):
        with pytest.raises((DBAPIError, IntegrityError), match="only ever added"), db.session.begin_nested():
            db.session.execute(db.text(change))


def test_a_value_that_is_taken_back_is_no_value_and_not_0(scene):
    enter(scene, VALUES)
    enter(scene, {"Beta": None})
    assert standing(scene) == {"Alfa": "0.81", "Gama": "0"}
    assert refusal(scene.propose) is Reason.METRIC_VALUES_MISSING
    enter(scene, {"Beta": "0.5"})
    assert standing(scene)["Beta"] == "0.5"


def test_the_journal_has_both_people_and_the_values(scene):
    enter(scene, VALUES)
    body = json.loads(db.session.query(Entry).filter_by(action="metric.entered").one().body)
    confirmed = json.loads(db.session.query(Entry).filter_by(action="agreement.confirmed").one().body)
    assert body["data"]["values"] == {scene.code(name): value for name, value in VALUES.items()}
    assert (body["actor"], body["data"]["asked_by"]) == (confirmed["actor"], confirmed["data"]["asked_by"])
    assert SOURCE not in body["data"]


def test_what_changed_meanwhile_refuses_the_confirmation(scene):
    waits = ask(scene, VALUES)
    scene.submissions["Gama"].state = SubmissionState.WITHDRAWN
    db.session.flush()
    db.session.expire_all()
    again = agreement_by_code(waits.code)
    assert refusal(lambda: agreements.confirm(again, fresh(scene.luis, NOON), NOON)) is Reason.METRIC_STALE
    db.session.expire_all()
    assert db.session.query(Agreement).one().state is AgreementState.ASKED
    assert db.session.query(MetricValue).count() == 0


def test_the_same_values_again_are_nothing_to_enter(scene):
    enter(scene, VALUES)
    assert refusal(lambda: ask(scene, VALUES)) is Reason.METRIC_UNCHANGED


def test_once_the_result_is_public_values_stay_as_they_are(scene):
    enter(scene, VALUES)
    scene.publish()
    assert refusal(lambda: ask(scene, {"Alfa": "1"})) is Reason.METRIC_CLOSED
    content = scene.ranking.content
    assert '["f1","9/10"]' in content
    assert list(other_orders(None)) == []


def test_who_takes_part_or_still_marks_neither_enters_nor_confirms(scene):
    marking = scene.person(scene.jurors[1])
    open_review = db.session.query(Review).filter_by(juror_id=scene.jurors[1].id).first()
    open_review.state, open_review.finished_at = ReviewState.STARTED, None
    for account in (marking, scene.members["Alfa"]):
        db.session.add(_staff(scene, account))
    db.session.flush()
    assert refusal(lambda: ask(scene, VALUES, by=marking)) is Reason.METRIC_OWN
    waits = ask(scene, VALUES, now=NOON)
    for account in (marking, scene.members["Alfa"]):
        again = agreement_by_code(waits.code)
        assert refusal(
            lambda again=again, who=account: agreements.confirm(again, fresh(who, NOON), NOON)
        ) is (Reason.NOT_A_SECOND)


def _staff(scene, account):
    return Staff(host_id=scene.call.host_id, account_id=account.id, role=StaffRole.OWNER, since=NOON)


def test_jurors_never_find_it_among_what_they_mark(scene, new_browser):
    review = db.session.query(Review).filter_by(juror_id=scene.jurors[0].id).first()
    review, rubric = review_by_code(review.code), scene.call.bases.rubric
    assert missing(rubric, review.ballot(rubric)) == ()
    page = person(new_browser("es"), scene.person(scene.jurors[0])).get(f"/reviews/{review.code}")
    assert ("Impacto" in page.text, "Puntaje F1" in page.text) == (True, False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0,85", Decimal("0.85")),
        ("0.850000", Decimal("0.85")),
        ("0", Decimal(0)),
        ("=1+0", ValueFault.NOT_A_NUMBER),
        ("alto", ValueFault.NOT_A_NUMBER),
        ("1e-3", ValueFault.NOT_A_NUMBER),
        ("0.1234567", ValueFault.MANY_PLACES),
        ("1.01", ValueFault.OFF_SCALE),
        ("-1", ValueFault.OFF_SCALE),
        ("9999999999999", ValueFault.TOO_LARGE),
    ],
)
def test_a_value_is_read_exactly_or_refused(text, found):
    assert read_value(Metric("f1", F1), text) == found


def test_the_metrics_of_rules_are_named_once_criteria_first(scene):
    assert [one.code for one in metrics_of(scene.call.bases.ranking_rules)] == ["f1", "falsos_negativos"]


METRICS = "/manage/calls/judged/results/metrics"


def test_two_officers_walk_from_the_desk_to_the_values(scene, new_browser):
    rosa = person(new_browser(), scene.organiser)
    page = rosa.get("/manage/calls/judged/results")
    assert "3 have none" in page.text
    page = rosa.get(page.link("See what is measured"))
    assert "3 proposals have no value. There is no order before each has one." in page.text
    page = rosa.get(page.link("See and type the values: F1 score"))
    alfa, beta = scene.code("Alfa"), scene.code("Beta")
    typed = {f"value:{alfa}": "0,81", f"value:{beta}": "1,7"}
    page = rosa.submit("Ask to enter them", status=422, **typed)
    assert f"{beta}: “1,7” is not on the scale: any decimal from 0 to 1." in page.text
    assert "Write where the values come from." in page.text
    assert page.root.one("input", name=f"value:{alfa}")["value"] == "0,81"
    page = rosa.submit("Ask to enter them", **{f"value:{beta}": "0,9"}, reason=SOURCE)
    assert "It waits for a second person" in page.text
    luis = person(new_browser("es"), scene.luis)
    page = luis.get(page.path)
    assert (f"{alfa}" in page.text, "sin valor → 0,81" in page.text, SOURCE in page.text) == (
        True,
        True,
        True,
    )
    file = luis.client.get(f"{page.path}/lines.csv").data.decode("utf-8-sig")
    assert sorted(list(csv.reader(io.StringIO(file)))[1:]) == sorted([[alfa, "", "0.81"], [beta, "", "0.9"]])
    waits = agreement_by_code(page.path.rpartition("/")[2])
    agreements.confirm(waits, fresh(scene.luis, NOON), NOON)
    assert "1 has none" in rosa.get("/manage/calls/judged/results").text
    page = rosa.get(f"{METRICS}/f1")
    assert page.root.one("input", name=f"value:{beta}")["value"] == "0.9"


def a_file(*rows):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_a_sheet_is_filled_in_and_brought_back_with_all_that_is_wrong_at_once(scene, new_browser):
    rosa = person(new_browser("es"), scene.organiser)
    enter(scene, {"Gama": "0.4"})
    content = rosa.client.get(f"{METRICS}/f1/template.xlsx").data
    rows = [list(row) for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].values]
    assert rows[0] == ["Propuesta", "Título", "Puntaje F1"]
    assert {row[0]: row[2] for row in rows[1:]} == {
        scene.code(name): 0.4 if name == "Gama" else None for name in MARKS
    }
    alfa, beta, gama = (scene.code(name) for name in MARKS)
    bad = a_file(
        ["Propuesta", "Puntaje F1"],
        [alfa, "=1+1"],
        ["NADA", 1],
        [beta, 1.5],
        [beta, 0.5],
        [None, 0.2],
        [gama, "x"],
    )
    rosa.get(f"{METRICS}/f1/sheet")
    page = rosa.submit("Pedir que se ingresen", status=422, reason=SOURCE, file=(io.BytesIO(bad), "f1.xlsx"))
    said = [item.text for item in page.root.one("div", role="alert").all("li")]
    assert [line.split(":")[0] for line in said] == [f"Fila {n}" for n in (3, 4, 5, 6, 7)] or len(said) == 6
    assert db.session.query(Agreement).filter_by(state=AgreementState.ASKED).count() == 0
    good = f"propuesta;Puntaje F1\n{alfa.lower()};0,81\n{beta};\n{gama};0,4\n".encode()
    page = rosa.submit("Pedir que se ingresen", reason=SOURCE, file=(io.BytesIO(good), "f1.csv"))
    assert "sin valor → 0,81" in page.text
    assert db.session.query(Agreement).filter_by(state=AgreementState.ASKED).one().arguments["values"] == {
        alfa: "0.81"
    }, "an empty cell says nothing, and what stands already is left out"


def test_a_sheet_that_is_none_is_refused_in_words(scene, new_browser):
    rosa = person(new_browser("es"), scene.organiser)
    rosa.get(f"{METRICS}/f1/sheet")
    page = rosa.submit(
        "Pedir que se ingresen", status=422, reason=SOURCE, file=(io.BytesIO(b"a;b\n1;2\n"), "x.csv")
    )
    assert "La hoja no tiene la columna" in page.text


def test_rules_that_measure_nothing_have_no_such_pages(app, new_browser):
    scene = judged({"Alfa": [(4, 4), (4, 4)]})
    rosa = person(new_browser(), scene.organiser)
    rosa.get(METRICS, status=404)
    assert "See what is measured" not in rosa.get("/manage/calls/judged/results").text


def test_readers_of_the_host_see_values_and_type_none(scene, new_browser):
    enter(scene, VALUES)
    reader = given.an_organiser(scene.call.host, StaffRole.READER, now=NOON)
    page = person(new_browser(), reader).get(f"{METRICS}/f1")
    assert ("0.81" in page.text, page.root.all("input", type="text")) == (True, [])


def test_publishing_twice_the_same_values_gives_the_same_order(scene):
    enter(scene, VALUES)
    first = scene.propose()
    assert results.propose(call_by_code("judged"), given.acting(scene.organiser), NOON).id == first.id
