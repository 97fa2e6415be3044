"""The composition root: everything that runs, built from settings and kept running side by side.

A part that fails is started again; it never takes another part down.
"""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.channels.base import Channel
from bot.channels.web import WebChannel
from bot.delivery import Delivery
from bot.evidence import EvidenceKeeper
from bot.menus import MenuKeeper, Menus
from bot.promptness import keep_prompt
from bot.settings import Settings
from bot.studio import Studio
from bot.wake import Bell
from bot.web.demo_controls import DemoControls
from bot.web.hub import WebHub
from bot.web.links import Links
from bot.web.server import make_web_app
from bot.worker import Worker
from handlers.turn import House
from scheduler.clock import run_clock
from scheduler.enqueue import TickResult, look, put
from storage.budget import Budget
from storage.calendar import default_calendar
from storage.clock import Clock
from storage.database import Database
from storage.plans import load_plan
from storage.retention import sweep

log = logging.getLogger(__name__)

RESTART_SECONDS = 5.0
SHUTDOWN_SECONDS = 7.0


def make_house(settings: Settings, clock: Clock | None = None) -> House:
    """The plan, calendar, clock and public addresses that ``settings`` name. Raises what a bad plan file raises."""
    return House(
        plan=load_plan(settings.plan),
        calendar=default_calendar(),
        clock=clock or Clock(ZoneInfo(settings.timezone)),
        public_url=settings.public_url,
    )


