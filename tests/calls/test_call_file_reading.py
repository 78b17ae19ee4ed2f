"""What the reader takes, and every refusal: its place, its kind and its sentence in both languages."""

import json

import pytest
import yaml

from tests.builders import some_bases
from thinkia.calls.call_file import CallFileErrors, read_bases, read_ranking_rules, write_bases
from thinkia.calls.call_file.faults import Fault
from thinkia.calls.call_file.tree import MAX_BYTES
from thinkia.domain.bases import TieKeyKind

RULES = """\
schema_version: 1
rubric:
  marks_to_score: of_max
  aggregate: weighted_mean
  criteria:
    - {code: usability, weight: 60, scale: {min: 1, max: 5, step: 1}}
    - {code: access, weight: 30, group: use, scale: {min: 0, max: 2.5, step: 0.5}}
    - {code: pitch, weight: 10, scale: {values: [1, 3, 5]}}
method: {name: sector_balanced, sectors: {public: 1, academia: 1, civil_society: 2, private: 0, cooperation: 0}}
tie_break: [{key: criterion, code: access}, {key: group, code: use}, {key: chair}, {key: submitted_at}, {key: lottery, seed: "20260113"}]
cut_off: 60
jury: {size: 3, sectors: {public: {min: 1, max: 2}, academia: {min: 1}, civil_society: {min: 1}, private: {max: 1}}}
"""
CALL = (
    """\
code: rios
title: {es: Ríos, en: Rivers}
time_zone: America/Guayaquil
calendar:
  registration: {opens: 2026-03-02 08:00, closes: 2026-03-12 17:00}
  submission: {opens: 2026-03-02T08:00, closes: 2026-03-12T17:00:00-05:00}
  evaluation: {opens: 2026-03-13 08:00, closes: 2026-03-20 17:00}
  results: 2026-03-25 09:00
challenges:
  - {code: agua, title: {es: Agua, en: Water}}
  - {code: orilla, title: {es: Orilla, en: Bank}}
"""
    + RULES
)
SUM = """\
rubric:
  aggregate: sum
  criteria:
    - {code: f1, scale: {min: 0, max: 1}}
    - {code: docs, group: p2, scale: {checklist: [1, 2, 1]}}
"""


def errors(text, read=read_bases):
    with pytest.raises(CallFileErrors) as caught:
        read(text)
    return caught.value.errors


def found(text, read=read_bases):
    return [(one.line, one.column, str(one.kind)) for one in errors(text, read)]


# What is taken


def test_the_documented_names_are_read():
    bases = read_bases(CALL)
    assert [criterion.code for criterion in bases.rubric.criteria] == ["usability", "access", "pitch"]
    assert bases.tie_break[-1].seed == "20260113"
    assert bases.jury.sectors["public"].max == 2
    assert bases.calendar.submission == bases.calendar.registration
    assert read_bases(write_bases(bases)) == bases


def test_rules_are_read_from_a_whole_call_or_alone():
    assert read_ranking_rules(CALL) == read_ranking_rules(RULES) == read_bases(CALL).ranking_rules
    assert [step.key for step in read_ranking_rules(RULES).tie_break][-1] == TieKeyKind.LOTTERY
    assert len(read_ranking_rules(SUM).rubric.criteria) == 2


def test_json_is_read_like_yaml():
    bases = some_bases()
    data = json.loads(json.dumps(plain(bases)))
    assert read_bases(json.dumps(data)) == bases
    assert read_bases(json.dumps(data, indent="\t", ensure_ascii=False)) == bases


def plain(bases):
    return yaml.safe_load(write_bases(bases))


def test_json_writes_characters_beyond_the_first_plane_as_two_escapes():
    text = CALL.replace("{es: Ríos, en: Rivers}", '{"es": "\\ud83d\\ude00", "en": null}')
    assert read_bases(text).title.es == "😀"
    assert read_bases(text).title.en == ""


@pytest.mark.parametrize(
    "written", ["no", '"no"', "'no'", "17:00", '"17:00"', "01", "1e3", "2026-01-01", "=", "yes"]
)
def test_a_text_stays_what_it_is(written):
    assert read_bases(CALL.replace("es: Ríos", f"es: {written}")).title.es == written.strip("\"'")


@pytest.mark.parametrize("written", ["60", '"60"', "60.0", "6e1", "+60", "060", "60.000000"])
def test_a_number_is_a_number_however_it_is_written(written):
    bases = read_bases(CALL.replace("cut_off: 60", f"cut_off: {written}"))
    assert str(bases.cut_off) == "60"
    assert "cut_off: 60\n" in write_bases(bases)


