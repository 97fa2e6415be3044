"""Evaluating everybody for a week, a month and a year, beside the bare SQL that adds up the same rows.

The bare SQL is what one would write by hand, steered to the best index: per cadre the sums of the week's
hours, the month's attendances whose organiser stands below a unit of the cadre's, shirts and meetings, and
the year's initiatives, culture and sport, forms; declared and confirmed. It knows nothing of office hours,
entries logged twice, leave, obligations and verdicts.
"""

import argparse
import multiprocessing
import sqlite3
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import Session

from bench import in_pandas
from bench.big_city import ON, build
from storage.calendar import default_calendar
from storage.compliance.bulk import evaluate_all
from storage.database import Database
from storage.periods import Period
from storage.plans import load_plan

SIZES = (10_000, 30_000, 100_000)
QUICK = (1_000, 3_000)
_FEW = 100


# The plus keeps SQLite from the index on the state, which would take several times as long.
_COUNTS = "+state IN ('declared', 'confirmed')"
_BARE = (
    f"""
    SELECT cadre_id, sum(minutes), sum(minutes) FILTER (WHERE state = 'confirmed') FROM entry
    WHERE day BETWEEN :week AND :on AND kind IN ('volunteer_hours', 'volunteer_activity') AND {_COUNTS}
    GROUP BY cadre_id
    """,
    f"""
    WITH RECURSIVE above (unit, superior, first, last) AS (
        SELECT unit_id, parent_id, valid_from, coalesce(valid_to, '9999-12-31') FROM unit_version
        WHERE parent_id IS NOT NULL
        UNION
        SELECT above.unit, v.parent_id, max(above.first, v.valid_from), min(above.last, coalesce(v.valid_to, '9999'))
        FROM above JOIN unit_version v ON v.unit_id = above.superior AND v.parent_id IS NOT NULL
            AND v.valid_from <= above.last AND coalesce(v.valid_to, '9999') >= above.first
    )
    SELECT cadre_id, kind, count(*), count(*) FILTER (WHERE state = 'confirmed') FROM entry
    WHERE day BETWEEN :month AND :on AND {_COUNTS}
        AND kind IN ('volunteer_activity', 'branch_meeting', 'youth_shirt', 'summoned_meeting')
        AND (kind IN ('youth_shirt', 'summoned_meeting') OR EXISTS (
            SELECT 1 FROM position p JOIN above ON above.superior = p.unit_id
            WHERE p.cadre_id = entry.cadre_id AND above.unit = entry.organiser_id
                AND entry.day BETWEEN above.first AND above.last))
    GROUP BY cadre_id, kind
    """,
    f"""
    SELECT cadre_id, kind, count(*), count(*) FILTER (WHERE state = 'confirmed') FROM entry
    WHERE day BETWEEN :year AND :on AND kind IN ('initiative', 'culture_sport') AND {_COUNTS}
    GROUP BY cadre_id, kind
    """,
    """
    SELECT cadre_id, kind, count(*), count(*) FILTER (WHERE state = 'approved') FROM document
    WHERE year = 2026 AND state <> 'draft' GROUP BY cadre_id, kind
    """,
)


@dataclass(frozen=True)
class Measured:
    """Medians of a city of so many cadres: processor seconds of each way, and bytes a cadre while evaluating."""

    cadres: int
    bare: float
    ours: float
    memory: float
    pandas: float | None

    @property
    def row(self) -> str:
        """A row of the table."""
        each = 1e6 * self.ours / self.cadres
        return (
            f"| {self.cadres:,} | {self.bare:.2f} s | {self.ours:.2f} s | {self.ours / self.bare:.2f} "
            f"| {each:.0f} µs | {self.memory:,.0f} B | {'–' if self.pandas is None else f'{self.pandas:.2f} s'} |"
        )


def measure(folder: Path, cadres: int, runs: int) -> Measured:
    """Both ways in turn, so that a slow minute of the machine slows both, after one round that is not counted."""
    file, small = folder / f"{cadres}.db", folder / f"before-{cadres}.db"
    database = build(file, cadres)
    build(small, _FEW).close()
    bare, ours = [], []
    for _ in range(runs + 1):
        bare.append(_seconds(lambda: _add_up(file)))
        ours.append(_seconds(lambda: database.read_now(_evaluate)))
    database.close()
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        memory = pool.apply(_growth, (small, file))
        with_pandas = pool.apply(in_pandas.seconds, (file, ON)) if in_pandas.is_here() else None
    file.unlink()
    return Measured(cadres, statistics.median(bare[1:]), statistics.median(ours[1:]), memory / cadres, with_pandas)


def _seconds(work: Callable[[], int]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _add_up(file: Path) -> int:
    days = {kind: Period.of(kind, ON).start.isoformat() for kind in ("week", "month", "year")}
    connection = sqlite3.connect(file)
    found = sum(1 for query in _BARE for _ in connection.execute(query, {**days, "on": ON.isoformat()}))
    connection.close()
    return found


def _evaluate(session: Session) -> int:
    return sum(1 for _ in evaluate_all(session, load_plan("can-tho-2023"), default_calendar(), ON))


def _growth(small: Path, file: Path) -> int:
    """By how many bytes more a process grows that evaluates everybody in ``file`` than one that has done ``small``."""
    peaks = []
    for city in (small, file):
        database = Database(f"sqlite:///{city}")
        database.read_now(_evaluate)
        database.close()
        peaks.append(_peak())
    return peaks[1] - peaks[0]


def _peak() -> int:
    """The most bytes this process has held; the peak that getrusage tells is inherited."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return 1024 * next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))


def main(arguments: list[str]) -> None:
    """Measure and print; `--quick` takes two small cities."""
    parser = argparse.ArgumentParser(prog="python -m bench compliance")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--quick", action="store_const", const=QUICK, dest="sizes")
    options = parser.parse_args(arguments)
    print("Evaluating for a week, a month and a year, processor time: at most 3 times the bare SQL, 1 KB a cadre\n")
    print("| cadres | bare SQL | evaluation | ratio | each | memory each | pandas, adding up alone |")
    print("|---|---|---|---|---|---|---|")
    with TemporaryDirectory() as folder:
        for cadres in options.sizes:
            print(measure(Path(folder), cadres, options.runs).row)
