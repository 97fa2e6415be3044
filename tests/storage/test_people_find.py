"""Units and cadres are found as people name them."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from storage.database import Database
from storage.models import UnitVersion
from storage.people import (
    cadre_by_code,
    children,
    find_units,
    path_names,
    positions_of,
    unit_by_code,
    unit_by_id,
    unit_name,
)
from storage.terms import PositionTitle, UnitType
from tests import cast

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "first", "alone"),
    [
        ("XP01", "XP01", True),
        ("xp01", "XP01", True),
        ("Đoàn phường Cái Khế", "XP01", True),
        ("doan phuong cai khe", "XP01", True),
        ("p. cái khế", "XP01", False),
        ("cai khê", "XP01", False),
        ("cái ké", "XP01", False),
        ("k3 p cái khế", "CD31", False),
        ("cđ khóm 3", "CD31", True),
        ("vp sở nội vụ", "CD11", False),
        ("cd vp snv", "CD11", False),
        ("thanh tra snv", "CD12", False),
        ("đcs so noi vu", "DCS1", True),
        ("đoàn ubnd tp", "DUB", True),
        ("tđ", "TD", True),
        ("thành đoàn", "TD", True),
    ],
)
def test_a_unit_is_found_by_what_people_type(city: Database, typed: str, first: str, alone: bool) -> None:
    found = city.read_now(lambda session: find_units(session, typed, DAY))
    assert found[0].code == first
    if alone:
        assert [match.score for match in found] == [100.0] or [match.score for match in found] == [99.0]


@pytest.mark.parametrize("typed", ["", "   ", "công an", "chi đoàn", "chi đoàn abc xyz", "khóm 9", "🙂", "%"])
def test_what_names_no_unit_finds_none(city: Database, typed: str) -> None:
    assert city.read_now(lambda session: find_units(session, typed, DAY)) == []


def test_the_search_keeps_to_the_units_it_is_given(city: Database) -> None:
    def search(session: Session) -> list[str]:
        below = {cast.unit_id(session, "XP01"), cast.unit_id(session, "CD31")}
        return [match.code for match in find_units(session, "van phong so noi vu", DAY, within=below)]

    assert city.read_now(search) == []


def test_a_match_names_its_superior(city: Database) -> None:
    match = city.read_now(lambda session: find_units(session, "cd31", DAY))[0]
    assert (match.name, match.parent_name) == ("Chi đoàn khóm 3", "Đoàn phường Cái Khế")


def test_a_unit_is_what_it_was_on_the_day(city: Database) -> None:
    def rename(session: Session) -> None:
        unit = cast.unit_id(session, "CD31")
        session.add(
            UnitVersion(
                unit_id=unit,
                name="Chi đoàn khóm 4",
                type=UnitType.BRANCH,
                parent_id=cast.unit_id(session, "DCS1"),
                valid_from=DAY,
            )
        )
        old = session.get(UnitVersion, 7)
        assert old is not None
        assert old.unit_id == unit
        old.valid_to = DAY - timedelta(days=1)

    city.write_now(rename)

    def names(session: Session, day: date) -> tuple[str, str]:
        row = unit_by_code(session, "cd31", day)
        assert row is not None
        return unit_name(session, row.id, day), path_names(session, row.id, day)[-2]

    before = DAY - timedelta(days=1)
    assert city.read_now(lambda s: names(s, before)) == ("Chi đoàn khóm 3", "Đoàn phường Cái Khế")
    assert city.read_now(lambda s: names(s, DAY)) == ("Chi đoàn khóm 4", "Đoàn cơ sở Sở Nội vụ")
    assert city.read_now(lambda s: find_units(s, "khóm 3", before))[0].code == "CD31"
    assert city.read_now(lambda s: find_units(s, "chi đoàn khóm 3", DAY)) == []


def test_the_tree_is_walked_both_ways(city: Database) -> None:
    def walk(session: Session) -> tuple[list[str], list[str]]:
        below = [row.code for row in children(session, cast.unit_id(session, "DCS1"), DAY)]
        return below, path_names(session, cast.unit_id(session, "CD11"), DAY)

    below, path = city.read_now(walk)
    assert below == ["CD11", "CD12"]
    assert path == [
        "Thành đoàn Cần Thơ",
        "Đoàn UBND thành phố",
        "Đoàn cơ sở Sở Nội vụ",
        "Chi đoàn Văn phòng Sở Nội vụ",
    ]


def test_a_cadre_is_found_by_code_and_shown_with_positions(city: Database) -> None:
    def look(session: Session) -> tuple[str, list[str], list[PositionTitle]]:
        cadre = cadre_by_code(session, " an ")
        assert cadre is not None
        held = positions_of(session, cadre.id or 0, DAY)
        return cadre.code, [position.label for position in held], [position.title for position in held]

    assert city.read_now(look) == ("AN", ["Bí thư Đoàn cơ sở Sở Nội vụ"], [PositionTitle.SECRETARY])


def test_a_position_is_shown_only_while_it_is_held(city: Database) -> None:
    def held(session: Session, day: date) -> int:
        return len(positions_of(session, cast.cadre_id(session, "AN"), day))

    assert city.read_now(lambda s: held(s, cast.SINCE)) == 1
    assert city.read_now(lambda s: held(s, cast.SINCE - timedelta(days=1))) == 0


def test_unknown_codes_are_none(city: Database) -> None:
    assert city.read_now(lambda s: unit_by_code(s, "XX", DAY)) is None
    assert city.read_now(lambda s: unit_by_id(s, 0, DAY)) is None
    assert city.read_now(lambda s: cadre_by_code(s, "XX")) is None
