"""What a juror signed in one round says nothing of the next."""

from tests import builders as given
from tests.results.scenes_of_rounds import closed, mark_again, scene_of
from tests.results.test_desk import as_
from thinkia import clock
from thinkia.jury.queries.reviews import last_signature
from thinkia.jury.services.signing import sign


def test_a_signature_of_a_round_is_no_signature_of_the_next(app, new_browser):
    now = clock.now()
    scene = scene_of(now=now)
    juror = scene.jurors[1]
    actor = given.acting(scene.person(juror))
    signature = sign(juror, actor, now - 2 * given.DAY)
    assert last_signature(juror) == signature
    closed(scene, now)
    assert last_signature(juror) is None
    mark_again(scene, {"Yaku": (3, 3), "Inti": (4, 4)}, now)
    page = as_(new_browser(), scene.person(juror), now).get(f"/calls/{scene.call.code}/jury/summary")
    assert "Sign my marks" in page.text
    assert "You signed on" not in page.text
    again = sign(juror, actor, now)
    assert (last_signature(juror), again.reviews, again.round) == (again, 2, 1)
