"""A clock that only moves when it is told to."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from storage.clock import DEFAULT_TIMEZONE, Clock


class FrozenClock(Clock):
    """Stands at ``instant``."""

    def __init__(self, instant: datetime) -> None:
        super().__init__(ZoneInfo(DEFAULT_TIMEZONE))
        self.instant = instant.astimezone(UTC)

    def now(self) -> datetime:
        """The instant at which the clock stands."""
        return self.instant

    def shared_now(self, session: Session) -> datetime:
        """The same instant, whatever the database's clock says."""
        return self.instant

    def set_now(self, instant: datetime) -> None:
        """Stand at ``instant`` from here on."""
        self.instant = instant.astimezone(UTC)

    def move(self, **by: float) -> None:
        """Go forward by ``timedelta(**by)``."""
        self.instant += timedelta(**by)
