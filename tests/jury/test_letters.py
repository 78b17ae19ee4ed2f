"""Letters to jurors: in the organisers' words, reminded once a day, each with its state."""

from datetime import timedelta

import pytest

from tests import builders as given
from tests.jury.world import (
    DAY,
    NOW,
    a_final_review,
    a_proposal,
    a_reading_call,
    a_review,
    an_invited,
    everything_in_the_journal,
    journal,
    letters,
    loaded,
    person,
)
from tests.queries import count_queries
from thinkia.db import db
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.emails.texts import usual
from thinkia.jury.models import JurorLetter, LetterKind, LetterText
from thinkia.jury.queries.panels import plan_of
from thinkia.jury.services import access, invitations, panels, reminders, reopening
from thinkia.jury.services.letters import save_texts
from thinkia.outside.outbox import OutboxTask, TaskState
from thinkia.policy.actor import JurorRole

JURY = "/manage/calls/rios/jury"
WORDS = f"{JURY}/letters/words"


@pytest.fixture
def reading(app):
    return a_reading_call()


@pytest.fixture
def organiser(reading, new_browser):
    return person(new_browser(), reading.organiser)


@pytest.fixture
def people(reading):
    """One who has not answered, one who has to sign, one who has to read, and three for whom nothing waits."""
    call, proposal = reading.call, a_proposal(reading.call)
    answer = an_invited(call, name="Ana Cango")
    sign = given.a_juror(call, account=given.an_account("Eva Loor", now=NOW), now=NOW, statement_at=None)
    read = given.a_juror(
        call, "academia", account=given.an_account("Luz Inga", now=NOW), now=NOW, language="en"
    )
    a_review(read, proposal)
    an_invited(call, email="late@example.org", secret="otro", now=NOW - 20 * DAY)
    given.a_juror(call, now=NOW)
    given.a_juror(call, now=NOW, role=JurorRole.SECRETARY)
    return {"answer": answer, "sign": sign, "read": read}


def ticked(page):
    return {each["value"] for each in page.root.all("input", name="jurors") if "checked" in each}


def test_reminders_go_to_everybody_for_whom_something_waits_as_was_shown(reading, organiser, people):
    page = organiser.get(f"{JURY}/reminders")
    assert page.h1 == "Remind 3 people"
    assert ticked(page) == {juror.code for juror in people.values()}
    for words in ("Have not answered", "Have to sign the statement", "1 proposal left"):
        assert words in page.text
    assert "Still to read and mark as final, of “Living rivers”: 1 proposal." in page.text  # in her language
    assert letters() == []

    page = organiser.submit("Send the reminders")
    assert page.path == f"{JURY}/letters"
    assert "We wrote to 3 people." in page.text
    assert {letter.to for letter in letters()} == {juror.email for juror in people.values()}
    rows = [row.text for row in page.root.all("tr")[1:]]
    assert len(rows) == 3
    assert all("Waiting to be sent" in row and reading.organiser.name in row for row in rows)
    assert journal().count("juror.reminded") == 3
    assert "cango" not in everything_in_the_journal().lower()


def test_nobody_is_written_to_twice_a_day_without_saying_so(reading, organiser, people):
    organiser.get(f"{JURY}/reminders")
    organiser.submit("Send the reminders")
    page = organiser.get(f"{JURY}/reminders")
    assert page.h1 == "Everybody was reminded today"
    assert ticked(page) == set()
    chosen = [people["read"].code]
    page = organiser.submit("Send the reminders", jurors=chosen)
    assert "1 person was reminded today already and was not written to." in page.text
    assert len(letters()) == 3

    organiser.get(f"{JURY}/reminders")
    page = organiser.submit("Send the reminders", jurors=chosen, again="y")
    assert "We wrote to 1 person." in page.text
    assert len(letters()) == 4
    actor = given.acting(reading.organiser)
    assert reminders.remind(reading.call, chosen, actor, NOW + 2 * DAY).written == 1  # another day


