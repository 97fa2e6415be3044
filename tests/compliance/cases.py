"""Reads the cases that stand beside a plan: a cadre, a day, and what the evaluation must say."""

import json
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from storage.calendar import default_calendar
from storage.compliance import evaluate, to_json
from storage.compliance.records import (
    AbsenceRecord,
    DocumentRecord,
    EntryRecord,
    PersonRecord,
    PositionRecord,
    UnitRecord,
    UnitTree,
)
from storage.datafile import StrictModel, read_file
from storage.plans import Plan
from storage.plans.plan import FOLDER
from storage.plans.schema import PlanFile
from storage.terms import (
    DocumentKind,
    EntryKind,
    EntryState,
    Group,
    PositionTitle,
    RecognisedBy,
    Requirement,
    UnitType,
)

CASES = FOLDER / "cases"


class CaseUnit(StrictModel):
    """A unit of the cases, of all times unless dated."""

    code: str
    type: UnitType
    parent: str | None
    first: Annotated[date, Field(alias="from")] = date(2000, 1, 1)
    last: Annotated[date | None, Field(alias="to")] = None


class CasePosition(StrictModel):
    """A position, in the public-sector bloc since 2020 unless said otherwise."""

    unit: str
    title: PositionTitle
    full_time: bool = False
    public_sector: bool = True
    first: Annotated[date, Field(alias="from")] = date(2020, 1, 1)
    last: Annotated[date | None, Field(alias="to")] = None


class CaseEntry(StrictModel):
    """An entry; ``at`` is the clock range "18:00-20:30"."""

    kind: EntryKind
    day: date
    at: str | None = None
    minutes: int | None = None
    organiser: str | None = None
    applied: bool = False
    recognised_by: RecognisedBy | None = None
    recognised_on: date | None = None
    on_time: bool | None = None
    state: EntryState = EntryState.DECLARED

    def record(self, number: int) -> EntryRecord:
        """The entry as evaluation reads it."""
        start, end = (_minute(text) for text in self.at.split("-")) if self.at else (None, None)
        fields = self.model_dump(exclude={"at"})
        return EntryRecord(id=number, start=start, end=end, **fields)


class CaseDocument(StrictModel):
    """A form handed in."""

    kind: DocumentKind
    day: date
    state: EntryState = EntryState.DECLARED


class CaseAbsence(StrictModel):
    """Leave."""

    first: Annotated[date, Field(alias="from")]
    last: Annotated[date, Field(alias="to")]


class Expected(StrictModel):
    """What must be said; figures that are not named may be anything."""

    group: Group | None = None
    results: dict[Requirement, dict[str, Any]] = Field(default_factory=dict)


class Case(StrictModel):
    """A cadre on a day under the plan, with some rulings changed perhaps."""

    name: str
    on: date
    positions: tuple[CasePosition, ...]
    entries: tuple[CaseEntry, ...] = ()
    absences: tuple[CaseAbsence, ...] = ()
    documents: tuple[CaseDocument, ...] = ()
    rulings: dict[str, str] = Field(default_factory=dict)
    expect: Expected


class CaseFile(StrictModel):
    """A file of cases."""

    cases: tuple[Case, ...]


class UnitsFile(StrictModel):
    """The units all cases of a plan share."""

    units: tuple[CaseUnit, ...]


def _minute(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


@lru_cache
def tree_of(folder: Path) -> UnitTree:
    """The units of the cases in ``folder``."""
    units = read_file(folder / "units.yaml", UnitsFile).units
    return UnitTree([UnitRecord(unit.code, unit.code, unit.type, unit.parent, unit.first, unit.last) for unit in units])


def all_cases() -> Iterator[tuple[str, str, Case]]:
    """Every case with its plan and the name of its file."""
    for file in sorted(CASES.glob("*/*.yaml")):
        if file.name != "units.yaml":
            for case in read_file(file, CaseFile).cases:
                yield file.parent.name, file.stem, case


def plan_with(plan_id: str, rulings: dict[str, str]) -> Plan:
    """The plan ``plan_id`` with other readings chosen."""
    return _plan_with(plan_id, tuple(sorted(rulings.items())))


@lru_cache
def _plan_with(plan_id: str, readings: tuple[tuple[str, str], ...]) -> Plan:
    rulings = dict(readings)
    file = read_file(FOLDER / f"{plan_id}.yaml", PlanFile)
    changed = file.model_dump(mode="json", by_alias=True)
    for ruling in changed["rulings"]:
        ruling["chosen"] = rulings.get(ruling["id"], ruling["chosen"])
    return Plan(PlanFile.model_validate_json(json.dumps(changed)))


def person_of(case: Case) -> PersonRecord:
    """The cadre of ``case``."""
    return PersonRecord(
        "CB",
        "CB",
        tuple(PositionRecord(p.unit, p.title, p.full_time, p.public_sector, p.first, p.last) for p in case.positions),
        tuple(entry.record(number) for number, entry in enumerate(case.entries)),
        tuple(AbsenceRecord(a.first, a.last) for a in case.absences),
        tuple(DocumentRecord(d.kind, d.day, d.state) for d in case.documents),
    )


def outcome(plan: Plan, tree: UnitTree, case: Case) -> dict[str, Any]:
    """The JSON answer for ``case``."""
    return to_json(evaluate(plan, tree, default_calendar(), person_of(case), case.on))
