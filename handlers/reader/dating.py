"""The days of one deed, from all days that are said of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.reader.clauses import Clause
from handlers.reader.day_words import Day
from handlers.reader.days import in_week, not_begun
from handlers.reader.results import Reason
from handlers.reader.tags import Tag


@dataclass(frozen=True, slots=True)
class Days:
    """The days of one deed: those known, or the reason why none is."""

    known: tuple[date, ...] = ()
    problem: Reason | None = None
    part: str | None = None
    shortened: bool = False

    @property
    def said(self) -> bool:
        """Whether any day is said, however vaguely."""
        return bool(self.known) or self.problem is not None


def days_of(group: Clause, now: datetime) -> Days:
    """The days that are said of a deed. A weekday is of the week named with it; a date goes before vague words."""
    today = now.date()
    said = [mark.value for mark in group.marks if isinstance(mark.value, Day)]
    parts = [day.part for day in said if day.part] + [
        mark.value for mark in group.all(Tag.PART) if isinstance(mark.value, str)
    ]
    part = parts[0] if len(set(parts)) == 1 else None
    weeks = [day.week for day in said if day.week is not None]
    bare = [day for day in said if day.weekday is not None]
    if weeks and bare:
        said = [in_week(day, day.weekday, weeks[0], today) if day.weekday is not None else day for day in said]
    known = [day for day in said if day.day is not None]
    problems = [day.problem for day in said if day.problem is not None]
    firm = [
        day.problem for day in said if day.problem is not None and (day.firm or day.problem is not Reason.VAGUE_DATE)
    ]
    months = {day.month for day in said if day.month is not None}
    if months and any(day.day.month not in months for day in known if day.day is not None):
        firm.append(Reason.VAGUE_DATE)
    if firm or (problems and not known):
        return Days((), (firm or problems)[0], part)
    dated = [day for day in known if day.dated]
    named = [day for day in known if not day.dated]
    if dated and named:
        if any(not _agree(day, dated) for day in named):
            return Days((), Reason.NO_SUCH_DATE, part)
        known = dated
    days = tuple(dict.fromkeys(day.day for day in known if day.day is not None))
    if today in days and not_begun(part, now):
        return Days((), Reason.FUTURE_DATE, part)
    return Days(days, None, part, all(day.shortened for day in known))


def _agree(day: Day, dated: Sequence[Day]) -> bool:
    if day.weekday is None:
        return any(day.day == other.day for other in dated)
    return any(other.day is not None and other.day.weekday() == day.weekday for other in dated)
