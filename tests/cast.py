"""The small cast of the tests: a city with seven units and a few people everybody can keep in mind.

TD (Thành đoàn) > DUB (tương đương cấp huyện) > DCS1 (Đoàn cơ sở) > CD11, CD12 (Chi đoàn)
TD > XP01 (Đoàn xã/phường) > CD31 (Chi đoàn)

AN follows DCS1, DUNG follows DUB, HOA follows XP01 (a stranger to DUB), GIANG administers the city;
BINH, CHI, LAN follow nobody; KHANH is outside the public-sector bloc.
"""

from datetime import date

from sqlmodel import Session, select

from storage.models import Cadre, Position, Unit, UnitVersion
from storage.terms import PositionTitle, Right, UnitType

SINCE = date(2025, 7, 1)

UNITS: tuple[tuple[str, str, UnitType, str | None], ...] = (
    ("TD", "Thành đoàn Cần Thơ", UnitType.CITY_UNION, None),
    ("DUB", "Đoàn UBND thành phố", UnitType.DISTRICT_EQUIVALENT, "TD"),
    ("DCS1", "Đoàn cơ sở Sở Nội vụ", UnitType.GRASSROOTS_UNION, "DUB"),
    ("CD11", "Chi đoàn Văn phòng Sở Nội vụ", UnitType.BRANCH, "DCS1"),
    ("CD12", "Chi đoàn Thanh tra Sở Nội vụ", UnitType.BRANCH, "DCS1"),
    ("XP01", "Đoàn phường Cái Khế", UnitType.COMMUNE_UNION, "TD"),
    ("CD31", "Chi đoàn khóm 3", UnitType.BRANCH, "XP01"),
)

S, D, C, X = (
    PositionTitle.SECRETARY,
    PositionTitle.DEPUTY_SECRETARY,
    PositionTitle.COMMITTEE_MEMBER,
    PositionTitle.SPECIALIST,
)

PEOPLE: tuple[tuple[str, str, str, PositionTitle, bool, bool, Right], ...] = (
    ("GIANG", "Lê Trường Giang", "TD", X, True, True, Right.ADMIN),
    ("DUNG", "Trần Mỹ Dung", "DUB", S, False, True, Right.FOLLOW),
    ("AN", "Nguyễn Hoài An", "DCS1", S, False, True, Right.FOLLOW),
    ("CHI", "Phạm Lan Chi", "DCS1", C, False, True, Right.NONE),
    ("BINH", "Võ Thanh Bình", "CD11", D, False, True, Right.NONE),
    ("LAN", "Đặng Ngọc Lan", "CD12", S, False, True, Right.NONE),
    ("HOA", "Huỳnh Thị Hoa", "XP01", S, True, True, Right.FOLLOW),
    ("KHANH", "Bùi Quốc Khánh", "CD31", S, False, False, Right.NONE),
)


def fill(session: Session) -> None:
    """Write the cast into an empty database."""
    ids: dict[str, int] = {}
    for code, name, kind, parent in UNITS:
        unit = Unit(code=code)
        session.add(unit)
        session.flush()
        ids[code] = unit.id or 0
        session.add(
            UnitVersion(
                unit_id=ids[code],
                name=name,
                type=kind,
                parent_id=ids[parent] if parent else None,
                valid_from=date(2000, 1, 1),
            )
        )
    for code, name, unit_code, title, full_time, public_sector, right in PEOPLE:
        cadre = Cadre(code=code, full_name=name)
        session.add(cadre)
        session.flush()
        session.add(
            Position(
                cadre_id=cadre.id or 0,
                unit_id=ids[unit_code],
                title=title,
                full_time=full_time,
                public_sector=public_sector,
                access_right=right,
                start_day=SINCE,
            )
        )
    session.flush()


def cadre_id(session: Session, code: str) -> int:
    """The row id of a member of the cast."""
    return session.exec(select(Cadre.id).where(Cadre.code == code)).one() or 0


def unit_id(session: Session, code: str) -> int:
    """The row id of a unit of the cast."""
    return session.exec(select(Unit.id).where(Unit.code == code)).one() or 0
