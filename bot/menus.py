"""The command menu of each Telegram chat: what its cadre may ask, set again when a position brings other rights."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from sqlmodel import Session, col, select

from bot.channels.base import Outcome, SendFailed
from handlers.commands import Audience
from handlers.registry import commands_for
from handlers.turn import House
from storage.access import load_actors
from storage.database import Database
from storage.models import Account, AppState

log = logging.getLogger(__name__)

LOOK_AGAIN_SECONDS = 30.0
MOST_AT_ONCE = 200
EVERYBODY = ""


@runtime_checkable
class Menus(Protocol):
    """A channel with a command menu."""

    @property
    def name(self) -> str:
        """The channel's name in the database."""
        ...

    async def set_menu(self, commands: list[tuple[str, str]], chat_id: str = "") -> None:
        """Show ``commands`` in one chat, or in all that have no menu of their own. Raises :class:`SendFailed`."""
        ...


@dataclass(frozen=True, slots=True)
class MenuKeeper:
    """Keeps menus in step with rights."""

    db: Database
    house: House
    channel: Menus

    async def run(self) -> None:
        """Look every half minute, until cancelled."""
        while True:
            for chat_id, audience in await self.db.read(self._out_of_step):
                try:
                    await self.channel.set_menu(menu_of(audience), chat_id)
                except SendFailed as failure:
                    log.warning("menus: %s; trying again later", failure)
                    if failure.outcome not in {Outcome.BLOCKED, Outcome.PERMANENT}:
                        break
                await self._remember(chat_id, audience)
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    def _out_of_step(self, session: Session) -> list[tuple[str, Audience]]:
        accounts = session.exec(select(Account).where(Account.channel == self.channel.name)).all()
        actors = load_actors(session, {a.cadre_id for a in accounts}, self.house.clock.today())
        wanted = {a.chat_id: Audience.of_actor(actors.get(a.cadre_id)) for a in accounts}
        wanted[EVERYBODY] = Audience.ANYONE
        prefix = self._key("")
        shown = {
            row.name.removeprefix(prefix): row.value
            for row in session.exec(select(AppState).where(col(AppState.name).startswith(prefix)))
        }
        return [pair for pair in wanted.items() if shown.get(pair[0]) != _mark(pair[1])][:MOST_AT_ONCE]

    async def _remember(self, chat_id: str, audience: Audience) -> None:
        row = AppState(name=self._key(chat_id), value=_mark(audience))
        await self.db.write(lambda session: session.merge(row))

    def _key(self, chat_id: str) -> str:
        return f"menu.{self.channel.name}:{chat_id}"


def menu_of(audience: Audience) -> list[tuple[str, str]]:
    """The names and help of the commands that ``audience`` is shown."""
    return [(command.name, command.help or command.label) for command in commands_for(audience)]


def _mark(audience: Audience) -> str:
    """Changes when the audience or its commands do, so a new release shows its commands."""
    return f"{audience.name} {' '.join(name for name, _ in menu_of(audience))}"
