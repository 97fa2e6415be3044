"""What is due when: pure arithmetic over local days. Weekdays by name, since libraries disagree on their numbers."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from storage.periods import Period, PeriodKind
from storage.reminding import HouseRules, Subject, Topic, last_day_from

_DAY = timedelta(days=1)
# A week has a digest and a nudge, so the next thing is never further away than this.
_LONGEST_WAIT = timedelta(days=8)


class Weekday(Enum):
    """The days of the week, in their order."""

    MONDAY = "thứ Hai"
    TUESDAY = "thứ Ba"
    WEDNESDAY = "thứ Tư"
    THURSDAY = "thứ Năm"
    FRIDAY = "thứ Sáu"
    SATURDAY = "thứ Bảy"
    SUNDAY = "Chủ nhật"

    @classmethod
    def of(cls, day: date) -> "Weekday":
        """The weekday of ``day``."""
        return tuple(cls)[day.weekday()]


def _minute(hour: int, minute: int = 0) -> int:
    return hour * 60 + minute


DIGEST_DAY, DIGEST_AT = Weekday.MONDAY, _minute(7, 30)
WEEKLY = (
    (Subject.SHIRT, Weekday.MONDAY, _minute(6, 45)),
    (Subject.WEEK_NUDGE, Weekday.THURSDAY, _minute(19)),
    (Subject.WEEK_LAST_CALL, Weekday.SUNDAY, _minute(17)),
)
MONTHLY_ON_DAY = ((Subject.MONTH_PACE, 20, _minute(19)),)
MONTHLY_BEFORE_END = ((Subject.MONTH_SOON, 3, _minute(19)), (Subject.MONTH_END, 0, _minute(17)))
DEADLINE_DAYS_BEFORE, DEADLINE_AT = (14, 7, 3, 1, 0), _minute(8)
# Weeks and months have reminders of their own; these come on top for longer periods.
DEADLINE_PERIODS = (PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)

# Until when it still makes sense: days after the scheduled one, and the minute of that day.
NEXT_NOON, SAME_NOON, MIDNIGHT = (1, _minute(12)), (0, _minute(12)), (1, 0)
TOO_LATE = {
    Subject.SHIRT: SAME_NOON,
    Subject.WEEK_NUDGE: NEXT_NOON,
    Subject.WEEK_LAST_CALL: MIDNIGHT,
    Subject.MONTH_PACE: NEXT_NOON,
    Subject.MONTH_SOON: NEXT_NOON,
    Subject.MONTH_END: MIDNIGHT,
    Subject.DEADLINE: MIDNIGHT,
}
DIGEST_TOO_LATE = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something due at ``at`` (aware UTC). What is not sent by ``expires_at`` is too late."""

    at: datetime
    expires_at: datetime

    @property
    def key(self) -> str:
        """Unique among all occurrences."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Raised(Occurrence):
    """A topic to remind of. ``is_last_call`` on a deadline's very last day."""

    topic: Topic
    is_last_call: bool = False

    @property
    def key(self) -> str:
        """For example "week_nudge 2026-11-19"."""
        return self.topic.code


@dataclass(frozen=True, slots=True)
class Closed(Occurrence):
    """A week that has closed: time for its digest."""

    week: Period

    @property
    def key(self) -> str:
        """For example "digest 2026-W47"."""
        return f"digest {self.week.key}"


def due(house: HouseRules, after: datetime, until: datetime) -> list[Occurrence]:
    """Everything due later than ``after`` and not later than ``until``, in order of time."""
    if until <= after:
        return []
    first, last = house.clock.local_day(after), house.clock.local_day(until)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [found for day in days for found in due_on(house, day) if after < found.at <= until]


def due_on(house: HouseRules, day: date) -> list[Occurrence]:
    """Everything due on the local day ``day``, in order of time."""
    found: list[Occurrence] = [*raised_on(house, day)]
    if Weekday.of(day) is DIGEST_DAY:
        at = house.clock.at(day, DIGEST_AT)
        found.append(Closed(at, at + DIGEST_TOO_LATE, Period.of(PeriodKind.WEEK, day).previous()))
    return sorted(found, key=lambda occurrence: (occurrence.at, occurrence.key))


def raised_on(house: HouseRules, day: date) -> list[Raised]:
    """The topics raised on the local day ``day``, in order of time."""
    clock = house.clock
    found = []
    for topic, minute in _topics(house, day):
        days, limit = TOO_LATE[topic.subject]
        last_call = topic.subject is Subject.DEADLINE and topic.last_day(house.plan) == day
        found.append(Raised(clock.at(day, minute), clock.at(day + days * _DAY, limit), topic, last_call))
    return sorted(found, key=lambda raised: (raised.at, raised.key))


def next_after(house: HouseRules, instant: datetime) -> Occurrence:
    """The first thing due later than ``instant``."""
    return due(house, instant, instant + _LONGEST_WAIT)[0]


def _topics(house: HouseRules, day: date) -> Iterator[tuple[Topic, int]]:
    weekday = Weekday.of(day)
    for subject, on, minute in WEEKLY:
        if weekday is on and (subject is not Subject.SHIRT or house.calendar.is_working_day(day)):
            yield Topic(subject, day), minute
    for subject, number, minute in MONTHLY_ON_DAY:
        if day.day == number:
            yield Topic(subject, day), minute
    left = monthrange(day.year, day.month)[1] - day.day
    for subject, before, minute in MONTHLY_BEFORE_END:
        if left == before:
            yield Topic(subject, day), minute
    for deadline_id in _deadlines(house, day):
        yield Topic(Subject.DEADLINE, day, deadline_id), DEADLINE_AT


def _deadlines(house: HouseRules, day: date) -> Iterator[str]:
    """The deadlines one speaks of on ``day``; those whose day the plan leaves open are none."""
    for deadline in house.plan.file.deadlines:
        if deadline.every in DEADLINE_PERIODS:
            last = last_day_from(deadline, day)
            if last is not None and (last - day).days in DEADLINE_DAYS_BEFORE:
                yield deadline.id
