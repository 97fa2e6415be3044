"""The Telegram stand-in as a process of its own, with people who write at a steady rate; it takes the time of answers.

Writes one JSON line when it listens and one at the end. People begin to write when the bot has answered a first
message, so that its start is not measured.
"""

import argparse
import asyncio
import json
import sys
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field

from tests.standins.telegram import Call, TelegramStandIn

FIRST_CHAT, FLOOD_CHAT, BULK_CHATS = 1, 90_000, 100_000
PATIENCE_SECONDS = 60.0


@dataclass(slots=True)
class Stopwatch:
    """When each message was written, and how many seconds its answer took; answers of a chat come in order."""

    written: defaultdict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    took: defaultdict[bool, list[float]] = field(default_factory=lambda: defaultdict(list))
    bulk: int = 0
    per_chat: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))

    def note(self, call: Call) -> None:
        """Called as each answer of the server is about to leave."""
        if call.method != "sendMessage" or call.status != 200:
            return
        chat = int(call.chat_id or 0)
        self.per_chat[chat] += 1
        if chat >= BULK_CHATS:
            self.bulk += 1
        elif self.written[chat]:
            self.took[chat == FLOOD_CHAT].append(time.monotonic() - self.written[chat].popleft())

    def open(self) -> int:
        """How many messages wait for their answer."""
        return sum(map(len, self.written.values()))


def percentile(values: list[float], share: float) -> float:
    """The value below which ``share`` of ``values`` lie, in milliseconds; 0 without values."""
    return 1000 * sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def _say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


async def _write(telegram: TelegramStandIn, watch: Stopwatch, rate: float, seconds: float, chats: list[int]) -> None:
    """``rate`` messages a second from ``chats`` in turn, by the clock: a late one is made up for."""
    began, number = time.monotonic(), 0
    while time.monotonic() - began < seconds:
        while number < (time.monotonic() - began) * rate:
            _push(telegram, watch, chats[number % len(chats)])
            number += 1
        await asyncio.sleep(0.005)


def _push(telegram: TelegramStandIn, watch: Stopwatch, chat: int) -> None:
    watch.written[chat].append(time.monotonic())
    telegram.push_text(chat, "Xin chào")


async def _settled(watch: Stopwatch) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while watch.open():  # noqa: ASYNC110 - the stand-in has no event for it
            await asyncio.sleep(0.002)


async def serve(options: argparse.Namespace) -> None:
    """A burst, then people at a steady rate, one of whom may flood; then go on until killed."""
    watch = Stopwatch()
    people = list(range(FIRST_CHAT, FIRST_CHAT + options.chats))
    async with TelegramStandIn(strict=False, latency=options.latency_ms / 1000) as telegram:
        telegram.on_answer = watch.note
        _say(api_url=telegram.api_url, file_url=telegram.file_url, token=telegram.token)
        for chat in people:
            _push(telegram, watch, chat)
        await _settled(watch)
        began = time.monotonic()
        for number in range(options.burst):
            _push(telegram, watch, people[number % len(people)])
        await _settled(watch)
        burst = time.monotonic() - began
        watch.took.clear()
        bulk_before, began = watch.bulk, time.monotonic()
        writing = [_write(telegram, watch, options.rate, options.seconds, people)]
        if options.flood:
            writing.append(_write(telegram, watch, options.flood, options.seconds, [FLOOD_CHAT]))
        await asyncio.gather(*writing)
        bulk_rate = (watch.bulk - bulk_before) / (time.monotonic() - began)
        await _settled(watch)
        others, flood = watch.took[False], watch.took[True]
        _say(
            burst_rate=options.burst / burst,
            answers=len(others),
            p50=percentile(others, 0.5),
            p99=percentile(others, 0.99),
            flood_p99=percentile(flood, 0.99),
            bulk_rate=bulk_rate,
            answered=sum(count for chat, count in watch.per_chat.items() if chat < BULK_CHATS),
        )
        await asyncio.Event().wait()


def main() -> None:
    """Read the options and serve."""
    parser = argparse.ArgumentParser()
    for name, kind in (("chats", int), ("burst", int), ("rate", float), ("seconds", float), ("flood", float)):
        parser.add_argument(f"--{name}", type=kind, required=True)
    parser.add_argument("--latency-ms", type=float, required=True)
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
