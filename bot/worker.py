"""The worker: the oldest open update of each chat, answered in one transaction with everything it changes.

A batch of chats shares a commit. When one of them fails, nothing of the batch is kept and its
messages are taken one at a time, so that a failure costs only its own chat, and five of them only
its own message.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session, col

from bot.bodies import chat_bodies
from bot.channels.base import Channel, Parsed
from bot.wake import Bell
from handlers import numbered
from handlers.messages import Capabilities, Reply
from handlers.router import handle
from handlers.texts import common
from handlers.turn import House, Turn
from storage import inbox
from storage.access import load_actors
from storage.database import Database, is_away
from storage.inbox import Received
from storage.models import Account, OutboxMessage
from storage.outbox import REPLY, insert_new, outbox_row
from storage.standings import Standing, load_standings, offer, save_standings

log = logging.getLogger(__name__)

BATCH = 64
LOOK_AGAIN_SECONDS = 0.5

Lane = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Worker:
    """Answers what the inbox holds. ``on_answered`` is called after each commit that put something into the outbox."""

    db: Database
    house: House
    channels: Mapping[str, Channel]
    bell: Bell
    on_answered: Callable[[], None]

    async def run(self) -> None:
        """Answer until cancelled; a database that is away is waited for."""
        while True:
            try:
                worked = await self.step()
            except Exception:
                log.exception("worker: the database did not take a batch; trying again in 2 s")
                await asyncio.sleep(2)
                continue
            if not worked:
                await self.bell.wait(LOOK_AGAIN_SECONDS)

    async def step(self) -> int:
        """Answer one batch; how many messages were dealt with."""
        try:
            count = await self.db.write(lambda session: self._answer(session, BATCH))
        except Exception as error:
            if is_away(error):
                raise
            log.warning("worker: a batch failed with %s; taking its messages one at a time", type(error).__name__)
            count = await self._one_at_a_time()
        if count:
            self.on_answered()
        return count

    async def _one_at_a_time(self) -> int:
        waiting = await self.db.read(self._waiting)
        for message in waiting:
            await self._alone(message)
        return len(waiting)

    def _waiting(self, session: Session) -> list[Received]:
        return inbox.heads(session, self.house.clock.shared_now(session), self._names, BATCH, lock=False)

    async def _alone(self, message: Received) -> None:
        try:
            await self.db.write(lambda session: self._answer(session, 1, message.seq))
        except Exception as error:
            if is_away(error):
                raise  # no message's fault: it is not to count as a failure of this one
            log.exception("worker: update seq=%s of %s failed", message.seq, message.channel)
            cause = type(error).__name__
            await self.db.write(lambda session: self._set_aside(session, message, cause))

    def _set_aside(self, session: Session, message: Received, cause: str) -> None:
        now = self.house.clock.shared_now(session)
        if inbox.mark_failed(session, message, now, cause):
            log.error("worker: update seq=%s set aside after %s failures", message.seq, inbox.MOST_ATTEMPTS)
            sorry = Reply(common.FAILED, common.MENU_BUTTON)
            can = self.channels[message.channel].capabilities
            insert_new(session, OutboxMessage, _rows(message, [sorry], 0, now, can), "dedupe_key")
            if not can.buttons:
                offer(session, message.channel, message.chat_id, numbered.offered([sorry]), now)

    def _answer(self, session: Session, limit: int, only: int | None = None) -> int:
        now = self.house.clock.shared_now(session)
        batch = inbox.heads(session, now, self._names, limit, only=only)
        if not batch:
            return 0
        lanes = [(m.channel, m.chat_id) for m in batch]
        standings = load_standings(session, lanes)
        accounts = _accounts(session, lanes)
        actors = load_actors(session, set(accounts.values()), self.house.clock.local_day(now))
        outgoing: list[dict[str, Any]] = []
        changed: list[Standing] = []
        for message in batch:
            lane = (message.channel, message.chat_id)
            parsed = self.channels[message.channel].parse(message.body)
            if parsed.inbound is None:
                outgoing += self._event(session, message, parsed, now)
                continue
            standing = standings.get(lane) or Standing(*lane, updated_at=now)
            before = replace(standing)
            turn = Turn(
                session, self.house, now, parsed.inbound, actors.get(accounts.get(lane, 0)), inbox_seq=message.seq
            )
            replies = handle(turn, standing)
            if standing != before:
                changed.append(standing)
            can = self.channels[message.channel].capabilities
            outgoing += _rows(message, replies, standing.version, now, can, accounts.get(lane))
        save_standings(session, changed)
        insert_new(session, OutboxMessage, outgoing, "dedupe_key")
        _touch(session, [lane for lane in lanes if lane in accounts], now)
        inbox.mark_done(session, [m.seq for m in batch], now)
        return len(batch)

    @property
    def _names(self) -> list[str]:
        return list(self.channels)

    def _event(self, session: Session, message: Received, parsed: Parsed, now: datetime) -> list[dict[str, Any]]:
        if parsed.event == "group":
            return _rows(message, [Reply(common.PRIVATE_ONLY)], 0, now, self.channels[message.channel].capabilities)
        if parsed.event in {"blocked", "unblocked"}:
            session.execute(
                update(Account)
                .where(col(Account.channel) == message.channel, col(Account.chat_id) == message.chat_id)
                .values(unreachable_since=now if parsed.event == "blocked" else None)
                .execution_options(synchronize_session=False)
            )
        return []


def _accounts(session: Session, lanes: list[Lane]) -> dict[Lane, int]:
    rows = session.execute(
        select(col(Account.channel), col(Account.chat_id), col(Account.cadre_id)).where(
            col(Account.chat_id).in_({chat_id for _, chat_id in lanes})
        )
    )
    wanted = set(lanes)
    return {(channel, chat): cadre for channel, chat, cadre in rows if (channel, chat) in wanted}


def _touch(session: Session, lanes: list[Lane], now: datetime) -> None:
    """Remember where each person was last heard of: that is where notices go."""
    if lanes:
        session.execute(
            update(Account)
            .where(col(Account.chat_id).in_({chat_id for _, chat_id in lanes}))
            .values(last_used_at=now, unreachable_since=None)
            .execution_options(synchronize_session=False)
        )


def _rows(
    message: Received,
    replies: list[Reply],
    version: int,
    now: datetime,
    can: Capabilities,
    cadre_id: int | None = None,
) -> list[dict[str, Any]]:
    """The outbox rows of ``replies``, in the order in which they are read."""
    bodies = chat_bodies(replies, version, can)
    return [
        outbox_row(
            f"reply:{message.seq}:{number}", message.channel, message.chat_id, REPLY, body, now, cadre_id=cadre_id
        )
        for number, body in enumerate(bodies)
    ]
