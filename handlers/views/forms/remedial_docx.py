"""The report of a remedial plan as a .docx: what was put right, field by field, and what was said of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from handlers.texts import remedial_report as texts
from handlers.turn import House
from handlers.views.forms.fields import date_line
from storage.documents import committee_of
from storage.people import unit_by_id
from storage.periods import Period
from storage.remedial import counts, groups_of

if TYPE_CHECKING:
    from docx.document import Document

WIDTHS_MM = (12, 46, 52, 52)


@dataclass(frozen=True, slots=True)
class Field:
    """A group as printed."""

    title: str
    points: tuple[str, ...]
    measures: tuple[str, ...]
    people: tuple[str, ...]
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed."""

    superior: str
    unit: str
    year: int
    made_on: date
    body: str
    opening: str
    fields: tuple[Field, ...]


def gather(session: Session, house: House, args: dict[str, Any], now: datetime) -> Paper:
    """The plan of ``args["unit"]`` in ``args["year"]`` as it stands. Raises LookupError."""
    today, year = house.clock.local_day(now), int(args["year"])
    unit = unit_by_id(session, int(args["unit"]), today)
    if unit is None:
        raise LookupError("no such unit")
    above = unit_by_id(session, unit.parent_id, today) if unit.parent_id is not None else None
    groups = groups_of(session, [unit.id], year)
    fields = tuple(
        Field(
            group.row.title,
            tuple(texts.point(point) for point in group.points),
            tuple(group.measures),
            texts.people(group),
            tuple(texts.said(Period.parse(key), note.words) for key, note in sorted(group.notes.items())),
        )
        for group in groups
    )
    opening = texts.opening(unit.name, year, today, counts(groups))
    body = committee_of(session, unit.id, today)
    return Paper(above.name if above is not None else "", unit.name, year, today, body, opening, fields)


def draw(paper: Paper) -> bytes:
    """The file."""
    from handlers.views.forms import office

    page = office.blank_page()
    office.heading_block(page, paper.superior.upper(), paper.unit.upper(), date_line(paper.made_on))
    office.space(office.line(page, texts.TITLE, bold=True, align=office.CENTER), before=14, after=0)
    office.space(office.line(page, texts.subtitle(paper.year), bold=True, align=office.CENTER), after=10)
    office.line(page, paper.opening, align=office.JUSTIFY)
    _table(page, paper)
    for number, one in enumerate(paper.fields, 1):
        office.space(office.line(page, f"{number}. {one.title}", bold=True), before=8, with_next=True)
        for words in one.said or (texts.NOTHING_SAID,):
            office.line(page, f"- {words}", align=office.JUSTIFY)
    office.line(page, texts.FOOT, italic=True, size=12, align=office.JUSTIFY)
    office.signature_block(page, texts.LEFT, texts.signer(paper.body))
    return office.file_of(page)


def _table(page: "Document", paper: Paper) -> None:
    from handlers.views.forms import office

    table = office.grid(page, texts.COLUMNS, WIDTHS_MM, len(paper.fields))
    office.keep_rows_whole(table)
    for number, (row, one) in enumerate(zip(list(table.rows)[1:], paper.fields, strict=True), 1):
        office.line(row.cells[0], str(number), size=13, align=office.CENTER)
        office.line(row.cells[1], one.title, bold=True, size=13)
        for words in one.people:
            office.line(row.cells[1], words, size=12)
        for words in one.points:
            office.line(row.cells[2], f"- {words}", size=13)
        for words in one.measures:
            office.line(row.cells[3], f"- {words}", size=13)
