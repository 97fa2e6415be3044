"""Files that belong to nothing any more."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, ColumnElement, delete, select
from sqlmodel import Session, SQLModel, col

from storage.models import StoredFile
from storage.outbox import table


def forget_files(session: Session, which: ColumnElement[bool]) -> None:
    """Delete the files of ``which``, but for those that a record still shows (a photo of an entry, of a unit)."""
    shown = [col(StoredFile.id).not_in(select(column).where(column.is_not(None))) for column in _references()]
    session.execute(delete(StoredFile).where(which, *shown).execution_options(synchronize_session=False))


def _references() -> Iterator[Column[Any]]:
    """Every column of every table that points at a file."""
    files = table(StoredFile)
    for one in SQLModel.metadata.tables.values():
        for column in one.columns:
            if any(key.column.table is files for key in column.foreign_keys):
                yield column
