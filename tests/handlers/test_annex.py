"""The annex report (K-22): a tree that adds up or is not frozen, each person once, snapshots that open again."""

import io
from datetime import date

import openpyxl
import pytest
from sqlalchemy import update
from sqlmodel import Session

from handlers.turn import House
from storage.access import load_actor
from storage.annex import AnnexRow, Breach, broken_rules, make_annex
from storage.assessment import rate
from storage.database import Database
from storage.models import Document, DocumentState, Position
from storage.plans import load_plan
from storage.terms import PositionTitle
from tests.cast import cadre_id, unit_id
from tests.chat import Chat
from tests.frozen import FrozenClock
from tests.handlers.year import attached, file_of, move_in_march, register, words_of


def give(city: Database, house: House, code: str, rating: str) -> None:
    def work(session: Session) -> None:
        today = house.clock.today()
        actor = load_actor(session, cadre_id(session, "GIANG"), today)
        assert actor is not None
        rate(
            session,
            actor,
            cadre_id(session, code),
            2026,
            plan_id="kien-giang-2019",
            rating=rating,
            body="Ban Chấp hành",
            met_on=today,
            now=house.clock.now(),
        )

    city.write_now(work)


def rows_of(city: Database, house: House, unit: str) -> list[AnnexRow]:
    def work(session: Session) -> list[AnnexRow]:
        found = make_annex(session, house.plan, unit_id(session, unit), 2026, house.clock.today())
        return list(found.rows)

    return city.read_now(work)


def test_the_tree_adds_up(city: Database, house: House) -> None:
    register(city, house, "BINH", "LAN", "CHI")
    give(city, house, "BINH", "good")
    give(city, house, "LAN", "weak")
    give(city, house, "CHI", "good")
    rows = [(row.number, row.name, row.own, *row.figures) for row in rows_of(city, house, "DUB")]
    assert rows == [
        ("I", "Đoàn UBND thành phố", False, 5, 3, 2, 0, 0, 1),
        ("", "Đoàn UBND thành phố", True, 1, 0, 0, 0, 0, 0),
        ("1", "Đoàn cơ sở Sở Nội vụ", False, 4, 3, 2, 0, 0, 1),
        ("", "Đoàn cơ sở Sở Nội vụ", True, 2, 1, 1, 0, 0, 0),
        ("1.1", "Chi đoàn Văn phòng Sở Nội vụ", False, 1, 1, 1, 0, 0, 0),
        ("1.2", "Chi đoàn Thanh tra Sở Nội vụ", False, 1, 1, 0, 0, 0, 1),
    ]


def test_numbers_go_on_as_printed(city: Database, house: House) -> None:
    numbers = [row.number for row in rows_of(city, house, "TD") if not row.own]
    assert numbers == ["I", "1", "1.1", "a", "b", "2", "2.1"]


def test_two_positions_are_one_person_at_the_highest_unit(city: Database, house: House) -> None:
    def appoint(session: Session) -> None:
        who, where = cadre_id(session, "BINH"), unit_id(session, "DCS1")
        title = PositionTitle.COMMITTEE_MEMBER
        session.add(Position(cadre_id=who, unit_id=where, title=title, public_sector=True, start_day=date(2026, 3, 1)))

    city.write_now(appoint)
    figures = {(row.name, row.own): row.figures[0] for row in rows_of(city, house, "DUB")}
    assert figures["Đoàn UBND thành phố", False] == 5
    assert figures["Đoàn cơ sở Sở Nội vụ", True] == 3
    assert figures["Chi đoàn Văn phòng Sở Nội vụ", False] == 0
    assert [row.figures[0] for row in rows_of(city, house, "CD11")] == [0]


def test_only_the_bloc_counts_under_the_plan_of_the_city(city: Database, house: House) -> None:
    assert [row.figures[0] for row in rows_of(city, house, "CD31")] == [0]


def test_who_moved_in_march_is_counted_where_they_are(city: Database, house: House) -> None:
    register(city, house, "BINH")
    move_in_march(city, "BINH", "CD12")
    assert rows_of(city, house, "CD11")[0].figures[:2] == (0, 0)
    assert rows_of(city, house, "CD12")[0].figures[:2] == (2, 1)


