"""Writing activities down: all of them or nothing, and nothing the second time.

An entry is known again by cadre, kind, day, start and organiser, and by its number among those of the file
that have all these in common. What counts as a change is a row that says something else than at the last
import: what people did to the entry in the meantime (confirmed, edited, deleted it) stays.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session, col

from storage.entries import DAY_MINUTES
from storage.importing.activities_file import ACTIVITIES, ActivitiesFile, ActivityLine
from storage.importing.cells import quote, same_code
from storage.importing.errors import ImportRefused, RowError
from storage.importing.hints import Hints
from storage.importing.known import Known, load_known
from storage.importing.summary import Count, Summary, rows_note
from storage.models import Entry, EntryChange
from storage.outbox import table
from storage.terms import EntryKind, EntryState

ACTION = "import"
IDS_AT_ONCE = 10_000
FIELDS = (
    "kind",
    "day",
    "start_minute",
    "end_minute",
    "minutes",
    "title",
    "organiser_id",
    "applied",
    "recognised_by",
    "recognised_on",
    "on_time",
    "state",
)
HOURS = (EntryKind.VOLUNTEER_HOURS,)
ATTENDANCES = (EntryKind.VOLUNTEER_ACTIVITY, EntryKind.BRANCH_MEETING)


@dataclass(slots=True)
class Imported:
    """An entry of an earlier import: ``said`` is what the file said then, as it was traced."""

    id: int
    key: str
    said: dict[str, Any]


def apply_activities(session: Session, file: ActivitiesFile, *, today: date, now: datetime) -> Summary:
    """Write ``file`` down. Raises ImportRefused with every error, before anything is written."""
    known = load_known(session, today)
    _check(file, known, today)
    file.faults.refuse()
    count = _write(session, file, known, now)
    session.flush()
    session.expire_all()
    return Summary(
        [count],
        {ACTIVITIES.name: file.table.passed_over},
        {ACTIVITIES.name: file.table.blank},
        list(_notes(file, today)),
    )


def _check(file: ActivitiesFile, known: Known, today: date) -> None:
    if not known.cadres:
        raise ImportRefused(
            [RowError("", "chưa có danh sách cán bộ; hãy nhập trước bằng lệnh doanbot import roster FILE.")]
        )
    cadres, units = Hints(known.cadre_names), Hints(known.unit_names)
    faults = file.table.faults
    missing = "trong danh sách đã nhập."
    for line in file.lines:
        if not cadres.knows(line.cadre):
            hint = cadres.of(line.cadre)
            faults.add(line.row, "Mã cán bộ", f"không có cán bộ mã {quote(line.cadre)} {missing}{hint}")
        if line.organiser and not units.knows(line.organiser):
            hint = units.of(line.organiser)
            faults.add(line.row, "Đơn vị tổ chức", f"không có đơn vị mã {quote(line.organiser)} {missing}{hint}")
        for column, day in (("Ngày", line.day), ("Ngày công nhận", line.recognised_on)):
            if day is not None and day.year > today.year + 1:
                faults.add(line.row, column, f"năm {day.year} còn quá xa; hãy xem lại năm, ví dụ {today:%d/%m/%Y}.")


def _write(session: Session, file: ActivitiesFile, known: Known, now: datetime) -> Count:
    count = Count("Hoạt động")
    there = _earlier(session, file, known)
    new: list[dict[str, Any]] = []
    changed: list[tuple[Imported, dict[str, Any]]] = []
    for prefix, rows in _grouped(file, known).items():
        free = there.get(prefix, [])
        left = []
        for row in rows:
            same = next((entry for entry in free if entry.said == traced(row)), None)
            if same is None:
                left.append(row)
            else:
                free.remove(same)
                count.same += 1
        changed += zip(free, left, strict=False)
        number = len(rows) - len(left) + len(free)
        for row in left[len(free) :]:
            number += 1
            new.append({**row, "import_key": f"{prefix}#{number}"})
    _insert(session, new, now)
    _change(session, changed, now)
    count.new, count.changed = len(new), len(changed)
    return count


def traced(row: dict[str, Any]) -> dict[str, Any]:
    """What the file says of an entry, as it is kept in its trace (JSON)."""
    return {name: value.isoformat() if isinstance(value := row[name], date) else value for name in FIELDS}


def _grouped(file: ActivitiesFile, known: Known) -> dict[str, list[dict[str, Any]]]:
    """The rows by what an entry is known by."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in file.lines:
        row = _row(line, known)
        start, organiser = row["start_minute"], row["organiser_id"]
        where = f"{'' if start is None else start}:{organiser or ''}"
        groups[f"{row['cadre_id']}:{line.kind}:{line.day}:{where}"].append(row)
    return groups


