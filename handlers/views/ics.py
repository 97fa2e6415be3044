"""Calendars as RFC 5545 writes them: folded lines, escaped texts, days as days and instants in UTC.

UTC needs no description of a time zone, and a deadline of a whole day is a day wherever the phone is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

PRODUCT = "-//doanbot//deadlines//VI"
LONGEST_LINE = 75
_DAY = timedelta(days=1)
# Eight in the morning, so many days before; the day itself last.
ALARM_DAYS, ALARM_HOUR = (7, 1, 0), 8


@dataclass(frozen=True, slots=True)
class Event:
    """A day or (with ``at``, aware) an instant of the calendar. ``uid`` stays the same as long as the matter does."""

    uid: str
    title: str
    description: str
    day: date
    at: datetime | None = None
    changed: datetime | None = None
    alarms: bool = True


def calendar(name: str, events: Iterable[Event], now: datetime) -> bytes:
    """The calendar file; ``now`` (aware) is when it was written."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    for event in events:
        lines += _event(event, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line)).encode()


def _event(event: Event, now: datetime) -> list[str]:
    if event.at is None:
        times = [f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}", f"DTEND;VALUE=DATE:{event.day + _DAY:%Y%m%d}"]
        alarms = [f"{'-' if days else ''}{_before_midnight(days)}" for days in ALARM_DAYS]
    else:
        times = [f"DTSTART:{_instant(event.at)}"]  # an end must lie later than the start, so there is none
        alarms = [f"-P{days}D" if days else "-PT3H" for days in ALARM_DAYS]
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{_instant(event.changed or now)}",
        *times,
        f"SUMMARY:{escaped(event.title)}",
        f"DESCRIPTION:{escaped(event.description)}",
        "TRANSP:TRANSPARENT",
        *(_alarms(alarms, event.title) if event.alarms else ()),
        "END:VEVENT",
    ]


def _before_midnight(days: int) -> str:
    """From the midnight with which a day begins back to eight in the morning ``days`` before; on the day, onward."""
    hours = days * 24 - ALARM_HOUR
    return f"PT{hours}H" if days else f"PT{ALARM_HOUR}H"


def _alarms(triggers: Sequence[str], title: str) -> Iterator[str]:
    for trigger in triggers:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{trigger}")
        yield from (f"DESCRIPTION:{escaped(title)}", "END:VALARM")


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """``text`` as a value of type TEXT (RFC 5545, 3.3.11); control characters are left out."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    plain = plain.replace("\r\n", "\\n").replace("\n", "\\n")
    return "".join(c for c in plain if c.isprintable())


def folded(line: str) -> Iterator[str]:
    """``line`` in parts of at most 75 octets, none of which cuts a character (RFC 5545, 3.1)."""
    part, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > LONGEST_LINE:
            yield part
            part, size = " ", 1
        part, size = part + character, size + width
    yield part
