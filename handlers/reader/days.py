"""Days as people say them: ``day_at`` reads what begins at a token.

`dateparser` 1.5 was measured on 25 such words: 15 right, two read as a wrong day ("t7" as the 7th, "12.11" as
yesterday), nothing of "bữa qua", "hồi hôm", "tối qua" or "thứ 5 tuần trước", about 12 ms each. So it is not used.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from handlers.reader.numbers import number_at, word_at
from handlers.reader.results import Reason
from handlers.reader.times import PARTS
from handlers.reader.tokens import Token

LONG_AGO = timedelta(days=366)
_PART_BEGINS = {"sang": 0, "trua": 10, "chieu": 12, "toi": 17, "dem": 18, "khuya": 21}
_SUNDAYS = {("chu", "nhat"), ("cn",), ("cnhat",)}
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_THINGS = {"bao", "xe", "tan", "ky", "trieu", "ngan", "bich", "phan", "cay", "con", "thung", "nguoi", "lan"}
_ANDS = {",", "va", "&", "-", "den", "toi"}
_PEOPLE = {"doan", "dong", "chi", "can", "thanh", "nguoi", "don", "ho", "hoc", "dc", "uv"}
_DAY_WORDS = {"ngay", "hom", "bua", "bữa"}
# A date right after these is what a feast is called, not when something was done.
_FEASTS = {"nghe", "trai", "thao", "mung", "niem", "dip", "le", "giai", "cup", "thi", "dien"}
_TIME_SIGNS = {"tieng", "gio", "h", "g", "phut", "ph", "p", ":"}


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is said. ``problem`` says why ``day`` is not known; ``plan`` that it is meant to come.

    ``week`` is a week that is named without a day (0 this, 1 the last), ``weekday`` a day of no named week.
    """

    day: date | None = None
    problem: Reason | None = None
    part: str | None = None
    plan: bool = False
    week: int | None = None
    weekday: int | None = None
    shortened: bool = False
    dated: bool = False


Found = tuple[Day, int]

# Words for days: how many days ago. A part of the day may stand before them.
_AGO = {
    0: ("hom nay", "bua nay", "ngay hom nay", "hnay", "hom ni", "bua ni"),
    1: ("hom qua", "bua qua", "ngay hom qua", "ngay qua", "hqua", "hqa"),
    2: ("hom kia", "bua kia", "ngay hom kia", "hkia"),
}
_NIGHT = ("hoi hom", "khi hom", "hoi toi", "khi toi", "hoi khuya", "hoi dem", "dem hom")
_THIS_MORNING = ("hoi sang", "sang gio", "khi sang", "hoi nay", "hoi sang som", "sang som nay", "som nay", "ban nay")
_TO_COME = (
    "mai", "ngay mai", "bua mai", "ngay mot", "bua mot", "mai mot", "ngay kia", "hom sau", "tuan sau", "tuan toi",
    "thang sau", "thang toi", "nam sau", "lat nua", "chut nua", "ti nua", "xiu nua", "mai nay", "sap toi", "toi day",
    "may bua nua", "bua sau", "ngay toi", "lat", "hoi nua", "cuoi tuan nay", "cuoi tuan toi",
)  # fmt: skip
_VAGUE = (
    "dau tuan", "giua tuan", "cuoi tuan", "cuoi tuan roi", "cuoi tuan truoc", "cuoi tuan qua", "dau tuan nay",
    "dau tuan roi", "hom bua", "bua hom", "hom ray", "bua ray", "may bua nay", "may hom nay",
    "may bua", "may bua truoc", "may hom truoc", "may ngay truoc", "bua gio", "hom gio", "may bua ray",
    "may ngay nay", "may ngay qua", "may hom", "hom no", "hom truoc", "bua truoc", "hom roi", "bua roi", "bua no",
    "bua te", "hom te", "hom te kia", "bua kia kia", "hổm nay", "hổm rày", "hổm", "hổm giờ",
    "bua hổm", "ngay no", "thang truoc", "thang roi", "thang qua", "thang nay",
    "dau thang", "giua thang", "cuoi thang", "gan day", "dao nay", "lau nay", "vua roi", "vua qua", "moi day",
    "hom nao", "bua nao", "nam ngoai", "nam nay", "nam roi", "hoi he", "dip he", "dip le", "trong tuan", "trong thang",
    "hang tuan", "moi tuan", "moi thang", "hang thang", "thuong xuyen", "hang ngay", "it hom",
    "hom bua hom", "cach day", "lan truoc", "ky truoc", "bua do", "hom do", "bua ay", "hom ay",
)  # fmt: skip
_ALWAYS = (
    "cac ngay",
    "nhung ngay",
    "may ngay lien",
    "tuan nao",
    "thang nao",
    "ngay nao cung",
    "hom nao cung",
    "hom qua hoac hom kia",
    "luc nao cung",
)
_LUNAR = ("am lich", "giao thua", "ram thang", "ngay ram", "dem ram", "hom ram", "bua ram", "mung mot", "tet")
_WEEKS = {
    **dict.fromkeys(("tuan nay",), 0),
    **dict.fromkeys(("tuan truoc", "tuan roi", "tuan qua", "tuan vua roi", "tuan vua qua", "tuan trc"), 1),
    **dict.fromkeys(("tuan truoc nua", "2 tuan truoc", "hai tuan truoc", "tuan kia"), 2),
}
_LATELY = {("vua", "roi"), ("vua", "qua"), ("roi",), ("qua",), ("moi", "roi"), ("truoc",)}
_COMING = {("nay",), ("toi",), ("sau",), ("tuan", "sau"), ("tuan", "toi"), ("toi", "day"), ("sap", "toi")}
_IDLE = {("dau", "tuan"), ("cuoi", "tuan")}


