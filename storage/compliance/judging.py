"""From figures to verdicts. Kept lean: a report judges very many cadres one after another.

Statuses follow the declared figures; the confirmed ones are shown beside them.
"""

from datetime import date

from storage.compliance.results import Alternative, Note, Result
from storage.compliance.standing import Standing
from storage.compliance.tallying import Figure, Tally
from storage.plans import Obligation, Plan
from storage.terms import EntryKind, Requirement, Status

_COMBINE = {"either": max, "both": min}


def judge(plan: Plan, standing: Standing, tally: Tally, on: date) -> tuple[Result, ...]:
    """The eight results of one cadre at the end of ``on``, in the order of ``Requirement``."""
    return tuple(
        _JUDGES[owed.requirement](plan, standing, tally, owed, on)
        for owed in plan.obligations(standing.group, standing.level, on)
    )


def _hours(plan: Plan, standing: Standing, tally: Tally, owed: Obligation, on: date) -> Result:
    """Minutes become hours (C-19, C-27)."""
    declared, confirmed = tally.hours
    required = None if owed.minimum is None else float(owed.minimum)
    reached = required is not None and declared >= required * 60
    status, note = _status(plan, standing, owed, reached, on)
    if not owed.owed or not standing.in_bloc:
        required = None
    figures = required, round(declared / 60, 2), round(confirmed / 60, 2)
    return Result(owed.requirement, owed.clause, owed.period, status, *figures, note)


def _attendance(plan: Plan, standing: Standing, tally: Tally, owed: Obligation, on: date) -> Result:
    """Activities or meetings, by the reading of ruling I-1 (C-20, C-21, C-28)."""
    activities, meetings = tally.activities, tally.meetings
    declared, confirmed = _combined(plan.combine, activities, meetings)
    minimum = owed.minimum
    reached = minimum is not None and declared >= minimum
    status, note = _status(plan, standing, owed, reached, on)
    if minimum is None or status is Status.NOT_APPLICABLE:
        required = None
    else:
        required = minimum
        if plan.combine == "either" and not reached and activities[0] + meetings[0] >= minimum:
            note = note or Note.MET_IF_COMBINED
    alternatives = (
        Alternative(EntryKind.VOLUNTEER_ACTIVITY, activities[0], required),
        Alternative(EntryKind.BRANCH_MEETING, meetings[0], required),
    )
    return Result(owed.requirement, owed.clause, owed.period, status, required, declared, confirmed, note, alternatives)


def _combined(combine: str, activities: Figure, meetings: Figure) -> Figure:
    if combine == "mixed":
        return activities[0] + meetings[0], activities[1] + meetings[1]
    choose = _COMBINE[combine]
    return choose(activities[0], meetings[0]), choose(activities[1], meetings[1])


def _shirt(plan: Plan, standing: Standing, tally: Tally, owed: Obligation, on: date) -> Result:
    """Mondays worn of all Mondays due in the whole month (C-23, C-30); excused when none is due."""
    required = standing.mondays
    declared, confirmed = tally.shirts
    status, note = _status(plan, standing, owed, declared >= required, on)
    if required == 0 and status is not Status.NOT_APPLICABLE and note is None:
        status, note = Status.EXCUSED, Note.NO_MONDAYS
    shown = None if status is Status.NOT_APPLICABLE else required
    return Result(owed.requirement, owed.clause, owed.period, status, shown, declared, confirmed, note)


def _summoned(plan: Plan, standing: Standing, tally: Tally, owed: Obligation, on: date) -> Result:
    """Meetings attended on time (C-24, C-31), shown but not judged.

    How many a cadre was summoned to must come from invitations, not from the cadre's own log, and no roll
    of invitations is kept: ``required`` is null, the month is in progress until its end and excused then.
    """
    status, note = _status(plan, standing, owed, False, on)
    if status is Status.NOT_MET:
        status = Status.EXCUSED
    if status is not Status.NOT_APPLICABLE:
        note = note or Note.NO_ROLL_CALL
    return Result(owed.requirement, owed.clause, owed.period, status, None, *tally.summoned, note)


def _count(plan: Plan, standing: Standing, tally: Tally, owed: Obligation, on: date) -> Result:
    """A number of things in a year: initiatives (C-22), culture and sport (C-29), the two forms (C-07)."""
    declared, confirmed = getattr(tally, _COUNTED[owed.requirement])
    required = owed.minimum
    status, note = _status(plan, standing, owed, required is not None and declared >= required, on)
    if status is Status.NOT_APPLICABLE:
        required = None
    return Result(owed.requirement, owed.clause, owed.period, status, required, declared, confirmed, note)


def _status(plan: Plan, standing: Standing, owed: Obligation, reached: bool, on: date) -> tuple[Status, Note | None]:
    if not owed.owed or not standing.in_bloc:
        return Status.NOT_APPLICABLE, _why_not(plan, standing, on)
    if owed.requirement in standing.excused:
        return Status.EXCUSED, standing.excused[owed.requirement]
    if reached:
        return Status.MET, None
    return (Status.NOT_MET if on >= owed.period.end else Status.IN_PROGRESS), None


def _why_not(plan: Plan, standing: Standing, on: date) -> Note:
    if standing.group is None:
        return Note.NO_POSITION
    if not standing.in_bloc:
        return Note.OUTSIDE_BLOC
    return Note.NO_NUMBER if plan.in_force(on) else Note.PLAN_NOT_IN_FORCE


_COUNTED = {
    Requirement.INITIATIVE: "initiatives",
    Requirement.CULTURE_SPORT: "culture",
    Requirement.REGISTRATION: "registrations",
    Requirement.SELF_REVIEW: "self_reviews",
}
_JUDGES = {
    Requirement.VOLUNTEER_HOURS: _hours,
    Requirement.ATTENDANCE: _attendance,
    Requirement.YOUTH_SHIRT: _shirt,
    Requirement.SUMMONED_MEETINGS: _summoned,
    **dict.fromkeys(_COUNTED, _count),
}
