"""Figures of many units asked for one after another: who was read for one report is known to the next, for a minute.

On a Monday morning every unit's digest is written, drawn and tabulated, and each looks at everybody below. What
people log meanwhile is seen a minute later; whoever asks for a report themselves is answered from the database.
"""

import gc
import time
from datetime import date

from sqlmodel import Session

from storage.calendar import WorkCalendar
from storage.everybody import Everybody
from storage.figures import UnitFigures
from storage.periods import Period
from storage.plans import Plan
from storage.reporting import days_of, unit_figures

SECONDS = 60.0


class RememberedFigures:
    """The people of the last period that was asked for, for ``SECONDS``. Threads may share it."""

    def __init__(self) -> None:
        """Nobody is known yet."""
        self._known: tuple[tuple[str, Period, date], float, Everybody] | None = None

    def forget(self) -> None:
        """Let go of everybody, and let the collector see again what was kept from it while they were read."""
        self._known = None
        gc.unfreeze()

    def of_unit(
        self, session: Session, plan: Plan, calendar: WorkCalendar, unit_id: int, period: Period, as_of: date
    ) -> UnitFigures:
        """As ``unit_figures``, from what was read within the last minute."""
        key, now, known = (plan.id, period, as_of), time.monotonic(), self._known
        if known is None or known[0] != key or now - known[1] > SECONDS:
            known = self._known = key, now, Everybody(plan, calendar, *days_of(plan, period, as_of))
        return unit_figures(session, plan, calendar, unit_id, period, as_of, known[2])
