"""Photos shown as evidence are fetched from the platform soon after, cleaned, and kept with our own data."""

import asyncio
import hashlib
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from sqlmodel import Session, col, select

from bot.channels.base import Channel, Outcome, SendFailed
from bot.web.pictures import NotAPicture, cleaned_picture
from storage.clock import Clock
from storage.database import Database
from storage.models import Evidence, StoredFile

log = logging.getLogger(__name__)

LOOK_AGAIN_SECONDS = 30.0
BATCH = 10
GONE = "gone"


@runtime_checkable
class Fetches(Protocol):
    """A channel whose pictures stay on the platform until they are fetched."""

    async def fetch(self, remote_id: str) -> bytes:
        """The bytes of a picture. Raises :class:`SendFailed`."""
        ...


@dataclass(frozen=True, slots=True)
class EvidenceKeeper:
    """Fetches what has not been fetched yet."""

    db: Database
    clock: Clock
    channels: Mapping[str, Channel]

    async def run(self) -> None:
        """Fetch until cancelled; what cannot be had now is tried again later."""
        while True:
            if not await self.step():
                await asyncio.sleep(LOOK_AGAIN_SECONDS)

    async def step(self) -> int:
        """Fetch a few; how many were settled."""
        names = [name for name, channel in self.channels.items() if isinstance(channel, Fetches)]
        waiting = await self.db.read(lambda session: _waiting(session, names))
        settled = 0
        for evidence_id, name, remote_id in waiting:
            channel = self.channels[name]
            if not isinstance(channel, Fetches):
                continue
            try:
                content = await asyncio.to_thread(cleaned_picture, await channel.fetch(remote_id))
            except NotAPicture:
                content = b""
            except SendFailed as failure:
                if failure.outcome is not Outcome.PERMANENT:
                    log.warning("evidence %s: %s; trying again later", evidence_id, failure)
                    continue
                content = b""
            await self._keep(evidence_id, content)
            settled += 1
        return settled

    async def _keep(self, evidence_id: int, content: bytes) -> None:
        now = self.clock.now()

        def work(session: Session) -> None:
            evidence = session.get(Evidence, evidence_id)
            if evidence is None:
                return
            if not content:
                evidence.remote_id = GONE
                log.warning("evidence %s: the platform no longer has a readable picture", evidence_id)
                return
            file = StoredFile(
                key=secrets.token_urlsafe(24),
                name="minh-chung.jpg",
                mime="image/jpeg",
                sha256=hashlib.sha256(content).hexdigest(),
                content=content,
                created_at=now,
            )
            session.add(file)
            session.flush()
            evidence.file_id = file.id

        await self.db.write(work)


def _waiting(session: Session, channels: list[str]) -> list[tuple[int, str, str]]:
    rows = session.exec(
        select(Evidence.id, Evidence.channel, Evidence.remote_id)
        .where(
            col(Evidence.file_id).is_(None),
            col(Evidence.channel).in_(channels),
            col(Evidence.remote_id).not_in(["", GONE]),
        )
        .order_by(col(Evidence.id))
        .limit(BATCH)
    )
    return [(evidence_id or 0, channel, remote_id) for evidence_id, channel, remote_id in rows]
