"""Training models of units (C-04, C-06, C-16): kept with their history, and laid beside others that read alike.

Whether two are the same idea is for people to say: nothing here refuses a model for being like another, except the
very text of the superior unit, unchanged, which would not be a model of one's own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlmodel import Session, col
from sqlmodel import select as select_model

from storage.models import TrainingModel
from storage.people import UnitRow
from storage.plan_work import load_units
from storage.text import fold

MOST_ALIKE = 3
ALIKE_FROM = 60  # of 100; an assumption: below it rapidfuzz finds hardly a common thought
_DAYS_TO_COME = date.max


class CopiedError(ValueError):
    """The text is that of the superior unit's model, word by word."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A model of another unit that reads like the one looked at."""

    model: TrainingModel
    unit: UnitRow


def current_models(session: Session, day: date) -> dict[int, TrainingModel]:
    """The model of each unit that has one on ``day``, by unit id; a unit's latest where it began several."""
    query = (
        select_model(TrainingModel)
        .where(col(TrainingModel.first_day) <= day, col(TrainingModel.replaced_by).is_(None))
        .order_by(col(TrainingModel.id))
    )
    return {row.unit_id: row for row in session.exec(query) if (row.ended_on or _DAYS_TO_COME) > day}


def model_of(session: Session, unit_id: int, day: date) -> TrainingModel | None:
    """The model of the unit on ``day``."""
    return current_models(session, day).get(unit_id)


def superiors_model(session: Session, unit_id: int, day: date) -> Alike | None:
    """The model of the nearest unit above that has one."""
    models = current_models(session, day)
    above = (Alike(models[unit.id], unit) for unit in load_units(session, day).above(unit_id) if unit.id in models)
    return next(above, None)


def alike(session: Session, unit_id: int, texts: Iterable[str], day: date) -> list[Alike]:
    """The models of other units whose idea and way read most like ``texts``, the most alike first."""
    units, wanted = load_units(session, day), fold(" ".join(texts))
    scored = [
        (fuzz.token_set_ratio(wanted, fold(f"{row.idea} {row.way}")), units.by_id[other].code, row)
        for other, row in current_models(session, day).items()
        if other != unit_id and other in units.by_id
    ]
    near = sorted((one for one in scored if one[0] >= ALIKE_FROM), key=lambda one: (-one[0], one[1]))
    return [Alike(row, units.by_id[row.unit_id]) for _, _, row in near[:MOST_ALIKE]]


def is_copy(session: Session, unit_id: int, idea: str, way: str, day: date) -> bool:
    """Whether this is the text of the superior unit's model, but for case, diacritics and spaces (C-16)."""
    above = superiors_model(session, unit_id, day)
    return above is not None and _words(idea, way) == _words(above.model.idea, above.model.way)


def write_model(
    session: Session, unit_id: int, cadre_id: int, name: str, idea: str, way: str, day: date, now: datetime
) -> TrainingModel:
    """Keep the unit's model, in place of the one it has. Raises CopiedError."""
    if is_copy(session, unit_id, idea, way, day):
        raise CopiedError
    before = model_of(session, unit_id, day)
    row = TrainingModel(
        unit_id=unit_id,
        name=name,
        idea=idea,
        way=way,
        first_day=before.first_day if before is not None else day,
        written_by=cadre_id,
        written_at=now,
    )
    session.add(row)
    session.flush()
    if before is not None:
        before.replaced_by = row.id
        session.add(before)
        session.flush()
    return row


def end_model(session: Session, unit_id: int, cadre_id: int, day: date) -> TrainingModel | None:
    """End the unit's model with the day before ``day``; None when it has none."""
    row = model_of(session, unit_id, day)
    if row is not None:
        row.ended_on, row.ended_by = day, cadre_id
        session.add(row)
        session.flush()
    return row


def versions(session: Session, unit_id: int) -> int:
    """How many times the unit has written down a model."""
    return len(session.execute(select(col(TrainingModel.id)).where(col(TrainingModel.unit_id) == unit_id)).all())


def _words(*texts: str) -> list[str]:
    return fold(" ".join(texts)).split()
