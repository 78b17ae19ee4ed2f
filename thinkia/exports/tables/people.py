"""Who registered, teams and their members, jurors, and the letters that were written."""

from collections.abc import Iterator, Sequence
from functools import partial
from zoneinfo import ZoneInfo

from thinkia.calls.models import Call
from thinkia.domain.formation import asked_of_people
from thinkia.exports.models import Group
from thinkia.exports.queries import people as queries
from thinkia.exports.queries import streamed
from thinkia.exports.tables.columns import Source, SourceColumn, fields, local, moments
from thinkia.web.export import Kind, Value

PERSON = fields("sector", "institution", "province", "canton", group=Group.PROFILE)
NAME, EMAIL = fields("name", group=Group.NAMES), fields("email", group=Group.CONTACT)


def registrations(call: Call, zone: ZoneInfo) -> Source:
    """What is known of a person who withdrew stays here."""
    asked = [attribute.value for attribute in asked_of_people(call.bases.team)]
    columns = (
        *fields("registration"),
        *moments("registered_at", "withdrawn_at"),
        *fields("consent_version"),
        *fields("is_looking", kind=Kind.TRUTH),
        *fields("team"),
        *NAME,
        *PERSON,
        *fields("about", group=Group.PROFILE),
        *EMAIL,
        SourceColumn("birth_date", Kind.DAY, Group.BIRTH),
        *fields(*(f"attribute:{name}" for name in asked), group=Group.PROFILE),
    )

    def rows() -> Iterator[Sequence[Value]]:
        for row in streamed(queries.registration_rows(call)):
            code, registered, withdrawn, *told = row
            *about_it, said = told
            person = [*about_it[3:], *((said or {}).get(name) for name in asked)]
            yield (
                *(code, local(registered, zone), local(withdrawn, zone), *about_it[:3]),
                *([None] * len(person) if withdrawn else person),
            )

    return Source("registrations", columns, rows)


def teams(call: Call, zone: ZoneInfo) -> Source:
    columns = (
        *fields("team", "name", "about"),
        *moments("created_at"),
        *fields("members", kind=Kind.WHOLE),
        *fields("representative", group=Group.NAMES),
    )

    def rows() -> Iterator[Sequence[Value]]:
        for code, name, about, created, count, representative in streamed(queries.team_rows(call)):
            yield code, name, about, local(created, zone), count, representative

    return Source("teams", columns, rows)


def members(call: Call, zone: ZoneInfo) -> Source:
    columns = (
        *(*fields("team", "team_name"), *NAME, *fields("role")),
        *(*PERSON, *moments("joined_at"), *EMAIL),
    )

    def rows() -> Iterator[Sequence[Value]]:
        for row in streamed(queries.member_rows(call)):
            *told, joined, email = row
            told[3] = told[3].value
            yield (*told, local(joined, zone), email)

    return Source("members", columns, rows)


def jurors(call: Call, _zone: ZoneInfo) -> Source:
    columns = (
        *(*fields("juror", "sector"), *NAME, *fields("institution", group=Group.PROFILE)),
        *(*fields("role", "state"), *EMAIL),
        *(fields("group") if call.bases.jury.groups else ()),
    )

    def rows() -> Iterator[Sequence[Value]]:
        for row in streamed(queries.juror_rows(call)):
            told = (row.code, row.sector, row.name, row.institution)
            group = (row.evaluators,) if call.bases.jury.groups else ()
            yield (*told, row.role.value, row.state.value, row.email, *group)

    return Source("jurors", columns, rows)


def mails(call: Call, zone: ZoneInfo) -> Source:
    """The log of letters: which, when, whether it arrived at the server. What they say stays here."""
    columns = (
        *(*fields("letter", "language"), *moments("written_at", "delivered_at"), *fields("state")),
        *(*fields("subject", group=Group.NAMES), *fields("to", group=Group.CONTACT)),
    )

    def rows() -> Iterator[Sequence[Value]]:
        moment = partial(local, zone=zone)
        for row in streamed(queries.mail_rows(call)):
            state = "delivered" if row.delivered_at else (row.state or "waiting")
            written = (moment(row.written_at), moment(row.delivered_at))
            yield (row.template, row.language, *written, str(state), row.subject, row.to)

    return Source("mails", columns, rows)
