"""People known for the reports of many units one after another: what a report asks the database for is read ahead."""

import gc
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from threading import Lock
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from storage.calendar import WorkCalendar
from storage.known import People
from storage.models import Cadre, Position, Unit
from storage.plans import Plan

# Cadres with neighbouring ids came with one roster: whoever is asked for one will ask for the others.
READ_AT_ONCE = 250


class _Post(NamedTuple):
    """Who holds a position in a unit from ``start`` to ``end``."""

    cadre_id: int
    code: str
    start: date
    end: date | None


class _Posts(NamedTuple):
    """All positions by the code of their unit, the codes of all units, and the ids of all who hold one, in blocks."""

    of_unit: Mapping[str, Sequence[_Post]]
    units: Mapping[int, str]
    blocks: Mapping[int, set[int]]


class Everybody(People):
    """As ``People``, for reports of any number of units; threads may share it."""

    def __init__(self, plan: Plan, calendar: WorkCalendar, first: date, last: date) -> None:
        """Nobody is read yet."""
        super().__init__(plan, calendar, first, last)
        self._posts: _Posts | None = None
        self._blocks: set[int] = set()
        self._reading = Lock()  # several threads lack the same people at the same time

    def code_of(self, session: Session, unit_id: int) -> str:
        """The code of a unit. Raises LookupError when there is none with this id."""
        code = self._all_posts(session).units.get(unit_id)
        return super().code_of(session, unit_id) if code is None else code

    def below(self, session: Session, _unit_id: int, units: Sequence[str], first: date, last: date) -> dict[int, str]:
        """The ids and codes of all who hold a position in ``units`` in these days."""
        posts = self._all_posts(session).of_unit
        return {
            post.cadre_id: post.code
            for unit in units
            for post in posts.get(unit, ())
            if post.start <= last and (post.end is None or post.end >= first)
        }

    def _read(self, session: Session, missing: Sequence[int]) -> None:
        blocks = self._all_posts(session).blocks
        with self._reading:
            asked = {one // READ_AT_ONCE for one in missing} - self._blocks
            ids = set().union(*(blocks[block] for block in asked))
            if ids:
                super()._read(session, sorted(ids))
                gc.freeze()  # to go through a city's entries for garbage stops everything for a third of a second
            self._blocks |= asked

    def _all_posts(self, session: Session) -> _Posts:
        with self._reading:
            if self._posts is None:
                self._posts = _read_posts(session)
            return self._posts


def _read_posts(session: Session) -> _Posts:
    of_unit, blocks = defaultdict(list), defaultdict(set)
    query = (
        select(col(Unit.code), col(Position.cadre_id), col(Cadre.code), col(Position.start_day), col(Position.end_day))
        .join(Unit, col(Position.unit_id) == col(Unit.id))
        .join(Cadre, col(Position.cadre_id) == col(Cadre.id))
    )
    for unit, *post in session.execute(query):
        of_unit[unit].append(_Post(*post))
        blocks[post[0] // READ_AT_ONCE].add(post[0])
    units = dict(map(tuple, session.execute(select(col(Unit.id), col(Unit.code)))))
    return _Posts(of_unit, units, blocks)
