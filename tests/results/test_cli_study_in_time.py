"""``flask results study`` on marks that say when each review was finished: who grows stricter on the way."""

import pytest

from tests.results.terminal import HEADER, Terminal

SECTOR_OF = {"J0": "public", "J1": "public", "J2": "academia"}


@pytest.fixture
def terminal(tmp_path):
    return Terminal(tmp_path)


def drifts(document):
    return {each["juror"]: each["drift"] for each in document["jurors"]}


def timed(finished):
    """Eight submissions that three jurors read; J0 gives ten more to the last four. ``finished``: of each."""
    lines = []
    for n, quality in enumerate((50, 62, 71, 55, 64, 58, 69, 60)):
        for juror, adds in (("J0", 10 * (n > 3)), ("J1", n % 3), ("J2", (n + 1) % 2)):
            lines.append(f"S{n},{juror},{SECTOR_OF[juror]},a,{quality + adds},{finished(n)}")
    return HEADER.rstrip("\n") + ",finished_at\n" + "\n".join(lines) + "\n"


def test_who_grows_kinder_with_the_hours_is_told(terminal):
    document = terminal.figures(timed(lambda n: f"2026-03-12T1{n}:00:00-05:00"))
    kinder = next(each for each in document["jurors"] if each["juror"] == "J0")
    assert kinder["drift"] > 2 * kinder["drift_error"] > 0
    assert drifts(document)["J1"] < 0
    assert "notes" not in document
    backwards = terminal.figures(timed(lambda n: f"2026-03-12T1{9 - n}:00:00-05:00"))
    assert drifts(backwards)["J0"] == -kinder["drift"]
    assert drifts(terminal.figures(timed(lambda _: "")))["J0"] is None


@pytest.mark.parametrize(
    ("instant", "said"),
    [("ayer", "is not a date and time"), ("2026-03-12T10:00:00", "does not say its time zone")],
)
def test_an_instant_that_cannot_be_read_is_named_with_its_row(terminal, instant, said):
    result = terminal.study(
        timed(lambda n: instant if n == 1 else "2026-03-12T10:00:00-05:00"), options="--lang en"
    )
    assert (result.exit_code, result.stdout) == (1, "")
    assert "row 5" in result.stderr.lower()
    assert said in result.stderr
