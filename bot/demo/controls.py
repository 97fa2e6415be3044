"""The demo as the page steers it: people to be, and a clock that goes to the next deed of the scheduler."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session, select

from bot.channels.web import WEB, update_body
from bot.demo.city import UNITS, Person
from bot.web.demo_controls import DemoPerson, FeaturedRole
from handlers.texts.wording import capital, weekday
from scheduler.due import next_after
from storage.inbox import inbox_row, store
from storage.invites import account_of, create_invite
from storage.models import AppState, Cadre
from storage.terms import PositionTitle, Right

if TYPE_CHECKING:
    from bot.app import App

OFFSET = "demo.offset_seconds"
MOST_SILENT = 60
JOIN_SECONDS = 10.0


@dataclass(slots=True)
class Demo:
    """Steers ``app``'s sample city."""

    cadres: list[Person]
    app: "App" = field(init=False)
    _moving: asyncio.Lock = field(default_factory=asyncio.Lock)

    def people(self) -> list[DemoPerson]:
        """Everybody a visitor can be; the first cadre, secretary and admin worth being are featured."""
        names = {code: name for code, name, *_ in UNITS}
        featured: set[str] = set()
        found = []
        for person in self.cadres:
            role = _featured_role(person)
            shown: FeaturedRole = role if role not in featured else ""
            featured.add(shown)
            found.append(DemoPerson(person.code, person.name, person.title.label, names[person.unit], shown))
        return found

    async def become(self, chat_id: str, code: str) -> None:
        """Let the chat speak for the cadre: an invitation is made, opened and agreed to, as everybody does it."""
        db, clock = self.app.db, self.app.house.clock

        def invite(session: Session) -> str:
            if account_of(session, WEB, chat_id):
                return ""
            cadre = session.exec(select(Cadre).where(Cadre.code == code)).one()
            return create_invite(session, cadre.id or 0, None, clock.now())

        secret = await db.write(invite)
        if not secret:
            return
        for number, said in enumerate((f"/start {secret}", "Đồng ý")):
            await self._say(chat_id, f"{chat_id}:join:{number}", said)
        async with asyncio.timeout(JOIN_SECONDS):
            while not await db.read(lambda s: account_of(s, WEB, chat_id)):  # noqa: ASYNC110 - see below
                await asyncio.sleep(0.05)  # the worker may be another process: only the database knows

    async def _say(self, chat_id: str, update_id: str, text: str) -> None:
        body = update_body(chat_id, update_id, text=text)
        now = self.app.house.clock.now()
        await self.app.db.write(lambda session: store(session, [inbox_row(WEB, update_id, chat_id, body, now)]))
        self.app.inbox_bell.ring()

    async def advance(self) -> str:
        """Move the clock on to the next thing that the scheduler has to say to somebody."""
        async with self._moving:
            for _ in range(MOST_SILENT):
                at = next_after(self.app.house, self.now()).at
                await self._move_to(at)
                result = await self.app.tick()
                if result.queued:
                    return f"{self._spoken(at)}: bộ lịch vừa gửi {result.queued} tin."
            return f"{self._spoken(self.now())}: đến đây chưa ai đã tham gia cần được nhắc."

    async def _move_to(self, at: datetime) -> None:
        clock = self.app.house.clock
        clock.set_now(at + timedelta(seconds=1))
        row = AppState(name=OFFSET, value=str(clock.offset.total_seconds()))
        await self.app.db.write(lambda session: session.merge(row))

    def now(self) -> datetime:
        """The demo's present instant."""
        return self.app.house.clock.now()

    def _spoken(self, at: datetime) -> str:
        local = self.app.house.clock.local(at)
        return f"{capital(weekday(local.date()))}, {local:%H:%M}"


def _featured_role(person: Person) -> FeaturedRole:
    if person.right is Right.ADMIN:
        return "admin"
    if person.unit == "DCS1" and person.title is PositionTitle.SECRETARY:
        return "secretary"
    return "cadre" if person.unit == "DCS1" and person.title is PositionTitle.COMMITTEE_MEMBER else ""
