"""The annex report as a .docx: its rows are written as XML at once, since a city has thousands of them."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from handlers.texts import annex as texts
from handlers.views.forms.annex_files import Paper
from handlers.views.forms.fields import date_line

if TYPE_CHECKING:
    from docx.document import Document

NUMBER_MM, WHOLE_MM, TOTAL_MM, PART_MM, WIDTH_MM = 14, 30, 36, 22, 257
TWIPS_PER_MM = 56.7
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def draw(paper: Paper) -> bytes:
    """The file."""
    from handlers.views.forms import office

    content = paper.content
    page = office.blank_page(landscape=True)
    superior, unit = content["superior"].upper(), content["unit"]["name"].upper()
    office.heading_block(page, superior, unit, date_line(paper.made_on), wide=True)
    office.space(office.line(page, texts.TITLE_ABOVE, bold=True, align=office.CENTER), before=12, after=0)
    office.space(office.line(page, texts.title(content), bold=True, align=office.CENTER), after=0)
    office.line(page, f"Năm {content['year']}", bold=True, align=office.CENTER)
    office.space(office.line(page, paper.version, italic=True, size=12, align=office.CENTER), after=8)
    _table(page, content)
    notes = texts.notes(content)
    for number, note in enumerate(notes, 1):
        line = office.line(page, f"({number}) {note}", italic=True, size=12)
        office.space(line, before=1, after=1, with_next=number == len(notes))  # no page has signatures alone
    office.signature_block(page, *texts.signers(content), wide=True)
    return office.file_of(page)


def _table(page: "Document", content: Mapping[str, Any]) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.oxml import parse_xml

    from handlers.views.forms import office

    columns, parts = content["columns"], content["parts"]
    widths = _widths(content)
    table = office.bordered(page, 3, widths)
    top, names, numbers = (list(row.cells) for row in table.rows)
    first_part = next((at for at, column in enumerate(columns, 1) if column["id"] in parts), len(columns) + 1)
    for at in range(first_part):
        cell = top[at].merge(names[at])
        heading = texts.NUMBER if at == 0 else columns[at - 1]["title"]
        office.line(cell, heading, bold=True, size=13, align=office.CENTER)
    if first_part <= len(columns):
        over = top[first_part].merge(top[len(columns)])
        office.line(over, texts.RESULT, bold=True, size=13, align=office.CENTER)
    for at, column in enumerate(columns, 1):
        if at >= first_part:
            office.line(names[at], column["title"], bold=True, size=13, align=office.CENTER)
        office.line(numbers[at], texts.column_heading(column), italic=True, size=11, align=office.CENTER)
    for cell in (*top, *names):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    office.repeat_heading(table, 3)
    rows = "".join(_row(row, widths) for row in content["rows"])
    for element in list(parse_xml(f"<w:tbl {_NAMESPACE}>{rows}</w:tbl>")):
        table._tbl.append(element)


def _widths(content: Mapping[str, Any]) -> tuple[int, ...]:
    """Of number, name and figures, in millimetres; the name takes what is left."""
    parts = set(content["parts"])
    figures = [PART_MM if column["id"] in parts else TOTAL_MM for column in content["columns"][1:]]
    figures[:1] = [WHOLE_MM]
    return (NUMBER_MM, max(60, WIDTH_MM - NUMBER_MM - sum(figures)), *figures)


def _row(row: Mapping[str, Any], widths: tuple[int, ...]) -> str:
    look = "<w:i/>" if row["own"] else "<w:b/>" if row["depth"] < 2 else ""
    cells = _cells(row, widths, look)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cells(row: Mapping[str, Any], widths: tuple[int, ...], look: str) -> Iterator[str]:
    words = (row["number"], texts.row_name(row), *map(str, row["figures"]))
    for at, (text, width) in enumerate(zip(words, widths, strict=True)):
        place = "left" if at == 1 else "center"
        yield (
            f'<w:tc><w:tcPr><w:tcW w:w="{round(width * TWIPS_PER_MM)}" w:type="dxa"/></w:tcPr>'
            f'<w:p><w:pPr><w:spacing w:before="20" w:after="20"/><w:jc w:val="{place}"/></w:pPr>'
            f'<w:r><w:rPr>{look}<w:sz w:val="26"/></w:rPr>'
            f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
        )
