"""What is told of each group of evaluators: to the public, to a team, to who asks for one more juror."""

from decimal import Decimal

import pytest

from tests import builders as given
from tests.builders import both
from tests.exports.reading import rows_of
from tests.feedback.scenes import as_
from tests.results.scenes import bases, judged
from thinkia import clock
from thinkia.domain.bases import Evaluators, JuryRules, Method
from thinkia.jury.queries.one_more import who_could_read

METHOD = Method(evaluators={"jury": Decimal(75), "users": Decimal(25)})
SECTORS = ("public", "academia", "private", "public", "academia", "private")
GROUPS = ("jury", "jury", "jury", "users", "users", "users")
# 12 · impacto + 8 · viabilidad. Yaku: jury 100, users 20; Inti: 60 and 80; Sumak: 40 and 40.
MARKS = {
    "Yaku": (*[(5, 5)] * 3, *[(1, 1)] * 3),
    "Inti": (*[(3, 3)] * 3, *[(4, 4)] * 3),
    "Sumak": (*[(2, 2)] * 3, *[(2, 2)] * 3),
}


def rules(now, size=3):
    groups = {
        "jury": Evaluators(3, both("Jurado", "Jury")),
        "users": Evaluators(size, both("Usuarios", "Users")),
    }
    return bases(now=now, method=METHOD, jury=JuryRules(3 + size, groups=groups))


@pytest.fixture
def now():
    return clock.now()


def test_everybody_reads_what_each_group_gave_where_no_group_is_one_or_two_people(app, now, new_browser):
    scene = judged(MARKS, now=now, rules=rules(now), sectors=SECTORS, groups=GROUPS)
    scene.publish(now)
    page = new_browser(language="en").get("/calls/judged/results")
    table = page.text[page.text.index("By group of evaluators") :]
    assert "Jury 75% 66.67" in table
    assert "Users 25% 46.67" in table
    team = as_(new_browser(language="en"), scene.members["Yaku"], now)
    mine = team.get(f"/submissions/{scene.code('Yaku')}/feedback").text
    assert "Score: 80" in mine
    assert "What each group of evaluators gave: Jury 100.00 and Users 20.00." in mine
    wide = {(row["juror"], row["group"]) for row in rows_of(scene.call, "reviews_wide")}
    assert wide == {(juror.code, group) for juror, group in zip(scene.jurors, GROUPS, strict=True)}


def test_two_people_of_a_group_are_told_by_nobody(app, now, new_browser):
    fewer = {name: marks[:5] for name, marks in MARKS.items()}
    scene = judged(fewer, now=now, rules=rules(now, 2), sectors=SECTORS[:5], groups=GROUPS[:5])
    scene.publish(now)
    public = new_browser(language="en").get("/calls/judged/results").text
    assert "By group of evaluators" not in public
    assert "Jury 75% and Users 25%" in public
    team = as_(new_browser(language="en"), scene.members["Yaku"], now)
    mine = team.get(f"/submissions/{scene.code('Yaku')}/feedback").text
    assert "Fewer than three people of a group read your proposal" in mine
    assert "Users 20" not in mine


def test_one_more_juror_is_of_a_group_and_the_choice_says_which(app, now):
    scene = judged(MARKS, now=now, rules=rules(now), sectors=SECTORS, groups=GROUPS)
    spare = given.a_juror(scene.call, "public", now=now, evaluators="users")
    given.a_juror(scene.call, "public", now=now)  # in no group
    found = who_could_read(scene.call, scene.code("Yaku"))
    assert [(one.juror, one.group) for one in found] == [(spare.code, "users")]
