"""What a message says: the reading, its entries, and the JSON that ``doanbot read`` prints."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from storage.terms import EntryKind

MINUTES = 60


class Intent(StrEnum):
    """What is to be done with a message."""

    LOG = "log"
    ASK = "ask"
    NOT_LOG = "not_log"


class Route(StrEnum):
    """What a message is that logs nothing."""

    QUERY_PROGRESS = "query_progress"
    RULE_QUESTION = "rule_question"
    ANNOUNCEMENT = "announcement"
    CORRECTION = "correction"
    REMINDER_REQUEST = "reminder_request"
    REPORT_REQUEST = "report_request"
    THIRD_PARTY = "third_party"
    PLAN = "plan"
    NEGATED = "negated"
    NOT_COUNTED = "not_counted"
    SMALLTALK = "smalltalk"
    OTHER = "other"


class Reason(StrEnum):
    """Why a message that tells of a deed is asked about before it is a log."""

    ABBREVIATIONS = "abbreviations"
    WHICH_MEETING = "which_meeting"
    UNCLEAR_DEED = "unclear_deed"
    OTHER_BODY = "other_body"
    UNSURE_WHO = "unsure_who"
    MEANT_AS_LOG = "meant_as_log"
    UNFINISHED = "unfinished"
    PARTLY_NEGATED = "partly_negated"
    NO_DATE = "no_date"
    VAGUE_DATE = "vague_date"
    FUTURE_DATE = "future_date"
    NO_SUCH_DATE = "no_such_date"
    LUNAR_DATE = "lunar_date"
    LONG_AGO = "long_ago"
    SEVERAL_DATES = "several_dates"
    NOT_MONDAY = "not_monday"
    NO_HOURS = "no_hours"
    VAGUE_HOURS = "vague_hours"
    DURATION_OR_CLOCK = "duration_or_clock"
    SEVERAL_TIMES = "several_times"
    TOO_MANY_HOURS = "too_many_hours"
    INSIDE_OFFICE_HOURS = "inside_office_hours"
    NO_TITLE = "no_title"
    RECOGNITION_UNKNOWN = "recognition_unknown"


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit that the person belongs to or may name."""

    id: int
    name: str


@dataclass(slots=True)
class ReadEntry:
    """One thing done, as far as it is understood. Minutes are a duration; ``start`` and ``end`` minutes of the day."""

    kind: EntryKind | None = None
    day: date | None = None
    minutes: int | None = None
    start: int | None = None
    end: int | None = None
    title: str | None = None
    unit: str | None = None
    unit_id: int | None = None
    form: str | None = None
    status: str | None = None
    recognized_by: str | None = None
    convener: str | None = None
    on_time: bool | None = None
    late_minutes: int | None = None
    occasion: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message says. ``question`` is the one to ask when ``intent`` is ask; ``route`` is of a not_log.

    ``days`` are those of the entries that a correction speaks of, as far as it names them.
    """

    intent: Intent
    entries: tuple[ReadEntry, ...] = ()
    missing: tuple[str, ...] = ()
    question: str | None = None
    route: Route | None = None
    reason: Reason | None = field(default=None)
    days: tuple[date, ...] = ()


_OPTIONAL = ("status", "recognized_by", "convener", "on_time", "late_minutes", "occasion")


def to_json(reading: Reading) -> dict[str, Any]:
    """The reading as plain values: days as ISO, hours as a number, clock times as "HH:MM"."""
    return {
        "intent": reading.intent.value,
        "entries": [_entry(entry) for entry in reading.entries],
        "missing": list(reading.missing),
        "question": reading.question,
        "route": reading.route and reading.route.value,
    }


def _entry(entry: ReadEntry) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "type": entry.kind and entry.kind.value,
        "date": entry.day and entry.day.isoformat(),
        "hours": _hours(entry.minutes),
        "start": _clock(entry.start),
        "end": _clock(entry.end),
        "title": entry.title,
        "unit": entry.unit,
    }
    known = {name: value for name in _OPTIONAL if (value := getattr(entry, name)) is not None}
    return shown | known | ({"kind": entry.form} if entry.form else {})


def _hours(minutes: int | None) -> float | int | None:
    if minutes is None:
        return None
    return minutes // MINUTES if minutes % MINUTES == 0 else round(minutes / MINUTES, 4)


def _clock(minute: int | None) -> str | None:
    return None if minute is None else f"{minute // MINUTES:02}:{minute % MINUTES:02}"