def test_reminders_can_be_of_one_kind_or_to_one_person_and_somebody_has_to_be_chosen(organiser, people):
    assert ticked(organiser.get(f"{JURY}/reminders?to=reading")) == {people["read"].code}
    assert ticked(organiser.get(f"{JURY}/reminders?juror={people['sign'].code}")) == {people["sign"].code}
    page = organiser.submit("Send the reminders", status=422, jurors=None)
    assert "Choose at least one person." in page.text


def test_a_reminder_to_answer_has_a_link_that_works_and_lapses_when_it_did_before(
    organiser, people, new_browser
):
    lapses = people["answer"].expires_at
    organiser.get(f"{JURY}/reminders?to=answer")
    organiser.submit("Send the reminders")
    (letter,) = letters("invitation")
    link = next(line for line in letter.text.split("\n") if line.startswith("http"))

    assert people["answer"].expires_at == lapses
    assert "A newer letter replaced this link" in new_browser().get("/jury-invitations/secreto").text
    ana = new_browser()
    ana.get("/" + link.split("/", 3)[3])
    ana.submit("Accept the invitation")
    assert people["answer"].account_id is not None


def test_what_waits_no_more_is_not_reminded_of(reading, organiser, people):
    organiser.get(f"{JURY}/reminders?to=sign")
    people["sign"].statement_at = NOW
    db.session.flush()
    page = organiser.submit("Send the reminders")
    assert "Nothing waits for these people any more" in page.text
    assert letters() == []


def test_the_log_says_how_far_each_letter_is_and_what_failed_is_sent_again(reading, organiser, people):
    organiser.get(f"{JURY}/reminders?to=reading")
    organiser.submit("Send the reminders")
    task = db.session.query(OutboxTask).filter_by(task="mail.deliver").order_by(OutboxTask.id.desc()).first()
    task.state, task.tries, task.last_error = TaskState.FAILED, 9, "550 unknown user"
    db.session.flush()
    page = organiser.get(f"{JURY}/{people['read'].code}")
    assert "Failed" in page.text
    page = organiser.get(f"{JURY}/letters")
    organiser.submit("Send it again Luz Inga")
    assert (task.state, task.tries) == (TaskState.WAITING, 0)
    assert "juror.letter_sent_again" in journal()
    letter = db.session.query(JurorLetter).one()
    page = organiser.post(f"{JURY}/letters/{letter.code}/delivery")
    assert "This letter has not failed" in page.text
    letters()[-1].delivered_at = NOW
    db.session.flush()
    row = organiser.get(f"{JURY}/letters").root.all("tr")[1].text
    assert "Sent" in row


def test_letters_that_tell_of_something_done_stand_in_the_log_too(reading, organiser):
    proposal = a_proposal(reading.call)
    ana = given.a_juror(reading.call, account=given.an_account("Ana Cango", now=NOW), now=NOW)
    luz = given.a_juror(reading.call, "academia", account=given.an_account("Luz Inga", now=NOW), now=NOW)
    panels.propose(reading.call, reading.actor, NOW)
    panels.apply(plan_of("rios"), reading.actor, NOW)
    invitations.name_chair(loaded(ana), reading.actor, NOW)
    access.send_new_link(loaded(ana), reading.actor, NOW)
    invitations.revoke(loaded(luz), "Cambió de trabajo", reading.actor, NOW)

    told = {
        (row.one("th").text.split(" ")[0], row.all("td")[0].text)
        for row in organiser.get(f"{JURY}/letters").root.all("tr")
        if row.all("td")
    }
    assert told == {
        ("Ana", "New proposals to read"),
        ("Luz", "New proposals to read"),
        ("Ana", "Named chair"),
        ("Ana", "New link"),
        ("Luz", "Seat taken back"),
    }
    own = organiser.get(f"{JURY}/{ana.code}").text
    assert "New link" in own
    assert "Seat taken back" not in own
    assert proposal.code not in own.split("Letters")[-1]


