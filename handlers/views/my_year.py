"""The year's forms and what was said of them, as sheets of one's own data."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlmodel import Session, col, select

from handlers.texts import my_year as texts
from handlers.texts import wording
from handlers.texts.year_forms import BODIES, NAMES
from handlers.turn import House
from storage.models import Assessment, AssessmentComment, AssessmentEvent, Cadre, Document, DocumentEvent
from storage.year_round import TEMPLATE, scale_of, sources_of

Cell = str | float | date | None


class YearSheet(NamedTuple):
    """One sheet: its name, its headings, its rows."""

    name: str
    headings: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def year_sheets(session: Session, house: House, cadre_id: int) -> list[YearSheet]:
    """Forms with their trace, ratings with every level given, and comments."""
    return [
        YearSheet(*texts.FORMS, list(_forms(session, cadre_id))),
        YearSheet(*texts.TRACE, list(_trace(session, house, cadre_id))),
        YearSheet(*texts.RATINGS, list(_ratings(session, house, cadre_id))),
        YearSheet(*texts.COMMENTS, list(_comments(session, house, cadre_id))),
    ]


def _forms(session: Session, cadre_id: int) -> Iterable[tuple[Cell, ...]]:
    query = select(Document).where(Document.cadre_id == cadre_id).order_by(col(Document.year), col(Document.id))
    for row in session.exec(query):
        says = "\n".join(BODIES[row.kind](row.content))
        yield (row.year, NAMES[row.kind], row.state.label, row.submitted_on, row.due_on, row.return_reason, says)


def _trace(session: Session, house: House, cadre_id: int) -> Iterable[tuple[Cell, ...]]:
    query = (
        select(DocumentEvent, Document, Cadre.full_name)
        .join(Document, col(DocumentEvent.document_id) == col(Document.id))
        .join(Cadre, col(DocumentEvent.actor_id) == col(Cadre.id))
        .where(col(Document.cadre_id) == cadre_id)
        .order_by(col(DocumentEvent.at), col(DocumentEvent.id))
    )
    for event, row, actor in session.exec(query):
        at = wording.moment(house.clock.local(event.at))
        yield (row.year, NAMES[row.kind], at, actor, event.state.label, event.reason)


def _ratings(session: Session, house: House, cadre_id: int) -> Iterable[tuple[Cell, ...]]:
    query = (
        select(AssessmentEvent, Assessment)
        .join(Assessment, col(AssessmentEvent.assessment_id) == col(Assessment.id))
        .where(col(Assessment.cadre_id) == cadre_id)
        .order_by(col(AssessmentEvent.at), col(AssessmentEvent.id))
    )
    for event, row in session.exec(query):
        level = scale_of(row.plan_id).get(event.rating, event.rating)
        at = wording.moment(house.clock.local(event.at))
        yield (row.year, level, row.body, event.met_on, at, row.answer)


def _comments(session: Session, house: House, cadre_id: int) -> Iterable[tuple[Cell, ...]]:
    query = select(AssessmentComment).where(AssessmentComment.cadre_id == cadre_id)
    named = sources_of(TEMPLATE)
    for row in session.exec(query.order_by(col(AssessmentComment.year), col(AssessmentComment.id))):
        at = wording.moment(house.clock.local(row.written_at))
        yield (row.year, named.get(row.source, row.source), row.words, at)
