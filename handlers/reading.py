"""Days, durations and clock times as people type them, with or without diacritics.

Each reader answers one question and either returns a value or raises ``NotRead`` with the problem. Texts longer
than ``LONGEST`` are never looked at; digits are 0-9 only, so that neither "²" nor "٣" passes for a figure.
"""

import re
from datetime import date, timedelta
from enum import StrEnum

from storage.text import fold

LONGEST = 60
HOUR = 60
DAY = 24 * HOUR
HALF_DAY = 12 * HOUR


class Problem(StrEnum):
    """Why a text is not read."""

    UNCLEAR = "unclear"
    NO_SUCH_DAY = "no_such_day"
    FUTURE = "future"
    LUNAR = "lunar"
    ZERO = "zero"
    TOO_LONG = "too_long"
    BACKWARDS = "backwards"


class NotRead(ValueError):
    """The text does not answer the question."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


_AGO = {
    **dict.fromkeys(("hom nay", "bua nay", "nay", "sang nay", "trua nay", "chieu nay", "toi nay"), 0),
    **dict.fromkeys(("hom qua", "bua qua", "qua", "sang qua", "trua qua", "chieu qua", "toi qua"), 1),
    **dict.fromkeys(("hom kia", "bua kia"), 2),
}
_WEEKDAYS = {
    **{name: number for number, name in enumerate(("hai", "ba", "tu", "nam", "sau", "bay"))},
    **{str(number + 2): number for number in range(6)},
    "cn": 6,
    "chu nhat": 6,
}
_WEEKDAY = re.compile(
    r"(?:(?:thu |t)(?P<number>[2-7]|hai|ba|tu|nam|sau|bay)|(?P<sunday>cn|chu nhat))"
    r"(?: (?P<week>tuan nay|tuan truoc|tuan roi|tuan qua|vua roi|vua qua|roi))?"
)
_DATE = re.compile(
    r"(?P<day>[0-9]{1,2})(?: ?[/.-] ?| thang )(?P<month>[0-9]{1,2})(?:(?: ?[/.-] ?| nam )(?P<year>[0-9]{4}|[0-9]{2}))?"
)
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_DAY_OF_MONTH = re.compile(r"(?:hom |bua )?(?:ngay |hom )(?P<day>[0-9]{1,2})(?: thang nay)?")
_LUNAR = ("mung", "mong", "ram", "am lich", "al")

_NUMBERS = {
    **{name: number for number, name in enumerate(("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin"), 1)},
    "muoi": 10,
    "nua": 0.5,
}
_AMOUNT = r"[0-9]{1,4}(?:[.,][0-9]{1,2})?|" + "|".join(_NUMBERS)
_HOURS = re.compile(
    rf"(?P<hours>{_AMOUNT}) ?(?P<unit>gio|tieng(?: dong ho)?|h|g|:)?"
    r" ?(?:(?P<half>ruoi)|(?P<minutes>[0-9]{1,2})(?: ?(?:phut|ph|p|'))?)?"
)
_MINUTES = re.compile(r"(?P<minutes>[0-9]{1,4}) ?(?:phut|ph|p|')")
_ABOUT = re.compile(r"^(?:khoang|tam|chung|gan|hon|duoc|lam|mat) ")

_PARTS = {"sang": 0, "trua": 0, "chieu": HALF_DAY, "toi": HALF_DAY, "dem": HALF_DAY, "khuya": HALF_DAY}
_CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,2})(?P<unit> ?(?:gio|h|g|:))? ?(?:(?P<half>ruoi)|(?P<minute>[0-5][0-9]))?(?: ?phut| ?p)?"
    r"(?: (?P<part>sang|trua|chieu|toi|dem|khuya))?"
)
_BETWEEN = re.compile(r" ?[-–—~] ?|->| (?:den|toi(?= [0-9])|toi luc|den luc) ")


def read_day(text: str, today: date) -> date:
    """A past day or ``today``: "hôm qua", "t7", "thứ 7 tuần trước", "15/11", "ngày 15", "15/11/2026".

    A bare weekday is the last such day, a date without a year is of this year. Raises NotRead.
    """
    folded = _shortened(text)
    day = _named(folded, today) or _weekday(folded, today) or _dated(folded, today)
    if day is None:
        lunar = any(word in folded.split() for word in _LUNAR) or "am lich" in folded
        raise NotRead(Problem.LUNAR if lunar else Problem.UNCLEAR)
    if day > today:
        raise NotRead(Problem.FUTURE)
    return day


def read_minutes(text: str) -> int:
    """A duration in minutes, 1 to 1440: "2h30", "1,5", "90p", "2 tiếng rưỡi", "nửa giờ". A bare number is hours.

    Raises NotRead.
    """
    folded = _ABOUT.sub("", _shortened(text))
    if match := _MINUTES.fullmatch(folded):
        return _of_a_day(int(match["minutes"]))
    match = _HOURS.fullmatch(folded)
    if match is None or (match["unit"] is None and (match["minutes"] or match["half"])):
        raise NotRead(Problem.UNCLEAR)
    whole, extra = match["hours"], int(match["minutes"] or 0)
    if extra >= HOUR or (match["minutes"] and not whole.isdecimal()):
        raise NotRead(Problem.UNCLEAR)
    hours = _NUMBERS[whole] if whole in _NUMBERS else float(whole.replace(",", "."))
    return _of_a_day(round(hours * HOUR) + (HOUR // 2 if match["half"] else extra))


def read_clock(text: str) -> int:
    """A time as minutes of the day, 0 to 1439: "7h30", "7g30 sáng", "19:00", "8 giờ tối". Raises NotRead."""
    match = _CLOCK.fullmatch(_shortened(text).removeprefix("luc "))
    if match is None or match["unit"] is None:
        raise NotRead(Problem.UNCLEAR)
    minute = _minute_of_day(match, match["part"])
    if minute >= DAY:
        raise NotRead(Problem.UNCLEAR)
    return minute


def read_clock_range(text: str) -> tuple[int, int]:
    """Start and end as minutes of the day: "19h-21h", "7g30 đến 9g", "từ 7 giờ tới 9 giờ tối".

    The end may be 24h; a part of the day said at the end holds for the start too where that fits. Raises NotRead.
    """
    ends = _BETWEEN.split(_shortened(text).removeprefix("tu "))
    first, last = (_CLOCK.fullmatch(end.strip()) for end in ends) if len(ends) == 2 else (None, None)
    if first is None or last is None or not (first["unit"] or last["unit"]):
        raise NotRead(Problem.UNCLEAR)
    end = _minute_of_day(last, last["part"]) or DAY
    start = _minute_of_day(first, first["part"] or last["part"])
    if not first["part"] and start >= end:
        start = _minute_of_day(first, None)
    if start >= end:
        raise NotRead(Problem.BACKWARDS)
    return start, end


def _shortened(text: str) -> str:
    """``text`` folded, if it is short enough to be an answer at all."""
    if len(text) > LONGEST:
        raise NotRead(Problem.UNCLEAR)
    return fold(text).strip(" .,;!?")


def _named(folded: str, today: date) -> date | None:
    ago = _AGO.get(folded)
    return None if ago is None else today - timedelta(days=ago)


def _weekday(folded: str, today: date) -> date | None:
    match = _WEEKDAY.fullmatch(folded)
    if match is None:
        return None
    wanted = _WEEKDAYS[match["number"] or match["sunday"]]
    week = match["week"] or ""
    if week.startswith("tuan"):
        monday = today - timedelta(days=today.weekday() + (0 if week == "tuan nay" else 7))
        return monday + timedelta(days=wanted)
    return today - timedelta(days=(today.weekday() - wanted) % 7)


def _dated(folded: str, today: date) -> date | None:
    spelt = folded.removeprefix("hom ").removeprefix("bua ").removeprefix("ngay ")
    match = _ISO.fullmatch(spelt) or _DATE.fullmatch(spelt)
    if match is not None:
        year = int(match["year"] or today.year)
        return _existing(year if year >= 100 else 2000 + year, int(match["month"]), int(match["day"]))
    match = _DAY_OF_MONTH.fullmatch(folded)
    return None if match is None else _existing(today.year, today.month, int(match["day"]))


def _existing(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NotRead(Problem.NO_SUCH_DAY) from None


def _of_a_day(minutes: int) -> int:
    if minutes <= 0:
        raise NotRead(Problem.ZERO)
    if minutes > DAY:
        raise NotRead(Problem.TOO_LONG)
    return minutes


def _minute_of_day(match: re.Match[str], part: str | None) -> int:
    """The minute the match names; "8 giờ tối" is 20:00, "1 giờ trưa" 13:00, "12 giờ đêm" midnight."""
    hour = int(match["hour"])
    if hour > 24:
        raise NotRead(Problem.UNCLEAR)
    minute = hour * HOUR + (HOUR // 2 if match["half"] else int(match["minute"] or 0))
    if minute > DAY:
        raise NotRead(Problem.UNCLEAR)
    if part in {"dem", "khuya"} and (hour == 12 or hour < 5):
        return minute % HALF_DAY
    if part == "trua" and hour < 5:
        return minute + HALF_DAY
    return minute + _PARTS.get(part or "", 0) if hour < 12 else minute
