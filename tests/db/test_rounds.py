"""Rows of closed rounds are not found by accident: every statement of every test is looked at."""

from tests.servers.closed_rounds import unfiltered


def test_a_statement_that_sees_closed_rounds_is_found(app):
    assert unfiltered("SELECT 1 FROM mark JOIN review ON review.id = mark.review_id") == ("review",)
    assert unfiltered("SELECT 1 FROM review AS review_1 WHERE review_1.closed_round IS NULL") == ()
    assert unfiltered("SELECT review.state FROM review \nWHERE review.id = ?") == ()
