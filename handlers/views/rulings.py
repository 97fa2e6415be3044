"""Which readings of unclear clauses a cadre's own obligations rest on, so that nobody is measured by a hidden one."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from storage.plans import Plan
from storage.plans.schema import Ruling
from storage.terms import UnitType

# Rulings about some kinds of unit only; I-10 is about the indicators of units, not about a person.
ABOUT: Mapping[str, frozenset[UnitType]] = MappingProxyType(
    {
        "I-4": frozenset({UnitType.BRANCH}),
        "I-5": frozenset({UnitType.GRASSROOTS_BRANCH}),
        "I-6": frozenset({UnitType.COMMUNE_UNION, UnitType.DISTRICT_UNION, UnitType.DISTRICT_EQUIVALENT}),
        "I-10": frozenset(),
    }
)


def rulings_on(plan: Plan, clauses: Collection[str | None], units: Collection[UnitType]) -> list[Ruling]:
    """The rulings on ``clauses`` that matter to somebody with positions in ``units``."""
    return [
        ruling
        for ruling in plan.file.rulings
        if set(ruling.clauses) & set(clauses) and set(units) & ABOUT.get(ruling.id, frozenset(UnitType))
    ]
