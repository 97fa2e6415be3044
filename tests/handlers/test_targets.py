"""Targets in % are a unit's: with the denominator in words, the day of the figures, and the names that are missing."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from handlers.turn import House
from storage.database import Database
from storage.terms import EntryKind, EntryState, RecognisedBy
from tests.chat import Chat
from tests.handlers.logged import log
from tests.handlers.test_training_models import write
from tests.handlers.year import attached, file_of, register

RECOGNISED = date(2026, 10, 5)


def initiative(city: Database, code: str, **values: Any) -> None:
    fields: dict[str, Any] = {
        "applied": True,
        "recognised_by": RecognisedBy.AGENCY_HEAD,
        "recognised_on": RECOGNISED,
    } | values
    log(city, code, EntryKind.INITIATIVE, RECOGNISED, **fields)


def test_forms_are_counted_over_the_public_sector_with_the_names_missing(city: Database, house: House) -> None:
    register(city, house, "BINH", "LAN", "CHI")
    Chat(city, house, cadre="DUNG").play(
        [
            ("/chitieu", "Lũy kế đến 20/11/2026"),
            ("/chitieu", "Cán bộ có bản đăng ký [C-07]: 3/5, 60% (chỉ tiêu 100%)"),
            ("/chitieu", "Mẫu số: Cán bộ thuộc khối công chức, viên chức"),
            ("[Còn thiếu 2: Cán bộ có bản đăng ký]", "Nguyễn Hoài An – Đoàn cơ sở Sở Nội vụ"),
            ("[Mọi chỉ tiêu]", "3/5"),
            ("[Đoàn cơ sở Sở Nội vụ]", "Cán bộ có bản đăng ký [C-07]: 3/4, 75%"),
        ]
    )


def test_a_cadre_outside_the_public_sector_is_no_part_of_the_denominator(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="HOA")
    chat.say("/chitieu")
    assert "bản đăng ký [C-07]: 0/1" in chat.text  # KHANH, of the branch below, is outside
    chat.press("Còn thiếu 1: Cán bộ có bản đăng ký")
    assert "Khánh" not in chat.text


def test_units_with_a_model_are_counted_over_all_units(city: Database, house: House) -> None:
    write(Chat(city, house, cadre="AN"), "Một kèm một")
    Chat(city, house, cadre="AN").play(
        [
            ("chỉ tiêu", "Đơn vị có mô hình rèn luyện [C-06]: 1/3, 33%"),
            ("[Còn thiếu 2: Đơn vị có mô hình]", "Chi đoàn Thanh tra Sở Nội vụ"),
        ]
    )


@pytest.mark.parametrize(
    ("values", "reached"),
    [
        ({}, "1/1, 100%"),
        ({"applied": False}, "0/1, 0%"),
        ({"recognised_by": None, "recognised_on": None}, "0/1, 0%"),
        ({"recognised_on": date(2025, 12, 31)}, "0/1, 0%"),
        ({"state": EntryState.RETURNED}, "0/1, 0%"),
    ],
)
def test_a_grassroots_secretarys_solution_is_both_applied_and_recognised(
    city: Database, house: House, values: dict[str, Any], reached: str
) -> None:
    initiative(city, "AN", **values)
    initiative(city, "LAN")  # a branch secretary is not meant (C-09)
    Chat(city, house, cadre="DUNG").play([("/chitieu", f"được công nhận [C-09]: {reached}")])


def test_what_a_template_counts_appears_where_it_runs(city: Database, house: House) -> None:
    giang = Chat(city, house, cadre="GIANG")
    giang.play(
        [
            ("/kehoachmoi", "Kích hoạt kế hoạch nào"),
            ("[Rèn luyện tác phong]", "Cho đơn vị nào"),
            ("DUB", "Cho thời gian nào"),
            ("2026", "Số văn bản"),
            ("[Không có số]", "Từ 1/1/2026"),
            ("[Kích hoạt]", "Đã kích hoạt"),
            ("/chitieu DUB", "Trụ sở có bảng điều nên làm, không nên làm [K-02]: 0/1"),
        ]
    )
    Chat(city, house, cadre="DUNG").play(
        [
            ("/han", "Treo bảng điều nên làm"),
            ("[Treo bảng]", "chưa nộp"),
            ("[Nộp]", "gửi ảnh"),
            ("đã treo ở sảnh tầng 1", "Đúng chưa"),
            ("[Nộp]", "Đã"),
            ("/chitieu DUB", "Trụ sở có bảng điều nên làm, không nên làm [K-02]: 1/1, 100%"),
        ]
    )


@pytest.mark.parametrize(
    ("code", "said", "answer"),
    [
        ("LAN", "/chitieu", "dành cho người theo dõi"),
        ("AN", "/chitieu DUB", "không"),
        ("AN", "/chitieuthieu DUB 2026 can-tho-2023:registered", "không"),
        ("AN", "/chitieuthieu DCS1 2026 can-tho-2023:gì-đó", "không thấy"),
        ("AN", "/chitieuthieu", "không thấy"),
        ("AN", "/chitieu DCS1 1999", "không"),
    ],
)
def test_strangers_and_nonsense_find_nothing(city: Database, house: House, code: str, said: str, answer: str) -> None:
    chat = Chat(city, house, cadre=code)
    assert answer in chat.say(said)[0].text.lower() or answer in chat.text
    assert "Trần Mỹ Dung" not in chat.text


def test_a_years_report_brings_the_targets_as_a_sheet_and_no_other_period_does(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.play([("/report DCS1 2026", "2026")])
    book = load_workbook(BytesIO(file_of(city, house, attached(chat, "workbook"))))
    rows = {row[1]: row for row in book["Chỉ tiêu"].iter_rows(min_row=1, values_only=True) if row[1]}
    registered = rows["Cán bộ có bản đăng ký"]
    assert registered[2:7] == ("C-07", 0, 4, 0, 100)
    assert "Võ Thanh Bình – Chi đoàn Văn phòng Sở Nội vụ" in str(registered[8])
    chat.play([("/report DCS1 2026-11", "11/2026")])
    month = load_workbook(BytesIO(file_of(city, house, attached(chat, "workbook"))))
    assert "Chỉ tiêu" not in month.sheetnames
