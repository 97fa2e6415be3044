"""What a message does besides telling of a deed: asking, planning, denying, reporting on others, and so on."""

from handlers.reader.asking import COURTESIES, asks
from handlers.reader.clauses import Clause
from handlers.reader.day_words import Day
from handlers.reader.message import Message
from handlers.reader.results import Reason, Route
from handlers.reader.subjects import about_others
from handlers.reader.tags import DEEDS, Mark, Tag

_LAUGHTER = {"haha", "hahaha", "hehe", "kaka", "kkk", "kk", "😆", "🤣", "😂", "🤭", "😜", "😝", "gion", "dua"}
_DESPITE = {"van kip", "nhung van", "van di", "van tham gia", "ma van", "van du", "van lam", "van truc"}


def act_of(message: Message) -> Route | Reason | None:
    """Where a message goes that logs nothing, a reason to ask, or None when it plainly tells what its writer did."""
    for act in (_request, _question, _announcement, _plan, about_others, _denial, _unfinished):
        found = act(message)
        if found is not None:
            return found
    return None


def jests(message: Message) -> bool:
    """Whether somebody laughs and names no work that is plainly the Union's: "tình nguyện ngủ 4 tiếng haha"."""
    plain = message.has(Tag.EVENT, Tag.WORK, Tag.BRANCH, Tag.MEETING, Tag.INITIATIVE, Tag.CULTURE, Tag.SHIRT)
    laughs = (mark for mark in message.marks if mark.tag is Tag.SMALLTALK)
    return not plain and any(message.tokens[mark.first].word in _LAUGHTER for mark in laughs)


def _request(message: Message) -> Route | None:
    if any(mark.tag is Tag.CORRECTION and not _is_mending(message, mark) for mark in message.marks):
        return Route.CORRECTION
    if any(mark.tag is Tag.REPORT and not _is_telling(message, mark) for mark in message.marks):
        return Route.REPORT_REQUEST
    if message.has(Tag.REMINDER) and not message.has(Tag.INITIATIVE):  # an initiative may be called "app nhắc lịch"
        return Route.REMINDER_REQUEST
    return Route.THIRD_PARTY if _is_for_another(message) else None


def _is_for_another(message: Message) -> bool:
    """Whether it asks to write something down for somebody named: "ghi 2h hôm qua cho bạn Trâm giùm"."""
    if not message.has(Tag.PLEASE_LOG) or message.has(*DEEDS):
        return False
    titles = (mark for mark in message.marks if mark.tag is Tag.TITLE and mark.end < len(message.tokens))
    return any(
        message.tokens[mark.first - 1].word == "cho" and message.tokens[mark.end].text.istitle() for mark in titles
    )


def _is_telling(message: Message, mark: Mark) -> bool:
    """Whether "xin báo cáo" only opens what the writer has to tell: "em xin báo cáo: tối qua em ..."."""
    opens = message.words(mark) in {"xin bao cao", "gui bao cao"} and message.tells
    return opens and any(near.tag is Tag.DAY and near.first >= mark.end for near in message.marks)


def _is_mending(message: Message, mark: Mark) -> bool:
    """Whether "sửa" mends a thing rather than an entry: "sửa lại cầu", "xóa bảng quảng cáo"."""
    if message.words(mark) not in {"sua", "sua lai", "sua giup", "xoa", "xoa bo", "sua dum", "sua ho", "sua cho"}:
        return False
    return any(near.tag is Tag.THING and 0 <= near.first - mark.end <= 1 for near in message.marks)


def _question(message: Message) -> Route | Reason | None:
    asking = asks(message)
    dated = any(isinstance(mark.value, Day) and mark.value.day for mark in message.marks)
    if message.has(Tag.PROGRESS) and (asking or not (message.tells and dated)):
        return Route.QUERY_PROGRESS
    if not asking:
        return None
    if _asks_whether_enough(message):
        return Route.QUERY_PROGRESS
    if message.tells and message.has(Tag.PLEASE_LOG) and (dated or message.has(Tag.TIME)):
        return Reason.MEANT_AS_LOG
    about = message.has(Tag.RULE, Tag.THING, Tag.UNION, Tag.CONVENED, Tag.DAY, Tag.TIME, Tag.QUESTION) or message.tells
    if not about:
        return Route.SMALLTALK if message.has(Tag.SMALLTALK) else Route.OTHER
    return Route.RULE_QUESTION


