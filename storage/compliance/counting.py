"""What one entry is worth for one measure, and why it is worth nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from storage.calendar import WorkCalendar
from storage.compliance.records import EntryRecord, PersonRecord, UnitTree
from storage.plans import Plan
from storage.terms import EntryKind, EntryState, Requirement, Term, UnitType

_DAY = timedelta(days=1)
_DAY_MINUTES = 24 * 60


class Reason(Term):
    """Why an entry does not count."""

    RETURNED = "returned", "bị trả lại, chưa sửa"
    DUPLICATE = "duplicate", "trùng với một mục khác cùng loại, ngày, giờ và đơn vị tổ chức"
    NO_DURATION = "no_duration", "chưa rõ số giờ"
    OFFICE_HOURS = "office_hours", "nằm trong giờ hành chính"
    UNKNOWN_ORGANISER = "unknown_organiser", "chưa rõ đơn vị tổ chức"
    NOT_BELOW = "not_below", "không do Đoàn cấp dưới tổ chức"
    NOT_RECOGNISED = "not_recognised", "chưa được công nhận"
    NO_RECOGNITION_DAY = "no_recognition_day", "chưa có ngày công nhận"
    NOT_A_SHIRT_DAY = "not_a_shirt_day", "không phải thứ Hai đi làm"
    LATE = "late", "không đúng giờ"
    UNKNOWN_TIME = "unknown_time", "chưa rõ có đúng giờ không"


class Worth(NamedTuple):
    """Minutes or times an entry adds; zero with a ``reason``. ``remark`` tells what was done to the figure."""

    amount: int
    reason: Reason | None = None
    remark: str = ""


class Measure(StrEnum):
    """What is added up. Attendance has two measures, every other requirement one."""

    HOURS = "hours"
    ACTIVITIES = "activities"
    MEETINGS = "meetings"
    INITIATIVES = "initiatives"
    CULTURE = "culture"
    SHIRTS = "shirts"
    SUMMONED = "summoned"


@dataclass(frozen=True, slots=True)
class Context:
    """Everything besides the entry itself that its worth depends on."""

    plan: Plan
    tree: UnitTree
    calendar: WorkCalendar
    person: PersonRecord
    unit: str | None


@dataclass(frozen=True, slots=True)
class Counting:
    """How a measure is counted: for which requirement, from which kinds, by which rule."""

    requirement: Requirement
    kinds: frozenset[EntryKind]
    worth: Callable[[EntryRecord, Context], Worth]


def counted_day(entry: EntryRecord) -> date:
    """The day that decides the period: of recognition for an initiative (ruling I-9), else the entry's own."""
    if entry.kind is EntryKind.INITIATIVE and entry.recognised_by and entry.recognised_on:
        return entry.recognised_on
    return entry.day


def worth(measure: Measure, entry: EntryRecord, context: Context) -> Worth:
    """What ``entry`` adds to ``measure``. Returned entries add nothing (deleted ones are not asked about)."""
    if entry.state is EntryState.RETURNED:
        return Worth(0, Reason.RETURNED)
    return COUNTINGS[measure].worth(entry, context)


def _hours(entry: EntryRecord, context: Context) -> Worth:
    """Minutes outside office hours (C-19, C-27, ruling I-11); without clock times the declared ones."""
    start, end = entry.start, entry.end
    if start is not None and end is None and entry.minutes is not None:
        end = start + entry.minutes
    if start is None or end is None:
        if not entry.minutes or entry.minutes < 0:
            return Worth(0, Reason.NO_DURATION)
        return Worth(entry.minutes, remark="tự khai, không ghi giờ bắt đầu và kết thúc")
    if end < start:
        end += _DAY_MINUTES
    minutes = end - start if entry.minutes is None else entry.minutes
    if minutes <= 0:
        return Worth(0, Reason.NO_DURATION)
    inside = _office_minutes(entry.day, start, end, context)
    reading = context.plan.rulings["I-11"]
    if not inside or reading == "trust":
        return Worth(minutes)
    counted = 0 if reading == "refuse" else min(minutes, end - start - inside)
    if counted <= 0:
        return Worth(0, Reason.OFFICE_HOURS)
    return Worth(counted, remark=f"đã trừ {minutes - counted} phút giờ hành chính" if counted < minutes else "")


