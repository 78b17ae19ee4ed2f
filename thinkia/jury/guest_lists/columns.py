"""What a heading or a value means, in Spanish or in English: "Correo electrónico", "OSC", "presidenta"."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from thinkia.domain.sectors import Sector
from thinkia.policy.actor import JurorRole
from thinkia.web.sheets import plain

_Meant = TypeVar("_Meant")
COLUMNS = ("name", "email", "sector", "institution", "language", "role", "capacity", "others", "evaluators")
_HEADINGS = {
    "name": "nombre|nombre completo|nombre y apellido|nombre y apellidos|nombres y apellidos"
    "|apellidos y nombres|persona|jurado|jurada|name|full name|name and surname|person|juror",
    "given": "nombres|primer nombre|first name|given name|given names",
    "surname": "apellido|apellidos|surname|last name|family name",
    "email": "correo|correo electronico|direccion de correo|direccion de correo electronico|email|e mail|mail"
    "|correo e|email address|e mail address",
    "sector": "sector|sector que representa|sector de la persona|sector that the person sits for",
    "institution": "institucion|organizacion|entidad|empresa|afiliacion|lugar de trabajo"
    "|institution|organisation|organization|affiliation|employer|company",
    "language": "idioma|lengua|idioma del correo|idioma de la carta|language|language to write in",
    "role": "rol|papel|funcion|funcion en el jurado|rol en el jurado|role|role on the jury",
    "capacity": "capacidad|maximo|propuestas|propuestas como maximo|maximo de propuestas|lecturas|cupo"
    "|capacity|proposals|proposals at most|maximum|max|most|at most",
    "others": "otros sectores|otro sector|sectores adicionales|puede participar tambien por|other sectors"
    "|other sector|may also sit for",
    "evaluators": "grupo|grupo de evaluacion|grupo de evaluadores|grupo evaluador|evaluadores"
    "|group|evaluators|group of evaluators",
}
_SECTORS = {
    Sector.PUBLIC: "publico|publica|public|gobierno|estado|municipio|government|public sector|sector publico",
    Sector.ACADEMIA: "academia|academico|academica|academic|universidad|university|sector academico",
    Sector.PRIVATE: "privado|privada|private|empresa|empresarial|business|company|private sector"
    "|sector privado",
    Sector.CIVIL_SOCIETY: "sociedad civil|civil|civil society|osc|ong|ngo|cso|comunidad|community",
    Sector.COOPERATION: "cooperacion|cooperacion internacional|cooperation|international cooperation"
    "|organismo internacional|cooperante",
}
_ROLES = {
    JurorRole.MEMBER: "vocal|miembro|integrante|jurado|jurada|member|juror|jury member|integrante del jurado",
    JurorRole.CHAIR: "presidencia|presidente|presidenta|preside|chair|chairperson|president"
    "|presidencia del jurado",
    JurorRole.SECRETARY: "secretaria|secretario|secretary|secretaria con voz y sin voto"
    "|secretary voice no vote|secretaria voz sin voto",
}
_LANGUAGES = {"es": "es|spa|espanol|castellano|spanish", "en": "en|eng|ingles|english"}


def heading(text: str) -> str | None:
    """Which column a heading names, or ``None``."""
    return _HEADING_OF.get(plain(text))


def sector(text: str, codes: Sequence[str]) -> str | None:
    """The sector that a value names: one of the five, or one of the call's own by its code."""
    known = plain(text)
    own = {plain(code.replace("_", " ")): code for code in codes}
    return own.get(known) or _SECTOR_OF.get(known)


def group(text: str, groups: Mapping[str, str]) -> str | None:
    """The group of evaluators that a value names, by its code or by one of its titles."""
    return {plain(written): code for written, code in groups.items()}.get(plain(text))


def role(text: str) -> JurorRole | None:
    return _ROLE_OF.get(plain(text))


def language(text: str) -> str | None:
    return _LANGUAGE_OF.get(plain(text))


def _turned(words: Mapping[_Meant, str]) -> dict[str, _Meant]:
    return {word: meant for meant, several in words.items() for word in several.split("|")}


_HEADING_OF = _turned(_HEADINGS)
_SECTOR_OF: dict[str, str] = {word: found.value for word, found in _turned(_SECTORS).items()}
_ROLE_OF = _turned(_ROLES)
_LANGUAGE_OF = _turned(_LANGUAGES)
