"""A unit's report as a workbook for Excel and LibreOffice: typed cells, no text that could become a formula."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import groupby
from typing import Any

from handlers.texts import report as texts
from handlers.texts import workbook as words
from handlers.texts.workbook import Column
from handlers.views.definitions import Line
from handlers.views.report_text import unit_of_count
from storage.compliance.records import EntryRecord
from storage.figures import Count, PersonFigures, UnitFigures, UnitLine
from storage.periods import Period, PeriodKind
from storage.plans import Plan
from storage.targets import TargetFigure
from storage.terms import Requirement, Status
from storage.text import clean

Cell = str | float | date | None
MAX_CELL = 32_767  # what Excel takes
MOST_NAMES = 40  # as many as a row can show
GROUP_ROW, HEAD_ROW = 3, 4
A4 = 9
LINE_POINTS = 15
FEW_ROWS = 2_000
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, columns and rows; ``wrapped`` text may take several lines."""

    name: str
    columns: tuple[Column, ...]
    rows: list[tuple[Cell, ...]]
    frozen_columns: int = 0
    wrapped: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """All sheets of a report, with its title lines."""

    title: str
    subtitle: str
    sheets: tuple[Sheet, ...]


def book(plan: Plan, figures: UnitFigures, defined: Sequence[Line], targets: Sequence[TargetFigure] = ()) -> Book:
    """What the workbook of ``figures`` holds; a year's has the targets in %, with the names that are missing."""
    of_year = (Sheet(words.TARGETS, words.TARGET_COLUMNS, [*map(_target, targets)], 0, wrapped=True),)
    subtitle = f"{texts.period_title(figures)} · {texts.cut_off(figures)} · {texts.people(figures.total)}"
    return Book(
        title=f"{words.TITLE} – {figures.total.name}",
        subtitle=subtitle,
        sheets=(
            Sheet(words.SUMMARY, words.SUMMARY_COLUMNS, list(_summary(plan, figures)), 1),
            Sheet(
                words.UNITS,
                _columns(figures, words.UNIT_COLUMNS, _unit_headings),
                [_unit(figures, row) for row in figures.units],
                2,
            ),
            Sheet(
                words.PEOPLE,
                _columns(figures, words.PEOPLE_COLUMNS, _person_headings),
                [_person(figures, p) for p in figures.people],
                2,
            ),
            Sheet(words.ENTRIES, words.ENTRY_COLUMNS, list(_entries(figures)), 2),
            *(of_year if targets else ()),
            Sheet(words.DEFINITIONS, words.DEFINITION_COLUMNS, [*defined], 0, wrapped=True),
        ),
    )


def _target(one: TargetFigure) -> tuple[Cell, ...]:
    target = one.target
    shown = [f"{who.name} – {who.unit}" if who.unit else who.name for who in one.missing[:MOST_NAMES]]
    more = [words.further(len(one.missing) - MOST_NAMES)] if len(one.missing) > MOST_NAMES else []
    names = "; ".join([*shown, *more])
    figures = one.reached, one.due, one.percent, target.percent
    return (one.plan.file.title, target.title, target.clause, *figures, target.denominator, names)


def _summary(plan: Plan, figures: UnitFigures) -> Iterator[tuple[Cell, ...]]:
    for requirement in figures.requirements:
        rule = plan.rule(requirement)
        clauses = ", ".join(dict.fromkeys(ask.clause for ask in rule.asks)) if rule is not None else ""
        count, before = figures.total.counts[requirement], texts.comparable(figures, requirement)
        yield (
            texts.short_label(figures, requirement),
            clauses,
            unit_of_count(plan, requirement),
            *_people_by_status(count),
            count.periods_due,
            count.periods_met,
            count.periods_met_confirmed,
            count.declared,
            count.confirmed,
            before.due if before is not None else None,
            before.met if before is not None else None,
        )


def _people_by_status(count: Count) -> tuple[int, ...]:
    people = count.people
    return (
        count.due,
        count.met,
        count.people_met_confirmed,
        people[Status.IN_PROGRESS],
        people[Status.NOT_MET],
        people[Status.EXCUSED],
        people[Status.NOT_APPLICABLE],
    )


