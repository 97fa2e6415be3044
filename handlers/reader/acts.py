"""What a message does besides telling of a deed: asking, planning, denying, reporting on others, and so on."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.reader.clauses import Clause
from handlers.reader.days import Day
from handlers.reader.phrases import AT_END, INSTEAD, NAMES
from handlers.reader.results import Reason, Route
from handlers.reader.tags import DEEDS, WORKS, Mark, Tag
from handlers.reader.tokens import Token

_COURTESIES = {Tag.FILLER, Tag.SMALLTALK, Tag.SELF, Tag.THEN, Tag.STOP, Tag.TITLE}
_TOWARDS = {Tag.WITH, Tag.BY, Tag.VERB, Tag.WORK, Tag.ATTEND, Tag.EVENT}
_PLAIN_TITLES = {"anh", "chi", "chu", "bac", "thay", "ong", "ba", "ban"}
_FORMAL_TITLES = {"dong chi", "d / c"}
_WHERE = {"o", "tai", "ve", "vo", "ra", "len", "xuong", "toi", "qua", "sang", "dia", "gan", "truoc"}
_HAVING = {"cho", "giup", "nho", "moi"}
_LEADS = {Tag.SELF, Tag.ATTEND, Tag.WITH, Tag.BY, Tag.VERB}
_BODIES = {Tag.UNION, Tag.PLACE, Tag.THING, Tag.TITLE, Tag.WITH, Tag.BRANCH, Tag.AND}
_DESPITE = {"van kip", "nhung van", "van di", "van tham gia", "ma van", "van du", "van lam", "van truc"}
_STOPS = {",", ".", ";", ":", "\n", "!", "-"}
_HARMLESS = {
    "tranh",
    "thu",
    "van",
    "kip",
    "chay",
    "tiep",
    "tuc",
    "tich",
    "cuc",
    "lao",
    "dong",
    "trang",
    "phuc",
    "bch",
    "hat",
    "nhiet",
    "chu",
    "tu",
    "fanpage",
    "hom",
    "bua",
    "ngay",
    "buoi",
    "nen",
    "ngoi",
    "mang",
    "lai",
    "viec",
    "muc",
    "nhu",
    "sau",
    "de",
}
_TO_OR_FOR = {"cho", "giup", "cua", "tham", "nho", "moi", "gap", "nha", "ho", "o", "tai", "cung", "voi", "va", "boi"}


@dataclass(frozen=True, slots=True)
class Message:
    """A message cut up: its tokens, its marks, and one group of marks for each deed."""

    tokens: Sequence[Token]
    marks: Sequence[Mark]
    groups: Sequence[Clause]

    def has(self, *tags: Tag) -> bool:
        """Whether some mark is one of ``tags``."""
        return any(mark.tag in tags for mark in self.marks)

    @property
    def tells(self) -> bool:
        """Whether it tells of a deed at all."""
        return any(map(tells_of_deed, self.groups))

    def names_thing(self, at: int) -> bool:
        """Whether the token at ``at`` is a part of the name of a thing, a body, a place, a day or a time."""
        firm = {Tag.THING, Tag.UNION, Tag.PLACE, Tag.DAY, Tag.TIME, Tag.PART, Tag.CLOCK_CUE}
        return any(mark.tag in firm and mark.first <= at < mark.end for mark in self.marks)

    def words(self, mark: Mark) -> str:
        """The folded words of a mark."""
        return " ".join(token.word for token in self.tokens[mark.first : mark.end])


def tells_of_deed(group: Clause) -> bool:
    """Whether a deed is told: a weak verb alone, as in "đẹp lắm", is none."""
    deed = group.deed
    return deed is not None and (deed.tag is not Tag.VERB or group.has(Tag.THING, Tag.UNION, Tag.TIME, Tag.DAY))


def act_of(message: Message) -> Route | Reason | None:
    """Where a message goes that logs nothing, a reason to ask, or None when it plainly tells what its writer did."""
    for act in (_request, _question, _announcement, _plan, _about_others, _denial, _unfinished):
        found = act(message)
        if found is not None:
            return found
    return None


def _request(message: Message) -> Route | None:
    if any(mark.tag is Tag.CORRECTION and not _is_mending(message, mark) for mark in message.marks):
        return Route.CORRECTION
    if message.has(Tag.REPORT):
        return Route.REPORT_REQUEST
    return Route.REMINDER_REQUEST if message.has(Tag.REMINDER) else None


def _is_mending(message: Message, mark: Mark) -> bool:
    """Whether "sửa" mends a thing rather than an entry: "sửa lại cầu", "xóa bảng quảng cáo"."""
    if message.words(mark) not in {"sua", "sua lai", "sua giup", "xoa", "xoa bo", "sua dum", "sua ho", "sua cho"}:
        return False
    return any(near.tag in {Tag.THING, Tag.WORK} and 0 <= near.first - mark.end <= 1 for near in message.marks)


def _question(message: Message) -> Route | Reason | None:
    asks = message.has(Tag.QUESTION) or _asks_at_end(message) or _asks_how_many(message) or _asks_who(message)
    asks = asks or (bool(message.marks) and message.marks[0].tag is Tag.RULE and message.marks[0].first == 0)
    spoken = [token.word for token in message.tokens if token.word.isalpha()]
    asks = asks or (message.has(Tag.PROGRESS) and spoken[-1:] in (["vay"], ["the"], ["z"], ["ta"], ["nhi"]))
    dated = any(isinstance(mark.value, Day) and mark.value.day for mark in message.marks)
    if message.has(Tag.PROGRESS) and (asks or not (message.tells and dated)):
        return Route.QUERY_PROGRESS
    if not asks:
        return None
    if message.tells and message.has(Tag.PLEASE_LOG) and (dated or message.has(Tag.TIME)):
        return Reason.MEANT_AS_LOG
    about = message.has(Tag.RULE, Tag.THING, Tag.UNION, Tag.CONVENED, Tag.DAY, Tag.TIME, Tag.QUESTION) or message.tells
    if not about:
        return Route.SMALLTALK if message.has(Tag.SMALLTALK) else Route.OTHER
    return Route.RULE_QUESTION


def _asks_who(message: Message) -> bool:
    """Whether "ai" stands where the writer would: "hôm qua ai dọn rác"."""
    return any("ai" in strange_words(message, group, 0) for group in message.groups)


def _asks_how_many(message: Message) -> bool:
    """Whether "mấy giờ", "mấy tiếng" opens or ends the message; in between it may only be vague."""
    for mark in message.marks:
        if mark.tag is Tag.TIME and message.tokens[mark.first].word == "may":
            after = {token.word for token in message.tokens[mark.end :] if token.word.isalnum()}
            if mark.first == 0 or after <= {"vay", "a", "ad", "bot", "ta", "z", "the", "nhi", "ha", "oi", "em", "nua"}:
                return True
    return False


def _asks_at_end(message: Message) -> bool:
    """A question mark, or a question word with nothing but courtesies after it before a stop."""
    covered = {at for mark in message.marks if mark.tag in _COURTESIES for at in range(mark.first, mark.end)}
    inside = {
        at
        for mark in message.marks
        if mark.tag in {Tag.HARMLESS, Tag.PROPOSED, Tag.THING, Tag.DAY, Tag.PUNCTUAL} | DEEDS
        for at in range(mark.first, mark.end)
    }
    last = True
    for at in range(len(message.tokens) - 1, -1, -1):
        word = message.tokens[at].word
        if word == "?":
            return True
        if word in {".", "\n", ";", ",", "!"}:
            last = True
        elif last and word in AT_END and at > 0 and at not in inside and not message.tokens[at].text.istitle():
            return True
        elif at not in covered and word.isalnum():
            last = False
    return False


def _announcement(message: Message) -> Route | None:
    found = [
        mark
        for mark in message.marks
        if mark.tag is Tag.ANNOUNCEMENT and message.tokens[mark.first - 1].word not in {"voi", "cung", "cua", "cho"}
    ]
    if not found:
        return None
    days = [mark.value for mark in message.marks if isinstance(mark.value, Day)]
    called = any(message.words(mark).startswith(("nha ", "nghen ", "nhe ")) for mark in found)
    if called and not message.has(Tag.SELF):
        return Route.ANNOUNCEMENT
    past = any(day.day for day in days) and not any(day.plan or day.problem is Reason.FUTURE_DATE for day in days)
    opens = all(mark.tag in _COURTESIES for mark in message.marks if mark.first < found[0].first)
    return None if past and (not opens or message.has(Tag.SELF)) else Route.ANNOUNCEMENT


def _plan(message: Message) -> Route | Reason | None:
    planned = [group for group in message.groups if _is_planned(group)]
    if not planned:
        return None
    done = [group for group in message.groups if group.deed is not None and (group not in planned or _is_past(group))]
    return Reason.UNFINISHED if done and message.tells and any(group.has(Tag.DAY) for group in done) else Route.PLAN


def _is_past(group: Clause) -> bool:
    """Whether a deed has a day that has been, so that only another day of it is to come."""
    return not group.has(Tag.PLAN) and any(isinstance(mark.value, Day) and mark.value.day for mark in group.marks)


def _is_planned(group: Clause) -> bool:
    return group.has(Tag.PLAN) or any(isinstance(mark.value, Day) and mark.value.plan for mark in group.marks)


def _about_others(message: Message) -> Route | Reason | None:
    found = [_subject(message, group, deed) for group in message.groups if (deed := group.deed) is not None]
    if Route.THIRD_PARTY in found:
        return Route.THIRD_PARTY if None not in found else Reason.UNSURE_WHO
    return next((who for who in found if who is not None), None)


def _subject(message: Message, group: Clause, deed: Mark) -> Route | Reason | None:
    """Who did it, from what stands before the deed: None for the writer."""
    begins = max((at for at in range(deed.first) if message.tokens[at].word == ":"), default=0)
    before = [mark for mark in group.marks if begins <= mark.first < deed.first]
    if deed.tag is Tag.INITIATIVE and _is_anothers(message, group):
        return Reason.UNSURE_WHO
    others = [mark for mark in before if _is_other(message, mark, before, deed)]
    titled = {mark.end for mark in before if mark.tag is Tag.TITLE}
    myself = any(mark.tag is Tag.SELF and mark.first not in titled and not _names(message, mark) for mark in before)
    if others:
        return Reason.UNSURE_WHO if myself else Route.THIRD_PARTY
    if not myself and any(mark.tag is Tag.TITLE and message.words(mark) in _PLAIN_TITLES for mark in before):
        return Reason.UNSURE_WHO
    return None if myself else _name_opening(message, before, deed)


def _is_anothers(message: Message, group: Clause) -> bool:
    """Whether an initiative is "của anh Nam"."""
    people = group.all(Tag.TITLE, Tag.OTHERS)
    owners = [mark for mark in people if mark.first and message.tokens[mark.first - 1].word == "cua"]
    return any(mark.tag is Tag.OTHERS or _names(message, mark) for mark in owners)


def _is_other(message: Message, mark: Mark, before: Sequence[Mark], deed: Mark) -> bool:
    towards = any(near.tag in _TOWARDS and near.end <= mark.first for near in before if near is not mark)
    previous = message.tokens[mark.first - 1].word if mark.first else ""
    if previous in _TO_OR_FOR - _HAVING or (towards and mark.tag is not Tag.TITLE):
        return False
    if mark.tag is Tag.OTHERS:
        return True
    if mark.tag is Tag.UNION:
        return deed.tag in WORKS | {Tag.BRANCH, Tag.CULTURE, Tag.SHIRT} and not towards
    if mark.tag not in {Tag.TITLE, Tag.SELF} or (towards and previous != ""):
        return False
    return message.words(mark) in _FORMAL_TITLES or (mark.tag is Tag.TITLE and _names(message, mark))


def _names(message: Message, mark: Mark) -> bool:
    """Whether a name follows a title such as "bạn", "chị", "em"."""
    if mark.end >= len(message.tokens):
        return False
    token = message.tokens[mark.end]
    tags = {near.tag for near in message.marks if near.first <= mark.end < near.end}
    if token.word in NAMES and tags <= {Tag.FILLER, Tag.TITLE}:
        return True
    following = message.tokens[mark.end + 1] if mark.end + 1 < len(message.tokens) else None
    paired = following is not None and following.capital and following.text.istitle()
    return token.text.istitle() and (not tags or (paired and tags <= {Tag.VERB}))


def strange_words(message: Message, group: Clause, first: int) -> list[str]:
    """Words before the deed, from token ``first`` on, that may make something else of it.

    After the writer or a verb only such as "thích", "nhờ"; where the writer is left out any word that no table knows.
    """
    deed = group.deed
    if deed is None:
        return []
    leads = [mark for mark in group.marks if mark.tag in _LEADS and first <= mark.first < deed.first]
    writers = [mark for mark in leads if mark.tag is Tag.SELF]
    if writers:
        acting = [mark.first for mark in leads if mark.first > writers[-1].first]
        between = range(writers[-1].end, min(acting, default=deed.first))
        return [word for at in between if (word := message.tokens[at].word) in INSTEAD and not message.names_thing(at)]
    stops = [at for at in range(first, deed.first) if message.tokens[at].word in _STOPS]
    begin = max(stops, default=first)
    return _unknown_words(message, group, range(begin, min([mark.first for mark in leads] or [deed.first])))


def _unknown_words(message: Message, group: Clause, between: range) -> list[str]:
    """Words where the one who did it is said, that no table knows or that name a thing: "thanh niên khóm 2 dọn rác"."""
    known = {at for mark in message.marks for at in range(mark.first, mark.end)}
    when = {at for mark in message.marks if mark.tag in {Tag.DAY, Tag.TIME} for at in range(mark.first, mark.end)}
    things = {mark.first for mark in group.marks if mark.tag is Tag.THING}
    bodies = {mark.end for mark in message.marks if mark.tag in _BODIES}
    strange, placed = [], False
    for at in between:
        token = message.tokens[at]
        placed = (token.word in _WHERE and at not in when) or (placed and at not in known)
        if at in bodies and token.text.istitle():
            bodies.add(at + 1)
            continue
        apart = at == 0 or at - 1 in when or message.tokens[at - 1].word not in _TO_OR_FOR | _WHERE
        unknown = at not in known and token.word.isalpha() and token.word not in _HARMLESS
        if not placed and (unknown or (at in things and apart)):
            strange.append(token.word)
    return strange


def _name_opening(message: Message, before: Sequence[Mark], deed: Mark) -> Route | Reason | None:
    """What a bare name at the opening makes of it: "Lan đi hiến máu hôm qua"; without a capital it may be a word."""
    when = {Tag.DAY, Tag.TIME, Tag.PART, Tag.STOP}
    skipped = {at for mark in before if mark.tag in when for at in range(mark.first, mark.end)}
    start = next((at for at in range(deed.first) if at not in skipped), deed.first)
    covered = any(mark.first <= start < mark.end for mark in message.marks)
    token = message.tokens[start]
    if start == deed.first or covered or token.word not in NAMES:
        return None
    return Route.THIRD_PARTY if token.text.istitle() else Reason.UNSURE_WHO


def _denial(message: Message) -> Route | Reason | None:
    denied = [group for group in message.groups if _is_denied(group)]
    if not denied:
        return None
    told = [group for group in message.groups if group.deed is not None and group not in denied]
    if told or any(message.words(mark) in _DESPITE for mark in message.marks if mark.tag is Tag.HARMLESS):
        return Reason.PARTLY_NEGATED
    return (
        Route.NEGATED
        if message.tells or message.has(Tag.DAY, Tag.ATTEND, Tag.UNION, Tag.CALLED_OFF, Tag.FILLER)
        else None
    )


def _is_denied(group: Clause) -> bool:
    if group.has(Tag.CALLED_OFF):
        return True
    denials = group.all(Tag.NOT)
    deed = group.deed
    if denials and deed is not None and deed.tag is Tag.INITIATIVE and group.has(Tag.RECOGNISED):
        return False
    return bool(denials)


def _is_aside(message: Message, mark: Mark) -> bool:
    """Whether "nhưng" only qualifies what comes before the deed: "mệt nhưng vui, em đi ..."."""
    but = message.tokens[mark.first].word in {"nhưng", "nhung"}
    return but and not any(near.tag in DEEDS and near.end <= mark.first for near in message.marks)


def _wavers(message: Message) -> bool:
    """Whether "hay", "hoặc" stands before a day or a time: one or the other."""
    after = {mark.first for mark in message.marks if mark.tag in {Tag.DAY, Tag.TIME, Tag.PART}}
    return any(token.word in {"hay", "hoac"} and at + 1 in after for at, token in enumerate(message.tokens))


def _unfinished(message: Message) -> Reason | None:
    ends = {mark.end for mark in message.marks if mark.tag is Tag.ONGOING}
    if any(mark.tag is Tag.UNSURE and not _is_aside(message, mark) for mark in message.marks) or _wavers(message):
        return Reason.UNFINISHED
    attending = {mark.first for mark in message.marks if mark.tag is Tag.ATTEND}
    if any(mark.tag is Tag.OTHERS and mark.end in attending for mark in message.marks):
        return Reason.UNSURE_WHO
    going_on = any(mark.tag in DEEDS | {Tag.ATTEND} and mark.first in ends for mark in message.marks)
    return Reason.UNFINISHED if going_on else None
