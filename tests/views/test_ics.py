"""Calendar files as RFC 5545 wants them, and the deadlines in them."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from handlers.turn import House
from handlers.views.deadline_calendar import draw, gather
from handlers.views.ics import Event, calendar, escaped, folded
from storage.access import load_actor
from storage.database import Database
from storage.deadlines import hand_in, own_tasks
from storage.plan_work import activate
from tests import cast

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
LONG = (
    "Gửi báo cáo kết quả năm kèm biểu số liệu và báo cáo mô hình tiêu biểu; nơi nhận: Ban Tổ chức, Ban Tuyên giáo\n" * 3
)


def unfolded(content: bytes) -> list[str]:
    """The content lines of a calendar."""
    return content.decode().replace("\r\n ", "").split("\r\n")[:-1]


def test_lines_end_as_asked_and_are_never_longer_than_75_octets() -> None:
    content = calendar("Hạn", [Event("a@b", LONG, LONG, date(2026, 11, 30))], NOW)
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert f"SUMMARY:{escaped(LONG)}" in unfolded(content)


@pytest.mark.parametrize("text", ["a" * 75, "a" * 76, "ế" * 60, "𝄞" * 40, ""])
def test_folding_cuts_no_character(text: str) -> None:
    parts = list(folded(text))
    assert "".join([parts[0], *(part[1:] for part in parts[1:])]) == text
    assert all(len(part.encode()) <= 75 for part in parts)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a,b;c\\d", "a\\,b\\;c\\\\d"),
        ("một\nhai", "một\\nhai"),
        ("x\r\nEND:VEVENT", "x\\nEND:VEVENT"),
        ("a\x00\tb", "ab"),
    ],
)
def test_a_text_cannot_break_out_of_its_line(text: str, written: str) -> None:
    assert escaped(text) == written


def test_a_day_is_a_day_and_an_instant_is_in_utc() -> None:
    four = datetime.fromisoformat("2026-11-30T16:00:00+07:00")
    events = [Event("a", "A", "", date(2026, 12, 31)), Event("b", "B", "", date(2026, 11, 30), four)]
    lines = unfolded(calendar("Hạn", events, NOW))
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert "DTSTART:20261130T090000Z" in lines
    assert not any(line.startswith("DTEND:") for line in lines)
    assert {line for line in lines if line.startswith("TRIGGER")} == {
        "TRIGGER:-PT160H",
        "TRIGGER:-PT16H",
        "TRIGGER:PT8H",
        "TRIGGER:-P7D",
        "TRIGGER:-P1D",
        "TRIGGER:-PT3H",
    }


def test_what_begins_also_ends() -> None:
    lines = unfolded(calendar("Hạn", [Event("a", "A", "", date(2026, 12, 31))] * 3, NOW))
    opened: list[str] = []
    for line in lines:
        if match := re.fullmatch(r"(BEGIN|END):(\w+)", line):
            if match[1] == "BEGIN":
                opened.append(match[2])
            else:
                assert opened.pop() == match[2]
    assert opened == []


def _file(db: Database, house: House, code: str) -> list[str]:
    def work(session: Session) -> bytes:
        return draw(gather(session, house, {"cadre": cast.cadre_id(session, code)}, NOW))

    return unfolded(db.read_now(work))


def _activate(db: Database, house: House, plan_id: str) -> None:
    def work(session: Session) -> None:
        giang = load_actor(session, cast.cadre_id(session, "GIANG"), date(2026, 11, 20))
        assert giang is not None
        unit = cast.unit_id(session, "DUB")
        days = date(2026, 1, 1), date(2026, 12, 31)
        activate(session, giang, house.plan, plan_id, unit, *days, "", NOW, date(2026, 11, 20))

    db.write_now(work)


def test_a_secretary_sees_the_deadlines_of_the_unit_and_their_own(city: Database, house: House) -> None:
    _activate(city, house, "kien-giang-2015")
    lines = _file(city, house, "AN")
    assert "DTSTART:20261130T090000Z" in lines  # 16:00 in Cần Thơ
    assert any(line.startswith("SUMMARY:Có sáng kiến được công nhận") for line in lines)
    assert not any("Đoàn phường" in line for line in lines)


def test_the_name_of_a_matter_stays_and_what_is_done_no_longer_rings(city: Database, house: House) -> None:
    _activate(city, house, "kien-giang-2019")

    def uids(lines: list[str]) -> set[str]:
        return {line for line in lines if line.startswith("UID:")}

    before = _file(city, house, "AN")

    def work(session: Session) -> None:
        who = cast.cadre_id(session, "AN")
        tasks = own_tasks(session, house.plan, who, date(2026, 11, 20))
        report = next(task for task in tasks if task.occurrence.deadline.id == "annual_report")
        hand_in(session, house.clock, report, who, NOW)

    city.write_now(work)
    after = _file(city, house, "AN")
    assert uids(before) == uids(after)
    assert any(line.startswith("SUMMARY:✓ Gửi báo cáo kết quả năm kèm biểu") for line in after)
    assert after.count("BEGIN:VALARM") == before.count("BEGIN:VALARM") - 3
