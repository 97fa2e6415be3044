"""Remedial plans: /khacphuc shows a unit's year, its groups, what is said of them, and next month's list.

Whoever leads the unit writes it; who follows it, or a unit above, reads it; who supervises a group says how it goes.
"""

from handlers.commands import Audience, Command
from handlers.conversations import remedial_forms, remedial_notes
from handlers.conversations.annex import with_year
from handlers.conversations.remedial_groups import found_group, may_note, may_settle
from handlers.conversations.unit import label
from handlers.messages import Attachment, Choice, Reply, rows
from handlers.texts import remedial as texts
from handlers.turn import Turn
from storage.deadlines import led_units, settle
from storage.people import UnitRow, unit_by_id
from storage.periods import Period, PeriodKind
from storage.remedial import (
    NEXT_MONTH_LIST,
    Group,
    counts,
    given_groups,
    groups_for,
    groups_of,
    reads_all,
    settle_point,
    templates,
)
from storage.remedial_carrying import carry_over, left_over
from storage.visible import find_unit, followed_units

SHOWN = 10
_PROGRESS = (PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)


def _units(turn: Turn, year: int) -> list[UnitRow]:
    """The units whose plan concerns the speaker: led or with a group of theirs, else followed; with groups first."""
    led = sorted(led_units(turn.session, turn.cadre.cadre_id, turn.today))
    ids = [*led, *sorted(given_groups(turn.session, turn.cadre.cadre_id, year, turn.today).values())]
    found = [unit_by_id(turn.session, one, turn.today) for one in dict.fromkeys(ids)]
    units = [unit for unit in found if unit is not None] or followed_units(turn.session, turn.cadre, turn.today)
    written = {group.row.unit_id for group in groups_of(turn.session, [unit.id for unit in units], year)}
    return sorted(units, key=lambda unit: (unit.id not in written, unit.code))


def _unit(turn: Turn, code: str, year: int) -> UnitRow | None:
    units = _units(turn, year)
    if not code:
        return units[0] if units else None
    own = next((unit for unit in units if unit.code.lower() == code.lower()), None)
    return own or find_unit(turn.session, turn.cadre, code, turn.today)


def _leads(turn: Turn, unit_id: int) -> bool:
    return unit_id in led_units(turn.session, turn.cadre.cadre_id, turn.today)


def _overview(turn: Turn, args: str) -> list[Reply]:
    return [_plan(turn, args)]


def _plan(turn: Turn, args: str, before: str = "") -> Reply:
    code, year = with_year(turn, args)
    unit = _unit(turn, code.strip(), year)
    if unit is None:
        return Reply(texts.GONE if code.strip() else texts.NO_UNIT)
    groups = groups_for(turn.session, turn.cadre, unit.id, year, turn.today)
    month = Period.of(PeriodKind.MONTH, turn.today)
    lines = [texts.heading(unit, year, counts(groups))]
    lines += [texts.group_line(number, group, month) for number, group in enumerate(groups[:SHOWN], 1)]
    choices = [
        Choice(label(f"{texts.SEE}: {group.row.title}", 45), f"/khacphucnhom {group.id}") for group in groups[:SHOWN]
    ]
    this_year = year == turn.today.year
    if _leads(turn, unit.id):
        where = f"{unit.code} {year}"
        choices.append(Choice(texts.ADD, f"/khacphucthem {where}"))
        if this_year and left_over(turn.session, unit.id, year):
            choices.append(Choice(texts.CARRY, f"/khacphucchuyen {where}"))
        if not groups and templates(turn.session, turn.house.plan, unit.id, turn.today) is not None:
            choices.append(Choice(texts.FROM_PLAN, f"/khacphucmau {unit.code}"))
    if groups and this_year:
        choices.append(Choice(texts.NEXT, f"/khacphucnhac {unit.code}"))
    if groups and reads_all(turn.session, turn.cadre, unit.id, turn.today):
        choices.append(Choice(texts.REPORT, f"/khacphucbc {unit.code} {year}"))
    others = [Choice(label(one.name), f"/khacphuc {one.code}") for one in _units(turn, year) if one.id != unit.id]
    text = "\n".join(lines)
    return Reply(f"{before}\n\n{text}" if before else text, rows(*choices, *others[:SHOWN], width=1))


def _see_group(turn: Turn, args: str) -> list[Reply]:
    group = found_group(turn, args)
    return [_plan(turn, "", texts.GONE)] if group is None else [group_page(turn, group)]


def group_page(turn: Turn, group: Group, before: str = "") -> Reply:
    """One group with what may be done with it."""
    month = Period.of(PeriodKind.MONTH, turn.today)
    earlier = Period.of(PeriodKind.MONTH, month.start.replace(day=1).fromordinal(month.start.toordinal() - 1))
    wanted = [one for one in (earlier, month) if one.start.year == group.row.year]
    shown = [*wanted, *(Period.of(kind, turn.today) for kind in _PROGRESS)]
    unit = unit_by_id(turn.session, group.row.unit_id, turn.today)
    text = texts.group_page(group, unit, shown)
    leads = _leads(turn, group.row.unit_id)
    choices = []
    of_now = group.row.year == turn.today.year
    if of_now and may_note(turn, group):
        missing = [one for one in wanted if one.key not in group.notes] or wanted[-1:]
        choices += [Choice(texts.note_button(one), f"/khacphucghi {group.id} {one.key}") for one in missing]
        choices.append(Choice(texts.PROGRESS, f"/khacphuctiendo {group.id}"))
    if of_now and may_settle(turn, group):
        choices += [
            Choice(
                label(texts.point_button(point.title, done=point.settled_on is not None), 45),
                f"/khacphucxong {group.id} {point.id}",
            )
            for point in group.points
        ]
    if leads and of_now:
        choices.append(Choice(texts.CHANGE, f"/khacphucsua {group.id}"))
    if leads:
        choices.append(Choice(texts.REMOVE, f"/khacphucbo {group.id}"))
    back = f"/khacphuc {unit.code} {group.row.year}" if unit is not None else "/khacphuc"
    return Reply(f"{before}\n\n{text}" if before else text, rows(*choices, Choice(texts.SEE_ALL, back), width=1))


