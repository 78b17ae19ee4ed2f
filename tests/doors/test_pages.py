"""What every page weighs and asks of the database: generated over `url_map`, so that no list is forgotten."""

import gzip

from tests import builders as given
from tests.browser import Browser
from tests.doors.crowd import one_more_of_each
from tests.doors.test_doors import rules
from tests.doors.world import a_world
from tests.queries import count_queries
from thinkia.db import db

HEAVIEST = 30_000  # bytes of HTML, compressed: what is drawn as a PDF or a picture is not counted
DRAWN = {"application/pdf", "image/png"}
PHASES = {"open": given.a_calendar, "evaluation": given.in_evaluation}
WHO = ("visitor", "owner", "representative", "alone", "chair", "finished")
# Pages that open in neither phase to any of them, and where their queries are counted instead.
ELSEWHERE = {
    "/agreements/<code>/lines.csv",  # of the acts that have many lines: tests/metrics/test_values.py
    "/_mail/<name>",  # for developers
    "/appeals/<number>",  # tests/appeals/test_appeals.py
    "/appeals/<number>/content",  # a file of the same
    "/certificates/<code>/document/<language>",  # a file: tests/certificates/test_pages.py
    "/calls/<code>/results/lottery",  # tests/results/test_lottery.py
    "/calls/<code>/results",  # tests/results/test_public.py
    "/calls/<code>/results/prizes.json",  # tests/exports/test_prizes.py
    "/calls/<code>/verdict/ties/<int:number>",  # one tie
    "/calls/<code>/verdict/void",  # a form: tests/results/test_voids.py
    "/manage/calls/new",  # leads on to the only host
    "/manage/calls/<code>/exports/<export>",  # a file: tests/exports/test_background.py
    "/manage/calls/<code>/jury/ballots/archive",  # a file: tests/jury/test_ballots.py
    "/manage/calls/<code>/jury/panels/<submission>",  # tests/jury/test_panels.py
    "/manage/calls/<code>/results/appeals/<number>",  # one appeal
    "/manage/calls/<code>/results/round",  # tests/results/test_rounds.py
    "/manage/calls/<code>/results/rounds/<int:number>",  # tests/results/test_rounds.py
    "/manage/calls/<code>/results/lottery",  # tests/results/test_lottery.py
    "/manage/calls/<code>/results/preview",  # tests/results/test_progress.py
    "/manage/calls/<code>/results/orders/<int:number>",  # tests/results/test_taking_back.py
    "/manage/calls/<code>/results/taking-back",  # a form
    "/manage/calls/<code>/results/one-more/<submission>",  # tests/results/test_one_more.py
    "/manage/calls/<code>/results/study",  # a part of the desk: tests/results/test_desk.py
    "/reviews/<code>/pages/<uuid:file_id>/<int:number>",  # an image: tests/jury/test_reading_pages.py
    "/manage/calls/<code>/results/teams/<submission>",  # tests/feedback/test_explanation.py
    "/submissions/<code>/appeal",  # tests/appeals/test_appeals.py
    "/submissions/<code>/feedback",  # one proposal
    "/submissions/<code>/feedback.pdf",  # a file of the same
}


def pages(app, world, who):
    """Each page or file that opens to this person: the rule's text, the answer, and its queries."""
    browser = Browser(app)
    if who != "visitor":
        given.sign_in(browser, world.people[who])
    for rule in rules(app, ["GET"]):
        with count_queries() as queries, app.app_context():
            answer = browser.client.get(world.address(rule))
        assert answer.status_code < 500 or rule.rule == "/health", rule.rule
        if answer.status_code == 200:
            yield rule.rule, answer, queries


def test_five_of_everything_cost_no_more_queries_than_one_and_no_page_is_heavy(app):
    opened = set()
    for phase, calendar in PHASES.items():
        world = a_world(calendar, code=phase)
        one_more_of_each(world)
        db.session.commit()
        few = {(who, path): len(asked) for who in WHO for path, _, asked in pages(app, world, who)}
        for _ in range(4):
            one_more_of_each(world)
        db.session.commit()
        many = [(who, *page) for who in WHO for page in pages(app, world, who)]
        heavy = {
            path: len(gzip.compress(answer.data))
            for _, path, answer, _ in many
            if answer.mimetype not in DRAWN
        }
        opened |= {path for _, path, _, _ in many}

        assert {(who, path): len(asked) for who, path, _, asked in many} == few
        assert {path: weight for path, weight in heavy.items() if weight > HEAVIEST} == {}

    assert {rule.rule for rule in rules(app, ["GET"])} - opened == ELSEWHERE
