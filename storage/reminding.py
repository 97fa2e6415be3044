"""Who is to be reminded of what. One rule for two: the scheduler, which decides, and the text, made when it is sent."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol, Self

from sqlalchemy import and_, select
from sqlmodel import Session, col

from storage.access import in_force, valid_on
from storage.calendar import WorkCalendar
from storage.clock import Clock
from storage.compliance.records import PersonRecord
from storage.compliance.results import Result
from storage.models import (
    Account,
    Cadre,
    DeadlineState,
    DeadlineSubmission,
    Position,
    Preference,
    UnitVersion,
)
from storage.periods import Period, PeriodKind
from storage.plans import Plan
from storage.plans.schema import Deadline
from storage.terms import EntryKind, EntryState, PositionTitle, Requirement, Status, UnitType

QUIET_FROM = 21 * 60
QUIET_UNTIL = 6 * 60 + 30
_OPEN = {Status.IN_PROGRESS, Status.NOT_MET}
_NOT_WORN = {EntryState.RETURNED, EntryState.DELETED}


class HouseRules(Protocol):
    """What a rule of reminding asks of its surroundings."""

    @property
    def plan(self) -> Plan:
        """The plan in force."""

    @property
    def calendar(self) -> WorkCalendar:
        """Its working days."""

    @property
    def clock(self) -> Clock:
        """The clock and the zone of its days."""


class Subject(StrEnum):
    """What a reminder can be about."""

    WEEK_NUDGE = "week_nudge"
    WEEK_LAST_CALL = "week_last_call"
    MONTH_PACE = "month_pace"
    MONTH_SOON = "month_soon"
    MONTH_END = "month_end"
    SHIRT = "shirt"
    DEADLINE = "deadline"


_REQUIREMENTS = {
    Subject.WEEK_NUDGE: Requirement.VOLUNTEER_HOURS,
    Subject.WEEK_LAST_CALL: Requirement.VOLUNTEER_HOURS,
    Subject.MONTH_PACE: Requirement.ATTENDANCE,
    Subject.MONTH_SOON: Requirement.ATTENDANCE,
    Subject.MONTH_END: Requirement.ATTENDANCE,
    Subject.SHIRT: Requirement.YOUTH_SHIRT,
}
# A deadline with the name of a requirement is a cadre's own; the others are a unit's.
_PERSONAL = {requirement.value: requirement for requirement in Requirement}


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject raised on the local day ``day``; ``deadline`` is the plan's id of one."""

    subject: Subject
    day: date
    deadline: str = ""

    @property
    def code(self) -> str:
        """As text: "week_nudge 2026-11-19", "deadline 2026-12-17 initiative"."""
        return f"{self.subject.value} {self.day.isoformat()} {self.deadline}".rstrip()

    @classmethod
    def parse(cls, code: str) -> Self:
        """The topic written as ``code``. Raises ValueError."""
        subject, day, *deadline = code.split(" ", 2)
        return cls(Subject(subject), date.fromisoformat(day), *deadline)

    @property
    def requirement(self) -> Requirement | None:
        """What is asked of the cadre, None for a unit's deadline."""
        if self.subject is not Subject.DEADLINE:
            return _REQUIREMENTS[self.subject]
        return _PERSONAL.get(self.deadline)

    @property
    def thing(self) -> str:
        """What is lacking: two topics about one thing need only be told once."""
        return self.requirement or self.deadline

    def last_day(self, plan: Plan) -> date:
        """The last day on which it helps to speak of it. Raises LookupError for a deadline the plan does not have."""
        if self.subject is Subject.SHIRT:
            return self.day
        if self.subject is Subject.DEADLINE:
            return last_day_from(deadline_of(plan, self.deadline), self.day) or self.day
        weekly = self.subject in {Subject.WEEK_NUDGE, Subject.WEEK_LAST_CALL}
        return Period.of(PeriodKind.WEEK if weekly else PeriodKind.MONTH, self.day).end


def deadline_of(plan: Plan, deadline_id: str) -> Deadline:
    """The deadline ``deadline_id``. Raises LookupError."""
    found = next((deadline for deadline in plan.file.deadlines if deadline.id == deadline_id), None)
    if found is None:
        raise LookupError(f"the plan {plan.id} has no deadline {deadline_id!r}")
    return found


def last_day_from(deadline: Deadline, day: date) -> date | None:
    """The next last day of ``deadline``, ``day`` included; None where the plan names none."""
    period = Period.of(deadline.every, day)
    last_days = (deadline.last_day(one) for one in (period, period.next()))
    return next((last for last in last_days if last is not None and last >= day), None)


def first_day_asked(topics: Iterable[Topic], day: date) -> date:
    """From which day on entries must be known to judge ``topics`` on ``day``."""
    yearly = any(topic.subject is Subject.DEADLINE for topic in topics)
    starts = [Period.of(kind, day).start for kind in (PeriodKind.WEEK, PeriodKind.MONTH)]
    return min([*starts, Period.of(PeriodKind.YEAR, day).start] if yearly else starts)


def wants_reminding(topic: Topic, person: PersonRecord, result: Result | None) -> bool:
    """Whether ``person`` still lacks what ``topic`` is about: never when it is met, excused or not asked for.

    ``result`` is that of the topic's requirement; None for a unit's deadline, of which nobody reports the end.
    """
    if result is None:
        return True
    if topic.subject is Subject.SHIRT:
        worn = any(
            entry.kind is EntryKind.YOUTH_SHIRT and entry.day == topic.day and entry.state not in _NOT_WORN
            for entry in person.entries
        )
        return not worn and result.status is not Status.NOT_APPLICABLE
    if result.status not in _OPEN:
        return False
    if topic.subject is Subject.WEEK_NUDGE:
        return result.declared == 0
    if topic.subject is Subject.MONTH_PACE:
        length = monthrange(topic.day.year, topic.day.month)[1]
        return result.declared * length < (result.required or 0) * topic.day.day
    return True


