"""The page in a real browser, used as people use it. Screenshots are kept in ``artifacts/``."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from bot.channels.base import Outgoing
from handlers.turn import House
from storage.database import Database
from tests.web.browsing import DESK, FLAGS, PHONE, chromium, window
from tests.web.script import answer
from tests.web.site import Demo, Site, say
from tests.web.test_pictures import picture

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("browser")]
CHECKS = Path(__file__).with_name("checks.js")
NOW = datetime.fromisoformat("2026-11-20T10:00:00+07:00")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Chromium of this machine, one for all tests of this file; each has windows of its own."""
    executable = chromium()
    if executable is None:
        pytest.skip("no Chromium on this machine; Debian's package is called chromium")
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield opened
        await opened.close()


@pytest.fixture
def site(sqlite: Database, house: House) -> Site:
    """A site whose bot keeps to the script."""
    return Site(sqlite, house, answer)


async def test_a_conversation_on_a_phone(browser: Browser, site: Site) -> None:
    """From the menu to "Đã ghi", then progress with a picture and a file."""
    async with window(browser, site) as phone:
        await phone.sees("Chào đồng chí!")
        await phone.picture("phone-1-first-visit")
        await phone.press("Menu")
        await phone.sees("Đồng chí muốn làm gì?")
        await phone.press("Ghi hoạt động")
        await phone.press("Giờ tình nguyện")
        await phone.sees("Việc gì, ngày nào")
        await phone.say("dọn kênh hôm qua 1 tiếng rưỡi")
        await phone.sees("Đồng chí xem lại giúp")
        await phone.picture("phone-2-card")
        await phone.page.get_by_role("button", name="Ghi", exact=True).last.click()
        await phone.sees("Đã ghi ✓")
        await phone.say("/tiendo")
        await phone.sees("Bảng tính Excel")
        await phone.page.get_by_alt_text("Tiến độ tuần 47").wait_for()
        await phone.page.locator("#typing").wait_for(state="hidden")
        await phone.picture("phone-3-progress")
        assert [i.text or i.choice for i in site.heard][:3] == ["/menu", "/ghi", "1:volunteer_hours"]
        width = await phone.page.evaluate("document.documentElement.scrollWidth")
        assert width == 375


async def test_picture_large_and_file_saved(browser: Browser, site: Site) -> None:
    """A tap enlarges a picture, Escape closes it; the workbook is saved under its own name."""
    async with window(browser, site, **DESK) as desk:
        await desk.say("/tiendo")
        await desk.page.get_by_role("button", name="Phóng to ảnh: Tiến độ tuần 47").click()
        await desk.page.get_by_role("dialog").wait_for()
        await desk.picture("desk-2-zoom")
        await desk.page.keyboard.press("Escape")
        await desk.page.get_by_role("dialog").wait_for(state="hidden")
        await desk.picture("desk-1-progress")
        async with desk.page.expect_download() as saved:
            await desk.page.get_by_role("link", name="Tải về Tiến độ tuần 47.xlsx").click()
        assert (await saved.value).suggested_filename == "Tiến độ tuần 47.xlsx"


async def test_keyboard_alone_is_enough(browser: Browser, site: Site) -> None:
    """Type, go back to the newest button with Shift+Tab, press it; Shift+Enter makes a new line."""
    async with window(browser, site, **DESK) as desk:
        await desk.page.locator("#text:focus").wait_for()
        await desk.page.keyboard.type("/menu")
        await desk.page.keyboard.press("Enter")
        await desk.sees("Đồng chí muốn làm gì?")
        for _ in range(2):
            await desk.page.keyboard.press("Shift+Tab")
        focused = "document.activeElement.textContent"
        assert await desk.page.evaluate(focused) == "Quy định"
        ring = await desk.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring == "solid"
        for _ in range(3):
            await desk.page.keyboard.press("Shift+Tab")
        await desk.page.keyboard.press("Enter")
        await desk.sees("Đồng chí ghi việc gì?")
        await desk.page.keyboard.press("Tab")
        await desk.page.get_by_label("Tin nhắn").focus()
        await desk.page.keyboard.type("một")
        await desk.page.keyboard.press("Shift+Enter")
        await desk.page.keyboard.type("hai")
        await desk.page.keyboard.press("Enter")
        await desk.sees("Tôi nghe: một")
        assert site.heard[-1].text == "một\nhai"


