"""What has to be handed in, in words: the kind of each question and its limits."""

from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.calls.wording.numbers import listed, number, size
from thinkia.domain.bases import Challenge, Question, QuestionKind
from thinkia.web.pages import plain


def limits(question: Question) -> str:
    """As in "A PDF of up to 10 pages and 10 MB."."""
    return _KINDS[question.kind](question)


def asked_for(question: Question, challenges: tuple[Challenge, ...]) -> str:
    """For which challenges only; nothing when for all."""
    if not question.challenges:
        return ""
    titles = [plain(one.title) for one in challenges if one.code in question.challenges]
    return _("Only for: %(challenges)s.", challenges=listed(titles))


def _text(question: Question) -> str:
    most = []
    if question.max_characters:
        most.append(ngettext("%(num)s character", "%(num)s characters", question.max_characters))
    if question.max_words:
        most.append(ngettext("%(num)s word", "%(num)s words", question.max_words))
    if most:
        return _("Text of up to %(limits)s.", limits=listed(most))
    return _("A line of text.") if question.kind is QuestionKind.SHORT_TEXT else _("A text.")


def _choice(question: Question) -> str:
    return _(
        "One of: %(options)s.", options=listed((plain(one.title) for one in question.options), style="or")
    )


def _choices(question: Question) -> str:
    return _("One or more of: %(options)s.", options=listed(plain(one.title) for one in question.options))


def _number(question: Question) -> str:
    low, high = question.min, question.max
    if low is not None and high is not None:
        return _("A number from %(min)s to %(max)s.", min=number(low), max=number(high))
    if low is not None:
        return _("A number of %(min)s or more.", min=number(low))
    if high is not None:
        return _("A number of up to %(max)s.", max=number(high))
    return _("A number.")


def _address(question: Question) -> str:
    if question.hosts:
        return _("A web address of %(hosts)s.", hosts=listed(question.hosts, style="or"))
    return _("A web address.")


def _file(question: Question) -> str:
    types = listed((kind.upper() for kind in question.types), style="or")
    most = []
    if question.max_pages:
        most.append(ngettext("%(num)s page", "%(num)s pages", question.max_pages))
    if question.max_bytes:
        most.append(size(question.max_bytes))
    if most:
        return _("A file (%(types)s) of up to %(limits)s.", types=types, limits=listed(most))
    return _("A file (%(types)s).", types=types)


_KINDS = {
    QuestionKind.SHORT_TEXT: _text,
    QuestionKind.LONG_TEXT: _text,
    QuestionKind.CHOICE: _choice,
    QuestionKind.MULTIPLE_CHOICE: _choices,
    QuestionKind.NUMBER: _number,
    QuestionKind.ADDRESS: _address,
    QuestionKind.FILE: _file,
    QuestionKind.DECLARATION: lambda _question: _("A declaration to accept."),
}