def _progress(turn: Turn, args: str) -> list[Reply]:
    group = found_group(turn, args)
    if group is None:
        return [_plan(turn, "", texts.GONE)]
    choices = [
        Choice(texts.note_button(one), f"/khacphucghi {group.id} {one.key}")
        for one in (Period.of(kind, turn.today) for kind in _PROGRESS)
    ]
    back = Choice(texts.SEE_ALL, f"/khacphucnhom {group.id}")
    return [Reply(f"{texts.PROGRESS} – {group.row.title}", rows(*choices, back, width=1))]


def _settle_point(turn: Turn, args: str) -> list[Reply]:
    group, point = found_group(turn, args), args.strip().partition(" ")[2]
    if group is None or not may_settle(turn, group) or not (point.isascii() and point.isdecimal() and len(point) < 10):
        return [_plan(turn, "", texts.GONE)]
    found = settle_point(turn.session, group, int(point), turn.cadre.cadre_id, turn.today)
    return [group_page(turn, group)] if found is not None else [_plan(turn, "", texts.GONE)]


def _carry(turn: Turn, args: str) -> list[Reply]:
    code, year = with_year(turn, args)
    unit = _unit(turn, code.strip(), year)
    if unit is None or not _leads(turn, unit.id) or year != turn.today.year:
        return [_plan(turn, "", texts.GONE)]
    count = carry_over(turn.session, unit.id, year, turn.cadre.cadre_id, turn.now, turn.today)
    return [_plan(turn, f"{unit.code} {year}", texts.carried(count))]


def _next(turn: Turn, args: str) -> list[Reply]:
    unit = _unit(turn, args.strip(), turn.today.year)
    if unit is None:
        return [_plan(turn, "", texts.GONE)]
    open_groups = [
        group
        for group in groups_for(turn.session, turn.cadre, unit.id, turn.today.year, turn.today)
        if group.open_points
    ]
    if not open_groups:
        return [Reply(texts.NOTHING_LEFT, rows(Choice(texts.SEE_ALL, f"/khacphuc {unit.code}")))]
    text = texts.next_list(unit, open_groups, Period.of(PeriodKind.MONTH, turn.today).next())
    runs = _leads(turn, unit.id) and templates(turn.session, turn.house.plan, unit.id, turn.today) is not None
    told = [Choice(texts.TOLD, f"/khacphucdanhac {unit.code}")] if runs else []
    return [Reply(text, rows(*told, Choice(texts.SEE_ALL, f"/khacphuc {unit.code}"), width=1))]


def _told(turn: Turn, args: str) -> list[Reply]:
    unit = _unit(turn, args.strip(), turn.today.year)
    if unit is None or not _leads(turn, unit.id):
        return [_plan(turn, "", texts.GONE)]
    open_groups = [group for group in groups_of(turn.session, [unit.id], turn.today.year) if group.open_points]
    words = texts.next_list(unit, open_groups, Period.of(PeriodKind.MONTH, turn.today).next())
    house, me = turn.house, turn.cadre.cadre_id
    handed_in = settle(turn.session, house.plan, house.clock, unit.id, NEXT_MONTH_LIST, me, turn.now, words)
    return [_plan(turn, unit.code, texts.TOLD_DONE if handed_in else texts.NOT_RUNNING)]


def _report(turn: Turn, args: str) -> list[Reply]:
    code, year = with_year(turn, args)
    unit = _unit(turn, code.strip(), year)
    groups = groups_of(turn.session, [unit.id], year) if unit is not None else []
    if unit is None or not groups or not reads_all(turn.session, turn.cadre, unit.id, turn.today):
        return [_plan(turn, "", texts.GONE)]
    stem = "".join(c if c.isalnum() else "-" for c in unit.code)
    file = Attachment(
        "remedial_docx", f"khac-phuc-{stem}-{year}.docx", {"unit": unit.id, "year": year}, texts.REPORT_ALT
    )
    back = rows(Choice(texts.SEE_ALL, f"/khacphuc {unit.code} {year}"))
    return [Reply(texts.heading(unit, year, counts(groups)), back, (file,))]


COMMANDS = (
    Command(
        "khacphuc",
        _overview,
        Audience.CADRE,
        label="Khắc phục hạn chế",
        of_unit=True,
        help="hạn chế của đơn vị, giải pháp, nhận xét hằng tháng, nhắc việc tháng sau",
        words=("khac phuc", "khac phuc han che", "ke hoach khac phuc"),
    ),
    Command("khacphucnhom", _see_group, Audience.CADRE),
    Command("khacphuctiendo", _progress, Audience.CADRE),
    Command("khacphucxong", _settle_point, Audience.CADRE),
    Command("khacphucchuyen", _carry, Audience.CADRE),
    Command("khacphucnhac", _next, Audience.CADRE),
    Command("khacphucdanhac", _told, Audience.CADRE),
    Command("khacphucbc", _report, Audience.CADRE),
    *remedial_forms.START,
    *remedial_notes.START,
)
FLOWS = (*remedial_forms.FLOWS, *remedial_notes.FLOWS)
