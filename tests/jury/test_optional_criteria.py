"""A criterion that the bases leave to the juror: said so, may be taken back, and no obstacle to the end."""

import pytest

from tests import builders as given
from tests.jury.world import (
    NOW,
    a_proposal,
    a_reading_call,
    a_review,
    checked,
    loaded,
    marks,
    path,
    person,
    send,
)
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.rubric import Rubric

RUBRIC = Rubric((given.criterion("impacto"), given.criterion("belleza", required=False)))


@pytest.fixture
def reading(app):
    found = a_reading_call("opcional", rubric=RUBRIC, tie_break=given.some_bases().tie_break[1:])
    found.juror = given.a_juror(found.call, "academia", now=NOW)
    found.review = a_review(found.juror, a_proposal(found.call))
    return found


@pytest.fixture
def juror(reading, new_browser):
    return person(new_browser(), reading.juror.account)


def test_a_review_without_it_can_be_final(reading, juror):
    page = juror.get(path(reading))
    assert "2. Belleza (optional)" in page.text
    send(juror, press="final", **{"mark:impacto": "4"})
    assert loaded(reading.review).state is ReviewState.FINAL
    assert marks(reading.review).keys() == {"impacto"}


def test_a_mark_on_it_can_be_taken_back(reading, juror):
    juror.get(path(reading))
    send(juror, **{"mark:belleza": "5"})
    assert "belleza" in marks(reading.review)
    page = juror.get(path(reading))
    assert "c2-5" in checked(page)
    send(juror, **{"mark:belleza": ""})
    assert marks(reading.review) == {}