def test_it_is_refused_with_names_until_it_adds_up(city: Database, house: House) -> None:
    register(city, house, "BINH", "LAN")
    give(city, house, "LAN", "fair")
    chat = Chat(city, house, cadre="AN")
    chat.play([("/bieumau DCS1", "Chưa chốt được")])
    assert "chưa được xếp loại: Võ Thanh Bình (Chi đoàn Văn phòng Sở Nội vụ)" in chat.text
    assert "Chưa đăng ký (2)" in chat.text
    assert not any("Chốt" in choice.label for choice in chat.choices)
    chat.press_data("/chotbieu DCS1 2026 0123456789abcdef")
    assert "vừa thay đổi" in chat.text
    give(city, house, "BINH", "good")
    chat.play([("/bieumau DCS1", "có thể chốt"), ("[Chốt số liệu]", "Đã chốt biểu số 1/2026")])
    chat.play([("/bieumau DCS1", "có thể chốt"), ("[Chốt số liệu]", "Số liệu không đổi so với biểu số 1/2026")])


def test_a_rating_without_registration_is_named(city: Database, house: House) -> None:
    register(city, house, "BINH")
    give(city, house, "BINH", "good")
    city.write_now(lambda s: s.execute(update(Document).values(state=DocumentState.DRAFT)))
    Chat(city, house, cadre="AN").play([("/bieumau DCS1", "không có bản đăng ký: Võ Thanh Bình")])


def test_the_printed_rules_hold_in_every_row() -> None:
    table = load_plan("kien-giang-2019").file.report_tables[0]
    good = AnnexRow("I", "A", 0, False, (5, 4, 1, 1, 1, 1))
    assert broken_rules(table, [good]) == {}
    broken = broken_rules(table, [good, AnnexRow("1", "B", 1, False, (3, 4, 1, 1, 1, 2))])
    assert [named.name for named in broken[Breach.TOTAL]] == ["B"]
    assert [named.name for named in broken[Breach.WHOLE]] == ["B"]


def test_a_frozen_report_stays_as_it_was(city: Database, house: House, clock: FrozenClock) -> None:
    register(city, house, "BINH")
    give(city, house, "BINH", "good")
    chat = Chat(city, house, cadre="AN")
    chat.play([("/bieumau DCS1", "có thể chốt"), ("[Chốt số liệu]", "Đã chốt biểu số 1/2026")])
    before = words_of(file_of(city, house, attached(chat, "annex_docx")))
    give(city, house, "BINH", "weak")
    clock.move(days=3)
    chat.play([("/bieumau DCS1", "Đăng ký"), ("[Chốt số liệu]", "Đã chốt biểu số 2/2026")])
    chat.play([("/bieumau DCS1", "có thể chốt"), ("[Biểu số 1]", "Biểu số 1/2026, chốt lúc 20/11/2026 10:00")])
    assert words_of(file_of(city, house, attached(chat, "annex_docx"))) == before
    Chat(city, house, cadre="DUNG").play([("/bieumau DCS1", "Biểu năm 2026"), ("[Biểu số 1]", "Biểu số 1/2026")])
    Chat(city, house, cadre="HOA").play([("/bieuso 1", "không thấy biểu này")])


def test_the_files_an_office_signs(city: Database, house: House) -> None:
    register(city, house, "BINH")
    give(city, house, "BINH", "good")
    chat = Chat(city, house, cadre="DUNG")
    chat.play([("/bieumau", "có thể chốt"), ("[Chốt số liệu]", "Đã chốt")])
    printed = words_of(file_of(city, house, attached(chat, "annex_docx")))
    for phrase in (
        "ĐOÀN TNCS HỒ CHÍ MINH",
        "THÀNH ĐOÀN CẦN THƠ",
        "ngày 20 tháng 11 năm 2026",
        "3=(4+5+6+7)",
        "2 (≥ 3)",
        "Biểu số 1/2026",
        "gồm cả cấp dưới",
        "NGƯỜI LẬP BẢNG",
        "TM. BAN CHẤP HÀNH",
    ):
        assert phrase in printed
    book = openpyxl.load_workbook(io.BytesIO(file_of(city, house, attached(chat, "annex_xlsx"))))
    page = book.active
    assert page is not None
    cells = [[cell.value for cell in row] for row in page.iter_rows()]
    assert ["I", "Đoàn UBND thành phố", 5, 1, 1, 0, 0, 0] in cells
    assert page.page_setup.paperSize == 9
    assert page["A1"].font.name == "Times New Roman"


@pytest.mark.parametrize("args", ["XP01", "CD31 2026", "không có đâu", "² 2026"])
def test_other_units_are_not_found(city: Database, house: House, args: str) -> None:
    Chat(city, house, cadre="AN").play([(f"/bieumau {args}", "không thấy đơn vị này")])
