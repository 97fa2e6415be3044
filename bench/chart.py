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


def measure(kind: list[tuple[Callable[[Any], bytes], Any]], runs: int) -> tuple[float, float, float]:
    """Milliseconds: of the first in a new process, the median of the next, and that of their processor time.

    The first two run from asking to having the bytes; on a busy machine the third tells what the picture takes.
    """
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        waited, worked = [], []
        for turn in range(1 + runs):
            begun = time.perf_counter()
            worked.append(pool.submit(_draw, *kind[turn % len(kind)]).result()[1])
            waited.append(1000 * (time.perf_counter() - begun))
    return waited[0], statistics.median(waited[1:]), statistics.median(worked[1:])


def _draw(draw: Callable[[Any], bytes], picture: Any) -> tuple[bytes, float]:
    """The picture and the milliseconds of processor time it took."""
    begun = time.process_time()
    return draw(picture), 1000 * (time.process_time() - begun)


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
    print("| picture | first | following (median) | processor time |")
    print("|---|---|---|---|")
    for name, kind in kinds.items():
        first, following, worked = measure(kind, options.runs)
        print(f"| {name} | {first:.0f} ms | {following:.0f} ms | {worked:.0f} ms |")
