"""Delivery: takes what is due from the outbox, sends it, and writes down what became of it.

One transaction ("pump") records everything that finished and claims as much as there is room for;
the calls in between run side by side, in order within a chat.
"""

import asyncio
import logging
import os
import socket
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from bot.bodies import LIST_ROOM, attachment_of, choices_of, one_message, reply_bodies
from bot.channels.base import Channel, Outcome, Outgoing, SendFailed
from bot.studio import Studio
from bot.wake import Bell
from handlers import numbered
from handlers.messages import Made, Reply
from handlers.notices import NotNow, compose
from handlers.turn import House
from storage import gate, outbox
from storage.budget import Budget
from storage.database import Database, is_away
from storage.models import Account, OutboxMessage, OutboxState
from storage.outbox import Claimed
from storage.passing_on import PART, SUBJECT, claimed_of, pass_on
from storage.standings import offer

log = logging.getLogger(__name__)

IN_FLIGHT = 128
LOOK_AGAIN_SECONDS = 0.5
RESCUE_SECONDS = 15.0
SHUTDOWN_SECONDS = 5.0
SLOWEST_RETRY = timedelta(minutes=5)
MISCONFIGURED_HOLD_SECONDS = 30.0
NOT_PREPARED = "not prepared"
UNEXPECTED = "unexpected"
HELD = "held"


@dataclass(slots=True)
class Finished:
    """What became of one row: sent with ``message_id``, no longer wanted, held for quiet hours, or ``failure``."""

    row: Claimed
    message_id: str = ""
    failure: SendFailed | None = None
    unwanted: bool = False
    held_until: datetime | None = None


