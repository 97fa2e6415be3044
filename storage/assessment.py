"""What the committee says of a cadre's year: comments by source, one rating, and the cadre's one answer (K-13, K-17).

Only registered people are rated (K-22). Nothing is computed: the rating is what a person chose.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlmodel import Session, col
from sqlmodel import select as select_model

from storage.access import Actor, in_force, valid_on
from storage.documents import RefusedError, own_document, reach, within_reach
from storage.models import (
    Assessment,
    AssessmentComment,
    AssessmentEvent,
    Cadre,
    Document,
    DocumentState,
    Position,
    Unit,
    UnitVersion,
)
from storage.people import UnitRow
from storage.terms import DocumentKind
from storage.text import clean, fold
from storage.visible import SeenCadre


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the year has got for one person; ``rating`` is the id of a level, "" while there is none."""

    cadre: SeenCadre
    registration: DocumentState | None
    self_review: DocumentState | None
    rating: str
    sources: frozenset[str]

    @property
    def is_registered(self) -> bool:
        """Whether the registration is handed in and not returned."""
        return self.registration in {DocumentState.SUBMITTED, DocumentState.APPROVED}


def units_in_reach(session: Session, actor: Actor, day: date) -> list[UnitRow]:
    """The units whose cadres the actor may assess (K-06), those followed first."""
    query = (
        select(col(Unit.id), col(Unit.code), col(UnitVersion.name), col(UnitVersion.type), col(UnitVersion.parent_id))
        .join(UnitVersion, col(UnitVersion.unit_id) == col(Unit.id))
        .where(valid_on(day), col(Unit.id).in_(reach(actor, day)))
        .order_by(col(Unit.code))
    )
    units = [UnitRow(*row) for row in session.execute(query)]
    return sorted(units, key=lambda unit: unit.id not in actor.followed)


def _cadres(actor: Actor, day: date) -> Select[*tuple[Any, ...]]:
    return (
        select(col(Cadre.id), col(Cadre.code), col(Cadre.full_name), col(UnitVersion.name), col(Position.title))
        .join(Position, col(Position.cadre_id) == col(Cadre.id))
        .join(UnitVersion, col(UnitVersion.unit_id) == col(Position.unit_id))
        .where(in_force(day), valid_on(day), col(Position.unit_id).in_(reach(actor, day)), within_reach(actor, day))
        .order_by(col(Cadre.full_name), col(Cadre.code), col(Position.id))
    )


def find_person(session: Session, actor: Actor, code: str, day: date) -> SeenCadre | None:
    """The cadre called ``code``, in any case of letters, whom the actor may assess."""
    wanted = clean(code)
    named = or_(col(Cadre.code) == wanted, func.lower(col(Cadre.code)) == wanted.lower())
    found = session.execute(_cadres(actor, day).where(named)).first()
    return SeenCadre(*found) if found else None


def people_of(session: Session, actor: Actor, unit_id: int, year: int, day: date) -> list[Standing]:
    """Everybody with a position in the unit whom the actor may assess, by name."""
    rows = session.execute(_cadres(actor, day).where(col(Position.unit_id) == unit_id))
    cadres: dict[int, SeenCadre] = {}
    for row in rows:
        cadres.setdefault(row[0] or 0, SeenCadre(*row))
    return _standings(session, list(cadres.values()), year)


def standing_of(session: Session, cadre: SeenCadre, year: int) -> Standing:
    """How far the year has got for ``cadre``."""
    return _standings(session, [cadre], year)[0]


