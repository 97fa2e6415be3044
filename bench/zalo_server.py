"""The Zalo stand-in as a process of its own: updates are delivered as soon as the bot has set its webhook.

Writes one JSON line when it listens, and one when every update has been answered with a message.
"""

import argparse
import asyncio
import json
import sys
import time
from collections import Counter
from urllib.parse import urlsplit

from tests.standins.zalo import Call, ZaloStandIn, id_of

_PATIENCE = 60.0  # seconds


def _say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


async def serve(updates: int, chats: int, latency: float, text: str) -> None:
    """Serve one measurement and then go on until killed; latency in seconds.

    The clock runs from the first delivery, once the bot has set its webhook and listens, to the last answer.
    """
    answered: Counter[str] = Counter()
    done = asyncio.Event()

    def note(call: Call) -> None:
        if call.method == "sendMessage" and call.status == 200:
            answered[call.chat_id] += 1
            if answered.total() == updates:
                done.set()

    async with ZaloStandIn(latency=latency, on_answer=note) as zalo:
        _say(api_url=zalo.api_url, token=zalo.token)
        await zalo.wait_for(lambda z: bool(z.webhook), within=_PATIENCE)
        await _listening(zalo.webhook["url"])
        started = time.monotonic()
        for number in range(updates):
            zalo.push_text(str(number % chats), text.format(number=number))
        await done.wait()
        seconds = time.monotonic() - started
        expected = Counter(id_of(str(number % chats)) for number in range(updates))
        _say(seconds=seconds, every_chat_answered=answered == expected)
        await asyncio.Event().wait()


async def _listening(url: str) -> None:
    """Return once somebody listens at ``url``."""
    address = urlsplit(url)
    async with asyncio.timeout(_PATIENCE):
        while True:
            try:
                _, writer = await asyncio.open_connection(address.hostname, address.port)
            except ConnectionError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                return


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
