"""What the chair reads of a round that is not the last: who goes on, and nothing of winners or publication."""

from tests.results.scenes_of_rounds import MARKS, closed, mark_again, scene_of
from tests.results.test_desk import as_
from thinkia import clock
from thinkia.domain.bases import PublicationLevel, TieKey, TieKeyKind
from thinkia.outside.mail import rendered
from thinkia.results import emails

OF_A_RESULT = ("winning place", "publish")


def letter_of(scene):
    return rendered(emails.verdict_asked(scene.call, scene.chair))[1]


def test_the_chair_of_a_round_reads_of_who_goes_on_and_of_the_last_one_of_the_result(app, new_browser):
    now = clock.now()
    tied = {**MARKS, "Sumak": MARKS["Inti"], "Allpa": MARKS["Killa"]}
    by_chair = (TieKey(TieKeyKind.CHAIR), TieKey(TieKeyKind.SUBMITTED_AT))
    scene = scene_of(tied, now=now, tie_break=by_chair, publication=PublicationLevel.WINNERS)
    scene.propose(now)
    browser = as_(new_browser(), scene.person(scene.chair), now)
    page = browser.get(f"/calls/{scene.call.code}/verdict")
    read = [page.text]
    assert "for a place that goes on" in page.text
    assert "First decide the ties for places that go on" in page.text
    page = browser.submit("Confirm the order", status=422)
    assert "A tie waits for the chair's decision" in page.text
    desk = as_(new_browser(), scene.organiser, now).get(f"{scene.url}/results")
    assert "A tie for a place that goes on is the chair's to decide." in desk.text
    assert "solo puede cerrar la ronda" in letter_of(scene)

    scene.decide(["Inti", "Sumak"], now)
    browser.get(f"/calls/{scene.call.code}/verdict")
    page = browser.submit("Confirm the order")
    read.append(page.text)
    assert "The organisers can close the round with it now." in page.text
    assert "Until then nobody is told who goes on." in page.text
    assert "2 proposals tied for a place that goes on." in page.text
    assert [word for word in OF_A_RESULT for text in read if word in text] == []

    closed(scene, now)
    mark_again(scene, {"Yaku": (5, 5), "Inti": (4, 4)}, now)
    assert "solo puede publicar el resultado" in letter_of(scene)
