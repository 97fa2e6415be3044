"""Clock times and durations: ``time_at`` reads what begins at a token, ``settle`` decides what "2h" means.

"2 tiếng" is a duration, "từ 7g tới 9g" a span of the clock; "2h" and "2h30" are either, until the words around
them say so. What is too vague to be a figure is read as vague, never rounded.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from unicodedata import normalize

from handlers.reader.numbers import amount_at, number_at, word_at
from handlers.reader.tokens import Token

HOUR = 60
HALF_DAY = 12 * HOUR
DAY = 24 * HOUR
PARTS = ("sang", "trua", "chieu", "toi", "dem", "khuya")
HOUR_SIGNS = {"h", "g", "gio", ":"}
MINUTE_SIGNS = {"p", "ph", "phut", "'", "’"}
_HYPHENS = {"-", "–", "—", "~", "→"}
_SURE_HOURS = {"tieng"}
# After a number these make it something else than minutes.
_OTHER_FIGURES = {"/", "h", "g", "gio", "tieng", "thang"}
_VAGUE_MORE = {"may", "hon"}
_TONGUES = {"anh", "viet", "khmer", "hoa", "phap", "trung", "nhat", "han"}
_WHOLE = {"ca", "nua", "nguyen", "may", "vai", "mot", "suot"}
_STRETCHES = {"ngay", "buoi", "dem", "chieu", "tieng", "gio"}
_QUARTERS = {15, 30, 45}
_NEARLY = {"gan", "hon", "tren", "duoi"}


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
        if end == 0 or (self.last.hour == 12 and (last_part or first_part or ambient) in {"toi", "dem", "khuya"}):
            end = DAY
        if first_part is None and start >= end:
            start = minute_of_day(self.first, None)
        known = first_part or ambient
        if last_part is None and known in {"sang", "trua"} and end <= start and self.last.hour < 6:
            end += HALF_DAY
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


def time_at(tokens: Sequence[Token], at: int) -> tuple[Time, int] | None:
    """What time is said at token ``at``, and the token after it."""
    return _vague_at(tokens, at) or _span_at(tokens, at) or _length_at(tokens, at) or _lone_hour_at(tokens, at)


def _vague_at(tokens: Sequence[Token], at: int) -> tuple[Time, int] | None:
    word, following = tokens[at].word, word_at(tokens, at + 1)
    if word in _WHOLE and following in _STRETCHES and (word != "nua" or following not in {"tieng", "gio"}):
        if word == "may":
            return (Length(None), at + 2) if following in {"tieng", "gio"} else None
        if word == "mot" and following != "buoi":
            return None
        return Length(None), at + (3 if word_at(tokens, at + 2) in PARTS else 2)
    if word in _NEARLY and (length := _length_at(tokens, at + 1)) is not None:
        return Length(None), length[1]
    if word == "-" and at + 1 < len(tokens) and tokens[at + 1].glued and (at == 0 or not tokens[at].glued):
        found = _length_at(tokens, at + 1) or _lone_hour_at(tokens, at + 1)
        return found and (Length(None), found[1])
    number = tokens[at].number
    if number is not None and following == str(number + 1) and word_at(tokens, at + 2) in _SURE_HOURS:
        return Length(None), at + 3
    return None


def _length_at(tokens: Sequence[Token], at: int) -> tuple[Length, int] | None:
    if word_at(tokens, at) == "nua" and word_at(tokens, at + 1) in {"tieng", "gio"}:
        return Length(HOUR // 2), _past_clock_words(tokens, at + 2)
    if word_at(tokens, at) == "tieng" and word_at(tokens, at + 1) == "ruoi":
        return Length(HOUR + HOUR // 2), _past_clock_words(tokens, at + 2)
    found = amount_at(tokens, at)
    if found is None:
        return None
    amount, after = found
    sign = word_at(tokens, after)
    if sign == "-" and (last := amount_at(tokens, after + 1)) and word_at(tokens, last[1]) in _SURE_HOURS | {"phut"}:
        return Length(None), last[1] + 1
    if sign in MINUTE_SIGNS and not (sign == "p" and word_at(tokens, after + 1) == "."):
        return (Length(round(amount)), after + 1) if amount >= 5 else None
    decimal = isinstance(amount, float) and sign in {"h", "g", "gio"}
    whole_hours = sign == "gio" and word_at(tokens, after + 1) == "dong"
    if sign == "tieng" and word_at(tokens, after + 1) in _TONGUES:
        return None
    beyond_a_day = sign in {"gio", "h"} and amount > DAY // HOUR
    if sign not in _SURE_HOURS and not (decimal or whole_hours or beyond_a_day):
        return None
    return _with_minutes(tokens, after + 1, amount)


def _with_minutes(tokens: Sequence[Token], at: int, amount: float) -> tuple[Length, int]:
    minutes = round(amount * HOUR)
    if minutes % (HOUR // 4):  # "2,3 tiếng" is two or three
        return Length(None), at
    after = _past_clock_words(tokens, at)
    word = word_at(tokens, after)
    if word == "ruoi":
        return Length(minutes + HOUR // 2), after + 1
    if word in _VAGUE_MORE:
        return Length(None), after + 1
    extra = number_at(tokens, after)
    if extra is not None and extra[0] < HOUR and word_at(tokens, extra[1]) in MINUTE_SIGNS:
        return Length(minutes + extra[0]), extra[1] + 1
    whole = word_at(tokens, at - 1) in _SURE_HOURS and not isinstance(amount, float)
    if whole and extra is not None and extra[0] in _QUARTERS and not _is_counted(tokens, extra[1]):
        return Length(minutes + extra[0]), extra[1]
    return Length(minutes or None), after


def _is_counted(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word or sign after a number makes it more than minutes: "2 tiếng 15 cây", "2 tiếng 15/11"."""
    return at < len(tokens) and (tokens[at].word.isalnum() or tokens[at].word in {"/", "-", ":"})


