"""The component page at ``/_design``: every part of the look with realistic words. Development only."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Flask, render_template
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    DecimalField,
    FileField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from thinkia.domain.sectors import SECTORS
from thinkia.web.forms import Form
from thinkia.web.locale import language, sector_name
from thinkia.web.security import public

bp = Blueprint("design", __name__)


def init_design(app: Flask) -> None:
    """Show the page where people develop, and nowhere else."""
    if not app.config["SETTINGS"].production:
        app.register_blueprint(bp)


def told(es: str, en: str) -> str:
    """Sample words in the reader's language. They are no part of the catalogue."""
    return es if language() == "es" else en


@bp.get("/_design")
@public("samples of the look, for those who develop")
def design() -> str:
    closes = datetime(2026, 3, 12, 17, tzinfo=ZoneInfo("America/Guayaquil"))
    return render_template(
        "design.html",
        t=told,
        form=sample_form(),
        closes=closes,
        scale=_scale(),
        pages="?page={}#order".format,
    )


@bp.get("/_design/scoring")
@public("the juror's page of the look, for those who develop")
def scoring() -> str:
    return render_template("design_scoring.html", t=told, scale=_scale())


def sample_form() -> Form:
    """One field of each kind, two of them with something to put right."""
    form = _sample_class()(formdata=None)
    form.team.data = "Yaku Wasi"
    form.summary.data = told(
        "Cada noche, en 14 barrios altos, el agua llega sin presión.",
        "Every night, in 14 hillside districts, water arrives without pressure.",
    )
    form.email.data = "nina@"
    form.email.errors = [told("Escriba un correo completo, como nina@ejemplo.ec.", "Write a whole address.")]
    form.sector.errors = [told("Elija el sector al que pertenece.", "Choose the sector you belong to.")]
    return form


def _sample_class() -> type[Form]:
    class Sample(Form):
        team = StringField(told("Nombre del equipo", "Name of the team"))
        email = StringField(told("Correo electrónico", "E-mail address"))
        passphrase = PasswordField(told("Frase de acceso", "Passphrase"))
        summary = TextAreaField(told("Resumen de la propuesta", "Summary of the proposal"))
        province = SelectField(
            told("Provincia", "Province"),
            choices=_options({"01": "Azuay", "17": "Pichincha", "20": "Galápagos"}),
        )
        sector = RadioField(told("Sector", "Sector"), choices=_sectors(), default=None)
        skills = SelectMultipleField(
            told("Habilidades que aporta", "Skills you bring"),
            choices=_skills(),
            option_widget=CheckboxInput(),
            widget=ListWidget(prefix_label=False),
        )
        budget = DecimalField(told("Presupuesto", "Budget"))
        closes = DateTimeLocalField(told("Cierre de propuestas", "Proposals close"))
        diagnosis = FileField(told("Diagnóstico y solución", "Diagnosis and solution"))
        declared = BooleanField(
            told("Declaro que el equipo hizo esta propuesta.", "I declare that the team made this proposal.")
        )
        title_es = StringField()
        title_en = StringField()

    return Sample


def _options(words: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in words.items()]


def _sectors() -> list[SelectChoice]:
    return _options({code: sector_name(code) for code in SECTORS})


def _skills() -> list[SelectChoice]:
    return _options(
        {
            "data": told("Análisis de datos", "Data analysis"),
            "design": told("Diseño gráfico", "Graphic design"),
            "field": told("Trabajo con comunidades", "Work with communities"),
            "code": told("Programación", "Programming"),
        }
    )


def _scale() -> list[dict[str, Any]]:
    anchors = (
        ("No explica cómo funcionaría.", "Does not explain how it would work."),
        ("Explica una parte y omite lo principal.", "Explains a part and leaves the main thing out."),
        ("Es posible, con dudas de costo o de plazo.", "Possible, with doubts about cost or time."),
        ("Es posible con los recursos que declara.", "Possible with the resources it declares."),
        (
            "Está probada en pequeño y tiene responsable.",
            "Tried on a small scale and somebody answers for it.",
        ),
    )
    return [
        {"value": str(n), "label": str(n), "anchor": told(es, en)}
        for n, (es, en) in enumerate(anchors, start=1)
    ]
