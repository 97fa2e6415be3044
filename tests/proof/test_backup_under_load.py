"""A backup while the bot writes, restored on an empty machine: nothing that was sent before it is sent again."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import Session, col, func, select

from storage.database import Database
from storage.migrations import migrate
from storage.models import Entry, InboxMessage, InboxState, OutboxMessage, OutboxState
from tests import cast
from tests.proof.kills import Scene, scene
from tests.standins.telegram import in_thread


@pytest.fixture
def city(url: str) -> Database:
    """The cast in a database that was migrated, as a real one is."""
    database = Database(url)
    migrate(database)
    database.write_now(cast.fill)
    return database


def doanbot(command: str, url: str, file: Path) -> None:
    """Run a command of the product; it must succeed."""
    settings = {**os.environ, "DATABASE_URL": url}
    subprocess.run([sys.executable, "-m", "bot", command, str(file)], env=settings, check=True)


def texts(stage: Scene) -> list[tuple[int, str]]:
    """What people have received, by chat."""
    return stage.telegram.do(lambda telegram: [(int(call.chat_id), call.text) for call in telegram.sent])


def counts(session: Session) -> tuple[int, int, int, int]:
    """Updates, those that took effect, effects, and messages."""
    done = col(InboxMessage.state) == InboxState.DONE
    return (
        session.exec(select(func.count()).select_from(InboxMessage)).one(),
        session.exec(select(func.count()).select_from(InboxMessage).where(done)).one(),
        session.exec(select(func.count()).select_from(Entry)).one(),
        session.exec(select(func.count()).select_from(OutboxMessage)).one(),
    )


def test_what_was_sent_before_a_backup_under_load_is_not_sent_again_from_it(
    city: Database, url: str, other_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "copy.db"
    with in_thread(strict=False) as telegram, scene(city, telegram, tmp_path) as lost:
        lost.bot("intake,worker,delivery")
        lost.say(400)
        lost.wait_until(lambda: lost.answered() >= 100, 30, "the first answers")
        before = texts(lost)
        doanbot("backup", url, file)
    city.close()
    doanbot("restore", other_url, file)
    copy = Database(other_url)
    updates, done, effects, messages = copy.read_now(counts)
    assert effects == done, "the copy is of one moment: what took effect is there with its effect"
    assert messages == 2 * done
    folder = tmp_path / "new"
    folder.mkdir()
    with in_thread(strict=False) as telegram:
        new = Scene(copy, telegram, folder)
        new.bot("intake,worker,delivery")
        new.counted.updates = updates
        new.wait_until(new.is_done, 60, "the restored bot")
        new.bots[0].stop()
        again = texts(new)
    assert not set(before) & set(again)
    assert len(set(again)) == len(again)
    updates, done, effects, messages = copy.read_now(counts)
    assert updates == done == effects
    states = copy.read_now(lambda s: set(s.exec(select(OutboxMessage.state)).all()))
    assert states <= {OutboxState.SENT, OutboxState.UNKNOWN}
    copy.close()
