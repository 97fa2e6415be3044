"""The shape of a plan file. Every value is dated and cites its clause; everything else is refused."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from storage.datafile import StrictModel
from storage.periods import Period, PeriodKind
from storage.plans.rulings import IMPLEMENTED
from storage.terms import Group, Level, PositionTitle, Requirement, UnitType

Text = Annotated[str, Field(min_length=1)]
ClauseId = Annotated[str, Field(pattern=r"^[A-Z]+-\d{2}$")]
Amount = Annotated[int, Field(ge=1)] | Literal["all"] | None


class Dated(StrictModel):
    """Valid from one day to another, both included; open when ``to`` is null."""

    first: date = Field(alias="from")
    last: date | None = Field(alias="to", default=None)
    source: Text

    def holds(self, day: date) -> bool:
        """Whether this is valid on ``day``."""
        return self.first <= day and (self.last is None or day <= self.last)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last is not None and self.last < self.first:
            raise ValueError("'to' đứng trước 'from'")
        return self


class ClauseKind(StrEnum):
    """How a clause can be followed: computed per person, per unit, a task, a report, or shown as text only."""

    PERSON = "P"
    UNIT = "U"
    TASK = "W"
    REPORT = "R"
    TEXT = "Q"


class Clause(StrictModel):
    """A clause in our own short words. Empty ``groups`` and ``unit_types`` mean everybody."""

    kind: ClauseKind
    section: Text
    text: Text
    groups: tuple[Group, ...] = ()
    unit_types: tuple[UnitType, ...] = ()


class QuotaLevel(Dated):
    """The level of a unit type; null when the type has none any more."""

    unit_type: UnitType
    level: Level | None


class GroupRule(StrictModel):
    """Who belongs to a group by office held: one of ``titles`` in a unit of one of ``levels``."""

    group: Group
    clause: ClauseId
    titles: tuple[PositionTitle, ...]
    levels: tuple[Level, ...]


class Value(Dated):
    """The minimum: a number, ``all``, or an explicit null where the plan names no number."""

    amount: Amount


class Ask(StrictModel):
    """What one group owes at some levels (``any`` where the level does not matter)."""

    group: Group
    levels: tuple[Level, ...] | Literal["any"]
    clause: ClauseId
    values: Annotated[tuple[Value, ...], Field(min_length=1)]

    def concerns(self, group: Group, level: Level | None) -> bool:
        """Whether this is the line for ``group`` at ``level``."""
        return self.group is group and (self.levels == "any" or level in self.levels)


class RequirementRule(StrictModel):
    """One measure of a cadre: its period, its unit, and who owes how much."""

    id: Requirement
    title: Text
    unit: Text
    period: PeriodKind
    asks: Annotated[tuple[Ask, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _one_answer_a_day(self) -> Self:
        answers = [
            (ask.group, level, value)
            for ask in self.asks
            for level in ((None, *Level) if ask.levels == "any" else ask.levels)
            for value in ask.values
        ]
        for number, (group, level, value) in enumerate(answers):
            for other_group, other_level, other in answers[:number]:
                if (group, level) == (other_group, other_level) and _overlap(value, other):
                    raise ValueError(f"hai giá trị cùng hiệu lực cho {group}/{level} từ {value.first}")
        return self


class Ruling(StrictModel):
    """A reading of an ambiguous clause, with the readings it could have been."""

    id: Annotated[str, Field(pattern=r"^I-\d+$")]
    clauses: tuple[ClauseId, ...]
    question: Text
    chosen: Text
    readings: dict[str, Text]
    to_confirm: bool = False

    @model_validator(mode="after")
    def _chosen_is_implemented(self) -> Self:
        if self.id not in IMPLEMENTED:
            raise ValueError(f"không có cách hiểu nào mang mã {self.id}")
        if self.chosen not in self.readings:
            raise ValueError(f"{self.id}: {self.chosen!r} không nằm trong readings")
        if self.chosen not in IMPLEMENTED[self.id]:
            known = ", ".join(IMPLEMENTED[self.id])
            raise ValueError(f"{self.id}: chương trình chưa tính được cách {self.chosen!r}; dùng được: {known}")
        return self


class Deadline(StrictModel):
    """Something due every period: on ``month``/``day`` of the year, or with the end of a shorter period.

    ``inclusive`` tells "chậm nhất" (that day still counts) from "trước ngày" (it does not any more).
    A yearly deadline whose month is null is still to be set by whoever issues the plan.
    """

    id: Text
    clause: ClauseId
    title: Text
    every: PeriodKind
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    hour: time | None = Field(alias="time", default=None)
    inclusive: bool = True
    groups: tuple[Group, ...] = ()
    unit_types: tuple[UnitType, ...] = ()
    source: Text

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.month is None) != (self.day is None):
            raise ValueError("month và day phải cùng có hoặc cùng null")
        if self.month is not None and self.day is not None:
            if self.every is not PeriodKind.YEAR:
                raise ValueError("chỉ việc hằng năm mới có month và day")
            date(2028, self.month, self.day)
        return self

    @property
    def is_set(self) -> bool:
        """Whether the plan gives a day."""
        return self.every is not PeriodKind.YEAR or self.month is not None

    def last_day(self, period: Period) -> date | None:
        """The last day on which it is still in time in ``period`` (of kind ``every``), None when not set."""
        if not self.is_set:
            return None
        if self.month is None or self.day is None:
            return period.end
        due = date(period.start.year, self.month, self.day)
        return due if self.inclusive else due - timedelta(days=1)


class PlanFile(StrictModel):
    """A whole plan file, with its references checked."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    title: Text
    issuer: Text
    document: Text
    reviewed: date
    in_force: Dated
    clauses: dict[ClauseId, Clause]
    level_for_quota: tuple[QuotaLevel, ...]
    groups: tuple[GroupRule, ...]
    requirements: tuple[RequirementRule, ...]
    rulings: tuple[Ruling, ...]
    deadlines: tuple[Deadline, ...]

    @model_validator(mode="after")
    def _references(self) -> Self:
        cited = [rule.clause for rule in self.groups]
        cited += [ask.clause for rule in self.requirements for ask in rule.asks]
        cited += [clause for ruling in self.rulings for clause in ruling.clauses]
        cited += [deadline.clause for deadline in self.deadlines]
        if unknown := sorted(set(cited) - set(self.clauses)):
            raise ValueError(f"điều khoản không có trong clauses: {', '.join(unknown)}")
        _each_once("requirements", (rule.id for rule in self.requirements))
        _each_once("rulings", (ruling.id for ruling in self.rulings))
        _each_once("deadlines", (deadline.id for deadline in self.deadlines))
        for number, row in enumerate(self.level_for_quota):
            if any(
                row.unit_type is other.unit_type and _overlap(row, other) for other in self.level_for_quota[:number]
            ):
                raise ValueError(f"level_for_quota: hai dòng cùng hiệu lực cho {row.unit_type} từ {row.first}")
        return self


def _overlap(one: Dated, other: Dated) -> bool:
    return one.holds(other.first) or other.holds(one.first)


def _each_once(what: str, ids: Iterable[str]) -> None:
    if repeated := sorted(item for item, count in Counter(ids).items() if count > 1):
        raise ValueError(f"{what}: lặp lại {', '.join(repeated)}")