def _asks_whether_enough(message: Message) -> bool:
    """Whether it asks of the writer's own hours whether they are "đủ ... chưa"."""
    spoken = [token.word for token in message.tokens if token.word.isalnum()]
    own = message.has(Tag.SELF) and not message.has(*DEEDS)
    return own and "du" in spoken and "chua" in spoken[spoken.index("du") :]


def _announcement(message: Message) -> Route | None:
    found = [
        mark
        for mark in message.marks
        if mark.tag is Tag.ANNOUNCEMENT and message.tokens[mark.first - 1].word not in {"voi", "cung", "cua", "cho"}
    ]
    if not found:
        return None
    days = [mark.value for mark in message.marks if isinstance(mark.value, Day)]
    deeds = [mark.first for mark in message.marks if mark.tag in DEEDS]
    writer = any(mark.tag is Tag.SELF and mark.first < min(deeds, default=mark.end) for mark in message.marks)
    called = any(message.words(mark).startswith(("nha ", "nghen ", "nhe ", "nho ")) for mark in found)
    if called and not writer:
        return Route.ANNOUNCEMENT
    past = any(day.day for day in days) and not any(day.plan or day.problem is Reason.FUTURE_DATE for day in days)
    opens = all(mark.tag in COURTESIES for mark in message.marks if mark.first < found[0].first)
    return None if past and (not opens or writer) else Route.ANNOUNCEMENT


def _plan(message: Message) -> Route | Reason | None:
    planned = [group for group in message.groups if _is_planned(group)]
    if not planned:
        return None
    if message.has(Tag.NOT, Tag.CALLED_OFF) and all(map(_is_over, planned)):
        return Route.NEGATED
    done = [group for group in message.groups if group.deed is not None and (group not in planned or _is_past(group))]
    return Reason.UNFINISHED if done and message.tells and any(group.has(Tag.DAY) for group in done) else Route.PLAN


def _is_past(group: Clause) -> bool:
    """Whether a deed has a day that has been, so that only another day of it is to come."""
    return not group.has(Tag.PLAN) and any(isinstance(mark.value, Day) and mark.value.day for mark in group.marks)


def _is_over(group: Clause) -> bool:
    """Whether what was planned was for a day that has been: "hôm qua định đi mà bị sốt"."""
    return any(isinstance(mark.value, Day) and mark.value.day for mark in group.marks)


def _is_planned(group: Clause) -> bool:
    return group.has(Tag.PLAN) or any(isinstance(mark.value, Day) and mark.value.plan for mark in group.marks)


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
    if deed is not None and deed.tag is Tag.INITIATIVE:  # what is denied after it is its recognition
        return any(mark.first < deed.first for mark in denials) and not group.has(Tag.RECOGNISED)
    return bool(denials)


def _is_open(message: Message, mark: Mark) -> bool:
    """Whether "đăng ký" or "chưa được duyệt" is said of something else than an initiative."""
    return message.words(mark).startswith(("chua", "dk", "dang ky")) and not message.has(Tag.INITIATIVE)


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
    if any(mark.tag is Tag.PROPOSED and _is_open(message, mark) for mark in message.marks):
        return Reason.UNFINISHED
    attending = {mark.first for mark in message.marks if mark.tag is Tag.ATTEND}
    if any(mark.tag is Tag.OTHERS and mark.end in attending for mark in message.marks):
        return Reason.UNSURE_WHO
    going_on = any(mark.tag in DEEDS | {Tag.ATTEND} and mark.first in ends for mark in message.marks)
    return Reason.UNFINISHED if going_on else None
