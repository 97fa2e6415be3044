"""Who sees whom: the units followed and everything below, found by code, never beside or above."""

from datetime import date

import pytest
from sqlmodel import Session

from storage.access import Actor, load_actor, may_see_unit
from storage.database import Database
from storage.models import Position
from storage.terms import PositionTitle, Right
from storage.visible import closest, find_cadre, find_unit, followed_units, has_more_rights, visible_cadres
from tests.cast import PEOPLE, UNITS, cadre_id, unit_id

TODAY = date(2026, 11, 20)
SEES = {
    "GIANG": {code for code, *_ in UNITS},
    "DUNG": {"DUB", "DCS1", "CD11", "CD12"},
    "AN": {"DCS1", "CD11", "CD12"},
    "HOA": {"XP01", "CD31"},
    "BINH": set(),
    "CHI": set(),
}


def actor(session: Session, code: str) -> Actor:
    found = load_actor(session, cadre_id(session, code), TODAY)
    assert found is not None
    return found


@pytest.mark.parametrize("who", SEES)
def test_units_are_seen_downwards_only(city: Database, who: str) -> None:
    def seen(session: Session) -> tuple[set[str], set[str]]:
        me = actor(session, who)
        by_code = {code for code, *_ in UNITS if find_unit(session, me, code, TODAY) is not None}
        by_id = {code for code, *_ in UNITS if may_see_unit(session, me, unit_id(session, code), TODAY)}
        return by_code, by_id

    assert city.read_now(seen) == (SEES[who], SEES[who])


@pytest.mark.parametrize("who", SEES)
def test_people_are_seen_by_a_position_in_a_seen_unit(city: Database, who: str) -> None:
    def seen(session: Session) -> tuple[set[str], set[str]]:
        me = actor(session, who)
        by_code = {code for code, *_ in PEOPLE if find_cadre(session, me, code, TODAY) is not None}
        return by_code, {cadre.code for cadre in visible_cadres(session, me, TODAY)}

    expected = {code for code, _, unit, *_ in PEOPLE if unit in SEES[who]}
    assert city.read_now(seen) == (expected, expected)


def test_a_unit_below_another_followed_one_is_no_root(city: Database) -> None:
    def roots(session: Session) -> list[str]:
        me = actor(session, "DUNG")
        both = Actor(me.cadre_id, me.code, me.name, (*me.followed, unit_id(session, "CD11")))
        return [unit.code for unit in followed_units(session, both, TODAY)]

    assert city.read_now(roots) == ["DUB"]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("binh", ["BINH"]),
        ("Võ Thanh Bình", ["BINH"]),
        ("vo thanh binhh", ["BINH"]),
        ("ngoc lan", ["LAN"]),
        ("CHI", ["CHI"]),
        ("ai đó khác hẳn", []),
        ("  ", []),
    ],
)
def test_people_are_found_by_a_name_typed_roughly(city: Database, typed: str, codes: list[str]) -> None:
    def found(session: Session) -> list[str]:
        cadres = visible_cadres(session, actor(session, "AN"), TODAY)
        return [cadre.code for cadre in closest(cadres, typed)]

    assert city.read_now(found) == codes


def test_nobody_may_act_for_one_with_more_rights(city: Database) -> None:
    def arrange(session: Session) -> None:
        """GIANG, the city's admin, is also a member of the committee of DCS1."""
        session.add(
            Position(
                cadre_id=cadre_id(session, "GIANG"),
                unit_id=unit_id(session, "DCS1"),
                title=PositionTitle.COMMITTEE_MEMBER,
                public_sector=True,
                start_day=date(2026, 1, 1),
            )
        )
        session.add(
            Position(
                cadre_id=cadre_id(session, "LAN"),
                unit_id=unit_id(session, "CD11"),
                title=PositionTitle.COMMITTEE_MEMBER,
                access_right=Right.ADMIN,
                start_day=date(2026, 1, 1),
            )
        )

    city.write_now(arrange)

    def more(session: Session) -> dict[tuple[str, str], bool]:
        pairs = [("AN", "GIANG"), ("AN", "BINH"), ("AN", "LAN"), ("GIANG", "LAN"), ("GIANG", "AN"), ("GIANG", "GIANG")]
        return {
            (me, other): has_more_rights(session, actor(session, me), cadre_id(session, other), TODAY)
            for me, other in pairs
        }

    assert city.read_now(more) == {
        ("AN", "GIANG"): True,
        ("AN", "BINH"): False,
        ("AN", "LAN"): True,
        ("GIANG", "LAN"): False,
        ("GIANG", "AN"): False,
        ("GIANG", "GIANG"): False,
    }
