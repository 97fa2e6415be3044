"""The sample city as two workbooks, in the very format that offices send: 13 units, 60 cadres, two months of entries.

The same seed and day give the same city. Nothing here touches the database: the workbooks go
through the ordinary import.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import Workbook

from bot.demo.names import full_name
from storage.calendar import WorkCalendar
from storage.terms import EntryKind, PositionTitle, RecognisedBy, Right, UnitType

SEED = 2023
PEOPLE = 60
DAYS = 62
SINCE = date(2025, 7, 1)

UNITS: tuple[tuple[str, str, UnitType, str], ...] = (
    ("TD", "Thành đoàn Cần Thơ", UnitType.CITY_UNION, ""),
    ("DUB", "Đoàn UBND thành phố", UnitType.DISTRICT_EQUIVALENT, "TD"),
    ("DCS1", "Đoàn cơ sở Sở Nội vụ", UnitType.GRASSROOTS_UNION, "DUB"),
    ("CD11", "Chi đoàn Văn phòng Sở Nội vụ", UnitType.BRANCH, "DCS1"),
    ("CD12", "Chi đoàn Thanh tra Sở Nội vụ", UnitType.BRANCH, "DCS1"),
    ("CD13", "Chi đoàn Trung tâm Lưu trữ", UnitType.BRANCH, "DCS1"),
    ("DCS2", "Đoàn cơ sở Sở Tài chính", UnitType.GRASSROOTS_UNION, "DUB"),
    ("CD21", "Chi đoàn Văn phòng Sở Tài chính", UnitType.BRANCH, "DCS2"),
    ("CCS1", "Chi đoàn cơ sở Quỹ Đầu tư phát triển", UnitType.GRASSROOTS_BRANCH, "DUB"),
    ("XP01", "Đoàn phường Cái Khế", UnitType.COMMUNE_UNION, "TD"),
    ("CD31", "Chi đoàn khóm 3 Cái Khế", UnitType.BRANCH, "XP01"),
    ("CD32", "Chi đoàn khóm 5 Cái Khế", UnitType.BRANCH, "XP01"),
    ("XP02", "Đoàn xã Phong Điền", UnitType.COMMUNE_UNION, "TD"),
)
BELOW = {code: tuple(u[0] for u in UNITS if u[3] == code) for code, *_ in UNITS}

DEEDS = (
    "Dọn vệ sinh tuyến kênh", "Trực hỗ trợ dịch vụ công", "Dạy tin học cho bà con", "Trồng cây xanh",
    "Sơn lại phòng học", "Phát quà hộ khó khăn", "Hỗ trợ làm căn cước", "Nhập liệu hồ sơ đoàn viên",
    "Tuần tra ban đêm", "Hiến máu tình nguyện", "Thăm gia đình chính sách", "Sửa đường giao thông",
)  # fmt: skip
MEETINGS = ("Sinh hoạt chi đoàn tháng", "Sinh hoạt chuyên đề chuyển đổi số", "Sinh hoạt chi đoàn kết nạp đoàn viên")
INITIATIVES = ("Điểm danh bằng mã QR", "Sổ chi đoàn số", "Quy trình một lần quét hồ sơ", "Bản đồ số địa chỉ đỏ")
CULTURE = ("Bài hát Thanh niên làm theo lời Bác", "Múa dân vũ Rửa tay", "Bóng đá", "Cầu lông", "Bài hát Lên đàng")

UNIT_HEADS = ("STT", "Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Đơn vị cấp trên")
CADRE_HEADS = ("STT", "Mã cán bộ", "Họ và tên", "Đơn vị", "Chức vụ", "Chuyên trách", "Khối CCVC", "Từ ngày",
               "Đến ngày", "Quyền")  # fmt: skip
ABSENCE_HEADS = ("STT", "Mã cán bộ", "Đơn vị", "Từ ngày", "Đến ngày", "Lý do", "Số quyết định")
ENTRY_HEADS = ("STT", "Mã cán bộ", "Loại", "Ngày", "Bắt đầu", "Kết thúc", "Số giờ", "Nội dung", "Đơn vị tổ chức",
               "Đã áp dụng", "Cấp công nhận", "Ngày công nhận", "Đúng giờ", "Xác nhận")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """A cadre of the sample; ``diligence`` (0 to 1) is how surely each duty is done."""

    code: str
    name: str
    unit: str
    title: PositionTitle
    full_time: bool
    public_sector: bool
    right: Right
    diligence: float


def people(seed: int = SEED) -> list[Person]:
    """The 60 cadres: a committee for each unit, secretaries first."""
    chance = Random(seed)  # noqa: S311 - a sample city needs no secrets
    taken: set[str] = set()
    posts = [
        ("TD", PositionTitle.SECRETARY), ("TD", PositionTitle.SPECIALIST), ("TD", PositionTitle.SPECIALIST),
        *[(code, PositionTitle.SECRETARY) for code, *_ in UNITS[1:]],
        *[(code, PositionTitle.DEPUTY_SECRETARY) for code, *_ in UNITS[1:]],
    ]  # fmt: skip
    members = ("DCS1", "DUB", "XP01", "DCS2", "XP02", "CD11", "CCS1", "CD12", "CD31", "DCS1", "XP01")
    while len(posts) < PEOPLE:
        unit = members[len(posts) % len(members)]
        title = PositionTitle.STANDING_MEMBER if chance.random() < 0.2 else PositionTitle.COMMITTEE_MEMBER
        posts.append((unit, title))
    return [_person(number, unit, title, chance, taken) for number, (unit, title) in enumerate(posts, 1)]


def _person(number: int, unit: str, title: PositionTitle, chance: Random, taken: set[str]) -> Person:
    secretary = title is PositionTitle.SECRETARY
    is_admin = unit == "TD" and title is PositionTitle.SPECIALIST
    return Person(
        code=f"CB{number:03d}",
        name=full_name(chance, taken),
        unit=unit,
        title=title,
        full_time=unit == "TD" or (unit.startswith("XP") and secretary),
        public_sector=not (unit in {"CD31", "CD32"} and chance.random() < 0.5),
        right=Right.ADMIN if is_admin else Right.FOLLOW if secretary else Right.NONE,
        diligence=chance.choice((0.95, 0.9, 0.9, 0.8, 0.7, 0.45)),
    )


def write_roster(file: Path, cadres: list[Person], today: date) -> None:
    """The roster workbook: units, cadres, and a few absences."""
    book = Workbook()
    _sheet(book, "Đơn vị", UNIT_HEADS, [(c, n, t.label, p or None) for c, n, t, p in UNITS])
    _sheet(
        book,
        "Cán bộ",
        CADRE_HEADS,
        [
            (p.code, p.name, p.unit, p.title.label, _x(p.full_time), _x(p.public_sector), SINCE, None, p.right.label)
            for p in cadres
        ],
    )
    monday = today - timedelta(days=today.weekday())
    away = (cadres[-3], cadres[-7])
    _sheet(
        book,
        "Nghỉ",
        ABSENCE_HEADS,
        [
            (away[0].code, None, monday, monday + timedelta(days=6), "Nghỉ phép năm", "12-QĐ/ĐTN"),
            (away[1].code, None, monday - timedelta(days=21), monday - timedelta(days=15), "Đi học", "9-QĐ/ĐTN"),
        ],
    )
    book.save(file)


def write_activities(file: Path, cadres: list[Person], calendar: WorkCalendar, today: date, seed: int = SEED) -> None:
    """The activities workbook: what each cadre did in the two months before ``today``."""
    chance = Random(seed + 1)  # noqa: S311 - a sample city needs no secrets
    rows = [row for person in cadres for row in _deeds(person, calendar, today, chance)]
    book = Workbook()
    _sheet(book, "Hoạt động", ENTRY_HEADS, rows)
    book.save(file)


def _deeds(person: Person, calendar: WorkCalendar, today: date, chance: Random) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    first = today - timedelta(days=DAYS)
    monday = first - timedelta(days=first.weekday())
    while monday <= today:
        for day, row in _week(person, monday, calendar, chance):
            if first <= day < today:
                rows.append((*row, _x(day < today - timedelta(days=9) or chance.random() < 0.35)))
        monday += timedelta(days=7)
    day = first + timedelta(days=chance.randrange(20))
    if person.title in {PositionTitle.SECRETARY, PositionTitle.DEPUTY_SECRETARY} and chance.random() < person.diligence:
        recognised = chance.choice(list(RecognisedBy)).label
        title = chance.choice(INITIATIVES)
        row = _entry(person, EntryKind.INITIATIVE, day, title, applied=True, by=recognised, on=day + timedelta(days=12))
        rows.append((*row, "x"))
    elif chance.random() < person.diligence:
        rows.append((*_entry(person, EntryKind.CULTURE_SPORT, day, chance.choice(CULTURE)), "x"))
    return rows


def _week(person: Person, monday: date, calendar: WorkCalendar, chance: Random) -> list[tuple[date, tuple[Any, ...]]]:
    done: list[tuple[date, tuple[Any, ...]]] = []
    below = BELOW[person.unit] or (person.unit,)
    if chance.random() < person.diligence:
        day, start = monday + timedelta(days=chance.randrange(6)), chance.choice((17 * 60 + 30, 18 * 60, 19 * 60))
        end = start + chance.choice((90, 120, 120, 150, 180))
        title = chance.choice(DEEDS)
        done.append(
            (day, _entry(person, EntryKind.VOLUNTEER_HOURS, day, title, start=start, end=end, by_unit=person.unit))
        )
    if chance.random() < person.diligence * 0.85:
        day, unit = monday + timedelta(days=5 + chance.randrange(2)), chance.choice(below)
        hours = chance.choice((1, 1.5, 2, 3))
        title = chance.choice(DEEDS)
        done.append((day, _entry(person, EntryKind.VOLUNTEER_ACTIVITY, day, title, hours=hours, by_unit=unit)))
    if chance.random() < person.diligence * 0.4:
        day, unit = monday + timedelta(days=chance.randrange(5)), chance.choice(below)
        done.append((day, _entry(person, EntryKind.BRANCH_MEETING, day, chance.choice(MEETINGS), by_unit=unit)))
    if calendar.is_working_day(monday) and chance.random() < person.diligence:
        done.append((monday, _entry(person, EntryKind.YOUTH_SHIRT, monday, "Mặc áo Thanh niên thứ Hai")))
    if chance.random() < 0.25:
        day = monday + timedelta(days=2)
        convener = next(u[3] for u in UNITS if u[0] == person.unit) or "TD"
        title = "Họp giao ban"
        done.append((day, _entry(person, EntryKind.SUMMONED_MEETING, day, title, by_unit=convener, on_time=True)))
    return done


def _entry(
    person: Person, kind: EntryKind, day: date, title: str, *, start: int | None = None, end: int | None = None,
    hours: float | None = None, by_unit: str | None = None, applied: bool = False, by: str | None = None,
    on: date | None = None, on_time: bool = False,
) -> tuple[Any, ...]:  # fmt: skip
    """One row of the activities sheet, without its confirmation."""
    return (
        person.code, kind.label, day, _clock(start), _clock(end), hours, title, by_unit,
        _x(applied), by, on, _x(on_time),
    )  # fmt: skip


def _sheet(book: Workbook, name: str, heads: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    sheet = book.create_sheet(name)
    if "Sheet" in book.sheetnames:
        book.remove(book["Sheet"])
    sheet.append([name.upper()])
    sheet.append([])
    sheet.append(heads)
    for number, row in enumerate(rows, 1):
        sheet.append([number, *row])


def _clock(minute: int | None) -> str | None:
    return None if minute is None else f"{minute // 60:02d}:{minute % 60:02d}"


def _x(flag: bool) -> str | None:
    return "x" if flag else None