@dataclass(frozen=True, slots=True)
class Recipient:
    """A cadre who can be written to: the chat last used, and the hours and days at which reminders are welcome."""

    cadre_id: int
    code: str
    name: str
    channel: str
    chat_id: str
    joined_at: datetime
    preference: Preference

    def is_paused(self, day: date) -> bool:
        """Whether this person asked for silence on ``day``."""
        until = self.preference.paused_until
        return until is not None and day <= until

    def next_welcome(self, clock: Clock, instant: datetime) -> datetime:
        """``instant``, or when it falls into quiet hours the first minute after it that does not."""
        local = clock.local(instant)
        minute = local.hour * 60 + local.minute
        first = max(self.preference.earliest_minute, QUIET_UNTIL)
        last = min(self.preference.latest_minute, QUIET_FROM - 1)
        if minute < first:
            return clock.at(local.date(), first)
        if minute > last:
            return clock.at(local.date() + timedelta(days=1), first)
        return instant


def recipients(session: Session, cadre_ids: Iterable[int] | None = None) -> list[Recipient]:
    """The cadres (all when None) who joined and can be reached, each once, in the order of their codes."""
    chat = (col(Account.channel), col(Account.chat_id), col(Account.joined_at))
    query = (
        select(col(Cadre.id), col(Cadre.code), col(Cadre.full_name), *chat, Preference)
        .join(Account, col(Account.cadre_id) == col(Cadre.id))
        .outerjoin(Preference, col(Preference.cadre_id) == col(Cadre.id))
        .where(col(Account.unreachable_since).is_(None))
        .order_by(col(Cadre.code), col(Account.last_used_at).desc(), col(Account.id).desc())
    )
    if cadre_ids is not None:
        query = query.where(col(Cadre.id).in_(list(cadre_ids)))
    found: dict[int, Recipient] = {}
    for cadre_id, code, name, channel, chat_id, joined_at, preference in session.execute(query):
        last_used = found.get(cadre_id)
        if last_used is None:
            settings = preference or Preference(cadre_id=cadre_id)
            found[cadre_id] = Recipient(cadre_id, code, name, channel, chat_id, joined_at, settings)
        elif joined_at < last_used.joined_at:
            found[cadre_id] = replace(last_used, joined_at=joined_at)
    return list(found.values())


def put_off_until(session: Session, after: datetime, until: datetime) -> list[int]:
    """The cadres who put their reminders off until a moment later than ``after`` and not later than ``until``."""
    snoozed = col(Preference.snoozed_until)
    query = select(col(Preference.cadre_id)).where(snoozed > after, snoozed <= until)
    return [cadre_id for cadre_id in session.execute(query).scalars() if cadre_id is not None]


def secretaries(session: Session, plan: Plan, topics: Iterable[Topic], day: date) -> Mapping[str, frozenset[int]]:
    """For each unit's deadline among ``topics``, the secretaries (of the bloc, C-01) who answer for it on ``day``.

    Those whose unit has handed it in, and need not do so again, have nothing to answer for.
    """
    names = {topic.deadline for topic in topics if topic.requirement is None}
    kinds = {name: frozenset(deadline_of(plan, name).unit_types) for name in names}
    wanted: set[UnitType] = set().union(*kinds.values())
    if not wanted:
        return {}
    query = (
        select(col(Position.cadre_id), col(Position.unit_id), col(UnitVersion.type))
        .join(UnitVersion, and_(col(UnitVersion.unit_id) == col(Position.unit_id), valid_on(day)))
        .where(
            in_force(day),
            col(Position.title) == PositionTitle.SECRETARY,
            col(Position.public_sector).is_(True),
            col(UnitVersion.type).in_(wanted),
        )
    )
    held = session.execute(query).all()
    done = _handed_in(session, plan, names, day)
    return {
        name: frozenset(cadre for cadre, unit, kind in held if kind in types and (name, unit) not in done)
        for name, types in kinds.items()
    }


def _handed_in(session: Session, plan: Plan, names: Iterable[str], day: date) -> set[tuple[str, int]]:
    """Deadline and unit of what was handed in, and not returned, in the period that ends next."""
    periods = {name: _period_of(deadline_of(plan, name), day) for name in names}
    row = DeadlineSubmission
    query = select(col(row.deadline_id), col(row.period_key), col(row.unit_id)).where(
        col(row.plan_id) == plan.id, col(row.deadline_id).in_(periods), col(row.state) != DeadlineState.RETURNED
    )
    return {(name, unit) for name, period, unit in session.execute(query) if periods[name] == period}


def _period_of(deadline: Deadline, day: date) -> str:
    """The key of the period whose last day comes next."""
    period = Period.of(deadline.every, day)
    last = deadline.last_day(period)
    return (period if last is not None and last >= day else period.next()).key


def may_concern(who: Recipient, topic: Topic, answerable: Mapping[str, frozenset[int]]) -> bool:
    """Shirts concern those who asked for it, a unit's deadline its ``answerable`` secretaries, the rest anybody."""
    if topic.subject is Subject.SHIRT:
        return who.preference.shirt_reminder
    return topic.requirement is not None or who.cadre_id in answerable.get(topic.deadline, ())
