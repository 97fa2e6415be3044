"""/baocao and /report: both ask for what is missing. Today is Friday 20/11/2026."""

from datetime import date

import pytest

from handlers.turn import House
from handlers.views.makers import MAKERS
from handlers.when import read_coming_day, read_period
from storage.database import Database
from storage.terms import EntryKind, EntryState
from tests.chat import Chat
from tests.handlers.logged import log

TODAY = date(2026, 11, 20)


def test_everything_said_at_once(city: Database, house: House) -> None:
    log(city, "BINH", EntryKind.VOLUNTEER_HOURS, date(2026, 11, 16), minutes=150, state=EntryState.CONFIRMED)
    chat = Chat(city, house, cadre="GIANG")
    chat.play([("/report DCS1 2026-W47", "1/4 người đạt (đã xác nhận 1)"), ("/report", "đơn vị nào")])
    chat.say("/report Sở Nội vụ tháng này")
    chat.say("/report DCS1 2026-11")
    (reply,) = [reply for reply in chat.replies if reply.attachments]
    assert [file.name for file in reply.attachments] == ["bao-cao-DCS1-2026-11.png", "bao-cao-DCS1-2026-11.xlsx"]
    for file, magic in zip(reply.attachments, (b"\x89PNG", b"PK\x03\x04"), strict=True):
        maker = MAKERS[file.maker]
        made = maker.draw(city.read_now(lambda s, m=maker, f=file: m.gather(s, house, f.args, house.clock.now())))  # type: ignore[misc]  # bound as defaults
        assert made.startswith(magic)


def test_what_is_missing_is_asked_for(city: Database, house: House) -> None:
    Chat(city, house, cadre="GIANG").play(
        [
            ("/report", "Đồng chí cần báo cáo của đơn vị nào?"),
            ("đơn vị trên mây", "chưa tìm thấy đơn vị này"),
            ("<photo>", "chưa cần ảnh"),
            ("so noi vu", "đồng chí chọn giúp"),
            ("[Đoàn cơ sở Sở Nội vụ]", "báo cáo của kỳ nào?"),
            ("mai mốt", "chưa hiểu kỳ này"),
            ("2027-01", "chưa bắt đầu"),
            ("[Tuần này]", "Tuần 47 (16/11–22/11/2026)"),
            ("/report DCS1", "kỳ nào"),
            ("quý 4", "Quý IV/2026"),
            ("/report 2026-10", "đơn vị nào"),
            ("[Thành đoàn]", "Trọn kỳ đến 31/10/2026"),
            ("/report DCS1 2026-13", "chưa hiểu kỳ này"),
            ("nam nay", "Năm 2026"),
            ("/report DCS1 năm sau", "chưa hiểu kỳ này"),
            ("/report so noi vu thang 10", "đồng chí chọn giúp"),
            ("[Đoàn cơ sở Sở Nội vụ]", "Trọn kỳ đến 31/10/2026"),
            ("/report DCS1 2026-W44", "Hoạt động, sinh hoạt, tháng 10/2026: 0/"),
            ("/report ZZZ9 2026-11", "chưa tìm thấy đơn vị"),
        ]
    )


def test_followers_report_their_own_units_only(city: Database, house: House) -> None:
    Chat(city, house, cadre="AN").play(
        [
            ("/report DCS1 2026-11", "Tháng 11/2026"),
            ("báo cáo", "đơn vị nào"),
            ("DUB", "chưa tìm thấy đơn vị này"),
            ("CD11", "kỳ nào"),
            ("tháng trước", "Tháng 10/2026"),
            ("/baocao DUB 2026-11", "chưa tìm thấy đơn vị này"),
        ]
    )


def test_a_branch_secretary_without_units_below_is_not_asked_which(city: Database, house: House) -> None:
    from sqlmodel import Session, select

    from storage.models import Position
    from storage.terms import Right
    from tests.cast import cadre_id

    def entrust(session: Session) -> None:
        position = session.exec(select(Position).where(Position.cadre_id == cadre_id(session, "LAN"))).one()
        position.access_right = Right.FOLLOW
        session.add(position)

    city.write_now(entrust)
    Chat(city, house, cadre="LAN").play([("/baocao", "Chi đoàn Thanh tra Sở Nội vụ: báo cáo của kỳ nào?")])


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("tuần này", "2026-W47"),
        ("tuan truoc", "2026-W46"),
        ("tháng này", "2026-11"),
        ("tháng 10", "2026-10"),
        ("thang 12", "2025-12"),
        ("tháng 3 năm 2025", "2025-03"),
        ("10/2026", "2026-10"),
        ("quý này", "2026-Q4"),
        ("quý III", "2026-Q3"),
        ("quy 1/2026", "2026-Q1"),
        ("6 tháng đầu năm", "2026-H1"),
        ("năm ngoái", "2025"),
        ("năm 2026", "2026"),
        ("tuần 47", "2026-W47"),
        ("2026-h2", "2026-H2"),
    ],
)
def test_periods_as_people_type_them(said: str, key: str) -> None:
    assert read_period(said, TODAY).key == key


@pytest.mark.parametrize(
    "said", ["", "tuần", "tháng 13", "quý 5", "tuần 54", "tuần sau", "²", "٣", "0000", "năm 0", "x" * 5000]
)
def test_what_is_no_period(said: str) -> None:
    if said == "tuần":
        assert read_period(said, TODAY).key == "2026-W47"
        return
    with pytest.raises(ValueError):  # noqa: PT011 - any words; the conversation has its own sentence
        read_period(said, TODAY)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("24/11", "2026-11-24"),
        ("ngày 24/11", "2026-11-24"),
        ("2/1", "2027-01-02"),
        ("20/6", "2026-06-20"),
        ("24-11-2027", "2027-11-24"),
        ("mai", "2026-11-21"),
        ("hôm qua", "2026-11-19"),
    ],
)
def test_coming_days_as_people_type_them(said: str, day: str) -> None:
    assert read_coming_day(said, TODAY).isoformat() == day
