"""The shape of a plan file. Every value is dated and cites its clause; everything else is refused."""

from datetime import date, time, timedelta
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from storage.datafile import StrictModel
from storage.periods import Period, PeriodKind
from storage.plans.rulings import IMPLEMENTED
from storage.plans.sections import (
    Cited,
    ClauseId,
    Department,
    Listed,
    Name,
    Remedial,
    RemedialGroup,
    ReportTable,
    Round,
    Scope,
    Target,
    Text,
    each_once,
)
from storage.terms import Group, Level, PositionTitle, Requirement, UnitType

SCOPE = "scope"
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


class ClauseState(StrEnum):
    """What becomes of a clause in the product."""

    COMPUTED = "computed"
    WORKFLOW = "workflow"
    TEXT = "text"
    PEOPLE = "people"


class Clause(StrictModel):
    """A clause in our own short words. Empty ``groups`` and ``unit_types`` mean everybody.

    ``where`` names the requirements or targets that compute it ("scope" for whom they are about), or the commands
    that run or show it. What is left to people has a ``reason`` instead.
    """

    kind: ClauseKind
    section: Text
    text: Text
    groups: tuple[Group, ...] = ()
    unit_types: tuple[UnitType, ...] = ()
    state: ClauseState
    where: tuple[Text, ...] = ()
    reason: Text | None = None

    @model_validator(mode="after")
    def _says_where_or_why(self) -> Self:
        by_people = self.state is ClauseState.PEOPLE
        if by_people != (self.reason is not None) or by_people == bool(self.where):
            raise ValueError("điều để con người làm thì có reason, điều khác thì có where")
        commands = self.state in {ClauseState.WORKFLOW, ClauseState.TEXT}
        if any(name.startswith("/") != commands for name in self.where):
            raise ValueError("where là lệnh (/…) với workflow và text, là nội dung tính với computed")
        return self


class QuotaLevel(Dated):
    """The level of a unit type; null when the type has none any more."""

    unit_type: UnitType
    level: Level | None


class GroupRule(Cited):
    """Who belongs to a group by office held: one of ``titles`` in a unit of one of ``levels``."""

    group: Group
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


class Holder(StrEnum):
    """Which units owe a deadline: the one that the plan is active for, those right below it, or it and all below."""

    SELF = "self"
    DIRECT = "direct"
    EVERY = "every"


class Deadline(Cited):
    """Something due every period: on ``month``/``day`` of the year, or with the end of a shorter period.

    ``inclusive`` tells "chậm nhất" (that day, or that minute, still counts) from "trước ngày" (it does not any more).
    A yearly deadline whose month is null is still to be set by whoever issues the plan. ``years`` are the only years
    of a one-off. Owners are cadres (``groups``) or units (``unit_types``, ``holder``), where ``departments`` do the
    work; ``receiver`` is who waits for it, in words.
    """

    id: Text
    title: Text
    every: PeriodKind
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    hour: time | None = Field(alias="time", default=None)
    inclusive: bool = True
    opens: Annotated[int, Field(ge=1, le=12)] | None = None
    years: tuple[int, ...] = ()
    groups: tuple[Group, ...] = ()
    unit_types: tuple[UnitType, ...] = ()
    holder: Holder | None = None
    departments: tuple[Name, ...] = ()
    receiver: Text | None = None
    source: Text

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.month is None) != (self.day is None):
            raise ValueError("month và day phải cùng có hoặc cùng null")
        if self.month is not None and self.day is not None:
            if self.every is not PeriodKind.YEAR:
                raise ValueError("chỉ việc hằng năm mới có month và day")
            date(2027, self.month, self.day)
        if self.years and self.month is None:
            raise ValueError("việc một lần phải có month và day")
        if not self.groups and not self.is_of_units:
            raise ValueError("phải nêu ai làm: groups, unit_types hoặc holder")
        return self

    @property
    def is_of_units(self) -> bool:
        """Whether units owe it, rather than cadres."""
        return bool(self.unit_types) or self.holder is not None

    @property
    def is_set(self) -> bool:
        """Whether the plan gives a day."""
        return self.every is not PeriodKind.YEAR or self.month is not None

    def last_day(self, period: Period, *, moved: int = 0) -> date | None:
        """The last day on which it is still in time in ``period`` (of kind ``every``), None when not set.

        ``moved`` is by how many years a template runs later than its document.
        """
        if not self.is_set or (self.years and period.start.year - moved not in self.years):
            return None
        if self.month is None or self.day is None:
            return period.end
        due = date(period.start.year, self.month, self.day)
        return due if self.inclusive or self.hour else due - timedelta(days=1)


