"""A call that a jury and users evaluate, half each, from its publication to its result, through the pages."""

import io
import json
import re
from decimal import Decimal

import pytest

from tests import builders as given
from tests.builders import both
from tests.jury.world import NOW, a_proposal, letters, person
from tests.results.terminal import Terminal
from thinkia.accounts.models import Account
from thinkia.calls.call_file import read_bases, write_bases
from thinkia.calls.queries import call_by_code
from thinkia.db import db
from thinkia.domain.bases import Evaluators, JuryRules, Method, SectorQuota, TieKey, TieKeyKind
from thinkia.domain.lifecycle import JurorState, ReviewState
from thinkia.domain.ranking.record import read
from thinkia.exports.tables import tables_of
from thinkia.jury.models import Juror, Mark, Review
from thinkia.policy.actor import JurorRole
from thinkia.results.queries import current_ranking
from thinkia.results.tasks import make_study
from thinkia.teams.models import Member
from thinkia.web.export import About, Style, Writing, write

HALVES = Method(evaluators={"jury": Decimal(50), "users": Decimal(50)})
ONE_OF_EACH = {"public": SectorQuota(1), "academia": SectorQuota(1)}
GROUPS = {
    "jury": Evaluators(2, both("Jurado técnico", "Expert jury"), ONE_OF_EACH),
    "users": Evaluators(1, both("Usuarios", "Users")),
}
JURY, RESULTS = "/manage/calls/rios/jury", "/manage/calls/rios/results"
PEOPLE = """Nombre;Correo;Sector;Grupo
Ana Cango;ana@example.org;Público;Jurado técnico
Rumi Morocho;rumi@example.org;Academia;jury
Eva Loor;eva@example.org;Sociedad civil;users
Luz Tituaña;luz@example.org;Privado;Usuarios
"""
# The jury's scores are 100 and 100 for A, 60 and 60 for B; the users' 20 and 80. Half each: 60 and 70. By the
# mean of all three A would win: 73.3 before 66.7.
MARKS = {("A", "jury"): (5, 5), ("A", "users"): (1, 1), ("B", "jury"): (3, 3), ("B", "users"): (4, 4)}


@pytest.fixture
def scene(app):
    host = given.a_host(now=NOW)
    rosa = given.an_organiser(host, now=NOW, language="en")
    bases = given.some_bases(
        "rios",
        NOW,
        calendar=given.in_evaluation(NOW),
        method=HALVES,
        jury=JuryRules(3, groups=GROUPS),
        tie_break=(TieKey(TieKeyKind.SUBMITTED_AT),),
    )
    call = given.a_call(bases, host=host, organiser=rosa, now=NOW)
    return call, rosa, {name: a_proposal(call, f"Idea {name}") for name in "AB"}


@pytest.fixture
def rosa(scene, new_browser):
    return person(new_browser(language="en"), scene[1])


def juror(name):
    return db.session.query(Juror).filter(Juror.name.startswith(name)).one()


def reviews_of(name):
    return db.session.query(Review).filter_by(juror_id=juror(name).id).all()


def everybody_signs():
    for one in db.session.query(Juror):
        account = given.an_account(one.name, email=one.email, now=NOW)
        one.account, one.account_id, one.state = account, account.id, JurorState.ACCEPTED
        one.statement_at = one.answered_at = NOW
    juror("Ana").role = JurorRole.CHAIR
    db.session.flush()


def everybody_marks(proposals):
    names = {proposal.id: name for name, proposal in proposals.items()}
    for review in db.session.query(Review).filter_by(state=ReviewState.ASSIGNED):
        group = db.session.get(Juror, review.juror_id).evaluators
        values = MARKS[names[review.submission_id], group]
        db.session.add_all(
            Mark(review_id=review.id, criterion=code, value=Decimal(value))
            for code, value in zip(("impacto", "viabilidad"), values, strict=True)
        )
        review.state, review.saved_at, review.finished_at = ReviewState.FINAL, NOW, NOW
    db.session.flush()


def a_member_of(proposal):
    member = db.session.query(Member).filter_by(team_id=proposal.team_id).first()
    return db.session.get(Account, member.account_id)


def rank_offline(call, folder):
    """The order that ``flask results rank`` makes of what is exported."""
    file = io.BytesIO()
    write(file, Style.CSV, tables_of(call, ["reviews"]), About("", NOW, ""), Writing())
    subs = io.BytesIO()
    write(subs, Style.CSV, tables_of(call, ["ranking"]), About("", NOW, ""), Writing())
    rules = write_bases(call.bases)
    return Terminal(folder).rank(rules, file.getvalue(), subs.getvalue(), "--format json")


