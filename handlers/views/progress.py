"""One cadre's progress as text and as the data of its picture: both from the same evaluation."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from handlers.texts import progress as texts
from handlers.turn import House
from handlers.views.progress_chart import Bar, Picture, Section
from storage.compliance import Explanation, Result, explain
from storage.compliance.records import EntryRecord, PersonRecord
from storage.periods import Period, PeriodKind
from storage.plans import Plan
from storage.records_of import load_person, load_tree
from storage.terms import EntryState, Requirement, Status

KINDS = (PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.YEAR)
OPEN = {Status.IN_PROGRESS, Status.NOT_MET}


@dataclass(frozen=True, slots=True)
class Progress:
    """How one cadre stands at the end of the day ``on``, with the grounds."""

    plan: Plan
    person: PersonRecord
    on: date
    explanations: tuple[Explanation, ...]
    calendar_known: bool

    def of(self, requirement: Requirement) -> Explanation:
        """The explanation of ``requirement``."""
        return next(found for found in self.explanations if found.result.requirement is requirement)

    def in_periods(self, kind: PeriodKind) -> list[Explanation]:
        """The explanations of the requirements that are due by week, month or year."""
        return [found for found in self.explanations if found.result.period.kind is kind]

    def entry(self, entry_id: int) -> EntryRecord:
        """One of the person's entries."""
        return next(entry for entry in self.person.entries if entry.id == entry_id)

    @property
    def owes_nothing(self) -> bool:
        """Whether the plan asks nothing at all of this person."""
        return all(found.result.status is Status.NOT_APPLICABLE for found in self.explanations)

    def unmet(self, kinds: tuple[PeriodKind, ...] = KINDS) -> list[Result]:
        """What can still be done, or could have been, in the periods of ``kinds`` (the two forms aside)."""
        results = (found.result for found in self.explanations if found.gap)
        return [result for result in results if result.period.kind in kinds and result.requirement not in texts.FORMS]


def look(session: Session, house: House, cadre_id: int, on: date) -> Progress:
    """Evaluate one cadre with everything that touches the week, the month and the year of ``on``."""
    week, year = Period.of(PeriodKind.WEEK, on), Period.of(PeriodKind.YEAR, on)
    person = load_person(session, cadre_id, min(week.start, year.start), max(week.end, year.end))
    explanations = explain(house.plan, load_tree(session), house.calendar, person, on)
    known = all(house.calendar.covers(day) for day in (week.start, on, week.end))
    return Progress(house.plan, person, on, explanations, known)


def text(progress: Progress, kinds: tuple[PeriodKind, ...] = KINDS, *, closed: bool = False) -> str:
    """A block for each period, a line for each requirement, and what is missing unless the period is ``closed``."""
    blocks = [texts.heading(progress.person.name, progress.on)]
    for kind in kinds:
        found = progress.in_periods(kind)
        lines = [line for explanation in found for line in _lines(progress.plan, explanation, closed)]
        blocks.append("\n".join((texts.section(found[0].result.period).upper(), *lines)))
    if closed and progress.unmet(kinds):
        blocks.append(texts.CLOSED)
    if not progress.calendar_known:
        blocks.append(texts.no_calendar(progress.on.year))
    return "\n\n".join(blocks)


def _lines(plan: Plan, explanation: Explanation, closed: bool) -> list[str]:
    result = explanation.result
    lines = [texts.line(plan, result)]
    if explanation.cheapest and not closed and result.requirement not in texts.FORMS:
        lines.append(f"   → {explanation.cheapest}")
    return lines


def picture(progress: Progress, kinds: tuple[PeriodKind, ...] = KINDS) -> Picture:
    """The data of the picture: the same periods, requirements and figures as the text."""
    sections = [_section(progress, progress.in_periods(kind)) for kind in kinds]
    title, subtitle = texts.picture_title(progress.person.name), texts.picture_subtitle(progress.on)
    return Picture(title=title, subtitle=subtitle, sections=sections)


def _section(progress: Progress, found: list[Explanation]) -> Section:
    bars = [bar for explanation in found for bar in _bars(progress, explanation)]
    return Section(heading=texts.section(found[0].result.period), bars=bars)


def _bars(progress: Progress, explanation: Explanation) -> list[Bar]:
    result, plan = explanation.result, progress.plan
    handed_elsewhere = result.requirement in texts.FORMS and result.status in OPEN
    measured = result.required is not None and result.status in {Status.MET, *OPEN} and not handed_elsewhere
    if measured and result.alternatives and plan.combine != "mixed":
        return _ways(progress, explanation)
    bar = Bar(
        label=texts.SHORT[result.requirement],
        words=texts.picture_words(plan, result),
        warn=result.status is Status.NOT_MET,
        required=result.required if measured else None,
        declared=result.declared,
        confirmed=result.confirmed,
    )
    return [bar]


def _ways(progress: Progress, explanation: Explanation) -> list[Bar]:
    """A bar for each way to fulfil attendance; the status stands at the one nearer to the goal."""
    result, plan = explanation.result, progress.plan
    used = [progress.entry(item.entry_id) for item in explanation.used]
    nearest = max(range(len(result.alternatives)), key=lambda place: result.alternatives[place].declared)
    bars = []
    for place, way in enumerate(result.alternatives):
        confirmed = sum(e.kind is way.activity and e.state is EntryState.CONFIRMED for e in used)
        status = result.status if place == nearest else None
        bar = Bar(
            label=texts.way_label(way.activity, place, plan.combine),
            words=texts.way_words(way.declared, way.required or 0, status),
            warn=status is Status.NOT_MET,
            required=way.required,
            declared=way.declared,
            confirmed=confirmed,
        )
        bars.append(bar)
    return bars
