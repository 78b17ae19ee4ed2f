"""Every error as a sentence, in Spanish and in English."""

from dataclasses import replace

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from tests.architecture.house import ROOT
from tests.calls.test_call_file_reading import CALL, SYNTAX, WRITING, errors, marked
from tests.domain.test_bases_check import ADVICE, CONTRADICTIONS, GAPS, SOUND
from thinkia.calls.call_file import sentence
from thinkia.calls.call_file.errors import CallFileError
from thinkia.calls.call_file.faults import Fault
from thinkia.calls.call_file.sentences import SENTENCES
from thinkia.domain.bases_check import ProblemKind, advice, publishing_problems


@pytest.fixture
def catalogue():
    """Nothing of an application but its languages."""
    app = Flask(__name__)
    Babel(app, default_translation_directories=str(ROOT / "translations"))
    with app.app_context():
        yield


def test_every_fault_and_problem_has_its_sentence():
    assert {*Fault, *ProblemKind} == SENTENCES.keys()


def test_an_error_is_told_in_both_languages_with_its_place(catalogue):
    (error,) = errors(CALL.replace("weight: 60", "weight: 45"))
    assert error.in_language("en").startswith(
        "Line 16, column 3, rubric › criteria: The weights add up to 85,"
    )
    assert error.in_language("es").startswith(
        "Línea 16, columna 3, rubric › criteria: Las ponderaciones suman 85"
    )


def test_all_sentences_can_be_filled_in_both_languages(catalogue):
    texts = [text for text, *_ in SYNTAX] + [marked(old, new)[0] for old, new, _fault in WRITING]
    told = [one.in_language(language) for text in texts for one in errors(text) for language in ("es", "en")]
    assert len(told) == 2 * len(texts)
    assert all("%(" not in line and len(line) > 20 for line in told)
    assert len(set(told)) > len(texts)


def test_what_was_typed_is_shown_short_and_without_controls(catalogue):
    (error,) = errors(CALL.replace("cut_off: 60", 'cut_off: "' + "x\u202e" * 100 + '"'))
    assert "\u202e" not in error.in_language("es")
    assert len(error.in_language("es")) < 200


@pytest.mark.parametrize(("kind", "path", "changes"), CONTRADICTIONS + GAPS + ADVICE)
def test_a_problem_of_the_rules_is_told_in_both_languages(catalogue, kind, path, changes):
    bases = replace(SOUND, **changes)
    problem = next(one for one in publishing_problems(bases) + advice(bases) if one.kind is kind)
    with force_locale("es"):
        spanish = sentence(problem)
    with force_locale("en"):
        english = sentence(problem)
    assert spanish != english
    assert "%" not in spanish + english
    assert {spanish[-1], english[-1]} == {"."}


def test_a_problem_of_stored_bases_is_told_without_a_line(catalogue):
    error = CallFileError(("tie_break",), 0, 0, ProblemKind.NO_TIE_BREAK, {})
    assert error.in_language("es").startswith("tie_break: Las bases no dicen")
