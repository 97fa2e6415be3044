"""Taking in what offices keep in Excel: the roster and the activities, all or nothing.

Reading a file is slow and needs no database; applying it is one transaction. ``ImportRefused`` names every
error at once, by sheet, row and column.
"""

from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session

from storage.importing.activities_file import ActivitiesFile, read_activities
from storage.importing.apply_activities import apply_activities
from storage.importing.apply_roster import apply_roster
from storage.importing.errors import ImportRefused, RowError
from storage.importing.roster_file import RosterFile, read_roster
from storage.importing.summary import Count, Summary

__all__ = [
    "ActivitiesFile",
    "Count",
    "ImportRefused",
    "RosterFile",
    "RowError",
    "Summary",
    "apply_activities",
    "apply_roster",
    "import_activities",
    "import_roster",
    "read_activities",
    "read_roster",
]


def import_roster(session: Session, path: Path, *, today: date, now: datetime) -> Summary:
    """Read and write a roster (.xlsx, or a folder of .csv). Raises ImportRefused, and nothing is written."""
    return apply_roster(session, read_roster(path), today=today, now=now)


def import_activities(session: Session, path: Path, *, today: date, now: datetime) -> Summary:
    """Read and write activities (.xlsx, or a folder of .csv). Raises ImportRefused, and nothing is written."""
    return apply_activities(session, read_activities(path), today=today, now=now)
