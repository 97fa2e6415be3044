"""The Telegram stand-in as a process of its own: updates are waiting, the clock runs from fetch to last answer.

Writes one JSON line when it listens, and one when every update has been answered with a message.
"""

import argparse
import asyncio
import json
import sys
import time
from collections import Counter

from tests.standins.telegram import Call, TelegramStandIn


def _say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class Clock:
    """Seconds between the first getUpdates and the answer to the last message."""

    def __init__(self, expected: int) -> None:
        self.started: float | None = None
        self.done = asyncio.Event()
        self.seconds = 0.0
        self.per_chat: Counter[object] = Counter()
        self._expected = expected

    def note(self, call: Call) -> None:
        """Called as each answer is about to leave."""
        if call.method == "getUpdates" and self.started is None:
            self.started = call.at
        elif call.method == "sendMessage" and call.status == 200 and self.started is not None:
            self.per_chat[call.chat_id] += 1
            if self.per_chat.total() == self._expected:
                self.seconds = time.monotonic() - self.started
                self.done.set()


async def serve(updates: int, chats: int, latency: float, text: str) -> None:
    """Serve one measurement and then go on until killed; latency in seconds."""
    clock = Clock(updates)
    async with TelegramStandIn(strict=False, latency=latency) as telegram:
        telegram.on_answer = clock.note
        for number in range(updates):
            telegram.push_text(1 + number % chats, text.format(number=number))
        _say(api_url=telegram.api_url, file_url=telegram.file_url, token=telegram.token)
        await clock.done.wait()
        expected = Counter(1 + number % chats for number in range(updates))
        _say(seconds=clock.seconds, every_chat_answered=clock.per_chat == expected)
        await asyncio.Event().wait()


def main() -> None:
    """Read the options and serve."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--updates", type=int, required=True)
    parser.add_argument("--chats", type=int, required=True)
    parser.add_argument("--latency-ms", type=float, required=True)
    parser.add_argument("--text", required=True)
    options = parser.parse_args()
    asyncio.run(serve(options.updates, options.chats, options.latency_ms / 1000, options.text))


if __name__ == "__main__":
    main()
