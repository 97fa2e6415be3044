"""The alarm clock: it rings at once, and a tick that fails does not stop it."""

import asyncio
import logging

import pytest

from scheduler.clock import run_clock
from storage.clock import Clock


async def test_the_alarm_rings_at_once_and_stops_when_cancelled() -> None:
    rung = asyncio.Event()

    async def on_tick() -> None:
        rung.set()

    task = asyncio.create_task(run_clock(Clock().zone, on_tick))
    await asyncio.wait_for(rung.wait(), 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_failing_tick_is_told_to_the_operator_and_the_clock_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    rung = asyncio.Event()

    async def on_tick() -> None:
        rung.set()
        raise RuntimeError("the database is away")

    with caplog.at_level(logging.ERROR, "scheduler.clock"):
        task = asyncio.create_task(run_clock(Clock().zone, on_tick))
        await asyncio.wait_for(rung.wait(), 5)
        await asyncio.sleep(0)
        assert not task.done()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert "a tick failed" in caplog.text
