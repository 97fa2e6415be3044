"""A plan in use: the questions the rest of the program asks of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from storage.datafile import DataFileError, read_file
from storage.periods import Period, PeriodKind
from storage.plans.rulings import IMPLEMENTED
from storage.plans.schema import Clause, Deadline, PlanFile, RequirementRule
from storage.terms import Group, Level, PositionTitle, Requirement, UnitType

# The period of a requirement that a plan does not have: its results are listed all the same.
_PERIODS = {
    Requirement.VOLUNTEER_HOURS: PeriodKind.WEEK,
    Requirement.ATTENDANCE: PeriodKind.MONTH,
    Requirement.YOUTH_SHIRT: PeriodKind.MONTH,
    Requirement.SUMMONED_MEETINGS: PeriodKind.MONTH,
}

FOLDER = Path(__file__).parent
_CACHE_LIMIT = 2048
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Obligation:
    """What a plan asks of a group at a level for one requirement on one day.

    ``owed`` is False where it asks nothing or names no number; ``minimum`` is in the requirement's unit
    (hours, times, documents), None when not owed or when all occasions are meant (shirt, meetings).
    ``period`` is the one that contains the day.
    """

    requirement: Requirement
    clause: str | None
    period: Period
    owed: bool
    minimum: int | None


class Plan:
    """Answers from one plan file. Asking is cheap: answers are remembered per group, level and day."""

    def __init__(self, file: PlanFile) -> None:
        """Prepare look-ups over ``file``. ``level_turns`` are the days from which a unit type has another level."""
        self.file = file
        self.id = file.id
        self.rulings = {ruling: readings[0] for ruling, readings in IMPLEMENTED.items()}
        self.rulings |= {ruling.id: ruling.chosen for ruling in file.rulings}
        self.combine = self.rulings["I-1"]
        ends = {row.last + _DAY for row in file.level_for_quota if row.last is not None}
        turns = ends | {row.first for row in file.level_for_quota}
        self.level_turns = sorted(day for day in turns if file.in_force.holds(day - _DAY))
        self._rules = {rule.id: rule for rule in file.requirements}
        self._answers: dict[tuple[Group | None, Level | None, date], tuple[Obligation, ...]] = {}

    def in_force(self, on: date) -> bool:
        """Whether the plan is valid on ``on``."""
        return self.file.in_force.holds(on)

    def clause(self, clause_id: str) -> Clause:
        """The clause ``clause_id``. Raises KeyError when the plan has none."""
        return self.file.clauses[clause_id]

    def rule(self, requirement: Requirement) -> RequirementRule | None:
        """Title, unit and period of ``requirement``, and who owes it; None when the plan does not have it."""
        return self._rules.get(requirement)

    def period_of(self, requirement: Requirement) -> PeriodKind:
        """Over which kind of period ``requirement`` is measured."""
        rule = self._rules.get(requirement)
        return rule.period if rule else _PERIODS.get(requirement, PeriodKind.YEAR)

    def level_of(self, unit_type: UnitType, on: date) -> Level | None:
        """The quota level of ``unit_type`` on ``on``, None when it has none (districts after 2025-06-30)."""
        for row in self.file.level_for_quota:
            if row.unit_type is unit_type and row.holds(on):
                return row.level
        return None

    def group_of(self, title: PositionTitle, level: Level | None, *, full_time: bool) -> Group:
        """The group of one position (IV.2.2): full-time is always G1; ruling I-4 settles branch secretaries."""
        if full_time:
            return Group.G1
        for rule in self.file.groups:
            if title in rule.titles:
                if level in rule.levels:
                    return rule.group
                if level is Level.BRANCH and self.rulings["I-4"] == "first_group":
                    return rule.group
        return Group.G2

    def obligation(self, requirement: Requirement, group: Group | None, level: Level | None, on: date) -> Obligation:
        """What ``group`` at ``level`` owes of ``requirement`` on ``on``; with its clause even when nothing."""
        period = Period.of(self.period_of(requirement), on)
        rule = self._rules.get(requirement)
        if rule is None:
            return Obligation(requirement, None, period, False, None)
        clause = next((ask.clause for ask in rule.asks if ask.group is group), rule.asks[0].clause)
        owed, minimum = False, None
        if group is not None and self.in_force(on):
            for ask in rule.asks:
                value = next((v for v in ask.values if v.holds(on)), None)
                if value is not None and ask.concerns(group, level):
                    clause, owed = ask.clause, value.amount is not None
                    minimum = value.amount if isinstance(value.amount, int) else None
                    break
        return Obligation(requirement, clause, period, owed, minimum)

    def obligations(self, group: Group | None, level: Level | None, on: date) -> tuple[Obligation, ...]:
        """All eight requirements, in their order."""
        key = (group, level, on)
        found = self._answers.get(key)
        if found is None:
            if len(self._answers) >= _CACHE_LIMIT:
                self._answers.clear()
            found = tuple(self.obligation(requirement, group, level, on) for requirement in Requirement)
            self._answers[key] = found
        return found

    def minimum(self, requirement: Requirement, group: Group, level: Level | None, on: date) -> int | None:
        """The number asked for, in the requirement's unit; None where no number is asked (see ``obligation``)."""
        return self.obligation(requirement, group, level, on).minimum

    def deadlines(self, *, group: Group | None = None, unit_type: UnitType | None = None) -> tuple[Deadline, ...]:
        """The deadlines of a cadre of ``group``, or of a unit of ``unit_type``."""
        return tuple(
            deadline
            for deadline in self.file.deadlines
            if (group in deadline.groups if group is not None else unit_type in deadline.unit_types)
        )


def plan_files() -> tuple[Path, ...]:
    """The plan files that come with the program."""
    return tuple(sorted(FOLDER.glob("*.yaml")))


def read_plan(file: Path) -> Plan:
    """The plan in ``file``. Raises DataFileError naming file and line of every problem."""
    return Plan(read_file(file, PlanFile))


def validate(file: Path) -> tuple[str, ...]:
    """What is wrong with the plan in ``file``, as lines "file:line: problem"; empty when it is sound."""
    try:
        read_plan(file)
    except DataFileError as error:
        return error.problems
    return ()


@lru_cache(maxsize=8)
def load_plan(plan_id: str) -> Plan:
    """The plan ``plan_id`` that comes with the program. Raises DataFileError."""
    known = {file.stem: file for file in plan_files()}
    if plan_id not in known:
        raise DataFileError([f"không có kế hoạch {plan_id!r}; có: {', '.join(known)}"])
    return read_plan(known[plan_id])
