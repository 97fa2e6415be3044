"""Real processes under load against the Telegram stand-in, and the books at the end."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, func, select

from storage.database import Database
from storage.models import (
    Account,
    Cadre,
    DeliveryAttempt,
    Entry,
    InboxMessage,
    InboxState,
    OutboxMessage,
    OutboxState,
)
from storage.outbox import insert_new, outbox_row
from tests import cast
from tests.standins.telegram import TOKEN, TelegramStandIn, ThreadedTelegram
from tests.standins.telegram_faults import Fault

CHATS = {41 + number: code for number, code in enumerate(code for code, *_ in cast.PEOPLE)}
LIVE_STATES = (OutboxState.PENDING, OutboxState.CLAIMED, OutboxState.SENDING)


@dataclass(slots=True)
class Counted:
    """What a run came to, for the record."""

    updates: int = 0
    notices: int = 0
    kills: int = 0
    doubled: int = 0
    flagged: int = 0
    lost: int = 0
    seconds: float = 0.0
    recovery: float = 0.0

    def __str__(self) -> str:
        """One line."""
        return (
            f"{self.updates} updates, {self.notices} notices, {self.kills} kills: {self.lost} lost, "
            f"{self.doubled} doubled ({self.flagged} messages flagged), settled in {self.seconds:.1f} s"
            + (f", recovered in {self.recovery:.1f} s at most" if self.recovery else "")
        )


@dataclass(slots=True)
class Bot:
    """One process of the bot, started again after each death."""

    roles: str
    environment: dict[str, str]
    log: Path
    options: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, unless it runs."""
        if self.process is None or self.process.poll() is not None:
            command = [sys.executable, "-m", "tests.proof.process", self.roles, *self.options]
            with self.log.open("ab") as log:
                self.process = subprocess.Popen(command, env=self.environment, stderr=log, stdout=log)

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def kill(self) -> None:
        """As the power or the OOM killer would: it gets no word in."""
        self.signal(signal.SIGKILL)
        if self.process is not None:
            self.process.wait(10)

    def stop(self) -> float:
        """End it in good order; the seconds it took."""
        began = time.monotonic()
        self.signal(signal.SIGTERM)
        if self.process is not None:
            self.process.wait(30)
        return time.monotonic() - began


