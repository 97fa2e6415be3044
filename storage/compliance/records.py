"""The plain records that evaluation reads. Whoever has the data (a database, a test) fills them in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from storage.terms import DocumentKind, EntryKind, EntryState, PositionTitle, RecognisedBy, UnitType

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A unit as it was from ``start`` to ``end`` (both included; open when None)."""

    code: str
    name: str
    type: UnitType
    parent: str | None
    start: date
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Whether this record is the valid one on ``day``."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class PositionRecord:
    """One position of a cadre in one unit, ``start`` to ``end`` (both included; open when None)."""

    unit: str
    title: PositionTitle
    full_time: bool
    public_sector: bool
    start: date
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the position is in force on ``day``."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """One thing a cadre logged. ``start`` and ``end`` are minutes of the day, ``minutes`` the duration."""

    id: int
    kind: EntryKind
    day: date
    start: int | None = None
    end: int | None = None
    minutes: int | None = None
    title: str = ""
    organiser: str | None = None
    applied: bool = False
    recognised_by: RecognisedBy | None = None
    recognised_on: date | None = None
    on_time: bool | None = None
    state: EntryState = EntryState.DECLARED


@dataclass(frozen=True, slots=True)
class AbsenceRecord:
    """Leave or exemption, ``start`` to ``end`` (both included), with the number of its decision if any."""

    start: date
    end: date
    reason: str = ""
    decision_no: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A form handed in on ``day`` (C-07)."""

    kind: DocumentKind
    day: date
    state: EntryState = EntryState.DECLARED


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A cadre with everything evaluation may look at."""

    code: str
    name: str
    positions: tuple[PositionRecord, ...] = ()
    entries: tuple[EntryRecord, ...] = ()
    absences: tuple[AbsenceRecord, ...] = ()
    documents: tuple[DocumentRecord, ...] = ()

    def is_absent(self, day: date) -> bool:
        """Whether approved leave or an exemption covers ``day``."""
        return any(absence.start <= day <= absence.end for absence in self.absences)


@dataclass(slots=True)
class UnitTree:
    """Which unit was what, below which, on which day. Built once, asked often."""

    records: Iterable[UnitRecord]
    _versions: dict[str, tuple[UnitRecord, ...]] = field(init=False, repr=False)
    _children: dict[str, tuple[UnitRecord, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index the records by code and by superior."""
        versions, children = defaultdict(list), defaultdict(list)
        self.records = tuple(self.records)
        for record in self.records:
            versions[record.code].append(record)
            if record.parent is not None:
                children[record.parent].append(record)
        self._versions = {code: tuple(found) for code, found in versions.items()}
        self._children = {code: tuple(found) for code, found in children.items()}

    def find(self, code: str, day: date) -> UnitRecord | None:
        """The unit ``code`` as it was on ``day``, or None."""
        for record in self._versions.get(code, ()):
            if record.holds(day):
                return record
        return None

    def at(self, code: str, day: date) -> UnitRecord:
        """The unit ``code`` as it was on ``day``. Raises LookupError when there was none."""
        record = self.find(code, day)
        if record is None:
            raise LookupError(f"không có đơn vị {code!r} vào ngày {day:%d/%m/%Y}")
        return record

    def changes(self, code: str) -> list[date]:
        """The days on which ``code`` becomes something else: where a record starts, and the day after it ends."""
        versions = self._versions.get(code, ())
        return [record.start for record in versions] + [record.end + _DAY for record in versions if record.end]

    def is_below(self, code: str, ancestor: str, day: date) -> bool:
        """Whether ``code`` is strictly below ``ancestor`` on ``day``, at any depth."""
        seen = {code}
        record = self.find(code, day)
        while record is not None and record.parent is not None and record.parent not in seen:
            if record.parent == ancestor:
                return self.find(ancestor, day) is not None
            seen.add(record.parent)
            record = self.find(record.parent, day)
        return False

    def children(self, code: str, day: date) -> list[str]:
        """The codes of the units directly below ``code`` on ``day``."""
        return [record.code for record in self._children.get(code, ()) if record.holds(day)]

    def subtree(self, code: str, day: date) -> list[str]:
        """``code`` and the codes of all units below it on ``day``, superiors first."""
        self.at(code, day)
        found = {code: None}
        queue = [code]
        for unit in queue:
            fresh = [child for child in self.children(unit, day) if child not in found]
            found.update(dict.fromkeys(fresh))
            queue.extend(fresh)
        return list(found)
