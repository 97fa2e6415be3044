"""The rule of reminding itself: behind pace, and when somebody may be written to."""

from datetime import date

import pytest

from storage.compliance.records import PersonRecord
from storage.compliance.results import Result
from storage.periods import Period, PeriodKind
from storage.reminding import Subject, Topic, wants_reminding
from storage.terms import Requirement, Status

NOBODY = PersonRecord("X", "X")


def attendance(status: Status, declared: int, required: int | None, day: date) -> Result:
    """A result of the month around ``day``."""
    month = Period.of(PeriodKind.MONTH, day)
    return Result(Requirement.ATTENDANCE, "C-20", month, status, required, declared, 0)


@pytest.mark.parametrize(
    ("day", "declared", "required", "behind"),
    [
        # 20 of 30 days are two thirds of the month
        (date(2026, 11, 20), 2, 3, False),
        (date(2026, 11, 20), 1, 3, True),
        (date(2026, 11, 20), 3, 4, False),
        (date(2026, 11, 20), 2, 4, True),
        # 20 of 31 a little less, 20 of 28 a little more
        (date(2026, 12, 20), 2, 3, False),
        (date(2026, 2, 20), 2, 3, True),
        (date(2026, 2, 20), 3, 4, False),
    ],
)
def test_behind_pace_is_a_smaller_part_done_than_days_gone(
    day: date, declared: int, required: int, behind: bool
) -> None:
    result = attendance(Status.IN_PROGRESS, declared, required, day)
    assert wants_reminding(Topic(Subject.MONTH_PACE, day), NOBODY, result) is behind


@pytest.mark.parametrize("status", [Status.MET, Status.EXCUSED, Status.NOT_APPLICABLE])
@pytest.mark.parametrize("subject", [Subject.MONTH_PACE, Subject.MONTH_SOON, Subject.MONTH_END])
def test_what_is_met_excused_or_not_asked_for_is_never_reminded_of(subject: Subject, status: Status) -> None:
    day = date(2026, 11, 30)
    assert not wants_reminding(Topic(subject, day), NOBODY, attendance(status, 0, None, day))
