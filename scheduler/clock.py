"""APScheduler as an alarm clock and nothing more: what is due, and what was done, is in the database."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

log = logging.getLogger(__name__)

SECONDS = "0,30"


async def run_clock(zone: ZoneInfo, on_tick: Callable[[], Awaitable[object]]) -> None:
    """Call ``on_tick`` at once and then twice a minute until cancelled.

    However late the alarm goes off, it goes off once: the tick itself knows since when it has to look.
    """

    async def ring() -> None:
        try:
            await on_tick()
        except Exception:
            log.exception("scheduler: a tick failed; the next one makes up for it")

    alarm = AsyncIOScheduler(timezone=zone)
    trigger = CronTrigger(second=SECONDS, timezone=zone)
    alarm.add_job(ring, trigger, id="tick", misfire_grace_time=None, coalesce=True, max_instances=1)
    alarm.start()
    try:
        await ring()
        await asyncio.Event().wait()
    finally:
        alarm.shutdown(wait=False)
