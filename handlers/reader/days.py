"""Days as people say them: ``day_at`` reads what begins at a token.

`dateparser` 1.5 was measured on 25 such words: 15 right, two read as a wrong day ("t7" as the 7th, "12.11" as
yesterday), nothing of "bữa qua", "hồi hôm", "tối qua" or "thứ 5 tuần trước", about 12 ms each. So it is not used.
"""

from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from handlers.reader.dates import DAY_WORDS, THINGS, date_at, days_ago_at
from handlers.reader.day_words import COMING, IDLE, LATELY, LENGTHS, PHRASES, WEEKDAYS, WEEKS, Day, Found
from handlers.reader.hours import PARTS
from handlers.reader.numbers import word_at
from handlers.reader.results import Reason
from handlers.reader.tokens import Token

_PART_BEGINS = {"sang": 0, "trua": 11, "chieu": 12, "toi": 17, "dem": 18, "khuya": 21}
_SUNDAYS = {("chu", "nhat"), ("cn",), ("cnhat",)}


def day_at(tokens: Sequence[Token], words: Sequence[str], at: int, now: datetime) -> Found | None:
    """What day is said at token ``at``, and the token after it. ``now`` is local."""
    after = at + 1 if tokens[at].word in PARTS else at
    named = after + 1 if word_at(tokens, after) in DAY_WORDS else after
    today = now.date()
    plain = days_ago_at(tokens, at, today) or date_at(tokens, after, today) or _weekday(tokens, words, named, now)
    if plain is not None and after > at:
        day, end = plain
        plain = replace(day, part=tokens[at].word), end
    phrase = _phrase_at(words, at, now) if tokens[at].text.lower() != "tôi" else None
    if plain is None or phrase is None:
        return plain or phrase
    return max(phrase, plain, key=lambda found: found[1])


def _phrase_at(words: Sequence[str], at: int, now: datetime) -> Found | None:
    for length in LENGTHS.get(words[at], ()):
        meaning = PHRASES.get(tuple(words[at : at + length]))
        if meaning is None or _is_other(words, at, at + length):
            continue
        return (meaning if isinstance(meaning, Day) else _ago(*meaning, now)), at + length
    if words[at] in {"mung", "mong"} and at + 1 < len(words) and (words[at + 1].isdigit() or words[at + 1] in WEEKDAYS):
        return Day(problem=Reason.LUNAR_DATE), at + 2
    return None


def _is_other(words: Sequence[str], at: int, end: int) -> bool:
    """Words that only look like a day: "đem quà cho", a name after a title, "này" of "vừa nãy"."""
    phrase, following = tuple(words[at:end]), words[end] if end < len(words) else ""
    if phrase in {("dem", "qua"), ("ngay", "qua")}:
        return following in {"cho", "tang", "den", "toi", "va"}
    if phrase == ("tet",):
        return at > 0 and words[at - 1] not in {
            "hom",
            "mung",
            "dip",
            "ngay",
            "dem",
            "truoc",
            "sau",
            "bua",
            "trong",
            "30",
        }
    if phrase in {("mai",), ("lat",)}:
        before = words[at - 1] if at else ""
        return before in {"ban", "chi", "em", "co", "hoa", "cay", "c", "ba", "ong", "anh", "khau", "lam", "banh"}
    return False


def _ago(ago: int, part: str | None, now: datetime) -> Day:
    """A day that many days before ``now``; a part of today that has not begun is to come."""
    gone = part is not None and part.startswith("hoi ")
    part = part.removeprefix("hoi ") if part else None
    if ago == 0 and not_begun(part, now):
        return Day(problem=Reason.VAGUE_DATE if gone else Reason.FUTURE_DATE, part=part, plan=not gone)
    return Day(now.date() - timedelta(days=ago), part=part)


def not_begun(part: str | None, now: datetime) -> bool:
    """Whether a part of today is still to come."""
    return part is not None and now.hour < _PART_BEGINS[part]


def _weekday(tokens: Sequence[Token], words: Sequence[str], at: int, now: datetime) -> Found | None:
    found = _weekday_name(tokens, words, at)
    if found is None:
        return None
    wanted, end = found
    shortened = end - at == 1 or words[at] == "t"
    today = now.date()
    last = today - timedelta(days=(today.weekday() - wanted) % 7)
    if words[end : end + 3] in (["dau", "tuan", "nay"], ["giua", "tuan", "nay"]):
        return _in_week(today, wanted, 0), end + 3
    end = _past(words, end, IDLE)
    for length in (3, 2):
        week = WEEKS.get(" ".join(words[end : end + length]))
        if week is not None:
            return _in_week(today, wanted, week), end + length
    coming = _longest(words, end, COMING)
    if coming == 1 and words[end] == "toi":
        said = tokens[end].text.lower()
        if (
            said in {"tối", "tôi"}
            or (said == "toi" and word_at(tokens, at - 1) in PARTS)
            or _begins_time(words, end + 1)
        ):
            coming = 0
        elif said == "toi":
            return Day(problem=Reason.VAGUE_DATE), end + 1
    if coming:
        plan = words[end : end + coming] != ["nay"]
        this = Day(today) if not plan and last == today else Day(problem=Reason.FUTURE_DATE, plan=plan)
        return this, end + coming
    lately = _longest(words, end, LATELY)
    if lately and last == today:
        return Day(problem=Reason.VAGUE_DATE), end + lately
    return Day(last, weekday=None if lately else wanted, shortened=shortened), end + lately


def _begins_time(words: Sequence[str], at: int) -> bool:
    return at < len(words) and (words[at].isdigit() or words[at] in {"luc", *WEEKDAYS})


def _weekday_name(tokens: Sequence[Token], words: Sequence[str], at: int) -> tuple[int, int] | None:
    for sunday in _SUNDAYS:
        if tuple(words[at : at + len(sunday)]) == sunday:
            return 6, at + len(sunday)
    if at + 1 >= len(words) or words[at] not in {"thu", "t"}:
        return None
    name = words[at + 1]
    if words[at] == "t" and not tokens[at + 1].glued:
        return None
    if words[at] == "thu" and at + 2 < len(words) and words[at + 2] in THINGS:
        return None
    if name in WEEKDAYS:
        return WEEKDAYS[name], at + 2
    return (int(name) - 2, at + 2) if len(name) == 1 and name in "234567" else None


def _in_week(today: date, weekday: int, week: int) -> Day:
    day = today - timedelta(days=today.weekday() - weekday + 7 * week)
    return Day(problem=Reason.FUTURE_DATE) if day > today else Day(day, week=week)


def in_week(day: Day, weekday: int, week: int, today: date) -> Day:
    """``day``, a bare weekday, in a week that is named elsewhere in the sentence."""
    found = _in_week(today, weekday, week)
    return Day(found.day, found.problem, day.part)


def _longest(words: Sequence[str], at: int, phrases: Container[tuple[str, ...]]) -> int:
    return next((n for n in (2, 1) if tuple(words[at : at + n]) in phrases and at + n <= len(words)), 0)


def _past(words: Sequence[str], at: int, phrases: Container[tuple[str, ...]]) -> int:
    return at + _longest(words, at, phrases)
