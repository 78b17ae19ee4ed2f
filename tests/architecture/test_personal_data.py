"""Every field about a person has a purpose: `docs/personal-data.md` gives it, or here it is about a thing."""

import re
from fnmatch import fnmatch

import pytest
from sqlalchemy import JSON, Column, Date, Enum, MetaData, String, Table

import thinkia
from tests.architecture.house import ROOT
from tests.servers.databases import settings
from thinkia.db import db

TEXT = (ROOT / "docs/personal-data.md").read_text()
ROW = re.compile(r"^\| (`[a-z_.`, ]+`) \| (.+) \|$", re.MULTILINE)

# Names, hashes and states of things. A pattern says it of a column of any table.
ABOUT_THINGS = {
    "*.code",
    "*.*_sha256",
    "*.sha256",
    "*.seed",
    "*.token_hash",
    "*.browser_hash",
    "*.key_hash",
    "*.*_version",
    "agreement.kind",
    "agreement.object_ref",
    "appeal.number",
    "answer.question",
    "answer.saved_from",  # which page of a browser saved
    "attempt.missing",  # codes of questions
    "attempt.outcome",
    "chair_decision.order",  # codes of proposals
    "conflict.team_code",
    "deliberation_note.form",  # which form of a page sent it
    "export.name",  # of the file: the call, the table and the moment
    "export.options",
    "export.style",
    "export.tables",
    "host.name",
    "host.sector",
    "journal.*",  # under pseudonyms, without free text: thinkia/journal/services.py
    "letter_text.language",
    "mail.language",
    "mail.message_id",
    "mail.template",
    "mark.criterion",
    "mark.items",
    "metric_value.metric",  # its code in the rules
    "outbox_task.*",  # ids, and what a task came to
    "plan.causes",
    "plan.moved",  # codes of jurors and proposals
    "plan.pairs",  # codes of jurors and proposals
    "plan.prices",  # by the codes of jurors
    "plan.shortfall",
    "plan.version",
    "prize_decision.submissions",  # codes
    "round_closing.gone",  # codes of proposals
    "pseudonym.*",
    "publication.refusal",  # the code of a reason
    "ranking.content",
    "receipt.number",
    "review.saved_by",  # which window of a browser saved
    "review.sector",
    "submitted_file.media_type",
    "submitted_file.question",
    "suggestion.sector",
    "team.name",
    "team.name_key",
}


def purposes() -> dict[str, str]:
    return {name: why for names, why in ROW.findall(TEXT) for name in re.findall(r"`([^`]+)`", names)}


def fields(metadata: MetaData) -> list[str]:
    """The columns in which words about a person could stand."""
    return [
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String | Date | JSON) and not isinstance(column.type, Enum)
        if not column.foreign_keys
    ]


def without_purpose(names: list[str]) -> list[str]:
    known = purposes()
    return [
        name
        for name in names
        if name not in known and not any(fnmatch(name, pattern) for pattern in ABOUT_THINGS)
    ]


@pytest.fixture(scope="module")
def every_field(tmp_path_factory):
    thinkia.create_app(settings("", tmp_path_factory.mktemp("fields")))  # every feature declares its tables
    return fields(db.metadata)


def test_every_field_about_a_person_has_a_purpose(every_field):
    assert without_purpose(every_field) == []


def test_the_document_names_fields_that_there_are_and_nothing_twice(every_field):
    assert len(purposes()) > 30
    assert set(purposes()) <= set(every_field)
    assert len(purposes()) == sum(len(re.findall(r"`([^`]+)`", names)) for names, _ in ROW.findall(TEXT))
    unused = [one for one in ABOUT_THINGS if not any(fnmatch(name, one) for name in every_field)]
    assert unused == []


def test_a_field_without_a_purpose_is_seen():
    table = Table("account", MetaData(), Column("shoe_size", String), Column("code", String))
    assert without_purpose(fields(table.metadata)) == ["account.shoe_size"]
