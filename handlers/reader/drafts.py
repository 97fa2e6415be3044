"""From the marks of one deed to an entry: its kind, day, time and what is doubtful about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from handlers.reader.clauses import Clause
from handlers.reader.days import Day, in_week, not_begun
from handlers.reader.results import ReadEntry, Reason, UnitName
from handlers.reader.tags import DEEDS, WORKS, Mark, Tag
from handlers.reader.times import DAY, HALF_DAY, Hour, Length, Sense, Span, minute_of_day, settle
from handlers.reader.titles import title_of, unit_of
from handlers.reader.tokens import Token
from storage.calendar import WorkCalendar
from storage.terms import EntryKind

SHIRT_TITLE = "Mặc áo Thanh niên Việt Nam ngày thứ hai"
_BRANCHES = {"bch", "btv", "ban chap hanh", "ban thuong vu", "chi doan", "cd", "dvtn", "doan vien", "lien chi doan", "cap tren doan"}
_TIMELESS = {EntryKind.BRANCH_MEETING, EntryKind.YOUTH_SHIRT, EntryKind.SUMMONED_MEETING, EntryKind.VOLUNTEER_ACTIVITY,
             EntryKind.CULTURE_SPORT, EntryKind.INITIATIVE}  # fmt: skip
_VOLUNTEERING = {EntryKind.VOLUNTEER_HOURS, EntryKind.VOLUNTEER_ACTIVITY}
_MEETINGS_BY_NAME = {"hoi nghi", "tap huan", "dai hoi", "so ket", "tong ket", "hop mat", "toa dam"}


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole message is read against. ``now`` is local."""

    tokens: Sequence[Token]
    now: datetime
    calendar: WorkCalendar
    units: Sequence[UnitName]
    ambient: str | None


@dataclass(slots=True)
class Draft:
    """An entry in the making; ``doubts`` are reasons to ask with the names of what is missing."""

    entry: ReadEntry
    doubts: list[tuple[Reason, tuple[str, ...]]] = field(default_factory=list)
    uncounted: bool = False

    def doubt(self, reason: Reason, *missing: str) -> None:
        """Note a reason to ask."""
        self.doubts.append((reason, missing))


@dataclass(frozen=True, slots=True)
class Days:
    """The days of one deed: those known, or the reason why none is."""

    known: tuple[date, ...] = ()
    problem: Reason | None = None
    part: str | None = None
    shortened: bool = False

    @property
    def said(self) -> bool:
        """Whether any day is said, however vaguely."""
        return bool(self.known) or self.problem is not None


def days_of(group: Clause, now: datetime) -> Days:
    """The days that are said of a deed. A weekday is of the week named with it; a date goes before vague words."""
    today = now.date()
    said = [mark.value for mark in group.marks if isinstance(mark.value, Day)]
    parts = [day.part for day in said if day.part] + [
        mark.value for mark in group.all(Tag.PART) if isinstance(mark.value, str)
    ]
    part = parts[0] if len(set(parts)) == 1 else None
    weeks = [day.week for day in said if day.week is not None]
    bare = [day for day in said if day.weekday is not None]
    if weeks and bare:
        said = [in_week(day, weeks[0], today) if day.weekday is not None else day for day in said]
    known = [day for day in said if day.day is not None]
    problems = [day.problem for day in said if day.problem is not None]
    firm = [problem for problem in problems if problem is not Reason.VAGUE_DATE]
    if firm or (problems and not known):
        return Days((), (firm or problems)[0], part)
    dated = [day for day in known if day.dated]
    named = [day for day in known if not day.dated]
    if dated and named:
        if any(not _agree(day, dated) for day in named):
            return Days((), Reason.NO_SUCH_DATE, part)
        known = dated
    days = tuple(dict.fromkeys(day.day for day in known if day.day is not None))
    if today in days and not_begun(part, now):
        return Days((), Reason.FUTURE_DATE, part)
    return Days(days, None, part, all(day.shortened for day in known))


def _agree(day: Day, dated: Sequence[Day]) -> bool:
    if day.weekday is None:
        return any(day.day == other.day for other in dated)
    return any(other.day is not None and other.day.weekday() == day.weekday for other in dated)


