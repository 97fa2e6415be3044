"""The annex report of a whole city, from the database to both files, in a process of its own.

Everybody has one position, one in ten a second one; all but one in nine registered, all who did are rated.
"""

import argparse
import multiprocessing
import time
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import insert
from sqlmodel import Session, SQLModel, select

from handlers.turn import House
from handlers.views.forms import annex_docx, annex_files, annex_xlsx
from storage.access import Actor
from storage.annex import freeze, make_annex
from storage.calendar import default_calendar
from storage.clock import Clock
from storage.database import Database
from storage.models import Assessment, Cadre, Document, DocumentState, Position, Unit, UnitVersion
from storage.plans import load_plan
from storage.terms import DocumentKind, PositionTitle, Right, UnitType

CADRES, UNITS = 15_000, 2_000
COMMUNES = 100
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
SECONDS, MEGABYTES = 5.0, 300.0


def build(file: Path, cadres: int, units: int) -> None:
    """A city, its communes, and branches below them, in a new SQLite file."""
    database = Database(f"sqlite:///{file}")
    SQLModel.metadata.create_all(database.engine)
    database.write_now(lambda session: _fill(session, cadres, units))
    database.close()


def _fill(session: Session, cadres: int, units: int) -> None:
    since, ratings = date(2025, 7, 1), ("good", "fair", "average", "weak")
    session.execute(insert(Unit), [{"id": n, "code": f"U{n:05d}"} for n in range(1, units + 1)])
    session.execute(insert(UnitVersion), [_version(n, since) for n in range(1, units + 1)])
    session.execute(
        insert(Cadre), [{"id": n, "code": f"CB{n:06d}", "full_name": f"Nguyễn Văn {n}"} for n in range(1, cadres + 1)]
    )
    held = [(n, 1 + n % units) for n in range(1, cadres + 1)]
    held += [(n, 2 + n % COMMUNES) for n, unit in held if n % 10 == 0 and unit != 2 + n % COMMUNES]
    titles, rights = tuple(PositionTitle), {"access_right": Right.NONE, "start_day": since}
    positions = [
        {"cadre_id": who, "unit_id": unit, "title": titles[who % 4], "public_sector": True, **rights}
        for who, unit in held
    ]
    session.execute(insert(Position), positions)
    registered = [n for n in range(1, cadres + 1) if n % 9]
    form = {"kind": DocumentKind.REGISTRATION, "year": 2026, "content": {}, "state": DocumentState.APPROVED}
    times = {"version": 1, "return_reason": "", "begun_at": NOW, "saved_at": NOW, "submitted_on": date(2026, 1, 20)}
    session.execute(insert(Document), [{"cadre_id": n, **form, **times} for n in registered])
    rated = {"year": 2026, "plan_id": "kien-giang-2019", "body": "Ban Chấp hành", "answer": "", "rated_by": 1}
    when = {"met_on": date(2026, 11, 19), "rated_at": NOW}
    session.execute(
        insert(Assessment), [{"cadre_id": n, "rating": ratings[n % 4], **rated, **when} for n in registered]
    )


def _version(number: int, since: date) -> dict[str, object]:
    kind = UnitType.BRANCH if number > COMMUNES + 1 else UnitType.COMMUNE_UNION if number > 1 else UnitType.CITY_UNION
    parent = None if number == 1 else 1 if number <= COMMUNES + 1 else 2 + number % COMMUNES
    return {"unit_id": number, "name": f"Đơn vị {number}", "type": kind, "parent_id": parent, "valid_from": since}


def measure(file: Path) -> tuple[float, float, int]:
    """Seconds and megabytes it takes to freeze the report and write both files, and how many rows it has."""
    database = Database(f"sqlite:///{file}")
    house = House(load_plan("can-tho-2023"), default_calendar(), Clock())
    begun = time.perf_counter()

    def frozen(session: Session) -> tuple[int, int]:
        unit = session.exec(select(Unit.id).where(Unit.code == "U00001")).one() or 0
        annex = make_annex(session, house.plan, unit, 2026, date(2026, 11, 20))
        row = freeze(session, Actor(1, "CB000001", "", (unit,), is_admin=True), annex, NOW)
        return row.id or 0, len(annex.rows)

    snapshot, rows = database.write_now(frozen)
    paper = database.read_now(lambda session: annex_files.gather(session, house, {"snapshot": snapshot}, NOW))
    annex_docx.draw(paper)
    annex_xlsx.draw(paper)
    seconds = time.perf_counter() - begun
    database.close()
    return seconds, _peak() / 1e6, rows


def _peak() -> int:
    """The most bytes this process has held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return 1024 * next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))


def main(arguments: list[str]) -> None:
    """Measure and print; `--quick` takes a tenth of the city."""
    parser = argparse.ArgumentParser(prog="python -m bench annex")
    parser.add_argument("--quick", action="store_const", const=10, default=1, dest="part")
    options = parser.parse_args(arguments)
    cadres, units = CADRES // options.part, UNITS // options.part
    print(f"The annex of {cadres:,} cadres in {units:,} units: under {SECONDS:.0f} s and {MEGABYTES:.0f} MB\n")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "city.db"
        build(file, cadres, units)
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            seconds, megabytes, rows = pool.apply(measure, (file,))
    print(f"{seconds:.2f} s, {megabytes:.0f} MB, {rows:,} rows")
