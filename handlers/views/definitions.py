"""How the figures of a report are counted, in words: printed with every workbook."""

from handlers.texts import report_definitions as texts
from handlers.texts.report import cut_off, period_title
from handlers.texts.wording import day
from storage.figures import UnitFigures
from storage.plans import Plan
from storage.terms import Requirement

Line = tuple[str, str]


def definitions(plan: Plan, figures: UnitFigures) -> tuple[Line, ...]:
    """(what, how) lines: the plan, who is counted, the periods, the readings, each requirement, the rulings."""
    general = (
        (texts.PLAN, f"{plan.file.title} – {plan.file.issuer}. {plan.file.document}"),
        (texts.PERIOD, period_title(figures)),
        (texts.CUT_OFF, f"{cut_off(figures)}. {texts.CUT_OFF_MEANS}"),
        (texts.WHO, texts.WHO_MEANS),
        (texts.BOUND, texts.BOUND_MEANS),
        (texts.READINGS, texts.READINGS_MEANS),
        (texts.SEVERAL, texts.SEVERAL_MEANS),
        (texts.STATUSES, texts.STATUSES_MEANS),
        (texts.BEFORE, texts.before_means(figures.period.previous().label)),
        (texts.HELP, texts.HELP_MEANS),
    )
    asked = tuple(_requirement(plan, requirement, figures) for requirement in figures.requirements)
    rulings = tuple(
        (
            f"{texts.RULING} {ruling.id} ({', '.join(ruling.clauses)})",
            _ruling(ruling.question, ruling.readings, ruling.chosen),
        )
        for ruling in plan.file.rulings
    )
    return (*general, *asked, *rulings)


def _requirement(plan: Plan, requirement: Requirement, figures: UnitFigures) -> Line:
    rule = plan.rule(requirement)
    if rule is None:
        return requirement.label, ""
    clauses = ", ".join(dict.fromkeys(ask.clause for ask in rule.asks))
    judged = figures.judged[requirement]
    days = texts.judged(len(judged), day(judged[0].start), day(judged[-1].end))
    return requirement.label, f"{rule.title} ({clauses}). {days}"


def _ruling(question: str, readings: dict[str, str], chosen: str) -> str:
    return f"{question} {readings[chosen]}."
