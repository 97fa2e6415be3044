"""Adding up a cadre's entries. A report for very many cadres fills the same figures from grouped queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from storage.compliance.counting import COUNTINGS, Context, Measure, counted_day, worth
from storage.compliance.records import EntryRecord, PersonRecord
from storage.periods import Period
from storage.plans import Plan
from storage.terms import DocumentKind, EntryKind, EntryState

Figure = tuple[int, int]
_ZERO: Figure = (0, 0)
_MEASURES = {
    kind: tuple(measure for measure, counting in COUNTINGS.items() if kind in counting.kinds) for kind in EntryKind
}


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
    """Add up what ``context.person`` did, as seen at the end of ``on``.

    Of entries that are one event the longest declared and the longest confirmed one count.
    """
    person = context.person
    periods = _periods(context.plan, on)
    events: dict[Measure, dict[tuple[object, ...], Figure]] = {}
    for entry in person.entries:
        for measure in _MEASURES[entry.kind]:
            if not _is_seen(entry, periods[measure], on):
                continue
            amount = worth(measure, entry, context).amount
            if amount:
                found, event = events.setdefault(measure, {}), same_event(entry)
                declared, confirmed = found.get(event, _ZERO)
                certain = amount if entry.state is EntryState.CONFIRMED else 0
                found[event] = max(declared, amount), max(confirmed, certain)
    figures = {measure.value: _total(found) for measure, found in events.items()}
    return Tally(
        **figures,
        registrations=_documents(person, DocumentKind.REGISTRATION, on),
        self_reviews=_documents(person, DocumentKind.SELF_REVIEW, on),
    )


def candidates(measure: Measure, person: PersonRecord, period: Period, on: date) -> Iterator[EntryRecord]:
    """The entries of ``period`` that could count for ``measure``: of its kinds, not deleted, not after ``on``."""
    kinds = COUNTINGS[measure].kinds
    return (entry for entry in person.entries if entry.kind in kinds and _is_seen(entry, period, on))


def same_event(entry: EntryRecord) -> tuple[object, ...]:
    """What two entries of one cadre share when they are one. A shirt is worn once a day."""
    if entry.kind is EntryKind.YOUTH_SHIRT:
        return entry.kind, entry.day
    return entry.kind, entry.day, entry.start, entry.organiser


def _is_seen(entry: EntryRecord, period: Period, on: date) -> bool:
    if entry.day > on or entry.state is EntryState.DELETED:
        return False
    day = counted_day(entry)
    return period.start <= day <= period.end and day <= on


@lru_cache(maxsize=256)
def _periods(plan: Plan, on: date) -> dict[Measure, Period]:
    return {measure: Period.of(plan.period_of(counting.requirement), on) for measure, counting in COUNTINGS.items()}


def _total(events: dict[tuple[object, ...], Figure]) -> Figure:
    return sum(declared for declared, _ in events.values()), sum(confirmed for _, confirmed in events.values())


def _documents(person: PersonRecord, kind: DocumentKind, on: date) -> Figure:
    states = [
        document.state
        for document in person.documents
        if document.kind is kind and document.day.year == on.year and document.day <= on
    ]
    declared = sum(state in {EntryState.DECLARED, EntryState.CONFIRMED} for state in states)
    return declared, states.count(EntryState.CONFIRMED)
