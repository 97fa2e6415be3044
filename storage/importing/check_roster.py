"""Does a roster agree with itself and with the database? What does not is noted in the file's faults."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from storage.importing.cells import quote, same_code
from storage.importing.hints import Hints
from storage.importing.known import Known
from storage.importing.roster_file import ABSENCES, CADRES, UNITS, PositionLine, RosterFile, UnitLine

FOREVER = date.max


def check_roster(file: RosterFile, known: Known) -> None:
    """Note every contradiction and every code that nobody knows."""
    units = Hints(known.unit_names | file.unit_codes)
    cadres = Hints(known.cadre_names | file.cadre_codes)
    _check_units(file)
    _check_superiors(file, known, units)
    _check_people(file)
    _check_positions(file)
    _check_codes(file, CADRES.name, ((line.row, line.unit) for line in file.positions), "Đơn vị", units)
    if ABSENCES.name in file.tables:
        of_cadres = ((line.row, line.cadre) for line in file.absences)
        of_units = ((line.row, line.unit) for line in file.absences)
        _check_codes(file, ABSENCES.name, of_cadres, "Mã cán bộ", cadres)
        _check_codes(file, ABSENCES.name, of_units, "Đơn vị", units)
        _check_absences(file)


def _check_codes(
    file: RosterFile, sheet: str, used: Iterable[tuple[int, str | None]], column: str, codes: Hints
) -> None:
    what = "cán bộ mã" if column == "Mã cán bộ" else "đơn vị mã"
    for row, code in used:
        if code is not None and not codes.knows(code):
            file.tables[sheet].faults.add(
                row,
                column,
                f"không có {what} {quote(code)} trong tệp này cũng như trong danh sách đã nhập.{codes.of(code)}",
            )


def _check_units(file: RosterFile) -> None:
    first: dict[str, UnitLine] = {}
    faults = file.tables[UNITS.name].faults
    for line in file.units:
        other = first.setdefault(same_code(line.code), line)
        if (line.name, line.type, _key(line.parent)) != (other.name, other.type, _key(other.parent)):
            faults.add(
                line.row,
                "Mã đơn vị",
                f"mã {quote(line.code)} đã dùng ở dòng {other.row} cho {other.name}; mỗi đơn vị một mã riêng.",
            )


def _check_superiors(file: RosterFile, known: Known, units: Hints) -> None:
    """Superiors exist, and nobody is above themselves."""
    faults = file.tables[UNITS.name].faults
    _check_codes(file, UNITS.name, ((line.row, line.parent) for line in file.units), "Đơn vị cấp trên", units)
    by_id = {unit.id: key for key, unit in known.units.items()}
    above = {key: by_id.get(unit.parent_id or 0) for key, unit in known.units.items()}
    above |= {same_code(line.code): _key(line.parent) for line in file.units}
    reported: set[str] = set()
    for line in file.units:
        path = [same_code(line.code)]
        while (superior := above.get(path[-1])) is not None and superior not in path:
            path.append(superior)
        if superior is None or superior != path[0] or reported & set(path):
            continue
        reported |= set(path)
        circle = " → ".join([*path, path[0]])
        faults.add(line.row, "Đơn vị cấp trên", f"cấp trên lặp vòng {circle}; hãy sửa để cấp trên cùng để trống ô này.")


def _check_people(file: RosterFile) -> None:
    first: dict[str, PositionLine] = {}
    for line in file.positions:
        other = first.setdefault(same_code(line.code), line)
        if line.name.casefold() != other.name.casefold():
            file.tables[CADRES.name].faults.add(
                line.row,
                "Họ và tên",
                f"mã {quote(line.code)} ở dòng {other.row} tên là {other.name}, ở đây lại là {line.name}; "
                "hãy ghi giống nhau, hoặc cho mỗi người một mã riêng.",
            )


def _check_positions(file: RosterFile) -> None:
    """Nobody holds the same position of the same unit twice at a time."""
    held: dict[tuple[str, str, str], list[PositionLine]] = defaultdict(list)
    for line in file.positions:
        same = held[same_code(line.code), same_code(line.unit), line.title]
        for other in same:
            if _content(line) != _content(other) and _overlap(line, other):
                file.tables[CADRES.name].faults.add(
                    line.row,
                    "Từ ngày",
                    f"trùng thời gian với dòng {other.row} (cùng người, cùng đơn vị, cùng chức vụ); "
                    "hãy giữ một dòng, hoặc ghi Đến ngày cho dòng cũ.",
                )
                break
        same.append(line)


def _content(line: PositionLine) -> tuple[object, ...]:
    return line.start, line.end, line.full_time, line.public_sector, line.right


def _overlap(one: PositionLine, other: PositionLine) -> bool:
    return one.start <= (other.end or FOREVER) and other.start <= (one.end or FOREVER)


def _check_absences(file: RosterFile) -> None:
    first: dict[tuple[str | None, str | None, date, date], tuple[int, str, str]] = {}
    for line in file.absences:
        content = (line.row, line.reason, line.decision_no)
        other = first.setdefault((_key(line.cadre), _key(line.unit), line.start, line.end), content)
        if other[1:] != content[1:]:
            file.tables[ABSENCES.name].faults.add(
                line.row,
                "Từ ngày",
                f"đã có ở dòng {other[0]} với lý do hoặc số quyết định khác; hãy giữ một dòng.",
            )


def _key(code: str | None) -> str | None:
    return None if code is None else same_code(code)
