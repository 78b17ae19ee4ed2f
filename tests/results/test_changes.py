"""What was taken out or given back stands on one page: by whom, why, and what it was before."""

from tests import builders as given
from tests.agreements.world import NOW, REASON, a_scene, asked, fresh, person
from tests.jury.world import a_proposal, a_review
from tests.queries import count_queries
from thinkia.agreements import services
from thinkia.db import db
from thinkia.domain.lifecycle import ReviewState
from thinkia.submissions.queries import submission_in_call
from thinkia.submissions.services import ask_to_exclude

URL = "/manage/calls/rios/results/changes"


def a_closed_review(scene, name="Se enfermó"):
    closed = {"state": ReviewState.EXCUSED, "closed_at": NOW, "closed_reason": name}
    return a_review(scene.juror, a_proposal(scene.call), **closed)


def test_who_reopened_who_excluded_and_what_was_not_given_is_told(app, new_browser):
    scene = a_scene()
    services.confirm(asked(scene), fresh(scene.luis), NOW)
    out = a_proposal(scene.call)
    wanted = ask_to_exclude(
        submission_in_call("rios", out.code), "Llegó fuera de las bases", given.acting(scene.rosa), NOW
    )
    services.confirm(wanted, fresh(scene.luis), NOW)
    left = a_closed_review(scene)
    db.session.flush()

    browser = person(new_browser(), scene.luis)
    page = browser.get(URL)
    rows = {row.all("th")[0].text.split()[0]: row.text for row in page.root.all("tr") if row.all("td")}
    both = f"{scene.rosa.name}, {scene.luis.name}"
    assert REASON in rows[scene.review.submission.code]
    assert both in rows[scene.review.submission.code]
    assert "Llegó fuera de las bases" in rows[out.code]
    assert both in rows[out.code]
    assert "Excused Se enfermó" in rows[left.submission.code]
    former = page.link(f"What it was {scene.review.submission.code}, 1")
    assert "Former versions" in browser.get(former).h1

    with count_queries() as few:
        browser.get(URL)
    for number in range(4):
        a_closed_review(scene, f"Motivo {number}")
    db.session.flush()
    with count_queries() as many:
        browser.get(URL)
    assert len(few) == len(many), many