@dataclass(slots=True)
class Delivery:
    """The sender of one channel."""

    db: Database
    house: House
    channel: Channel
    studio: Studio
    bell: Bell
    budget: Budget | None = None
    name: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}")
    _calls: set[asyncio.Task[None]] = field(default_factory=set)
    _finished: list[Finished] = field(default_factory=list)
    _pumping: asyncio.Task[int] | None = None

    async def run(self) -> None:
        """Send until cancelled; then wait a moment for calls in flight and write down how they ended."""
        rescue = asyncio.create_task(self._rescue_now_and_then())
        try:
            while True:
                try:
                    # Whoever cancels this must not cut a claim from the sending of what it claimed.
                    self._pumping = asyncio.create_task(self.pump(IN_FLIGHT - len(self._calls)))
                    claimed = await asyncio.shield(self._pumping)
                except Exception:
                    log.exception("delivery %s: the database did not answer; trying again in 2 s", self.channel.name)
                    await asyncio.sleep(2)
                    continue
                if not claimed:
                    await self.bell.wait(LOOK_AGAIN_SECONDS)
        finally:
            rescue.cancel()
            await self._wind_up()

    async def pump(self, room: int) -> int:
        """Record what finished, claim up to ``room`` rows and start sending them; how many were claimed or recorded."""
        finished = self._finished[:]
        claimed = await self.db.write(lambda session: self._record_and_claim(session, finished, room))
        del self._finished[: len(finished)]
        for row in claimed:
            call = asyncio.create_task(self._deliver(row))
            self._calls.add(call)
            call.add_done_callback(self._calls.discard)
        return len(claimed) + len(finished)

    async def drain(self) -> None:
        """Send everything that is due now; for tests and for ``doanbot tick``."""
        while await self.pump(IN_FLIGHT) or self._calls:
            if self._calls:
                await asyncio.wait(self._calls)

    def _record_and_claim(self, session: Session, finished: list[Finished], room: int) -> list[Claimed]:
        now = self.house.clock.shared_now(session)
        outbox.record_sent(session, [(f.row.id, f.message_id) for f in finished if f.message_id], now)
        for one in finished:
            if not one.message_id:
                self._settle(session, one, now)
        if room <= 0:
            return []
        name = self.channel.name
        bulk = gate.open_for(session, name, now)
        if bulk < 0:
            return []
        rows = outbox.claim(session, channel=name, worker=self.name, now=now, limit=room, bulk_limit=bulk)
        gate.spend(session, name, now, sum(row.kind != outbox.REPLY for row in rows))
        return rows if self.budget is None else self._within(self.budget, session, rows, now)

    def _within(self, budget: Budget, session: Session, rows: list[Claimed], now: datetime) -> list[Claimed]:
        """The rows that the month's budget has room for; the others are written off, or go by another channel."""
        taken = budget.take(session, rows, now)
        for row, reason in taken.withheld:
            other = pass_on(session, row, now)
            detail = f"{reason}; sent by {other} instead" if other else reason
            outbox.settle(session, row, OutboxState.CANCELLED, now, outcome="budget", detail=detail)
        if taken.withheld:
            log.warning("delivery %s: %s messages not sent: %s", row.channel, len(taken.withheld), reason)
        return taken.admitted

    def _settle(self, session: Session, one: Finished, now: datetime) -> None:
        """Write down what became of a row that was not sent, and what follows; nothing if that was done already."""
        row, failure = one.row, one.failure
        if one.held_until is not None:
            kept = outbox.settle(session, row, OutboxState.PENDING, now, outcome=HELD, retry_at=one.held_until)
        elif failure is None:
            kept = outbox.settle(session, row, OutboxState.CANCELLED, now, outcome="unwanted")
        else:
            state, retry_at, ambiguous = verdict(row, failure, now)
            detail = failure.detail or failure.outcome
            kept = outbox.settle(
                session,
                row,
                state,
                now,
                outcome=failure.outcome,
                detail=detail,
                retry_at=retry_at,
                ambiguous=ambiguous,
            )
        if not kept:
            return
        if self.budget is not None and (failure is None or failure.outcome is not Outcome.UNKNOWN):
            gate.open_for(session, row.channel, now)  # locked before the budget, as when claiming
            self.budget.give_back(session, now)
        if failure is not None:
            _follow_up(session, row, failure, now)

    async def _deliver(self, row: Claimed) -> None:
        try:
            outgoing = await self._prepare(row)
            if outgoing is not None:
                message_id = await self.channel.send(row.chat_id, outgoing)
                self._finished.append(Finished(row, message_id=message_id or "-"))
        except SendFailed as failure:
            log.warning("delivery %s: row %s: %s", row.channel, row.id, failure)
            self._finished.append(Finished(row, failure=failure))
        except Exception as error:
            log.exception("delivery %s: row %s failed unexpectedly", row.channel, row.id)
            failed = SendFailed(Outcome.UNKNOWN, f"{UNEXPECTED} {type(error).__name__}")
            self._finished.append(Finished(row, failure=failed))
        finally:
            self.bell.ring()

    async def _prepare(self, row: Claimed) -> Outgoing | None:
        """What is sent for ``row``; None when there is nothing to send after all."""
        try:
            if outbox.is_ready(row.body):
                return await self._outgoing(row, row.body)
            body, extra, made = await self._write_and_draw(row)
            if body is None:
                self._finished.append(Finished(row, unwanted=True))
                return None
            if not await self.db.write(lambda session: self._mark_sending(session, row, body, extra)):
                return None  # another worker has taken the row over
            return await self._outgoing(row, body, made)
        except NotNow as notice:
            self._finished.append(Finished(row, held_until=notice.until))
            return None
        except Exception as error:
            if is_away(error):
                raise SendFailed(Outcome.NOT_DELIVERED, f"database: {type(error).__name__}") from error
            log.exception("delivery %s: row %s could not be prepared", row.channel, row.id)
            raise SendFailed(Outcome.NOT_DELIVERED, f"{NOT_PREPARED}: {type(error).__name__}") from error

    async def _outgoing(self, row: Claimed, body: dict[str, Any], made: Made | None = None) -> Outgoing:
        """The message of ``body``. Replies are written for their channel already, notices are listed out here."""
        if self.channel.capabilities.buttons or row.kind == outbox.REPLY or not body["text"]:
            return Outgoing(row.key, body["text"], choices_of(body), made)
        return Outgoing(row.key, await self.db.write(lambda session: self._listed(session, row, body)), (), made)

    def _listed(self, session: Session, row: Claimed, body: dict[str, Any]) -> str:
        """A notice with its choices numbered, and numbers now mean them; while a form waits, with commands to type."""
        notice = Reply(body["text"], choices_of(body))
        is_free = offer(session, row.channel, row.chat_id, numbered.offered([notice]), self.house.clock.now())
        listing = numbered.listing(notice) if is_free else numbered.commands(notice)
        return one_message(notice.text, listing, self.channel.capabilities.longest_text)

    async def _write_and_draw(self, row: Claimed) -> tuple[dict[str, Any] | None, list[dict[str, Any]], Made | None]:
        """The body to send (None when a notice is no longer wanted), further bodies to follow it, and its file."""
        body, extra = row.body, list[dict[str, Any]]()
        if "text" not in body:
            reply = await self.db.read(lambda session: self._compose(session, row))
            if reply is None:
                return None, [], None
            can = self.channel.capabilities
            first, *extra = reply_bodies(reply, 0, can.longest_text if can.buttons else can.longest_text - LIST_ROOM)
            body = {**first, SUBJECT: row.body}
        attachment = attachment_of(body)
        return body, extra, await self.studio.make(attachment) if attachment else None

    def _compose(self, session: Session, row: Claimed) -> Reply | None:
        return compose(session, self.house, row.kind, row.body, self.house.clock.shared_now(session))

    def _mark_sending(self, session: Session, row: Claimed, body: dict[str, Any], extra: list[dict[str, Any]]) -> bool:
        now = self.house.clock.shared_now(session)
        rows = [
            outbox.outbox_row(
                f"{row.key}:{number}",
                row.channel,
                row.chat_id,
                row.kind,
                {**more, PART: number},
                now,
                cadre_id=row.cadre_id,
            )
            for number, more in enumerate(extra, 1)
        ]
        outbox.insert_new(session, OutboxMessage, rows, "dedupe_key")
        return outbox.mark_sending(session, row, self.name, now, body)

    async def _rescue_now_and_then(self) -> None:
        while True:
            try:
                await self.db.write(self._rescue)
            except Exception:
                log.exception("delivery %s: rescue failed; trying again", self.channel.name)
            await asyncio.sleep(RESCUE_SECONDS)

    def _rescue(self, session: Session) -> None:
        now = self.house.clock.shared_now(session)
        outbox.expire_late(session, now)
        if count := outbox.rescue(session, now):
            log.warning("delivery: %s rows were left by a worker that ended; taken back", count)

    async def _wind_up(self) -> None:
        if self._pumping is not None:
            await asyncio.wait([self._pumping])
        if self._calls:
            await asyncio.wait(self._calls, timeout=SHUTDOWN_SECONDS)
        await self.pump(0)


