"""A real headless Chromium on the page, at a phone's and at a desk's width."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, BrowserContext, Page

from tests.web.site import Site

ARTIFACTS = Path(__file__).parents[2] / "artifacts"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: dict[str, Any] = {
    "viewport": {"width": 375, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "vi-VN",
}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "locale": "vi-VN"}


def chromium() -> str | None:
    """Where this machine keeps its Chromium."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@dataclass
class Window:
    """A window on a site. ``complaints`` are errors of scripts and breaches of the content security policy."""

    context: BrowserContext
    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    async def say(self, text: str) -> None:
        """Type ``text`` and press Enter."""
        await self.page.get_by_label("Tin nhắn").fill(text)
        await self.page.keyboard.press("Enter")

    async def press(self, label: str) -> None:
        """Press the newest button called ``label``."""
        await self.page.get_by_role("button", name=label).last.click()

    async def sees(self, text: str) -> None:
        """Wait until ``text`` is shown."""
        await self.page.get_by_text(text).last.wait_for(state="visible", timeout=20_000)

    async def picture(self, name: str) -> None:
        """Keep a screenshot among the artefacts."""
        ARTIFACTS.mkdir(exist_ok=True)
        await self.page.screenshot(path=ARTIFACTS / f"web-{name}.png", animations="disabled", caret="hide")


@asynccontextmanager
async def window(browser: Browser, site: Site, address: str = "/", **device: Any) -> AsyncIterator[Window]:
    """Open ``site`` in a fresh window; afterwards nothing may have been complained about."""
    server = TestServer(site.app)
    await server.start_server()
    context = await browser.new_context(**(device or PHONE))
    try:
        opened = Window(context, await context.new_page(), str(server.make_url("/")))
        watch(opened)
        await opened.page.goto(opened.url + address.lstrip("/"))
        yield opened
        assert not opened.complaints
    finally:
        await context.close()
        await server.close()


def watch(opened: Window) -> None:
    """Take down what the browser complains about, except connections that a test has cut."""

    def heard(text: str) -> None:
        if "ERR_INTERNET_DISCONNECTED" not in text and "status of 4" not in text and "status of 5" not in text:
            opened.complaints.append(text)

    opened.page.on("pageerror", lambda error: heard(str(error)))
    opened.page.on("console", lambda message: heard(message.text) if message.type == "error" else None)