def drafts_of(setting: Setting, group: Clause, span: tuple[int, int], days: Days) -> list[Draft]:
    """The entries that one deed makes: one, or one for each of several days."""
    draft = Draft(ReadEntry())
    _set_kind(setting, group, draft)
    entry = draft.entry
    entry.unit, entry.unit_id = unit_of(setting.tokens, group, setting.units)
    entry.title = _title(setting, group, span, entry)
    if entry.kind is EntryKind.INITIATIVE and entry.title is None:
        draft.doubt(Reason.NO_TITLE, "title")
    timed = _set_time(setting, group, draft, days.part or setting.ambient)
    if draft.uncounted:
        return [draft]
    if not days.known:
        draft.doubt(days.problem or Reason.NO_DATE, "date")
    elif len(days.known) > 1 and timed and not group.has(Tag.EACH):
        draft.doubt(Reason.SEVERAL_DATES, "date")
    else:
        drafts = [Draft(replace(entry, day=day), list(draft.doubts)) for day in days.known]
        for each in drafts:
            _check(setting, group, each, days)
        return drafts
    if entry.kind is EntryKind.VOLUNTEER_HOURS and entry.minutes is None and not draft.doubts:
        draft.doubt(Reason.NO_HOURS, "hours")
    _need_hours(draft)
    return [draft]


def _set_kind(setting: Setting, group: Clause, draft: Draft) -> None:
    deed = group.deed
    entry = draft.entry
    if deed is None:
        draft.doubt(Reason.UNCLEAR_DEED, "type")
    elif deed.tag is Tag.INITIATIVE or group.has(Tag.INITIATIVE):
        _set_initiative(group, draft)
    elif deed.tag is Tag.SHIRT:
        entry.kind = EntryKind.YOUTH_SHIRT
    elif deed.tag is Tag.BRANCH:
        entry.kind = EntryKind.BRANCH_MEETING
    elif deed.tag is Tag.MEETING:
        _set_meeting(setting, group, draft)
    elif deed.tag is Tag.CULTURE:
        entry.kind, entry.form = EntryKind.CULTURE_SPORT, str(deed.value)
    else:
        _set_work(setting, group, draft, deed)
    if group.has(Tag.PRIVATE) and not group.has(Tag.EVENT, Tag.BRANCH, Tag.INITIATIVE, Tag.SHIRT):
        draft.doubt(Reason.UNCLEAR_DEED, "type")


def _set_work(setting: Setting, group: Clause, draft: Draft, deed: Mark) -> None:
    entry = draft.entry
    organised = group.has(Tag.WITH, Tag.BY) and group.has(Tag.UNION)
    event = group.has(Tag.EVENT)
    length_first = any(mark.tag is Tag.TIME and isinstance(mark.value, Length) and mark.first < deed.first for mark in group.marks)
    joint = event or (organised and not length_first)
    entry.kind = EntryKind.VOLUNTEER_ACTIVITY if joint else EntryKind.VOLUNTEER_HOURS
    if group.has(Tag.OUTSIDER, Tag.OFFICE) and not group.has(Tag.UNION):
        draft.doubt(Reason.OTHER_BODY, "type")
    charity = {_words(setting, mark) for mark in group.all(*DEEDS)} <= {"tu thien", "thien nguyen", "lam"}
    if charity and not group.has(Tag.UNION):
        draft.doubt(Reason.OTHER_BODY, "type")
    strong = group.has(Tag.EVENT, Tag.WORK, Tag.VOLUNTEERING)
    if not strong and not group.has(Tag.THING, Tag.UNION):
        draft.doubt(Reason.UNCLEAR_DEED, "type")
    if _is_abbreviated(setting, group):
        entry.kind = None
        draft.doubt(Reason.ABBREVIATIONS, "type")


def _is_abbreviated(setting: Setting, group: Clause) -> bool:
    """Whether all that is said is "tn" and a day: volunteering or youth, nobody can tell."""
    deeds = group.all(*DEEDS)
    words = {token.word for mark in deeds for token in setting.tokens[mark.first : mark.end]}
    return words == {"tn"} and not group.has(Tag.TIME, Tag.FILLER, Tag.ATTEND, Tag.WITH)


def _set_initiative(group: Clause, draft: Draft) -> None:
    entry = draft.entry
    entry.kind = EntryKind.INITIATIVE
    if group.has(Tag.PROPOSED) or (group.has(Tag.NOT) and group.has(Tag.RECOGNISED)):
        entry.status = "proposed"
    elif not group.has(Tag.RECOGNISED):
        draft.doubt(Reason.RECOGNITION_UNKNOWN, "status")
    else:
        entry.status = "recognized"
        after = max(mark.first for mark in group.all(Tag.INITIATIVE)[:1])
        agency = any(mark.first > after for mark in group.all(Tag.AGENCY))
        union = any(mark.first > after and mark.tag is Tag.UNION for mark in group.marks)
        if agency != union:
            entry.recognized_by = "agency_head" if agency else "superior_union"
        elif agency:
            entry.recognized_by = _nearest_recogniser(group)
        else:
            draft.doubt(Reason.RECOGNITION_UNKNOWN, "recognized_by")


