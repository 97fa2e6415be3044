"""Titles and units, taken from what the person wrote."""

from collections.abc import Sequence

from handlers.reader.clauses import Clause
from handlers.reader.results import UnitName
from handlers.reader.tags import DEEDS, Mark, Tag
from handlers.reader.tokens import Token
from storage.text import fold

LONGEST = 120
_LEFT_OUT = {
    Tag.DAY, Tag.TIME, Tag.PART, Tag.SELF, Tag.EACH, Tag.PLEASE_LOG, Tag.PUNCTUAL, Tag.LATE, Tag.LEAVE,
    Tag.RECOGNISED, Tag.PROPOSED, Tag.HARMLESS,
}  # fmt: skip
_FULL = {
    "shcd": "sinh hoạt chi đoàn", "dvc": "dịch vụ công", "mhx": "mùa hè xanh", "hmtn": "hiến máu tình nguyện",
    "cd": "chi đoàn", "dvtn": "đoàn viên thanh niên", "tnvn": "Thanh niên Việt Nam", "ctxh": "công tác xã hội",
    "tnxk": "thanh niên xung kích", "kv": "khu vực", "hdtn": "hoạt động tình nguyện", "sk": "sáng kiến",
}  # fmt: skip
_AT_NO_EDGE = {Tag.FILLER, Tag.CLOCK_CUE, Tag.LENGTH_CUE, Tag.STOP, Tag.THEN, Tag.AND, Tag.WITH, Tag.BY, Tag.SMALLTALK}
_DASHES = {"-", "–", "+", "*", "•"}
_SIGNS = {"\n", '"', "“", "”", "(", ")", "!", "?"}
_DANGLING = {"o", "tai", "buoi", "luc", "ngay", "hom"}
_NAMED_AFTER = {
    "ap",
    "khom",
    "kv",
    "khu",
    "phuong",
    "p",
    "xa",
    "thon",
    "to",
    "lop",
    "so",
    "truong",
    "co",
    "benh",
    "thi",
    "cong",
    "van",
}
_LONGEST_NAME = 7
# Small words inside a name, and those that a name may end with.
_NAME_LINKS = {"phuong", "xa", "ap", "khom", "thi", "tran", "quan", "dai", "tieu", "truong"}
_NAME_ENDS = {"an", "vu", "su", "chinh", "te", "hoc"}


def title_of(tokens: Sequence[Token], group: Clause, span: range, aside: range) -> str | None:
    """What was done: the words of ``span`` but not of ``aside``, without days, times and courtesies."""
    out = {at for mark in group.marks if mark.tag in _LEFT_OUT for at in range(mark.first, mark.end)}
    firm = DEEDS | {Tag.THING, Tag.UNION}
    named = {at for mark in group.marks if mark.tag in firm for at in range(mark.first, mark.end)}
    edge = {at for mark in group.marks if mark.tag in _AT_NO_EDGE for at in range(mark.first, mark.end)} - named
    when = {mark.first for mark in group.marks if mark.tag in {Tag.DAY, Tag.TIME, Tag.PART}}
    cues = {Tag.CLOCK_CUE, Tag.LENGTH_CUE, Tag.STOP, Tag.FILLER, Tag.THEN, Tag.AND}
    out |= {at for mark in group.marks if mark.tag in cues and mark.end in when for at in range(mark.first, mark.end)}
    out |= {at for at in span if tokens[at].word in _DASHES and not tokens[at].glued}
    kept = [at for at in span if at not in aside and at not in out - named and tokens[at].word not in _SIGNS]
    while kept and (kept[0] in edge or not tokens[kept[0]].word.isalnum()):
        kept.pop(0)
    while kept and (kept[-1] in edge or tokens[kept[-1]].word in _DANGLING or not tokens[kept[-1]].word.isalnum()):
        kept.pop()
    whole = len(kept) == 1
    shown = (_shown(tokens[at], glued=at - 1 in kept, whole=whole) for at in kept)
    text = "".join(shown).strip()[:LONGEST]
    return text[:1].upper() + text[1:] or None


def _shown(token: Token, *, glued: bool, whole: bool = False) -> str:
    text = "tình nguyện" if whole and token.word == "tn" else _FULL.get(token.word, token.text)
    return f"{'' if token.glued and glued else ' '}{text}"


def unit_of(tokens: Sequence[Token], group: Clause, units: Sequence[UnitName]) -> tuple[str | None, int | None]:
    """The unit that is named, by its own name when it is one of ``units``."""
    for mark in group.marks:
        if mark.tag is Tag.UNION or (mark.tag is Tag.BRANCH and _place_after(tokens, mark.end)):
            name = _full_name(tokens, mark)
            if name is not None:
                return _among(name, units)
    return None, None


def unit_span(tokens: Sequence[Token], group: Clause) -> range:
    """The tokens of "với chi đoàn khóm 3", which the unit of the entry says already."""
    for mark in group.all(Tag.UNION):
        joined = any(near.tag is Tag.WITH and near.end == mark.first for near in group.marks)
        if joined and _full_name(tokens, mark) is not None:
            return range(mark.first - 1, _name_end(tokens, mark.end))
    return range(0)


def _full_name(tokens: Sequence[Token], mark: Mark) -> str | None:
    words = [token.word for token in tokens[mark.first : mark.end]]
    branch = mark.tag is Tag.BRANCH or words in (["cd"], ["chi", "doan"])
    end = _name_end(tokens, mark.end)
    if branch and end == mark.end:
        return None
    head = "Chi đoàn" if branch else "".join(_shown(token, glued=False) for token in tokens[mark.first : mark.end])
    name = f"{head.strip()}{''.join(_shown(token, glued=False) for token in tokens[mark.end : end])}"
    return name[:1].upper() + name[1:]


def _place_after(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].word in _NAMED_AFTER


def _name_end(tokens: Sequence[Token], at: int) -> int:
    """The end of a unit's name: a kind of place with its number, and capitalised words with what links them."""
    end = at
    if _place_after(tokens, end):
        end += 2 if end + 1 < len(tokens) and tokens[end].word == "khu" and tokens[end + 1].word == "vuc" else 1
        if end < len(tokens) and tokens[end].number is not None and len(tokens[end].text) <= 3:
            return end + 1
    last = end
    while end < len(tokens) and end < at + _LONGEST_NAME:
        if tokens[end].capital or tokens[end].word in _NAME_ENDS:
            last = end + 1
        elif tokens[end].word not in _NAME_LINKS:
            break
        end += 1
    return last if last > at + 1 or (last > at and tokens[at].capital) else (at + 1 if _place_after(tokens, at) else at)


def _among(name: str, units: Sequence[UnitName]) -> tuple[str, int | None]:
    wanted = fold(name)
    same = [unit for unit in units if fold(unit.name) == wanted] or [
        unit for unit in units if fold(unit.name).startswith(f"{wanted} ") or wanted.startswith(f"{fold(unit.name)} ")
    ]
    return (same[0].name, same[0].id) if len(same) == 1 else (name, None)
