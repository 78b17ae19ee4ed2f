"""A whole call, from an imported file to the exported result, by people in front of a real browser."""

import csv
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
import time_machine

from tests import builders as given
from tests.journeys.people import Person, Post, Words
from thinkia import clock
from thinkia.calls.call_file import write_bases
from thinkia.domain.bases import (
    Calendar,
    CompositionRule,
    JuryRules,
    Method,
    MethodName,
    PersonAttribute,
    Question,
    QuestionKind,
    SectorQuota,
    TeamRules,
    TieKey,
    TieKeyKind,
    Window,
)
from thinkia.outside.queue import drain

DAY = timedelta(days=1)
TEAMS = {
    "Ceibo": "Agua clara en la escuela",
    "Colibrí": "El medidor que se entiende",
    "Chakana": "Pozos visibles",
}
JURORS = {"public": "Lucía Ejemplo", "academia": "Iván Prueba", "civil_society": "Toa de Muestra"}
# What each juror will give: impacto (60 %), viabilidad (40 %), on 1–5. Ceibo and Chakana end level.
MARKS = {
    "Ceibo": {"public": (4, 3), "academia": (5, 4), "civil_society": (4, 4)},
    "Colibrí": {"public": (2, 3), "academia": (3, 3), "civil_society": (1, 2)},
    "Chakana": {"public": (5, 4), "academia": (4, 3), "civil_society": (4, 4)},
}
WEIGHTS = {"impacto": Fraction(60, 100), "viabilidad": Fraction(40, 100)}


def the_bases(start):
    """Opens a day after `start`, closes after ten, is read for ten more."""
    opens, closes = start + DAY, start + 10 * DAY
    return given.some_bases(
        "rios-vivos",
        start,
        calendar=Calendar(
            registration=Window(opens, closes),
            submission=Window(opens, closes),
            evaluation=Window(closes + DAY, closes + 11 * DAY),
            results=closes + 14 * DAY,
        ),
        team=TeamRules(min=1, max=3, composition=(CompositionRule(PersonAttribute.GENDER, value="woman", min=1),)),
        questions=(
            Question("resumen", QuestionKind.LONG_TEXT, given.both("Resumen", "Summary"), max_characters=1500),
            Question("plan", QuestionKind.FILE, given.both("Plan en PDF", "Plan as PDF"), types=("pdf",),
                     max_bytes=1_000_000, max_pages=3, required=False),
            Question("autoria", QuestionKind.DECLARATION, given.both("Autoría", "Authorship"),
                     statement=given.both("La propuesta es nuestra.", "The proposal is ours.")),
        ),
        method=Method(MethodName.SECTOR_BALANCED, dict.fromkeys(JURORS, 1)),
        tie_break=(TieKey(TieKeyKind.CRITERION, code="viabilidad"), TieKey(TieKeyKind.SUBMITTED_AT)),
        jury=JuryRules(size=3, sectors={
            **{sector: SectorQuota(min=1, max=1) for sector in JURORS},
            "private": SectorQuota(max=0), "cooperation": SectorQuota(max=0),
        }),
    )  # fmt: skip


def independent_order():
    """The order from MARKS, computed again in the plainest way: (team, score), best first."""
    scores = {}
    for team, by_sector in MARKS.items():
        each = [
            sum(
                weight * Fraction(mark, 5) * 100 for weight, mark in zip(WEIGHTS.values(), marks, strict=True)
            )
            for marks in by_sector.values()
        ]
        scores[team] = sum(each) / len(each)
    handed_in_first = list(TEAMS)

    def viability(team):
        return sum(Fraction(marks[1]) for marks in MARKS[team].values())

    order = sorted(TEAMS, key=lambda team: (-scores[team], -viability(team), handed_in_first.index(team)))
    return [(team, scores[team]) for team in order]


class Play:
    """One journey: who takes part, and the clock that all of them share."""

    def __init__(self, app, new_page, language, travel):
        self.app, self.new_page, self.travel = app, new_page, travel
        self.language, self.words, self.post = language, Words(language), Post(app)
        self.start = datetime.now(UTC).replace(microsecond=0)

    def person(self, name="", email=""):
        return Person(self.new_page(self.language), self.words, name, email)

    def days(self, number, **more):
        """Go to a moment after the start."""
        self.travel.move_to(self.start + number * DAY + timedelta(**more))

    def deliver(self):
        while drain(self.app, limit=500):
            pass

    def command(self, *words):
        done = self.app.test_cli_runner().invoke(args=[str(word) for word in words])
        assert done.exit_code == 0, done.output
        return done.stdout


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_whole_call_from_import_to_export(committed_app, new_page, language, tmp_path):
    with time_machine.travel(clock.now(), tick=True) as travel:
        play = Play(committed_app, new_page, language, travel)
        organisers = organise(play, tmp_path)
        teams = take_part(play)
        jurors = judge(play, organisers[0])
        decide(play, organisers[0], jurors, teams)
        hand_out(play, organisers[0], tmp_path)