def _nearest_recogniser(group: Clause) -> str:
    """Who stands nearest to "công nhận"."""
    at = group.all(Tag.RECOGNISED)[-1].first
    nearest = min(group.all(Tag.AGENCY, Tag.UNION), key=lambda mark: abs(mark.first - at))
    return "agency_head" if nearest.tag is Tag.AGENCY else "superior_union"


def _set_meeting(setting: Setting, group: Clause, draft: Draft) -> None:
    entry = draft.entry
    unions = group.all(Tag.UNION)
    words = [_words(setting, mark) for mark in unions]
    superior = [mark for mark, name in zip(unions, words, strict=True) if name not in _BRANCHES]
    named = any(_words(setting, mark).split(" ", 1)[-1] in _MEETINGS_BY_NAME or _words(setting, mark) in _MEETINGS_BY_NAME
                for mark in group.all(Tag.MEETING))  # fmt: skip
    if superior and (group.has(Tag.CONVENED) or not named):
        entry.kind = EntryKind.SUMMONED_MEETING
        entry.convener = unit_of(setting.tokens, Clause(None, superior[:1]), setting.units)[0]
    elif group.has(Tag.OFFICE) and not unions:
        draft.uncounted = True
    elif unions and not superior and not named and unit_of(setting.tokens, group, ())[0] is not None:
        entry.kind = EntryKind.BRANCH_MEETING
    else:
        draft.doubt(Reason.WHICH_MEETING, "type")
    if group.has(Tag.LATE):
        entry.on_time = False
    elif group.has(Tag.PUNCTUAL):
        entry.on_time = True


def _words(setting: Setting, mark: Mark) -> str:
    return " ".join(token.word for token in setting.tokens[mark.first : mark.end])


def _title(setting: Setting, group: Clause, span: tuple[int, int], entry: ReadEntry) -> str | None:
    if entry.kind is EntryKind.YOUTH_SHIRT:
        return SHIRT_TITLE
    first, last = span
    if entry.kind is EntryKind.INITIATIVE:
        first = group.all(Tag.INITIATIVE)[0].end
        by = {"agency_head": Tag.AGENCY, "superior_union": Tag.UNION}.get(entry.recognized_by or "")
        ends = [mark.first for mark in group.marks if mark.first > first and mark.tag in {Tag.RECOGNISED, Tag.PROPOSED}]
        ends += [mark.first for mark in group.marks if mark.first > first and mark.tag is by][-1:]
        last = min([last, *ends])
    return title_of(setting.tokens, group, first, last)


def _set_time(setting: Setting, group: Clause, draft: Draft, ambient: str | None) -> bool:
    """Start, end and minutes from the times that are said; whether there are any."""
    late = group.all(Tag.LATE)
    times = [mark for mark in group.all(Tag.TIME) if not any(mark.first - 1 <= each.end <= mark.first for each in late)]
    for mark in group.all(Tag.TIME):
        if mark not in times and isinstance(mark.value, Length):
            draft.entry.late_minutes = mark.value.minutes
    if draft.entry.kind is EntryKind.INITIATIVE:
        return False
    lengths, spans, clocks = [], [], []
    for mark in times:
        value = mark.value
        if isinstance(value, Length):
            lengths.append(value.minutes)
        elif isinstance(value, Span):
            spans.append(value.minutes(ambient))
        elif isinstance(value, Hour):
            others = any(isinstance(other.value, Length | Span) for other in times)
            sense = _sense(group, mark, value, draft.entry.kind, ambient)
            if sense is Sense.LENGTH and not others:
                lengths.append(value.hour * 60 + value.minute)
            elif sense is Sense.UNSURE and not others:
                draft.doubt(Reason.DURATION_OR_CLOCK, "hours")
            else:
                clocks.append(minute_of_day(value, value.part or ambient))
                if draft.entry.kind is EntryKind.VOLUNTEER_HOURS and not others:
                    draft.doubt(Reason.DURATION_OR_CLOCK if value.part is None else Reason.NO_HOURS, "hours")
    _combine(draft, lengths, spans, clocks)
    return bool(times)


