"""The two forms of a cadre's year: saved at every answer, handed in, approved or returned. Every step leaves its trace.

Whoever reviews is named inside the query: a follower reaches cadres with a position in a followed unit or in one
directly below it (K-06), never their own form.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlmodel import Session, col
from sqlmodel import select as select_model

from storage.access import Actor, in_force, valid_on
from storage.models import Assessment, Cadre, Document, DocumentEvent, DocumentState, Position, UnitVersion
from storage.people import HeldPosition, UnitRow, path_names, positions_of, unit_by_id
from storage.terms import DocumentKind, PositionTitle
from storage.text import clean

_TITLES = tuple(PositionTitle)
OPEN = (DocumentState.DRAFT, DocumentState.SUBMITTED, DocumentState.RETURNED)


class RefusedError(ValueError):
    """What cannot be done with a form; the reason is a kind Vietnamese sentence."""


RATED_ALREADY = "Người này đã được xếp loại năm nay nên bản đăng ký không trả lại được nữa."


@dataclass(frozen=True, slots=True)
class Waiting:
    """A form that waits for review, with the person's name and position."""

    document: Document
    cadre_code: str
    cadre_name: str
    unit_name: str


def highest_position(session: Session, cadre_id: int, day: date) -> HeldPosition | None:
    """The position at the highest unit (then by office) that the cadre holds on ``day``."""
    held = positions_of(session, cadre_id, day)
    paths = {position.unit_id: len(path_names(session, position.unit_id, day)) for position in held}
    return min(held, key=lambda p: (paths[p.unit_id], _TITLES.index(p.title), p.unit_code), default=None)


def home_unit(session: Session, cadre_id: int, day: date) -> UnitRow | None:
    """The unit at which the cadre registers and is assessed: that of the highest position."""
    position = highest_position(session, cadre_id, day)
    return unit_by_id(session, position.unit_id, day) if position is not None else None


def own_document(session: Session, cadre_id: int, kind: DocumentKind, year: int) -> Document | None:
    """The cadre's form of that kind and year, as far as it has got."""
    query = select_model(Document).where(Document.cadre_id == cadre_id, Document.kind == kind, Document.year == year)
    return session.exec(query).first()


def save_content(
    session: Session, cadre_id: int, kind: DocumentKind, year: int, content: dict[str, Any], now: datetime
) -> Document:
    """Keep what the cadre has written so far; a form that was handed in is a draft again.

    Raises RefusedError once it is approved, and once it lay before the committee that rated the year.
    """
    found = own_document(session, cadre_id, kind, year)
    if found is None:
        found = Document(cadre_id=cadre_id, kind=kind, year=year, begun_at=now, saved_at=now)
    if found.state is DocumentState.SUBMITTED and is_rated(session, cadre_id, year):
        raise RefusedError("Năm này đã có kết quả xếp loại nên bản này không sửa được nữa.")
    if found.state is DocumentState.APPROVED:
        raise RefusedError("Bản này đã được duyệt nên không sửa được; cần sửa thì nhờ bí thư trả lại.")
    if found.content == content and found.id is not None:
        return found
    if found.state is DocumentState.SUBMITTED:
        found.state = DocumentState.DRAFT
        _trace(session, found, cadre_id, now, "")
    found.content, found.saved_at, found.version = content, now, found.version + 1
    session.add(found)
    session.flush()
    return found


def hand_in(session: Session, document: Document, due_on: date | None, now: datetime, day: date) -> Document:
    """Hand the form in on the local ``day``; handing in again keeps the first day. Raises RefusedError."""
    if document.state is DocumentState.APPROVED:
        raise RefusedError("Bản này đã được duyệt, không cần nộp lại.")
    if document.state is not DocumentState.SUBMITTED:
        document.state, document.return_reason = DocumentState.SUBMITTED, ""
        document.submitted_on = document.submitted_on or day
        document.due_on = due_on
        document.version += 1
        _trace(session, document, document.cadre_id, now, "")
    return document


def reach(actor: Actor, day: date) -> Select[int]:
    """A query of the unit ids that the actor follows and those directly below (K-06); for use inside ``IN (...)``."""
    own = col(UnitVersion.unit_id).in_(actor.followed)
    return select(col(UnitVersion.unit_id)).where(
        or_(own, col(UnitVersion.parent_id).in_(actor.followed)), valid_on(day)
    )


