"""What the database already has of a file's units and cadres."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlmodel import Session, col

from storage.access import valid_on
from storage.importing.cells import same_code
from storage.models import Cadre, Unit, UnitVersion
from storage.terms import UnitType


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit with its version of the day; without one (``version_id`` None) when it had ended."""

    id: int
    code: str
    version_id: int | None
    name: str | None
    type: UnitType | None
    parent_id: int | None
    since: date | None


@dataclass(frozen=True, slots=True)
class KnownCadre:
    """A cadre of the database."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Known:
    """Units and cadres of the database by ``same_code`` of their codes."""

    units: dict[str, KnownUnit]
    cadres: dict[str, KnownCadre]

    @property
    def unit_names(self) -> dict[str, str]:
        """Code → name, for hints."""
        return {unit.code: unit.name or "" for unit in self.units.values()}

    @property
    def cadre_names(self) -> dict[str, str]:
        """Code → name, for hints."""
        return {cadre.code: cadre.name for cadre in self.cadres.values()}


def load_known(session: Session, today: date) -> Known:
    """All units as they are ``today`` and all cadres."""
    units = (
        select(
            col(Unit.id),
            col(Unit.code),
            col(UnitVersion.id),
            col(UnitVersion.name),
            col(UnitVersion.type),
            col(UnitVersion.parent_id),
            col(UnitVersion.valid_from),
        )
        .select_from(Unit)
        .outerjoin(UnitVersion, and_(col(UnitVersion.unit_id) == col(Unit.id), valid_on(today)))
    )
    cadres = select(col(Cadre.id), col(Cadre.code), col(Cadre.full_name))
    return Known(
        {same_code(row[1]): KnownUnit(*row) for row in session.execute(units)},
        {same_code(row[1]): KnownCadre(*row) for row in session.execute(cadres)},
    )
