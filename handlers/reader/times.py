"""Clock times and durations: ``time_at`` reads what begins at a token.

"2 tiếng" is a duration, "từ 7g tới 9g" a span of the clock; "2h" and "2h30" are either, until the words around
them say so. What is too vague to be a figure is read as vague, never rounded.
"""

from collections.abc import Sequence
from dataclasses import replace
from unicodedata import normalize

from handlers.reader.hours import DAY, HOUR, PARTS, Hour, Length, Span, Time, may_be_part
from handlers.reader.numbers import amount_at, number_at, word_at
from handlers.reader.tokens import Token

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
        of_a_part = word_at(tokens, after + 1) in PARTS and may_be_part(tokens[after + 1])
        hour, after = replace(hour, minute=HOUR // 2, exact=True, sign=hour.sign or of_a_part), after + 1
    if hour.sign and hour.hour and word_at(tokens, after) == "kem" and (less := number_at(tokens, after + 1)):
        if hour.exact or not 5 <= less[0] < HOUR or less[0] % 5:
            return None
        end = less[1] + 1 if word_at(tokens, less[1]) in MINUTE_SIGNS else less[1]
        hour, after = replace(hour, hour=hour.hour - 1, minute=HOUR - less[0], exact=True), end
    part = word_at(tokens, after)
    of_a_day = word_at(tokens, after + 1) in {"qua", "nay", "hom", "kia", "mai"}
    if hour.sign and part in PARTS and not of_a_day and not _is_to(tokens, after):
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
    """Whether "toi" at ``at`` is "tới": an hour comes next. Not what is written "tối"."""
    if tokens[at].word != "toi" or normalize("NFC", tokens[at].text.lower()) == "tối":
        return False
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
    if word not in _HYPHENS and word != "den" and not (word == "toi" and _is_to(tokens, link)):
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
