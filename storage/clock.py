"""What time it is for the people: local days of the plan's place, and the demo's movable clock."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from storage.database import db_now

DEFAULT_TIMEZONE = "Asia/Ho_Chi_Minh"


@dataclass(slots=True)
class Clock:
    """The wall clock, moved by ``offset`` (zero except in the demo), and the zone in which days begin."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(DEFAULT_TIMEZONE))
    offset: timedelta = timedelta(0)

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return datetime.now(UTC) + self.offset

    def shared_now(self, session: Session) -> datetime:
        """The present instant by the clock that all replicas share: what leases and due times are compared with."""
        return db_now(session) + self.offset

    def today(self) -> date:
        """The present local day."""
        return self.local_day(self.now())

    def local(self, instant: datetime) -> datetime:
        """``instant`` (aware) as local time."""
        return instant.astimezone(self.zone)

    def local_day(self, instant: datetime) -> date:
        """The local day of ``instant``: 06:30 on a Monday in Cần Thơ is a Monday."""
        return self.local(instant).date()

    def at(self, day: date, minute_of_day: int = 0) -> datetime:
        """The instant (aware UTC) at which ``minute_of_day`` of the local ``day`` begins."""
        start = datetime.combine(day, time(), self.zone)
        return (start + timedelta(minutes=minute_of_day)).astimezone(UTC)

    def set_now(self, instant: datetime) -> None:
        """Move the clock so that it reads ``instant`` (aware) now."""
        self.offset = instant - datetime.now(UTC)
