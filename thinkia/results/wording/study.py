"""What a reader of a study has to know before its figures."""

from flask_babel import lazy_gettext as _l

from thinkia.domain.ranking.study.study import Caveat, Study

CAVEATS = {
    Caveat.DISCONNECTED: _l(
        "The reviews fall into %(parts)s parts that no juror links; the largest has %(largest)s of "
        "%(submissions)s submissions. Between parts, a strict panel cannot be told from weak submissions: "
        "places are given within each part and nothing is said of the cut. "
        "A juror who reads in two parts links them."
    ),
    Caveat.TOO_FEW_REVIEWS: _l(
        "There is no adjusted order. The reviews are too few to tell a strict juror from chance "
        "(reviews: %(reviews)s, submissions: %(submissions)s, jurors: %(jurors)s)."
    ),
    Caveat.NO_SEVERITY_SEEN: _l("The jurors differ by no more than chance would give. Nothing is corrected."),
    Caveat.NO_QUALITY_SEEN: _l("The submissions differ by no more than chance would give."),
}


def caveat_sentence(caveat: Caveat, study: Study) -> str:
    """In the reader's language."""
    return str(CAVEATS[caveat]) % {
        "parts": len(study.parts),
        "largest": len(study.parts[0].submissions),
        "submissions": len(study.scores.submissions),
        "jurors": len(study.scores.jurors),
        "reviews": len(study.scores.value),
    }