def _phrases() -> dict[tuple[str, ...], Day | tuple[int, str | None]]:
    """What fixed phrases mean: a finished ``Day``, or days ago with a part of the day."""
    table: dict[tuple[str, ...], Day | tuple[int, str | None]] = {}
    for ago, phrases in _AGO.items():
        for phrase in phrases:
            table[tuple(phrase.split())] = (ago, None)
            table |= {(part, *phrase.split()): (ago, part) for part in PARTS}
            table |= {("hoi", part, *phrase.split()): (ago, part) for part in PARTS}
            table |= {("buoi", part, *phrase.split()): (ago, part) for part in PARTS}
    for part in PARTS:
        table |= {(part, "nay"): (0, part), (part, "ni"): (0, part), (part, "qua"): (1, part), (part, "kia"): (2, part)}
        table |= {("hoi", part, "qua"): (1, part), ("hoi", part, "nay"): (0, part), ("hoi", part): (0, f"hoi {part}")}
        table |= {(part, "mai"): Day(problem=Reason.FUTURE_DATE, part=part, plan=True)}
        table |= {(part, "mot"): Day(problem=Reason.FUTURE_DATE, part=part, plan=True)}
    table |= {tuple(phrase.split()): Day(problem=Reason.SEVERAL_DATES) for phrase in _ALWAYS}
    table |= {tuple(phrase.split()): (1, "toi") for phrase in _NIGHT}
    table |= {tuple(phrase.split()): (0, "sang") for phrase in _THIS_MORNING}
    table |= {tuple(phrase.split()): Day(problem=Reason.FUTURE_DATE, plan=True) for phrase in _TO_COME}
    table |= {tuple(phrase.split()): Day(problem=Reason.VAGUE_DATE) for phrase in _VAGUE}
    table |= {tuple(phrase.split()): Day(problem=Reason.LUNAR_DATE) for phrase in _LUNAR}
    table |= {tuple(phrase.split()): Day(problem=Reason.VAGUE_DATE, week=week) for phrase, week in _WEEKS.items()}
    return table


_PHRASES = _phrases()
_LENGTHS: dict[str, tuple[int, ...]] = {}
for _phrase in _PHRASES:
    _LENGTHS[_phrase[0]] = tuple(sorted({len(_phrase), *_LENGTHS.get(_phrase[0], ())}, reverse=True))

WORDS = frozenset(word for phrase in _PHRASES for word in phrase) | {
    "thu", "chu", "nhat", "ngay", "thang", "nam", "hom", "bua", "tuan", "truoc", "roi", *_WEEKDAYS, *PARTS,
}  # fmt: skip


def day_at(tokens: Sequence[Token], words: Sequence[str], at: int, now: datetime) -> Found | None:
    """What day is said at token ``at``, and the token after it. ``now`` is local."""
    after = at + 1 if tokens[at].word in PARTS else at
    named = after + 1 if word_at(tokens, after) in _DAY_WORDS else after
    plain = _dated(tokens, after, now.date()) or _weekday(tokens, words, named, now)
    if plain is not None and after > at:
        day, end = plain
        plain = replace(day, part=tokens[at].word), end
    phrase = _phrase_at(words, at, now)
    if plain is None or phrase is None:
        return plain or phrase
    return max(phrase, plain, key=lambda found: found[1])


def _phrase_at(words: Sequence[str], at: int, now: datetime) -> Found | None:
    for length in _LENGTHS.get(words[at], ()):
        meaning = _PHRASES.get(tuple(words[at : at + length]))
        if meaning is None or _is_other(words, at, at + length):
            continue
        return (meaning if isinstance(meaning, Day) else _ago(*meaning, now)), at + length
    if (
        words[at] in {"mung", "mong"}
        and at + 1 < len(words)
        and (words[at + 1].isdigit() or words[at + 1] in _WEEKDAYS)
    ):
        return Day(problem=Reason.LUNAR_DATE), at + 2
    return None


