"""The small cast in a town where time passes: people join, log, go on leave; the scheduler ticks."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from handlers.messages import Reply
from handlers.notices import compose
from handlers.turn import House
from scheduler.enqueue import TickResult, tick
from storage.database import Database
from storage.models import Absence, Account, Entry, OutboxMessage, Preference
from storage.terms import EntryKind, EntryState
from tests import cast
from tests.frozen import FrozenClock

LONG_AGO = datetime.fromisoformat("2025-12-01T08:00:00+07:00")


def local(text: str) -> datetime:
    """ "2026-11-19 19:00" in Cần Thơ."""
    return datetime.fromisoformat(f"{text}+07:00")


@dataclass
class World:
    """The database with the cast, and the clock that everybody goes by."""

    db: Database
    house: House
    clock: FrozenClock
    _seen: set[int] = field(default_factory=set)

    def join(self, *codes: str, at: datetime = LONG_AGO, channel: str = "web", **preference: Any) -> None:
        """Let cadres join in a chat named after them."""

        def work(session: Session) -> None:
            for code in codes:
                who = cast.cadre_id(session, code)
                session.add(
                    Account(channel=channel, chat_id=f"{channel}-{code}", cadre_id=who, joined_at=at, last_used_at=at)
                )
                if preference:
                    session.merge(Preference(cadre_id=who, **preference))

        self.db.write_now(work)

    def prefer(self, code: str, **preference: Any) -> None:
        """Change the settings of a cadre."""
        self.db.write_now(
            lambda session: session.merge(Preference(cadre_id=cast.cadre_id(session, code), **preference))
        )

    def log(
        self, code: str, kind: EntryKind, day: str, *, minutes: int | None = None, unit: str = "", **more: Any
    ) -> None:
        """Let a cadre log something."""

        def work(session: Session) -> None:
            session.add(
                Entry(
                    cadre_id=cast.cadre_id(session, code),
                    kind=kind,
                    day=date.fromisoformat(day),
                    minutes=minutes,
                    organiser_id=cast.unit_id(session, unit) if unit else None,
                    state=EntryState.DECLARED,
                    created_at=self.clock.now(),
                    **more,
                )
            )

        self.db.write_now(work)

    def hours(self, code: str, day: str, hours: float) -> None:
        """Let a cadre log volunteer hours."""
        self.log(code, EntryKind.VOLUNTEER_HOURS, day, minutes=int(hours * 60), unit="DCS1", title="Dọn kênh")

    def leave(self, code: str, first: str, last: str) -> None:
        """Grant a cadre leave."""

        def work(session: Session) -> None:
            days = date.fromisoformat(first), date.fromisoformat(last)
            session.add(
                Absence(
                    cadre_id=cast.cadre_id(session, code),
                    start_day=days[0],
                    end_day=days[1],
                    created_at=self.clock.now(),
                )
            )

        self.db.write_now(work)

    def at(self, when: str) -> TickResult:
        """Let it be ``when`` (local), and tick."""
        self.clock.set_now(local(when))
        return self.db.write_now(lambda session: tick(session, self.house, self.clock.now()))

    def start(self, when: str) -> None:
        """The scheduler's first tick: whatever was due before is of no interest."""
        self.at(when)
        self.fresh()

    def rows(self) -> list[OutboxMessage]:
        """Everything in the outbox."""
        query = select(OutboxMessage).order_by(col(OutboxMessage.dedupe_key))
        return self.db.read_now(lambda session: list(session.exec(query).all()))

    def fresh(self) -> list[OutboxMessage]:
        """What came into the outbox since this was last asked."""
        found = [row for row in self.rows() if row.id not in self._seen]
        self._seen.update(row.id or 0 for row in found)
        return found

    def keys(self, when: str) -> list[str]:
        """The keys of what a tick at ``when`` put into the outbox to be sent or recorded."""
        self.at(when)
        return [row.dedupe_key for row in self.fresh()]

    def write(self, row: OutboxMessage) -> Reply | None:
        """The text of ``row``, as delivery would have it written now."""
        now = self.clock.now()
        return self.db.read_now(lambda session: compose(session, self.house, row.kind, row.body, now))
