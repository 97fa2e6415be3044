"""``doanbot read TEXT [--now ISO] --json``: show how one message is read."""

import argparse
import json
from datetime import datetime

from bot.settings import Settings
from handlers.reader import read, to_json
from storage.calendar import default_calendar
from storage.clock import Clock


def run(args: argparse.Namespace, _settings: Settings) -> int:
    """Print the reading as one line of JSON. A time without an offset is local."""
    reading = read(args.text, _aware(args.now), default_calendar())
    print(json.dumps(to_json(reading), ensure_ascii=False))
    return 0


def _aware(now: datetime | None) -> datetime:
    clock = Clock()
    if now is None:
        return clock.now()
    return now if now.tzinfo else now.replace(tzinfo=clock.zone)
