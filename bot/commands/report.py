"""``doanbot report UNIT PERIOD --out DIR``: the workbook (.xlsx) and the picture (.png) of a unit's report.

A year has a printed form besides (K-22), written as a .docx where its figures agree.
"""

import argparse
import sys
from pathlib import Path

from bot.app import make_house
from bot.settings import Settings
from handlers.messages import Attachment
from handlers.texts.annex import refused
from handlers.turn import House
from handlers.views.forms.annex_files import draft_attachments
from handlers.views.makers import MAKERS
from handlers.views.report_files import attachments
from storage.annex import make_annex
from storage.database import Database
from storage.migrations import current, newest
from storage.people import UnitRow, unit_by_code
from storage.periods import Period, PeriodKind

WRONG_USAGE = 2


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Write the files and print their names; 2 for what is no period, 1 for what cannot be reported."""
    try:
        period = Period.parse(args.period)
    except ValueError as error:
        print(f"doanbot: {error}", file=sys.stderr)
        return WRONG_USAGE
    house = make_house(settings)
    today = house.clock.today()
    if period.start > today:
        print(f"doanbot: {period.key} chưa bắt đầu (hôm nay là {today:%d/%m/%Y})", file=sys.stderr)
        return 1
    as_of = min(today, period.end)
    database = Database(settings.database_url.get_secret_value())
    try:
        if current(database) != newest():
            print("doanbot: the database is not at the present schema; run: doanbot migrate", file=sys.stderr)
            return 1
        unit = database.read_now(lambda session: unit_by_code(session, args.unit, as_of))
        if unit is None:
            print(f"doanbot: không có đơn vị mang mã {args.unit!r} vào ngày {as_of:%d/%m/%Y}", file=sys.stderr)
            return 1
        args.out.mkdir(parents=True, exist_ok=True)
        for file in attachments(unit.id, unit.code, period, as_of):
            print(_write(args.out, file, _made(database, house, file)))
        if period.kind is PeriodKind.YEAR:
            _write_annex(database, house, unit, period.start.year, args.out)
    except OSError as error:
        print(f"doanbot: không ghi được vào {args.out}: {error.strerror}", file=sys.stderr)
        return 1
    finally:
        database.close()
    return 0


def _write_annex(database: Database, house: House, unit: UnitRow, year: int, folder: Path) -> None:
    today = house.clock.today()
    annex = database.read_now(lambda session: make_annex(session, house.plan, unit.id, year, today))
    if annex.breaches:
        print(f"doanbot: chưa có biểu .docx vì còn chỗ chưa khớp: {refused(annex.breaches)}", file=sys.stderr)
        return
    document, _ = draft_attachments(unit.id, unit.code, year)
    print(_write(folder, document, _made(database, house, document)))


def _made(database: Database, house: House, file: Attachment) -> bytes:
    maker = MAKERS[file.maker]
    return maker.draw(database.read_now(lambda session: maker.gather(session, house, file.args, house.clock.now())))


def _write(folder: Path, file: Attachment, content: bytes) -> Path:
    path = folder / file.name
    path.write_bytes(content)
    return path
