"""What counts as an answer, for every kind of question."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thinkia.domain.answers import (
    TITLE,
    Line,
    asked,
    characters,
    check,
    is_complete,
    read,
    sheet,
    words,
)
from thinkia.domain.bases import Option, Question, QuestionKind
from thinkia.domain.codes import is_code
from thinkia.domain.text import Bilingual
from thinkia.domain.typed_numbers import Ambiguous, read_number, spelled


def ask(kind, **limits):
    return Question("q", QuestionKind(kind), Bilingual("¿?"), **limits)


def kinds(question, typed):
    return [problem.kind.value for problem in check(question, read(question, typed))]


OPTIONS = (Option("a", Bilingual("A")), Option("b", Bilingual("B")))


def test_a_required_question_needs_an_answer_and_an_optional_one_does_not():
    for kind in QuestionKind:
        assert kinds(ask(kind), None) == ["missing"]
        assert kinds(ask(kind, required=False), None) == []
    assert kinds(ask("short_text"), "  \n ") == ["missing"]


def test_characters_are_code_points_and_words_are_what_stands_between_spaces():
    assert characters("ñandú 🌊") == 7
    assert words(" dos\u00a0 palabras\n") == 2


def test_a_text_on_the_limit_counts_and_one_beyond_it_says_by_how_much():
    question = ask("long_text", max_characters=5)
    assert kinds(question, "🌊🌊🌊🌊🌊") == []
    (problem,) = check(question, "🌊🌊🌊🌊🌊ab")
    assert (problem.kind, problem.details) == (
        "too_many_characters",
        {"limit": 5, "count": 7, "over": 2},
    )
    question = ask("long_text", max_words=2, max_characters=100)
    assert kinds(question, "una dos") == []
    assert kinds(question, "una dos tres") == ["too_many_words"]


def test_a_short_text_is_one_line_and_a_long_one_keeps_its_lines():
    assert read(ask("short_text"), " una \n línea ") == "una línea"
    assert read(ask("long_text"), "una\n\nlínea ") == "una\n\nlínea"


def test_choices_are_codes_of_the_options_in_their_order():
    assert read(ask("choice", options=OPTIONS), "b") == "b"
    assert kinds(ask("choice", options=OPTIONS), "c") == ["not_an_option"]
    assert read(ask("multiple_choice", options=OPTIONS), ["b", "a", "b"]) == ["a", "b"]
    assert kinds(ask("multiple_choice", options=OPTIONS), ["a", "z"]) == ["not_an_option"]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1234", "1234"),
        ("1234,5", "1234.5"),
        ("1234.50", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1 234 567,25", "1234567.25"),
        ("0,125", "0.125"),
        ("-3", "-3"),
        ("−3,5", "-3.5"),
        ("007", "7"),
        ("12,3450", "12.3450"),
    ],
)
def test_a_number_is_read_with_comma_or_point(typed, value):
    question = ask("number")
    assert read(question, typed) == value
    assert kinds(question, typed) == []


@pytest.mark.parametrize(
    "typed", ["1e5", "NaN", "Infinity", "mil", "12,34,5", "1.23.456", "٣", "12a", "--1", ","]
)
def test_what_is_no_number_is_kept_as_it_was_typed(typed):
    question = ask("number")
    assert read(question, typed) == typed
    assert kinds(question, typed) == ["not_a_number"]


@pytest.mark.parametrize("typed", ["1.500", "1,500", "-12.345"])
def test_what_may_be_two_numbers_is_not_guessed(typed):
    assert kinds(ask("number"), typed) == ["ambiguous_number"]
    assert read(ask("number"), typed) == typed


def test_a_number_has_its_limits():
    question = ask("number", min=Decimal(1), max=Decimal("2.5"))
    assert [kinds(question, typed) for typed in ("1", "2,5", "0,9", "2,51")] == [
        [],
        [],
        ["too_small"],
        ["too_large"],
    ]
    assert kinds(ask("number"), "1" * 16) == ["not_a_number"]


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=6))
def test_a_stored_number_is_read_as_itself(number):
    assert read_number(spelled(number)) == number == Decimal(spelled(number))


@given(st.text(alphabet="0123456789.,- ", max_size=12))
def test_no_text_is_read_as_two_different_numbers(text):
    try:
        number = read_number(text)
    except Ambiguous:
        return
    if number is not None:
        assert read_number(spelled(number)) == number


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/a/b",
        "http://www.github.com:8080/?q=1#x",
        "https://gist.GitHub.com",
        "github.com/a",
    ],
)
def test_an_address_of_an_allowed_host_or_below_it_counts(address):
    assert kinds(ask("address", hosts=("github.com",)), address) == []


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("javascript:alert(1)", "other_scheme"),
        ("data:text/html,x", "other_scheme"),
        ("ftp://github.com/a", "other_scheme"),
        ("file:///etc/passwd", "other_scheme"),
        ("https://evilgithub.com", "other_host"),
        ("https://github.com.evil.org", "other_host"),
        ("https://evil.org/github.com", "other_host"),
        ("https://github.com@evil.org/", "not_an_address"),
        ("https://evil.org\\@github.com/", "not_an_address"),
        ("https://git hub.com", "not_an_address"),
        ("https://github", "not_an_address"),
        ("https://github.com:99999/", "not_an_address"),
        ("https://[::1]/", "not_an_address"),
        ("https://-x.github.com/", "not_an_address"),
        ("https://", "not_an_address"),
        ("una dirección", "not_an_address"),
        ("https://github.com/" + "a" * 2000, "not_an_address"),
        ("https://gıthub.com/", "other_host"),
    ],
)
def test_any_other_address_is_kept_and_does_not_count(address, problem):
    question = ask("address", hosts=("github.com",))
    assert kinds(question, address) == [problem]
    assert read(question, address) == address


def test_a_host_with_letters_of_its_own_is_compared_in_ascii():
    assert kinds(ask("address", hosts=("xn--maana-pta.ec",)), "https://mañana.ec/x") == []


def test_a_declaration_is_accepted_or_not():
    assert read(ask("declaration"), "y") is True
    assert read(ask("declaration"), "") is None
    assert is_complete(ask("declaration"), True)


FILE = {"name": "plan.PDF", "size": 100, "pages": 3, "sha256": "0" * 64, "media_type": "application/pdf"}


def test_a_file_is_held_against_the_bases_as_they_are_now():
    assert check(ask("file", types=("pdf",), max_bytes=100, max_pages=3), FILE) == ()
    stricter = ask("file", types=("docx",), max_bytes=99, max_pages=2)
    found = [problem.kind.value for problem in check(stricter, FILE)]
    assert found == ["file_type", "file_too_large", "too_many_pages"]
    assert check(ask("file", types=("jpg",)), {**FILE, "name": "a.jpeg", "pages": None}) == ()


def test_questions_of_other_challenges_are_not_asked():
    everybody, some = ask("short_text"), Question("s", QuestionKind.NUMBER, Bilingual("x"), challenges=("b",))
    assert asked((everybody, some), "a") == (everybody,)
    assert asked((everybody, some), "b") == (everybody, some)


def test_a_sheet_leaves_out_answers_to_questions_that_are_gone():
    question = ask("short_text")
    assert sheet((question,), {"q": "sí", "gone": "no"}) == (Line(question, "sí"),)
    assert Line(question).is_empty
    assert Line(ask("short_text", max_characters=1), "sí").is_flawed


def test_no_question_of_a_call_can_have_the_code_of_the_title():
    assert not is_code(TITLE.code)
