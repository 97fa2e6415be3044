"""What the plan asks of the speaker, with its sources (/quydinh)."""

from collections.abc import Iterable
from datetime import date

from handlers.commands import Audience, Command
from handlers.messages import Choice, Reply, rows
from handlers.texts import common
from handlers.texts import obligations as texts
from handlers.turn import Turn
from handlers.views.rulings import rulings_on
from storage.compliance import Standing, stand
from storage.people import HeldPosition, positions_of
from storage.periods import Period
from storage.plans import Obligation, Plan
from storage.plans.schema import Clause, ClauseKind, Deadline, RequirementRule
from storage.records_of import load_person, load_tree
from storage.terms import Group, PositionTitle
from storage.text import fold


def _obligations(turn: Turn, args: str) -> list[Reply]:
    on, plan = turn.today, turn.house.plan
    person = load_person(turn.session, turn.cadre.cadre_id, on, on)
    standing = stand(plan, load_tree(turn.session), turn.house.calendar, person, on)
    positions = positions_of(turn.session, turn.cadre.cadre_id, on)
    if standing.group is None:
        return [Reply(texts.no_position(on), common.MENU_BUTTON)]
    if not standing.in_bloc:
        return [Reply(texts.outside(), common.MENU_BUTTON)]
    if not plan.in_force(on):
        return [Reply(texts.not_in_force(plan, on), common.MENU_BUTTON)]
    page = fold(args)
    if page == "nguyentac":
        return [Reply(texts.principles(_principles(turn, standing.group, positions)), _others(page))]
    if page == "cachhieu":
        clauses = [obligation.clause for obligation in _owed(turn, standing)]
        rulings = rulings_on(plan, clauses, [position.unit_type for position in positions])
        return [Reply(texts.readings(rulings), _others(page))]
    parts = (
        texts.heading(plan, standing, [position.label for position in positions]),
        texts.asked(plan, plan.obligations(standing.group, standing.level, on)),
        texts.deadlines(_deadlines(turn, standing, positions, on)),
    )
    return [Reply("\n\n".join(filter(None, parts)), _others(page))]


def _others(page: str) -> tuple[tuple[Choice, ...], ...]:
    """Buttons to the other pages."""
    pages = (
        ("", Choice(texts.OVERVIEW, "/quydinh")),
        ("nguyentac", Choice(texts.PRINCIPLES, "/quydinh nguyentac")),
        ("cachhieu", Choice(texts.READINGS, "/quydinh cachhieu")),
    )
    return rows(*(choice for name, choice in pages if name != page), Choice(texts.PROGRESS, "/tiendo"))


def _concerns(clause: Clause, group: Group, positions: list[HeldPosition]) -> bool:
    types = {position.unit_type for position in positions}
    in_group = not clause.groups or group in clause.groups
    return in_group and (not clause.unit_types or bool(types & set(clause.unit_types)))


def _principles(turn: Turn, group: Group, positions: list[HeldPosition]) -> list[tuple[str, Clause]]:
    clauses = turn.house.plan.file.clauses.items()
    return [
        (clause_id, clause)
        for clause_id, clause in clauses
        if clause.kind is ClauseKind.TEXT and _concerns(clause, group, positions)
    ]


def _owed(turn: Turn, standing: Standing) -> Iterable[Obligation]:
    found = turn.house.plan.obligations(standing.group, standing.level, turn.today)
    return (obligation for obligation in found if obligation.owed)


def _deadlines(
    turn: Turn, standing: Standing, positions: list[HeldPosition], on: date
) -> list[tuple[Deadline, str, date | None]]:
    """Each with its clause and last day: of what this person owes, and of the units this person leads."""
    plan = turn.house.plan
    owed = {obligation.requirement: obligation.clause or "" for obligation in _owed(turn, standing)}
    found = []
    for deadline in plan.deadlines(group=standing.group):
        clause = next((owed[rule.id] for rule in _rules_of(plan, deadline) if rule.id in owed), None)
        if clause is not None:
            found.append((deadline, clause))
    led = dict.fromkeys(p.unit_type for p in positions if p.title is PositionTitle.SECRETARY)
    of_units = {deadline.id: deadline for kind in led for deadline in plan.deadlines(unit_type=kind)}
    found += [(deadline, deadline.clause) for deadline in of_units.values()]
    return [(deadline, clause, _next_last_day(deadline, on)) for deadline, clause in found]


def _rules_of(plan: Plan, deadline: Deadline) -> list[RequirementRule]:
    """The requirements of the deadline's clause."""
    return [rule for rule in plan.file.requirements if any(ask.clause == deadline.clause for ask in rule.asks)]


def _next_last_day(deadline: Deadline, on: date) -> date | None:
    period = Period.of(deadline.every, on)
    last = deadline.last_day(period)
    return deadline.last_day(period.next()) if last is not None and last < on else last


COMMANDS = (
    Command(
        "quydinh",
        _obligations,
        Audience.CADRE,
        label="Quy định của tôi",
        help="kế hoạch yêu cầu gì ở tôi, theo điều khoản nào",
        words=("quy dinh", "quy dinh cua toi", "toi phai lam gi"),
    ),
)
