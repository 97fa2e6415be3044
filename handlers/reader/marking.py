"""Finding the marks: at each token the longest of a time, a day and a phrase of the tables."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from handlers.reader import day_words, phrases
from handlers.reader.dates import date_at
from handlers.reader.day_words import Day
from handlers.reader.days import day_at
from handlers.reader.hours import PARTS, may_be_part
from handlers.reader.numbers import number_at
from handlers.reader.phrases import PHRASES, meanings_of, words_of
from handlers.reader.results import Reason
from handlers.reader.tags import WORKS, Mark, Tag
from handlers.reader.times import time_at
from handlers.reader.tokens import Token

# Words that a number belongs to: "khóm 3", "lớp 5", "đợt 2", "lần thứ hai", "số 12".
_PLACES = words_of("khom ap kv khu thon xom to lop k khoa phuong p xa tt quan hem")
_ADDRESSES = words_of("so hem ql dt tl kiet")
_COUNTED_IN_ORDER = words_of("lan buoi dot nam vong")
_NUMBERED = (_PLACES | _ADDRESSES | _COUNTED_IN_ORDER - {"nam"}) | words_of(
    "duong q doi khoi nhom hang tang phong tuyen mau cum cap hd hiep tap quyen bai dieu muc quy hoc ky"
)
# "khóm 30p" is half an hour at the khóm; no khóm has such a number.
_MINUTES = 15
# "Đoàn phường 8/11", "ký 3/11": a date, though a number may belong to these.
_BEFORE_DATES = words_of("ky phuong p xa nhom to cap khoa doi buoi dot")
_NEAR = 8
_GATHERINGS = (("hop", "dinh", "ky"), ("hop", "dinh", "ki"), ("sinh", "hoat"), ("hop", "le"))
_DAYS_OF_PARTS = {"qua", "nay", "hom", "kia", "truoc", "ni"}
_QUOTABLE = WORKS | {Tag.CULTURE, Tag.THING, Tag.UNION, Tag.PLACE}

KNOWN = (
    phrases.WORDS
    | day_words.WORDS
    | phrases.AT_END
    | _NUMBERED
    | words_of("phut tieng gio ruoi nua muoi mot hai ba bon nam sau bay tam chin dong ho am lich")
)


def marks_of(tokens: Sequence[Token], now: datetime) -> list[Mark]:
    """All marks, in order. Several tags of one phrase are several marks over the same tokens."""
    words = [token.word for token in tokens]
    quoted = _quoted(words)
    return [mark for mark in _marks(tokens, words, now) if mark.first not in quoted or mark.tag in _QUOTABLE]


def _is_mistaken(tokens: Sequence[Token], words: Sequence[str], at: int, end: int, tag: Tag) -> bool:
    """Whether a phrase is another one without marks: "mỗi hôm" is "mới hôm qua", "chưa" is the pagoda "chùa Phú Lý"."""
    if tag is Tag.EACH:
        return end < len(words) and words[end] in _DAYS_OF_PARTS
    following = tokens[end : end + 2]
    return tokens[at].text == "chua" and len(following) == 2 and all(token.text.istitle() for token in following)


def _goes_to(words: Sequence[str], at: int, end: int) -> bool:
    """Whether "đi" only leads to what begins with the next word: "đi làm đường" is not "đi làm"."""
    if end != at + 2 or words[at] != "di":
        return False
    return any(
        len(phrase) > 1 and tuple(words[at + 1 : at + 1 + len(phrase)]) == phrase
        for phrase, _ in PHRASES.get(words[at + 1], ())
    )


def _quoted(words: Sequence[str]) -> set[int]:
    """The tokens between quotation marks: a name, in which no day or denial is meant. Not if all is quoted."""
    signs = [at for at, word in enumerate(words) if word in {'"', "“", "”", "«", "»"}]
    return {at for first, last in zip(signs[::2], signs[1::2], strict=False) if first for at in range(first, last)}


def _marks(tokens: Sequence[Token], words: Sequence[str], now: datetime) -> Iterator[Mark]:
    at, day_end, timed, occasion, coming = 0, 0, 0, False, False
    while at < len(tokens):
        found = _at(tokens, words, at, now)
        if words[at] in PARTS and day_end == at > 0 and may_be_part(tokens[at]) and not _is_when(found, words, at):
            found = [Mark(Tag.PART, at, at + 1, words[at])]
        if coming and day_end == at and found and _is_weekday(found[0]):
            found = [Mark(Tag.FILLER, at, found[0].end)]  # "mai thứ bảy": of the day to come
        if timed == at > 0 and words[at] == "nghi" and found and found[0].tag is Tag.NOT:
            found = [Mark(Tag.FILLER, at, at + 1)]  # "7h làm, 11h nghỉ"
        if occasion and found and found[0].tag is Tag.DAY:
            found = [Mark(Tag.OCCASION, at, found[0].end)]
        yield from found
        occasion = bool(found) and found[0].tag is Tag.OCCASION and "/" not in words[at : found[0].end]
        at = found[0].end if found else at + 1
        if found and found[0].tag is Tag.TIME:
            timed = at
        if found and found[0].tag is Tag.DAY:
            day_end, coming = at, isinstance(found[0].value, Day) and found[0].value.plan


def _is_weekday(mark: Mark) -> bool:
    return isinstance(mark.value, Day) and mark.value.weekday is not None


def _is_when(found: Sequence[Mark], words: Sequence[str], at: int) -> bool:
    """Whether a part of the day opens a time or a day of its own, as in "tối qua"; if not, it ends the day before."""
    if not found or found[0].tag is Tag.TIME:
        return bool(found)
    return found[0].tag is Tag.DAY and at + 1 < len(words) and words[at + 1] in _DAYS_OF_PARTS


def _at(tokens: Sequence[Token], words: Sequence[str], at: int, now: datetime) -> list[Mark]:
    best: list[Mark] = _bullet(words, at) or _numbered(tokens, words, at, now) or _gathering(words, at)
    time = time_at(tokens, at)
    if time is not None and (not best or time[1] > best[0].end):
        best = [Mark(Tag.TIME, at, time[1], time[0])]
    day = day_at(tokens, words, at, now) or _bare_today(words, at, now)
    if day is not None and (not best or day[1] > best[0].end):
        best = [Mark(Tag.DAY, at, day[1], day[0])]
    for phrase, tags in PHRASES.get(words[at], ()):
        end = at + len(phrase)
        if best and end <= best[0].end:
            break
        if tuple(words[at:end]) == phrase and not _goes_to(words, at, end):
            meant = meanings_of(tokens[at:end], tags)
            if not meant or _is_mistaken(tokens, words, at, end, meant[0][0]):
                continue
            part = _part(tokens, words, at) if len(phrase) == 1 else []
            if part:
                return part
            return [Mark(tag, at, end, value) for tag, value in meant]
    return best or _part(tokens, words, at)


def _bullet(words: Sequence[str], at: int) -> list[Mark]:
    """The number of a line in a list: "1. ", "2) "."""
    opens = (at == 0 or words[at - 1] == "\n") and at + 1 < len(words)
    return [Mark(Tag.STOP, at, at + 2)] if opens and words[at].isdigit() and words[at + 1] in {".", ")"} else []


def _numbered(tokens: Sequence[Token], words: Sequence[str], at: int, now: datetime) -> list[Mark]:
    """A word and the number that belongs to it; "t11" and "tháng 11" are a month and say no day."""
    word = words[at]
    if word == "thang" or (word == "t" and at + 1 < len(tokens) and tokens[at + 1].glued):
        month = number_at(tokens, at + 1)
        if month is not None and 1 <= month[0] <= 12 and (word == "thang" or not 2 <= month[0] <= 7):
            return [Mark(Tag.DAY, at, month[1], Day(problem=Reason.VAGUE_DATE, month=month[0]))]
        return []
    if word == "nam" and at + 1 < len(tokens) and len(words[at + 1]) == 4 and words[at + 1].isdigit():
        return [Mark(Tag.FILLER, at, at + 2)]
    if word not in _NUMBERED:
        return []
    after = at + 1
    if word in _COUNTED_IN_ORDER and after < len(words) and words[after] == "thu":
        after += 1
    number = number_at(tokens, after)
    if number is None or (word not in _PLACES | _COUNTED_IN_ORDER and tokens[after].number is None):
        return []
    end = number[1]
    if word in _BEFORE_DATES and date_at(tokens, after, now.date()):
        return []
    if time_at(tokens, after) is not None and (word not in _PLACES or words[end] != "p" or number[0] >= _MINUTES):
        return []
    if word in _ADDRESSES and end + 1 < len(tokens) and words[end] == "/" and tokens[end + 1].number is not None:
        end += 2
    return [Mark(Tag.PLACE, at, end, word if word in _PLACES else None)]


def _gathering(words: Sequence[str], at: int) -> list[Mark]:
    """ "Chi đoàn Đại đội 5 sinh hoạt": whose gathering it is stands shortly before."""
    end = next((at + len(one) for one in _GATHERINGS if tuple(words[at : at + len(one)]) == one), at)
    if end == at:
        return []
    before = words[max(0, at - _NEAR) : at]
    near = "cd" in before or any(pair == ("chi", "doan") for pair in pairwise(before))
    return [Mark(Tag.BRANCH, at, end)] if near else []


def _bare_today(words: Sequence[str], at: int, now: datetime) -> tuple[Day, int] | None:
    """The Southern "nay" that opens a sentence: today."""
    opens = at == 0 or words[at - 1] in {",", ".", "\n", ";"}
    if words[at] != "nay" or not opens:
        return None
    return Day(now.date()), at + 1


def _part(tokens: Sequence[Token], words: Sequence[str], at: int) -> list[Mark]:
    """A part of the day on its own; "toi" and "sang" only where they cannot be "tôi", "tới" or "đi sang"."""
    word = words[at]
    if not may_be_part(tokens[at]):
        return []
    if word == "buoi" and at + 1 < len(words) and words[at + 1] in PARTS:
        return [Mark(Tag.PART, at, at + 2, words[at + 1])]
    if word not in PARTS:
        return []
    before = words[at - 1] if at else ""
    sure = word in {"trua", "chieu", "khuya"} or before in {"buoi", "hoi", "ca", "luc", "vao", "khi"}
    if (
        not sure
        and at + 1 < len(tokens)
        and (tokens[at + 1].number is not None or words[at + 1] in {"ngay", "thu", "hom"})
    ):
        sure = True
    if not sure and at > 0 and before in {"sang", "chieu", ",", "buoi", "hom"}:
        sure = True
    return [Mark(Tag.PART, at, at + 1, word)] if sure or word == "dem" else []