@pytest.mark.parametrize("nothing", ["", " ~", " null"])
def test_nothing_leaves_a_key_out(nothing):
    assert read_bases(CALL.replace("cut_off: 60", f"cut_off:{nothing}")).cut_off is None


@pytest.mark.parametrize("yes", ["true", "yes", "True", '"yes"'])
def test_yes_and_no_are_read_where_the_schema_asks_them(yes):
    assert read_bases(f"{CALL}team: {{changes_after_close: {yes}}}\n").team.changes_after_close is True


def test_a_windows_file_with_a_mark_at_its_beginning_is_read():
    assert read_bases(("\ufeff" + CALL.replace("\n", "\r\n")).encode()) == read_bases(CALL)


# What is refused


def test_every_error_is_told_at_once_in_the_order_of_the_file():
    text = (
        CALL.replace("weight: 60", "weight: 45")
        .replace("weight: 30", "weight: 40")
        .replace("closes: 2026-03-12 17:00", "closes: 2026-03-01 17:00")
        .replace("code: orilla", "code: agua")
    )
    assert found(text) == [
        (5, 51, "closes_before_opening"),
        (11, 12, "duplicate_challenge"),
        (16, 3, "weights_total"),
    ]


def test_what_cannot_be_read_in_a_list_hides_nothing_of_its_other_items():
    text = (
        CALL.replace("weight: 60", "weight: sixty")
        .replace("code: orilla", "code: agua")
        .replace("max: 2.5", "max: -1")
        .replace("challenges:", "challenges:\n  - {code: {}, title: {}}")
    )
    assert found(text) == [
        (10, 6, "not_a_scalar"),
        (12, 12, "duplicate_challenge"),
        (18, 33, "not_a_number"),
        (19, 46, "scale_out_of_order"),
    ]


def test_a_date_that_cannot_be_read_hides_nothing_of_the_other_dates():
    text = CALL.replace("registration: {opens: 2026-03-02", "registration: {opens: 2026-02-30").replace(
        "results: 2026-03-25", "results: 2026-03-01"
    )
    assert [kind for _line, _column, kind in found(text)] == ["not_a_time", "results_before_evaluation"]


def test_a_version_that_cannot_be_read_hides_nothing_of_the_code():
    text = CALL.replace("code: rios", "code: Ríos").replace("schema_version: 1", "schema_version: one")
    assert [kind for _line, _column, kind in found(text)] == ["call_code", "not_a_whole_number"]


def test_a_fault_of_writing_does_not_hide_what_the_rest_says():
    text = CALL.replace("weight: 60", "weight: 45").replace(
        "code: rios", "code: rios\ncolour: red\nwinners: two"
    )
    assert [kind for _, _, kind in found(text)] == ["unknown_key", "not_a_whole_number", "weights_total"]


SYNTAX = [
    ("", 1, 1, Fault.EMPTY),
    ("# nothing\n", 1, 1, Fault.EMPTY),
    ("code: [1, 2\n", 2, 1, Fault.SYNTAX),
    ("code: a\x07b\n", 1, 8, Fault.SYNTAX),
    ("a: 1\n---\nb: 2\n", 2, 1, Fault.SEVERAL_DOCUMENTS),
    ("code: &x a\ntitle: *x\n", 1, 7, Fault.ALIAS),
    ("code: " + "[" * 30 + "]" * 30, 1, 27, Fault.TOO_DEEP),
    ("code: [" + "1," * 30_000 + "]", 1, 40_002, Fault.TOO_MANY),
    ("x" * (MAX_BYTES + 1), 1, 1, Fault.TOO_LARGE),
    (b"code: a\ntitle: \xff\n", 2, 1, Fault.NOT_UTF8),
    ("- a\n- b\n", 1, 1, Fault.NOT_AN_OBJECT),
    ("just words", 1, 1, Fault.NOT_AN_OBJECT),
]


@pytest.mark.parametrize(("text", "line", "column", "fault"), SYNTAX)
def test_a_text_that_is_no_document_is_refused(text, line, column, fault):
    assert found(text) == [(line, column, fault)]