def within_reach(actor: Actor, day: date) -> ColumnElement[bool]:
    """Condition on ``Cadre``: not the actor, and holding a position in a unit within reach on ``day``."""
    held = select(col(Position.cadre_id)).where(in_force(day), col(Position.unit_id).in_(reach(actor, day)))
    return (col(Cadre.id) != actor.cadre_id) & col(Cadre.id).in_(held)


def waiting_documents(session: Session, actor: Actor, day: date, limit: int) -> tuple[list[Waiting], int]:
    """The first ``limit`` forms that wait for the actor, the oldest first, and how many there are in all."""
    waits = col(Document.state) == DocumentState.SUBMITTED, within_reach(actor, day)
    query = (
        select(Document, col(Cadre.code), col(Cadre.full_name))
        .join(Cadre, col(Document.cadre_id) == col(Cadre.id))
        .where(*waits)
        .order_by(col(Document.saved_at), col(Document.id))
        .limit(limit)
    )
    found = [
        Waiting(row, code, name, _unit_name(session, row.cadre_id, day))
        for row, code, name in session.execute(query).all()
    ]
    count = select(func.count()).select_from(Document).join(Cadre, col(Document.cadre_id) == col(Cadre.id))
    return found, session.execute(count.where(*waits)).scalar_one()


def document_to_review(session: Session, actor: Actor, document_id: int, day: date) -> Waiting | None:
    """A form that was handed in or returned, of somebody within the actor's reach."""
    query = (
        select(Document, col(Cadre.code), col(Cadre.full_name))
        .join(Cadre, col(Document.cadre_id) == col(Cadre.id))
        .where(col(Document.id) == document_id, col(Document.state) != DocumentState.DRAFT, within_reach(actor, day))
    )
    found = session.execute(query).first()
    if found is None:
        return None
    return Waiting(found[0], found[1], found[2], _unit_name(session, found[0].cadre_id, day))


def _unit_name(session: Session, cadre_id: int, day: date) -> str:
    unit = home_unit(session, cadre_id, day)
    return unit.name if unit is not None else ""


def approve(
    session: Session, actor: Actor, document_id: int, version: int, now: datetime, day: date
) -> Document | None:
    """Approve what was shown as ``version``. None when it has changed since, or is not the actor's to approve."""
    found = document_to_review(session, actor, document_id, day)
    if found is None or found.document.version != version or found.document.state is not DocumentState.SUBMITTED:
        return None
    return _review(session, actor, found.document, DocumentState.APPROVED, "", now)


def give_back(
    session: Session, actor: Actor, document_id: int, reason: str, now: datetime, day: date
) -> Document | None:
    """Return a form with a reason. None when it is not the actor's to return; RefusedError once rated."""
    found = document_to_review(session, actor, document_id, day)
    if found is None or not found.document.is_handed_in:
        return None
    row = found.document
    if row.kind is DocumentKind.REGISTRATION and is_rated(session, row.cadre_id, row.year):
        raise RefusedError(RATED_ALREADY)
    return _review(session, actor, row, DocumentState.RETURNED, clean(reason), now)


def is_rated(session: Session, cadre_id: int, year: int) -> bool:
    """Whether the committee's rating of the year is written down."""
    query = select_model(Assessment.id).where(Assessment.cadre_id == cadre_id, Assessment.year == year)
    return session.exec(query).first() is not None


def _review(
    session: Session, actor: Actor, row: Document, state: DocumentState, reason: str, now: datetime
) -> Document:
    row.state, row.return_reason = state, reason
    row.reviewed_by, row.reviewed_at, row.version = actor.cadre_id, now, row.version + 1
    _trace(session, row, actor.cadre_id, now, reason)
    return row


def _trace(session: Session, row: Document, actor_id: int, now: datetime, reason: str) -> None:
    session.add(row)
    session.flush()
    content = row.content if row.state is DocumentState.SUBMITTED else None
    event = DocumentEvent(
        document_id=row.id or 0, at=now, actor_id=actor_id, state=row.state, content=content, reason=reason
    )
    session.add(event)
    session.flush()


def committee_of(session: Session, unit_id: int, day: date) -> str:
    """Who assesses there: the standing committee, or the executive committee where there is none (N-04)."""
    query = select(col(Position.id)).where(
        col(Position.unit_id) == unit_id, col(Position.title) == PositionTitle.STANDING_MEMBER, in_force(day)
    )
    return "Ban Thường vụ" if session.execute(query.limit(1)).first() is not None else "Ban Chấp hành"