def _columns(
    figures: UnitFigures, first: Sequence[Column], headings: Callable[[UnitFigures, Requirement], list[str]]
) -> tuple[Column, ...]:
    """``first``, then under each requirement's name the columns of its figures."""
    measured = (
        Column(heading, words.WIDTHS.get(heading, words.NARROW), texts.short_label(figures, requirement))
        for requirement in figures.requirements
        for heading in headings(figures, requirement)
    )
    return (*first, *measured)


def _unit_headings(figures: UnitFigures, requirement: Requirement) -> list[str]:
    judged = [words.DUE, words.MET, words.MET_CONFIRMED] if _is_judged(figures, requirement) else []
    times = [words.TIMES_DUE, words.TIMES_MET] if figures.several(requirement) and judged else []
    amounts = [words.DECLARED, words.CONFIRMED] if _has_amounts(figures, requirement) else []
    return [*judged, *times, *amounts]


def _unit(figures: UnitFigures, row: UnitLine) -> tuple[Cell, ...]:
    measured: list[Cell] = []
    for requirement in figures.requirements:
        count = row.counts[requirement]
        if _is_judged(figures, requirement):
            measured += (count.due, count.met, count.people_met_confirmed)
            measured += (count.periods_due, count.periods_met) if figures.several(requirement) else ()
        measured += (count.declared, count.confirmed) if _has_amounts(figures, requirement) else ()
    name = "    " * row.depth + row.name
    return (row.code, name, row.people, row.obliged, row.waiting, row.need_help, *measured)


def _is_judged(figures: UnitFigures, requirement: Requirement) -> bool:
    """Meetings of which nobody knows how many were due are added up, nothing more."""
    return bool(figures.total.counts[requirement].periods)


def _has_amounts(figures: UnitFigures, requirement: Requirement) -> bool:
    """Hours say more than who has met them."""
    return requirement is Requirement.VOLUNTEER_HOURS or not _is_judged(figures, requirement)


def _person_headings(figures: UnitFigures, requirement: Requirement) -> list[str]:
    judged = [words.STATUS] if _is_judged(figures, requirement) else []
    times = [words.TIMES_DUE, words.TIMES_MET] if figures.several(requirement) and judged else []
    return [*judged, *times, words.DECLARED, words.CONFIRMED]


def _person(figures: UnitFigures, person: PersonFigures) -> tuple[Cell, ...]:
    measured: list[Cell] = []
    for requirement in figures.requirements:
        score = person.scores[requirement]
        if _is_judged(figures, requirement):
            measured.append(score.status.label)
            measured += (score.due, score.met) if figures.several(requirement) else ()
        measured += (score.declared, score.confirmed)
    group = person.group.value if person.group is not None else None
    return (person.code, person.name, person.unit_name, person.title.label, group, person.waiting, *measured)


def _entries(figures: UnitFigures) -> Iterator[tuple[Cell, ...]]:
    for person in figures.people:
        for entry in person.entries:
            yield (person.code, person.name, person.unit_name, *_entry(figures, entry))


def _entry(figures: UnitFigures, entry: EntryRecord) -> tuple[Cell, ...]:
    organiser = figures.unit_names.get(entry.organiser, entry.organiser) if entry.organiser else None
    return (
        entry.kind.label,
        entry.day,
        _clock(entry.start),
        _clock(entry.end),
        entry.minutes / 60 if entry.minutes is not None else None,
        entry.title,
        organiser,
        entry.recognised_on,
        entry.state.label,
        Period.of(PeriodKind.WEEK, entry.day).key,
        Period.of(PeriodKind.MONTH, entry.day).key,
    )


def _clock(minute: int | None) -> str | None:
    return None if minute is None else f"{minute // 60:02d}:{minute % 60:02d}"


def draw(shown: Book) -> bytes:
    """The .xlsx file."""
    import xlsxwriter

    content = BytesIO()
    # A small book is put together in memory, twice as fast as by way of files; a city's must not be.
    where = "in_memory" if sum(len(sheet.rows) for sheet in shown.sheets) <= FEW_ROWS else "constant_memory"
    with xlsxwriter.Workbook(content, {**OPTIONS, where: True}) as file:
        file.set_properties({"title": shown.title, "subject": shown.subtitle})
        looks = _looks(file)
        for sheet in shown.sheets:
            _write_sheet(file.add_worksheet(sheet.name), shown, sheet, looks)
    return content.getvalue()


