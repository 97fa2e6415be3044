"""The picture and the workbook of a report, gathered when they are delivered."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from handlers.messages import Attachment
from handlers.texts import report as texts
from handlers.turn import House
from handlers.views.definitions import definitions
from handlers.views.report_chart import Picture, picture
from handlers.views.workbook import Book, book
from storage.figures import UnitFigures
from storage.periods import Period, PeriodKind
from storage.reporting import unit_figures
from storage.targets import TargetFigure, target_figures


def attachments(
    unit_id: int, unit_code: str, period: Period, as_of: date, *, of_digest: bool = False
) -> tuple[Attachment, ...]:
    """The picture and the workbook of one report; those of a digest go by what is remembered for a minute."""
    args: dict[str, Any] = {"unit": unit_id, "period": period.key, "as_of": as_of.isoformat()}
    if of_digest:
        args["digest"] = True
    stem = f"bao-cao-{''.join(c if c.isalnum() else '-' for c in unit_code)}-{period.key}"
    return (
        Attachment("report_chart", f"{stem}.png", args, texts.picture_alt(unit_code, period.label)),
        Attachment("workbook", f"{stem}.xlsx", args),
    )


def gather_picture(session: Session, house: House, args: dict[str, Any], _now: datetime) -> Picture:
    """What the picture shows."""
    return picture(_figures(session, house, args))


def gather_book(session: Session, house: House, args: dict[str, Any], _now: datetime) -> Book:
    """What the workbook holds."""
    figures = _figures(session, house, args)
    return book(house.plan, figures, definitions(house.plan, figures), _targets(session, house, figures, args))


def _targets(session: Session, house: House, figures: UnitFigures, args: dict[str, Any]) -> list[TargetFigure]:
    """Those of the year that a report is about; no other period has any."""
    if figures.period.kind is not PeriodKind.YEAR:
        return []
    return target_figures(session, house.plan, int(args["unit"]), figures.period.start.year, figures.as_of)


def _figures(session: Session, house: House, args: dict[str, Any]) -> UnitFigures:
    period, as_of = Period.parse(args["period"]), date.fromisoformat(args["as_of"])
    find = house.remembered.of_unit if args.get("digest") else unit_figures
    return find(session, house.plan, house.calendar, int(args["unit"]), period, as_of)
