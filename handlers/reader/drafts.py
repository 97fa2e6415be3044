"""From the marks of one deed to its entries, with all that is doubtful about them."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from handlers.reader.clauses import Clause
from handlers.reader.dating import Days
from handlers.reader.day_words import Day
from handlers.reader.draft import Draft, Setting
from handlers.reader.hours import HALF_DAY, Span
from handlers.reader.kinds import set_kind
from handlers.reader.results import ReadEntry, Reason
from handlers.reader.tags import Tag
from handlers.reader.timing import set_time
from handlers.reader.titles import title_of, unit_of, unit_span
from storage.terms import EntryKind

SHIRT_TITLE = "Mặc áo Thanh niên Việt Nam ngày thứ hai"
# Campaigns of a season: "t7" beside them may be Saturday or July.
_SUMMERS = {"mhx", "mua he xanh", "hoa phuong do", "ky nghi khong", "chien dich", "tiep suc mua thi"}
_VOLUNTEERING = {EntryKind.VOLUNTEER_HOURS, EntryKind.VOLUNTEER_ACTIVITY}


def drafts_of(setting: Setting, group: Clause, span: tuple[int, int], days: Days) -> list[Draft]:
    """The entries that one deed makes: one, or one for each of several days."""
    draft = Draft(ReadEntry())
    set_kind(setting, group, draft)
    entry = draft.entry
    entry.unit, entry.unit_id = unit_of(setting.tokens, group, setting.units)
    entry.title = _title(setting, group, span, entry)
    if entry.kind is EntryKind.INITIATIVE and entry.title is None:
        draft.doubt(Reason.NO_TITLE, "title")
    if entry.kind is EntryKind.YOUTH_SHIRT and not days.known and days.problem is Reason.VAGUE_DATE:
        days = _monday_of_week(setting, group) or days
    timed = set_time(setting, group, draft, days.part or setting.ambient)
    if draft.uncounted:
        return [draft]
    if not days.known:
        draft.doubt(days.problem or Reason.NO_DATE, "date")
    elif len(days.known) > 1 and timed and not group.has(Tag.EACH):
        draft.doubt(Reason.SEVERAL_DATES, "date")
    else:
        return [_checked(setting, group, draft, day, days) for day in days.known]
    if entry.kind is EntryKind.VOLUNTEER_HOURS and entry.minutes is None and not draft.doubts:
        draft.doubt(Reason.NO_HOURS, "hours")
    _need_hours(draft)
    return [draft]


def _monday_of_week(setting: Setting, group: Clause) -> Days | None:
    """The Monday of the week that is named: the shirt is due then (C-23, C-30)."""
    weeks = {mark.value.week for mark in group.marks if isinstance(mark.value, Day) and mark.value.week is not None}
    if len(weeks) != 1:
        return None
    today = setting.now.date()
    return Days((today - timedelta(days=today.weekday() + 7 * weeks.pop()),))


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
    aside = unit_span(setting.tokens, group) if entry.kind is EntryKind.VOLUNTEER_HOURS else range(0)
    return title_of(setting.tokens, group, range(first, last), aside)


def _need_hours(draft: Draft) -> None:
    """Drop what cannot be relied on from the entry that is asked about."""
    if any("hours" in missing for _, missing in draft.doubts):
        draft.entry.minutes = None


def _checked(setting: Setting, group: Clause, undated: Draft, day: date, days: Days) -> Draft:
    """The draft on ``day``, with the doubts that only show once the day is known."""
    entry = replace(undated.entry, day=day)
    draft = Draft(entry, list(undated.doubts))
    if entry.kind is None and days.shortened and any(reason is Reason.ABBREVIATIONS for reason, _ in draft.doubts):
        entry.day, entry.title = None, None
        draft.doubt(Reason.ABBREVIATIONS, "date", "hours")
        return draft
    if days.shortened and any(setting.words(mark) in _SUMMERS for mark in group.all(Tag.EVENT)):
        draft.doubt(Reason.ABBREVIATIONS, "date")
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
    return draft


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
