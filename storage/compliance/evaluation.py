"""The whole evaluation of one cadre."""

from datetime import date

from storage.calendar import WorkCalendar
from storage.compliance.counting import Context
from storage.compliance.judging import judge
from storage.compliance.records import PersonRecord, UnitTree
from storage.compliance.results import Evaluation
from storage.compliance.standing import stand
from storage.compliance.tallying import tally
from storage.periods import Period, PeriodKind
from storage.plans import Plan


def evaluate(plan: Plan, tree: UnitTree, calendar: WorkCalendar, person: PersonRecord, on: date) -> Evaluation:
    """How ``person`` stands with ``plan`` in the periods that contain ``on``, as at the end of that day."""
    standing = stand(plan, tree, calendar, person, on)
    context = Context(plan, tree, calendar, person, standing.unit)
    results = judge(plan, standing, tally(context, on), on)
    week = Period.of(PeriodKind.WEEK, on)
    known = all(calendar.covers(day) for day in (week.start, on, week.end))
    return Evaluation(person.code, on, plan.id, standing.group, standing.level, results, known)


def window(plan: Plan, on: date) -> tuple[date, date]:
    """The first and last day whose entries and absences ``evaluate`` may look at on ``on``.

    Absences matter to the end of the periods: leave later this week may excuse the whole week.
    """
    periods = [owed.period for owed in plan.obligations(None, None, on)]
    return min(period.start for period in periods), max(period.end for period in periods)
