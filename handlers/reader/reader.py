"""Reading a message: tokens, marks, groups, then one decision.

Never a guess: what is not a finished log of the writer's own deed is asked about or is no log.
"""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.reader.acts import act_of, jests
from handlers.reader.clauses import Clause, clauses_of, groups_of
from handlers.reader.dating import Days, days_of
from handlers.reader.day_words import Day
from handlers.reader.draft import Draft, Setting
from handlers.reader.drafts import drafts_of
from handlers.reader.hours import HALF_DAY
from handlers.reader.marking import KNOWN, marks_of
from handlers.reader.message import Message
from handlers.reader.results import Intent, Reading, Reason, Route, UnitName
from handlers.reader.subjects import strange_words
from handlers.reader.tags import DEEDS, Mark, Tag
from handlers.reader.tokens import MOST_TOKENS, Token, tidy, tokenise
from handlers.texts.reader import question
from storage.calendar import WorkCalendar
from storage.clock import DEFAULT_TIMEZONE

_ADDRESSING = {"kinh", "gui", "thua"}
_LONGEST_ADDRESS = 16
_MOVED_TO = {"thanh", "sang", "qua"}
_ZONE = ZoneInfo(DEFAULT_TIMEZONE)


def read(text: str, now: datetime, calendar: WorkCalendar, units: Sequence[UnitName] = ()) -> Reading:
    """What ``text`` says at ``now`` (aware). ``units`` are those the person may mean. Never raises."""
    local = now.astimezone(_ZONE)
    tokens = tokenise(tidy(text), KNOWN)
    if len(tokens) == MOST_TOKENS:
        return Reading(Intent.NOT_LOG, route=Route.OTHER)
    marks = _without_address(tokens, marks_of(tokens, local))
    groups = groups_of(clauses_of(marks))
    message = Message(tokens, marks, groups)
    act = act_of(message)
    if isinstance(act, Route):
        return Reading(Intent.NOT_LOG, route=act, days=_days_to_mend(message) if act is Route.CORRECTION else ())
    if not message.tells and not _is_fragment(message):
        return Reading(Intent.NOT_LOG, route=_idle_route(message))
    parts = [mark.value for mark in marks if mark.tag is Tag.PART and isinstance(mark.value, str)]
    ambient = parts[0] if len(set(parts)) == 1 else None
    drafts = _drafts(Setting(tokens, local, calendar, units, ambient), message)
    if all(draft.uncounted for draft in drafts):
        return Reading(Intent.NOT_LOG, route=Route.NOT_COUNTED)
    if message.has(Tag.PRIVATE) and not _is_known(message):
        return Reading(Intent.NOT_LOG, route=Route.OTHER)
    return _decide(message, drafts, act)


def _without_address(tokens: Sequence[Token], marks: list[Mark]) -> list[Mark]:
    """The marks without the deeds in what only says to whom the message goes: "Kính gửi bộ phận tổng hợp: ..."."""
    if not tokens or tokens[0].word not in _ADDRESSING:
        return marks
    ends = (at for at, token in enumerate(tokens[1:_LONGEST_ADDRESS], 1) if token.word == ":")
    end = next((at for at in ends if not tokens[at + 1 : at + 2] or not tokens[at + 1].glued), 0)
    return [mark for mark in marks if mark.first >= end or mark.tag not in DEEDS]


def _days_to_mend(message: Message) -> tuple[date, ...]:
    """The days that a correction names, without those that an entry is to be moved to."""
    named = [mark for mark in message.marks if mark.first == 0 or message.tokens[mark.first - 1].word not in _MOVED_TO]
    return tuple(dict.fromkeys(mark.value.day for mark in named if isinstance(mark.value, Day) and mark.value.day))


def _decide(message: Message, drafts: Sequence[Draft], act: Reason | None) -> Reading:
    """The one place where it is settled whether a message is logged or asked about."""
    doubts = [doubt for draft in drafts for doubt in draft.doubts]
    if act is None and jests(message):
        act = Reason.MEANT_AS_LOG
    if act is not None:
        doubts.insert(0, (act, ()))
    if any(draft.uncounted for draft in drafts):
        doubts.append((Reason.WHICH_MEETING, ("type",)))
    if _is_too_much(drafts):
        doubts.append((Reason.TOO_MANY_HOURS, ("hours",)))
    entries = tuple(draft.entry for draft in drafts)
    if not doubts:
        return Reading(Intent.LOG, entries)
    missing = tuple(dict.fromkeys(name for _, names in doubts for name in names))
    reason = doubts[0][0]
    return Reading(Intent.ASK, entries, missing, question(reason, entries[0], missing), reason=reason)


