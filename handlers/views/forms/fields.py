"""The fields that a form's template may use, and must use, with a sample to try a template with."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent

_HEAD = {
    "superior": "ĐOÀN CẤP TRÊN",
    "unit": "ĐOÀN CƠ SỞ MẪU",
    "unit_name": "Đoàn cơ sở Mẫu",
    "date_line": "……, ngày 05 tháng 12 năm 2026",
    "year": 2026,
    "full_name": "Họ và Tên",
    "position": "Bí thư",
    "approver": "BÍ THƯ",
    "status_line": "Nộp ngày 5/12/2026.",
}


@dataclass(frozen=True, slots=True)
class FormFields:
    """One form. ``sample`` has every field; those in ``needed`` may not be missing from a template.

    Within a list, as in ``{%tr for item in contents %}``, the fields are those of the sample's first item.
    """

    name: str
    title: str
    sample: dict[str, Any]
    needed: frozenset[str]

    @property
    def lists(self) -> dict[str, frozenset[str]]:
        """The fields of each list's items."""
        return {name: frozenset(value[0]) for name, value in self.sample.items() if isinstance(value, list)}


A1 = FormFields(
    "a1",
    "Bản đăng ký",
    {
        **_HEAD,
        "contents": [{"number": 1, "title": "Trách nhiệm", "what": "Việc", "measure": "Cách đo", "by": "Cả năm"}],
        "figures": [{"title": "Giờ tình nguyện", "registered": "2 giờ mỗi tuần"}],
        "donts": [{"title": "Điều không làm"}],
    },
    frozenset({"year", "full_name", "contents", "what", "measure", "by", "figures", "registered", "donts"}),
)
A2 = FormFields(
    "a2",
    "Bản tự kiểm điểm",
    {
        **_HEAD,
        "as_of": "5/12/2026",
        "contents": [
            {
                "number": 1,
                "title": "Trách nhiệm",
                "what": "Việc",
                "measure": "Cách đo",
                "by": "Cả năm",
                "result": "Kết quả",
            }
        ],
        "figures": [{"title": "Giờ tình nguyện", "registered": "2 giờ mỗi tuần", "done": "96 giờ"}],
        "watched": "Lời tự viết",
        "strengths": "Lời tự viết",
        "shortcomings": "Lời tự viết",
        "remedies": "Lời tự viết",
        "previous": "Lời tự viết",
        "rating": "Khá",
        "body": "BAN CHẤP HÀNH",
        "comments": [{"title": "Cấp ủy", "words": "Lời nhận xét"}],
        "outcome": "……",
        "entries": [{"day": "5/12/2026", "kind": "Giờ tình nguyện", "name": "Việc", "state": "tự khai"}],
    },
    frozenset(
        {
            *("year", "full_name", "contents", "what", "result", "figures", "registered", "done"),
            *("strengths", "shortcomings", "remedies", "rating", "entries", "name"),
        }
    ),
)
FORMS = {form.name: form for form in (A1, A2)}


def date_line(day: date) -> str:
    """ "………, ngày 20 tháng 11 năm 2026"; the place is written by hand."""
    return f"……………, ngày {day.day:02d} tháng {day.month:02d} năm {day.year}"
