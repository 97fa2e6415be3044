"""``doanbot erase CADRE --yes``: erase a person who cannot ask for it in the chat."""

import argparse
import sys
from zoneinfo import ZoneInfo

from bot.settings import Settings
from storage.clock import Clock
from storage.database import Database
from storage.erasure import LastAdminError, erase
from storage.migrations import current, newest
from storage.people import cadre_by_code


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Say whom it is about, and erase with ``--yes``; 1 when there is nobody, or nobody else to administer."""
    clock = Clock(ZoneInfo(settings.timezone))
    database = Database(settings.database_url.get_secret_value())
    try:
        if current(database) != newest():
            print("doanbot: the database is not at the present schema; run: doanbot migrate", file=sys.stderr)
            return 1
        cadre = database.read_now(lambda session: cadre_by_code(session, args.cadre))
        if cadre is None or cadre.id is None:
            print(f'Không có cán bộ mang mã "{args.cadre}"; xem mã trong danh sách đã nhập.', file=sys.stderr)
            return 1
        if not args.yes:
            print(
                f"Sẽ xóa dữ liệu của {cadre.full_name} ({cadre.code}), không lấy lại được. Chạy lại với --yes để xóa."
            )
            return 0
        cadre_id = cadre.id
        database.write_now(lambda session: erase(session, cadre_id, clock.today(), clock.now()))
    except LastAdminError:
        print("Đây là quản trị duy nhất; hãy giao quyền Quản trị cho người khác trước.", file=sys.stderr)
        return 1
    finally:
        database.close()
    print(f"Đã xóa dữ liệu của cán bộ mang mã {args.cadre}; số liệu của đơn vị giữ nguyên, không kèm tên.")
    return 0
