"""A turn: everything a handler may use to answer one message."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from handlers.messages import Capabilities, Inbound
from storage.access import Actor
from storage.clock import Clock
from storage.remembering import RememberedFigures

if TYPE_CHECKING:
    from storage.calendar import WorkCalendar
    from storage.plans import Plan

BUTTONS_AND_FILES = Capabilities()


@dataclass(slots=True)
class House:
    """What is the same for every message: the plan in force, the calendar, the clock, the public addresses.

    ``telegram_username`` is learnt from Telegram once it answers; until then links to the bot cannot be made.
    """

    plan: "Plan"
    calendar: "WorkCalendar"
    clock: Clock
    public_url: str = ""
    telegram_username: str = ""
    capabilities: dict[str, Capabilities] = field(default_factory=dict)
    remembered: RememberedFigures = field(default_factory=RememberedFigures, repr=False, compare=False)


@dataclass(slots=True)
class Turn:
    """One message being answered, inside one transaction.

    ``draft`` is what the present flow has gathered (JSON values only); the flow engine keeps it.
    ``actor`` is the cadre whose chat it is, None before joining. ``shown`` are the cadres whose data the answer shows.
    """

    session: Session
    house: House
    now: datetime
    inbound: Inbound
    actor: Actor | None = None
    draft: dict[str, Any] = field(default_factory=dict)
    inbox_seq: int | None = None
    shown: set[int] = field(default_factory=set)

    def shows(self, *cadre_ids: int) -> None:
        """Note that the answer shows data of these cadres: it is recorded who was shown whose."""
        self.shown.update(cadre_ids)

    @property
    def today(self) -> date:
        """The local day of the message."""
        return self.house.clock.local_day(self.now)

    @property
    def capabilities(self) -> Capabilities:
        """What the channel of the message can show."""
        return self.house.capabilities.get(self.inbound.channel, BUTTONS_AND_FILES)

    @property
    def cadre(self) -> Actor:
        """The actor, where the router has already made sure that there is one."""
        if self.actor is None:
            raise LookupError("no cadre speaks in this chat")
        return self.actor
