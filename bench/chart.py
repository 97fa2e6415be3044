"""How long pictures take: drawn as the program draws them, one after another in a worker process."""

import argparse
import multiprocessing
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlmodel import Session

from bench.big_city import ON, build
from handlers.turn import House
from handlers.views import progress, progress_chart, report_chart
from storage.calendar import default_calendar
from storage.clock import Clock
from storage.periods import Period
from storage.plans import load_plan
from storage.reporting import unit_figures

CADRES = 2_000
COMMUNE, CADRE = 2, 1
DAYS = ("2026-11-08", "2026-11-15", "2026-11-18", ON.isoformat())


def pictures(session: Session) -> dict[str, list[tuple[Callable[[Any], bytes], Any]]]:
    """Some pictures of each kind: who draws them, and what is drawn."""
    house = House(load_plan("can-tho-2023"), default_calendar(), Clock())
    days = [date.fromisoformat(day) for day in DAYS]
    own = [progress.look(session, house, CADRE, day) for day in days]
    months = [Period.of("month", ON), Period.of("week", ON)]
    of_unit = [unit_figures(session, house.plan, house.calendar, COMMUNE, month, ON) for month in months]
    return {
        "progress of a cadre": [(progress_chart.draw, progress.picture(found)) for found in own],
        "report of a unit": [(report_chart.draw, report_chart.picture(found)) for found in of_unit],
    }


def measure(kind: list[tuple[Callable[[Any], bytes], Any]], runs: int) -> tuple[float, float]:
    """Milliseconds from asking to having the bytes: of the first in a new process, and the median of the next."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        took = [_milliseconds(pool, *kind[turn % len(kind)]) for turn in range(1 + runs)]
    return took[0], statistics.median(took[1:])


def _milliseconds(pool: ProcessPoolExecutor, draw: Callable[[Any], bytes], picture: Any) -> float:
    begun = time.perf_counter()
    pool.submit(draw, picture).result()
    return 1000 * (time.perf_counter() - begun)


def main(arguments: list[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench chart")
    parser.add_argument("--runs", type=int, default=20)
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        database = build(Path(folder) / "city.db", CADRES)
        kinds = database.read_now(pictures)
        database.close()
    print("Pictures in a worker process: under 80 ms after the first\n")
    print("| picture | first | following (median) |")
    print("|---|---|---|")
    for name, kind in kinds.items():
        first, following = measure(kind, options.runs)
        print(f"| {name} | {first:.0f} ms | {following:.0f} ms |")
