"""A file's name is words, never a path or a trick."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thinkia.domain.file_names import LONGEST, clean_name, ending_of


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Usuarios\\Ana\\plan final.PDF", "plan final.PDF"),
        ("plan\x00.pdf", "plan.pdf"),
        ("in\u202efdp.exe", "infdp.exe"),
        ("a\u200bb\ufeff.pdf", "ab.pdf"),
        ("  .. .pdf", "pdf"),
        ("", "file"),
        ("línea\r\nInyectada: sí.pdf", "línea Inyectada sí.pdf"),
        ('<script>"x".pdf', "scriptx.pdf"),
        ("mañana".replace("ñ", "n\u0303") + ".pdf", "mañana.pdf"),
        ("x" * 500 + ".pdf", "x" * (LONGEST - 4) + ".pdf"),
    ],
)
def test_a_name_is_cleaned(given, kept):
    assert clean_name(given) == kept


@given(st.text(max_size=400))
def test_whatever_is_given_the_name_is_short_one_line_and_no_path(name):
    cleaned = clean_name(name)
    assert 1 <= len(cleaned) <= LONGEST
    assert not set(cleaned) & set('/\\\n\r\0"<>')
    assert not any(unicodedata.category(each)[0] == "C" for each in cleaned)
    assert clean_name(cleaned) == cleaned


def test_the_ending_is_in_small_letters():
    assert [ending_of(name) for name in ("a.PDF", "a.b.Docx", "pdf", ".pdf")] == ["pdf", "docx", "", ""]
