"""Pictures that stay on a platform are fetched, cleaned and kept: of entries, and of what units handed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlmodel import Session, select

from bot.channels.base import Outcome, SendFailed
from bot.evidence import GONE, EvidenceKeeper
from storage.database import Database
from storage.models import DeadlineSubmission, Entry, Evidence, StoredFile
from storage.terms import EntryKind
from tests import cast
from tests.frozen import FrozenClock


def jpeg() -> bytes:
    """A small picture."""
    kept = BytesIO()
    Image.new("RGB", (8, 8), "red").save(kept, "JPEG")
    return kept.getvalue()


@dataclass
class Platform:
    """A channel whose pictures are fetched by name; what it does not have fails for good."""

    pictures: Mapping[str, bytes]
    asked: list[str] = field(default_factory=list)
    outcome: Outcome = Outcome.PERMANENT

    async def fetch(self, remote_id: str) -> bytes:
        """The picture."""
        self.asked.append(remote_id)
        if remote_id not in self.pictures:
            raise SendFailed(self.outcome, "no such file")
        return self.pictures[remote_id]


@pytest.fixture
def shown(city: Database, clock: FrozenClock) -> Database:
    """An entry with a picture, and something handed in with another."""

    def work(session: Session) -> None:
        now, who = clock.now(), cast.cadre_id(session, "AN")
        entry = Entry(cadre_id=who, kind=EntryKind.BRANCH_MEETING, day=clock.today(), created_at=now)
        session.add(entry)
        session.flush()
        session.add(Evidence(entry_id=entry.id or 0, channel="telegram", remote_id="one", created_at=now))
        session.add(
            DeadlineSubmission(
                plan_id="can-tho-2023",
                deadline_id="annual_report",
                period_key="2026",
                unit_id=cast.unit_id(session, "DUB"),
                late_from=now,
                first_submitted_at=now,
                submitted_at=now,
                submitted_by=who,
                photo_channel="telegram",
                photo="two",
            )
        )

    city.write_now(work)
    return city


def rows(db: Database) -> tuple[Evidence, DeadlineSubmission]:
    """Both."""
    return db.read_now(
        lambda session: (session.exec(select(Evidence)).one(), session.exec(select(DeadlineSubmission)).one())
    )


def keeper(db: Database, clock: FrozenClock, platform: Platform) -> EvidenceKeeper:
    """The keeper over one platform."""
    channels: Any = {"telegram": platform}
    return EvidenceKeeper(db, clock, channels)


async def test_both_kinds_of_pictures_are_kept_once(shown: Database, clock: FrozenClock) -> None:
    platform = Platform({"one": jpeg(), "two": jpeg()})
    assert await keeper(shown, clock, platform).step() == 2
    assert all(row.file_id is not None for row in rows(shown))
    assert await keeper(shown, clock, platform).step() == 0
    assert sorted(platform.asked) == ["one", "two"]
    assert len(shown.read_now(lambda session: session.exec(select(StoredFile)).all())) == 2


async def test_a_picture_that_is_gone_is_not_asked_for_again(shown: Database, clock: FrozenClock) -> None:
    platform = Platform({})
    await keeper(shown, clock, platform).step()
    await keeper(shown, clock, platform).step()
    assert sorted(platform.asked) == ["one", "two"]
    evidence, handed_in = rows(shown)
    assert (evidence.remote_id, handed_in.photo) == (GONE, GONE)


async def test_a_platform_that_is_away_is_asked_again(shown: Database, clock: FrozenClock) -> None:
    platform = Platform({}, outcome=Outcome.NOT_DELIVERED)
    assert await keeper(shown, clock, platform).step() == 0
    assert await keeper(shown, clock, platform).step() == 0
    assert len(platform.asked) == 4


async def test_a_newer_picture_is_not_overwritten_by_an_older_one(shown: Database, clock: FrozenClock) -> None:
    def change(session: Session) -> None:
        session.exec(select(DeadlineSubmission)).one().photo = "three"

    @dataclass
    class Slow(Platform):
        async def fetch(self, remote_id: str) -> bytes:
            shown.write_now(change)
            return await Platform.fetch(self, remote_id)

    await keeper(shown, clock, Slow({"one": jpeg(), "two": jpeg()})).step()
    assert rows(shown)[1].file_id is None