def test_a_jury_and_users_decide_half_each(scene, rosa, new_browser, tmp_path):
    call, _account, proposals = scene
    written = write_bases(call.bases)
    assert write_bases(read_bases(written)) == written
    public = new_browser(language="es").get("/calls/rios").text
    for words in ("Jurado técnico 50", "Usuarios 50", "2 personas leen cada propuesta.", "Usuarios"):
        assert words in public

    # a list names everybody's group, by code or title; a row without one is told
    rosa.get(f"{JURY}/invite/list")
    page = rosa.submit("Look the list over", lines=PEOPLE.replace(";users", ";press"), status=422)
    assert "“press” is no group of evaluators of this call: write one of jury, users" in page.text
    page = rosa.submit("Look the list over again", lines=PEOPLE)
    assert "Users" in page.text
    rosa.submit("Invite 4 people")
    assert [juror(name).evaluators for name in ("Ana", "Rumi", "Eva", "Luz")] == [
        "jury",
        "jury",
        "users",
        "users",
    ]
    assert len(letters("invitation")) == 4

    secret = re.search(r"/jury-invitations/(\S+)", letters("invitation")[-1].text)[1]
    assert "Usuarios" in new_browser(language="es").get(f"/jury-invitations/{secret}").text

    # panels: two of the jury and one of the users read each
    everybody_signs()
    rosa.get(f"{JURY}/panels")
    page = rosa.submit("Propose panels")
    assert "2 of 2 panels are complete" in page.text
    assert "Proved: there are no better panels" in page.text
    assert "Public Expert jury" in page.text
    rosa.submit("Apply the plan")
    assert [len(reviews_of(name)) for name in ("Ana", "Rumi", "Eva", "Luz")] == [2, 2, 1, 1]

    # who left the users is replaced by one of them
    rosa.get(f"{JURY}/{juror('Luz').code}/revocation")
    rosa.submit("Take the seat back", reason="Viaja")
    page = rosa.get(f"{JURY}/panels")
    assert "Users: 1 seat for any sector stays empty: somebody could take it." in page.text
    rosa.submit("Fill the vacated seats")
    assert [len(reviews_of(name)) for name in ("Ana", "Rumi", "Eva")] == [2, 2, 2]

    everybody_marks(proposals)
    rosa.get(RESULTS)
    rosa.submit("Compute the order")
    lines = read(current_ranking(call_by_code("rios")).content).lines
    a, b = (proposals[name].code for name in "AB")
    assert [(line.place, line.submission, line.score) for line in lines] == [(1, b, 70), (2, a, 60)]
    assert [(one.group, one.score, one.ballots) for one in lines[0].evaluators] == [
        ("jury", 60, 2),
        ("users", 80, 1),
    ]
    desk = rosa.get(RESULTS).text
    assert "Expert jury (50%)" in desk

    offline = json.loads(rank_offline(call_by_code("rios"), tmp_path).stdout)["ranking"]
    assert [(one["place"], one["submission"], one["score"]) for one in offline] == [
        (1, b, "70.0"),
        (2, a, "60.0"),
    ]

    db.session.commit()  # the task ends its reading, and with it whatever is not kept yet

    # the study runs over all jurors, and says what the groups decide
    assert make_study(current_ranking(call_by_code("rios")).id)["step"] == "done"
    desk = rosa.get(RESULTS).text
    assert "Without the group Users, other proposals would win" in desk
    assert "Without the group Expert jury, the same proposal would win" in desk

    # the chair confirms, and everybody reads what each group made of it
    chair = person(new_browser(language="es"), db.session.get(Account, juror("Ana").account_id))
    chair.get("/calls/rios/verdict")
    chair.submit("Confirmar el orden")
    rosa.get(f"{RESULTS}/preview")
    rosa.submit("Publish the result", sure="y")
    result = new_browser(language="en").get("/calls/rios/results").text
    assert (
        "Each group of evaluators is scored apart and makes its share of the score: Expert jury 50%" in result
    )
    team = person(new_browser(language="en"), a_member_of(proposals["B"]))
    mine = team.get(f"/submissions/{b}/feedback").text
    assert "Place 1 of 2" in mine
    assert (
        "Fewer than three people of a group read your proposal, so what each group gave is not shown." in mine
    )
