"""``/metrics`` for Prometheus: ages of queues, unknown outcomes, holds, reconciliation; no chat, no name, no text.

Nobody reads them without the token of ``METRICS_TOKEN``; without that setting the address does not exist.
What is in the database is the same from every replica; the rest is this process's own.
"""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from handlers.turn import House
from storage.database import Database
from storage.health import Health, health

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(slots=True)
class Metrics:
    """What one process tells about itself and its database."""

    db: Database
    house: House
    token: str
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)

    def __post_init__(self) -> None:
        """Count the database's errors from now on, whoever meets them."""
        ProcessCollector(registry=self.registry)
        errors = Counter(
            "doanbot_database_errors",
            "Statements and connections that failed, by kind.",
            ["kind"],
            registry=self.registry,
        )

        def count(context: ExceptionContext) -> None:
            errors.labels(type(context.original_exception).__name__).inc()

        for engine in {self.db.engine, self.db.reading_engine}:
            event.listen(engine, "handle_error", count)

    def routes(self) -> list[web.RouteDef]:
        """Where they are read."""
        return [web.get("/metrics", self._serve)]

    async def _serve(self, request: web.Request) -> web.Response:
        given = request.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {self.token}".encode()):
            return web.Response(status=401, headers={"WWW-Authenticate": "Bearer"})
        try:
            figures = list(families(await self.db.read(self._look)))
            up = 1
        except SQLAlchemyError:
            figures, up = [], 0
        reached = GaugeMetricFamily("doanbot_database_up", "Whether the database answered just now.", value=up)
        told = CollectorRegistry()
        told.register(_Told([reached, *figures]))
        body = generate_latest(told) + generate_latest(self.registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE})

    def _look(self, session: Session) -> Health:
        return health(session, self.house.clock.shared_now(session))


@dataclass(frozen=True, eq=False)
class _Told:
    """Families as a registry wants them."""

    families: list[Metric]

    def collect(self) -> list[Metric]:
        """As they are."""
        return self.families


def families(now: Health) -> Iterator[Metric]:
    """``now`` in Prometheus's words."""
    plain = (
        ("inbox_open", "Updates that are stored and not answered yet.", now.inbox.waiting),
        ("inbox_oldest_seconds", "How long the oldest of them has waited.", now.inbox.oldest_seconds),
        ("inbox_late", "Reconciliation: updates not answered for more than five minutes.", now.inbox_late),
        ("inbox_dead", "Updates that failed five times and were set aside; their senders were told.", now.inbox_dead),
        ("outbox_leases_over", "Reconciliation: messages held for five minutes beyond a lease.", now.leases_over),
        ("outbox_ambiguous", "Messages that may have come twice, or not at all.", now.ambiguous),
        ("outbox_unproved", "Reconciliation: ambiguous messages without a recorded unknown outcome.", now.unproved),
    )
    for name, says, value in plain:
        yield GaugeMetricFamily(f"doanbot_{name}", says, value=value)
    due = GaugeMetricFamily("doanbot_outbox_due", "Messages that are due and not sent yet.", labels=["kind"])
    oldest = GaugeMetricFamily("doanbot_outbox_oldest_seconds", "How long the oldest is overdue.", labels=["kind"])
    for kind, queue in (("reply", now.replies), ("notice", now.notices)):
        due.add_metric([kind], queue.waiting)
        oldest.add_metric([kind], queue.oldest_seconds)
    ended = GaugeMetricFamily("doanbot_outbox_failed", "Messages given up, or of unknown outcome.", labels=["state"])
    for state, count in now.troubled.items():
        ended.add_metric([state], count)
    hold = GaugeMetricFamily("doanbot_gate_hold_seconds", "How long the service asked us to wait.", labels=["channel"])
    for channel, seconds in now.hold_seconds.items():
        hold.add_metric([channel], seconds)
    yield from (due, oldest, ended, hold)
    if now.tick_seconds is not None:
        yield GaugeMetricFamily(
            "doanbot_scheduler_tick_age_seconds", "Since what is due was last dealt with.", value=now.tick_seconds
        )
    yield CounterMetricFamily("doanbot_updates", "Updates stored, by their numbers.", value=now.updates)
    yield CounterMetricFamily("doanbot_messages", "Messages put into the outbox, by their numbers.", value=now.messages)
