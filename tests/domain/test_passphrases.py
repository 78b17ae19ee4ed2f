"""Passphrases that are long and still easy to guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thinkia.domain.known_phrases import PHRASES
from thinkia.domain.passphrases import MINIMUM, is_guessable

JUAN = ("Juan Pérez", "jperez84@example.org")


@pytest.mark.parametrize(
    "passphrase",
    [
        "passwordpassword1",
        "contraseña segura 2026",
        "CORRECT-horse-battery-staple!",
        "Más vale pájaro en mano…",
        "juan perez quito 2026",
        "jperez84@example.org",
        "Pérez Pérez Pérez 84",
        "aaaaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "qwertyuiopasdfg",
        "poiuytrewqlkjhg",
        "1q2w3e4r5t6y7u8i",
        "123456789012345",
        "0987654321098765",
        "P4ssw0rd12345678",
        "p@ssw0rdP@ssw0rd!",
        "tequieromucho12345",
        "monkey monkey monkey",
        "Thinkia2026Thinkia2026",
        "19841985198619871988",
        "               ",
        "!!!!!!!!!!!!!!!",
    ],
)
def test_what_somebody_would_try_is_guessable(passphrase):
    assert len(passphrase) >= MINIMUM
    assert is_guessable(passphrase, JUAN)


@pytest.mark.parametrize(
    "passphrase",
    [
        "el colibrí bebe tres nubes",
        "mi perro come mangos verdes",
        "cuatro llamas cruzan Pifo",
        "lluvia tejado marimba once",
        "wayra paqarin killa sumak",
        "491827365018274",
        "xk7#Qp2!vLm9@Zt",
    ],
)
def test_a_few_words_that_do_not_go_together_pass(passphrase):
    assert not is_guessable(passphrase, JUAN)


def test_what_is_about_a_person_counts_for_that_person_alone():
    assert is_guessable("zambrano portoviejo", ("Zoila Zambrano Portoviejo", "z@example.org"))
    assert not is_guessable("zambrano portoviejo", JUAN)


@given(phrase=st.sampled_from(PHRASES), number=st.integers(0, 99), capitals=st.booleans())
def test_a_known_phrase_stays_known_with_a_number_and_capitals(phrase, number, capitals):
    assert is_guessable(f"{phrase.title() if capitals else phrase}{number}!")


@given(unit=st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=5))
def test_repeating_something_short_adds_nothing(unit):
    assert is_guessable(unit * 20)


@given(st.text(max_size=60))
def test_any_text_has_an_answer(text):
    assert is_guessable(text, (text,)) in {True, False}