def organise(play, tmp_path):
    """Three organisers get a passphrase; a call file is imported; one of them publishes the call."""
    roles = {"owner@example.org": "owner", "organiza@example.org": "organiser", "lee@example.org": "reader"}
    people = []
    for email, role in roles.items():
        play.command("accounts", "create-organiser", "--email", email, "--name", f"Persona {role}", "--host", "lab",
                     "--host-name", "Laboratorio de Muestra", "--role", role, "--lang", play.language)  # fmt: skip
        play.deliver()
        person = play.person(f"Persona {role}", email)
        person.go(play.post.link(email, "/reset/"))
        person.fill(password=person.passphrase).press("Save passphrase")
        people.append(person)
    file = tmp_path / "rios.yaml"
    file.write_text(write_bases(the_bases(play.start)))
    play.command("calls", "import", file, "--host", "lab", "--as", people[0].email)
    owner, _, reader = people
    owner.go("/manage/calls/rios-vivos/publish")
    owner.press("Publish the call")
    assert reader.tab.goto("/manage/calls/rios-vivos").status == 200
    assert reader.tab.goto("/manage/calls/rios-vivos/publish").status == 403
    return people


def take_part(play):
    """Three people sign up and form a team each; somebody else joins by link; all hand in."""
    play.days(2)
    teams = {}
    for number, (team, title) in enumerate(TEAMS.items()):
        person = sign_up(play, f"Sisa {team}", f"sisa{number}@example.org")
        enter_call(person)
        person.go("/calls/rios-vivos/teams/new")
        person.fill(name=team).press("Start the team")
        teams[team] = person
        hand_in(play, person, title, minutes=number)
    friend = sign_up(play, "Inti Amigo", "inti@example.org")
    join_by_link(teams["Ceibo"], friend)
    return teams


def sign_up(play, name, email):
    person = play.person(name, email)
    person.go("/sign-up")
    person.fill(name=name, email=email, password=person.passphrase)
    person.fill(birth_date_day="24", birth_date_month="5", birth_date_year="1994")
    pick(person, "language", play.language)
    person.tick("participation").press("Create account")
    play.deliver()
    person.go(play.post.link(email, "/verify/"))
    person.press("Confirm my address")
    return person


def enter_call(person):
    person.go("/calls/rios-vivos/registration")
    person.choose("gender", "woman").tick("consent").press("Register in this call")


def join_by_link(representative, friend):
    """By a link that the representative made; who is not registered yet is led there and back."""
    representative.go("/desk")
    representative.tab.get_by_role("link", name="Ceibo", exact=True).first.click()
    representative.press("Make a link")
    link = re.search(r"/team-invitations/[\w-]+", representative.tab.content())[0]
    friend.go(link)
    friend.press("Register in the call")
    friend.choose("gender", "man").tick("consent").press("Register in this call")
    friend.press("Accept invitation")
    assert "Ceibo" in friend.text


def hand_in(play, person, title, minutes):
    play.days(3, minutes=minutes)
    person.sign_in().go("/desk")
    person.press("Start the proposal")
    if person.tab.locator("main input[name=challenge]").count():
        person.choose("challenge", "agua")
    person.fill(title=title).press("Start the proposal")
    summary = {"es": "Resumen", "en": "Summary"}[person.words.language]
    person.tab.get_by_role("link", name=summary, exact=True).click()
    person.fill(answer=f"{title}: qué haremos, para quién y cómo.").press("Save and return")
    task = person.path
    person.go(task + "/questions/autoria")
    person.tick("answer").press("Save and return")
    person.press("Look over and submit the proposal")
    person.press("Submit the proposal")
    assert "/receipts/" in person.tab.url
    assert "SHA-256" in person.text


def judge(play, owner):
    """Jurors are invited, accept, sign; panels are proposed and applied; every proposal is marked."""
    play.days(4)
    owner.sign_in()
    for sector, name in JURORS.items():
        owner.go("/manage/calls/rios-vivos/jury/invite")
        owner.fill(name=name, email=f"{sector}@example.org")
        pick(owner, "sector", sector)
        pick(owner, "role", "chair" if sector == "public" else "member")
        pick(owner, "language", play.language)
        owner.press("Send the invitation")
    play.deliver()
    jurors = {}
    for sector, name in JURORS.items():
        juror = play.person(name, f"{sector}@example.org")
        juror.go(play.post.link(juror.email, "/jury-invitations/"))
        juror.press("Accept the invitation")
        jurors[sector] = juror
    play.days(11, hours=2)
    for juror in jurors.values():
        enter_by_code(play, juror)
        juror.go("/calls/rios-vivos/jury/statement")
        juror.tick("confidential", "honest").press("Sign the statement")
    owner.sign_in()
    owner.go("/manage/calls/rios-vivos/jury/panels")
    owner.press("Propose panels")
    owner.press("Apply the plan")
    play.deliver()
    for sector, juror in jurors.items():
        mark_everything(juror, sector)
    return jurors


