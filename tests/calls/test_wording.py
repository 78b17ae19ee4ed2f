"""Rules in words: numbers agree, nothing is left out, both languages."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import pytest
from flask_babel import force_locale

from tests.builders import NOON, both, some_bases
from thinkia.calls.wording import PHASES, STATES
from thinkia.calls.wording.changes import KEYS, NAMES, told_differences
from thinkia.calls.wording.dates import time_left
from thinkia.calls.wording.numbers import money, number, percent, size
from thinkia.calls.wording.people import composition_sentence, person_sentences, team_sentence
from thinkia.calls.wording.questions import limits
from thinkia.calls.wording.ranking import (
    DELIBERATION,
    PUBLICATION,
    method_sentences,
    scale_words,
    score_sentence,
)
from thinkia.calls.wording.sections import section_of
from thinkia.domain import bases as bases_module
from thinkia.domain.bases import (
    CompositionRule,
    Deliberation,
    Eligibility,
    Evaluators,
    JuryRules,
    Method,
    MethodName,
    MissingSector,
    Option,
    PersonAttribute,
    PublicationLevel,
    Question,
    QuestionKind,
    Round,
    TeamRules,
    TieKeyKind,
    WindowKind,
)
from thinkia.domain.lifecycle import CallState
from thinkia.domain.phases import Phase
from thinkia.domain.rounds import Advance, PoolBy, Pools
from thinkia.domain.rubric import MarksToScore, Rubric, Scale

WOMEN = CompositionRule(PersonAttribute.GENDER, "woman", min=2)
D = Decimal


def said(language, words, *arguments):
    with force_locale(language):
        return str(words(*arguments)).replace("\u00a0", " ")


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("words", "thing", "english", "spanish"),
    [
        (team_sentence, TeamRules(1, 1), "Each person applies alone.", "Cada persona postula sola."),
        (
            team_sentence,
            TeamRules(1, 4),
            "People alone or in teams of up to 4.",
            "Personas solas o en equipos de hasta 4.",
        ),
        (team_sentence, TeamRules(3, 3), "Teams of exactly 3 people.", "Equipos de 3 personas exactamente."),
        (team_sentence, TeamRules(2, None), "Teams of 2 people or more.", "Equipos de 2 personas o más."),
        (composition_sentence, WOMEN, "At least 2 women.", "Al menos 2 mujeres."),
        (composition_sentence, replace(WOMEN, min=1), "At least 1 woman.", "Al menos 1 mujer."),
        (
            composition_sentence,
            CompositionRule(PersonAttribute.PROVINCE, "17", min=1, max=2),
            "At least 1 person with province “Pichincha”. At most 2 people with province “Pichincha”.",
            "Al menos 1 persona con provincia «Pichincha». Como máximo 2 personas con provincia «Pichincha».",
        ),
        (
            composition_sentence,
            CompositionRule(PersonAttribute.INSTITUTION, max_same=1),
            "At most 1 person of the same institution.",
            "Como máximo 1 persona de la misma institución.",
        ),
        (
            composition_sentence,
            CompositionRule(PersonAttribute.DISCIPLINE, min_different=3),
            "At least 3 different disciplines in the team.",
            "Al menos 3 disciplinas distintas en el equipo.",
        ),
        (scale_words, Scale(min=D(1), max=D(5), step=D(1)), "from 1 to 5", "de 1 a 5"),
        (
            scale_words,
            Scale(min=D(0), max=D("2.5"), step=D("0.5")),
            "from 0 to 2.5 in steps of 0.5",
            "de 0 a 2,5, de 0,5 en 0,5",
        ),
        (scale_words, Scale(values=(D(1), D(3), D(5))), "1, 3, or 5", "1, 3 o 5"),
        (
            scale_words,
            Scale(checklist=(D(1), D(2), D(1))),
            "a checklist of 3 items, up to 4 points",
            "una lista de 3 puntos, hasta 4",
        ),
        (time_left, timedelta(days=6, hours=23), "6 days", "6 días"),
        (time_left, timedelta(hours=47, minutes=59), "47 hours", "47 horas"),
        (time_left, timedelta(minutes=1, seconds=59), "1 minute", "1 minuto"),
        (time_left, timedelta(0), "0 minutes", "0 minutos"),
        (number, D("0.50"), "0.5", "0,5"),
        (percent, Fraction(100, 11), "9.1%", "9,1 %"),
        (size, 10_000_000, "10 MB", "10 MB"),
    ],
)
def test_in_both_languages(words, thing, english, spanish):
    assert said("en", words, thing) == english
    assert said("es", words, thing) == spanish


QUESTIONS = [
    (Question("q", QuestionKind.SHORT_TEXT, both("q")), "A line of text."),
    (Question("q", QuestionKind.LONG_TEXT, both("q"), max_words=300), "Text of up to 300 words."),
    (Question("q", QuestionKind.NUMBER, both("q"), min=D(0), max=D("1.5")), "A number from 0 to 1.5."),
    (Question("q", QuestionKind.NUMBER, both("q"), min=D(3)), "A number of 3 or more."),
    (Question("q", QuestionKind.ADDRESS, both("q")), "A web address."),
    (
        Question(
            "q",
            QuestionKind.CHOICE,
            both("q"),
            options=(Option("a", both("Sí", "Yes")), Option("b", both("No"))),
        ),
        "One of: Yes or No.",
    ),
    (
        Question("q", QuestionKind.FILE, both("q"), types=("pdf", "png"), max_bytes=500_000),
        "A file (PDF or PNG) of up to 500 kB.",
    ),
    (Question("q", QuestionKind.DECLARATION, both("q")), "A declaration to accept."),
]


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(("question", "words"), QUESTIONS)
def test_what_is_asked_has_its_limits_in_words(question, words):
    assert said("en", limits, question) == words


@pytest.mark.usefixtures("app")
def test_an_option_with_markup_stays_text():
    options = (Option("a", both("<b>")), Option("b", both("c")))
    question = Question("q", QuestionKind.CHOICE, both("q"), options=options)
    assert "<b>" not in said("en", limits, question)


@pytest.mark.usefixtures("app")
def test_ages_and_territory_are_said_and_nothing_when_everybody_may():
    assert said("en", person_sentences, Eligibility()) == "[]"
    assert said("en", person_sentences, Eligibility(provinces=("17",))) == (
        "['People who live in the province of Pichincha.']"
    )
    assert said("es", person_sentences, Eligibility(None, 29, residents_only=True)) == (
        "['Personas de hasta 29 años.', 'Personas que viven en el Ecuador.']"
    )


@pytest.mark.usefixtures("app")
def test_the_method_says_what_happens_to_a_missing_sector():
    balanced = Method(MethodName.SECTOR_BALANCED, {"public": D(1), "academia": D(2)})

    def by(method):
        return said("en", method_sentences, some_bases(method=method))

    assert "not ranked until" in by(balanced)
    shared = replace(balanced, missing_sector=MissingSector.REDISTRIBUTE)
    assert "shared out" in by(shared)
    assert "mean of its jurors" in by(Method())


@pytest.mark.usefixtures("app")
def test_the_two_readings_of_a_percentage_are_told_apart():
    rubric = some_bases().rubric
    other = Rubric(rubric.criteria, marks_to_score=MarksToScore.MIN_MAX)
    assert said("en", score_sentence, rubric) != said("en", score_sentence, other)


def test_every_state_phase_and_level_has_words():
    assert set(STATES) == set(CallState)
    assert set(PHASES) == set(Phase)
    assert set(PUBLICATION) == set(PublicationLevel)
    assert set(DELIBERATION) == set(Deliberation)


@pytest.mark.usefixtures("app")
def test_a_difference_is_told_by_names_and_never_by_codes_of_ours():
    before = some_bases()
    jury = replace(before.jury, size=3)
    after = replace(before, jury=jury, method=Method(MethodName.SECTOR_BALANCED, {"public": D(1)}), winners=2)
    with force_locale("es"):
        told = told_differences(before, after)
    assert [one.where for one in told] == [
        "Método › Nombre",
        "Método › Sectores › Público",
        "Jurado › Tamaño",
        "Ganadores",
    ]
    assert (told[0].before, told[0].after) == ("promedio de las personas juradas", "equilibrado por sector")
    assert (told[2].before, told[2].after) == ("2", "3")


@pytest.mark.usefixtures("app")
def test_that_a_jury_deliberates_is_told_when_it_comes_and_when_it_goes():
    before = some_bases(jury=JuryRules(3))
    after = replace(before, jury=JuryRules(3, deliberation=Deliberation.NAMED))
    with force_locale("es"):
        (came,), (went,) = told_differences(before, after), told_differences(after, before)
    assert came == ("Jurado › Deliberación", "", "Sí, con nombres junto a los puntajes")
    assert (went.before, went.after) == (came.after, "")


@pytest.mark.usefixtures("app")
def test_what_changes_in_a_round_is_told_by_its_title_and_in_sentences():
    local = Round("l", both("Local", "Local"), advance=Advance(top_per_pool=1), pools=Pools(PoolBy.CHALLENGE))
    before = some_bases(rounds=(local, Round("f", both("Final", "Final"))))
    after = replace(
        before,
        rounds=(
            replace(local, advance=None, waiting=2, tie_break=before.tie_break[1:]),
            replace(before.rounds[1], rubric=before.rubric, method=before.method, jury=JuryRules(5)),
        ),
    )
    with force_locale("en"):
        told = told_differences(before, after)
    assert told == [
        ("Rounds › Local › Ties", "", "The proposal submitted earlier."),
        ("Rounds › Local › Who goes on", "The first of each pool goes on.", ""),
        ("Rounds › Local › Waiting list", "0", "2"),
        ("Rounds › Final › Rubric", "", "Impacto and Viabilidad"),
        ("Rounds › Final › Method", "", "mean of the jurors"),
        ("Rounds › Final › Jury", "", "5 people read each proposal."),
    ]
    with force_locale("es"):
        (whole, _other) = told_differences(some_bases(), before)
    assert whole == ("Rondas › Local", "", "Local")


@pytest.mark.usefixtures("app")
def test_moments_are_told_with_their_zone():
    bases = some_bases()
    after = replace(bases, calendar=replace(bases.calendar, results=NOON + timedelta(days=30)))
    with force_locale("en"):
        (one,) = told_differences(bases, after)
    assert one.after == "Wednesday 1 April 2026, 12:00 (mainland Ecuador time, UTC−5)"


@pytest.mark.parametrize(
    ("path", "part"),
    [
        (("title", "en"), "texts"),
        (("calendar", "submission", "closes"), "dates"),
        (("challenges", 0, "title"), "challenges"),
        (("team", "max"), "people"),
        (("jury", "deliberation"), "jury"),
        (("jury", "size"), "jury"),
        (("jury", "sectors", "public"), "file"),
        (("rounds", 0, "advance", "top"), "rounds"),
        (("rounds", 0, "jury", "size"), "file"),
        (("appeals", "days"), "result"),
        (("team", "composition", 0), "file"),
        (("rubric", "criteria", 1, "weight"), "file"),
        (("prizes", 0, "place"), "prizes"),
        ((), "file"),
    ],
)
def test_each_key_is_edited_somewhere(path, part):
    assert section_of(path) == part


def test_every_choice_of_the_rules_has_a_name():
    """But for the keys of the tie chain, which is told in sentences, and windows, which are keys."""
    sentences = {TieKeyKind, WindowKind, PublicationLevel}
    kinds = {
        each for each in vars(bases_module).values() if isinstance(each, type) and issubclass(each, StrEnum)
    }
    choices = {choice for kind in kinds - sentences - {StrEnum} for choice in kind}
    assert choices <= set(NAMES)


def test_keys_of_the_file_have_names():
    top = set(some_bases().__dataclass_fields__) - {"schema_version", "code"}
    assert top <= set(KEYS)


@pytest.mark.usefixtures("app")
def test_money_keeps_what_it_is():
    assert said("en", money, D(4000), "USD") == "USD 4,000"
    assert said("es", money, D("12000.5"), "USD") == "USD 12.000,5"


@pytest.mark.usefixtures("app")
def test_changes_of_a_group_of_evaluators_are_told_by_its_title():
    def grouped(size, title):
        groups = {"jury": Evaluators(2, both("Jurado", "Jury")), "users": Evaluators(size, title)}
        return some_bases(jury=JuryRules(2 + size, groups=groups))

    with force_locale("es"):
        told = told_differences(grouped(1, both("Usuarios", "Users")), grouped(2, both("Usuarias", "Users")))
        assert [(one.where, str(one.before), str(one.after)) for one in told] == [
            ("Jurado › Tamaño", "3", "4"),
            ("Jurado › Grupos de evaluadores › Usuarias › Tamaño", "1", "2"),
            ("Jurado › Grupos de evaluadores › Usuarias › Título", "Usuarios · Users", "Usuarias · Users"),
        ]
