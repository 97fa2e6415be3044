"""What is said of time: lengths, hours of the clock and spans, and what "2h" turns out to mean (``settle``)."""

from dataclasses import dataclass
from enum import Enum
from unicodedata import normalize

from handlers.reader.tokens import Token

HOUR = 60
HALF_DAY = 12 * HOUR
DAY = 24 * HOUR
PARTS = ("sang", "trua", "chieu", "toi", "dem", "khuya")
_EVENING, _DAWN = 18 * HOUR, 5 * HOUR


@dataclass(frozen=True, slots=True)
class Length:
    """A duration; None when it is said but cannot be told."""

    minutes: int | None


@dataclass(frozen=True, slots=True)
class Hour:
    """ "2h", "2h30", "8 giờ tối": as written. ``short`` with "p" at the end, ``exact`` with minutes."""

    hour: int
    minute: int = 0
    exact: bool = False
    short: bool = False
    sign: bool = True
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """From one hour to another, as written."""

    first: Hour
    last: Hour

    def minutes(self, ambient: str | None) -> tuple[int, int] | None:
        """Start and end as minutes of the day when said of ``ambient``, a part of the day; None if backwards."""
        first_part, last_part = self.first.part, self.last.part
        end = minute_of_day(self.last, last_part or first_part or ambient)
        start = minute_of_day(self.first, first_part or last_part or ambient)
        midnight = self.last.hour == 12 and (last_part or first_part or ambient) in {"toi", "dem", "khuya"}
        if (end == 0 and self.last.minute == 0) or midnight:
            end = DAY
        if first_part is None and start >= end:
            start = minute_of_day(self.first, None)
        known = first_part or ambient
        if last_part is None and known in {"sang", "trua"} and end <= start and self.last.hour < 6:
            end += HALF_DAY
        if start >= _EVENING and end <= _DAWN:  # "21h30 đến 0h30" ends on the next day
            return start, end + DAY
        return (start, end) if start < end <= DAY else None


Time = Length | Hour | Span


class Sense(Enum):
    """What an ``Hour`` turns out to be."""

    LENGTH = "length"
    CLOCK = "clock"
    UNSURE = "unsure"


def minute_of_day(hour: Hour, part: str | None) -> int:
    """The minute that ``hour`` names in ``part`` of the day: 8 in the evening is 20:00, 1 at noon 13:00."""
    minute = hour.hour * HOUR + hour.minute
    if hour.hour == 12 and part in {"dem", "khuya"}:
        return hour.minute
    if hour.hour >= 12:
        return minute
    if part == "chieu" or (part == "toi" and hour.hour >= 1) or (part == "trua" and hour.hour < 5):
        return minute + HALF_DAY
    return minute + HALF_DAY if part in {"dem", "khuya"} and hour.hour >= 5 else minute


_FITTING = {
    "sang": ((4, 11),),
    "trua": ((1, 2), (10, 14)),
    "chieu": ((1, 6), (12, 18)),
    "toi": ((5, 11), (17, 23)),
    "dem": ((0, 4), (8, 12), (20, 24)),
    "khuya": ((0, 4), (9, 12), (21, 24)),
}


def fits(hour: Hour, part: str) -> bool:
    """Whether people say this hour of that part of the day."""
    return any(first <= hour.hour <= last for first, last in _FITTING[part])


_UNLIKE_PARTS = {"tôi", "tới", "tội", "tỏi", "tời", "sàng", "sảng", "chiếu", "chiểu", "đếm", "đệm"}


def may_be_part(token: Token) -> bool:
    """Whether a word that folds to a part of the day is one as it is written: "tối", not "tôi" or "tới"."""
    return normalize("NFC", token.text.lower()) not in _UNLIKE_PARTS


def settle(hour: Hour, cue: Sense | None, ambient: str | None, *, after_deed: bool) -> Sense:
    """Duration or clock time, from the word before, the part of the day and the place in the sentence."""
    if hour.part is not None:
        return Sense.CLOCK if fits(hour, hour.part) or cue is Sense.CLOCK else Sense.LENGTH
    if hour.hour > 12:
        return Sense.CLOCK
    if cue is not None:
        return cue
    if hour.short and hour.hour <= 5:
        return Sense.LENGTH
    if ambient is not None:
        return Sense.UNSURE if fits(hour, ambient) else Sense.LENGTH
    if after_deed and not hour.exact and 1 <= hour.hour <= 4:
        return Sense.LENGTH
    return Sense.UNSURE
