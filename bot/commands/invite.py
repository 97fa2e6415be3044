"""``doanbot invite CADRE [--qr FILE]``: a one-time code, its links, and a picture to point a phone at."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.app import make_house
from bot.settings import Settings
from handlers.turn import House
from storage.database import Database
from storage.invites import VALID_FOR, create_invite
from storage.people import cadre_by_code

QR_SCALE = 8


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print the code, until when it works, and where; 1 when there is no such cadre."""
    house = make_house(settings)
    now = house.clock.now()
    database = Database(settings.database_url.get_secret_value())
    try:
        cadre = database.read_now(lambda session: cadre_by_code(session, args.cadre))
        if cadre is None or cadre.id is None:
            print(
                f'Không có cán bộ mang mã "{args.cadre}"; hãy nhập danh sách trước: doanbot import roster FILE.',
                file=sys.stderr,
            )
            return 1
        cadre_id = cadre.id
        code = database.write_now(lambda session: create_invite(session, cadre_id, None, now))
    finally:
        database.close()
    links = list(join_links(code, house))
    until = house.clock.local(now + VALID_FOR)
    print(f"Mã mời cho {cadre.full_name} ({cadre.code}): {code}")
    print(f"Dùng một lần, đến {until:%H:%M} ngày {until:%d/%m/%Y}.")
    for name, link in links:
        print(f"{name}: {link}")
    if args.qr is not None:
        write_qr(links[0][1] if links else code, args.qr)
        print(f"Ảnh QR: {args.qr}")
    return 0


def join_links(code: str, house: House) -> Iterator[tuple[str, str]]:
    """Where the code can be used, as (name, address)."""
    if house.telegram_username:
        yield "Telegram", f"https://t.me/{house.telegram_username}?start={code}"
    if house.public_url:
        yield "Trang web", f"{house.public_url}/?code={code}"


def write_qr(text: str, file: Path) -> None:
    """``text`` as a QR picture (.png)."""
    import segno

    file.parent.mkdir(parents=True, exist_ok=True)
    segno.make(text, error="m", micro=False).save(str(file), kind="png", scale=QR_SCALE, border=4)
