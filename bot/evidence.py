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
from storage.models import DeadlineSubmission, Evidence, StoredFile

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
        for photo in waiting:
            channel = self.channels[photo.channel]
            if not isinstance(channel, Fetches):
                continue
            try:
                content = await asyncio.to_thread(cleaned_picture, await channel.fetch(photo.remote_id))
            except NotAPicture:
                content = b""
            except SendFailed as failure:
                if failure.outcome is not Outcome.PERMANENT:
                    log.warning("%s: %s; trying again later", photo.of, failure)
                    continue
                content = b""
            await self._keep(photo, content)
            settled += 1
        return settled

    async def _keep(self, photo: "Photo", content: bytes) -> None:
        now = self.clock.now()

        def work(session: Session) -> None:
            if not content:
                photo.give_up(session)
                log.warning("%s: the platform no longer has a readable picture", photo.of)
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
            photo.keep(session, file)

        await self.db.write(work)


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture on the platform: evidence of an entry, or sent along with what a unit handed in."""

    kind: type[Evidence] | type[DeadlineSubmission]
    id: int
    channel: str
    remote_id: str

    @property
    def of(self) -> str:
        """What it shows, for the log."""
        return f"{self.kind.__tablename__} {self.id}"

    def keep(self, session: Session, file: StoredFile) -> None:
        """Let its row point to ``file``, unless it has another picture by now."""
        row = self._row(session)
        if row is not None and _remote_id(row) == self.remote_id:
            row.file_id = file.id

    def give_up(self, session: Session) -> None:
        """Never ask for it again."""
        row = self._row(session)
        if isinstance(row, Evidence):
            row.remote_id = GONE
        elif row is not None and row.photo == self.remote_id:
            row.photo = GONE

    def _row(self, session: Session) -> Evidence | DeadlineSubmission | None:
        return session.get(Evidence, self.id) if self.kind is Evidence else session.get(DeadlineSubmission, self.id)


def _remote_id(row: Evidence | DeadlineSubmission) -> str:
    return row.remote_id if isinstance(row, Evidence) else row.photo


def _waiting(session: Session, channels: list[str]) -> list[Photo]:
    evidence = select(Evidence.id, Evidence.channel, Evidence.remote_id).where(
        col(Evidence.file_id).is_(None),
        col(Evidence.channel).in_(channels),
        col(Evidence.remote_id).not_in(["", GONE]),
    )
    handed_in = select(DeadlineSubmission.id, DeadlineSubmission.photo_channel, DeadlineSubmission.photo).where(
        col(DeadlineSubmission.file_id).is_(None),
        col(DeadlineSubmission.photo_channel).in_(channels),
        col(DeadlineSubmission.photo).not_in(["", GONE]),
    )
    found = [Photo(Evidence, *row) for row in session.exec(evidence.order_by(col(Evidence.id)).limit(BATCH))]
    rows = session.exec(handed_in.order_by(col(DeadlineSubmission.id)).limit(BATCH))
    return found + [Photo(DeadlineSubmission, *row) for row in rows]
