"""What an entry counts for, before and after it is saved: always by the plan's own counting."""

from dataclasses import dataclass
from datetime import date

from handlers.texts import entries as texts
from handlers.texts import progress as progress_texts
from handlers.turn import Turn
from handlers.views.progress import look
from storage.compliance.counting import COUNTINGS, Context, Measure, Worth, counted_day, worth
from storage.compliance.records import EntryRecord
from storage.compliance.standing import Place, place_on
from storage.entries import NewEntry
from storage.people import unit_by_id
from storage.plans import Obligation
from storage.records_of import load_person, load_tree
from storage.terms import Requirement, Status


@dataclass(frozen=True, slots=True)
class Share:
    """What an entry adds to one measure; ``owed`` is what the plan asks of the cadre then, and in which period."""

    measure: Measure
    owed: Obligation
    worth: Worth


@dataclass(frozen=True, slots=True)
class Prospect:
    """An entry seen by the plan on its day. ``place`` is None without a position that day."""

    place: Place | None
    shares: tuple[Share, ...]

    def share(self, measure: Measure) -> Share | None:
        """What the entry adds to ``measure``, if its kind concerns it at all."""
        return next((share for share in self.shares if share.measure is measure), None)

    @property
    def owed(self) -> tuple[Share, ...]:
        """The shares of what the plan asks of this cadre."""
        if self.place is None or not self.place.in_bloc:
            return ()
        return tuple(share for share in self.shares if share.owed.owed)


def prospect(turn: Turn, new: NewEntry) -> Prospect:
    """What ``new`` would count for."""
    session, plan, day = turn.session, turn.house.plan, new.day
    tree = load_tree(session)
    person = load_person(session, turn.cadre.cadre_id, day, day)
    place = place_on(plan, tree, person, day)
    context = Context(plan, tree, turn.house.calendar, person, place.unit if place else None)
    record = _record(turn, new)
    return Prospect(place, tuple(_shares(record, context, place)))


def _shares(record: EntryRecord, context: Context, place: Place | None) -> list[Share]:
    group, level = (place.group, place.level) if place else (None, None)
    day = counted_day(record)
    shares = []
    for measure, counting in COUNTINGS.items():
        if record.kind in counting.kinds:
            owed = context.plan.obligation(counting.requirement, group, level, day)
            shares.append(Share(measure, owed, worth(measure, record, context)))
    return shares


def _record(turn: Turn, new: NewEntry) -> EntryRecord:
    unit = None if new.organiser_id is None else unit_by_id(turn.session, new.organiser_id, new.day)
    return EntryRecord(
        id=0,
        kind=new.kind,
        day=new.day,
        start=new.start_minute,
        end=new.end_minute,
        minutes=new.minutes,
        title=new.title,
        organiser=unit.code if unit else None,
        applied=new.applied,
        recognised_by=new.recognised_by,
        recognised_on=new.recognised_on,
        on_time=new.on_time,
    )


def in_words(found: Prospect) -> list[str]:
    """What the entry counts for, a line, and one for each thing that it does not count for."""
    counted = [share for share in found.owed if share.worth.amount]
    lines = []
    if counted:
        words = [texts.counts(share.measure, texts.period(share.owed.period), share.worth.amount) for share in counted]
        lines.append(texts.counts_for(words))
    lines += [texts.counts_not(share.measure, share.worth.reason) for share in found.owed if share.worth.reason]
    return lines or [texts.NOT_OWED]


def standing_now(turn: Turn, found: Prospect) -> list[str]:
    """How the cadre stands with what the entry concerns, a line a requirement, at the end of its period or today."""
    concerned: dict[Requirement, date] = {
        share.owed.requirement: min(share.owed.period.end, turn.today) for share in found.owed
    }
    lines = []
    for requirement, on in concerned.items():
        result = look(turn.session, turn.house, turn.cadre.cadre_id, on).of(requirement).result
        if result.status is not Status.NOT_APPLICABLE:
            figures = progress_texts.line(turn.house.plan, result)
            lines.append(texts.standing(texts.period(result.period), figures))
    return lines
