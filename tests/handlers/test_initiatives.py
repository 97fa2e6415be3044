"""Initiatives to recognition (C-09, C-22): followed with their age, recognised by whoever follows, never one's own."""

from datetime import date

import pytest
from sqlmodel import Session, select

from handlers.turn import House
from storage.database import Database
from storage.models import EntryChange, OutboxMessage
from storage.targets import target_figures
from storage.terms import EntryKind, RecognisedBy
from tests.cast import unit_id
from tests.chat import Chat
from tests.handlers.logged import log


def initiative(db: Database, code: str, *, applied: bool = True, day: date = date(2026, 11, 10)) -> int:
    return log(db, code, EntryKind.INITIATIVE, day, title=f"Số hóa sổ {code}", applied=applied)


def trace_of(db: Database, entry: int) -> list[tuple[str, str | None, str | None]]:
    """What was done to the entry, with its day of recognition before and after."""

    def work(session: Session) -> list[tuple[str, str | None, str | None]]:
        found = session.exec(select(EntryChange).where(EntryChange.entry_id == entry)).all()
        return [(c.action, (c.before or {})["recognised_on"], (c.after or {})["recognised_on"]) for c in found]

    return db.read_now(work)


def told(db: Database) -> list[str]:
    """What people were told of recognitions."""
    query = select(OutboxMessage).where(OutboxMessage.kind == "recognised")
    return db.read_now(lambda session: [row.body["text"] for row in session.exec(query)])


def solutions(db: Database, house: House) -> int:
    """How many secretaries below DCS1 reach the target of C-09."""

    def work(session: Session) -> int:
        figures = target_figures(session, house.plan, unit_id(session, "DCS1"), 2026, date(2026, 11, 20))
        return next(figure.reached for figure in figures if figure.target.id == "solutions")

    return db.read_now(work)


def test_a_secretary_sees_what_waits_and_writes_its_recognition(city: Database, house: House) -> None:
    entry = initiative(city, "LAN")
    person = Chat(city, house, cadre="LAN")
    Chat(city, house, cadre="AN").play(
        [
            ("/sangkien", "Đặng Ngọc Lan – Số hóa sổ LAN: ghi ngày 10/11/2026, chờ 10 ngày"),
            ("[Công nhận: Đặng Ngọc Lan]", "Ai công nhận"),
            ("ông nội", "ví dụ"),
            ("[Đoàn cấp trên]", "công nhận ngày nào"),
            ("32/13", "ví dụ"),
            ("18/11", "Số quyết định"),
            ("15/QĐ-ĐTN", "Đồng chí xem lại giúp"),
            ("ừ", "bấm Lưu"),
            ("[Lưu]", "Tôi sẽ báo cho đồng chí ấy"),
            ("[Đã được công nhận]", "Số hóa sổ LAN: Đoàn cấp trên, 15/QĐ-ĐTN, 18/11/2026"),
        ]
    )
    person.play([(f"/muc {entry}", "15/QĐ-ĐTN")])
    assert trace_of(city, entry) == [("recognise", None, "2026-11-18")]
    assert told(city) == [
        "💡 Sáng kiến “Số hóa sổ LAN” của đồng chí đã được ghi công nhận: "
        "Đoàn cấp trên, 15/QĐ-ĐTN, 18/11/2026 (Nguyễn Hoài An ghi)."
    ]


def test_what_is_only_proposed_has_a_list_of_its_own(city: Database, house: House) -> None:
    initiative(city, "LAN", applied=False)
    initiative(city, "CHI")
    chat = Chat(city, house, cadre="AN")
    chat.play([("/sangkien", "Mới đề xuất: 1 · Đã áp dụng: 1 · Đã được công nhận: 0")])
    assert "Số hóa sổ LAN" not in chat.text
    chat.play([("/sangkien đề xuất", "Số hóa sổ LAN"), ("/sangkien công nhận", "Chưa có sáng kiến nào")])


@pytest.mark.parametrize(("who", "whose"), [("AN", "AN"), ("HOA", "LAN"), ("AN", "DUNG")])
def test_nobody_recognises_their_own_or_that_of_a_stranger(city: Database, house: House, who: str, whose: str) -> None:
    entry = initiative(city, whose)
    chat = Chat(city, house, cadre=who)
    chat.play([(f"/congnhan {entry}", "không còn chờ công nhận"), ("/congnhan xyz", "không còn chờ công nhận")])
    assert f"Số hóa sổ {whose}" not in chat.text


def test_what_is_recognised_is_not_recognised_again(city: Database, house: House) -> None:
    entry = initiative(city, "LAN")
    first, second = Chat(city, house, cadre="AN"), Chat(city, house, cadre="DUNG")
    for chat in (first, second):
        chat.play(
            [
                (f"/congnhan {entry}", "Ai công nhận"),
                ("[Thủ trưởng đơn vị]", "ngày nào"),
                ("[Hôm nay]", "Số quyết định"),
                ("[Bỏ qua]", "không ghi"),
            ]
        )
    first.play([("[Lưu]", "Đã ghi công nhận")])
    second.play([("[Lưu]", "không còn chờ công nhận")])


def test_a_secretarys_solution_counts_when_it_is_both_applied_and_recognised(city: Database, house: House) -> None:
    """C-09: recognition alone is not enough for the target, though it is for C-22."""
    reached = []
    for applied in (False, True):
        log(
            city,
            "AN",
            EntryKind.INITIATIVE,
            date(2026, 11, 12),
            title="Sổ",
            applied=applied,
            recognised_by=RecognisedBy.AGENCY_HEAD,
            recognised_on=date(2026, 11, 12),
        )
        reached.append(solutions(city, house))
    assert reached == [0, 1]


def test_a_long_list_goes_on_over_the_page(city: Database, house: House) -> None:
    for number in range(10):
        log(city, "BINH", EntryKind.INITIATIVE, date(2026, 11, number + 1), title=f"Ý tưởng số {number}", applied=True)
    Chat(city, house, cadre="AN").play(
        [
            ("/sangkien", "Ý tưởng số 0"),
            ("[Xem tiếp 2 sáng kiến]", "Ý tưởng số 9"),
            ("/sangkien ap dung #9", "Chưa có sáng kiến nào ở bước này"),
        ]
    )
