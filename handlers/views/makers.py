"""How attachments are made at delivery: first gathered from the database, then drawn in a worker process."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from handlers.turn import House
from handlers.views import (
    deadline_calendar,
    my_data,
    progress_chart,
    qr,
    report_chart,
    report_files,
    stored_file,
    workbook,
)
from handlers.views.forms import annex_docx, annex_files, annex_xlsx, remedial_docx, year_form

Args = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Maker:
    """``gather(session, house, args, now)`` returns something picklable; ``draw`` turns it into the file's bytes.

    ``gather`` runs in a reader thread, ``draw`` in a worker process; slow libraries are imported inside ``draw``.
    """

    gather: Callable[[Session, House, Args, datetime], Any]
    draw: Callable[[Any], bytes]


def as_given(_session: Session, _house: House, args: Args, _now: datetime) -> Args:
    """For views whose ``args`` already hold all that is shown."""
    return args


MAKERS: dict[str, Maker] = {
    "progress_chart": Maker(as_given, progress_chart.draw),
    "my_data": Maker(my_data.gather, my_data.draw),
    "report_chart": Maker(report_files.gather_picture, report_chart.draw),
    "workbook": Maker(report_files.gather_book, workbook.draw),
    "qr": Maker(as_given, qr.draw),
    "deadline_calendar": Maker(deadline_calendar.gather, deadline_calendar.draw),
    "annex_docx": Maker(annex_files.gather, annex_docx.draw),
    "annex_xlsx": Maker(annex_files.gather, annex_xlsx.draw),
    "remedial_docx": Maker(remedial_docx.gather, remedial_docx.draw),
    "year_form": Maker(year_form.gather, year_form.draw),
    "stored_file": Maker(stored_file.gather, stored_file.draw),
}