def _standings(session: Session, cadres: list[SeenCadre], year: int) -> list[Standing]:
    ids = [cadre.id for cadre in cadres]
    forms: dict[tuple[int, DocumentKind], DocumentState] = {
        (who, kind): state
        for who, kind, state in session.execute(
            select(col(Document.cadre_id), col(Document.kind), col(Document.state)).where(
                col(Document.cadre_id).in_(ids), col(Document.year) == year
            )
        )
    }
    of_year = select(col(Assessment.cadre_id), col(Assessment.rating)).where(
        col(Assessment.cadre_id).in_(ids), col(Assessment.year) == year
    )
    ratings = {who: rating for who, rating in session.execute(of_year)}  # noqa: C416  # rows are no plain pairs to mypy
    sources: dict[int, set[str]] = {}
    for who, source in session.execute(
        select(col(AssessmentComment.cadre_id), col(AssessmentComment.source)).where(
            col(AssessmentComment.cadre_id).in_(ids), col(AssessmentComment.year) == year
        )
    ):
        sources.setdefault(who, set()).add(source)
    found = [
        Standing(
            cadre,
            forms.get((cadre.id, DocumentKind.REGISTRATION)),
            forms.get((cadre.id, DocumentKind.SELF_REVIEW)),
            ratings.get(cadre.id, ""),
            frozenset(sources.get(cadre.id, ())),
        )
        for cadre in cadres
    ]
    return sorted(found, key=lambda one: (fold(one.cadre.name), one.cadre.code))


def comments_of(session: Session, cadre_id: int, year: int) -> dict[str, str]:
    """What each source says, by its id."""
    query = select_model(AssessmentComment).where(
        AssessmentComment.cadre_id == cadre_id, AssessmentComment.year == year
    )
    return {row.source: row.words for row in session.exec(query)}


def comment(
    session: Session, actor: Actor, cadre_id: int, year: int, source: str, words: str, now: datetime
) -> AssessmentComment:
    """Write down what ``source`` says of the year; said again, it replaces what was written."""
    query = select_model(AssessmentComment).where(
        AssessmentComment.cadre_id == cadre_id, AssessmentComment.year == year, AssessmentComment.source == source
    )
    row = session.exec(query).first() or AssessmentComment(
        cadre_id=cadre_id, year=year, source=source, words="", written_by=actor.cadre_id, written_at=now
    )
    row.words, row.written_by, row.written_at = clean(words), actor.cadre_id, now
    session.add(row)
    session.flush()
    return row


def outcome_of(session: Session, cadre_id: int, year: int) -> Assessment | None:
    """The rating of that year."""
    return session.exec(
        select_model(Assessment).where(Assessment.cadre_id == cadre_id, Assessment.year == year)
    ).first()


def rate(
    session: Session,
    actor: Actor,
    cadre_id: int,
    year: int,
    *,
    plan_id: str,
    rating: str,
    body: str,
    met_on: date,
    now: datetime,
) -> Assessment:
    """Give the rating, or another one after an inspection. Raises RefusedError for somebody unregistered (K-22)."""
    form = own_document(session, cadre_id, DocumentKind.REGISTRATION, year)
    if form is None or not form.is_handed_in:
        raise RefusedError(f"Người này chưa có bản đăng ký năm {year} nên chưa xếp loại được.")
    row = outcome_of(session, cadre_id, year) or Assessment(
        cadre_id=cadre_id, year=year, plan_id="", rating="", body="", met_on=met_on, rated_by=0, rated_at=now
    )
    row.plan_id, row.rating, row.body, row.met_on = plan_id, rating, body, met_on
    row.rated_by, row.rated_at = actor.cadre_id, now
    session.add(row)
    session.flush()
    session.add(
        AssessmentEvent(assessment_id=row.id or 0, at=now, actor_id=actor.cadre_id, rating=rating, met_on=met_on)
    )
    session.flush()
    return row


def answer(session: Session, cadre_id: int, year: int, words: str, now: datetime) -> Assessment | None:
    """The cadre's one answer to the outcome. None when there is no outcome, or an answer already."""
    row = outcome_of(session, cadre_id, year)
    if row is None or row.answered_at is not None:
        return None
    row.answer, row.answered_at = clean(words), now
    session.add(row)
    session.flush()
    return row
