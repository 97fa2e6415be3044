"""``doanbot read``: one line of JSON with the keys of the contract."""

import argparse
import json
from datetime import datetime

import pytest

from bot.commands.read import run
from bot.settings import Settings


def printed(capsys: pytest.CaptureFixture[str], text: str, now: datetime | None) -> dict[str, object]:
    """What the command prints for ``text``."""
    assert run(argparse.Namespace(text=text, now=now, json=True), Settings()) == 0
    reading: dict[str, object] = json.loads(capsys.readouterr().out)
    return reading


def test_a_log_has_every_key(capsys: pytest.CaptureFixture[str]) -> None:
    friday = datetime(2026, 11, 20, 10)  # noqa: DTZ001 - a time without an offset is local time here
    reading = printed(capsys, "hôm qua 2 tiếng rưỡi dọn rác kênh với cđ khóm 3", friday)
    assert reading == {
        "intent": "log",
        "entries": [
            {
                "type": "volunteer_hours",
                "date": "2026-11-19",
                "hours": 2.5,
                "start": None,
                "end": None,
                "title": "Dọn rác kênh",
                "unit": "Chi đoàn khóm 3",
            }
        ],
        "missing": [],
        "question": None,
        "route": None,
    }


def test_without_a_time_it_is_read_now(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "dạ cảm ơn ad", None)["route"] == "smalltalk"
