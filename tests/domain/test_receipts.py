"""Numbers that show when they are mistyped, and the content that a receipt keeps."""

import random

from hypothesis import given
from hypothesis import strategies as st

from thinkia.db.codes import ALPHABET as CODES
from thinkia.domain.answers import sheet
from thinkia.domain.bases import Question, QuestionKind
from thinkia.domain.receipts import ALPHABET, content, is_well_typed, new_number, normalised
from thinkia.domain.text import Bilingual

numbers = st.randoms(use_true_random=False).map(lambda dice: new_number(dice.choice))


def places(number):
    return [place for place, letter in enumerate(number) if letter != "-"][1:]


@given(numbers)
def test_a_number_is_well_typed_however_it_is_written(number):
    assert is_well_typed(number)
    assert normalised(f" {number.lower().replace('-', ' ')} ") == number
    assert normalised(number.replace("-", "")) == number


@given(numbers, st.data())
def test_one_wrong_character_is_seen(number, data):
    place = data.draw(st.sampled_from(places(number)))
    wrong = data.draw(st.sampled_from([letter for letter in ALPHABET if letter != number[place]]))
    assert not is_well_typed(number[:place] + wrong + number[place + 1 :])


@given(numbers, st.data())
def test_two_exchanged_characters_are_seen(number, data):
    first, second = sorted(data.draw(st.permutations(places(number)))[:2])
    if number[first] == number[second]:
        return
    letters = list(number)
    letters[first], letters[second] = letters[second], letters[first]
    assert not is_well_typed("".join(letters))


def test_what_is_no_number_at_all_is_not_well_typed():
    for text in ("", "T-1234", "T-O000-0000-0", "X-2222-2222-2", "T-00000001", "../../etc"):
        assert not is_well_typed(normalised(text))


def test_numbers_are_chosen_at_random():
    dice = random.Random(1)
    assert len({new_number(dice.choice) for _ in range(1000)}) == 1000
    assert ALPHABET == CODES


def test_the_content_has_answers_apart_from_files_and_nothing_that_was_not_answered():
    def ask(code, kind):
        return Question(code, QuestionKind(kind), Bilingual(code))

    file = {"id": "1", "name": "a.pdf", "sha256": "0", "size": 1, "pages": None, "media_type": "x"}
    lines = sheet(
        (ask("t", "short_text"), ask("c", "multiple_choice"), ask("f", "file"), ask("n", "number")),
        {"t": "hola", "c": ["a"], "f": file},
    )
    assert content("Agua", "reto", lines) == {
        "title": "Agua",
        "challenge": "reto",
        "answers": {"t": "hola", "c": ["a"]},
        "files": {"f": file},
    }
