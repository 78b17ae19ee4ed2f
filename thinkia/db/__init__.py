"""The database: one ``db``, one ``Base``, types that keep values exact, and one way to commit."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Enum, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, registry, relationship

from thinkia.db.types import ExactDecimal, UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every table has in common: named constraints, exact types, states as values with a CHECK."""

    metadata = MetaData(naming_convention=NAMING)
    registry = registry(
        metadata=metadata,
        type_annotation_map={
            datetime: UtcDateTime(),
            Decimal: ExactDecimal(),
            str: Text(),
            StrEnum: Enum(
                StrEnum,
                values_callable=lambda states: [state.value for state in states],
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
        },
    )


def link(*arguments: Any, **options: Any) -> Any:
    """A relationship that must be loaded on purpose: touching it otherwise raises."""
    return relationship(*arguments, lazy="raise", **options)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False, "autoflush": True})
migrate = Migrate()
