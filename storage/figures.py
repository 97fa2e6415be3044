"""The figures of a report: what they are, and how they add up. Plain records, no database.

Every requirement has a natural period (week, month, year). A report over a period P, as at a cut-off
day, judges each requirement for the natural periods that end within P and have begun; where none
does (the year, in a monthly report), for the one that contains the cut-off, as it stands (``to_date``).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from storage.compliance.records import EntryRecord
from storage.compliance.results import Result
from storage.periods import Period
from storage.terms import Group, PositionTitle, Requirement, Status, UnitType

# Whoever has nothing yet of these while the period runs may be glad of a hand.
SOON_DUE = frozenset({Requirement.VOLUNTEER_HOURS, Requirement.ATTENDANCE})
# Forms are handed in on paper unless a unit collects them here: shown once one is recorded.
ON_PAPER = frozenset({Requirement.REGISTRATION, Requirement.SELF_REVIEW})
DUE = (Status.MET, Status.NOT_MET, Status.IN_PROGRESS)
# What a person's periods amount to: the first of these that occurs.
_GRAVEST_FIRST = (Status.NOT_MET, Status.IN_PROGRESS, Status.MET, Status.EXCUSED)


def is_due(result: Result) -> bool:
    """Whether the result counts for or against: an amount is asked for, and nothing excuses from it.

    Summoned meetings ask for no amount as long as no roll call says who was summoned (C-24).
    """
    return result.required is not None and result.status in DUE


def is_judged(result: Result) -> bool:
    """Whether the result is counted at all: due, or excused from what would be due."""
    return result.required is not None


def is_met_confirmed(result: Result) -> bool:
    """Whether what is confirmed would do by itself."""
    return result.required is not None and is_due(result) and result.confirmed >= result.required


@dataclass(frozen=True, slots=True)
class Score:
    """One requirement of one person over the report's period: a result for each natural period."""

    requirement: Requirement
    results: tuple[Result, ...]

    @property
    def status(self) -> Status:
        """Not met if any period was not; met only if every due one was."""
        found = {result.status for result in self.results if is_judged(result)}
        return next((status for status in _GRAVEST_FIRST if status in found), Status.NOT_APPLICABLE)

    @property
    def due(self) -> int:
        """How many periods are due: met, not met or still running."""
        return sum(map(is_due, self.results))

    @property
    def met(self) -> int:
        """How many of the due periods are met as declared."""
        return sum(is_due(result) and result.status is Status.MET for result in self.results)

    @property
    def met_confirmed(self) -> int:
        """How many of the due periods are met by confirmed entries alone."""
        return sum(map(is_met_confirmed, self.results))

    @property
    def declared(self) -> float:
        """The amounts declared, added up (hours, times, documents)."""
        return round(sum(result.declared for result in self.results), 2)

    @property
    def confirmed(self) -> float:
        """The amounts confirmed, added up."""
        return round(sum(result.confirmed for result in self.results), 2)

    @property
    def open_results(self) -> tuple[Result, ...]:
        """The periods in which a hand may be welcome: over and not met, or a running week or month with nothing."""
        return tuple(
            result
            for result in self.results
            if is_due(result)
            and (
                result.status is Status.NOT_MET
                or (self.requirement in SOON_DUE and result.status is Status.IN_PROGRESS and not result.declared)
            )
        )


@dataclass(frozen=True, slots=True)
class PersonFigures:
    """One cadre in a report, counted at ``unit``: the highest unit of the report in which they hold a position."""

    code: str
    name: str
    unit: str
    unit_name: str
    title: PositionTitle
    group: Group | None
    scores: dict[Requirement, Score]
    entries: tuple[EntryRecord, ...] = ()
    waiting: int = 0

    @property
    def obliged(self) -> bool:
        """Whether the plan binds this cadre (C-01) in the period."""
        return any(
            result.status is not Status.NOT_APPLICABLE for score in self.scores.values() for result in score.results
        )

    @property
    def needs(self) -> tuple[Score, ...]:
        """The requirements with which this cadre may need help."""
        return tuple(s for s in self.scores.values() if s.open_results and s.requirement not in ON_PAPER)


