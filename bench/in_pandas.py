"""The same rows added up by pandas, as somebody would who loads them into a data frame first.

It does less than the evaluation: no organiser that must stand below, no forms, no office hours, leave or verdicts.
pandas is none of the program's dependencies; without it (``pip install pandas``) there is nothing to compare with.
"""

import importlib
import importlib.util
import sqlite3
import time
from datetime import date
from pathlib import Path
from typing import Any

from storage.periods import Period, PeriodKind

_ROWS = "SELECT cadre_id, day, kind, minutes, state FROM entry WHERE day BETWEEN ? AND ?"
_VOLUNTEERED = ("volunteer_hours", "volunteer_activity")
_ATTENDED = ("volunteer_activity", "branch_meeting", "youth_shirt", "summoned_meeting")


def is_here() -> bool:
    """Whether pandas is installed."""
    return importlib.util.find_spec("pandas") is not None


def seconds(file: Path, on: date) -> float:
    """Processor seconds to read the year's entries of ``file`` and add up week, month and year."""
    pandas = importlib.import_module("pandas")
    pandas.DataFrame({"a": [1], "b": [1]}).groupby("a").b.sum()  # what is loaded at first use is not counted
    begun = time.process_time()
    _add_up(pandas, file, on)
    return time.process_time() - begun


def _add_up(pandas: Any, file: Path, on: date) -> int:
    days = {kind: Period.of(kind, on).start.isoformat() for kind in PeriodKind}
    with sqlite3.connect(file) as connection:
        rows = pandas.read_sql_query(_ROWS, connection, params=(days[PeriodKind.YEAR], on.isoformat()))
    counted = rows[rows.state.isin(("declared", "confirmed"))]
    week = counted[
        (counted.day >= days[PeriodKind.WEEK]) & counted.kind.isin(("volunteer_hours", "volunteer_activity"))
    ]
    month = counted[(counted.day >= days[PeriodKind.MONTH]) & counted.kind.isin(_ATTENDED)]
    year = counted[counted.kind.isin(("initiative", "culture_sport"))]
    sums = week.groupby(["cadre_id", "state"]).minutes.sum()
    return len(sums) + sum(len(part.groupby(["cadre_id", "kind", "state"]).size()) for part in (month, year))
