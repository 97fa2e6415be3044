"""How long a deed took and when, from all times that are said of it."""

from handlers.reader.arriving import without_arrival
from handlers.reader.clauses import Clause
from handlers.reader.draft import Draft, Setting
from handlers.reader.hours import DAY, HOUR, Hour, Length, Sense, Span, minute_of_day, settle
from handlers.reader.results import Reason
from handlers.reader.tags import Mark, Tag
from storage.terms import EntryKind

_HOURS_COUNT = {EntryKind.VOLUNTEER_HOURS, EntryKind.VOLUNTEER_ACTIVITY, None}
_MORNING = 6
_SHORTEST = 15
_ENDINGS = {"ve", "xong", "nghi", "tan", "dia", "zia", "dzia"}


def set_time(setting: Setting, group: Clause, draft: Draft, ambient: str | None) -> bool:
    """Start, end and minutes from the times said in ``ambient``, a part of the day; whether there are any."""
    times = group.all(Tag.TIME)
    for late in group.all(Tag.LATE):
        times = [mark for mark in times if not _is_lateness(mark, late, draft)]
    if draft.entry.kind is EntryKind.INITIATIVE:
        return False
    if draft.entry.kind is EntryKind.SUMMONED_MEETING:
        times = without_arrival(setting, times, draft.entry, ambient)
    times = _without_whole(setting, times)
    lengths: list[int | None] = [mark.value.minutes for mark in times if isinstance(mark.value, Length)]
    spans = [mark.value.minutes(ambient) for mark in times if isinstance(mark.value, Span)]
    clocks: list[int] = []
    ends = _two_ends(setting, times)
    if ends is not None:
        times, spans = [], [ends.minutes(ambient)]
    hours = [(mark, mark.value) for mark in times if isinstance(mark.value, Hour)]
    senses = [_sense(group, mark, hour, draft.entry.kind, ambient) for mark, hour in hours]
    if not lengths and not spans and len(senses) == 2 and set(senses) == {Sense.CLOCK, Sense.LENGTH}:
        _, taken = hours.pop(senses.index(Sense.LENGTH))
        lengths = [taken.hour * HOUR + taken.minute]
    for mark, hour in hours:
        if lengths or spans:
            clocks.append(minute_of_day(hour, hour.part or ambient))
        else:
            _set_hour(group, mark, hour, draft, ambient)
    _combine(draft, lengths, spans, clocks)
    if draft.entry.start is not None and draft.entry.end is None and draft.entry.minutes is not None:
        _doubt_which_night(group, draft)
    if len(lengths) > 1 and len(group.all(Tag.WORK, Tag.EVENT)) > 1:
        draft.doubt(Reason.SEVERAL_TIMES, "hours")
    return bool(times or spans)


def _doubt_which_night(group: Clause, draft: Draft) -> None:
    """ "22h đến 0h30 ngày 14/11" may begin on that day or end on it."""
    ends = {mark.end for mark in group.all(Tag.TIME)}
    if any(mark.first in ends for mark in group.all(Tag.DAY)):
        draft.doubt(Reason.VAGUE_DATE, "date")


def _without_whole(setting: Setting, times: list[Mark]) -> list[Mark]:
    """The times without "cả ngày", "suốt buổi" where the hours are told besides."""
    if not any(isinstance(mark.value, Length) and mark.value.minutes for mark in times):
        return times
    return [mark for mark in times if setting.tokens[mark.first].word not in {"ca", "nguyen", "suot"}]


def _two_ends(setting: Setting, times: list[Mark]) -> Span | None:
    """Two hours told apart: "8 giờ tối hôm qua tới 10 giờ", "bắt đầu lúc 18h và kết thúc lúc 20h"."""
    if len(times) != 2:
        return None
    after = setting.tokens[times[1].end : times[1].end + 1]
    ends = setting.tokens[times[1].first - 1].word in {"toi", "den", "luc", "thuc"} or (
        after and after[0].word in _ENDINGS
    )
    if not ends:
        return None
    first, last = times[0].value, times[1].value
    return Span(first, last) if isinstance(first, Hour) and isinstance(last, Hour) else None


def _is_lateness(mark: Mark, late: Mark, draft: Draft) -> bool:
    """Whether the minutes right after "trễ" say how late; they are kept in the draft."""
    if not (late.end <= mark.first <= late.end + 1 and isinstance(mark.value, Length)):
        return False
    draft.entry.late_minutes = mark.value.minutes
    return True


def _set_hour(group: Clause, mark: Mark, hour: Hour, draft: Draft, ambient: str | None) -> None:
    """What a lone "2h" or "19h" says: a duration, a start, or nothing sure."""
    entry = draft.entry
    sense = _sense(group, mark, hour, entry.kind, ambient)
    if sense is Sense.UNSURE or entry.minutes is not None:
        draft.doubt(Reason.DURATION_OR_CLOCK, "hours")
    elif sense is Sense.LENGTH:
        entry.minutes = hour.hour * HOUR + hour.minute
        if entry.minutes == 0:
            draft.doubt(Reason.VAGUE_HOURS, "hours")
    else:
        entry.start = minute_of_day(hour, hour.part or ambient) % DAY
        if entry.kind is EntryKind.VOLUNTEER_HOURS:
            draft.doubt(Reason.DURATION_OR_CLOCK if hour.part is None else Reason.NO_HOURS, "hours")


def _sense(group: Clause, mark: Mark, hour: Hour, kind: EntryKind | None, ambient: str | None) -> Sense:
    before = {near.tag for near in group.marks if near.end == mark.first}
    cue = Sense.CLOCK if Tag.CLOCK_CUE in before else Sense.LENGTH if Tag.LENGTH_CUE in before else None
    if any(
        near.first == mark.end and near.tag is Tag.VOLUNTEERING and near.end - near.first > 1 for near in group.marks
    ):
        cue = Sense.LENGTH
    deed = group.deed
    sense = settle(hour, cue, ambient, after_deed=deed is not None and deed.first < mark.first)
    starts = kind is EntryKind.SUMMONED_MEETING or (kind is not EntryKind.VOLUNTEER_HOURS and hour.hour >= _MORNING)
    return Sense.CLOCK if sense is Sense.UNSURE and starts else sense


def _combine(draft: Draft, lengths: list[int | None], spans: list[tuple[int, int] | None], clocks: list[int]) -> None:
    """One duration from all that say it. A span goes before vague words; several that differ are asked about."""
    entry = draft.entry
    known = [span for span in spans if span is not None]
    if known and len(known) == len(spans):
        lengths = [length for length in lengths if length is not None]
    if None in lengths or len(known) < len(spans):
        # An activity counts as one however long it was, so that "cả buổi" will do.
        if entry.kind in _HOURS_COUNT and (entry.kind is not EntryKind.VOLUNTEER_ACTIVITY or None in spans):
            draft.doubt(Reason.VAGUE_HOURS, "hours")
        return
    minutes = {length for length in lengths if length is not None} | {end - start for start, end in known}
    if len(minutes) > 1 or len(known) > 1:
        draft.doubt(Reason.SEVERAL_TIMES, "hours")
    elif minutes:
        entry.minutes = minutes.pop()
        if entry.minutes < _SHORTEST and entry.kind in _HOURS_COUNT:
            draft.doubt(Reason.VAGUE_HOURS, "hours")
        if known:
            entry.start, entry.end = known[0]
            if entry.end > DAY:  # ends on the next day: the start and the length tell it
                entry.end = None
        elif len(clocks) == 1 and entry.minutes and clocks[0] + entry.minutes <= DAY:
            entry.start, entry.end = clocks[0], clocks[0] + entry.minutes