def _is_other(words: Sequence[str], at: int, end: int) -> bool:
    """Words that only look like a day: "đem quà cho", a name after a title, "này" of "vừa nãy"."""
    phrase, following = tuple(words[at:end]), words[end] if end < len(words) else ""
    if phrase in {("dem", "qua"), ("ngay", "qua")}:
        return following in {"cho", "tang", "den", "toi", "va"}
    if phrase in {("mai",), ("lat",), ("tet",)}:
        before = words[at - 1] if at else ""
        return before in {"ban", "chi", "em", "co", "hoa", "cay", "c", "ba", "ong", "anh", "khau", "lam"}
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
    end = _past(words, end, _IDLE) if tuple(words[end : end + 3][2:]) not in _LATELY else end + 2
    for length in (3, 2):
        week = _WEEKS.get(" ".join(words[end : end + length]))
        if week is not None:
            return _in_week(today, wanted, week), end + length
    coming = _longest(words, end, _COMING)
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
    lately = _longest(words, end, _LATELY)
    if lately and last == today:
        return Day(problem=Reason.VAGUE_DATE), end + lately
    return Day(last, weekday=None if lately else wanted, shortened=shortened), end + lately


def _begins_time(words: Sequence[str], at: int) -> bool:
    return at < len(words) and (words[at].isdigit() or words[at] in {"luc", *_WEEKDAYS})


def _weekday_name(tokens: Sequence[Token], words: Sequence[str], at: int) -> tuple[int, int] | None:
    for sunday in _SUNDAYS:
        if tuple(words[at : at + len(sunday)]) == sunday:
            return 6, at + len(sunday)
    if at + 1 >= len(words) or words[at] not in {"thu", "t"}:
        return None
    name = words[at + 1]
    if words[at] == "t" and not tokens[at + 1].glued:
        return None
    if words[at] == "thu" and at + 2 < len(words) and words[at + 2] in _THINGS:
        return None
    if name in _WEEKDAYS:
        return _WEEKDAYS[name], at + 2
    return (int(name) - 2, at + 2) if len(name) == 1 and name in "234567" else None


def _in_week(today: date, weekday: int, week: int) -> Day:
    day = today - timedelta(days=today.weekday() - weekday + 7 * week)
    return Day(problem=Reason.FUTURE_DATE) if day > today else Day(day)


def in_week(day: Day, weekday: int, week: int, today: date) -> Day:
    """``day``, a bare weekday, in a week that is named elsewhere in the sentence."""
    found = _in_week(today, weekday, week)
    return Day(found.day, found.problem, day.part)


def _longest(words: Sequence[str], at: int, phrases: Container[tuple[str, ...]]) -> int:
    return next((n for n in (2, 1) if tuple(words[at : at + n]) in phrases and at + n <= len(words)), 0)


def _past(words: Sequence[str], at: int, phrases: Container[tuple[str, ...]]) -> int:
    return at + _longest(words, at, phrases)


def _dated(tokens: Sequence[Token], at: int, today: date) -> Found | None:
    iso = _iso(tokens, at)
    if iso is not None:
        return _existing(*iso, today), at + 5
    start, said = at, False
    while word_at(tokens, at) in _DAY_WORDS and at < start + 2:
        at, said = at + 1, True
    day = number_at(tokens, at)
    if day is None:
        return None
    number, end = day
    if word_at(tokens, end) in _ANDS and (more := _dated(tokens, end + 1, today)) is not None:
        return Day(problem=Reason.SEVERAL_DATES), more[1]
    month = _month_at(tokens, at, end, said=said)
    if month is None:
        return _day_of_month(tokens, number, end, today) if said else None
    if isinstance(month, Day):
        return month, end + 2
    year, after = _year_at(tokens, month[1], today)
    if word_at(tokens, after) in {"am", "al"}:
        return Day(problem=Reason.LUNAR_DATE), after + 1
    until = _dated(tokens, after + 1, today) if word_at(tokens, after) in {"-", "den", "toi"} else None
    if until is not None:
        return Day(problem=Reason.SEVERAL_DATES), until[1]
    return _existing(year, month[0], number, today), after


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
    if word_at(tokens, end) in _TIME_SIGNS | _THINGS | {"ngay", "thang", "lan", "buoi"} or not 1 <= number <= 31:
        return None
    if word_at(tokens, end) == "," and number_at(tokens, end + 1) is not None and tokens[end].glued:
        return Day(problem=Reason.SEVERAL_DATES), end
    return _existing(today.year, today.month, number, today), end


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
    if not said and word_at(tokens, at - 1) in _FEASTS:
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
    return Day(day, Reason.LONG_AGO, dated=True) if day < today - LONG_AGO else Day(day, dated=True)
