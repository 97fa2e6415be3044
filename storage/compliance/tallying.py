"""Adding up a cadre's entries. A report for very many cadres fills the same figures from grouped queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from storage.compliance.counting import COUNTINGS, Context, Measure, counted_day, worth
from storage.compliance.records import EntryRecord, PersonRecord
from storage.periods import Period
from storage.terms import DocumentKind, EntryKind, EntryState

Figure = tuple[int, int]
_ZERO: Figure = (0, 0)


@dataclass(slots=True)
class Tally:
    """Figures of the periods around one day, each (declared, confirmed); hours in minutes, the rest in times."""

    hours: Figure = _ZERO
    activities: Figure = _ZERO
    meetings: Figure = _ZERO
    initiatives: Figure = _ZERO
    culture: Figure = _ZERO
    shirts: Figure = _ZERO
    summoned: Figure = _ZERO
    registrations: Figure = _ZERO
    self_reviews: Figure = _ZERO


def tally(context: Context, on: date) -> Tally:
    """Add up what ``context.person`` did, as seen at the end of ``on``."""
    plan, person = context.plan, context.person
    figures = {}
    for measure, counting in COUNTINGS.items():
        period = Period.of(plan.period_of(counting.requirement), on)
        figures[measure.value] = _add_up(measure, context, period, on)
    return Tally(
        **figures,
        registrations=_documents(person, DocumentKind.REGISTRATION, on),
        self_reviews=_documents(person, DocumentKind.SELF_REVIEW, on),
    )


def candidates(measure: Measure, person: PersonRecord, period: Period, on: date) -> Iterator[EntryRecord]:
    """The entries of ``period`` that could count for ``measure``: of its kinds, not deleted, not after ``on``."""
    kinds = COUNTINGS[measure].kinds
    for entry in person.entries:
        if entry.kind in kinds and entry.state is not EntryState.DELETED and entry.day <= on:
            day = counted_day(entry)
            if day <= on and day in period:
                yield entry


def same_event(entry: EntryRecord) -> tuple[object, ...]:
    """What two entries of one cadre share when they are one. A shirt is worn once a day."""
    if entry.kind is EntryKind.YOUTH_SHIRT:
        return entry.kind, entry.day
    return entry.kind, entry.day, entry.start, entry.organiser


def _add_up(measure: Measure, context: Context, period: Period, on: date) -> Figure:
    """Of entries that are one event the longest declared and the longest confirmed one count."""
    events: dict[tuple[object, ...], Figure] = {}
    for entry in candidates(measure, context.person, period, on):
        amount = worth(measure, entry, context).amount
        if amount:
            event = same_event(entry)
            declared, confirmed = events.get(event, _ZERO)
            certain = amount if entry.state is EntryState.CONFIRMED else 0
            events[event] = max(declared, amount), max(confirmed, certain)
    return sum(figure[0] for figure in events.values()), sum(figure[1] for figure in events.values())


def _documents(person: PersonRecord, kind: DocumentKind, on: date) -> Figure:
    states = [
        document.state
        for document in person.documents
        if document.kind is kind and document.day.year == on.year and document.day <= on
    ]
    declared = sum(state in {EntryState.DECLARED, EntryState.CONFIRMED} for state in states)
    return declared, states.count(EntryState.CONFIRMED)
