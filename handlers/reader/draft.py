"""What an entry is made from and what it is while it is being made."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from handlers.reader.results import ReadEntry, Reason, UnitName
from handlers.reader.tags import Mark
from handlers.reader.tokens import Token
from storage.calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole message is read against. ``now`` is local."""

    tokens: Sequence[Token]
    now: datetime
    calendar: WorkCalendar
    units: Sequence[UnitName]
    ambient: str | None

    def words(self, mark: Mark) -> str:
        """The folded words of a mark."""
        return " ".join(token.word for token in self.tokens[mark.first : mark.end])


@dataclass(slots=True)
class Draft:
    """An entry in the making; ``doubts`` are reasons to ask with the names of what is missing."""

    entry: ReadEntry
    doubts: list[tuple[Reason, tuple[str, ...]]] = field(default_factory=list)
    uncounted: bool = False

    def doubt(self, reason: Reason, *missing: str) -> None:
        """Note a reason to ask."""
        self.doubts.append((reason, missing))
