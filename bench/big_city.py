"""A city of any size in a SQLite file, made by the database itself: always the same rows for the same size.

A cadre of it has about 30 rows: hours of every week and attendances of two months, shirts and meetings of
this month, something for the year; one entry in three without clock times, a few within office hours,
a few without an organiser, a few logged twice. One cadre in 33 is on leave, one in ten holds two positions.
"""

from datetime import date
from pathlib import Path

from sqlalchemy import Connection
from sqlmodel import SQLModel

from storage.database import Database
from storage.models import Entry
from storage.outbox import table

ON = date(2026, 11, 20)
"""The day to evaluate: a Friday late in the month and in the year."""

UNIONS, BRANCHES = 5, 60
"""How many grassroots unions, and branches below them, a commune of a thousand cadres has."""

# Units are numbered level by level: 1 the city, then :n communes, their unions, their branches.
_UNITS = f"""
INSERT INTO unit_version (unit_id, name, type, parent_id, valid_from)
SELECT id, 'Đơn vị ' || id,
    CASE WHEN id = 1 THEN 'city_union'
         WHEN id < 2 + :n THEN CASE id % 4 WHEN 0 THEN 'district_equivalent' ELSE 'commune_union' END
         WHEN id < 2 + :n * {1 + UNIONS} THEN 'grassroots_union'
         ELSE 'branch' END,
    CASE WHEN id = 1 THEN NULL
         WHEN id < 2 + :n THEN 1
         WHEN id < 2 + :n * {1 + UNIONS} THEN 2 + (id - 2 - :n) / {UNIONS}
         ELSE 2 + :n + (id - 2 - :n * {1 + UNIONS}) / {BRANCHES // UNIONS} END,
    '2020-01-01'
FROM unit
"""
# As a roster lists them: commune after commune, in each its own cadres, then those of the unions and branches.
_POSITIONS = f"""
INSERT INTO position (cadre_id, unit_id, title, full_time, public_sector, access_right, start_day, end_day)
SELECT id,
    CASE WHEN id % 1000 < 200 THEN 2 + id / 1000
         WHEN id % 1000 < 500 THEN 2 + :n + id / 1000 * {UNIONS} + (id % 1000 - 200) * {UNIONS} / 300
         ELSE 2 + :n * {1 + UNIONS} + id / 1000 * {BRANCHES} + (id % 1000 - 500) * {BRANCHES} / 500 END,
    CASE id % 7 WHEN 0 THEN 'secretary' WHEN 1 THEN 'deputy_secretary' WHEN 2 THEN 'specialist'
                ELSE 'committee_member' END,
    id % 19 = 0, id % 23 <> 0, 'none',
    CASE WHEN id % 29 = 0 THEN '2026-11-09' ELSE '2025-07-01' END, NULL
FROM cadre
UNION ALL
SELECT id, 2 + :n * {1 + UNIONS} + id / 1000 * {BRANCHES}, 'committee_member', 0, 1, 'none', '2025-07-01', NULL
FROM cadre WHERE id % 10 = 3 AND id % 1000 < 500
"""
_ABSENCES = """
INSERT INTO absence (cadre_id, start_day, end_day, reason, decision_no, created_at)
SELECT id, date('2026-11-02', '+' || (id % 14) || ' days'), date('2026-11-05', '+' || (id % 14) || ' days'),
    'nghỉ phép', '', '2026-11-01 00:00:00'
FROM cadre WHERE id % 33 = 0
"""
_OCCASIONS = """
CREATE TEMP TABLE occasion AS
WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 11)
SELECT 100 + n AS n, date('2026-09-28', '+' || (7 * n) || ' days') AS day, 6 AS spread,
    'volunteer_hours' AS kind, 85 AS chance FROM n WHERE n < 8
UNION ALL SELECT 200 + n, date('2026-11-16', '-' || (7 * n) || ' days'), 3, 'volunteer_activity', 40 FROM n WHERE n < 3
UNION ALL SELECT 300 + n, date('2026-11-01', '+' || (5 * n) || ' days'), 5, 'branch_meeting', 80 FROM n WHERE n < 4
UNION ALL SELECT 400 + n, date('2026-10-01', '+' || (7 * n) || ' days'), 5, 'branch_meeting', 80 FROM n WHERE n < 4
UNION ALL SELECT 500 + n, date('2026-10-05', '+' || (7 * n) || ' days'), 1, 'youth_shirt', 90 FROM n WHERE n < 7
UNION ALL SELECT 600 + n, date('2026-11-03', '+' || (7 * n) || ' days'), 4, 'summoned_meeting', 60 FROM n WHERE n < 2
UNION ALL SELECT 700 + n, date('2026-02-10', '+' || (90 * n) || ' days'), 60, 'initiative', 40 FROM n WHERE n < 3
UNION ALL SELECT 800 + n, date('2026-03-20', '+' || (150 * n) || ' days'), 30, 'culture_sport', 70 FROM n WHERE n < 2
"""
_HOMES = """
CREATE TEMP TABLE home AS
SELECT cadre_id AS id, min(unit_id) AS own, min(first) AS below, min(many) AS many
FROM position LEFT JOIN (
    SELECT parent_id, min(unit_id) AS first, count(*) AS many FROM unit_version GROUP BY parent_id
) ON parent_id = unit_id
GROUP BY cadre_id
"""
# ``r`` is something like a random number, the same every time; ``r % 7`` and ``r % 11`` have little in common.
_ENTRIES = """
INSERT INTO entry (cadre_id, kind, day, start_minute, minutes, title, organiser_id, applied,
    recognised_by, recognised_on, on_time, note, state, return_reason, source, created_at)
SELECT id, kind, date(day, '+' || (r % spread) || ' days') AS day,
    CASE WHEN kind = 'volunteer_hours' AND r % 3 THEN CASE r % 20 WHEN 1 THEN 960 ELSE 1050 END END,
    CASE WHEN kind IN ('volunteer_hours', 'volunteer_activity') THEN 30 * (1 + r % 7) END,
    '',
    CASE WHEN kind IN ('volunteer_activity', 'branch_meeting') AND r % 23
         THEN CASE WHEN below IS NULL OR r % 11 = 0 THEN own ELSE below + r % many END END,
    0,
    CASE WHEN kind = 'initiative' AND r % 2 THEN 'agency_head' END,
    CASE WHEN kind = 'initiative' AND r % 2 THEN date(day, '+70 days') END,
    CASE WHEN kind = 'summoned_meeting' THEN r % 13 > 0 END,
    '',
    CASE WHEN r % 37 = 0 THEN 'returned' WHEN r % 5 < 2 THEN 'confirmed' ELSE 'declared' END,
    '', 'chat', '2026-11-20 00:00:00'
FROM (SELECT *, (id * 2654435761 + n * (id + 40503) * 7919) / 64 % 9973 AS r FROM occasion CROSS JOIN home)
WHERE r % 100 < chance
ORDER BY 3
"""
_FORMS = """
INSERT INTO document (cadre_id, kind, year, content, state, version, begun_at, saved_at, submitted_on, return_reason)
SELECT id, 'registration', 2026, '{}', CASE WHEN id % 3 THEN 'approved' ELSE 'submitted' END, 1,
    '2026-01-05 00:00:00', '2026-01-05 00:00:00', date('2026-01-05', '+' || (id % 60) || ' days'), ''
FROM cadre WHERE id % 6 UNION ALL
SELECT id, 'self_review', 2026, '{}', 'submitted', 1,
    '2026-11-10 00:00:00', '2026-11-10 00:00:00', date('2026-11-10', '+' || (id % 9) || ' days'), ''
FROM cadre WHERE id % 8 = 1
"""
_TWICE = """
INSERT INTO entry (cadre_id, kind, day, start_minute, minutes, title, organiser_id, applied,
    recognised_by, recognised_on, on_time, note, state, return_reason, source, created_at)
SELECT cadre_id, kind, day, start_minute, minutes, title, organiser_id, applied,
    recognised_by, recognised_on, on_time, note, 'declared', return_reason, 'import', created_at
FROM entry WHERE cadre_id % 50 = 0 AND kind = 'branch_meeting' AND day > '2026-11-10'
"""


