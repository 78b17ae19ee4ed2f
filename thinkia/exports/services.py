"""Writing down what left the platform."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.transaction import atomic
from thinkia.exports.models import Export, ExportPurpose, Group
from thinkia.journal.services import record
from thinkia.policy import Actor


@dataclass(frozen=True, slots=True)
class Left:
    """What an export held."""

    style: str
    tables: Sequence[str]
    rows: int
    sha256: str
    purposes: Mapping[Group, str] = field(default_factory=dict)


@atomic
def note_export(call: Call, left: Left, actor: Actor, now: datetime) -> Export:
    """Add an export to the log; what it was for is in the log and not in the journal."""
    row = Export(
        call_id=call.id,
        style=left.style,
        tables=list(left.tables),
        rows=left.rows,
        purposes=[ExportPurpose(group=group, purpose=purpose) for group, purpose in left.purposes.items()],
        read_at=now,
        sha256=left.sha256,
        made_by_id=actor.account_id,
    )
    db.session.add(row)
    record(
        "results.exported",
        f"call:{call.code}",
        actor=actor,
        now=now,
        call_id=call.id,
        data={
            "style": left.style,
            "tables": list(left.tables),
            "rows": left.rows,
            "groups": [str(group) for group in sorted(left.purposes)],
            "sha256": left.sha256,
        },
    )
    return row
