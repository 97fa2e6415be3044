"""Measuring a bot that runs as a process of its own against a service's stand-in in another."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

CHATS = 200
_PATIENCE = 120  # seconds for one measurement


class MeasurementError(Exception):
    """A bot did not answer every update, or one chat more often than another."""


def measure(
    command: list[str],
    env: Mapping[str, str],
    n_updates: int,
    latency_ms: float,
    *,
    text: str = "Xin chào {number}",
    service: str = "telegram",
    on_both_cores: bool = False,
) -> float:
    """Messages a second from the first getUpdates (or first delivery to a webhook) to the last sendMessage answered.

    `n_updates` texts from 200 chats are waiting and each must be answered with one message; each answer of
    the server takes `latency_ms`. The command finds the server in TELEGRAM_API_URL, TELEGRAM_FILE_URL and
    TELEGRAM_TOKEN, or in ZALO_API_URL and ZALO_TOKEN. Server and bot have a core each where there are two, unless
    the bot is several processes that share them. Raises MeasurementError.
    """
    options = {"--updates": n_updates, "--chats": CHATS, "--latency-ms": latency_ms, "--text": text}
    words = [str(word) for option in options.items() for word in option]
    serve = [sys.executable, "-m", f"bench.{service}_server", *words]
    with process(serve, dict(os.environ), 0, stdout=subprocess.PIPE) as server:
        told = line_of(server)
        settings = {f"{service}_{name}".upper(): value for name, value in told.items()}
        core = None if on_both_cores else 1
        with process(command, {**os.environ, **settings, **env}, core, stdout=subprocess.DEVNULL) as bot:
            result = line_of(server, bot)
    if not result["every_chat_answered"]:
        raise MeasurementError(f"{' '.join(command)} did not answer every chat equally")
    return float(n_updates / result["seconds"])


@contextmanager
def process(
    command: list[str], env: dict[str, str], core: int | None = None, **options: Any
) -> Iterator[subprocess.Popen[str]]:
    """A process on `core`, gone at the end together with those that it started."""
    started = subprocess.Popen(command, env=env, text=True, start_new_session=True, **options)
    if core is not None:
        _pin(started.pid, core)
    try:
        yield started
    finally:
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()
        if started.stdout is not None:
            started.stdout.close()


def _pin(pid: int, core: int) -> None:
    if hasattr(os, "sched_setaffinity") and len(cores := sorted(os.sched_getaffinity(0))) > 1:
        os.sched_setaffinity(pid, {cores[core]})


def line_of(server: subprocess.Popen[str], bot: subprocess.Popen[str] | None = None) -> dict[str, Any]:
    """The server's next line. Waiting ends with the patience or the bot, by ending the server."""
    assert server.stdout is not None
    patience = threading.Timer(_PATIENCE, server.kill)
    patience.start()
    if bot is not None:
        threading.Thread(target=_end_with, args=(bot, server), daemon=True).start()
    line = server.stdout.readline()
    patience.cancel()
    if not line:
        why = f"in {_PATIENCE} s" if bot is None or bot.poll() is None else f"before it ended ({bot.returncode})"
        raise MeasurementError(f"the bot did not answer every update {why}")
    answer: dict[str, Any] = json.loads(line)
    return answer


def _end_with(bot: subprocess.Popen[str], server: subprocess.Popen[str]) -> None:
    bot.wait()
    server.kill()
