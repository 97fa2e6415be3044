"""Entries: own ones only, every change traced, reviewed only from above."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeVar

import pytest
from sqlmodel import Session, col, select

from storage.access import load_actor
from storage.database import Database
from storage.entries import (
    NewEntry,
    add_entry,
    attach_evidence,
    confirm_entries,
    count_evidence,
    count_waiting,
    days_of,
    delete_entry,
    edit_entry,
    list_entries,
    minutes_on,
    own_entry,
    return_entry,
    same_entries,
    waiting_entries,
)
from storage.models import EntryChange, Position, StoredFile
from storage.terms import EntryKind, EntryState, RecognisedBy
from tests.cast import cadre_id, unit_id

T = TypeVar("T")
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
TODAY = date(2026, 11, 20)
YESTERDAY = date(2026, 11, 19)
HOURS = NewEntry(EntryKind.VOLUNTEER_HOURS, YESTERDAY, 19 * 60, 21 * 60, 120, "Dạy kèm học sinh")


def logged(db: Database, who: str, new: NewEntry = HOURS) -> int:
    """The id of a fresh entry of ``who``."""
    return db.write_now(lambda s: add_entry(s, cadre_id(s, who), new, NOW).id) or 0


def as_(db: Database, who: str, work: Callable[[Session, int], T]) -> T:
    """``work(session, cadre id)`` in one transaction."""
    return db.write_now(lambda s: work(s, cadre_id(s, who)))


def actor_ids(db: Database, who: str, entry: int, act: str) -> int:
    """Let ``who`` confirm or return ``entry``; how many entries that reached."""

    def work(session: Session) -> int:
        actor = load_actor(session, cadre_id(session, who), TODAY)
        assert actor is not None
        if act == "confirm":
            return confirm_entries(session, actor, [entry], NOW, TODAY)
        return int(return_entry(session, actor, entry, "Chưa có ảnh", NOW, TODAY) is not None)

    return db.write_now(work)


def state_of(db: Database, who: str, entry: int) -> EntryState | None:
    """The state in which ``who`` finds the entry."""
    found = as_(db, who, lambda s, me: own_entry(s, me, entry))
    return found.state if found else None


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 0},
        {"minutes": 1441},
        {"start_minute": 1440},
        {"start_minute": 600, "end_minute": 600},
        {"end_minute": 1441},
        {"title": "x" * 501},
        {"recognised_on": YESTERDAY},
    ],
)
def test_figures_that_no_day_has_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        replace(HOURS, **{"start_minute": None, "end_minute": None, **wrong})  # type: ignore[arg-type] # a table of any fields


def test_every_change_leaves_who_when_before_and_after(city: Database) -> None:
    entry = logged(city, "BINH")
    as_(city, "BINH", lambda s, me: edit_entry(s, me, entry, replace(HOURS, title="Dạy tin học"), NOW))
    actor_ids(city, "AN", entry, "confirm")
    as_(city, "BINH", lambda s, me: delete_entry(s, me, entry, NOW))
    changes = city.read_now(lambda s: s.exec(select(EntryChange).order_by(col(EntryChange.id))).all())
    assert [change.action for change in changes] == ["create", "edit", "confirm", "delete"]
    assert changes[0].before is None
    assert changes[1].before is not None
    assert changes[1].after is not None
    assert (changes[1].before["title"], changes[1].after["title"]) == ("Dạy kèm học sinh", "Dạy tin học")
    assert changes[1].after["day"] == "2026-11-19"
    assert changes[2].actor_id == city.read_now(lambda s: cadre_id(s, "AN"))
    assert changes[3].after is not None
    assert changes[3].after["state"] == "deleted"


def test_another_persons_entry_is_not_found(city: Database) -> None:
    entry = logged(city, "BINH")
    assert as_(city, "LAN", lambda s, me: own_entry(s, me, entry)) is None
    assert as_(city, "LAN", lambda s, me: edit_entry(s, me, entry, HOURS, NOW)) is None
    assert as_(city, "LAN", lambda s, me: delete_entry(s, me, entry, NOW)) is None
    assert state_of(city, "BINH", entry) is EntryState.DECLARED


def test_a_deleted_entry_is_gone_for_good(city: Database) -> None:
    entry = logged(city, "BINH")
    as_(city, "BINH", lambda s, me: delete_entry(s, me, entry, NOW))
    assert state_of(city, "BINH", entry) is None
    assert as_(city, "BINH", lambda s, me: list_entries(s, me, date.min, date.max, 10)) == []
    assert as_(city, "BINH", lambda s, me: minutes_on(s, me, YESTERDAY)) == 0
    assert as_(city, "BINH", lambda s, me: same_entries(s, me, HOURS)) == []


def test_editing_a_confirmed_entry_declares_it_anew(city: Database) -> None:
    entry = logged(city, "BINH")
    actor_ids(city, "AN", entry, "confirm")
    assert state_of(city, "BINH", entry) is EntryState.CONFIRMED
    edited = as_(city, "BINH", lambda s, me: edit_entry(s, me, entry, HOURS, NOW))
    assert edited is not None
    assert (edited.state, edited.reviewed_by, edited.reviewed_at) == (EntryState.DECLARED, None, None)


@pytest.mark.parametrize(
    ("reviewer", "author", "reached"),
    [
        ("AN", "BINH", 1),  # a branch below the unit followed
        ("AN", "CHI", 1),  # the unit itself
        ("DUNG", "BINH", 1),  # two levels below
        ("GIANG", "KHANH", 1),  # the city sees everybody
        ("HOA", "BINH", 0),  # beside
        ("AN", "DUNG", 0),  # above
        ("AN", "AN", 0),  # never one's own
        ("BINH", "CHI", 0),  # follows nobody
    ],
)
@pytest.mark.parametrize("act", ["confirm", "return"])
def test_entries_are_reviewed_only_from_above(
    city: Database, reviewer: str, author: str, reached: int, act: str
) -> None:
    entry = logged(city, author)
    assert actor_ids(city, reviewer, entry, act) == reached


def test_a_reviewer_loses_those_who_left_the_unit(city: Database) -> None:
    entry = logged(city, "BINH")

    def leave(session: Session) -> None:
        held = session.exec(select(Position).where(Position.cadre_id == cadre_id(session, "BINH"))).one()
        held.end_day = YESTERDAY
        session.add(held)

    city.write_now(leave)
    assert actor_ids(city, "AN", entry, "confirm") == 0


def test_what_waits_is_listed_with_names_and_photos(city: Database) -> None:
    entry = logged(
        city,
        "AN",
        NewEntry(EntryKind.BRANCH_MEETING, YESTERDAY, organiser_id=city.read_now(lambda s: unit_id(s, "CD11"))),
    )
    logged(city, "DUNG")

    def look(session: Session) -> list[tuple[str, str, int]]:
        attach_evidence(session, entry, "telegram", "remote-1", NOW)
        actor = load_actor(session, cadre_id(session, "DUNG"), TODAY)
        assert actor is not None
        assert count_waiting(session, actor, TODAY) == 1
        found = waiting_entries(session, actor, TODAY)
        return [(item.cadre_name, item.organiser_name, item.photos) for item in found]

    assert city.write_now(look) == [("Nguyễn Hoài An", "Chi đoàn Văn phòng Sở Nội vụ", 1)]


def test_an_entry_is_confirmed_once_and_may_still_be_returned(city: Database) -> None:
    entry = logged(city, "BINH")
    assert [actor_ids(city, "AN", entry, act) for act in ("confirm", "confirm", "return", "return")] == [1, 0, 1, 0]
    assert state_of(city, "BINH", entry) is EntryState.RETURNED


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ({}, True),
        ({"title": "Tên khác"}, True),
        ({"end_minute": 20 * 60, "minutes": 60}, True),
        ({"day": TODAY}, False),
        ({"start_minute": 18 * 60}, False),
        ({"start_minute": None, "end_minute": None}, False),
        ({"kind": EntryKind.VOLUNTEER_ACTIVITY}, False),
    ],
)
def test_the_same_kind_day_start_and_organiser_is_the_same_event(
    city: Database, other: dict[str, object], is_same: bool
) -> None:
    entry = logged(city, "BINH")
    twin = replace(HOURS, **other)  # type: ignore[arg-type] # a table of any fields
    assert [e.id for e in as_(city, "BINH", lambda s, me: same_entries(s, me, twin))] == [entry] * is_same
    assert as_(city, "BINH", lambda s, me: same_entries(s, me, twin, but=entry)) == []


def test_a_day_adds_up_what_is_logged_but_the_entry_in_hand(city: Database) -> None:
    first = logged(city, "BINH")
    logged(city, "BINH", replace(HOURS, kind=EntryKind.VOLUNTEER_ACTIVITY, start_minute=0, end_minute=30, minutes=30))
    logged(city, "LAN")
    assert as_(city, "BINH", lambda s, me: minutes_on(s, me, YESTERDAY)) == 150
    assert as_(city, "BINH", lambda s, me: minutes_on(s, me, YESTERDAY, but=first)) == 30
    assert as_(city, "BINH", lambda s, me: days_of(s, me, EntryKind.VOLUNTEER_HOURS, YESTERDAY, TODAY)) == {YESTERDAY}


def test_a_photo_is_kept_once_and_a_stored_file_by_its_row(city: Database) -> None:
    entry = logged(city, "BINH")

    def work(session: Session) -> tuple[int, bool]:
        file = StoredFile(key="k1", name="anh.jpg", mime="image/jpeg", sha256="0" * 64, content=b"x", created_at=NOW)
        session.add(file)
        session.flush()
        for photo in ("remote-1", "remote-1", "k1", "k1"):
            kept = attach_evidence(session, entry, "web", photo, NOW)
        return count_evidence(session, entry), kept.file_id == file.id

    assert city.write_now(work) == (2, True)


def test_an_initiative_keeps_who_recognised_it(city: Database) -> None:
    new = NewEntry(
        EntryKind.INITIATIVE,
        YESTERDAY,
        title="Số hóa hồ sơ",
        recognised_by=RecognisedBy.AGENCY_HEAD,
        recognised_on=YESTERDAY,
    )
    entry = logged(city, "AN", new)
    found = as_(city, "AN", lambda s, me: own_entry(s, me, entry))
    assert found is not None
    assert (found.recognised_by, found.recognised_on) == (RecognisedBy.AGENCY_HEAD, YESTERDAY)
