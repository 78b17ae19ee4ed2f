"""What the writer writes, every reader reads the same."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from tests.builders import both, some_bases
from tests.calls.documents import BASES, NASTY
from thinkia.calls.call_file import bases_of, read_bases, write_bases
from thinkia.domain.bases import Window
from thinkia.domain.later import LATER
from thinkia.domain.text import Bilingual

many = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@many
@given(BASES)
def test_any_bases_read_back_as_they_were_and_are_written_the_same(bases):
    written = write_bases(bases)
    assert bases_of(written) == bases
    assert write_bases(bases_of(written)) == written


@many
@given(BASES)
def test_a_reader_of_yaml_1_1_sees_the_same_texts_and_numbers(bases):
    seen = yaml.safe_load(write_bases(bases))
    assert without_dates(seen) == without_dates(told(bases))


def told(value):
    """The document as plain data; keys that hold nothing may be missing, and later ones at their default."""
    if is_dataclass(value):
        held = [(one, getattr(value, one.name)) for one in fields(value)]
        return {
            one.name: told(here) for one, here in held if LATER not in one.metadata or here != one.default
        }
    if isinstance(value, Mapping):
        return {key: told(held) for key, held in value.items()}
    if isinstance(value, tuple):
        return [told(held) for held in value]
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value.value if hasattr(value, "value") else value


def without_dates(data):
    """Instants are compared elsewhere; here they only must be text. What is empty may be left out."""
    if isinstance(data, dict):
        return {key: held for key, held in ((key, without_dates(held)) for key, held in data.items()) if held}
    if isinstance(data, list):
        return [without_dates(held) for held in data]
    return "…" if isinstance(data, datetime) or is_instant(data) else data


def is_instant(data):
    try:
        return isinstance(data, str) and data[4] == "-" and bool(datetime.fromisoformat(data))
    except (ValueError, IndexError):
        return False


def test_instants_are_text_for_every_reader():
    seen = yaml.safe_load(write_bases(some_bases()))
    assert seen["calendar"]["results"] == "2026-03-27 12:00"


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_text_survives_a_reader_of_yaml_1_1(text):
    written = write_bases(some_bases(title=Bilingual(text, text)))
    assert yaml.safe_load(written)["title"] == {"es": text, "en": text}
    assert bases_of(written).title == Bilingual(text, text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Ríos vivos", "  es: Ríos vivos"),
        ("no", '  es: "no"'),
        ("17:00", '  es: "17:00"'),
        ("01", '  es: "01"'),
        ("a\u202eb", '  es: "a\\u202Eb"'),
        ("uno\ndos", "  es: |-\n    uno\n    dos"),
        ("uno\n\ndos\n", "  es: |\n    uno\n\n    dos"),
        (" uno\ndos", '  es: " uno\\ndos"'),
    ],
)
def test_quotes_stand_only_where_somebody_could_read_it_otherwise(text, line):
    assert f"title:\n{line}\n" in write_bases(some_bases(title=Bilingual(es=text)))


def test_a_file_says_its_defaults_and_leaves_out_what_is_empty():
    written = write_bases(some_bases())
    assert "  grace_seconds: 900\n" in written
    assert "  marks_to_score: of_max\n" in written
    assert "prizes" not in written
    assert "cut_off" not in written


def test_a_draft_without_a_title_can_be_written_and_read():
    bases = some_bases(title=Bilingual(), challenges=())
    assert read_bases(write_bases(bases)) == bases


def test_an_hour_that_comes_twice_is_written_with_its_offset():
    new_york = ZoneInfo("America/New_York")
    first, second = (datetime(2026, 11, 1, 1, 30, tzinfo=new_york, fold=fold) for fold in (0, 1))
    calendar = some_bases().calendar
    for moment, written in ((first, '"2026-11-01 01:30-04:00"'), (second, '"2026-11-01 01:30-05:00"')):
        changed = calendar.__class__(calendar.registration, calendar.submission, calendar.evaluation, moment)
        text = write_bases(some_bases(time_zone="America/New_York", calendar=changed))
        assert f"  results: {written}\n" in text
        assert bases_of(text).calendar.results.timestamp() == moment.timestamp()


def test_the_order_of_sectors_is_the_rings():
    quotas = some_bases().jury.sectors
    backwards = dict(reversed(quotas.items()))
    jury = some_bases().jury.__class__(2, backwards)
    assert write_bases(some_bases(jury=jury)) == write_bases(some_bases())


def test_stored_text_is_read_once():
    text = write_bases(some_bases("read-once", title=both("Una vez")))
    assert bases_of(text) is bases_of(text)


def test_a_window_is_a_pair_of_instants():
    calendar = bases_of(write_bases(some_bases())).calendar
    assert calendar.submission == Window(some_bases().calendar.submission.opens, calendar.submission.closes)
