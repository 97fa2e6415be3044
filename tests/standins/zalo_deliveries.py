"""Posts to a bot's webhook over kept connections, as light as can be: a benchmark measures the bot, not this."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

CONNECTIONS = 128
AGAIN_SECONDS = 0.05
SECRET_HEADER = "X-Bot-Api-Secret-Token"


class Deliveries:
    """A queue of bodies on their way to ``url``; ``on_answer`` gets the status of each."""

    def __init__(self, url: str, secret: str, on_answer: Callable[[int], None]) -> None:
        address = urlsplit(url)
        self._host, self._port = address.hostname or "", address.port or 80
        self._head = (
            f"POST {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Type: application/json\r\n"
            f"{SECRET_HEADER}: {secret}\r\nContent-Length: "
        ).encode()
        self._on_answer = on_answer
        self._queue: asyncio.Queue[bytes] = asyncio.Queue()
        self._workers: list[asyncio.Task[None]] = []

    def add(self, body: Any) -> None:
        """Post ``body`` as soon as a connection is free."""
        self._queue.put_nowait(json.dumps(body, ensure_ascii=False).encode())
        if len(self._workers) < CONNECTIONS:
            self._workers.append(asyncio.create_task(self._work()))

    async def close(self) -> None:
        """Give up what was not delivered."""
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)

    async def _work(self) -> None:
        reader, writer = await self._connect()
        try:
            while True:
                body = await self._queue.get()
                writer.write(b"%s%d\r\n\r\n%s" % (self._head, len(body), body))
                try:
                    self._on_answer(await _status(reader))
                except (ConnectionError, asyncio.IncompleteReadError):
                    reader, writer = await self._connect()
        finally:
            writer.close()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection; a bot may set its webhook a moment before it listens."""
        while True:
            try:
                return await asyncio.open_connection(self._host, self._port)
            except ConnectionError:
                await asyncio.sleep(AGAIN_SECONDS)


async def _status(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    length = next((line for line in lines if line.lower().startswith("content-length:")), ":0")
    await reader.readexactly(int(length.partition(":")[2]))
    return int(status.split()[1])
