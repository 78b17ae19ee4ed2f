"""What leaves of a call with rounds is enough to compute its order again, without the platform."""

import json

from tests import builders as given
from tests.builders import NOON
from tests.exports.reading import archive, content, rows_of
from tests.results.scenes_of_rounds import closed, mark_again, scene_of
from thinkia.domain.ranking.record import read
from thinkia.domain.rounds import EarlierMarks
from thinkia.submissions import services as submissions
from thinkia.submissions.queries import submission_by_code


def test_the_exported_marks_give_the_order_of_the_platform(app, run, tmp_path):
    """Two go on, one of them leaves, and who waited takes the seat; earlier marks count a third."""
    scene = scene_of(last={"marks": EarlierMarks.CARRIED, "share": given.Decimal(2)})
    closed(scene)
    leaving = submission_by_code(scene.code("Inti"))
    submissions.leave(leaving, given.acting(scene.members["Inti"]), NOON)
    mark_again(scene, {"Yaku": (2, 3), "Sumak": (5, 4)})
    kept = read(scene.propose().content)

    whole = archive(content(scene.call, tables=("submissions", "reviews", "rounds")))
    for name in ("submissions.csv", "reviews.csv"):
        (tmp_path / name).write_bytes(whole.read(name))
    (tmp_path / "rules.yaml").write_text(scene.call.version.content)
    ranked = run(
        *("results", "rank", "--scores", tmp_path / "reviews.csv"),
        *("--submissions", tmp_path / "submissions.csv", "--rules", tmp_path / "rules.yaml"),
        *("--format", "json"),
    )
    rounds = json.loads(ranked.stdout)["rounds"]
    assert [each["round"] for each in rounds] == ["preliminar", "final"]
    told = [(line["place"], line["submission"]) for line in rounds[1]["ranking"]]
    assert told == [(line.place, line.submission) for line in kept.lines]
    assert [scene.name(code) for _place, code in told] == ["Sumak", "Yaku"]

    late = submission_by_code(scene.code("Yaku"))
    submissions.leave(late, given.acting(scene.members["Yaku"]), scene.call.calendar.evaluation.closes)
    assert rows_of(scene.call, "rounds")[0]["why"] == "top"
    left = {row["submission"]: row["withdrawn_after"] for row in rows_of(scene.call, "submissions")}
    assert left[scene.code("Inti")] == "preliminar"
    assert [row["outcome"] for row in rows_of(scene.call, "rounds")] == [
        "advances",
        "stays",
        "advances",
        "stays",
    ]
