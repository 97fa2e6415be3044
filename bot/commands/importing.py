"""``doanbot import roster|activities FILE [--dry-run]``: take in what an office keeps in Excel."""

import argparse
import sys
from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.settings import Settings
from storage.clock import Clock
from storage.database import Database
from storage.importing import (
    ImportRefused,
    Summary,
    apply_activities,
    apply_roster,
    read_activities,
    read_roster,
)
from storage.migrations import current, migrate, newest

Apply = Callable[[Session, date, datetime], Summary]


class TriedOnly(Exception):
    """Raised at the end of a dry run, so that the transaction is rolled back."""

    def __init__(self, summary: Summary) -> None:
        self.summary = summary
        super().__init__(summary.text())


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Read the file, write it in one transaction, say what was new; every error is a line on stderr."""
    database = Database(settings.database_url.get_secret_value())
    try:
        if current(database) is None:
            migrate(database)
        if current(database) != newest():
            print("doanbot: the database is not at the present schema; run: doanbot migrate", file=sys.stderr)
            return 1
        summary = _import(database, _reader(args), Clock(ZoneInfo(settings.timezone)), args.dry_run)
    except ImportRefused as refusal:
        for line in refusal.lines():
            print(line, file=sys.stderr)
        if refusal.total > 1:
            print(f"Chưa nhập gì: có {refusal.total} lỗi; hãy sửa rồi nhập lại.", file=sys.stderr)
        return 1
    finally:
        database.close()
    print(summary.text())
    print("Chỉ kiểm tra, chưa ghi gì." if args.dry_run else "Đã nhập xong.")
    return 0


def _reader(args: argparse.Namespace) -> Apply:
    """Read the file now; the answer writes it."""
    if args.what == "roster":
        roster = read_roster(args.file)
        return lambda session, today, now: apply_roster(session, roster, today=today, now=now)
    activities = read_activities(args.file)
    return lambda session, today, now: apply_activities(session, activities, today=today, now=now)


def _import(database: Database, apply: Apply, clock: Clock, dry_run: bool) -> Summary:
    def work(session: Session) -> Summary:
        now = clock.now()
        summary = apply(session, clock.local_day(now), now)
        if dry_run:
            raise TriedOnly(summary)
        return summary

    try:
        return database.write_now(work)
    except TriedOnly as tried:
        return tried.summary
