"""How many messages a second: bare echo bots, and whoever else answers each text with one message."""

import argparse
import os
import socket
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.driving import MeasurementError, measure
from bench.postgres import empty_database


@dataclass(frozen=True)
class Contender:
    """A bot to be measured, in a fresh environment each time; `bare`: an echo bot as the library makes it."""

    name: str
    command: list[str]
    bare: bool = False
    environment: Callable[[], AbstractContextManager[Mapping[str, str]]] = lambda: nullcontext({})
    service: str = "telegram"
    on_both_cores: bool = False

    def rate(self, n_updates: int, latency_ms: float) -> float:
        """Messages a second in one run."""
        with self.environment() as env:
            return measure(
                self.command, env, n_updates, latency_ms, service=self.service, on_both_cores=self.on_both_cores
            )


def _echo(name: str, *, client: str = "httpx", concurrent: int = 0) -> Contender:
    options = ["--client", client, "--concurrent", str(concurrent)]
    return Contender(name, [sys.executable, "-m", "bench.telegram_echo", *options], bare=client == "httpx")


@contextmanager
def _empty_database() -> Iterator[Mapping[str, str]]:
    """A migrated SQLite database that nothing is in, on the disk where temporary files are."""
    with TemporaryDirectory() as folder:
        settings = {"DATABASE_URL": f"sqlite:///{Path(folder) / 'doanbot.db'}", "LOG_LEVEL": "WARNING"}
        migrate = [sys.executable, "-m", "bot", "migrate"]
        subprocess.run(migrate, env={**os.environ, **settings}, check=True, stdout=subprocess.DEVNULL)
        yield settings


@contextmanager
def _behind_a_webhook() -> Iterator[Mapping[str, str]]:
    """The same, with an address for the webhook of a service that counts no messages today."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    with _empty_database() as settings:
        address = {"WEB_PORT": str(port), "PUBLIC_URL": f"http://127.0.0.1:{port}"}
        yield {**settings, **address, "ZALO_MONTHLY_BUDGET": "1000000000"}


_DOANBOT = [sys.executable, "-m", "bot", "run", "--only", "intake,worker,delivery"]
_ON_WEBHOOK = [*_DOANBOT[:-1], "intake,worker,delivery,web"]
_TWO = f"{sys.executable} -m bot run --only intake,worker & {sys.executable} -m bot run --only delivery & wait"

CONTENDERS = [
    _echo("echo, one after another"),
    *(_echo(f"echo, {n} at a time", concurrent=n) for n in (8, 32, 64, 256)),
    _echo("echo over aiohttp, one after another", client="aiohttp"),
    *(_echo(f"echo over aiohttp, {n} at a time", client="aiohttp", concurrent=n) for n in (64, 256)),
    Contender("doanbot, every message stored first", _DOANBOT, environment=_empty_database),
    Contender("doanbot, two processes on PostgreSQL", ["sh", "-c", _TWO], False, empty_database, on_both_cores=True),
    Contender("doanbot over Zalo's webhook, every message stored first", _ON_WEBHOOK, False, _behind_a_webhook, "zalo"),
]


def enough_updates(contender: Contender, latency_ms: float, seconds: float) -> int:
    """Updates for a run of about `seconds`, found by a short one."""
    pilot = contender.rate(200, latency_ms)
    return round(max(200, min(pilot * seconds, 10_000)))


def compare(contenders: list[Contender], latencies: list[float], runs: int, seconds: float) -> str:
    """A Markdown table of medians (lowest–highest), and who of the bare ones was fastest.

    The contenders take turns, so that a slow minute of the machine slows them all.
    """
    rates: dict[tuple[str, float], list[float]] = {}
    for latency in latencies:
        sizes = {c.name: enough_updates(c, latency, seconds) for c in contenders}
        for _ in range(runs):
            for c in contenders:
                rates.setdefault((c.name, latency), []).append(c.rate(sizes[c.name], latency))
    lines = [
        "| bot | " + " | ".join(f"answers take {latency:g} ms" for latency in latencies) + " |",
        "|---|" + "---|" * len(latencies),
        *(f"| {c.name} | " + " | ".join(_cell(rates[c.name, ms]) for ms in latencies) + " |" for c in contenders),
    ]
    if bare := [c.name for c in contenders if c.bare]:
        lines += ["", *(_fastest(bare, ms, rates) for ms in latencies)]
    return "\n".join(lines)


def _cell(rates: list[float]) -> str:
    return f"{statistics.median(rates):,.0f} ({min(rates):,.0f}–{max(rates):,.0f})"


def _fastest(names: list[str], latency: float, rates: dict[tuple[str, float], list[float]]) -> str:
    medians = {name: statistics.median(rates[name, latency]) for name in names}
    best = max(medians, key=lambda name: medians[name])
    return f"Fastest bare echo when answers take {latency:g} ms: {best}, {medians[best]:,.0f} messages/s"


def main(arguments: list[str]) -> None:
    """Measure and print; `--only WORD` keeps the contenders whose name contains it."""
    parser = argparse.ArgumentParser(prog="python -m bench echo")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.0, help="about how long a run takes")
    parser.add_argument("--latency-ms", type=float, nargs="+", default=[0.0, 40.0])
    parser.add_argument("--only", action="append", default=[])
    options = parser.parse_args(arguments)
    chosen = [c for c in CONTENDERS if not options.only or any(word in c.name for word in options.only)]
    try:
        print(compare(chosen, options.latency_ms, options.runs, options.seconds))
    except MeasurementError as error:
        sys.exit(str(error))
