"""The two sample workbooks, changed by a test as somebody in an office might change them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from sqlmodel import Session

from storage.database import Database
from storage.importing import ImportRefused, Summary, import_activities, import_roster

SAMPLES = Path(__file__).parent.parent / "samples"
ROSTER, ACTIVITIES = SAMPLES / "roster.xlsx", SAMPLES / "activities.xlsx"
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)

FEW = 30

Change = Callable[[Workbook], object]


def changed(sample: Path, folder: Path, change: Change) -> Path:
    """A copy of ``sample`` in ``folder`` after ``change``."""
    workbook = load_workbook(sample)
    change(workbook)
    copy = folder / sample.name
    workbook.save(copy)
    return copy


@cache
def _first_activities() -> list[tuple[Any, ...]]:
    sheet = load_workbook(ACTIVITIES)["Hoạt động"]
    return list(sheet.iter_rows(max_row=FEW, values_only=True))


def few_activities(folder: Path, change: Change) -> Path:
    """The first activities of the sample in ``folder`` after ``change``: the whole sample is slow to copy."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    sheet = workbook.create_sheet("Hoạt động")
    for row in _first_activities():
        sheet.append(row)
    change(workbook)
    copy = folder / ACTIVITIES.name
    workbook.save(copy)
    return copy


def cells(sheet: str, **values: Any) -> Change:
    """Put ``values`` (H12=…) into ``sheet``; merge cells where the value is a range."""

    def change(workbook: Workbook) -> None:
        for reference, value in values.items():
            workbook[sheet][reference] = value

    return change


def take_roster(db: Database, path: Path = ROSTER, today: date = TODAY) -> Summary:
    """Import a roster."""
    return db.write_now(lambda session: import_roster(session, path, today=today, now=NOW))


def take_activities(db: Database, path: Path = ACTIVITIES, today: date = TODAY) -> Summary:
    """Import activities."""
    return db.write_now(lambda session: import_activities(session, path, today=today, now=NOW))


def refusal(db: Database, path: Path) -> list[str]:
    """The lines with which the file is refused; none when it is not."""

    def work(session: Session) -> None:
        take = import_roster if path.name.startswith("roster") else import_activities
        take(session, path, today=TODAY, now=NOW)

    try:
        db.write_now(work)
    except ImportRefused as refused:
        return refused.lines()
    return []
