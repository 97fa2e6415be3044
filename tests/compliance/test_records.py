"""Dated look-ups in the tree of units."""

from datetime import date, timedelta

import pytest

from storage.compliance.records import UnitRecord, UnitTree
from storage.terms import UnitType

_END = date(2025, 6, 30)
_NEXT = date(2025, 7, 1)
_START = date(2020, 1, 1)


def _unit(code: str, parent: str | None, start: date = _START, end: date | None = None) -> UnitRecord:
    return UnitRecord(code, code, UnitType.BRANCH, parent, start, end)


@pytest.fixture
def tree() -> UnitTree:
    return UnitTree(
        [
            _unit("CITY", None),
            _unit("DISTRICT", "CITY", end=_END),
            _unit("COMMUNE", "DISTRICT", end=_END),
            _unit("COMMUNE", "CITY", start=_NEXT),
            _unit("BRANCH", "COMMUNE"),
        ]
    )


def test_a_unit_is_below_every_superior_but_not_below_itself(tree: UnitTree) -> None:
    assert tree.is_below("BRANCH", "COMMUNE", _END)
    assert tree.is_below("BRANCH", "DISTRICT", _END)
    assert tree.is_below("BRANCH", "CITY", _END)
    assert not tree.is_below("BRANCH", "BRANCH", _END)
    assert not tree.is_below("CITY", "BRANCH", _END)
    assert not tree.is_below("NOBODY", "CITY", _END)


def test_where_a_unit_belongs_is_dated(tree: UnitTree) -> None:
    assert tree.at("COMMUNE", _END).parent == "DISTRICT"
    assert tree.at("COMMUNE", _NEXT).parent == "CITY"
    assert not tree.is_below("BRANCH", "DISTRICT", _NEXT)
    assert tree.is_below("BRANCH", "CITY", _NEXT)


def test_the_subtree_holds_the_units_of_that_day(tree: UnitTree) -> None:
    assert tree.subtree("DISTRICT", _END) == ["DISTRICT", "COMMUNE", "BRANCH"]
    assert tree.subtree("CITY", _NEXT) == ["CITY", "COMMUNE", "BRANCH"]


def test_a_unit_that_is_not_there_is_named(tree: UnitTree) -> None:
    assert tree.find("DISTRICT", _NEXT) is None
    with pytest.raises(LookupError, match="DISTRICT"):
        tree.subtree("DISTRICT", _NEXT)


def test_units_that_contain_each_other_do_not_loop() -> None:
    tree = UnitTree([_unit("A", "B"), _unit("B", "A")])
    assert not tree.is_below("A", "C", _END)
    assert not tree.is_below("A", "A", _END)
    assert tree.subtree("A", _END) == ["A", "B"]


def test_a_tree_of_fifty_thousand_units_is_walked_whole() -> None:
    chain = [_unit("0", None)] + [_unit(str(number), str((number - 1) // 8)) for number in range(1, 50_000)]
    tree = UnitTree(chain)
    assert len(tree.subtree("0", _END)) == 50_000
    assert tree.is_below("49999", "0", _END + timedelta(days=1))
