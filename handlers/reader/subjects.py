"""Who did it: the writer, somebody else, or nobody can tell."""

from collections.abc import Sequence

from handlers.reader.clauses import Clause
from handlers.reader.message import Message
from handlers.reader.phrases import INSTEAD, NAMES, is_meant, words_of
from handlers.reader.results import Reason, Route
from handlers.reader.tags import WORKS, Mark, Tag
from handlers.reader.tokens import Token

_TOWARDS = {Tag.WITH, Tag.BY, Tag.VERB, Tag.WORK, Tag.ATTEND, Tag.EVENT}
_LEADS = {Tag.SELF, Tag.ATTEND, Tag.WITH, Tag.BY, Tag.VERB}
_BODIES = {Tag.UNION, Tag.PLACE, Tag.THING, Tag.TITLE, Tag.WITH, Tag.BRANCH, Tag.AND}
_PLAIN_TITLES = words_of("anh chi chu bac thay ong ba ban")
_CHILDREN = words_of("con be nho thang")
_FORMAL_TITLES = {"dong chi", "d / c"}
# Who stands there with a number may be those who did it: "tổ 3 dọn rác".
_GROUPS = words_of("to doi nhom lop khom ap khu khoi thon xom cum")
_STOPS = {",", ".", ";", ":", "\n", "!", "-"}
# Words before which people and things stand that did not do it themselves.
_WHERE = words_of("o tai ve vo ra len xuong toi qua sang dia gan truoc")
_HAVING = words_of("cho giup nho moi")
_TO_OR_FOR = _HAVING | words_of("cua tham gap nha ho o tai cung voi va boi")
# Words that change nothing, though no table has them on their own.
_HARMLESS = words_of(
    "tranh thu van kip chay tiep tuc tich cuc lao dong trang phuc bch hat nhiet chu tu fanpage hom bua ngay buoi nen"
    " ngoi mang lai viec muc nhu sau de chuyen noi dung la giai vu truoc do tu nguyen"
    " rang luon lien gap moi nhau cuoc"
)


def about_others(message: Message) -> Route | Reason | None:
    """Where a message goes that reports on others, a reason to ask who it was, None for the writer's own deeds."""
    found = [_subject(message, group, deed) for group in message.groups if (deed := group.deed) is not None]
    if Route.THIRD_PARTY in found:
        return Route.THIRD_PARTY if None not in found else Reason.UNSURE_WHO
    return next((who for who in found if who is not None), None)


def _subject(message: Message, group: Clause, deed: Mark) -> Route | Reason | None:
    """Who did it, from what stands before the deed: None for the writer."""
    begins = max((at for at in range(deed.first) if message.tokens[at].word == ":"), default=0)
    before = [mark for mark in group.marks if begins <= mark.first < deed.first]
    if deed.tag is Tag.INITIATIVE and _is_anothers(message, group):
        return Reason.UNSURE_WHO if message.has(Tag.SELF) else Route.THIRD_PARTY
    since = max((mark.first for mark in before if _turns_to_writer(message, mark)), default=0)
    others = [mark for mark in before if mark.first >= since and _is_other(message, mark, before, deed)]
    if any(_takes_part(mark, group) for mark in group.marks if mark.first > deed.first):
        return None
    titled = {mark.end for mark in before if mark.tag is Tag.TITLE}
    writers = [mark for mark in before if mark.tag is Tag.SELF and mark.first not in titled]
    myself = any(not _names(message, mark) and not _is_owner(message, mark) for mark in writers)
    if others:
        return Reason.UNSURE_WHO if myself else Route.THIRD_PARTY
    if not myself and any(mark.tag is Tag.TITLE and message.words(mark) in _PLAIN_TITLES for mark in before):
        return Reason.UNSURE_WHO
    return None if myself else _name_opening(message, before, deed)


def _turns_to_writer(message: Message, mark: Mark) -> bool:
    """Whether the sentence goes over to the writer: "chị Lan bận nên tôi ..."."""
    return mark.tag is Tag.SELF and mark.first > 0 and message.tokens[mark.first - 1].word == "nen"


def _takes_part(mark: Mark, group: Clause) -> bool:
    """Whether the writer is said to have been there after all: "chi đoàn ấp 5 shcd, em có dự"."""
    return mark.tag is Tag.SELF and any(
        near.tag in {Tag.ATTEND, Tag.VERB, Tag.WORK} and 0 <= near.first - mark.end <= 1 for near in group.marks
    )


