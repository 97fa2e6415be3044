"""The annex report as a workbook page that prints like the document: A4, Times New Roman, signatures below."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from handlers.texts import annex as texts
from handlers.views.forms.annex_files import Paper
from handlers.views.forms.fields import date_line

A4, HEAD = 9, 8
UNION = "ĐOÀN TNCS HỒ CHÍ MINH"
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def draw(paper: Paper) -> bytes:
    """The .xlsx file."""
    import xlsxwriter

    content = BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        page = book.add_worksheet(texts.SHEET)
        _write(page, _looks(book), paper)
    return content.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    base = {"font_name": "Times New Roman", "font_size": 13, "valign": "vcenter"}
    center = {**base, "align": "center", "text_wrap": True}
    cell = {**base, "border": 1}
    looks = {
        "center": center,
        "bold": {**center, "bold": True},
        "union": {**center, "bold": True, "underline": 1},
        "title": {**center, "bold": True, "font_size": 14},
        "italic": {**center, "italic": True},
        "note": {**base, "italic": True, "font_size": 12, "text_wrap": True, "valign": "top"},
        "head": {**center, "bold": True, "border": 1},
        "number_head": {**center, "italic": True, "border": 1, "font_size": 11},
    }
    for name, more in (("plain", {}), ("strong", {"bold": True}), ("own", {"italic": True})):
        looks[name] = {**cell, **more, "text_wrap": True}
        looks[f"{name}_figure"] = {**cell, **more, "align": "center", "num_format": "#,##0"}
    return {name: book.add_format(values) for name, values in looks.items()}


def _write(page: Any, looks: Mapping[str, Any], paper: Paper) -> None:
    content = paper.content
    columns = content["columns"]
    last, middle = len(columns), 2
    page.set_column(0, 0, 6)
    page.set_column(1, 1, 46)
    page.set_column(2, last, 12)
    page.set_column(3, 3, 16)
    _set_up_print(page)

    def across(line: int, first: int, end: int, text: str, look: str) -> None:
        if first < end:
            page.merge_range(line, first, line, end, text, looks[look])
        else:
            page.write_string(line, first, text, looks[look])

    across(0, 0, middle - 1, content["superior"].upper(), "center")
    across(0, middle, last, UNION, "union")
    across(1, 0, middle - 1, content["unit"]["name"].upper(), "bold")
    across(1, middle, last, date_line(paper.made_on), "italic")
    across(2, 0, middle - 1, "***", "center")
    across(4, 0, last, texts.TITLE_ABOVE, "title")
    across(5, 0, last, f"{texts.title(content)} – Năm {content['year']}", "title")
    across(6, 0, last, paper.version, "italic")
    _heads(page, looks, content)
    line = HEAD + 3
    for row in content["rows"]:
        look = "own" if row["own"] else "strong" if row["depth"] < 2 else "plain"
        page.write_string(line, 0, row["number"], looks[f"{look}_figure"])
        page.write_string(line, 1, texts.row_name(row), looks[look])
        for at, value in enumerate(row["figures"], 2):
            page.write_number(line, at, value, looks[f"{look}_figure"])
        line += 1
    for number, note in enumerate(texts.notes(content), 1):
        page.set_row(line, 34 if len(note) > 115 else 17)
        across(line, 0, last, f"({number}) {note}", "note")
        line += 1
    _signatures(across, line + 1, middle, last, content)


def _heads(page: Any, looks: Mapping[str, Any], content: Mapping[str, Any]) -> None:
    columns, parts = content["columns"], content["parts"]
    first_part = next((at for at, column in enumerate(columns, 1) if column["id"] in parts), len(columns) + 1)
    page.set_row(HEAD + 1, 34)
    for at in range(first_part):
        heading = texts.NUMBER if at == 0 else columns[at - 1]["title"]
        page.merge_range(HEAD, at, HEAD + 1, at, heading, looks["head"])
    if first_part < len(columns):
        page.merge_range(HEAD, first_part, HEAD, len(columns), texts.RESULT, looks["head"])
    for at, column in enumerate(columns, 1):
        if at >= first_part:
            page.write_string(HEAD + 1, at, column["title"], looks["head"])
    page.write_blank(HEAD + 2, 0, None, looks["number_head"])
    for at, column in enumerate(columns, 1):
        page.write_string(HEAD + 2, at, texts.column_heading(column), looks["number_head"])


def _signatures(across: Any, line: int, middle: int, last: int, content: Mapping[str, Any]) -> None:
    left, right = texts.signers(content)
    for place in range(max(len(left), len(right)) - 1):
        if place < len(left) - 1:
            across(line + place, 0, middle - 1, left[place], "bold")
        across(line + place, middle, last, right[place] if place < len(right) - 1 else "", "bold")


def _set_up_print(page: Any) -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD, HEAD + 2)
    page.freeze_panes(HEAD + 3, 2)
    page.set_footer("&R&P/&N")