async def test_an_invite_link_starts_with_one_tap(browser: Browser, site: Site) -> None:
    """The code is filled in, leaves the address bar at once and survives a reload."""
    async with window(browser, site, "/?code=Ab3xY9_-Zz") as phone:
        await phone.sees("Bắt đầu với mã mời")
        assert "code" not in phone.page.url
        await phone.page.reload()
        assert await phone.page.get_by_label("Mã mời của đồng chí").input_value() == "Ab3xY9_-Zz"
        await phone.picture("phone-4-invite")
        await phone.press("Bắt đầu với mã mời")
        await phone.sees("Tôi nghe: /start Ab3xY9_-Zz")
        assert site.heard[0].choice == "/start Ab3xY9_-Zz"
        await phone.page.reload()
        await phone.sees("Tôi nghe: /start")
        assert not await phone.page.get_by_label("Mã mời của đồng chí").is_visible()


async def test_nothing_is_lost_without_a_connection(browser: Browser, site: Site) -> None:
    """Kept while offline, through a reload, and sent once the connection is back: each once, in order."""
    async with window(browser, site) as phone:
        await phone.say("có mạng")
        await phone.sees("Tôi nghe: có mạng")
        await phone.context.set_offline(True)
        await phone.say("mất mạng 1")
        await phone.say("mất mạng 2")
        await phone.page.get_by_role("button", name="Gửi lại").first.wait_for()
        await phone.picture("phone-5-offline")
        assert await phone.page.evaluate("Object.keys(localStorage).length") == 2
        await phone.context.set_offline(False)
        await phone.sees("Tôi nghe: mất mạng 2")
        assert [inbound.text for inbound in site.heard] == ["có mạng", "mất mạng 1", "mất mạng 2"]
        assert await phone.page.evaluate("Object.keys(localStorage).length") == 0
        assert await phone.page.locator(".line.mine").count() == 3


async def test_unsent_words_survive_closing_the_page(browser: Browser, site: Site) -> None:
    """A reload before the server has answered: sent again under the same name."""
    async with window(browser, site) as phone:
        await phone.page.route("**/api/messages", lambda route: route.abort("connectionreset"))
        phone.complaints.clear()
        await phone.say("đừng quên")
        await phone.page.get_by_role("button", name="Gửi lại").wait_for()
        await phone.page.unroute("**/api/messages")
        await phone.page.reload()
        await phone.sees("Tôi nghe: đừng quên")
        assert [inbound.text for inbound in site.heard] == ["đừng quên"]
        phone.complaints[:] = [said for said in phone.complaints if "ERR_CONNECTION_RESET" not in said]


async def test_what_the_server_refuses_is_explained(browser: Browser, site: Site) -> None:
    """One sentence at the message itself, and a way to be rid of it; the next message is not held up."""
    async with window(browser, site) as phone:
        await phone.page.get_by_label("Tin nhắn").evaluate("node => node.removeAttribute('maxlength')")
        await phone.say("x" * 10_001)
        await phone.sees("Tin dài quá")
        await phone.say("ngắn")
        await phone.sees("Tôi nghe: ngắn")
        await phone.press("Bỏ tin này")
        assert await phone.page.locator(".unsent").count() == 0


async def test_a_photo_is_shown_before_and_after_it_is_sent(browser: Browser, site: Site) -> None:
    """Chosen, seen, sent; the bot hears its key. What is not a picture is refused at once."""
    async with window(browser, site) as phone:
        chooser = phone.page.locator("#chooser")
        await chooser.set_input_files({"name": "ghi.txt", "mimeType": "text/plain", "buffer": b"abc"})
        await phone.sees("Chỉ gửi được ảnh")
        content = picture(size=(900, 600))
        await chooser.set_input_files({"name": "buổi sinh hoạt.jpg", "mimeType": "image/jpeg", "buffer": content})
        await phone.sees("buổi sinh hoạt.jpg")
        await phone.picture("phone-6-photo")
        await phone.press("Gửi")
        await phone.sees("Đã nhận ảnh")
        shown = phone.page.get_by_role("button", name="Phóng to ảnh: Ảnh đồng chí đã gửi")
        await shown.wait_for()
        assert site.heard[0].photo


