"""The annex report as files: gathered from a frozen report, or from the figures as they stand."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from handlers.messages import Attachment
from handlers.texts import annex as texts
from handlers.texts.wording import day
from handlers.turn import House
from storage.annex import make_annex
from storage.models import ReportSnapshot


@dataclass(frozen=True, slots=True)
class Paper:
    """What both files show: the content, the line that names the version, and the day on which it was made."""

    content: dict[str, Any]
    version: str
    made_on: date


def attachments(snapshot: ReportSnapshot, unit_code: str) -> tuple[Attachment, ...]:
    """The document and the workbook of a frozen report."""
    return _files({"snapshot": snapshot.id}, unit_code, f"{snapshot.year}-so-{snapshot.number}")


def draft_attachments(unit_id: int, unit_code: str, year: int) -> tuple[Attachment, ...]:
    """The same, of the figures as they stand."""
    return _files({"unit": unit_id, "year": year}, unit_code, f"{year}-nhap")


def _files(args: dict[str, Any], unit_code: str, what: str) -> tuple[Attachment, ...]:
    stem = f"bieu-{''.join(c if c.isalnum() else '-' for c in unit_code)}-{what}"
    return (
        Attachment("annex_docx", f"{stem}.docx", args, texts.NEUTRAL_TITLE),
        Attachment("annex_xlsx", f"{stem}.xlsx", args, texts.NEUTRAL_TITLE),
    )


def gather(session: Session, house: House, args: dict[str, Any], now: datetime) -> Paper:
    """The frozen report ``args["snapshot"]``, or the draft of ``args["unit"]`` and ``args["year"]``.

    Raises LookupError when there is no such report or unit.
    """
    clock = house.clock
    if "snapshot" not in args:
        found = make_annex(session, house.plan, int(args["unit"]), int(args["year"]), clock.local_day(now))
        return Paper(found.content, texts.DRAFT_LINE.format(day=day(found.as_of)), clock.local_day(now))
    row = session.get(ReportSnapshot, int(args["snapshot"]))
    if row is None:
        raise LookupError("no such report")
    at = clock.local(row.created_at)
    return Paper(row.content, texts.number_line(row.number, row.year, at), at.date())
