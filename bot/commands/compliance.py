"""``doanbot compliance (--cadre CODE | --unit CODE) --on DATE --json``: the evaluation, as a list in JSON."""

import argparse
import json
import sys
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import Select, literal, select
from sqlmodel import Session, col

from bot.app import make_house
from bot.settings import Settings
from handlers.turn import House
from storage.access import in_force, subtree
from storage.compliance import to_json
from storage.compliance.bulk import evaluate_all
from storage.database import Database
from storage.migrations import current, newest
from storage.models import Position
from storage.people import cadre_by_code, unit_by_code


class NotFound(LookupError):
    """No cadre or unit has this code; the text is for the operator."""


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print the evaluations to stdout alone; 1 with one line on stderr when there is nothing to evaluate."""
    house = make_house(settings)
    database = Database(settings.database_url.get_secret_value())
    try:
        if current(database) != newest():
            print("doanbot: the database is not at the present schema; run: doanbot migrate", file=sys.stderr)
            return 1
        found = database.read_now(lambda session: evaluations(session, house, args.cadre, args.unit, args.on))
    except NotFound as error:
        print(f"doanbot: {error}", file=sys.stderr)
        return 1
    finally:
        database.close()
    print(json.dumps(found, ensure_ascii=False, indent=1))
    return 0


def evaluations(session: Session, house: House, cadre: str | None, unit: str | None, on: date) -> list[dict[str, Any]]:
    """The cadre, or everyone with a position in the unit or below it on ``on``, in the order of their codes.

    Raises NotFound.
    """
    among = _cadre(session, cadre) if cadre is not None else _everyone(session, unit or "", on)
    found = evaluate_all(session, house.plan, house.calendar, on, among)
    return [to_json(evaluation) for evaluation in sorted(found, key=attrgetter("cadre"))]


def _cadre(session: Session, code: str) -> Select[int]:
    found = cadre_by_code(session, code)
    if found is None or found.id is None:
        raise NotFound(f"không có cán bộ mang mã {code!r}; xem sheet “Cán bộ” của danh sách đã nhập")
    return select(literal(found.id))


def _everyone(session: Session, code: str, on: date) -> Select[int]:
    unit = unit_by_code(session, code, on)
    if unit is None:
        raise NotFound(f"không có đơn vị mang mã {code!r} vào ngày {on:%d/%m/%Y}; xem sheet “Đơn vị” của danh sách")
    return select(col(Position.cadre_id)).where(col(Position.unit_id).in_(subtree([unit.id], on)), in_force(on))
