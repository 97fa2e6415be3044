"""``doanbot invite CADRE [--qr FILE]``: a one-time code, its links, and a picture to point a phone at."""

import argparse
import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.settings import Settings
from storage.clock import Clock
from storage.database import Database
from storage.invites import VALID_FOR, create_invite
from storage.migrations import current, newest
from storage.models import AppState
from storage.people import cadre_by_code

QR_SCALE = 8
TELEGRAM_SECONDS = 10.0


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print the code, until when it works, and where; 1 when there is no such cadre."""
    clock = Clock(ZoneInfo(settings.timezone))
    now = clock.now()
    database = Database(settings.database_url.get_secret_value())
    try:
        if current(database) != newest():
            print("doanbot: the database is not at the present schema; run: doanbot migrate", file=sys.stderr)
            return 1
        cadre = database.read_now(lambda session: cadre_by_code(session, args.cadre))
        if cadre is None or cadre.id is None:
            print(
                f'Không có cán bộ mang mã "{args.cadre}"; hãy nhập danh sách trước: doanbot import roster FILE.',
                file=sys.stderr,
            )
            return 1
        cadre_id = cadre.id
        code = database.write_now(lambda session: create_invite(session, cadre_id, None, now))
        username = _telegram_username(settings, database)
        zalo = database.read_now(lambda session: session.get(AppState, "zalo.name"))
    finally:
        database.close()
    links = list(join_links(code, username, settings.public_url)) or [
        ("Trang web trên máy này", f"http://{settings.web_host}:{settings.web_port}/?code={code}")
    ]
    until = clock.local(now + VALID_FOR)
    print(f"Mã mời cho {cadre.full_name} ({cadre.code}): {code}")
    print(f"Dùng một lần, đến {until:%H:%M} ngày {until:%d/%m/%Y}.")
    for name, link in links:
        print(f"{name}: {link}")
    if zalo is not None and settings.zalo_token.get_secret_value():
        print(f"Zalo: tìm “{zalo.value}” và nhắn mã này cho bot")
    if args.qr is not None:
        write_qr(links[0][1], args.qr)
        print(f"Ảnh QR: {args.qr}")
    return 0


def join_links(code: str, telegram_username: str, public_url: str) -> Iterator[tuple[str, str]]:
    """Where the code can be used, as (name, address); the empty ones are left out."""
    if telegram_username:
        yield "Telegram", f"https://t.me/{telegram_username}?start={code}"
    if public_url:
        yield "Trang web", f"{public_url}/?code={code}"


def _telegram_username(settings: Settings, database: Database) -> str:
    """The bot's name as a running bot has learnt it, else as Telegram says; empty without Telegram."""
    if not settings.telegram_token.get_secret_value():
        return ""
    known = database.read_now(lambda session: session.get(AppState, "telegram.username"))
    return known.value if known else asyncio.run(_ask_telegram(settings, database))


async def _ask_telegram(settings: Settings, database: Database) -> str:
    from bot.app import App, make_house
    from bot.channels.telegram import TelegramChannel

    channel = App(settings, database, make_house(settings)).channels["telegram"]
    if not isinstance(channel, TelegramChannel):
        raise TypeError("the telegram channel is of another kind")
    try:
        async with asyncio.timeout(TELEGRAM_SECONDS):
            return await channel.username()
    except Exception as error:  # noqa: BLE001 - the code is good without this link; the cause is said
        print(f"Chưa có liên kết Telegram: {channel.explain(error)}", file=sys.stderr)
        return ""
    finally:
        await channel.close()


def write_qr(text: str, file: Path) -> None:
    """``text`` as a QR picture (.png)."""
    import segno

    file.parent.mkdir(parents=True, exist_ok=True)
    segno.make(text, error="m", micro=False).save(str(file), kind="png", scale=QR_SCALE, border=4)
