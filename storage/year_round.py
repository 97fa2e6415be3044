"""The lists and days of the year's round for a unit: from the plans that run there, else from the template.

The plan that binds Cần Thơ asks for the forms (C-07, C-08) but names no month, scale or table; those it lacks are
taken from the one template that has them (K-12, K-13, K-22), until a plan of the city's own says otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from storage.periods import Period, PeriodKind
from storage.plan_work import Run, runs_for
from storage.plans import Plan, load_plan
from storage.plans.sections import Item, Listed, ReportTable, Scope
from storage.terms import DocumentKind

TEMPLATE = "kien-giang-2019"


@dataclass(frozen=True, slots=True)
class Due:
    """When a form is to be handed in: the last day in time, the month in which its time opens, the clause."""

    last_day: date
    opens: int | None
    clause: str


@dataclass(frozen=True, slots=True)
class YearRound:
    """What runs at one unit. ``scale_plan`` is the id of the plan whose ratings are used."""

    runs: tuple[Run, ...]
    contents: tuple[Item, ...]
    donts: tuple[Item, ...]
    sources: tuple[Item, ...]
    ratings: tuple[Item, ...]
    scale_plan: str

    def due(self, kind: DocumentKind, year: int) -> Due | None:
        """The first day that a running plan names for this form in ``year``; None when none names one."""
        found = [due for run in self.runs if (due := _due(run, kind, year)) is not None]
        return min(found, key=lambda due: due.last_day, default=None)

    def rating(self, rating_id: str) -> Item | None:
        """The level of the scale with this id."""
        return next((item for item in self.ratings if item.id == rating_id), None)


def _due(run: Run, kind: DocumentKind, year: int) -> Due | None:
    period = Period.of(PeriodKind.YEAR, date(year, 1, 1))
    for deadline in run.plan.file.deadlines:
        if deadline.id == kind.value and deadline.every is PeriodKind.YEAR:
            last = deadline.last_day(period, moved=run.moved)
            if last is not None and run.first <= last and (run.last is None or last <= run.last):
                return Due(last, deadline.opens, deadline.clause)
    return None


def round_of(session: Session, binding: Plan, unit_id: int, day: date) -> YearRound:
    """The year's round at a unit on ``day``. Raises DataFileError when a plan does not come with the program."""
    found = runs_for(session, binding, unit_id, day)
    files = [run.plan.file for run in found]
    scale = next((file for file in files if file.ratings is not None), load_plan(TEMPLATE).file)
    return YearRound(
        tuple(found),
        _items([file.contents for file in files], load_plan(TEMPLATE).file.contents),
        _items([file.donts for file in files], load_plan(TEMPLATE).file.donts),
        _items([file.sources for file in files], load_plan(TEMPLATE).file.sources),
        _items([scale.ratings], None),
        scale.id,
    )


def _items(lists: Sequence[Listed | None], otherwise: Listed | None) -> tuple[Item, ...]:
    found = next((one for one in lists if one is not None), otherwise)
    return found.items if found is not None else ()


def scale_of(plan_id: str) -> dict[str, str]:
    """The words of each rating by its id, in their order."""
    ratings = load_plan(plan_id).file.ratings
    return {item.id: item.title for item in ratings.items} if ratings is not None else {}


def sources_of(plan_id: str) -> dict[str, str]:
    """The words of each source of assessment by its id, in their order."""
    sources = load_plan(plan_id).file.sources
    return {item.id: item.title for item in sources.items} if sources is not None else {}


@dataclass(frozen=True, slots=True)
class TableInUse:
    """A printed table, the plan it is from, whether that plan runs at the unit, and whom its figures count."""

    table: ReportTable
    plan_id: str
    is_running: bool
    scope: Scope


def report_table(session: Session, binding: Plan, unit_id: int, day: date) -> TableInUse:
    """The printed table of a unit's year (K-22): of a plan that runs there, else of the template."""
    for run in runs_for(session, binding, unit_id, day):
        file = run.plan.file
        if file.report_tables:
            return TableInUse(file.report_tables[0], file.id, True, file.scope)
    template = load_plan(TEMPLATE).file
    return TableInUse(template.report_tables[0], template.id, False, binding.file.scope)
