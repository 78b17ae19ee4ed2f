"""From publication to a corrected result: a team reads its page, appeals, is answered, and reads the new one."""

from datetime import timedelta

import pytest
import time_machine

from tests import builders as given
from tests.appeals.scenes import fresh, published
from tests.feedback.scenes import WORDS, as_, look_over
from tests.feedback.test_explanation import words_of
from thinkia import clock
from thinkia.agreements import services as agreements
from thinkia.agreements.models import Agreement
from thinkia.agreements.queries import agreement_by_code
from thinkia.db import db
from thinkia.outside.mail import Mail
from thinkia.submissions import services as submissions
from thinkia.submissions.queries import submission_by_code

SAID = {
    "es": {
        "first": "Puesto 2 de 3",
        "ask": "Pedir una revisión",
        "review": "Cómo pedir una revisión",
        "send": "Enviar la apelación",
        "received": "Recibimos su apelación",
        "propose": "Pedir que se dé esta respuesta",
        "answered": "Su apelación tiene respuesta",
        "accepted": "Apelación aceptada",
        "now": "Qué hacer ahora",
        "take_back": "Retirar el resultado",
        "corrected": "El resultado se corrigió y se volvió a publicar",
        "second": "Puesto 1 de 2",
        "counted": "1 apelación recibida · aceptadas: 1",
    },
    "en": {
        "first": "Place 2 of 3",
        "ask": "Ask for a review",
        "review": "How to ask for a review",
        "send": "Send the appeal",
        "received": "Your appeal was received",
        "propose": "Ask to give this answer",
        "answered": "Your appeal has an answer",
        "accepted": "Appeal accepted",
        "now": "What to do now",
        "take_back": "Take the result back",
        "corrected": "The result was corrected and published again",
        "second": "Place 1 of 2",
        "counted": "1 appeal received · 1 accepted",
    },
}


def confirmed(scene, now):
    """Luis confirms the one act that waits."""
    (code,) = db.session.query(Agreement.code).filter_by(state="asked").one()
    agreements.confirm(agreement_by_code(code), fresh(scene.luis, now), now)


@pytest.mark.parametrize("language", ["es", "en"])
def test_an_accepted_appeal_leads_to_a_corrected_result(app, new_browser, language):
    said, start = SAID[language], clock.now()
    with time_machine.travel(start, tick=False) as travel:
        scene = published(start)
        look_over(scene, start)
        member = as_(new_browser(language), scene.members["Inti"], start)
        address = f"/submissions/{scene.code('Inti')}/feedback"
        page = member.get(address)
        assert page.h1 == said["first"]
        assert all(words in page.text for words in WORDS)

        document = words_of(member.client.get(f"{address}.pdf").data)[1]
        assert ", 23:59 (" in document
        assert said["review"] in document

        member.get(page.link(said["ask"]))
        grounds = "El equipo ganador no es del territorio."
        receipt = member.submit(said["send"], grounds=grounds, wanted="Que se revise su admisión.")
        assert receipt.h1 == said["received"]
        number = receipt.path.rsplit("/", 1)[1]

        travel.shift(timedelta(hours=1))
        now = clock.now()
        rosa = as_(new_browser(language), scene.organiser, now)
        desk = f"{scene.url}/results/appeals/{number}"
        rosa.get(desk)
        rosa.submit(said["propose"], outcome="accepted", answer="Así es: la inscripción dice otra provincia.")
        confirmed(scene, now)
        told = member.get(f"/appeals/{number}")
        assert told.h1 == said["answered"]
        assert said["accepted"] in told.text
        assert said["corrected"] not in told.text

        todo = rosa.get(desk)
        assert said["now"] in todo.text
        rosa.get(todo.link(said["take_back"]))
        form = next(form for form in rosa.page.root.all("form") if form.all("textarea", name="reason"))
        button = form.all("button")[0].text
        rosa.submit(button, reason="Se aceptó una apelación.")
        confirmed(scene, now)
        member.get(address, status=404)
        assert member.get(f"/appeals/{number}").h1 == said["answered"]

        winner = submission_by_code(scene.code("Yaku"))
        submissions.ask_to_exclude(winner, "No es del territorio", given.acting(scene.organiser), now)
        confirmed(scene, now)
        travel.shift(timedelta(hours=1))
        scene.publish(clock.now())
        assert member.get(address).h1 == said["second"]
        assert said["corrected"] in member.get(f"/appeals/{number}").text
        assert said["now"] not in rosa.get(desk).text
        public = new_browser(language).get(f"/calls/{scene.call.code}/results")
        assert said["counted"] in public.text
        assert grounds not in public.text
        letters = db.session.query(Mail).filter(Mail.template.like("appeals/%")).all()
        assert [letter.template for letter in letters] == [
            "appeals/emails/received.txt",
            "appeals/emails/answered.txt",
        ]
        assert not any(grounds in letter.text for letter in letters)
