"""A unit's figures as a short text for the chat."""

from handlers.texts import report as texts
from storage.figures import UnitFigures
from storage.plans import Plan
from storage.terms import Requirement


def unit_of_count(plan: Plan, requirement: Requirement) -> str:
    """What amounts of ``requirement`` are counted in: "giờ", "lần"."""
    rule = plan.rule(requirement)
    return rule.unit if rule is not None else ""


def summary(plan: Plan, figures: UnitFigures) -> str:
    """The figures of the unit with everything below it."""
    total = figures.total
    head = [f"📊 {total.name}", texts.period_title(figures), f"{texts.cut_off(figures)} · {texts.people(total)}", ""]
    if not total.obliged:
        return "\n".join([*head, texts.NOBODY])
    lines = [texts.requirement_line(figures, r, unit_of_count(plan, r)) for r in figures.requirements]
    return "\n".join([*head, *lines, *_foot(figures)])


def _foot(figures: UnitFigures) -> list[str]:
    total = figures.total
    foot = []
    if total.waiting:
        foot.append(texts.waiting(total.waiting))
    if total.need_help:
        foot.append(texts.need_help(total.need_help))
    return ["", *foot] if foot else []
