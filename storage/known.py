"""What is known of people for reports of one period: read, evaluated and counted, each once.

Every unit's report looks at everybody below it: those of a whole city look at each cadre once a level, and find
the same each time, as long as the cadre's positions lie in the report's units.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from operator import is_

from sqlalchemy import or_, select
from sqlmodel import Session, col

from storage.access import subtree
from storage.calendar import WorkCalendar
from storage.compliance import evaluate
from storage.compliance.records import PersonRecord, PositionRecord, UnitTree
from storage.compliance.results import Evaluation
from storage.figures import PersonFigures, UnitLine, totalled
from storage.models import Cadre, Position, Unit
from storage.plans import Plan
from storage.records_of import load_people, load_tree

Held = tuple[PositionRecord, ...]


class People:
    """What was read of people and found out about them in the days ``first`` to ``last``."""

    def __init__(self, plan: Plan, calendar: WorkCalendar, first: date, last: date) -> None:
        """Nobody is read yet."""
        self._plan, self._calendar = plan, calendar
        self._days = first, last
        self._tree: UnitTree | None = None
        self._records: dict[str, PersonRecord] = {}
        self._found: dict[tuple[str, date, date], Evaluation] = {}
        self._figures: dict[tuple[str, date], list[tuple[PositionRecord, Held, PersonFigures]]] = {}
        self._lines: dict[tuple[str, date], tuple[Sequence[PersonFigures], UnitLine]] = {}

    def tree(self, session: Session) -> UnitTree:
        """All units."""
        if self._tree is None:
            self._tree = load_tree(session)
        return self._tree

    def code_of(self, session: Session, unit_id: int) -> str:
        """The code of a unit. Raises LookupError when there is none with this id."""
        unit = session.get(Unit, unit_id)
        if unit is None:
            raise LookupError(f"no unit with id {unit_id}")
        return unit.code

    def below(
        self, session: Session, unit_id: int, _units: Sequence[str], first: date, last: date
    ) -> Mapping[int, str]:
        """The ids and codes of all who hold a position in the unit or below, in ``_units``, in these days."""
        held = select(col(Position.cadre_id)).where(
            col(Position.unit_id).in_(subtree([unit_id], last)),
            col(Position.start_day) <= last,
            or_(col(Position.end_day).is_(None), col(Position.end_day) >= first),
        )
        query = select(col(Cadre.id), col(Cadre.code)).where(col(Cadre.id).in_(held))
        return dict(map(tuple, session.execute(query)))

    def records(self, session: Session, codes: Mapping[int, str]) -> list[PersonRecord]:
        """The cadres with these ids and codes, in the order of the codes; without who was erased since."""
        missing = [one for one, code in codes.items() if code not in self._records]
        if missing:
            self._read(session, missing)
        return [self._records[code] for code in sorted(codes.values()) if code in self._records]

    def _read(self, session: Session, missing: Sequence[int]) -> None:
        self._records |= {record.code: record for record in load_people(session, missing, *self._days)}

    def evaluate(self, tree: UnitTree, record: PersonRecord, since: date, day: date) -> Evaluation:
        """How the cadre stands at the end of ``day``, entries from before ``since`` left out."""
        key = record.code, since, day
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = evaluate(self._plan, tree, self._calendar, _since(record, since), day)
        return found

    def figures(
        self, record: PersonRecord, home: PositionRecord, held: Held, as_of: date, find: Callable[[], PersonFigures]
    ) -> PersonFigures:
        """What ``find`` says of one counted at ``home`` who holds ``held`` in a report's units, as at ``as_of``."""
        known = self._figures.setdefault((record.code, as_of), [])
        for place, positions, figures in known:
            if place is home and len(positions) == len(held) and all(map(is_, positions, held)):
                return figures
        figures = find()
        known.append((home, held, figures))
        return figures

    def line(self, tree: UnitTree, code: str, people: Sequence[PersonFigures], as_of: date) -> UnitLine:
        """The line of a unit with these, its own people; not to be changed, others have it too."""
        known = self._lines.get((code, as_of))
        if known is not None and len(known[0]) == len(people) and all(map(is_, known[0], people)):
            return known[1]
        unit = tree.at(code, as_of)
        line = totalled(code, unit.name, unit.type, people)
        self._lines[code, as_of] = people, line
        return line


def _since(record: PersonRecord, day: date) -> PersonRecord:
    """``record`` without the entries that nothing from ``day`` on can count."""
    entries = tuple(
        e for e in record.entries if e.day >= day or (e.recognised_on is not None and e.recognised_on >= day)
    )
    return replace(record, entries=entries)
