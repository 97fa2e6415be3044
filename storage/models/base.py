"""Column helpers shared by all tables.

SQLAlchemy's default enum stores member *names* in a native PostgreSQL type that is
painful to alter; here an enum is its value in text with a named CHECK.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Enum, ForeignKey, Text, inspect
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """What every table is: told by its key alone, so that no error and no log repeats what somebody wrote."""

    def __repr_args__(self) -> Sequence[tuple[str | None, Any]]:
        """The primary key, which repr and str show."""
        return [(key.name, self.__dict__.get(key.name)) for key in inspect(type(self)).primary_key]


def enum_column(members: type[StrEnum], name: str, *, index: bool = False, nullable: bool = False) -> Column[Any]:
    """A text column holding the values of ``members``, guarded by a CHECK called ``name``."""
    kind = Enum(
        members,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=name,
        values_callable=lambda enum: [member.value for member in enum],
    )
    return Column(name, kind, index=index, nullable=nullable)


def reference(target: str, *, index: bool = True, nullable: bool = False) -> Column[Any]:
    """A foreign key to ``target`` ("table.column") at table level, without cascades."""
    return Column(ForeignKey(target), index=index, nullable=nullable)


def text_column(*, nullable: bool = False) -> Column[Any]:
    """Unbounded text: raw bodies and words of people."""
    return Column(Text, nullable=nullable)
