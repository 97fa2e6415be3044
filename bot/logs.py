"""Logs: one line an event on stderr, without tokens, codes or personal text.

People are told apart by row numbers, which say nothing outside the database. At a terminal a line is for reading;
anywhere else it is a JSON object: time, level, where, what happened, and the pattern by which alike events are found.
"""

import json
import logging
import re
import sys
from datetime import UTC, datetime

SECRETS = (
    re.compile(r"\d{6,}:[A-Za-z0-9_-]{20,}"),  # bot tokens
    re.compile(r"(?<=/bot)[^/\s]{8,}(?=/)"),  # whatever stands for one in an address
    re.compile(r"(?<=://)[^/@\s]+:[^/@\s]+(?=@)"),  # user and password in an address
    re.compile(r"(?<=DETAIL:).+"),  # the values that PostgreSQL refused
)


class Redaction(logging.Formatter):
    """Formats a record, traceback included, with secrets blotted out."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is printed."""
        return redacted(super().format(record))


class Structured(logging.Formatter):
    """Formats a record as one line of JSON, with secrets blotted out."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is printed."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": redacted(record.getMessage()),
            "pattern": redacted(str(record.msg)),
        }
        if record.exc_info:
            told["trace"] = redacted(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False)


def redacted(text: str) -> str:
    """``text`` with whatever looks like a secret blotted out."""
    for pattern in SECRETS:
        text = pattern.sub("***", text)
    return text


def set_up_logs(level: str) -> None:
    """Send records of ``level`` and above to stderr; libraries that print addresses and bodies stay at WARNING."""
    handler = logging.StreamHandler(sys.stderr)
    reading = Redaction("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(reading if sys.stderr.isatty() else Structured())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("httpx", "httpcore", "telegram", "aiohttp.access", "apscheduler", "matplotlib", "asyncio", "alembic"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLevelName(level)))
