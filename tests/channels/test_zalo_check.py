"""What ``doanbot check`` says of Zalo: what is wrong, why, and what to do."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from storage.budget import Budget
from storage.clock import Clock
from storage.database import Database
from storage.migrations import migrate
from storage.models import OutboxState
from storage.outbox import REPLY, Claimed, claim, enqueue, settle
from tests.standins.zalo import TOKEN, ZaloStandIn
from tests.standins.zalo_faults import Fault


class Check:
    """The command against the stand-in and a database of its own."""

    def __init__(self, zalo: ZaloStandIn, database: Database, capsys: pytest.CaptureFixture[str]) -> None:
        self.zalo, self.database, self._capsys = zalo, database, capsys

    async def line(self, matter: str) -> str:
        """The line about ``matter``."""
        await asyncio.to_thread(main, ["check"])
        printed = self._capsys.readouterr().out
        assert TOKEN not in printed
        return next(line for line in printed.splitlines() if line[5:].startswith(f"{matter}:"))


@pytest.fixture
async def check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[Check]:
    """The command, with settings for a bot at the stand-in."""
    url = f"sqlite:///{tmp_path / 'check.db'}"
    database = Database(url)
    migrate(database)
    monkeypatch.chdir(tmp_path)
    async with ZaloStandIn() as zalo:
        values = {"DATABASE_URL": url, "ZALO_TOKEN": zalo.token, "ZALO_API_URL": zalo.api_url, "PUBLIC_URL": ""}
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        yield Check(zalo, database, capsys)
    database.close()


async def test_a_bot_that_answers_is_named(check: Check) -> None:
    assert await check.line("zalo") == "ok   zalo: answers as Bot Cán bộ Đoàn, polled (for trying out only)"


async def test_a_refused_token_says_which_setting(check: Check) -> None:
    check.zalo.fail(Fault.UNAUTHORIZED)
    said = await check.line("zalo")
    assert said.startswith("FAIL zalo: getMe: 401")
    assert "set ZALO_TOKEN" in said


async def test_a_service_that_is_not_there_says_so(check: Check) -> None:
    await check.zalo.go_down()
    assert "check the network and ZALO_API_URL" in await check.line("zalo")


async def test_a_webhook_that_is_not_set_or_leads_elsewhere_is_told(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://bot.example")
    assert "no webhook is set; start doanbot run" in await check.line("zalo")
    check.zalo.webhook = {"url": "https://elsewhere.example/hook"}
    assert "delivers to another address" in await check.line("zalo")


async def test_what_the_budget_withheld_is_listed(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZALO_MONTHLY_BUDGET", "4")
    assert "0 of 4 messages" in await check.line("zalo budget")
    now = Clock().now()
    budget = Budget("zalo", 4, Clock())
    message: dict[str, Any] = {"channel": "zalo", "chat_id": "c", "kind": "digest", "body": {"text": "x"}}

    def used_up(session: Any) -> None:
        enqueue(session, key="digest:DCS1:AN:2026-W47", now=now, **message)
        reply = Claimed(0, "r", "zalo", "c", None, REPLY, {"text": "x"}, 1, False)
        budget.take(session, [reply] * 4, now)
        rows = claim(session, channel="zalo", worker="w", now=now, limit=1, bulk_limit=1)
        [(row, reason)] = budget.take(session, rows, now).withheld
        settle(session, row, OutboxState.CANCELLED, now, outcome="budget", detail=reason)

    check.database.write_now(used_up)
    said = await check.line("zalo budget")
    assert said.startswith("FAIL zalo budget: 4 of 4 messages")
    assert "1 not sent for it: digest:DCS1:AN:2026-W47" in said
