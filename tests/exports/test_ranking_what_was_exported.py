"""What leaves with an export is what ``flask results rank`` reads: the same order comes out of the files alone."""

import csv
import io

from tests.exports.reading import content
from tests.metrics.scene import enter, measured
from tests.results.terminal import Terminal
from thinkia.calls.call_file import write_bases
from thinkia.calls.queries import call_by_code
from thinkia.results.computation import computed, inputs_of
from thinkia.web.export import Style

MARKS = {"Alfa": [(4, 4), (4, 4)], "Beta": [(4, 4), (4, 4)], "Gama": [(2, 2), (2, 2)]}


def test_marks_and_corrected_values_give_the_order_of_the_platform_again(app, tmp_path):
    scene = measured(MARKS)
    enter(scene, {"Alfa": "0.81", "Beta": "0.9", "Gama": "0.5"})
    enter(scene, {"Beta": "0.7", "Gama": None})
    enter(scene, {"Gama": "0.1"})
    call = call_by_code(scene.call.code)
    scores, metrics = (content(call, Style.CSV, (table,)) for table in ("reviews", "metrics"))
    assert len(metrics.splitlines()) == 1 + 6

    told = Terminal(tmp_path).rank(write_bases(call.bases), scores.decode(), metrics=metrics)
    assert (told.exit_code, told.exception) == (0, None), told.stderr
    ours = computed(call, inputs_of(call)).record.lines
    theirs = list(csv.DictReader(io.StringIO(told.stdout)))
    assert [scene.name(row["submission"]) for row in theirs] == ["Alfa", "Beta", "Gama"]
    assert [(int(row["place"]), row["submission"]) for row in theirs] == [
        (e.place, e.submission) for e in ours
    ]