def _is_too_much(drafts: Sequence[Draft]) -> bool:
    """Whether a day has more than twelve hours in all."""
    sums: dict[object, int] = {}
    for draft in drafts:
        sums[draft.entry.day] = sums.get(draft.entry.day, 0) + (draft.entry.minutes or 0)
    return any(minutes > HALF_DAY for minutes in sums.values())


def _is_fragment(message: Message) -> bool:
    """Whether something is said of a deed that itself is left out: a duration, or a day and what was done for whom."""
    if message.has(Tag.PRIVATE, Tag.OFFICE):
        return False
    about = message.has(Tag.UNION, Tag.PLEASE_LOG, Tag.ATTEND, Tag.RECOGNISED)
    timed = message.has(Tag.TIME) and (about or message.has(Tag.THING) or _is_bare(message))
    return timed or (message.has(Tag.DAY) and about)


def _is_bare(message: Message) -> bool:
    """Whether nothing stands beside days, times and courtesies."""
    covered = {at for mark in message.marks for at in range(mark.first, mark.end)}
    return all(at in covered or not token.word.isalnum() for at, token in enumerate(message.tokens))


def _is_known(message: Message) -> bool:
    return message.has(
        Tag.EVENT, Tag.WORK, Tag.VOLUNTEERING, Tag.BRANCH, Tag.MEETING, Tag.INITIATIVE, Tag.CULTURE, Tag.SHIRT
    )


def _idle_route(message: Message) -> Route:
    if message.has(Tag.OFFICE):
        return Route.NOT_COUNTED
    return Route.SMALLTALK if message.has(Tag.SMALLTALK) else Route.OTHER


def _drafts(setting: Setting, message: Message) -> list[Draft]:
    for group in message.groups[1:]:
        group.marks = [mark for mark in group.marks if not _only_names(message, mark)]
    days = _shared(message.groups, [days_of(group, setting.now) for group in message.groups])
    drafts: list[Draft] = []
    for group, span, said in zip(message.groups, _spans(message), days, strict=True):
        made = drafts_of(setting, group, span, said)
        if strange_words(message, group, span[0]):
            made[0].doubt(Reason.UNCLEAR_DEED, "type")
        drafts += made
    return drafts


def _only_names(message: Message, mark: Mark) -> bool:
    """Whether a weekday only names a day that was said: "ngày 12/10 ..., vì nhằm thứ hai"."""
    named = isinstance(mark.value, Day) and mark.value.weekday is not None
    return named and mark.first > 0 and message.tokens[mark.first - 1].word in {"nham", "trung", "la"}


def _spans(message: Message) -> list[tuple[int, int]]:
    """Which tokens belong to each group: up to where the next begins, but not past the stop before that."""
    starts = [min(mark.first for mark in group.marks) for group in message.groups]
    stops = [mark.first for mark in message.marks if mark.tag is Tag.STOP]
    spans = []
    for group, begin, end in zip(message.groups, [0, *starts[1:]], [*starts[1:], len(message.tokens)], strict=True):
        said = max((mark.end for mark in group.marks if mark.first < end), default=end)
        spans.append((begin, min([at for at in stops if said <= at < end], default=end)))
    return spans


def _shared(groups: Sequence[Clause], days: Sequence[Days]) -> list[Days]:
    """A deed without a day has that of the deed before; one day said at the very end holds for all before it."""
    shared: list[Days] = []
    for at, own in enumerate(days):
        if own.said or not at:
            shared.append(own)
        else:
            before = shared[-1]
            shared.append(Days(before.known, before.problem, own.part, before.shortened))
    said = [at for at, own in enumerate(days) if own.said]
    if len(said) == 1 and said[0] == len(days) - 1 and _ends_with_day(groups[-1]):
        only = days[-1]
        shared = [Days(only.known, only.problem, own.part or only.part, only.shortened) for own in shared]
    return shared


def _ends_with_day(group: Clause) -> bool:
    deed: Mark | None = group.deed
    return deed is not None and all(mark.first > deed.first for mark in group.all(Tag.DAY))
