"""Channels that count messages: what a calendar month has left, and which notices still go when little is left.

Replies go as long as there is anything left, and the last messages of a month are kept for them: whoever logs
something must hear that it is kept. Whatever is withheld stays in the outbox, cancelled, with the reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from storage.access import in_force
from storage.clock import Clock
from storage.models import Account, AppState, OutboxMessage, OutboxState, Position
from storage.outbox import REPLY, Claimed, enqueue, insert_new
from storage.reminding import Subject, Topic, recipients
from storage.terms import Right

WARN_AT_PERCENT = (70, 90)
WARNING = "budget"
WITHHELD = "budget:"
REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class Stage:
    """From ``from_percent`` of the budget on, only reminders of ``subjects`` go, and notices of no kinds ``held``.

    Where ``replies_only``, nothing goes that nobody asked for.
    """

    from_percent: int
    subjects: frozenset[Subject]
    held: frozenset[str] = frozenset()
    replies_only: bool = False

    def holds(self, row: Claimed) -> bool:
        """Whether ``row`` does not go."""
        if row.kind == REPLY:
            return False
        unwanted = row.kind == REMINDER and not _subjects(row.body) & self.subjects
        return self.replies_only or row.kind in self.held or unwanted


# What an earlier reminder would have said is said by the last one of its period.
STAGES = (
    Stage(95, frozenset(), replies_only=True),
    Stage(90, frozenset({Subject.MONTH_END, Subject.DEADLINE}), held=frozenset({"digest"})),
    Stage(70, frozenset({Subject.WEEK_LAST_CALL, Subject.MONTH_END, Subject.DEADLINE})),
    Stage(0, frozenset(Subject)),
)


@dataclass(slots=True)
class Taken:
    """What may be sent of what was claimed, and what not and why."""

    admitted: list[Claimed] = field(default_factory=list)
    withheld: list[tuple[Claimed, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Budget:
    """``monthly`` messages of ``channel`` in a calendar month of the clock's zone."""

    channel: str
    monthly: int
    clock: Clock

    def month(self, now: datetime) -> str:
        """The month of ``now``: "2026-11"."""
        return f"{self.clock.local_day(now):%Y-%m}"

    def used(self, session: Session, now: datetime) -> int:
        """How many messages of this month were sent, or may have been."""
        row = session.get(AppState, self._name(now))
        return int(row.value) if row is not None else 0

    def take(self, session: Session, rows: Iterable[Claimed], now: datetime) -> Taken:
        """Count ``rows`` (replies first) as sent, as far as the month has room for them; warn the admins in time."""
        claimed = list(rows)
        if not claimed:
            return Taken()
        counter = self._counter(session, now)
        before = used = int(counter.value)
        taken = Taken()
        for row in claimed:
            if reason := self._refusal(row, used):
                taken.withheld.append((row, reason))
            else:
                taken.admitted.append(row)
                used += 1
        if used != before:
            counter.value = str(used)
            session.add(counter)
        for percent in WARN_AT_PERCENT:
            if self._percent(before) < percent <= self._percent(used):
                self._warn(session, percent, used, now)
        return taken

    def give_back(self, session: Session, now: datetime) -> None:
        """A message that was counted certainly did not go out."""
        counter = self._counter(session, now)
        counter.value = str(max(0, int(counter.value) - 1))
        session.add(counter)

    def withheld(self, session: Session, now: datetime) -> list[str]:
        """The keys of this month's messages that were not sent because of the budget, the oldest first."""
        first = self.clock.at(self.clock.local_day(now).replace(day=1), 0)
        query = (
            select(col(OutboxMessage.dedupe_key))
            .where(
                col(OutboxMessage.channel) == self.channel,
                col(OutboxMessage.state) == OutboxState.CANCELLED,
                col(OutboxMessage.last_error).startswith(WITHHELD),
                col(OutboxMessage.created_at) >= first,
            )
            .order_by(col(OutboxMessage.id))
        )
        return list(session.execute(query).scalars())

    def _refusal(self, row: Claimed, used: int) -> str:
        """Why ``row`` may not go after ``used`` messages, "" when it may."""
        if used >= self.monthly:
            return f"{WITHHELD} all {self.monthly} messages of the month are used"
        percent = self._percent(used)
        stage = next(stage for stage in STAGES if percent >= stage.from_percent)
        if stage.holds(row):
            return f"{WITHHELD} {percent} % of the month's {self.monthly} messages are used"
        return ""

    def _percent(self, used: int) -> int:
        return 100 * used // self.monthly

    def _warn(self, session: Session, percent: int, used: int, now: datetime) -> None:
        month = self.month(now)
        figures = {"channel": self.channel, "month": month, "used": used, "monthly": self.monthly, "percent": percent}
        for who in recipients(session, _admins(session, self.clock, now)):
            enqueue(
                session,
                key=f"{WARNING}:{self.channel}:{month}:{percent}:{who.code}",
                channel=who.channel,
                chat_id=who.chat_id,
                kind=WARNING,
                body={"cadre": who.cadre_id, **figures},
                now=now,
                cadre_id=who.cadre_id,
            )

    def _counter(self, session: Session, now: datetime) -> AppState:
        name = self._name(now)
        found = session.get(AppState, name, with_for_update=True)
        if found is None:
            insert_new(session, AppState, [{"name": name, "value": "0"}], "name")
        return found or session.get_one(AppState, name, with_for_update=True)

    def _name(self, now: datetime) -> str:
        return f"budget.{self.channel}.{self.month(now)}"


def count_users(session: Session, channel: str) -> int:
    """How many chats of ``channel`` speak for a cadre."""
    return int(session.execute(select(func.count()).where(col(Account.channel) == channel)).scalar_one())


def _subjects(body: dict[str, Any]) -> frozenset[Subject]:
    """What a reminder is about; a further part of one that went is about anything."""
    about: list[str] | None = body.get("about", body.get("subject", {}).get("about"))
    return frozenset(Subject) if about is None else frozenset(Topic.parse(code).subject for code in about)


def _admins(session: Session, clock: Clock, now: datetime) -> list[int]:
    day = clock.local_day(now)
    query = select(col(Position.cadre_id)).where(in_force(day), col(Position.access_right) == Right.ADMIN).distinct()
    return list(session.execute(query).scalars())