def _follow_up(session: Session, row: Claimed, failure: SendFailed, now: datetime) -> None:
    """What a failure means for other messages: a channel on hold, a person out of reach, another way to them."""
    match failure.outcome:
        case Outcome.RETRY_AFTER:
            gate.hold(session, row.channel, now, failure.seconds)
        case Outcome.MISCONFIGURED:
            gate.hold(session, row.channel, now, MISCONFIGURED_HOLD_SECONDS)
        case Outcome.BLOCKED:
            _unreachable(session, row, now)
            pass_on(session, row, now)
        case Outcome.PERMANENT:
            pass_on(session, row, now)
        case Outcome.MIGRATED:
            _move_chat(session, row, failure.new_chat_id)


def verdict(row: Claimed, failure: SendFailed, now: datetime) -> tuple[OutboxState, datetime | None, bool]:
    """What follows from ``failure``: the row's next state, when to try again, and whether a resend may double it."""
    waits = outbox.RETRY_AFTER
    later = now + (waits[row.attempts - 1] if row.attempts <= len(waits) else SLOWEST_RETRY)
    match failure.outcome:
        case Outcome.NOT_DELIVERED if failure.detail.startswith(NOT_PREPARED) and row.attempts >= outbox.MOST_ATTEMPTS:
            return OutboxState.DEAD, None, False
        case Outcome.NOT_DELIVERED | Outcome.MISCONFIGURED:
            return OutboxState.PENDING, later, False
        case Outcome.RETRY_AFTER:
            return OutboxState.PENDING, now + timedelta(seconds=failure.seconds), False
        case Outcome.MIGRATED:
            return OutboxState.PENDING, now, False
        case Outcome.PERMANENT | Outcome.BLOCKED:
            return OutboxState.DEAD, None, False
    most = outbox.MOST_ATTEMPTS if failure.detail.startswith(UNEXPECTED) else outbox.MOST_UNSURE_ATTEMPTS
    if row.kind in outbox.DROPPED_WHEN_UNKNOWN or row.attempts >= most:
        return OutboxState.UNKNOWN, None, True
    return OutboxState.PENDING, later if row.attempts <= len(waits) else now + outbox.UNSURE_RETRY_AFTER, True


def _unreachable(session: Session, row: Claimed, now: datetime) -> None:
    """The person does not let the bot write: nothing more goes there until they write again."""
    session.execute(
        update(Account)
        .where(col(Account.channel) == row.channel, col(Account.chat_id) == row.chat_id)
        .values(unreachable_since=now)
        .execution_options(synchronize_session=False)
    )
    query = select(OutboxMessage).where(
        col(OutboxMessage.channel) == row.channel,
        col(OutboxMessage.chat_id) == row.chat_id,
        col(OutboxMessage.state) == OutboxState.PENDING,
    )
    for waiting in session.exec(query):
        waiting.state, waiting.last_error = OutboxState.CANCELLED, "the person blocked the bot"
        session.add(waiting)
        pass_on(session, claimed_of(waiting), now)


def _move_chat(session: Session, row: Claimed, new_chat_id: str) -> None:
    for model in (OutboxMessage, Account):
        columns = outbox.table(model).c
        session.execute(
            outbox.table(model)
            .update()
            .where(columns.channel == row.channel, columns.chat_id == row.chat_id)
            .values(chat_id=new_chat_id)
        )