def _is_owner(message: Message, mark: Mark) -> bool:
    """Whether "em" only says whose: "phòng em", "lớp em"."""
    at = mark.first - 1
    tags = {near.tag for near in message.marks if near.first <= at < near.end}
    if at >= 0 and message.tokens[at].word in {"cua", "ben"}:
        return True
    if at < 0 or not message.tokens[at].word.isalpha() or message.tokens[at].word in _HARMLESS:
        return False
    return not tags or bool(tags & {Tag.THING, Tag.UNION, Tag.OTHERS, Tag.OFFICE, Tag.PLACE})


def _is_anothers(message: Message, group: Clause) -> bool:
    """Whether an initiative is "của anh Nam"."""
    people = group.all(Tag.TITLE, Tag.OTHERS)
    owners = [mark for mark in people if mark.first and message.tokens[mark.first - 1].word == "cua"]
    return any(mark.tag is Tag.OTHERS or _names(message, mark) for mark in owners)


def _is_other(message: Message, mark: Mark, before: Sequence[Mark], deed: Mark) -> bool:
    towards = any(near.tag in _TOWARDS and near.end <= mark.first for near in before if near is not mark)
    previous = message.tokens[mark.first - 1].word if mark.first else ""
    if previous in {"thua", "kinh", "gui"}:
        return False  # "thưa đồng chí": spoken to
    if previous == "thay" and mark.first > 1 and message.tokens[mark.first - 2].word in {"di", "du", "hop"}:
        return False  # "đi thay bí thư": in their place
    if previous in _TO_OR_FOR - _HAVING or (towards and mark.tag is not Tag.TITLE):
        return False
    if mark.tag is Tag.OTHERS or (message.words(mark) in _CHILDREN and _names(message, mark)):
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
    unlike = {Tag.FILLER, Tag.TITLE, Tag.LENGTH_CUE} if token.text.istitle() else {Tag.FILLER, Tag.TITLE}
    if token.word in NAMES and tags <= unlike:
        return True
    following = message.tokens[mark.end + 1] if mark.end + 1 < len(message.tokens) else None
    if token.text.istitle() and tags <= {Tag.VERB} and message.words(mark) in _PLAIN_TITLES:
        return following is None or not following.text.istitle()
    paired = following is not None and following.capital and following.text.istitle()
    return token.text.istitle() and (not tags or (paired and tags <= {Tag.VERB}))


def strange_words(message: Message, group: Clause, first: int) -> list[str]:
    """Words before the deed, from token ``first`` on, that may make something else of it.

    After the writer or a verb only such as "thích", "nhờ"; where the writer is left out any word that no table knows.
    """
    deed = group.deed
    if deed is None:
        return []
    first = max((at + 1 for at in range(first, deed.first) if message.tokens[at].word == ":"), default=first)
    leads = [mark for mark in group.marks if mark.tag in _LEADS and first <= mark.first < deed.first]
    writers = [mark for mark in leads if mark.tag is Tag.SELF and not _is_owner(message, mark)]
    leads = [mark for mark in leads if mark.tag is not Tag.SELF or mark in writers]
    if writers:
        acting = [mark.first for mark in leads if mark.first > writers[-1].first]
        between = range(writers[-1].end, min(acting, default=deed.first))
        return [word for at in between if (word := _instead(message.tokens[at])) and not message.names_thing(at)]
    stops = [at for at in range(first, deed.first) if message.tokens[at].word in _STOPS]
    begin = max(stops, default=first)
    return _unknown_words(message, group, range(begin, min([mark.first for mark in leads] or [deed.first])))


def _instead(token: Token) -> str:
    """The word when it makes of the deed something seen, wished or left to others."""
    return token.word if token.word in INSTEAD and is_meant(token) else ""


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
    """What a bare name or a numbered group at the opening makes of it: "Lan đi hiến máu hôm qua", "tổ 3 dọn rác".

    A name without a capital may be a word.
    """
    when = {Tag.DAY, Tag.TIME, Tag.PART, Tag.STOP}
    skipped = {at for mark in before if mark.tag in when for at in range(mark.first, mark.end)}
    start = next((at for at in range(deed.first) if at not in skipped), deed.first)
    if deed.tag in WORKS and any(mark.tag is Tag.PLACE and mark.first == start < deed.first for mark in before):
        return Reason.UNSURE_WHO if message.tokens[start].word in _GROUPS else None
    covered = any(mark.first <= start < mark.end for mark in message.marks)
    token = message.tokens[start]
    if start == deed.first or covered or token.word not in NAMES:
        return None
    return Route.THIRD_PARTY if token.text.istitle() else Reason.UNSURE_WHO