class Role(StrEnum):
    """Whether a plan can measure people, or only lends its calendar and lists to a unit that activates it."""

    BINDS = "binds"
    TEMPLATE = "template"


class PlanFile(StrictModel):
    """A whole plan file, with its references checked."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    title: Text
    issuer: Text
    document: Text
    reviewed: date
    role: Role
    in_force: Dated
    scope: Scope
    level_for_quota: tuple[QuotaLevel, ...] = ()
    groups: tuple[GroupRule, ...] = ()
    requirements: tuple[RequirementRule, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    departments: tuple[Department, ...] = ()
    contents: Listed | None = None
    dos: Listed | None = None
    donts: Listed | None = None
    responsibilities: Listed | None = None
    sources: Listed | None = None
    ratings: Listed | None = None
    targets: tuple[Target, ...] = ()
    deadlines: tuple[Deadline, ...]
    rounds: tuple[Round, ...] = ()
    remedial: Remedial | None = None
    report_tables: tuple[ReportTable, ...] = ()
    clauses: dict[ClauseId, Clause]

    @model_validator(mode="after")
    def _references(self) -> Self:
        if unknown := sorted(set(self._cited()) - set(self.clauses)):
            raise ValueError(f"điều khoản không có trong clauses: {', '.join(unknown)}")
        each_once("requirements", (rule.id for rule in self.requirements))
        each_once("rulings", (ruling.id for ruling in self.rulings))
        each_once("deadlines", (deadline.id for deadline in self.deadlines))
        each_once("targets", (target.id for target in self.targets))
        each_once("departments", (department.id for department in self.departments))
        for number, row in enumerate(self.level_for_quota):
            if any(
                row.unit_type is other.unit_type and _overlap(row, other) for other in self.level_for_quota[:number]
            ):
                raise ValueError(f"level_for_quota: hai dòng cùng hiệu lực cho {row.unit_type} từ {row.first}")
        return self

    @model_validator(mode="after")
    def _names(self) -> Self:
        departments = {department.id for department in self.departments}
        named = {name for deadline in self.deadlines for name in deadline.departments}
        named |= {name for group in self._remedial_groups for name in (group.lead, *group.joint)}
        if unknown := sorted(named - departments):
            raise ValueError(f"không có ban: {', '.join(unknown)}")
        deadlines = {deadline.id for deadline in self.deadlines}
        of_steps = {step.deadline for one in self.rounds for step in one.steps if step.deadline}
        of_targets = {target.deadline for target in self.targets if target.deadline}
        if unknown := sorted((of_steps | of_targets) - deadlines):
            raise ValueError(f"không có hạn: {', '.join(unknown)}")
        computed = {SCOPE, *(rule.id for rule in self.requirements), *(target.id for target in self.targets)}
        for name, clause in self.clauses.items():
            if clause.state is ClauseState.COMPUTED and (missing := sorted(set(clause.where) - computed)):
                raise ValueError(f"{name}: không có nội dung tính {', '.join(missing)}")
        return self

    @property
    def _remedial_groups(self) -> tuple[RemedialGroup, ...]:
        return self.remedial.groups if self.remedial is not None else ()

    def _cited(self) -> list[str]:
        """Every clause that a value of the plan names."""
        lists = (self.contents, self.dos, self.donts, self.responsibilities, self.sources, self.ratings, self.remedial)
        parts: list[Cited] = [self.scope, *self.groups, *self.deadlines, *self.targets, *self.rounds]
        parts += [*self.report_tables, *self._remedial_groups, *(one for one in lists if one is not None)]
        cited = [part.clause for part in parts]
        cited += [ask.clause for rule in self.requirements for ask in rule.asks]
        cited += [clause for ruling in self.rulings for clause in ruling.clauses]
        return cited + [step.clause for one in self.rounds for step in one.steps]


def _overlap(one: Dated, other: Dated) -> bool:
    return one.holds(other.first) or other.holds(one.first)
