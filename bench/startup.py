"""How long ``doanbot --help`` takes, and how much memory an idle bot holds."""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

_DOANBOT = [sys.executable, "-m", "bot"]
_SETTLED = 4.0  # seconds after which a bot without work is idle


def help_seconds(runs: int) -> float:
    """The median of so many runs, the first one not counted."""
    took = []
    for _ in range(runs + 1):
        begun = time.perf_counter()
        subprocess.run([*_DOANBOT, "--help"], check=True, stdout=subprocess.DEVNULL)
        took.append(time.perf_counter() - begun)
    return statistics.median(took[1:])


def idle_memory() -> dict[str, int]:
    """Bytes held by ``doanbot run``, all parts, on a new SQLite database without tokens; by process."""
    with TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
        free.close()
        settings = {"DATABASE_URL": f"sqlite:///{Path(folder) / 'doanbot.db'}", "WEB_PORT": port}
        env = {**os.environ, **settings, "LOG_LEVEL": "WARNING"}
        subprocess.run([*_DOANBOT, "migrate"], env=env, check=True, stdout=subprocess.DEVNULL)
        bot = subprocess.Popen([*_DOANBOT, "run"], env=env)
        try:
            time.sleep(_SETTLED)
            return {_name(pid): _resident(pid) for pid in (bot.pid, *_children(bot.pid))}
        finally:
            bot.terminate()
            bot.wait()


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in found.split()]


def _name(pid: int) -> str:
    return " ".join(Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").split("\0")[1:4])


def _resident(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return 1024 * next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))


def main(arguments: list[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench startup")
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args(arguments)
    print(f"doanbot --help: {help_seconds(options.runs):.2f} s (under 0.4 s)")
    for name, held in idle_memory().items():
        print(f"idle {name}: {held / 1e6:.0f} MB (under 120 MB)")
