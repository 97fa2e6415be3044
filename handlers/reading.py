"""Days, durations and clock times as people type them in answer to one question.

The words are those of ``handlers.reader``; here one of them must be the whole answer. Each reader returns a value or
raises ``NotRead`` with the problem. Texts longer than ``LONGEST`` are never looked at; digits are 0-9 only, so that
neither "²" nor "٣" passes for a figure.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from handlers.reader.days import day_at
from handlers.reader.hours import DAY, HOUR, Hour, Length, Span, minute_of_day
from handlers.reader.marking import KNOWN
from handlers.reader.numbers import amount_at, number_at
from handlers.reader.results import Reason
from handlers.reader.times import HOUR_SIGNS, MINUTE_SIGNS, time_at
from handlers.reader.tokens import Token, tidy, tokenise

LONGEST = 60
_END_OF_DAY = time(23, 59)
_ABOUT = {"khoang", "tam", "chung", "gan", "hon", "duoc", "lam", "mat"}
_LUNAR = {"mung", "mong", "ram"}


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


_PROBLEMS = {
    Reason.FUTURE_DATE: Problem.FUTURE,
    Reason.NO_SUCH_DATE: Problem.NO_SUCH_DAY,
    Reason.LUNAR_DATE: Problem.LUNAR,
}


def read_day(text: str, today: date) -> date:
    """A past day or ``today``: "hôm qua", "t7", "thứ 7 tuần trước", "15/11", "ngày 15", "15/11/2026".

    A bare weekday is the last such day, a date without a year is of this year. Raises NotRead.
    """
    tokens = _tokens(text)
    words = [token.word for token in tokens]
    if words in (["nay"], ["qua"]):
        return today if words == ["nay"] else today - timedelta(days=1)
    found = day_at(tokens, words, 0, datetime.combine(today, _END_OF_DAY))
    if found is None or found[1] < len(tokens):
        raise NotRead(Problem.LUNAR if _LUNAR & set(words) else Problem.UNCLEAR)
    day = found[0]
    if day.day is None:
        raise NotRead(_PROBLEMS.get(day.problem or Reason.VAGUE_DATE, Problem.UNCLEAR))
    return day.day


def read_minutes(text: str) -> int:
    """A duration in minutes, 1 to 1440: "2h30", "1,5", "90p", "2 tiếng rưỡi", "nửa giờ". A bare number is hours.

    Raises NotRead.
    """
    tokens = _tokens(text)
    if tokens[0].word in _ABOUT and amount_at(tokens, 1) is not None:
        tokens = tokens[1:]
    found = time_at(tokens, 0)
    if found is None or found[1] < len(tokens):
        return _of_a_day(_plain_minutes(tokens))
    value = found[0]
    if isinstance(value, Length) and value.minutes is not None:
        return _of_a_day(value.minutes)
    if isinstance(value, Hour) and value.part is None:
        return _of_a_day(value.hour * HOUR + value.minute)
    raise NotRead(Problem.UNCLEAR)


def read_clock(text: str) -> int:
    """A time as minutes of the day, 0 to 1439: "7h30", "7g30 sáng", "19:00", "8 giờ tối". Raises NotRead."""
    tokens = _tokens(text)
    start = 1 if tokens[0].word == "luc" else 0
    found = time_at(tokens, start) if start < len(tokens) else None
    if found is None or found[1] < len(tokens) or not isinstance(found[0], Hour):
        raise NotRead(Problem.UNCLEAR)
    minute = minute_of_day(found[0], found[0].part)
    if minute >= DAY:
        raise NotRead(Problem.UNCLEAR)
    return minute


def read_clock_range(text: str) -> tuple[int, int]:
    """Start and end as minutes of the day: "19h-21h", "7g30 đến 9g", "từ 7 giờ tới 9 giờ tối".

    The end may be 24h, or more where an evening ends past midnight ("21h30-0h30"); a part of the day said at the end
    holds for the start too where that fits. Raises NotRead.
    """
    tokens = _tokens(text)
    start = 1 if tokens[0].word == "tu" else 0
    found = time_at(tokens, start) if start < len(tokens) else None
    if found is None or found[1] < len(tokens) or not isinstance(found[0], Span):
        raise NotRead(Problem.UNCLEAR)
    minutes = found[0].minutes(None)
    if minutes is None:
        raise NotRead(Problem.BACKWARDS)
    return minutes


def _tokens(text: str) -> list[Token]:
    """The tokens of ``text``, if it is short enough to be an answer at all, and not empty."""
    tokens = tokenise(tidy(text).strip(" .,;!?"), KNOWN) if len(text) <= LONGEST else []
    if not tokens:
        raise NotRead(Problem.UNCLEAR)
    return tokens


def _plain_minutes(tokens: Sequence[Token]) -> int:
    """A bare amount of hours, or one with a sign that no clock has: "2", "1,5", "100 giờ", "3 phút"."""
    found = amount_at(tokens, 0)
    signs = {token.word for token in tokens[found[1] :]} if found else set()
    if found is None or len(tokens) - found[1] > 1 or not signs <= HOUR_SIGNS | MINUTE_SIGNS - {":"}:
        raise NotRead(Problem.UNCLEAR)
    if signs <= HOUR_SIGNS:
        return round(found[0] * HOUR)
    if number_at(tokens, 0) != found:
        raise NotRead(Problem.UNCLEAR)
    return round(found[0])


def _of_a_day(minutes: int) -> int:
    if minutes <= 0:
        raise NotRead(Problem.ZERO)
    if minutes > DAY:
        raise NotRead(Problem.TOO_LONG)
    return minutes
