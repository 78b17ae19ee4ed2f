"""What a jury tells a call's pages."""

from tests import builders as given
from tests.jury.world import NOW, a_final_review, a_proposal, a_reading_call
from tests.queries import count_queries
from thinkia.calls import hooks
from thinkia.domain.lifecycle import JurorState
from thinkia.policy.actor import JurorRole


def parts(call, kind):
    return [part for part in hooks.cockpit_parts(call, NOW) if isinstance(part, kind)]


def test_the_public_learns_who_accepted_the_chair_first(app):
    call = a_reading_call().call
    given.a_juror(call, "public", now=NOW)
    given.a_juror(call, "academia", now=NOW, role=JurorRole.CHAIR)
    given.a_juror(call, "private", now=NOW, state=JurorState.INVITED)
    assert [(seat.sector, bool(seat.role)) for seat in hooks.seats(call)] == [
        ("academia", True),
        ("public", False),
    ]


def test_the_cockpit_says_what_the_jury_lacks_and_what_comes_next(app):
    call = a_reading_call().call
    a_proposal(call)
    given.a_juror(call, "public", now=NOW, statement_at=None)
    with app.test_request_context():
        titles = [part.title for part in parts(call, hooks.Alert)]
        assert "Falta gente de Academia en el jurado" in titles
        assert "El jurado aún no tiene presidencia" in titles
        assert "1 persona jurada no ha firmado la declaración" in titles
        assert "Aún nadie lee las propuestas" in [part.title for part in parts(call, hooks.NextAction)]


def test_the_cockpit_counts_final_readings_in_constant_queries(app):
    call = a_reading_call().call
    counts = []
    for _ in range(2):
        juror = given.a_juror(call, "public", now=NOW)
        a_final_review(juror, a_proposal(call))
        with app.test_request_context(), count_queries() as queries:
            figures = parts(call, hooks.Figure)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert ("lecturas son finales", 2) in [(figure.words, figure.number) for figure in figures]


def test_a_change_of_dates_is_told_to_jurors_too(app):
    call = a_reading_call().call
    juror = given.a_juror(call, now=NOW)
    assert juror.email in [reader.email for reader in hooks.readers(call)]
