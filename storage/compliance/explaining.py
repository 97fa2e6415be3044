"""Why a result is what it is: the entries used, those not used, and the cheapest way to comply."""

from dataclasses import dataclass
from datetime import date

from storage.calendar import WorkCalendar
from storage.compliance.advice import Advice, advise
from storage.compliance.counting import COUNTINGS, Context, Reason, Worth, worth
from storage.compliance.evaluation import evaluate
from storage.compliance.records import EntryRecord, PersonRecord, UnitTree
from storage.compliance.results import Result
from storage.compliance.standing import place_on
from storage.compliance.tallying import candidates, same_event
from storage.plans import Plan
from storage.terms import EntryState, Requirement, Status


@dataclass(frozen=True, slots=True)
class Used:
    """An entry that counts, with what it adds: hours for volunteer hours, times otherwise."""

    entry_id: int
    amount: float
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Unused:
    """An entry that does not count, and why (``reason.label`` is the Vietnamese text)."""

    entry_id: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Explanation:
    """A result with its grounds. ``gap`` is what is missing, in the unit of the figures; zero when nothing is.

    ``cheapest`` is one Vietnamese sentence on the least that would do, empty when nothing is to be done.
    """

    result: Result
    used: tuple[Used, ...]
    unused: tuple[Unused, ...]
    gap: float
    cheapest: str


def explain(
    plan: Plan, tree: UnitTree, calendar: WorkCalendar, person: PersonRecord, on: date
) -> tuple[Explanation, ...]:
    """The eight results of ``person`` on ``on`` with their grounds, in the order of ``Requirement``."""
    evaluation = evaluate(plan, tree, calendar, person, on)
    place = place_on(plan, tree, person, on)
    context = Context(plan, tree, calendar, person, place.unit if place else None)
    return tuple(_explain(result, context, on) for result in evaluation.results)


def _explain(result: Result, context: Context, on: date) -> Explanation:
    used: list[Used] = []
    unused: list[Unused] = []
    for measure, counting in COUNTINGS.items():
        if counting.requirement is result.requirement:
            found = candidates(measure, context.person, result.period, on)
            _sort_out([(entry, worth(measure, entry, context)) for entry in found], result, used, unused)
    missing = result.status in {Status.IN_PROGRESS, Status.NOT_MET} and result.required is not None
    gap = max(0, (result.required or 0) - result.declared) if missing else 0
    reasons = tuple(item.reason for item in unused)
    cheapest = advise(Advice(result, context, on, reasons)) if gap else ""
    return Explanation(result, tuple(used), tuple(unused), gap, cheapest)


def _sort_out(found: list[tuple[EntryRecord, Worth]], result: Result, used: list[Used], unused: list[Unused]) -> None:
    """Divide the entries; of those that are one event the longest is used, confirmed before declared."""
    unit = 60 if result.requirement is Requirement.VOLUNTEER_HOURS else 1
    events = set()
    for entry, value in sorted(found, key=_preference):
        if value.reason is not None:
            unused.append(Unused(entry.id, value.reason))
        elif same_event(entry) in events:
            unused.append(Unused(entry.id, Reason.DUPLICATE))
        else:
            events.add(same_event(entry))
            amount = round(value.amount / unit, 2) if unit > 1 else value.amount
            used.append(Used(entry.id, amount, value.remark))


def _preference(item: tuple[EntryRecord, Worth]) -> tuple[int, bool, int]:
    entry, value = item
    return -value.amount, entry.state is not EntryState.CONFIRMED, entry.id
