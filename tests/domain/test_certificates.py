"""Who is due a certificate, and which no longer say what is so."""

from types import SimpleNamespace

from thinkia.domain.certificates import CertificateKind, Due, for_teams, missing, unfounded

KIND = CertificateKind.WINNER


def a_due(account_id=1, kind=KIND, **details):
    return Due(account_id, "Nina", kind, details)


def given(account_id=1, kind=KIND, **details):
    return SimpleNamespace(account_id=account_id, kind=kind, details=details)


def test_a_person_with_two_proposals_gets_one_that_names_both():
    (one,) = for_teams([(1, "Nina", {"title": "A"}), (1, "Nina", {"title": "B"})], won=False)
    assert (one.kind, one.details) == ("participation", {"works": [{"title": "A"}, {"title": "B"}]})


def test_who_has_one_of_a_kind_is_not_due_another_and_may_be_due_one_of_another_kind():
    due = [a_due(1), a_due(1, CertificateKind.JUROR), a_due(2)]
    assert missing(due, [given(1)]) == due[1:]


def test_a_certificate_that_says_another_place_or_of_somebody_who_is_due_none_is_unfounded():
    right, wrong, nobody = given(1, place=1), given(2, place=1), given(3, place=2)
    assert unfounded([a_due(1, place=1), a_due(2, place=2)], [right, wrong, nobody]) == [wrong, nobody]