def _looks(file: Any) -> dict[str, Any]:
    cell = {"valign": "top", "font_name": "Times New Roman", "font_size": 11}
    head = {**cell, "bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#dce6f1", "border": 1}
    return {
        "title": file.add_format({**cell, "bold": True, "font_size": 14}),
        "quiet": file.add_format({**cell, "italic": True, "font_color": "#404040"}),
        "head": file.add_format({**head, "align": "center"}),
        "text": file.add_format({**cell, "border": 1, "indent": 1}),
        "wrapped": file.add_format({**cell, "border": 1, "indent": 1, "text_wrap": True}),
        "number": file.add_format({**cell, "border": 1, "num_format": "#,##0.##"}),
        "whole": file.add_format({**cell, "border": 1, "num_format": "#,##0"}),
        "date": file.add_format({**cell, "border": 1, "num_format": "dd/mm/yyyy", "align": "center"}),
    }


def _write_sheet(page: Any, shown: Book, sheet: Sheet, looks: dict[str, Any]) -> None:
    for number, width in enumerate(column.width for column in sheet.columns):
        page.set_column(number, number, width)
    _set_up_print(page, shown, sheet)
    page.write_string(0, 0, _safe(shown.title), looks["title"])
    page.write_string(1, 0, _safe(shown.subtitle), looks["quiet"])
    page.write_string(2, 0, words.NOTES.get(sheet.name, ""), looks["quiet"])
    _write_heads(page, sheet, looks["head"])
    for line, row in enumerate(sheet.rows, start=HEAD_ROW + 1):
        if sheet.wrapped:
            page.set_row(line, LINE_POINTS * _lines(sheet, row))
        for column, cell in enumerate(row):
            _write_cell(page, line, column, cell, looks, looks["wrapped" if sheet.wrapped else "text"])


def _lines(sheet: Sheet, row: tuple[Cell, ...]) -> int:
    """How many lines the longest text of ``row`` takes: row heights are not found out by every program."""
    return max(-(-len(str(cell)) // column.width) for cell, column in zip(row, sheet.columns, strict=True))


def _write_heads(page: Any, sheet: Sheet, look: Any) -> None:
    """Two rows: what belongs together stands under one heading."""
    page.set_row(GROUP_ROW, 30)
    page.set_row(HEAD_ROW, 60)
    at = 0
    for group, members in groupby(sheet.columns, key=lambda column: column.group):
        count = len(list(members))
        if group and count > 1:
            page.merge_range(GROUP_ROW, at, GROUP_ROW, at + count - 1, _safe(group), look)
        at += count
    for number, heading in enumerate(column.heading for column in sheet.columns):
        page.write_string(HEAD_ROW, number, _safe(heading), look)


def _set_up_print(page: Any, shown: Book, sheet: Sheet) -> None:
    last_row, last_column = HEAD_ROW + len(sheet.rows), len(sheet.columns) - 1
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(GROUP_ROW, HEAD_ROW)
    page.print_area(0, 0, last_row, last_column)
    page.set_footer(f"&L{_safe(shown.title).replace('&', '&&')[:120]}&R{words.PAGE}")
    page.freeze_panes(HEAD_ROW + 1, sheet.frozen_columns)
    page.autofilter(HEAD_ROW, 0, max(last_row, HEAD_ROW + 1), last_column)


def _write_cell(page: Any, line: int, column: int, cell: Cell, looks: dict[str, Any], text: Any) -> None:
    if cell is None or cell == "":
        page.write_blank(line, column, None, text)
    elif isinstance(cell, date):
        page.write_datetime(line, column, cell, looks["date"])
    elif isinstance(cell, str):
        page.write_string(line, column, _safe(cell), text)
    else:
        page.write_number(line, column, cell, looks["whole" if cell == int(cell) else "number"])


def _safe(text: str) -> str:
    """``text`` without control characters, as long as a cell may be; leading blanks stay."""
    indent = len(text) - len(text.lstrip(" "))
    return (" " * indent + clean(text))[:MAX_CELL]
