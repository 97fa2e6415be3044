"""What evaluation is given of the database: dated, whole where it must be, and nobody else's."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from storage.compliance.records import AbsenceRecord, EntryRecord, PersonRecord
from storage.database import Database
from storage.models import Absence, Entry, Position, UnitVersion
from storage.records_of import load_absences, load_people, load_person, load_tree
from storage.terms import EntryKind, EntryState, PositionTitle, RecognisedBy, UnitType
from tests import cast

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def log(session: Session, code: str, day: date, **values: Any) -> None:
    fields: dict[str, Any] = {"kind": EntryKind.VOLUNTEER_HOURS, "minutes": 60, **values}
    session.add(Entry(cadre_id=cast.cadre_id(session, code), day=day, created_at=NOW, **fields))


def leave(session: Session, start: date, end: date, cadre: str = "", unit: str = "", **values: Any) -> None:
    session.add(
        Absence(
            cadre_id=cast.cadre_id(session, cadre) if cadre else None,
            unit_id=cast.unit_id(session, unit) if unit else None,
            start_day=start,
            end_day=end,
            created_at=NOW,
            **values,
        )
    )


def person(db: Database, code: str) -> PersonRecord:
    return db.read_now(lambda s: load_person(s, cast.cadre_id(s, code), FIRST, LAST))


def test_the_tree_is_the_one_of_each_day(city: Database) -> None:
    moved = date(2026, 7, 1)

    def move(session: Session) -> None:
        old = session.get(UnitVersion, 7)
        assert old is not None
        old.valid_to = moved - timedelta(days=1)
        session.add(
            UnitVersion(
                unit_id=old.unit_id,
                name=old.name,
                type=UnitType.BRANCH,
                parent_id=cast.unit_id(session, "DCS1"),
                valid_from=moved,
            )
        )

    city.write_now(move)
    tree = city.read_now(load_tree)
    assert tree.is_below("CD31", "XP01", moved - timedelta(days=1))
    assert not tree.is_below("CD31", "XP01", moved)
    assert tree.subtree("DCS1", moved) == ["DCS1", "CD11", "CD12", "CD31"]
    assert tree.at("TD", moved).parent is None


def test_everybody_comes_by_code_with_positions(city: Database) -> None:
    people = city.read_now(lambda s: load_people(s, None, FIRST, LAST))
    assert [someone.code for someone in people] == ["AN", "BINH", "CHI", "DUNG", "GIANG", "HOA", "KHANH", "LAN"]
    (held,) = people[0].positions
    assert (held.unit, held.title, held.public_sector, held.start, held.end) == (
        "DCS1",
        PositionTitle.SECRETARY,
        True,
        cast.SINCE,
        None,
    )


def test_only_those_asked_for_come(city: Database) -> None:
    city.write_now(lambda s: log(s, "BINH", FIRST))
    assert [p.code for p in city.read_now(lambda s: load_people(s, [cast.cadre_id(s, "AN")], FIRST, LAST))] == ["AN"]
    assert city.read_now(lambda s: load_people(s, [], FIRST, LAST)) == []
    assert person(city, "AN").entries == ()


def test_nobody_is_a_lookup_error(city: Database) -> None:
    with pytest.raises(LookupError):
        city.read_now(lambda s: load_person(s, 0, FIRST, LAST))


def test_entries_of_the_days_come_whole(city: Database) -> None:
    def fill(session: Session) -> None:
        log(session, "AN", FIRST - timedelta(days=1))
        log(session, "AN", LAST, start_minute=1140, end_minute=1200, organiser_id=cast.unit_id(session, "CD11"))
        log(session, "AN", FIRST, title="Hát", on_time=True, state=EntryState.CONFIRMED)
        log(session, "AN", FIRST, state=EntryState.DELETED)
        log(session, "AN", LAST + timedelta(days=1))

    city.write_now(fill)
    first, last = person(city, "AN").entries
    assert first == EntryRecord(
        first.id,
        EntryKind.VOLUNTEER_HOURS,
        FIRST,
        minutes=60,
        title="Hát",
        on_time=True,
        state=EntryState.CONFIRMED,
    )
    assert (last.day, last.start, last.end, last.organiser) == (LAST, 1140, 1200, "CD11")


def test_an_initiative_comes_with_the_days_of_its_recognition(city: Database) -> None:
    early = date(2025, 3, 1)
    city.write_now(
        lambda s: log(
            s,
            "AN",
            early,
            kind=EntryKind.INITIATIVE,
            recognised_on=FIRST,
            recognised_by=RecognisedBy.AGENCY_HEAD,
        )
    )
    (entry,) = person(city, "AN").entries
    assert (entry.day, entry.recognised_on, entry.recognised_by) == (early, FIRST, RecognisedBy.AGENCY_HEAD)


def test_own_leave_that_touches_the_days(city: Database) -> None:
    def fill(session: Session) -> None:
        leave(session, FIRST - timedelta(days=9), FIRST, "AN", reason="Phép", decision_no="5-QĐ")
        leave(session, LAST + timedelta(days=1), LAST + timedelta(days=2), "AN")
        leave(session, FIRST, LAST, "AN", cancelled_at=NOW)
        leave(session, FIRST, LAST, "BINH")

    city.write_now(fill)
    assert person(city, "AN").absences == (AbsenceRecord(FIRST - timedelta(days=9), FIRST, "Phép", "5-QĐ"),)


@pytest.mark.parametrize(
    ("unit", "excused"),
    [
        ("TD", {"AN", "BINH", "CHI", "DUNG", "GIANG", "HOA", "KHANH", "LAN"}),
        ("DCS1", {"AN", "BINH", "CHI", "LAN"}),
        ("CD31", {"KHANH"}),
    ],
)
def test_leave_of_a_unit_is_that_of_everybody_in_it_and_below(city: Database, unit: str, excused: set[str]) -> None:
    city.write_now(lambda s: leave(s, FIRST, FIRST, unit=unit, reason="Bão"))
    people = city.read_now(lambda s: load_people(s, None, FIRST, LAST))
    assert {someone.code for someone in people if someone.absences} == excused


def test_leave_of_a_unit_counts_only_while_the_position_is_held(city: Database) -> None:
    joined, left = date(2026, 11, 10), date(2026, 11, 20)

    def fill(session: Session) -> None:
        session.add(
            Position(
                cadre_id=cast.cadre_id(session, "AN"),
                unit_id=cast.unit_id(session, "CD31"),
                title=PositionTitle.COMMITTEE_MEMBER,
                start_day=joined,
                end_day=left,
            )
        )
        leave(session, FIRST, LAST, unit="XP01", reason="Lũ")

    city.write_now(fill)
    assert person(city, "AN").absences == (AbsenceRecord(joined, left, "Lũ", None),)
    assert city.read_now(lambda s: load_absences(s, None, FIRST, LAST))[city.read_now(lambda s: cast.cadre_id(s, "AN"))]


def test_the_number_of_queries_does_not_grow_with_the_people(city: Database) -> None:
    statements: list[str] = []

    def count(people: int) -> int:
        statements.clear()
        city.read_now(lambda s: load_people(s, range(1, people + 1), FIRST, LAST))
        return len(statements)

    engine = city._reader
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert count(1) == count(8) <= 7


def test_a_tree_is_shared_until_a_unit_changes(city: Database) -> None:
    before = city.read_now(load_tree)
    assert city.read_now(load_tree) is before

    def rename(session: Session) -> None:
        version = session.exec(select(UnitVersion).where(UnitVersion.unit_id == cast.unit_id(session, "CD31"))).one()
        version.name = "Chi đoàn khóm Ba"
        after = load_tree(session)  # what is not yet flushed is seen too
        assert after.at("CD31", LAST).name == "Chi đoàn khóm Ba"
        assert before.at("CD31", LAST).name != "Chi đoàn khóm Ba"

    city.write_now(rename)
