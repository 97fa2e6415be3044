"""How a reading is judged against what a person would have answered."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from handlers.reader import Reading, read, to_json
from storage.calendar import default_calendar

FOLDER = Path(__file__).parent
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=timezone(timedelta(hours=7))).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Case:
    """A message, what it should be read as, and the part of the collection that it belongs to."""

    text: str
    expect: dict[str, Any]
    about: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a reading is right; ``wrong_log`` when something would be logged that was not done so."""

    right: bool
    wrong_log: bool
    got: dict[str, Any]


def cases(name: str) -> Iterator[Case]:
    """The cases of ``tuned.jsonl``, ``unseen.jsonl`` or ``strangers.jsonl``."""
    for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        yield Case(case["text"], case["expect"], case.get("about", "given"))


def read_now(text: str) -> Reading:
    """``text`` read on Friday 20/11/2026 at 10:00."""
    return read(text, NOW, default_calendar())


def judge(case: Case) -> Verdict:
    """A log is right when each entry has the right type, day and hours; anything else by its intent.

    Where a person might as well ask as pass over, "no_log" is expected: anything but a log.
    """
    got = to_json(read_now(case.text))
    right = got["intent"] == case.expect["intent"] or (case.expect["intent"] == "no_log" and got["intent"] != "log")
    if right and got["intent"] == "log":
        wanted = case.expect["entries"]
        right = len(wanted) == len(got["entries"]) and all(map(_same, wanted, got["entries"]))
    return Verdict(right, got["intent"] == "log" and not right, got)


def _same(wanted: dict[str, Any], got: dict[str, Any]) -> bool:
    types = {wanted["type"], *wanted.get("accept_types", ())}
    exact = (name for name in ("date", "hours", "status", "recognized_by", "on_time", "late_minutes") if name in wanted)
    return got["type"] in types and all(wanted[name] == got.get(name) for name in exact)