def _office_minutes(day: date, start: int, end: int, context: Context) -> int:
    """How many of the minutes ``start`` to ``end`` (possibly past midnight) lie within office hours."""
    found = 0
    for shift in (0, _DAY_MINUTES):
        if end > shift:
            hours = () if context.person.is_absent(day) else context.calendar.office_intervals(day, context.unit)
            found += sum(max(0, min(end, last + shift) - max(start, first + shift)) for first, last in hours)
        day += _DAY
    return found


def _attendance(entry: EntryRecord, context: Context) -> Worth:
    """One, when a unit below the cadre's own organised it that day (ruling I-7).

    The cadre's own units are those of every position held that day. A Chi đoàn cơ sở has no unit below:
    its own events count (ruling I-5).
    """
    if context.plan.rulings["I-7"] == "any":
        return Worth(1)
    if entry.organiser is None:
        return Worth(0, Reason.UNKNOWN_ORGANISER)
    tree, day = context.tree, entry.day
    for position in context.person.positions:
        if not position.holds(day):
            continue
        if tree.is_below(entry.organiser, position.unit, day):
            return Worth(1)
        own = tree.find(position.unit, day)
        if own and own.code == entry.organiser and own.type is UnitType.GRASSROOTS_BRANCH:
            return Worth(1)
    known = tree.find(entry.organiser, day) is not None
    return Worth(0, Reason.NOT_BELOW if known else Reason.UNKNOWN_ORGANISER)


def _initiative(entry: EntryRecord, _: Context) -> Worth:
    """One, when somebody entitled recognised it (C-22)."""
    if entry.recognised_by is None:
        return Worth(0, Reason.NOT_RECOGNISED)
    return Worth(1) if entry.recognised_on else Worth(0, Reason.NO_RECOGNITION_DAY)


def _once(_: EntryRecord, __: Context) -> Worth:
    """One: any song, dance or sport (C-29, ruling I-8)."""
    return Worth(1)


def _shirt(entry: EntryRecord, context: Context) -> Worth:
    """One, on a Monday that is neither a day off nor leave (C-23, C-30)."""
    day = entry.day
    due = day.weekday() == 0 and not context.calendar.name_of_holiday(day) and not context.person.is_absent(day)
    return Worth(1) if due else Worth(0, Reason.NOT_A_SHIRT_DAY)


def _summoned(entry: EntryRecord, _: Context) -> Worth:
    """One, when the cadre was on time (C-24, C-31)."""
    if entry.on_time:
        return Worth(1)
    return Worth(0, Reason.UNKNOWN_TIME if entry.on_time is None else Reason.LATE)


_HOURS_KINDS = frozenset({EntryKind.VOLUNTEER_HOURS, EntryKind.VOLUNTEER_ACTIVITY})

COUNTINGS: dict[Measure, Counting] = {
    Measure.HOURS: Counting(Requirement.VOLUNTEER_HOURS, _HOURS_KINDS, _hours),
    Measure.ACTIVITIES: Counting(Requirement.ATTENDANCE, frozenset({EntryKind.VOLUNTEER_ACTIVITY}), _attendance),
    Measure.MEETINGS: Counting(Requirement.ATTENDANCE, frozenset({EntryKind.BRANCH_MEETING}), _attendance),
    Measure.INITIATIVES: Counting(Requirement.INITIATIVE, frozenset({EntryKind.INITIATIVE}), _initiative),
    Measure.CULTURE: Counting(Requirement.CULTURE_SPORT, frozenset({EntryKind.CULTURE_SPORT}), _once),
    Measure.SHIRTS: Counting(Requirement.YOUTH_SHIRT, frozenset({EntryKind.YOUTH_SHIRT}), _shirt),
    Measure.SUMMONED: Counting(Requirement.SUMMONED_MEETINGS, frozenset({EntryKind.SUMMONED_MEETING}), _summoned),
}
