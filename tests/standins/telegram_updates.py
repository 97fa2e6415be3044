"""Updates on their way to the bot: fetched by getUpdates, or posted to its webhook."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.standins.telegram_spec import RefusedError

Update = dict[str, Any]

_LONGEST_PAUSE = 60


class UpdateQueue:
    """Updates waiting for getUpdates; they stay until a higher offset confirms them."""

    def __init__(self) -> None:
        self._pending: deque[Update] = deque()
        self._poll: asyncio.Future[None] | None = None
        self.on_poll: Callable[[], None] = lambda: None

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def is_polled(self) -> bool:
        """Whether a getUpdates is waiting."""
        return self._poll is not None

    def add(self, *updates: Update) -> None:
        """Put updates at the end and wake the waiting poll."""
        self._pending.extend(updates)
        self.release()

    def clear(self) -> list[Update]:
        """Take everything out."""
        taken = list(self._pending)
        self._pending.clear()
        return taken

    def release(self) -> None:
        """Let the waiting poll answer now."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    async def get(self, offset: int, limit: int, seconds: float) -> list[Update]:
        """As getUpdates does. Raises RefusedError(409) in a poll that another one takes over from."""
        if self._poll is not None and not self._poll.done():
            what = "Conflict: terminated by other getUpdates request"
            advice = "make sure that only one bot instance is running"
            self._poll.set_exception(RefusedError(409, f"{what}; {advice}"))
        self._confirm(offset)
        if not self._pending and seconds > 0:
            await self._wait(seconds)
        return [self._pending[i] for i in range(min(limit, len(self._pending)))]

    def _confirm(self, offset: int) -> None:
        keep = -offset if offset < 0 else len(self._pending)
        while len(self._pending) > keep or (self._pending and self._pending[0]["update_id"] < offset):
            self._pending.popleft()

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        self.on_poll()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None


@dataclass(frozen=True, slots=True)
class Webhook:
    """What setWebhook was told."""

    url: str
    secret_token: str | None = None
    max_connections: int = 40


def queue_key(update: Update) -> str:
    """Telegram posts one update at a time of each queue: a chat's messages, a user's button presses."""
    if query := update.get("callback_query"):
        return f"user {query['from']['id']}"
    content = next((part for part in update.values() if isinstance(part, dict)), {})
    return f"chat {content.get('chat', {}).get('id')}"


class WebhookSender:
    """Posts updates until each is answered 2xx: again at once, then after 2, 4, ... `pause` seconds."""

    def __init__(self, hook: Webhook, pause: float = 1.0, patience: float = 60.0) -> None:
        self.hook = hook
        self.last_error: str | None = None
        self.posted = 0
        self._pause = pause
        self._queues: dict[str, deque[Update]] = defaultdict(deque)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(hook.max_connections)
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=patience))

    def __len__(self) -> int:
        return sum(len(queue) for queue in self._queues.values())

    def add(self, update: Update) -> None:
        """Post the update when its turn in its queue comes."""
        key = queue_key(update)
        self._queues[key].append(update)
        if key not in self._tasks:
            self._tasks[key] = asyncio.create_task(self._drain(key))

    async def all_delivered(self) -> None:
        """Wait until everything added so far is delivered."""
        await asyncio.gather(*self._tasks.values())

    async def stop(self) -> list[Update]:
        """Stop posting; what was not delivered, in order."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._session.close()
        left = [update for queue in self._queues.values() for update in queue]
        return sorted(left, key=lambda update: int(update["update_id"]))

    async def _drain(self, key: str) -> None:
        queue = self._queues[key]
        failures = 0
        while queue:
            async with self._slots:
                asked_pause = await self._post(queue[0])
            if asked_pause is None:
                queue.popleft()
                failures = 0
                continue
            failures += 1
            pause = min(2 ** (failures - 1), _LONGEST_PAUSE) if failures > 1 else 0
            await asyncio.sleep(max(pause, asked_pause) * self._pause)
        del self._tasks[key], self._queues[key]

    async def _post(self, update: Update) -> float | None:
        """None when delivered, else the seconds the receiver asked to wait."""
        self.posted += 1
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.hook.secret_token} if self.hook.secret_token else {}
        try:
            async with self._session.post(self.hook.url, json=update, headers=headers) as response:
                if response.ok:
                    return None
                self.last_error = f"Wrong response from the webhook: {response.status} {response.reason}"
                return float(response.headers.get("Retry-After", 0))
        except (aiohttp.ClientError, TimeoutError) as error:
            self.last_error = f"{type(error).__name__}: {error}"
            return 0.0