def build(file: Path, cadres: int, step: int = 1) -> Database:
    """A new database in ``file`` with a city of so many cadres; the caller closes it.

    Their ids are ``step`` apart, which makes as many more units for the same number of cadres.
    """
    database = Database(f"sqlite:///{file}")
    communes = step * cadres // 1000 + 1
    SQLModel.metadata.create_all(database.engine)
    with database.engine.begin() as connection:
        _count_up(connection, "unit (code)", "'U' || n", 1 + communes * (1 + UNIONS + BRANCHES))
        _count_up(
            connection, "cadre (id, code, full_name)", f"n * {step}, printf('CB%06d', n), 'Nguyễn Văn ' || n", cadres
        )
        for statement in (_UNITS, _POSITIONS):
            connection.exec_driver_sql(statement, {"n": communes})
        for statement in (_ABSENCES, _FORMS, _OCCASIONS, _HOMES):
            connection.exec_driver_sql(statement)
        indexes = table(Entry).indexes
        for index in indexes:  # built at once they cost a fraction
            index.drop(connection)
        for statement in (_ENTRIES, _TWICE):
            connection.exec_driver_sql(statement)
        for index in indexes:
            index.create(connection)
    return database


def _count_up(connection: Connection, into: str, values: str, last: int) -> None:
    numbers = f"WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {last})"
    connection.exec_driver_sql(f"INSERT INTO {into} {numbers} SELECT {values} FROM n")
