"""Writing a roster down: all of it or nothing, and nothing the second time.

What a unit is called, what kind it is and where it belongs is dated: a change closes the version of
yesterday and opens one today. Units, people and positions that a file does not name stay as they are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session, SQLModel, col

from storage.importing.cells import same_code
from storage.importing.check_roster import check_roster
from storage.importing.known import Known, KnownCadre, KnownUnit, load_known
from storage.importing.roster_file import RosterFile
from storage.importing.summary import Count, Summary, rows_note
from storage.models import Absence, Cadre, Position, Unit, UnitVersion
from storage.outbox import table
from storage.terms import PositionTitle, UnitType

FIRST_DAY = date(2000, 1, 1)


def apply_roster(session: Session, file: RosterFile, *, today: date, now: datetime) -> Summary:
    """Write ``file`` as of ``today``. Raises ImportRefused with every error, before anything is written."""
    known = load_known(session, today)
    check_roster(file, known)
    file.faults.refuse()
    notes = list(_notes(session, file, known))
    summary = Summary(
        [
            _units(session, file, known, today),
            _cadres(session, file, known),
            _positions(session, file, known),
            _absences(session, file, known, now),
        ],
        {sheet: table.passed_over for sheet, table in file.tables.items()},
        {sheet: table.blank for sheet, table in file.tables.items()},
        notes,
    )
    session.flush()
    session.expire_all()
    return summary


def _notes(session: Session, file: RosterFile, known: Known) -> Iterator[str]:
    """What is no error, but would surprise when people are reminded and counted."""
    tops = [line.row for line in file.units if line.parent is None and line.type is not UnitType.CITY_UNION]
    if tops:
        yield rows_note(tops, "để trống Đơn vị cấp trên, nên không thuộc đơn vị nào")
    held: dict[tuple[str, str, PositionTitle], set[date]] = defaultdict(set)
    for line in file.positions:
        held[same_code(line.code), same_code(line.unit), line.title].add(line.start)
    cadres, units = ({row.id: key for key, row in side.items()} for side in (known.cadres, known.units))
    columns = (Position.cadre_id, Position.unit_id, Position.title, Position.start_day, Position.end_day)
    query = select(*map(col, columns))
    open_since = {
        (cadres[cadre_id], units[unit_id], title)
        for cadre_id, unit_id, title, start, end in session.execute(query)
        if end is None and (starts := held.get((cadres[cadre_id], units[unit_id], title))) and start not in starts
    }
    twice = [
        line.row for line in file.positions if (same_code(line.code), same_code(line.unit), line.title) in open_since
    ]
    if twice:
        yield rows_note(
            twice,
            "có Từ ngày khác lần nhập trước, nên thành chức vụ thứ hai; "
            "hãy thêm dòng cũ và ghi Đến ngày để chấm dứt chức vụ cũ",
        )


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
