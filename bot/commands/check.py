"""``doanbot check``: what is wrong with this installation, and how to mend it; one line a matter."""

import argparse
import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.app import App, make_house
from bot.settings import Settings
from handlers.turn import House
from handlers.views.forms import template
from handlers.views.forms.fields import FORMS
from storage.budget import Budget, count_users
from storage.database import Database, db_now
from storage.migrations import current, newest
from storage.outbox import waiting_counts

ZALO_MOST_USERS = 50  # of a bot on Zalo's basic plan, as of 2026-11
LISTED = 10
LEAST_FREE_BYTES = 500 * 1024 * 1024
LARGEST_CLOCK_DIFFERENCE_SECONDS = 5.0
CHANNEL_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: fine, or what is wrong and how to mend it."""

    ok: bool
    matter: str
    says: str

    def __str__(self) -> str:
        return f"{'ok  ' if self.ok else 'FAIL'} {self.matter}: {self.says}"


def run(_args: argparse.Namespace, settings: Settings) -> int:
    """Print the findings; 1 when any of them is a failure."""
    findings = list(_findings(settings))
    for finding in findings:
        print(finding)
    return 0 if all(finding.ok for finding in findings) else 1


def _findings(settings: Settings) -> Iterator[Finding]:
    try:
        house = make_house(settings)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it is the finding
        yield Finding(False, "plan", f"{str(error).splitlines()[0]}; set PLAN to a plan that `doanbot plans` accepts")
        return
    yield Finding(True, "plan", f"{settings.plan}, days of {settings.timezone}")
    yield _calendar(house)
    yield from _public(settings)
    yield _retention(settings)
    database = Database(settings.database_url.get_secret_value())
    try:
        yield from _database(database)
        yield from _channels(settings, database, house)
    finally:
        database.close()
    yield _disk(Path("data") if Path("data").exists() else Path())


def _calendar(house: House) -> Finding:
    today = house.clock.today()
    if house.calendar.covers(today):
        return Finding(True, "calendar", f"days off of {today.year} are known")
    return Finding(
        False, "calendar", f"no days off are known for {today.year}; add {today.year}.yaml to storage/calendar"
    )


def _public(settings: Settings) -> Iterator[Finding]:
    if not settings.public_url:
        yield Finding(
            True, "address", "PUBLIC_URL is empty: Telegram and Zalo are polled, links in messages are left out"
        )
    elif not settings.is_secure:
        yield Finding(
            False, "address", "PUBLIC_URL is not https: Telegram and Zalo refuse webhooks; put a TLS proxy in front"
        )
    else:
        yield Finding(True, "address", settings.public_url)


def _retention(settings: Settings) -> Finding:
    years = settings.keep_former_years
    if years is None:
        says = "KEEP_FORMER_YEARS is empty: former cadres are kept until somebody erases them"
    else:
        says = f"former cadres are erased {years} years after their last position ended (KEEP_FORMER_YEARS)"
    return Finding(True, "retention", says)


def _database(database: Database) -> Iterator[Finding]:
    try:
        revision = current(database)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it is the finding
        yield Finding(False, "database", f"{type(error).__name__}; check DATABASE_URL and that the server runs")
        return
    if revision != newest():
        yield Finding(False, "database", f"schema {revision or 'none'}, needed {newest()}; run: doanbot migrate")
        return
    counts = database.read_now(waiting_counts)
    yield Finding(True, "database", f"{database.url.get_backend_name()}, schema {revision}")
    stuck = counts.get("unknown", 0) + counts.get("dead", 0)
    yield Finding(True, "outbox", f"{counts.get('pending', 0)} waiting, {stuck} not delivered (dead or unknown)")
    yield database.read_now(_forms)
    apart = abs((database.read_now(db_now) - datetime.now(UTC)).total_seconds())
    fine = apart < LARGEST_CLOCK_DIFFERENCE_SECONDS
    mend = "" if fine else "; set this machine's clock by NTP"
    yield Finding(fine, "clock", f"{apart:.1f} s from the database's{mend}")


def _forms(session: Session) -> Finding:
    """Whether the templates of the forms can be filled in."""
    problems = [one for form in FORMS.values() for one in template.check(form, template.load(session, form.name))]
    if problems:
        return Finding(False, "forms", f"{'; '.join(problems)}; mend it, or run: doanbot forms a1 --reset")
    return Finding(True, "forms", f"{', '.join(FORMS)} can be filled in")


def _channels(settings: Settings, database: Database, house: House) -> Iterator[Finding]:
    if settings.telegram_token.get_secret_value():
        yield asyncio.run(_telegram(settings, database, house))
    else:
        yield Finding(True, "telegram", "not configured (TELEGRAM_TOKEN is empty); the web page works without it")
    if settings.zalo_token.get_secret_value():
        yield asyncio.run(_zalo(settings, database, house))
        yield from _zalo_limits(settings, database, house)
    else:
        yield Finding(True, "zalo", "not configured (ZALO_TOKEN is empty); the web page works without it")


async def _telegram(settings: Settings, database: Database, house: House) -> Finding:
    from bot.channels.telegram import TelegramChannel

    channel = App(settings, database, house).channels["telegram"]
    if not isinstance(channel, TelegramChannel):
        raise TypeError("the telegram channel is of another kind")
    try:
        async with asyncio.timeout(CHANNEL_SECONDS):
            return Finding(True, "telegram", f"answers as @{await channel.username()}")
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it is the finding
        return Finding(False, "telegram", channel.explain(error))
    finally:
        await channel.close()


async def _zalo(settings: Settings, database: Database, house: House) -> Finding:
    from bot.channels.zalo import ZaloChannel

    channel = App(settings, database, house).channels["zalo"]
    if not isinstance(channel, ZaloChannel):
        raise TypeError("the zalo channel is of another kind")
    try:
        async with asyncio.timeout(CHANNEL_SECONDS):
            name, webhook = await channel.account_name(), await channel.webhook_set()
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it is the finding
        return Finding(False, "zalo", channel.explain(error))
    finally:
        await channel.close()
    if webhook == channel.webhook_url:
        return Finding(
            True, "zalo", f"answers as {name}, {'by webhook' if webhook else 'polled (for trying out only)'}"
        )
    if not webhook:
        return Finding(False, "zalo", f"answers as {name}, but no webhook is set; start doanbot run, which sets it")
    mend = "start doanbot run, which sets its own" if channel.webhook_url else "set PUBLIC_URL, or start doanbot run"
    return Finding(False, "zalo", f"answers as {name}, but delivers to another address; {mend}")


def _zalo_limits(settings: Settings, database: Database, house: House) -> Iterator[Finding]:
    budget, now = Budget("zalo", settings.zalo_monthly_budget, house.clock), house.clock.now()
    try:
        used = database.read_now(lambda session: budget.used(session, now))
        withheld = database.read_now(lambda session: budget.withheld(session, now))
        users = database.read_now(lambda session: count_users(session, "zalo"))
    except SQLAlchemyError:
        return  # the finding about the database says what is wrong
    share = f"{used} of {budget.monthly} messages of {budget.month(now)} sent ({100 * used // budget.monthly} %)"
    if withheld:
        listed = ", ".join(withheld[-LISTED:])
        yield Finding(
            False, "zalo budget", f"{share}; {len(withheld)} not sent for it: {listed}; a larger plan mends it"
        )
    else:
        yield Finding(True, "zalo budget", share)
    fine = users <= ZALO_MOST_USERS
    mend = "" if fine else "; let the others join by Telegram or the web page, or take a larger plan"
    yield Finding(fine, "zalo users", f"{users} of the {ZALO_MOST_USERS} that the basic plan allows{mend}")


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    says = f"{free // 1024**2:,} MiB free"
    if free >= LEAST_FREE_BYTES:
        return Finding(True, "disk", says)
    return Finding(False, "disk", f"{says}; make room: a full disk refuses what people log")