def _past_clock_words(tokens: Sequence[Token], at: int) -> int:
    return at + 2 if word_at(tokens, at) == "dong" and word_at(tokens, at + 1) == "ho" else at


def _lone_hour_at(tokens: Sequence[Token], at: int) -> tuple[Time, int] | None:
    found = _hour_at(tokens, at)
    if found is None or not found[0].sign:
        return None
    hour, after = found
    if word_at(tokens, after) in _VAGUE_MORE and hour.part is None:
        return Length(None), after + 1
    return found


def _hour_at(tokens: Sequence[Token], at: int) -> tuple[Hour, int] | None:
    number = number_at(tokens, at)
    if number is None or number[0] > 24:
        return None
    hour, after = Hour(number[0], sign=False), number[1]
    sign = word_at(tokens, after)
    if sign in HOUR_SIGNS and (sign != ":" or _minutes_at(tokens, after + 1) is not None):
        hour, after = replace(hour, sign=True), after + 1
        minute = _minutes_at(tokens, after) if sign != "gio" else _spoken_minutes_at(tokens, after)
        if minute is not None:
            hour, after = replace(hour, minute=minute[0], exact=True), minute[1]
        if minute is not None and word_at(tokens, after) in MINUTE_SIGNS:
            hour, after = replace(hour, short=True), after + 1
    if word_at(tokens, after) == "ruoi":
        hour, after = replace(hour, minute=HOUR // 2, exact=True), after + 1
    if hour.sign and hour.hour and word_at(tokens, after) == "kem" and (less := number_at(tokens, after + 1)):
        if hour.exact or not 5 <= less[0] < HOUR or less[0] % 5:
            return None
        end = less[1] + 1 if word_at(tokens, less[1]) in MINUTE_SIGNS else less[1]
        hour, after = replace(hour, hour=hour.hour - 1, minute=HOUR - less[0], exact=True), end
    part = word_at(tokens, after)
    of_a_day = word_at(tokens, after + 1) in {"qua", "nay", "hom", "kia", "mai"}
    if hour.sign and part in PARTS and not of_a_day and not (part == "toi" and _is_to(tokens, after)):
        hour, after = replace(hour, part=part), after + 1
    return hour, after


def _minutes_at(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    if at < len(tokens) and tokens[at].glued and len(tokens[at].text) == 2:
        number = tokens[at].number
        return None if number is None or number >= HOUR else (number, at + 1)
    found = number_at(tokens, at)
    said = found is not None and found[0] < HOUR and word_at(tokens, found[1]) in {"phut", "ph"}
    return found if said else None


def _spoken_minutes_at(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Minutes after the word "giờ": "7 giờ 30", "7 giờ ba mươi", but not the first figure of what comes next."""
    found, number = _minutes_at(tokens, at), number_at(tokens, at)
    if found is not None or number is None:
        return found
    minutes, after = number
    whole = minutes < HOUR and minutes % 5 == 0 and (minutes >= 10 or len(tokens[at].text) == 2)
    dated = word_at(tokens, after) in {"-", "."} and tokens[after].glued and number_at(tokens, after + 1) is not None
    return number if whole and not dated and word_at(tokens, after) not in _OTHER_FIGURES else None


def _is_to(tokens: Sequence[Token], at: int) -> bool:
    """Whether "toi" at ``at`` is "tới": an hour comes next."""
    following = _past_luc(tokens, at + 1)
    return number_at(tokens, following) is not None


def _past_luc(tokens: Sequence[Token], at: int) -> int:
    return at + 1 if word_at(tokens, at) in {"luc", "khoang"} else at


def _span_at(tokens: Sequence[Token], at: int) -> tuple[Time, int] | None:
    first = _hour_at(tokens, at)
    if first is None:
        return None
    link = first[1]
    if word_at(tokens, link) == "cho":
        link += 1
    word = word_at(tokens, link)
    if word not in _HYPHENS and word not in {"den", "toi"}:
        return None
    following = link + 1
    if word == "-" and word_at(tokens, following) == ">":
        following += 1
    last = _hour_at(tokens, _past_luc(tokens, following))
    if last is None or not (first[0].sign or last[0].sign):
        return None
    if not first[0].sign and not last[0].exact and not _bare_first(tokens, at, last[0]):
        return (Length(None), last[1]) if word in _HYPHENS else None
    if word_at(tokens, last[1]) in _SURE_HOURS:
        return Length(None), last[1] + 1
    return Span(first[0], last[0]), last[1]


def _bare_first(tokens: Sequence[Token], at: int, last: Hour) -> bool:
    """Whether the first of "7-9h" is an hour too: said after "từ", or too late to be an amount of hours."""
    return word_at(tokens, at - 1) == "tu" or last.hour > 5