def _row(line: ActivityLine, known: Known) -> dict[str, Any]:
    return {
        "cadre_id": known.cadres[same_code(line.cadre)].id,
        "kind": line.kind,
        "day": line.day,
        "start_minute": line.start,
        "end_minute": line.end,
        "minutes": _minutes(line),
        "title": line.title,
        "organiser_id": known.units[same_code(line.organiser)].id if line.organiser else None,
        "applied": line.applied,
        "recognised_by": line.recognised_by,
        "recognised_on": line.recognised_on,
        "on_time": line.on_time,
        "state": EntryState.CONFIRMED if line.confirmed else EntryState.DECLARED,
    }


def _minutes(line: ActivityLine) -> int | None:
    """How long it lasted: as written, else from its start to its end, past midnight where the end comes first."""
    if line.minutes is not None or line.start is None or line.end is None:
        return line.minutes
    past_midnight = DAY_MINUTES if line.end < line.start else 0
    return line.end - line.start + past_midnight or None


def _earlier(session: Session, file: ActivitiesFile, known: Known) -> dict[str, list[Imported]]:
    """What earlier imports wrote for the cadres and days of the file, in the order of its numbers."""
    if not file.lines:
        return {}
    days = [line.day for line in file.lines]
    cadres = sorted({known.cadres[same_code(line.cadre)].id for line in file.lines})
    found: dict[int, Imported] = {}
    for ids in _parts(cadres):
        query = (
            select(col(Entry.id), col(Entry.import_key), col(EntryChange.after))
            .join(EntryChange, col(EntryChange.entry_id) == col(Entry.id))
            .where(
                col(Entry.cadre_id).in_(ids),
                col(Entry.import_key).is_not(None),
                col(EntryChange.action) == ACTION,
            )
            .order_by(col(EntryChange.id))
        )
        for entry_id, key, said in session.execute(query):
            found[entry_id or 0] = Imported(entry_id or 0, key or "", said or {})
    first, last = min(days).isoformat(), max(days).isoformat()
    groups: dict[str, list[Imported]] = defaultdict(list)
    for entry in found.values():
        if first <= entry.said["day"] <= last:
            groups[entry.key.rpartition("#")[0]].append(entry)
    for entries in groups.values():
        entries.sort(key=lambda entry: int(entry.key.rpartition("#")[2]))
    return groups


def _insert(session: Session, rows: list[dict[str, Any]], now: datetime) -> None:
    always = {"note": "", "return_reason": "", "source": "import", "created_at": now, "reviewed_by": None}
    full = [{**row, **always, "reviewed_at": now if row["state"] is EntryState.CONFIRMED else None} for row in rows]
    if not full:
        return
    written = session.execute(insert(table(Entry)).returning(col(Entry.id), col(Entry.import_key)), full)
    ids = {key: entry_id for entry_id, key in written}
    _trace(session, ((ids[row["import_key"]] or 0, None, traced(row)) for row in rows), now)


def _change(session: Session, changed: list[tuple[Imported, dict[str, Any]]], now: datetime) -> None:
    """Let the entries say what the file says now; its confirmation only where the file changed that."""
    if not changed:
        return
    before: dict[int, dict[str, Any]] = {}
    for ids in _parts([entry.id for entry, _ in changed]):
        columns = (col(getattr(Entry, name)) for name in ("id", *FIELDS))
        query = select(*columns).where(col(Entry.id).in_(ids))
        before |= {row["id"]: traced(dict(row)) for row in session.execute(query).mappings()}
    updates = []
    for entry, row in changed:
        values = {"id": entry.id} | {name: row[name] for name in FIELDS}
        if entry.said["state"] == row["state"]:
            del values["state"]
        else:
            values["reviewed_at"] = now if row["state"] is EntryState.CONFIRMED else None
        updates.append(values)
    _trace(session, ((entry.id, before[entry.id], traced(row)) for entry, row in changed), now)
    session.execute(update(Entry), updates)


def _trace(
    session: Session, changes: Iterable[tuple[int, dict[str, Any] | None, dict[str, Any]]], now: datetime
) -> None:
    rows = [
        {"entry_id": entry_id, "at": now, "actor_id": None, "action": ACTION, "after": after}
        | ({} if before is None else {"before": before})
        for entry_id, before, after in changes
    ]
    session.execute(insert(table(EntryChange)), rows)


def _parts(ids: list[int]) -> Iterator[list[int]]:
    return (ids[at : at + IDS_AT_ONCE] for at in range(0, len(ids), IDS_AT_ONCE))


def _notes(file: ActivitiesFile, today: date) -> Iterator[str]:
    """What is no error, but would surprise when it is counted."""
    matters = (
        (
            lambda line: line.kind in HOURS and line.minutes is None and (line.start is None or line.end is None),
            "chưa có số giờ nên chưa được tính giờ",
        ),
        (
            lambda line: line.kind in ATTENDANCES and line.organiser is None,
            "chưa có Đơn vị tổ chức nên chưa được tính vào số buổi của tháng",
        ),
        (lambda line: line.day > today, f"có ngày sau hôm nay ({today:%d/%m/%Y})"),
    )
    for applies, says in matters:
        rows = [line.row for line in file.lines if applies(line)]
        if rows:
            yield rows_note(rows, says)
