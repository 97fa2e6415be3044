"""Dates in figures and in words: "15/11", "ngày 12", "mười hai tháng mười một", "2 ngày trước"."""

from collections.abc import Sequence
from datetime import date, timedelta

from handlers.reader.day_words import Day, Found
from handlers.reader.hours import PARTS
from handlers.reader.numbers import number_at, word_at
from handlers.reader.results import Reason
from handlers.reader.tokens import Token

DAY_WORDS = {"ngay", "hom", "bua"}
# Things that are counted: a number before them is no day.
THINGS = {"bao", "xe", "tan", "ky", "trieu", "ngan", "bich", "phan", "cay", "con", "thung", "nguoi", "lan"}
_MOST_LISTED = 4
_ANDS = {",", "va", "&", "-", "den", "toi"}
_PEOPLE = {"doan", "dong", "chi", "can", "thanh", "nguoi", "don", "ho", "hoc", "dc", "uv"}
# A date right after these is what a feast is called, not when something was done.
_FEASTS = {"chao", "nghe", "trai", "thao", "mung", "niem", "dip", "le", "giai", "cup", "thi", "dien"} | {
    *("tuong", "ban", "qua", "hoa", "thiep", "tiet")
}
# Days that streets, bridges and parks are called by.
_STREETS = {(3, 2), (26, 3), (30, 4), (1, 5), (19, 5), (27, 7), (19, 8), (2, 9), (23, 9), (22, 12)}
# Days that are celebrated: "báo tường 20/11", "hội thi 8/3".
_FEAST_DAYS = {
    (9, 1), (27, 2), (8, 3), (10, 3), (15, 5), (1, 6), (5, 6), (26, 6), (28, 6), (28, 7), (9, 10), (10, 10), (13, 10),
    (15, 10), (20, 10), (9, 11), (18, 11), (20, 11),
}  # fmt: skip
_STREET_WORDS = {"duong", "cau", "pho", "vien", "truong", "cho", "hem", "dai", "lo"}
_TIME_SIGNS = {"tieng", "gio", "h", "g", "phut", "ph", "p", ":"}


def date_at(tokens: Sequence[Token], at: int, today: date, *, listed: int = 0) -> Found | None:
    """A day of the month in figures or words, with its month and year where they are said.

    Several in a row are one that is not known; ``listed`` is how many stood before, a few at most.
    """
    iso = _iso(tokens, at)
    if iso is not None:
        return _existing(*iso, today), at + 5
    start, said = at, False
    while word_at(tokens, at) in DAY_WORDS and at < start + 2:
        at, said = at + 1, True
    day = number_at(tokens, at)
    if day is None:
        return None
    number, end = day
    if word_at(tokens, end) in _ANDS and (more := _next_date(tokens, end + 1, today, listed)):
        return Day(problem=Reason.SEVERAL_DATES), more[1]
    month = _month_at(tokens, at, end, said=said)
    if month is None:
        return _day_of_month(tokens, number, end, today) if said else None
    if isinstance(month, Day):
        return month, end + 2
    year, after = _year_at(tokens, month[1], today)
    if word_at(tokens, after) in {"am", "al"}:
        return Day(problem=Reason.LUNAR_DATE), after + 1
    until = _next_date(tokens, after + 1, today, listed) if word_at(tokens, after) in {"-", "den", "toi"} else None
    if until is not None:
        return Day(problem=Reason.SEVERAL_DATES), until[1]
    return _existing(year, month[0], number, today), after


def _next_date(tokens: Sequence[Token], at: int, today: date, listed: int) -> Found | None:
    return date_at(tokens, at, today, listed=listed + 1) if listed < _MOST_LISTED else None


