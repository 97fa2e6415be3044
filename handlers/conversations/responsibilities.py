"""The review of the three responsibilities: /batrachnhiem, of a half-year or a year (C-05, B-08, B-09)."""

from datetime import date

from handlers.commands import Audience, Command
from handlers.conversations.unit import asked_unit, label
from handlers.messages import Choice, Reply, rows
from handlers.texts import responsibilities as texts
from handlers.turn import Turn
from handlers.when import read_period
from storage.people import children
from storage.periods import Period, PeriodKind
from storage.responsibilities import responsibility_figures

BELOW = 6


def _split(args: str, today: date) -> tuple[str, Period]:
    """The unit's words and the period at the end; without one, the present half-year."""
    words = args.split()
    for count in (4, 3, 2, 1):
        if count <= len(words):
            try:
                return " ".join(words[:-count]), read_period(" ".join(words[-count:]), today)
            except ValueError:
                continue
    return args.strip(), Period.of(PeriodKind.HALF, today)


def _review(turn: Turn, args: str) -> list[Reply]:
    wanted, period = _split(args, turn.today)
    if period.start > turn.today:
        return [Reply(texts.BAD_PERIOD)]
    unit = asked_unit(turn, wanted, "batrachnhiem")
    if isinstance(unit, Reply):
        return [unit]
    as_of = min(turn.today, period.end)
    figures = responsibility_figures(turn.session, turn.house.plan, unit.id, period, as_of)
    if not figures:
        return [Reply(texts.NOTHING_RUNS)]
    year = Period.of(PeriodKind.YEAR, as_of)
    other = year if period.kind is not PeriodKind.YEAR else Period.of(PeriodKind.HALF, as_of)
    choices = [
        Choice(other.label.capitalize(), f"/batrachnhiem {unit.code} {other.key}"),
        Choice(texts.HAND_IN, "/han"),
    ]
    below = children(turn.session, unit.id, as_of)[:BELOW]
    choices += [Choice(label(child.name), f"/batrachnhiem {child.code} {period.key}") for child in below]
    return [Reply(texts.review(unit, period, as_of, figures), rows(*choices, width=1))]


COMMANDS = (
    Command(
        "batrachnhiem",
        _review,
        Audience.FOLLOWER,
        label="Ba trách nhiệm",
        of_unit=True,
        help="việc đã làm theo ba trách nhiệm, 6 tháng và năm",
        words=("ba trach nhiem", "3 trach nhiem"),
    ),
)