# The mark § stands where the error is told; it is not in the file.
WRITING = [
    ("code: rios", "code: §!!str rios", Fault.TAG),
    ("code: rios", "code: rios\n§code: otra", Fault.DUPLICATE_KEY),
    ("code: rios", "code: rios\n? §[a]\n: b", Fault.KEY_IS_NO_TEXT),
    ("es: Ríos", 'es: §"\\ud83d"', Fault.BROKEN_CHARACTER),
    ("code: rios\n", "§", Fault.MISSING_KEY),
    ("{min: 1, max: 5, step: 1}}", "{min: 1, max: 5, step: 1}, §colour: red}", Fault.UNKNOWN_KEY),
    ("cut_off: 60", "§cutoff: 60", Fault.UNKNOWN_KEY_ALIKE),
    ("cut_off: 60", "§zzz: 60", Fault.UNKNOWN_KEY),
    ("[1, 3, 5]", "[1, §~, 5]", Fault.EMPTY_ITEM),
    ("scale: {values: [1, 3, 5]}", "scale: §5", Fault.NOT_AN_OBJECT),
    ("[1, 3, 5]", "§5", Fault.NOT_A_LIST),
    ("cut_off: 60", "§cut_off: [60]", Fault.NOT_A_SCALAR),
    ("{es: Ríos, en: Rivers}", "§Ríos", Fault.NOT_TWO_LANGUAGES),
    ("cut_off: 60", "cut_off: §60,5", Fault.NOT_A_NUMBER),
    ("cut_off: 60", "cut_off: §.nan", Fault.NOT_A_NUMBER),
    ("size: 3", "size: §3.5", Fault.NOT_A_WHOLE_NUMBER),
    ("cut_off: 60", "cut_off: §60.1234567", Fault.NUMBER_TOO_FINE),
    ("cut_off: 60", "cut_off: §1e50", Fault.NUMBER_TOO_LARGE),
    ("size: 3", "size: 3, published: §maybe", Fault.NOT_YES_OR_NO),
    ("name: sector_balanced", "name: §median", Fault.NOT_A_CHOICE),
    ("results: 2026-03-25 09:00", "results: §2026-03-25", Fault.NOT_A_TIME),
    ("results: 2026-03-25 09:00", "results: §2026-02-30 09:00", Fault.NOT_A_TIME),
    ("results: 2026-03-25 09:00", "results: §1774447200", Fault.NOT_A_TIME),
    ("results: 2026-03-25 09:00", "results: §0000-00-00 09:00", Fault.NOT_A_TIME),
]


def marked(old, new):
    """The call with a replacement, and the place of its mark."""
    assert old in CALL
    before, after = CALL.replace(old, new, 1).split("§")
    return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize(("old", "new", "fault"), WRITING)
def test_a_fault_of_writing_is_told_with_its_place(old, new, fault):
    text, line, column = marked(old, new)
    assert found(text) == [(line, column, fault)]


def test_hours_that_do_not_exist_or_come_twice_are_refused():
    new_york = CALL.replace("America/Guayaquil", "America/New_York")
    twice = new_york.replace("2026-03-25 09:00", "2026-11-01 01:30")
    assert [kind for _, _, kind in found(twice)] == [Fault.TIME_COMES_TWICE]
    assert read_bases(twice.replace("01:30", "01:30-05:00")).calendar.results.hour == 6
    skipped = new_york.replace("opens: 2026-03-02 08:00", "opens: 2026-03-08 02:30")
    assert Fault.TIME_SKIPPED in [kind for _, _, kind in found(skipped)]


def test_rules_alone_have_no_time_zone_to_read_a_draw_in():
    drawn = RULES.replace('seed: "20260113"', 'seed: "1", drawn_at: 2026-03-25 09:00')
    assert [kind for _, _, kind in found(drawn, read_ranking_rules)] == [Fault.TIME_WITHOUT_ZONE]
    assert read_ranking_rules(drawn.replace("09:00", "09:00-05:00")).tie_break[-1].drawn_at.hour == 14


def test_rules_are_checked_without_the_rest_of_a_call():
    assert found(RULES.replace("weight: 60", "weight: 45"), read_ranking_rules) == [(5, 3, "weights_total")]
    assert found(RULES.replace("code: access}, {key: g", "code: x}, {key: g"), read_ranking_rules) == [
        (10, 36, "tie_unknown_criterion")
    ]


def test_a_wrong_time_zone_is_one_error_and_not_ten():
    assert found(CALL.replace("Guayaquil", "Guayaqil")) == [(3, 12, "unknown_time_zone")]
