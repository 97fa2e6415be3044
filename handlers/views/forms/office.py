"""How a document of the Union looks: A4, Times New Roman 14, heading block, date line, signatures side by side."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

FONT, SIZE = "Times New Roman", 14
UNION = "ĐOÀN TNCS HỒ CHÍ MINH"
CENTER, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
RIGHT, JUSTIFY = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
SIGN = "(Ký, ghi rõ họ tên)"


def blank_page(*, landscape: bool = False) -> "Document":
    """An empty A4 document with the margins of an office: 20 mm above and below, 30 left, 20 right."""
    page = docx.Document()
    section = page.sections[0]
    width, height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30) if not landscape else Mm(20)
    style = page.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(2), Pt(4), 1.1
    return page


def line(
    where: "Document | _Cell",
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    size: int | None = None,
    align: WD_ALIGN_PARAGRAPH = LEFT,
) -> "Paragraph":
    """One paragraph; in a cell that is still empty, its first."""
    first = where.paragraphs[0] if where.paragraphs and not where.paragraphs[0].text and _is_cell(where) else None
    paragraph = first if first is not None else where.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic, run.underline = bold, italic, underline
    if size is not None:
        run.font.size = Pt(size)
    paragraph.alignment = align
    return paragraph


def _is_cell(where: object) -> bool:
    return hasattr(where, "merge")


def labelled(page: "Document", name: str, text: str) -> None:
    """ "Họ và tên: ..." with the name in bold."""
    paragraph = page.add_paragraph()
    paragraph.add_run(f"{name}: ").bold = True
    paragraph.add_run(text)
    paragraph.alignment = JUSTIFY


def side_by_side(page: "Document", widths: Sequence[int]) -> "tuple[_Cell, ...]":
    """Cells without borders, ``widths`` in millimetres."""
    table = page.add_table(rows=1, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    cells = tuple(table.rows[0].cells)
    for cell, width in zip(cells, widths, strict=True):
        cell.width = Mm(width)
    return cells


def heading_block(page: "Document", superior: str, unit: str, date_line: str, *, wide: bool = False) -> None:
    """The unit on the left, the Union and the date on the right."""
    left, right = side_by_side(page, (120, 130) if wide else (78, 86))
    line(left, superior, size=13, align=CENTER)
    line(left, unit, bold=True, size=13, align=CENTER)
    line(left, "***", size=13, align=CENTER)
    line(right, UNION, bold=True, underline=True, size=13, align=CENTER)
    line(right, date_line, italic=True, size=13, align=CENTER)


def signature_block(page: "Document", left: Sequence[str], right: Sequence[str], *, wide: bool = False) -> None:
    """Who signs on either side: title lines, room for the hand, and the last line, the name, below it.

    A side may be empty; the block stays on one page. Below a name that is not known yet the paper itself is room.
    """
    cells = side_by_side(page, (125, 125) if wide else (80, 80))
    row = page.tables[-1].rows[0]._tr.get_or_add_trPr()
    row.append(row.makeelement(qn("w:cantSplit"), {}))
    for cell, lines in zip(cells, (left, right), strict=True):
        if not lines:
            continue
        *titles, name = lines
        for title in titles:
            line(cell, title, bold=True, align=CENTER)
        line(cell, SIGN, italic=True, size=12, align=CENTER)
        for _ in range(3 if name else 2):
            line(cell, "", align=CENTER)
        if name:
            line(cell, name, bold=True, align=CENTER)


def grid(page: "Document", headings: Sequence[str], widths: Sequence[int], rows: int = 0) -> "Table":
    """A bordered table with its heading row and ``rows`` empty ones; ``widths`` in millimetres."""
    table = bordered(page, 1 + rows, widths)
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        line(cell, heading, bold=True, size=13, align=CENTER)
    repeat_heading(table, 1)
    return table


def bordered(page: "Document", rows: int, widths: Sequence[int]) -> "Table":
    """A bordered table of empty cells; ``widths`` in millimetres."""
    table: Table = page.add_table(rows=rows, cols=len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    set_widths(table, widths)
    return table


def repeat_heading(table: "Table", rows: int) -> None:
    """Show the first ``rows`` on every page."""
    for row in list(table.rows)[:rows]:
        properties = row._tr.get_or_add_trPr()
        properties.append(properties.makeelement(qn("w:tblHeader"), {}))


def keep_rows_whole(table: "Table") -> None:
    """Let no row go over to the next page."""
    for row in table.rows:
        properties = row._tr.get_or_add_trPr()
        properties.append(properties.makeelement(qn("w:cantSplit"), {}))


def space(paragraph: "Paragraph", *, before: int = 2, after: int = 4, with_next: bool = False) -> None:
    """Points above and below; ``with_next`` keeps it on the page of what follows."""
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after, layout.keep_with_next = Pt(before), Pt(after), with_next


def set_widths(table: "Table", widths: Sequence[int]) -> None:
    """Give every column its width in millimetres."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def file_of(page: "Document") -> bytes:
    """The .docx file."""
    content = BytesIO()
    page.save(content)
    return content.getvalue()