def pick(person, name, value):
    """One of a field's choices, whatever it looks like."""
    field = person.tab.locator(f"main select[name={name}]")
    if field.count():
        field.select_option(value)
    else:
        person.choose(name, value)


def enter_by_code(play, person):
    """Sign in without a passphrase, by the code in a letter."""
    person.go("/sign-in/code")
    person.fill(email=person.email).press("Send me a code")
    play.deliver()
    digits = play.post.code(person.email)
    person.fill(code=digits).press("Sign in")


def mark_everything(juror, sector):
    """From the desk to the last proposal: marks, feedback, final. Nothing is preselected."""
    for _ in TEAMS:
        juror.go("/calls/rios-vivos/jury")
        begin = juror.tab.locator("main a.btn[href^='/reviews/']")
        assert begin.count() == 1, juror.text
        begun = begin.get_attribute("href")
        juror.go(begun)
        assert juror.tab.locator("input[type=radio][name^='mark:']:checked").count() == 0
        team = next(team for team, title in TEAMS.items() if title in juror.text)
        for code, mark in zip(WEIGHTS, MARKS[team][sector], strict=True):
            juror.choose(f"mark:{code}", str(mark))
        juror.fill(feedback=f"{TEAMS[team]}: {sector}")
        juror.press("Mark as final")
        assert juror.path != begun or not juror.tab.locator("[name='mark:impacto']:enabled").count(), (
            juror.text
        )


def decide(play, owner, jurors, teams):
    """Nothing is ordered while a review is open; then the chair confirms and the owner publishes."""
    play.days(23)
    owner.sign_in().go("/manage/calls/rios-vivos/results")
    owner.press("Compute the order")
    chair = jurors["public"]
    enter_by_code(play, chair)
    chair.go("/calls/rios-vivos/verdict")
    chair.press("Confirm the order")
    stranger = play.person()
    assert stranger.tab.goto("/calls/rios-vivos/results").status == 404
    owner.go("/manage/calls/rios-vivos/results")
    owner.press("Look over what will be public")
    owner.tick("sure").press("Publish the result")
    play.deliver()
    stranger.go("/calls/rios-vivos/results")
    shown = stranger.text
    order = independent_order()
    assert TEAMS[order[0][0]] in shown
    for person in (*teams.values(), *jurors.values()):
        assert play.post.link(person.email, "/results")
    winner = teams[order[0][0]]
    winner.sign_in().go("/desk")
    winner.press("See the result")


def hand_out(play, owner, tmp_path):
    """The export, read back: the published order is what anybody computes from the exported marks."""
    published = exported_rows(play, tmp_path, "ranking")
    assert [row["team_name"] for row in published] == [team for team, _ in independent_order()]
    for row, (_, score) in zip(published, independent_order(), strict=True):
        assert abs(Fraction(row["score"]) - score) <= Fraction(1, 2_000_000)  # six places, half-even
    assert len(exported_rows(play, tmp_path, "reviews")) == 3 * 3 * 2
    play.command("calls", "export", "rios-vivos", "--out", tmp_path / "rules.yaml")
    times = "".join(
        f"{row['submission']},{row['submitted_at']}\n" for row in exported_rows(play, tmp_path, "submissions")
    )
    (tmp_path / "times.csv").write_text(f"submission,submitted_at\n{times}")
    recomputed = json.loads(play.command(
        "results", "rank", "--rules", tmp_path / "rules.yaml", "--scores", tmp_path / "reviews.csv",
        "--submissions", tmp_path / "times.csv", "--format", "json",
    ))  # fmt: skip
    assert [line["submission"] for line in recomputed["ranking"]] == [row["submission"] for row in published]
    owner.go("/manage/calls/rios-vivos/exports")
    owner.tab.get_by_text(play.words("Choose single tables")).click()
    for table in ("teams", "submissions", "reviews", "ranking"):
        owner.choose("tables", table)
    with owner.tab.expect_download() as download:
        owner.tab.get_by_role("button", name=play.words("Download the export")).click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert {"teams.csv", "submissions.csv", "reviews.csv", "ranking.csv"} <= set(archive.namelist())
        assert not any(b"@example.org" in archive.read(name) for name in archive.namelist())


def exported_rows(play, tmp_path, table):
    """One table as the command exports it."""
    file = tmp_path / f"{table}.csv"
    play.command("results", "export", "rios-vivos", "--format", "csv", "--table", table, "--out", file)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))