def days_ago_at(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    """ "2 ngày trước", "hai hôm trước", "cách đây 3 ngày"."""
    since = (word_at(tokens, at), word_at(tokens, at + 1)) == ("cach", "day")
    number = number_at(tokens, at + 2 if since else at)
    if number is None or not 1 <= number[0] <= 31 or word_at(tokens, number[1]) not in DAY_WORDS:
        return None
    end = number[1] + (1 if since else 2)
    if not since and word_at(tokens, end - 1) != "truoc":
        return None
    return Day(today - timedelta(days=number[0])), end


def _iso(tokens: Sequence[Token], at: int) -> tuple[int, int, int] | None:
    """The year, month and day of "2026-11-15"."""
    pieces = tokens[at : at + 5]
    if len(pieces) < 5 or not all(piece.glued for piece in pieces[1:]) or {pieces[1].word, pieces[3].word} != {"-"}:
        return None
    year, month, day = (pieces[index].number for index in (0, 2, 4))
    if year is None or month is None or day is None or [len(pieces[i].text) for i in (0, 2, 4)] != [4, 2, 2]:
        return None
    return year, month, day


def _day_of_month(tokens: Sequence[Token], number: int, end: int, today: date) -> Found | None:
    part = word_at(tokens, end) == "buoi" and word_at(tokens, end + 1) in PARTS
    if (
        not part and word_at(tokens, end) in _TIME_SIGNS | THINGS | {"ngay", "thang", "lan", "buoi"}
    ) or not 1 <= number <= 31:
        return None
    several = word_at(tokens, end) in {"va", "&"} or (word_at(tokens, end) == "," and tokens[end].glued)
    if several and _is_bare_number(tokens, end + 1):
        return Day(problem=Reason.SEVERAL_DATES), end
    return _existing(today.year, today.month, number, today), end


def _is_bare_number(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number stands at ``at`` that is neither a time nor an amount of things."""
    number = number_at(tokens, at)
    return number is not None and word_at(tokens, number[1]) not in _TIME_SIGNS | THINGS


def _month_at(tokens: Sequence[Token], at: int, end: int, *, said: bool) -> tuple[int, int] | Day | None:
    """The month after a day's number and the token after it; a ``Day`` when it is a fraction after all."""
    sign = word_at(tokens, end)
    if sign in {"thang", "t"}:
        month = number_at(tokens, end + 1)
        return month if month is not None and (sign == "thang" or tokens[end + 1].glued) else None
    if sign not in {"/", "-", "."} or end + 1 >= len(tokens) or tokens[at].number is None:
        return None
    second = tokens[end + 1]
    if second.number is None or len(second.text) > 2 or len(tokens[at].text) > 2:
        return None
    if sign != "/" and not (tokens[end].glued and second.glued):
        return None
    if word_at(tokens, end + 2) in _TIME_SIGNS - {":"}:
        return None
    if sign == "-" and not said and max(len(tokens[at].text), len(second.text)) < 2:
        return None
    day = tokens[at].number or 0
    return _slashed(tokens, at, end, day, second.number, said=said)


def _slashed(
    tokens: Sequence[Token], at: int, end: int, day: int, month: int, *, said: bool
) -> tuple[int, int] | Day | None:
    """ "15/11" is a date; "45/50", "2/3 đoàn viên" and "trực 24/7" are not."""
    following = word_at(tokens, end + 2)
    fraction = day > 31 and month > 12
    if not said and (fraction or (following in _PEOPLE and day <= month <= 12 and _counted(tokens, end + 2))):
        return None
    named_after = (day, month) in _STREETS and word_at(tokens, at - 1) in _STREET_WORDS
    feast = (day, month) in _STREETS | _FEAST_DAYS and word_at(tokens, at - 1) in _FEASTS
    if not said and (named_after or (feast and word_at(tokens, at - 2) != "mua")):  # "tiếp sức mùa thi 26/6"
        return Day(problem=Reason.VAGUE_DATE)
    if not said and (day, month) == (24, 7) and at > 0 and word_at(tokens, at - 1) not in {",", ".", ";", "\n"}:
        return Day(problem=Reason.VAGUE_DATE)
    return month, end + 2


def _counted(tokens: Sequence[Token], at: int) -> bool:
    pair = f"{word_at(tokens, at)} {word_at(tokens, at + 1)}"
    return pair in {"doan vien", "dong chi", "chi doan", "can bo", "thanh vien", "don vi", "ho dan", "hoc sinh"}


def _year_at(tokens: Sequence[Token], at: int, today: date) -> tuple[int, int]:
    sign, number = word_at(tokens, at), tokens[at + 1].number if at + 1 < len(tokens) else None
    if number is None or sign not in {"/", "-", ".", "nam"}:
        return today.year, at
    text = tokens[at + 1].text
    if sign != "nam" and not (tokens[at].glued and tokens[at + 1].glued):
        return today.year, at
    if len(text) == 4:
        return number, at + 2
    return (2000 + number, at + 2) if len(text) == 2 and sign in {"/", "-", "."} else (today.year, at)


def _existing(year: int, month: int, number: int, today: date) -> Day:
    try:
        day = date(year, month, number)
    except ValueError:
        return Day(problem=Reason.NO_SUCH_DATE)
    if day > today:
        return Day(problem=Reason.FUTURE_DATE)
    # The year before is closed: an entry of it is asked about, never simply written down.
    return Day(day, Reason.LONG_AGO if day.year < today.year else None, dated=True)