@dataclass(slots=True)
class App:
    """The running program."""

    settings: Settings
    db: Database
    house: House
    demo: DemoControls | None = None
    inbox_bell: Bell = field(default_factory=Bell)
    outbox_bells: dict[str, Bell] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    hub: WebHub = field(init=False)
    studio: Studio = field(init=False)
    links: Links = field(init=False)

    def __post_init__(self) -> None:
        """Make the channels that are configured; the web page always is."""
        self.hub = WebHub(self.db)
        secret = self.settings.webhook_secret.get_secret_value()
        self.links = Links(self.db, self.house.clock, self.settings.public_url, secret)
        self.studio = Studio(self.db, self.house)
        self.channels["web"] = WebChannel(self.db, self.house.clock, self.hub)
        if self.settings.telegram_token.get_secret_value():
            self.channels["telegram"] = self._telegram()
        if self.settings.zalo_token.get_secret_value():
            self.channels["zalo"] = self._zalo()
        self.house.capabilities = {name: channel.capabilities for name, channel in self.channels.items()}
        self.outbox_bells = {name: Bell() for name in self.channels}

    def _telegram(self) -> Channel:
        from bot.channels.telegram import TelegramChannel

        settings = self.settings
        return TelegramChannel(
            self.db,
            self.house,
            self.inbox_bell,
            token=settings.telegram_token.get_secret_value(),
            api_url=settings.telegram_api_url,
            file_url=settings.telegram_file_url,
            proxy=settings.telegram_proxy,
            secret=settings.webhook_secret.get_secret_value(),
        )

    def _zalo(self) -> Channel:
        from bot.channels.zalo import ZaloChannel

        settings = self.settings
        return ZaloChannel(
            self.db,
            self.house,
            self.inbox_bell,
            self.links,
            token=settings.zalo_token.get_secret_value(),
            api_url=settings.zalo_api_url,
            secret=settings.webhook_secret.get_secret_value(),
        )

    def budgets(self) -> dict[str, Budget]:
        """The channels whose messages are counted."""
        return {"zalo": Budget("zalo", self.settings.zalo_monthly_budget, self.house.clock)}

    def wake_outboxes(self) -> None:
        """There may be something to send."""
        for bell in self.outbox_bells.values():
            bell.ring()

    def worker(self) -> Worker:
        """What answers the inbox."""
        return Worker(self.db, self.house, self.channels, self.inbox_bell, self.wake_outboxes)

    def deliveries(self) -> list[Delivery]:
        """What sends, one for each channel."""
        budgets = self.budgets()
        return [
            Delivery(self.db, self.house, channel, self.studio, self.outbox_bells[name], budgets.get(name))
            for name, channel in self.channels.items()
        ]

    async def tick(self) -> TickResult:
        """Put into the outbox whatever is due now. Looking takes its time in a reader; writing is short."""
        clock = self.house.clock
        agenda = await self.db.read(lambda session: look(session, self.house, clock.shared_now(session)))
        result = await self.db.write(lambda session: put(session, agenda))
        if result.queued or result.expired:
            log.info("scheduler: %s messages put into the outbox, %s too late", result.queued, result.expired)
            self.wake_outboxes()
        await self._sweep(agenda.until)
        return result

    async def _sweep(self, now: datetime) -> None:
        """Forget what was kept long enough: in a transaction of its own, for what is due must not fail with it."""
        day, years = self.house.clock.local_day(now), self.settings.keep_former_years
        found = await self.db.write(lambda session: sweep(session, now, day, years))
        if found:
            log.info("retention: %s", ", ".join(f"{count} {what}" for what, count in found.items()))

    def parts(self, roles: Iterable[str]) -> dict[str, Callable[[], Awaitable[object]]]:
        """What runs for ``roles``, by name."""
        chosen = set(roles)
        parts: dict[str, Callable[[], Awaitable[object]]] = {}
        if "intake" in chosen:
            parts |= {f"intake {name}": channel.run for name, channel in self.channels.items()}
            parts["evidence"] = EvidenceKeeper(self.db, self.house.clock, self.channels).run
            for channel in self.channels.values():
                if isinstance(channel, Menus):
                    parts[f"menus {channel.name}"] = MenuKeeper(self.db, self.house, channel).run
        if "worker" in chosen:
            parts["worker"] = self.worker().run
        if "delivery" in chosen:
            parts |= {f"delivery {d.channel.name}": d.run for d in self.deliveries()}
        if "scheduler" in chosen:
            parts["scheduler"] = lambda: run_clock(self.house.clock.zone, self.tick)
        if "web" in chosen:
            parts["web"] = self.serve
        return parts

    async def serve(self) -> None:
        """Serve the page and the webhooks until cancelled."""
        routes = [route for channel in self.channels.values() for route in getattr(channel, "routes", list)()]
        routes += self.links.routes()
        if token := self.settings.metrics_token.get_secret_value():
            from bot.web.metrics import Metrics

            routes += Metrics(self.db, self.house, token).routes()
        app = make_web_app(
            self.db,
            self.house,
            hub=self.hub,
            wake=self.inbox_bell.ring,
            secure=self.settings.is_secure,
            demo=self.demo,
            extra_routes=routes,
        )
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
        await runner.setup()
        try:
            site = web.TCPSite(runner, self.settings.web_host, self.settings.web_port)
            await site.start()
            log.info("web: http://%s:%s", self.settings.web_host, self.settings.web_port)
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()

    async def run(self, roles: Iterable[str]) -> None:
        """Run ``roles`` until SIGTERM or SIGINT, then stop in good order: calls in flight are finished and recorded."""
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            with suppress(NotImplementedError):  # Windows has no such handlers
                loop.add_signal_handler(number, stop.set)
        keep_prompt()
        tasks = [asyncio.create_task(_kept_running(name, part), name=name) for name, part in self.parts(roles).items()]
        await stop.wait()
        log.info("stopping")
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=SHUTDOWN_SECONDS)
        await self.close()

    async def close(self) -> None:
        """Let go of connections, the drawing process and the database."""
        for channel in self.channels.values():
            await channel.close()
        self.studio.close()
        self.db.close()


async def _kept_running(name: str, part: Callable[[], Awaitable[object]]) -> None:
    while True:
        try:
            await part()
        except asyncio.CancelledError:
            raise
        except OSError as error:
            log.error("%s: %s; trying again in %.0f s", name, error, RESTART_SECONDS)  # noqa: TRY400 - one line is enough
        except Exception:
            log.exception("%s: stopped unexpectedly; starting it again in %.0f s", name, RESTART_SECONDS)
        await asyncio.sleep(RESTART_SECONDS)
