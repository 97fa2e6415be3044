"""What cadres have in common: figures that add up as one number, and the results of equal figures."""

from dataclasses import fields
from datetime import date

from storage.compliance.counting import COUNTINGS
from storage.compliance.judging import judge
from storage.compliance.results import Result
from storage.compliance.standing import Standing
from storage.compliance.tallying import Tally
from storage.plans import Plan
from storage.terms import Requirement

# All figures of a cadre are one whole number, so that adding entries up is adding numbers: each figure of a tally
# has a field of so many bits for what is declared and one for what is confirmed.
_FIELD = 32
_FULL = (1 << _FIELD) - 1
_FIGURES = tuple(field.name for field in fields(Tally))
_OF_FORMS = {Requirement.REGISTRATION: ("registrations",), Requirement.SELF_REVIEW: ("self_reviews",)}


def _at(figure: str) -> int:
    """The bit at which the field begins of what is declared; after it comes that of what is confirmed."""
    return 2 * _FIELD * _FIGURES.index(figure)


def placed(figure: str, declared: int, confirmed: int) -> int:
    """``declared`` and ``confirmed`` at their fields, everything else zero."""
    return (confirmed << _FIELD | declared) << _at(figure)


def packed(figures: Tally) -> int:
    """``figures`` as one number."""
    return sum(placed(figure, *getattr(figures, figure)) for figure in _FIGURES)


def unpacked(figures: int) -> Tally:
    """The tally that ``figures`` stand for."""
    fields_of = {figure: figures >> _at(figure) for figure in _FIGURES}
    return Tally(**{figure: (both & _FULL, both >> _FIELD & _FULL) for figure, both in fields_of.items()})


def cut(requirement: Requirement) -> tuple[int, int]:
    """Shift and mask that cut the figures of ``requirement`` from all."""
    measured = [measure.value for measure, counting in COUNTINGS.items() if counting.requirement is requirement]
    own = measured or _OF_FORMS[requirement]
    return _at(own[0]), (1 << 2 * _FIELD * len(own)) - 1


class Place:
    """The results of all who stand alike, by their figures: they are few, and shared."""

    def __init__(self, plan: Plan, standing: Standing, on: date) -> None:
        self._plan, self._standing, self._on = plan, standing, on
        self._known: tuple[tuple[int, int, dict[int, Result]], ...] = tuple((*cut(r), {}) for r in Requirement)

    def results(self, figures: int) -> tuple[Result, ...]:
        """As ``judge``."""
        try:
            return tuple([known[figures >> shift & mask] for shift, mask, known in self._known])
        except KeyError:
            results = self._judge(figures)
            for (shift, mask, known), result in zip(self._known, results, strict=True):
                known[figures >> shift & mask] = result
            return results

    def _judge(self, figures: int) -> tuple[Result, ...]:
        return judge(self._plan, self._standing, unpacked(figures), self._on)
