"""The demo, as `make demo` starts it: an address, people to be, and a clock that can be moved."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

AJAX = {"X-Requested-With": "fetch"}


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """Where a demo of its own listens."""
    command = [sys.executable, "-m", "bot", "demo", "--data", str(tmp_path), "--port", "0", "--now", "2026-11-19T10:00"]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
    yield next(word for word in line.split() if word.startswith("http"))
    process.terminate()
    await asyncio.wait_for(process.wait(), 15)


async def until(browser: aiohttp.ClientSession, url: str, phrase: str) -> list[dict[str, Any]]:
    """The chat's lines once one of them holds ``phrase``."""
    async with asyncio.timeout(30):
        while True:
            async with browser.get(f"{url}api/messages?after=0") as answer:
                lines: list[dict[str, Any]] = (await answer.json())["lines"]
            if any(phrase in str(line) for line in lines):
                return lines
            await asyncio.sleep(0.1)


async def test_two_clicks_to_be_a_cadre_and_the_clock_brings_a_reminder(address: str) -> None:
    async with aiohttp.ClientSession(headers=AJAX, cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
        async with asyncio.timeout(15):
            while True:
                try:
                    hello = await (await browser.get(f"{address}api/hello")).json()
                    break
                except aiohttp.ClientConnectionError:
                    await asyncio.sleep(0.05)
        people = hello["demo"]["people"]
        assert len(people) == 60
        featured = {person["featured_role"]: person["code"] for person in people if person["featured_role"]}
        assert set(featured) == {"cadre", "secretary", "admin"}
        became = await browser.post(f"{address}api/demo/become", json={"code": featured["cadre"]})
        assert became.status == 200
        await until(browser, address, "/tiendo")
        for _ in range(6):
            said = await (await browser.post(f"{address}api/demo/advance", json={})).json()
        assert said["said"]
        assert said["now"] > hello["demo"]["now"]
