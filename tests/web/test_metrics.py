"""``/metrics``: what operators see, who may, and that dashboards and alerts ask for what there is."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.web.metrics import Metrics
from handlers.turn import House
from storage import inbox
from storage.database import Database
from storage.gate import hold
from storage.health import LAST_TICK
from storage.models import AppState, DeliveryAttempt, InboxMessage, InboxState, OutboxMessage, OutboxState
from storage.outbox import REPLY, enqueue
from tests.frozen import FrozenClock

ROOT = Path(__file__).parents[2]
TOKEN = {"Authorization": "Bearer s3cret"}
OURS = re.compile(r"\b(?:doanbot|process)_[a-z_]+")


@pytest.fixture
def metrics(db: Database, house: House) -> Metrics:
    """The metrics of a database with nothing in it."""
    return Metrics(db, house, "s3cret")


async def read(metrics: Metrics, headers: dict[str, str] = TOKEN) -> tuple[int, str]:
    """The status and the page."""
    app = web.Application()
    app.add_routes(metrics.routes())
    async with TestClient(TestServer(app)) as client:
        answer = await client.get("/metrics", headers=headers)
        return answer.status, await answer.text()


def told(page: str) -> dict[str, float]:
    """Each of our own series, with its labels, and its value."""
    lines = [line.rsplit(" ", 1) for line in page.splitlines() if line.startswith("doanbot_")]
    return {series: float(value) for series, value in lines}


def trouble(session: Session, house: House) -> None:
    """An old update, one set aside, a late reply, a lease over, an unknown outcome with and one without proof."""
    now = house.clock.now()
    old = now - timedelta(minutes=10)
    inbox.store(session, [inbox.inbox_row("telegram", str(n), "4711", "{}", old) for n in (1, 2)])
    dead = session.get_one(InboxMessage, 2)
    dead.state = InboxState.DEAD
    for key in ("late", "held", "lost", "twice"):
        body = {"text": "Nguyễn Hoài An"}
        enqueue(session, key=key, channel="telegram", chat_id="4711", kind=REPLY, body=body, now=old)
    _, held, lost, twice = (session.get_one(OutboxMessage, number) for number in (1, 2, 3, 4))
    held.state, held.lease_until = OutboxState.SENDING, old
    lost.state, lost.ambiguous = OutboxState.UNKNOWN, True
    twice.state, twice.ambiguous = OutboxState.SENT, True
    session.add(DeliveryAttempt(outbox_id=4, attempt=1, at=now, outcome="unknown"))
    session.add(AppState(name=LAST_TICK, value=(now - timedelta(seconds=42)).isoformat()))
    hold(session, "telegram", now, 30)


async def test_trouble_shows(metrics: Metrics, house: House) -> None:
    metrics.db.write_now(lambda session: trouble(session, house))
    status, page = await read(metrics)
    shown = told(page)
    assert status == 200
    expected = {
        "doanbot_database_up": 1,
        "doanbot_inbox_open": 1,
        "doanbot_inbox_oldest_seconds": 600,
        "doanbot_inbox_late": 1,
        "doanbot_inbox_dead": 1,
        'doanbot_outbox_due{kind="reply"}': 1,
        'doanbot_outbox_oldest_seconds{kind="reply"}': 600,
        'doanbot_outbox_due{kind="notice"}': 0,
        "doanbot_outbox_leases_over": 1,
        "doanbot_outbox_ambiguous": 2,
        "doanbot_outbox_unproved": 1,
        'doanbot_outbox_failed{state="unknown"}': 1,
        'doanbot_outbox_failed{state="dead"}': 0,
        'doanbot_gate_hold_seconds{channel="telegram"}': 30,
        "doanbot_scheduler_tick_age_seconds": 42,
        "doanbot_updates_total": 2,
        "doanbot_messages_total": 4,
    }
    assert {series: shown[series] for series in expected} == expected
    assert "4711" not in page
    assert "Hoài" not in page


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer "}, {"Authorization": "Bearer S3CRET"}])
async def test_nobody_reads_them_without_the_token(metrics: Metrics, headers: dict[str, str]) -> None:
    assert await read(metrics, headers) == (401, "")


async def test_errors_of_the_database_are_counted_by_kind(metrics: Metrics) -> None:
    with pytest.raises(DBAPIError):
        metrics.db.read_now(lambda session: session.connection().execute(text("SELECT * FROM nowhere")))
    shown = told((await read(metrics))[1])
    assert [v for series, v in shown.items() if series.startswith("doanbot_database_errors_total")] == [1]


async def test_a_database_that_is_away_is_told_instead_of_failing(
    metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise DBAPIError("SELECT 1", {}, ConnectionError("gone"))

    monkeypatch.setattr("bot.web.metrics.health", away)
    assert told((await read(metrics))[1])["doanbot_database_up"] == 0


def alerts() -> list[dict[str, object]]:
    """The alerts of the file."""
    rules = yaml.safe_load((ROOT / "ops/alerts.yaml").read_text())["groups"][0]["rules"]
    return list(rules)


def asked_for() -> Iterator[str]:
    """Every expression of the dashboard and the alerts."""
    for panel in json.loads((ROOT / "ops/grafana-dashboard.json").read_text())["panels"]:
        yield from (target["expr"] for target in panel["targets"])
    yield from (str(alert["expr"]) for alert in alerts())


async def test_dashboard_and_alerts_ask_for_what_there_is(metrics: Metrics, house: House, clock: FrozenClock) -> None:
    metrics.db.write_now(lambda session: trouble(session, house))
    _, page = await read(metrics)
    there = set(OURS.findall(page))
    assert {name for expression in asked_for() for name in OURS.findall(expression)} <= there


def test_each_promise_has_its_alert() -> None:
    text_of = (ROOT / "docs/guarantees.md").read_text().split("## Nobody else's")[0]
    rows = [line.split("|")[1].strip() for line in text_of.splitlines() if line.startswith("| ")]
    promises = set(rows) - {"promise"}
    assert {str(alert["annotations"]["promise"]) for alert in alerts()} == promises  # type: ignore[index]