def test_a_review_that_was_given_back_is_in_the_log(reading, organiser):
    juror = given.a_juror(reading.call, "academia", now=NOW)
    review = a_final_review(juror, a_proposal(reading.call))
    reading.host.second_by_staff = True
    second = given.acting(given.an_organiser(reading.host, now=NOW))
    agreement = reopening.ask_to_reopen(loaded(review), "Se equivocó de rúbrica", reading.actor, NOW)
    reopening.reopen(agreement, second, NOW)
    assert "Review reopened" in organiser.get(f"{JURY}/{juror.code}").text


def test_the_log_asks_as_much_for_five_letters_as_for_one(reading, organiser):
    def asked():
        with count_queries() as queries:
            organiser.get(f"{JURY}/letters")
        return len(queries)

    seat = an_invited(reading.call)
    actor = given.acting(reading.organiser)
    reminders.remind(reading.call, [seat.code], actor, NOW)
    few = asked()
    for number in range(1, 5):
        reminders.remind(reading.call, [seat.code], actor, NOW + timedelta(minutes=number), again=True)
    assert len(letters()) == 5
    assert asked() == few


def test_the_words_are_adapted_by_language_shown_first_and_sent(reading, organiser):
    page = organiser.get(f"{WORDS}/invitation")
    assert page.root.one("textarea", name="es").text.split() == usual(LetterKind.INVITATION, "es").split()
    assert "{nombre}" in usual(LetterKind.INVITATION, "es")
    mine = "Estimada {nombre}:\n\nLa {organiza} cuenta con usted para «{convocatoria}»."
    page = organiser.submit("Look at it first", es=mine)
    assert "Estimada Ana Ejemplo: La Municipio de Muestra cuenta con usted para «Ríos vivos»." in page.text
    assert db.session.query(LetterText).count() == 0
    organiser.submit("Save the words")
    assert [(row.kind, row.language) for row in db.session.query(LetterText)] == [
        (LetterKind.INVITATION, "es")
    ]

    for language in ("es", "en"):
        organiser.get(f"{JURY}/invite")
        organiser.submit(
            "Send the invitation",
            name="Ana",
            email=f"{language}@example.org",
            sector="public",
            language=language,
        )
    spanish, english = letters("invitation")
    assert spanish.subject == "Ríos vivos: invitación al jurado"
    assert spanish.text.startswith("Estimada Ana:\n\nLa Municipio de Muestra")
    assert spanish.text.count("http") == 1
    assert "Recibe este correo" in spanish.text
    assert english.text.startswith("Hello, Ana:")


def test_words_with_something_wrong_are_kept_on_the_page_and_not_saved(reading, organiser):
    organiser.get(f"{WORDS}/reading")
    page = organiser.submit(
        "Save the words", status=422, es="Su puntaje es {puntaje}", en="See https://example.org"
    )
    assert "{puntaje} stands for nothing in this letter. Use: {nombre}, {convocatoria}" in page.text
    assert "Leave out addresses of pages" in page.text
    assert page.root.one("textarea", name="es").text.strip() == "Su puntaje es {puntaje}"
    assert db.session.query(LetterText).count() == 0
    with pytest.raises(Refused) as refused:
        save_texts(reading.call, LetterKind.READING, {"es": "{puntaje}"}, reading.actor, NOW)
    assert refused.value.reason is Reason.LETTER_TEXT


def test_an_empty_box_goes_back_to_our_words(reading, organiser):
    save_texts(reading.call, LetterKind.SIGN, {"es": "Firme, {nombre}."}, reading.actor, NOW)
    organiser.get(f"{WORDS}/sign")
    organiser.submit("Save the words", es="")
    assert db.session.query(LetterText).count() == 0
    organiser.get(f"{WORDS}/nothing", status=404)


def test_a_name_with_braces_is_only_a_name(reading):
    seat = an_invited(reading.call, name="{convocatoria}")
    reminders.remind(reading.call, [seat.code], reading.actor, NOW)
    assert letters()[0].text.startswith("Hola, {convocatoria}:")
