"""Small facts of the running program, by name."""

from sqlalchemy import CursorResult, select, update
from sqlmodel import Session, col

from storage.models import AppState
from storage.outbox import insert_new


def recall(session: Session, name: str) -> str | None:
    """The fact called ``name``, None when there is none yet."""
    return session.execute(select(col(AppState.value)).where(col(AppState.name) == name)).scalar()


def remember(session: Session, name: str, value: str) -> None:
    """From now on the fact called ``name`` is ``value``."""
    if not insert_new(session, AppState, [{"name": name, "value": value}], "name"):
        session.execute(update(AppState).where(col(AppState.name) == name).values(value=value))


def exchange(session: Session, name: str, known: str | None, value: str) -> bool:
    """Make ``value`` of the fact that was ``known``; False when somebody else was quicker."""
    if known is None:
        return insert_new(session, AppState, [{"name": name, "value": value}], "name") > 0
    same = (col(AppState.name) == name, col(AppState.value) == known)
    changed = session.execute(update(AppState).where(*same).values(value=value))
    return isinstance(changed, CursorResult) and changed.rowcount == 1
