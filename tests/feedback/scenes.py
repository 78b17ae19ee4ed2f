"""A judged call whose jury wrote to the teams."""

from tests import builders as given
from tests.results.scenes import judged
from thinkia.db import db
from thinkia.feedback import queries, services
from thinkia.feedback.models import Judgement, Show
from thinkia.jury.models import Review

SECTORS = ("public", "academia", "civil")
MARKS = {
    "Yaku": ((5, 4), (4, 4), (5, 5)),
    "Sumak": ((3, 3), (3, 3), (3, 3)),
    "Inti": ((4, 5), (4, 4), (3, 4)),
}
WORDS = ("Muy claro", "Falta el presupuesto", "¿Quién repara la fuga?")


def with_words(now, marks=None, *, sectors=SECTORS, words=WORDS, to=("Inti",), **changes):
    """``words`` to these teams, one from each juror."""
    scene = judged(marks or MARKS, now=now, sectors=sectors, **changes)
    for name in to:
        for juror, text in zip(scene.jurors, words, strict=False):
            review_of(scene, juror, name).feedback = text
    db.session.flush()
    return scene


def review_of(scene, juror, name):
    return (
        db.session.query(Review).filter_by(juror_id=juror.id, submission_id=scene.submissions[name].id).one()
    )


def look_over(scene, now, *, hold=(), leave=()):
    """Publish every comment but these; what is held back gets a reason."""
    judgements = {
        row.code: Judgement(
            row.version, row.text not in hold, "Nombra a otro equipo" if row.text in hold else ""
        )
        for row in db.session.execute(queries.comments_to(scene.call, Show.WAITING))
        if row.text not in leave
    }
    return services.look_over(scene.call, judgements, given.acting(scene.organiser), now)


def as_(browser, account, now):
    account.language = browser.language
    return given.sign_in(browser, account, now)
