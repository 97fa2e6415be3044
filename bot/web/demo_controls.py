"""What the page needs of a demo: people to be, and a clock to move."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

FeaturedRole = Literal["cadre", "secretary", "admin", ""]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody a visitor can be; ``featured_role`` puts the person on one of the three large buttons."""

    code: str
    name: str
    role_label: str
    unit_name: str
    featured_role: FeaturedRole = ""


class DemoControls(Protocol):
    """The demo as the page steers it."""

    def people(self) -> list[DemoPerson]:
        """Everybody a visitor can be."""
        ...

    async def become(self, chat_id: str, code: str) -> None:
        """Let the chat ``chat_id`` speak for the cadre ``code``; the first time, the bot says something there."""
        ...

    async def advance(self) -> str:
        """Move the clock to the scheduler's next deed; one Vietnamese sentence says what happened."""
        ...

    def now(self) -> datetime:
        """The demo's present instant, aware."""
        ...