async def test_text_of_people_stays_text(browser: Browser, site: Site) -> None:
    """Markup is shown as it was typed, both ways; commands and addresses can be tapped."""
    async with window(browser, site) as phone:
        await phone.say("<img src=x onerror=alert(1)> <b>đậm</b>")
        await phone.sees("Tôi nghe: <img src=x onerror=alert(1)> <b>đậm</b>")
        assert await phone.page.locator("#log b, #log img").count() == 0
        await phone.say("/tiendo")
        link = phone.page.get_by_role("link", name="https://doan.example/hd?id=7")
        assert await link.get_attribute("href") == "https://doan.example/hd?id=7"
        await phone.page.get_by_role("button", name="/quydinh").click()
        await phone.sees("Tôi nghe: /quydinh")


async def test_coming_back_shows_what_was_said_meanwhile(browser: Browser, site: Site) -> None:
    """A line stored while the page was closed is there, under its day, and old lines can be fetched."""
    site.answers = lambda inbound: [say(f"tin {number}") for number in range(70)]
    async with window(browser, site) as phone:
        await phone.say("nhiều")
        await phone.sees("tin 69")
        await phone.page.reload()
        await phone.sees("tin 69")
        await phone.sees("Thứ Sáu, 20/11/2026")
        assert await phone.page.locator(".line").count() == 60
        await phone.press("Xem tin cũ hơn")
        await phone.page.locator(".line.mine").wait_for()
        assert await phone.page.locator(".line").count() == 71
        assert not await phone.page.get_by_role("button", name="Xem tin cũ hơn").is_visible()


async def test_whoever_reads_above_is_not_pulled_down(browser: Browser, site: Site) -> None:
    """New lines are counted on a button that leads to the end."""
    site.answers = lambda inbound: [say(f"tin {number}") for number in range(30)]
    async with window(browser, site) as phone:
        await phone.say("nhiều")
        await phone.sees("tin 29")
        await phone.page.locator("#scroller").evaluate("node => { node.scrollTop = 100 }")
        await phone.press("Xem tiếp")
        await phone.page.locator("#scroller").evaluate("node => { node.scrollTop = 100 }")
        await phone.page.get_by_role("button", name="Xem tiếp").wait_for()
        chat_id = site.heard[0].chat_id
        await site.channel.send(chat_id, Outgoing("digest", "Bản tin tuần 47"))
        await phone.press("1 tin mới")
        await phone.page.get_by_role("button", name="1 tin mới").wait_for(state="hidden")
        assert await phone.page.get_by_text("Bản tin tuần 47").is_visible()


async def test_the_demo_is_one_tap_away(browser: Browser, sqlite: Database, house: House) -> None:
    """Three large buttons; one tap and the bot speaks; the clock moves; another person is one more tap."""
    demo = Demo(NOW)
    demo.site = site = Site(sqlite, house, answer, demo=demo)
    async with window(browser, site) as phone:
        await phone.sees("đồng chí muốn làm ai?")
        await phone.picture("phone-7-demo-landing")
        await phone.press("Cán bộ")
        await phone.sees("Đồng chí muốn làm gì?")
        await phone.sees("Phạm Lan Chi · Ủy viên BCH")
        await phone.press("Tới việc kế tiếp")
        await phone.sees("Đã tới thứ Bảy")
        await phone.sees("Thứ Bảy, 21/11")
        await phone.picture("phone-8-demo-chat")
        await phone.press("Đổi người")
        await phone.page.get_by_text("Hoặc là một người khác").click()
        await phone.page.get_by_label("Tìm theo tên").fill("cai khe")
        await phone.press("Huỳnh Thị Hoa")
        await phone.sees("Huỳnh Thị Hoa · Bí thư")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_words_can_be_read_and_everything_has_a_name(browser: Browser, site: Site, scheme: str) -> None:
    """Contrast of at least 4.5, a name for whatever can be pressed, room for a finger; in both colour schemes."""
    async with window(browser, site, **PHONE, color_scheme=scheme) as phone:
        await phone.press("Menu")
        await phone.sees("Đồng chí muốn làm gì?")
        await phone.say("/tiendo")
        await phone.sees("Bảng tính Excel")
        await phone.page.get_by_alt_text("Tiến độ tuần 47").wait_for()
        await phone.picture(f"phone-9-{scheme}")
        faults = await phone.page.evaluate(CHECKS.read_text("utf-8"))
        assert faults == []
