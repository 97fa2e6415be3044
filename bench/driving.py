"""Measuring a bot that runs as a process of its own against a service's stand-in in another."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
) -> float:
    """Messages a second from the first getUpdates (or first delivery to a webhook) to the last sendMessage answered.

    `n_updates` texts from 200 chats are waiting and each must be answered with one message; each answer of
    the server takes `latency_ms`. The command finds the server in TELEGRAM_API_URL, TELEGRAM_FILE_URL and
    TELEGRAM_TOKEN, or in ZALO_API_URL and ZALO_TOKEN. Server and bot have a core each where there are two. Raises
    MeasurementError.
    """
    options = {"--updates": n_updates, "--chats": CHATS, "--latency-ms": latency_ms, "--text": text}
    words = [str(word) for option in options.items() for word in option]
    serve = [sys.executable, "-m", f"bench.{service}_server", *words]
    with _process(serve, dict(os.environ), 0, stdout=subprocess.PIPE) as server:
        told = _line_of(server)
        settings = {f"{service}_{name}".upper(): value for name, value in told.items()}
        with _process(command, {**os.environ, **settings, **env}, 1, stdout=subprocess.DEVNULL) as bot:
            result = _line_of(server, bot)
    if not result["every_chat_answered"]:
        raise MeasurementError(f"{' '.join(command)} did not answer every chat equally")
    return float(n_updates / result["seconds"])


@contextmanager
def _process(command: list[str], env: dict[str, str], core: int, **options: Any) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(command, env=env, text=True, **options)
    _pin(process.pid, core)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _pin(pid: int, core: int) -> None:
    if hasattr(os, "sched_setaffinity") and len(cores := sorted(os.sched_getaffinity(0))) > 1:
        os.sched_setaffinity(pid, {cores[core]})


def _line_of(server: subprocess.Popen[str], bot: subprocess.Popen[str] | None = None) -> dict[str, Any]:
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
