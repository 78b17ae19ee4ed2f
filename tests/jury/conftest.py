"""A jury that reads, and one of its people."""

import pytest

from tests import builders as given
from tests.jury.world import NOW, a_proposal, a_reading_call, a_review, person


@pytest.fixture
def reading(app):
    reading = a_reading_call()
    reading.juror = given.a_juror(reading.call, "academia", now=NOW)
    reading.review = a_review(reading.juror, a_proposal(reading.call))
    return reading


@pytest.fixture
def juror(reading, new_browser):
    return person(new_browser(), reading.juror.account)