@dataclass(slots=True)
class Scene:
    """A database with the cast joined over Telegram, a stand-in, and processes of the bot."""

    db: Database
    telegram: ThreadedTelegram
    folder: Path
    bots: list[Bot] = field(default_factory=list)
    counted: Counted = field(default_factory=Counted)
    sent: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def bot(self, roles: str, *options: str, level: str = "WARNING") -> Bot:
        """A process with ``roles``, started."""
        environment = {
            **os.environ,
            "DATABASE_URL": self.db.url.render_as_string(hide_password=False),
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": self.telegram.api_url,
            "TELEGRAM_FILE_URL": self.telegram.file_url,
            "WEB_PORT": "0",
            "LOG_LEVEL": level,
        }
        bot = Bot(roles, environment, self.folder / f"bot-{len(self.bots)}.log", options)
        self.bots.append(bot)
        bot.start()
        return bot

    def say(self, count: int) -> None:
        """The cast sends ``count`` messages, in turn."""
        chats = list(CHATS)

        def push(telegram: TelegramStandIn) -> None:
            for _ in range(count):
                chat = chats[self.counted.updates % len(chats)]
                text = f"tin {self.counted.updates}"
                self.counted.updates += 1
                self.sent[chat].append(text)
                telegram.push_text(chat, text)

        self.telegram.do(push)

    def announce(self, count: int) -> None:
        """Put ``count`` notices into the outbox, their texts written already."""
        first, chats = self.counted.notices, list(CHATS)
        self.counted.notices += count

        def work(session: Session) -> None:
            now = datetime.now(UTC)
            rows = [
                outbox_row(f"n:{n}", "telegram", str(chats[n % len(chats)]), "digest", {"text": f"bản {n}"}, now)
                for n in range(first, first + count)
            ]
            insert_new(session, OutboxMessage, rows, "dedupe_key")

        self.db.write_now(work)

    def wait_until(self, true: Callable[[], bool], within: float, what: str) -> float:
        """Wait; the seconds it took. Raises TimeoutError."""
        began = time.monotonic()
        while time.monotonic() - began < within:
            with suppress(SQLAlchemyError):
                if true():
                    return time.monotonic() - began
            time.sleep(0.1)
        raise TimeoutError(f"{what}: not within {within} s; {self.state()}; logs in {self.folder}")

    def recover(self, seen: int, within: float) -> None:
        """Wait for more than ``seen`` answers after an outage. Raises TimeoutError after ``within`` seconds."""
        took = self.wait_until(lambda: self.answered() > seen, within, "recovery")
        self.counted.recovery = max(self.counted.recovery, took)

    def state(self) -> str:
        """How far things are, for people."""

        def work(session: Session) -> str:
            inbox = session.exec(select(InboxMessage.state, func.count()).group_by(col(InboxMessage.state))).all()
            outbox = session.exec(select(OutboxMessage.state, func.count()).group_by(col(OutboxMessage.state))).all()
            return f"inbox {[*map(tuple, inbox)]}, outbox {[*map(tuple, outbox)]}"

        return self.db.read_now(work)

    def fail(self, fault: Fault, chance: float) -> None:
        """Let some of the messages sent from now on meet ``fault``."""
        self.telegram.do(lambda telegram: telegram.fail(fault, "sendMessage", chance=chance))

    def answered(self) -> int:
        """How many messages people have received."""
        return self.telegram.do(lambda telegram: len(telegram.sent))

    def is_done(self) -> bool:
        """Whether every update took effect and everything in the outbox is dealt with."""

        def work(session: Session) -> bool:
            done = select(func.count()).where(col(InboxMessage.state) != InboxState.OPEN)
            live = select(func.count()).where(col(OutboxMessage.state).in_(LIVE_STATES))
            return session.exec(done).one() >= self.counted.updates and not session.exec(live).one()

        return self.db.read_now(work)

    def settle(self, within: float = 60.0) -> Counted:
        """Wait until nothing is left to do, end the processes, and check the books to the last row."""
        for bot in self.bots:
            bot.start()
        self.counted.seconds += self.wait_until(self.is_done, within, "settling")
        for bot in self.bots:
            bot.stop()
        received = self.telegram.do(lambda telegram: [(int(call.chat_id), call.text) for call in telegram.sent])
        self.db.read_now(lambda session: self._reconcile(session, received))
        return self.counted

    def _reconcile(self, session: Session, received: list[tuple[int, str]]) -> None:
        inbox = session.exec(select(InboxMessage)).all()
        assert len(inbox) == self.counted.updates
        assert {row.state for row in inbox} <= {InboxState.DONE}
        titles: dict[str, list[str]] = defaultdict(list)
        query = (
            select(Cadre.code, Entry.title).join(Entry, col(Entry.cadre_id) == col(Cadre.id)).order_by(col(Entry.id))
        )
        for code, title in session.exec(query):
            titles[code].append(title)
        for chat, texts in self.sent.items():
            assert titles[CHATS[chat]] == [f"{place}. {text}" for place, text in enumerate(texts, 1)]
        rows = session.exec(select(OutboxMessage)).all()
        assert len(rows) == 2 * self.counted.updates + self.counted.notices
        assert {row.state for row in rows} <= {OutboxState.SENT}
        unknown = Counter(session.exec(select(DeliveryAttempt.outbox_id).where(DeliveryAttempt.outcome == "unknown")))
        times = Counter(received)
        for row in rows:
            count = times.pop((int(row.chat_id), row.body["text"]), 0)
            self.counted.lost += count == 0
            self.counted.doubled += max(0, count - 1)
            self.counted.flagged += row.ambiguous
            assert count <= 1 or row.ambiguous, f"{row.dedupe_key} was doubled without a flag"
            assert count - 1 <= unknown[row.id or 0], f"{row.dedupe_key}: {count} times"
        assert not times, "people received what is not in the outbox"
        assert self.counted.lost == 0
        self._in_order(received)

    def _in_order(self, received: list[tuple[int, str]]) -> None:
        """Leaving out what came twice, every chat reads its answers in the order of its messages."""
        seen: set[tuple[int, str]] = set()
        by_chat: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for chat, text in received:
            if not text.startswith("bản") and (chat, text) not in seen:
                by_chat[chat].append((int(text.split(".")[0]), int(text[-2])))
            seen.add((chat, text))
        for places in by_chat.values():
            assert places == sorted(places)


@contextmanager
def scene(db: Database, telegram: ThreadedTelegram, folder: Path) -> Iterator[Scene]:
    """A scene over the cast's database; its processes are gone at the end."""

    def join(session: Session) -> None:
        now = datetime.now(UTC)
        for chat, code in CHATS.items():
            person = cast.cadre_id(session, code)
            session.add(
                Account(channel="telegram", chat_id=str(chat), cadre_id=person, joined_at=now, last_used_at=now)
            )

    db.write_now(join)
    one = Scene(db, telegram, folder)
    try:
        yield one
    finally:
        for bot in one.bots:
            bot.signal(signal.SIGCONT)
            bot.kill()


def kill_under_load(stage: Scene, dice: random.Random, kills: int, per_kill: int) -> None:
    """Between kills, messages come; each kill hits one process at a random moment, and it starts again."""
    for _ in range(kills):
        stage.say(per_kill)
        time.sleep(dice.uniform(0.2, 2.5))
        victim = dice.choice(stage.bots)
        victim.kill()
        stage.counted.kills += 1
        stage.say(per_kill // 2)
        victim.start()