@dataclass(slots=True)
class Count:
    """One requirement of many people: people by status, and their periods (person-weeks, ...) by status."""

    people: Counter[Status] = field(default_factory=Counter)
    people_met_confirmed: int = 0
    periods: Counter[Status] = field(default_factory=Counter)
    periods_met_confirmed: int = 0
    declared: float = 0.0
    confirmed: float = 0.0

    @property
    def due(self) -> int:
        """How many people owe it in this period."""
        return sum(self.people[status] for status in DUE)

    @property
    def met(self) -> int:
        """How many people have met it, as declared."""
        return self.people[Status.MET]

    @property
    def periods_due(self) -> int:
        """How many periods of these people are due."""
        return sum(self.periods[status] for status in DUE)

    @property
    def periods_met(self) -> int:
        """How many of them are met, as declared."""
        return self.periods[Status.MET]

    def add(self, score: Score) -> None:
        """Count one person more."""
        self.people[score.status] += 1
        self.people_met_confirmed += 0 < score.due == score.met_confirmed
        self.periods.update(result.status for result in score.results if is_judged(result))
        self.periods_met_confirmed += score.met_confirmed
        self.declared = round(self.declared + score.declared, 2)
        self.confirmed = round(self.confirmed + score.confirmed, 2)

    def merge(self, other: "Count") -> None:
        """Count the people of ``other`` too."""
        self.people.update(other.people)
        self.people_met_confirmed += other.people_met_confirmed
        self.periods.update(other.periods)
        self.periods_met_confirmed += other.periods_met_confirmed
        self.declared = round(self.declared + other.declared, 2)
        self.confirmed = round(self.confirmed + other.confirmed, 2)


@dataclass(slots=True)
class UnitLine:
    """A unit's line: its people, or with everything below it, each person once."""

    code: str
    name: str
    type: UnitType
    depth: int
    people: int = 0
    obliged: int = 0
    waiting: int = 0
    need_help: int = 0
    counts: dict[Requirement, Count] = field(default_factory=lambda: {r: Count() for r in Requirement})

    def add(self, person: PersonFigures) -> None:
        """Count one person more."""
        self.people += 1
        self.obliged += person.obliged
        self.waiting += person.waiting
        self.need_help += bool(person.needs)
        for requirement, score in person.scores.items():
            self.counts[requirement].add(score)

    def merge(self, other: "UnitLine") -> None:
        """Count the people of ``other`` too."""
        self.people += other.people
        self.obliged += other.obliged
        self.waiting += other.waiting
        self.need_help += other.need_help
        for requirement, count in other.counts.items():
            self.counts[requirement].merge(count)


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """Everything a report of a unit shows. ``units`` are the unit and all below, superiors first, rolled up."""

    period: Period
    as_of: date
    judged: dict[Requirement, tuple[Period, ...]]
    own: UnitLine
    units: tuple[UnitLine, ...]
    children: tuple[UnitLine, ...]
    people: tuple[PersonFigures, ...]
    previous: UnitLine
    unit_names: dict[str, str]

    @property
    def total(self) -> UnitLine:
        """The unit with everything below it."""
        return self.units[0]

    @property
    def is_over(self) -> bool:
        """Whether the period is judged to its last day."""
        return self.as_of >= self.period.end

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """The requirements that somebody here owes in this period."""
        return tuple(
            requirement
            for requirement, count in self.total.counts.items()
            if count.declared or (requirement not in ON_PAPER and (count.due or count.people[Status.EXCUSED]))
        )

    def several(self, requirement: Requirement) -> bool:
        """Whether ``requirement`` is judged for more than one week or month here."""
        return len(self.judged[requirement]) > 1

    def to_date(self, requirement: Requirement) -> bool:
        """Whether ``requirement`` is asked over a longer time than the report's (a month in a week's) and is shown as
        it stands: to be named, and not to be compared with the period before."""
        length = self.period.end - self.period.start
        return any(p.end > self.period.end or p.end - p.start > length for p in self.judged[requirement])

    @property
    def in_need(self) -> tuple[PersonFigures, ...]:
        """Who may need help, by unit and name: never a ranking."""
        return tuple(person for person in self.people if person.needs)


def natural_periods(kind: str, period: Period, as_of: date) -> tuple[Period, ...]:
    """The natural periods of ``kind`` that a report over ``period`` judges (see the module's text)."""
    found = []
    current = Period.of(kind, period.start)
    while current.end <= period.end and current.start <= as_of:
        found.append(current)
        current = current.next()
    return tuple(found) or (Period.of(kind, as_of),)


def roll_up(rows: Sequence[UnitLine], parents: dict[str, str]) -> tuple[UnitLine, ...]:
    """``rows`` (superiors first, each with its own people) with the people of everything below added.

    The answer lists every unit before those below it, and those before the next unit beside it.
    """
    rolled = {row.code: _copy(row) for row in rows}
    below: dict[str | None, list[str]] = defaultdict(list)
    for row in rows:
        superior = parents.get(row.code)
        below[superior if superior in rolled else None].append(row.code)
    for row in reversed(rows):
        superior = parents.get(row.code)
        if superior in rolled:
            rolled[superior].merge(rolled[row.code])
    waiting, order = below[None][::-1], []
    while waiting:
        order.append(waiting.pop())
        waiting.extend(below[order[-1]][::-1])
    return tuple(rolled[code] for code in order)


def _copy(row: UnitLine) -> UnitLine:
    copied = UnitLine(row.code, row.name, row.type, row.depth)
    copied.merge(row)
    return copied


def totalled(code: str, name: str, kind: UnitType, people: Iterable[PersonFigures]) -> UnitLine:
    """One row of all ``people``."""
    row = UnitLine(code, name, kind, 0)
    for person in people:
        row.add(person)
    return row
