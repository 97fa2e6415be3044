"""A bell between tasks of one process; other processes are noticed by looking again after a while."""

import asyncio


class Bell:
    """``ring`` wakes whoever waits; rings while nobody waits are kept, many count as one."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake the waiter now or at its next wait."""
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Wait for a ring, at most ``seconds``."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return
        self._event.clear()
