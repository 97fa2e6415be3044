"""Writing a roster down: all of it or nothing, and nothing the second time.

What a unit is called, what kind it is and where it belongs is dated: a change closes the version of
yesterday and opens one today. Units, people and positions that a file does not name stay as they are.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session, SQLModel, col

from storage.importing.cells import same_code
from storage.importing.check_roster import check_roster
from storage.importing.known import Known, KnownCadre, KnownUnit, load_known
from storage.importing.roster_file import RosterFile
from storage.importing.summary import Count, Summary
from storage.models import Absence, Cadre, Position, Unit, UnitVersion
from storage.outbox import table

FIRST_DAY = date(2000, 1, 1)


def apply_roster(session: Session, file: RosterFile, *, today: date, now: datetime) -> Summary:
    """Write ``file`` as of ``today``. Raises ImportRefused with every error, before anything is written."""
    known = load_known(session, today)
    check_roster(file, known)
    file.faults.refuse()
    summary = Summary(
        [
            _units(session, file, known, today),
            _cadres(session, file, known),
            _positions(session, file, known),
            _absences(session, file, known, now),
        ],
        {sheet: table.passed_over for sheet, table in file.tables.items()},
        {sheet: table.blank for sheet, table in file.tables.items()},
    )
    session.flush()
    session.expire_all()
    return summary


def _units(session: Session, file: RosterFile, known: Known, today: date) -> Count:
    """Write units and their versions; ``known`` learns the new ones."""
    count = Count("Đơn vị")
    lines = {same_code(line.code): line for line in reversed(file.units)}
    new = {line.code for key, line in lines.items() if key not in known.units}
    for unit_id, code in _insert(session, Unit, [{"code": code} for code in sorted(new)], Unit.id, Unit.code):
        known.units[same_code(code)] = KnownUnit(unit_id, code, None, None, None, None, None)
    versions: list[dict[str, Any]] = []
    for key, line in lines.items():
        unit = known.units[key]
        parent_id = known.units[same_code(line.parent)].id if line.parent else None
        content = {"name": line.name, "type": line.type, "parent_id": parent_id}
        if (unit.name, unit.type, unit.parent_id) == tuple(content.values()) and unit.version_id:
            count.same += 1
            continue
        if unit.version_id is not None and unit.since is not None:
            count.changed += 1
            if unit.since >= today:
                _update(session, UnitVersion, [{"id": unit.version_id, **content}])
                continue
            _update(session, UnitVersion, [{"id": unit.version_id, "valid_to": today - timedelta(days=1)}])
            since = today
        else:
            count.new += 1
            since = FIRST_DAY if line.code in new else today
        versions.append({"unit_id": unit.id, **content, "valid_from": since, "valid_to": None})
    _insert(session, UnitVersion, versions)
    count.same += len(file.units) - len(lines)
    return count


def _cadres(session: Session, file: RosterFile, known: Known) -> Count:
    count = Count("Cán bộ")
    names = {same_code(line.code): line for line in reversed(file.positions)}
    new = [line for key, line in names.items() if key not in known.cadres]
    changed = [
        {"id": known.cadres[key].id, "full_name": line.name}
        for key, line in names.items()
        if key in known.cadres and known.cadres[key].name != line.name
    ]
    rows = [{"code": line.code, "full_name": line.name} for line in new]
    for cadre_id, code, name in _insert(session, Cadre, rows, Cadre.id, Cadre.code, Cadre.full_name):
        known.cadres[same_code(code)] = KnownCadre(cadre_id, code, name)
    _update(session, Cadre, changed)
    count.new, count.changed = len(new), len(changed)
    count.same = len(names) - count.new - count.changed
    return count


def _positions(session: Session, file: RosterFile, known: Known) -> Count:
    fields = ("end_day", "full_time", "public_sector", "access_right")
    rows = [
        {
            "cadre_id": known.cadres[same_code(line.code)].id,
            "unit_id": known.units[same_code(line.unit)].id,
            "title": line.title,
            "start_day": line.start,
            "end_day": line.end,
            "full_time": line.full_time,
            "public_sector": line.public_sector,
            "access_right": line.right,
        }
        for line in file.positions
    ]
    return _merge(session, Count("Chức vụ"), Position, rows, ("cadre_id", "unit_id", "title", "start_day"), fields)


def _absences(session: Session, file: RosterFile, known: Known, now: datetime) -> Count:
    """An absence that somebody cancelled in the meantime stays cancelled."""
    rows = [
        {
            "cadre_id": known.cadres[same_code(line.cadre)].id if line.cadre else None,
            "unit_id": known.units[same_code(line.unit)].id if line.unit else None,
            "start_day": line.start,
            "end_day": line.end,
            "reason": line.reason,
            "decision_no": line.decision_no,
            "created_by": None,
            "created_at": now,
            "cancelled_at": None,
        }
        for line in file.absences
    ]
    key = ("cadre_id", "unit_id", "start_day", "end_day")
    return _merge(session, Count("Nghỉ"), Absence, rows, key, ("reason", "decision_no"))


def _merge(
    session: Session,
    count: Count,
    model: type[SQLModel],
    rows: list[dict[str, Any]],
    key: tuple[str, ...],
    fields: tuple[str, ...],
) -> Count:
    """Insert the ``rows`` whose ``key`` is not there yet, update those whose ``fields`` differ; count both."""
    columns = [getattr(model, name) for name in ("id", *key, *fields)]
    there = {row[1 : len(key) + 1]: row for row in session.execute(select(*columns))}
    new: dict[tuple[Any, ...], dict[str, Any]] = {}
    changed: list[dict[str, Any]] = []
    for row in rows:
        identity = tuple(row[name] for name in key)
        content = {name: row[name] for name in fields}
        found = there.get(identity)
        if found is None and identity not in new:
            new[identity] = row
        elif found is not None and found[len(key) + 1 :] != tuple(content.values()):
            changed.append({"id": found[0], **content})
        else:
            count.same += 1
    _insert(session, model, list(new.values()))
    _update(session, model, changed)
    count.new, count.changed = len(new), len(changed)
    return count


def _insert(
    session: Session, model: type[SQLModel], rows: list[dict[str, Any]], *returned: Any
) -> Iterable[tuple[Any, ...]]:
    if not rows:
        return ()
    statement = insert(table(model))  # the mapped class would make a statement of each pattern of empty fields
    if not returned:
        session.execute(statement, rows)
        return ()
    return session.execute(statement.returning(*(col(column) for column in returned)), rows).all()


def _update(session: Session, model: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    """Update by primary key."""
    if rows:
        session.execute(update(model), rows)
