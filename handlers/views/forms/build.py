"""Make the templates that come with the program: ``python -m handlers.views.forms.build``.

The forms a1 ĐKCT01 and a2 KĐCT01 are named by the plan (C-11) but not part of it: the fields are those such forms
have, and an office may put its own template in their place (``doanbot forms``).
"""

from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from handlers.views.forms import office
from handlers.views.forms.fields import FOLDER
from handlers.views.forms.office import CENTER, JUSTIFY

DOTS = "……………………"
LOOP = 3


def build() -> None:
    """Write both files."""
    (FOLDER / "a1.docx").write_bytes(office.file_of(a1()))
    (FOLDER / "a2.docx").write_bytes(office.file_of(a2()))


def a1() -> Document:
    """The registration."""
    page = _begun("Mẫu a1 ĐKCT01", "BẢN ĐĂNG KÝ", "Nội dung rèn luyện tác phong, lề lối công tác năm {{ year }}")
    _heading(page, "I. Nội dung rèn luyện trọng tâm")
    table = office.grid(
        page, ("TT", "Nội dung", "Đăng ký thực hiện", "Đo bằng", "Thời hạn"), (12, 26, 62, 36, 24), LOOP
    )
    fields = ("number", "title", "what", "measure", "by")
    _rows(table, "contents", tuple(f"{{{{ item.{field} }}}}" for field in fields))
    _heading(page, "II. Chỉ số đăng ký")
    _each(page, "figures", "- {{ item.title }}: {{ item.registered }}.")
    _heading(page, "III. Những điều tự nhắc mình không làm")
    _each(page, "donts", "- {{ item.title }}.", with_next=True)
    office.space(office.line(page, "{{ status_line }}", italic=True, size=12), with_next=True)
    office.signature_block(page, ("DUYỆT", "{{ approver }}", ""), ("NGƯỜI ĐĂNG KÝ", "{{ full_name }}"))
    return page


def a2() -> Document:
    """The self-review."""
    page = _begun("Mẫu a2 KĐCT01", "BẢN TỰ KIỂM ĐIỂM", "Kết quả rèn luyện tác phong, lề lối công tác năm {{ year }}")
    _heading(page, "I. Kết quả theo nội dung đã đăng ký")
    table = office.grid(page, ("Nội dung", "Đã đăng ký", "Kết quả thực hiện"), (26, 60, 74), LOOP)
    _rows(table, "contents", ("{{ item.title }}", "{{ item.what }}", "{{ item.result }}"))
    registered = list(table.rows)[2].cells[1]
    office.line(registered, "Đo bằng: {{ item.measure }}", italic=True, size=12)
    office.line(registered, "Thời hạn: {{ item.by }}", italic=True, size=12)
    _heading(page, "II. Số liệu đã đăng ký và đã làm (đến ngày {{ as_of }})")
    table = office.grid(page, ("Nội dung", "Đã đăng ký", "Đã ghi nhận"), (44, 46, 70), LOOP)
    _rows(table, "figures", ("{{ item.title }}", "{{ item.registered }}", "{{ item.done }}"))
    for number, (name, field) in enumerate(
        (
            ("Những điều không nên làm", "watched"),
            ("Ưu điểm", "strengths"),
            ("Hạn chế, khuyết điểm và nguyên nhân", "shortcomings"),
            ("Biện pháp khắc phục", "remedies"),
            ("Hạn chế của năm trước và kết quả khắc phục", "previous"),
            ("Tự xếp loại", "rating"),
        ),
        start=3,
    ):
        _heading(page, f"{_ROMAN[number]}. {name}")
        office.line(page, f"{{{{ {field} }}}}", align=JUSTIFY)
    office.space(office.line(page, "{{ status_line }}", italic=True, size=12), with_next=True)
    office.signature_block(page, (), ("NGƯỜI TỰ KIỂM ĐIỂM", "{{ full_name }}"))
    _heading(page, "IX. Nhận xét, xếp loại của tập thể")
    _each(page, "comments", "- {{ item.title }}: {{ item.words }}")
    office.labelled(page, "Kết quả xếp loại", "{{ outcome }}")
    office.labelled(page, "Số phiếu", f"{DOTS}{DOTS}")
    office.signature_block(page, (), ("TM. {{ body }}", "{{ approver }}", ""))
    page.add_paragraph("{%p if entries %}")
    annexed = _heading(page, "Kèm theo: các mục đã ghi trong năm")
    annexed.paragraph_format.page_break_before = True
    table = office.grid(page, ("Ngày", "Loại", "Nội dung", "Trạng thái"), (26, 40, 64, 30), LOOP)
    _rows(table, "entries", ("{{ item.day }}", "{{ item.kind }}", "{{ item.name }}", "{{ item.state }}"))
    page.add_paragraph("{%p endif %}")
    return page


_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII")


def _begun(mark: str, title: str, subtitle: str) -> Document:
    page = office.blank_page()
    office.line(page, mark, italic=True, size=12, align=office.RIGHT)
    office.heading_block(page, "{{ superior }}", "{{ unit }}", "{{ date_line }}")
    office.space(office.line(page, title, bold=True, size=16, align=CENTER), before=12)
    office.space(office.line(page, subtitle, bold=True, align=CENTER), after=10)
    office.labelled(page, "Họ và tên", "{{ full_name }}")
    office.labelled(page, "Ngày sinh", DOTS)
    office.labelled(page, "Chức vụ, đơn vị", "{{ position }}, {{ unit_name }}")
    return page


def _heading(page: Document, text: str) -> Paragraph:
    heading = office.line(page, text, bold=True)
    office.space(heading, before=8, with_next=True)
    return heading


def _each(page: Document, items: str, text: str, *, with_next: bool = False) -> None:
    page.add_paragraph(f"{{%p for item in {items} %}}")
    office.space(office.line(page, text), with_next=with_next)
    page.add_paragraph("{%p endfor %}")


def _rows(table: Table, items: str, cells: tuple[str, ...]) -> None:
    """Fill the three rows under the heading: one for each of ``items``."""
    office.keep_rows_whole(table)
    first, each, last = list(table.rows)[1:]
    first.cells[0].text, last.cells[0].text = f"{{%tr for item in {items} %}}", "{%tr endfor %}"
    for cell, text in zip(each.cells, cells, strict=True):
        office.line(cell, text, size=13)


if __name__ == "__main__":
    build()