def _sense(group: Clause, mark: Mark, hour: Hour, kind: EntryKind | None, ambient: str | None) -> Sense:
    before = {near.tag for near in group.marks if near.end == mark.first}
    cue = Sense.CLOCK if Tag.CLOCK_CUE in before else Sense.LENGTH if Tag.LENGTH_CUE in before else None
    if any(near.first == mark.end and near.tag is Tag.VOLUNTEERING for near in group.marks):
        cue = Sense.LENGTH
    deed = group.deed
    sense = settle(hour, cue, ambient, after_deed=deed is not None and deed.first < mark.first)
    if sense is Sense.UNSURE and (kind is EntryKind.SUMMONED_MEETING or (kind in _TIMELESS and hour.hour >= 6)):
        return Sense.CLOCK
    return sense


def _combine(
    draft: Draft, lengths: list[int | None], spans: list[tuple[int, int] | None], clocks: list[int]
) -> None:
    entry = draft.entry
    if spans and None not in spans:
        lengths = [length for length in lengths if length is not None]
    vague = None in lengths or None in spans
    minutes = {*lengths, *(span[1] - span[0] for span in spans if span)}
    if vague:
        if entry.kind not in _TIMELESS - {EntryKind.VOLUNTEER_ACTIVITY}:
            draft.doubt(Reason.VAGUE_HOURS, "hours")
    elif len(minutes) > 1 or len(spans) > 1:
        draft.doubt(Reason.SEVERAL_TIMES, "hours")
    elif spans:
        entry.start, entry.end = spans[0] or (None, None)
        entry.minutes = next(iter(minutes))
    elif lengths:
        entry.minutes = lengths[0]
        if len(clocks) == 1 and entry.minutes and clocks[0] + entry.minutes <= DAY:
            entry.start, entry.end = clocks[0], clocks[0] + entry.minutes
    elif len(clocks) == 1:
        entry.start = clocks[0]


def _need_hours(draft: Draft) -> None:
    """Drop what cannot be relied on from the entry that is asked about."""
    if any("hours" in missing for _, missing in draft.doubts):
        draft.entry.minutes = None


def _check(setting: Setting, group: Clause, draft: Draft, days: Days) -> None:
    """The doubts that only show once the day is known."""
    entry, day = draft.entry, draft.entry.day
    assert day is not None
    if entry.kind is None and days.shortened and any(reason is Reason.ABBREVIATIONS for reason, _ in draft.doubts):
        entry.day, entry.title = None, None
        draft.doubt(Reason.ABBREVIATIONS, "date", "hours")
        return
    if entry.kind is EntryKind.YOUTH_SHIRT:
        if day.weekday() != 0 or setting.calendar.name_of_holiday(day) is not None:
            draft.doubt(Reason.NOT_MONDAY, "date")
        entry.occasion = "monday"
    if entry.kind is EntryKind.VOLUNTEER_HOURS and entry.minutes is None and not draft.doubts:
        draft.doubt(Reason.NO_HOURS, "hours")
    if entry.minutes is not None and entry.minutes > HALF_DAY:
        draft.doubt(Reason.TOO_MANY_HOURS, "hours")
    if day == setting.now.date() and _is_to_come(setting.now, entry):
        draft.doubt(Reason.FUTURE_DATE, "date")
    if entry.kind in _VOLUNTEERING and not group.has(Tag.LEAVE) and _in_office_hours(setting, group, entry, days):
        draft.doubt(Reason.INSIDE_OFFICE_HOURS, "outside_hours")
    _need_hours(draft)


def _is_to_come(now: datetime, entry: ReadEntry) -> bool:
    past = now.hour * 60 + now.minute
    latest = max(entry.start or 0, entry.end or 0, entry.minutes or 0)
    return latest > past


def _in_office_hours(setting: Setting, group: Clause, entry: ReadEntry, days: Days) -> bool:
    """Whether a clock range touches the office hours of a working day, in either half of the day if that is open."""
    if entry.start is None or entry.end is None or entry.day is None:
        return False
    spans = [(entry.start, entry.end)]
    said = any(isinstance(mark.value, Span) and (mark.value.first.part or mark.value.last.part) for mark in group.marks)
    if entry.end <= HALF_DAY and not (said or days.part or setting.ambient):
        spans.append((entry.start + HALF_DAY, entry.end + HALF_DAY))
    office = setting.calendar.office_intervals(entry.day)
    return any(start < last and first < end for start, end in spans for first, last in office)
