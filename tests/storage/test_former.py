"""Whoever has held no position for as long as the operator says is erased; nobody who holds one, will, or is needed."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from handlers.turn import House
from storage.app_state import remember
from storage.database import Database
from storage.erasure import NAME
from storage.former import former
from storage.models import Cadre, Entry, Position
from storage.periods import Period, PeriodKind
from storage.reporting import unit_figures
from storage.retention import FORMER, SWEPT, sweep
from storage.terms import EntryKind, Requirement, Right
from tests.cast import cadre_id, unit_id
from tests.handlers.logged import log
from tests.world import local

NOW = local("2031-11-20 10:00")
TODAY, YEARS = NOW.date(), 5
LONG_AGO, LATELY = date(2026, 11, 19), date(2026, 11, 20)


def end(db: Database, code: str, day: date) -> None:
    """Let the one position of a cadre end with ``day``."""

    def work(session: Session) -> None:
        position = session.exec(select(Position).where(Position.cadre_id == cadre_id(session, code))).one()
        position.end_day = day
        session.add(position)

    db.write_now(work)


def hold(db: Database, code: str, start: date, last: date | None, right: Right = Right.NONE) -> None:
    """Let a cadre hold a second position."""

    def work(session: Session) -> None:
        first = session.exec(select(Position).where(Position.cadre_id == cadre_id(session, code))).one()
        second = Position(cadre_id=first.cadre_id, unit_id=unit_id(session, "CD31"), title=first.title, start_day=start)
        second.end_day, second.access_right = last, right
        session.add(second)

    db.write_now(work)


def swept(db: Database, years: int | None = YEARS) -> int:
    """How many one look erases."""

    def work(session: Session) -> int:
        remember(session, SWEPT, "")
        return sweep(session, NOW, TODAY, years).get(FORMER, 0)

    return db.write_now(work)


def who_is_due(db: Database) -> set[str]:
    def read(session: Session) -> set[str]:
        found = former(session, YEARS, TODAY)
        return set(session.exec(select(Cadre.code).where(col(Cadre.id).in_(found))))

    return db.read_now(read)


def test_the_last_position_must_have_ended_long_enough_ago(city: Database) -> None:
    end(city, "BINH", LONG_AGO)
    end(city, "CHI", LATELY)
    assert who_is_due(city) == {"BINH"}


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2026, 1, 1), LATELY),
        (date(2026, 1, 1), None),
        (TODAY + timedelta(days=30), None),
        (TODAY + timedelta(days=30), TODAY + timedelta(days=400)),
    ],
    ids=["ended lately", "holds", "will hold", "will hold for a time"],
)
def test_whoever_holds_or_will_hold_a_position_is_kept(city: Database, start: date, last: date | None) -> None:
    end(city, "BINH", LONG_AGO)
    hold(city, "BINH", start, last)
    assert swept(city) == 0
    assert who_is_due(city) == set()


def test_without_a_period_everybody_is_kept(city: Database) -> None:
    end(city, "BINH", LONG_AGO)
    assert swept(city, None) == 0


def test_one_after_the_other_is_erased_once(city: Database) -> None:
    for code in ("BINH", "CHI", "LAN"):
        end(city, code, LONG_AGO)
    assert [swept(city) for _ in range(5)] == [1, 1, 1, 0, 0]
    names = city.read_now(lambda session: list(session.exec(select(Cadre.full_name))))
    assert names.count(NAME) == 3


def test_who_administered_last_is_kept_until_somebody_else_does(city: Database) -> None:
    end(city, "GIANG", LONG_AGO)
    end(city, "BINH", LONG_AGO)
    assert who_is_due(city) == {"BINH"}
    hold(city, "AN", TODAY - timedelta(days=1), None, Right.ADMIN)
    assert who_is_due(city) == {"BINH", "GIANG"}


def test_the_words_go_and_the_figures_stay(city: Database, house: House) -> None:
    log(city, "BINH", EntryKind.VOLUNTEER_HOURS, date(2026, 11, 12), minutes=90, title="Chở bà Bảy đi khám mắt")
    end(city, "BINH", LONG_AGO)
    week = Period.of(PeriodKind.WEEK, date(2026, 11, 12))

    def figures(session: Session) -> object:
        found = unit_figures(session, house.plan, house.calendar, unit_id(session, "DCS1"), week, week.end)
        return [(unit.people, unit.obliged, unit.counts[Requirement.VOLUNTEER_HOURS]) for unit in found.units]

    before = city.read_now(figures)
    assert swept(city) == 1
    assert city.read_now(figures) == before
    entry = city.read_now(lambda session: session.exec(select(Entry)).one())
    assert (entry.title, entry.minutes) == ("", 90)


def test_there_was_a_29th_of_february(city: Database) -> None:
    assert city.read_now(lambda session: former(session, 1, date(2032, 2, 29))) == []
