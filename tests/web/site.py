"""The page's server with a bot behind it that says what the test tells it to."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, select

from bot.channels.base import Outgoing
from bot.channels.web import WebChannel
from bot.web.demo_controls import DemoControls, DemoPerson
from bot.web.hub import WebHub
from bot.web.server import make_web_app
from handlers.messages import Choice, Inbound, Made, Rows
from handlers.turn import House
from storage.database import Database
from storage.models import InboxMessage, InboxState

Said = tuple[str, Rows, Made | None]
SITE_HEADERS = {"X-Requested-With": "doanbot"}


def say(text: str, *choices: Choice, file: Made | None = None) -> Said:
    """What the bot says: a text with buttons one under another, or a file."""
    return text, tuple((choice,) for choice in choices), file


@dataclass
class Site:
    """The application and its bot. ``answers`` maps what was heard to what is said back."""

    db: Database
    house: House
    answers: Callable[[Inbound], Iterable[Said]] = lambda _inbound: ()
    secure: bool = False
    demo: DemoControls | None = None
    asleep: bool = False
    heard: list[Inbound] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Put the parts together as the program does."""
        self.hub = WebHub(self.db, poll_seconds=0.02)
        self.channel = WebChannel(self.db, self.house.clock, self.hub)
        self.app = make_web_app(self.db, self.house, hub=self.hub, wake=self.wake, secure=self.secure, demo=self.demo)
        self._tasks: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()

    def wake(self) -> None:
        """Answer what waits in the inbox, unless the bot is asleep."""
        if self.asleep:
            return
        task = asyncio.ensure_future(self._answer())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self) -> None:
        """Wait until everything heard is answered."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def _answer(self) -> None:
        async with self._turn:
            for seq, body in await self.db.write(_taken):
                inbound = self.channel.parse(body).inbound
                assert inbound is not None
                self.heard.append(inbound)
                for number, (text, choices, file) in enumerate(self.answers(inbound)):
                    await self.channel.send(inbound.chat_id, Outgoing(f"reply:{seq}:{number}", text, choices, file))


def _taken(session: Session) -> list[tuple[int, str]]:
    rows = session.exec(select(InboxMessage).where(InboxMessage.state == InboxState.OPEN).order_by("seq")).all()
    for row in rows:
        row.state = InboxState.DONE
    return [(row.seq or 0, row.body) for row in rows]


@dataclass
class Demo:
    """A demo of four people whose clock moves a day at a time."""

    now_is: datetime
    site: "Site | None" = None
    became: list[tuple[str, str]] = field(default_factory=list)

    def people(self) -> list[DemoPerson]:
        """Everybody a visitor can be."""
        return [
            DemoPerson("CHI", "Phạm Lan Chi", "Ủy viên BCH", "Đoàn cơ sở Sở Nội vụ", "cadre"),
            DemoPerson("AN", "Nguyễn Hoài An", "Bí thư", "Đoàn cơ sở Sở Nội vụ", "secretary"),
            DemoPerson("GIANG", "Lê Trường Giang", "Chuyên viên", "Thành đoàn Cần Thơ", "admin"),
            DemoPerson("HOA", "Huỳnh Thị Hoa", "Bí thư", "Đoàn phường Cái Khế"),
        ]

    async def become(self, chat_id: str, code: str) -> None:
        """Remember who speaks in which chat; the bot greets whoever is new."""
        if (chat_id, code) not in self.became and self.site is not None:
            await self.site.channel.send(chat_id, Outgoing(f"greeting:{chat_id}", "Đồng chí muốn làm gì?"))
        self.became.append((chat_id, code))

    async def advance(self) -> str:
        """A day passes."""
        self.now_is += timedelta(days=1)
        return "Đã tới thứ Bảy: không có ai cần nhắc."

    def now(self) -> datetime:
        """The demo's instant."""
        return self.now_is
