"""What goes by itself, after how long, and why: one table, which docs/privacy.md prints. Every period is an assumption.

What is not in it stays until somebody deletes it, or has themselves erased.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from storage.access_records import forget_access
from storage.app_state import exchange, recall, remember
from storage.former import erase_former
from storage.message_words import forget_words
from storage.outdated import (
    forget_calendar_links,
    forget_drafts,
    forget_invites,
    forget_join_failures,
    forget_keys,
    forget_lines,
    forget_sessions,
)

Forget = Callable[[Session, datetime, timedelta], int]
COOKIE_DAYS = 400  # browsers keep no cookie longer
SWEPT = "swept_at"
SWEEP_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """A thing that goes ``days`` after ``since``; ``forget`` takes the next few away and counts them."""

    what: str
    days: int
    since: str
    why: str
    forget: Forget

    @property
    def how_long(self) -> str:
        """The period in words."""
        return f"{self.days} days after {self.since}"

    @property
    def kept(self) -> timedelta:
        """The period."""
        return timedelta(days=self.days)


def _words(session: Session, now: datetime, kept: timedelta) -> int:
    return sum(forget_words(session, now, kept))


RULES = (
    Rule(
        "words of messages received and sent",
        7,
        "they came or were made",
        "a repeated update can still arrive so long; what still waits to be sent keeps its words, for 60 days at most",
        _words,
    ),
    Rule(
        "invitations (the hash of the code)",
        30,
        "use or expiry",
        "whoever comes late is told that the code was used or expired, rather than wrong",
        forget_invites,
    ),
    Rule(
        "wrong codes",
        30,
        "they were typed",
        "five in an hour lock a chat; an operator may see a guesser",
        forget_join_failures,
    ),
    Rule(
        "half-filled forms of chats",
        90,
        "the last answer",
        "nobody goes on with them; a registration or self-review that was saved is none",
        forget_drafts,
    ),
    Rule(
        "calendar links of people without a position",
        30,
        "the last position ended",
        "no deadline concerns them; a new term may begin a little after the old one",
        forget_calendar_links,
    ),
    Rule(
        "lines of the web chat, pictures and files shown there only",
        365,
        "they were said",
        "their owner reads them back over the plan's year",
        forget_lines,
    ),
    Rule("who was shown whose data", 365, "it was shown", "a year of secretaries' work", forget_access),
    Rule(
        "browsers (the hash of the cookie)",
        COOKIE_DAYS,
        "the cookie was given",
        "the browser has dropped the cookie by then",
        forget_sessions,
    ),
    Rule(
        "keys, times and outcomes of messages that are settled",
        730,
        "they came or were made",
        "far longer than anything can come again that they are recognised by",
        forget_keys,
    ),
)
FORMER = "former cadres: all that erasing takes away"
FORMER_HOW_LONG = "`KEEP_FORMER_YEARS` years after the last position ended; not set: kept"
FORMER_WHY = "how long the unit must keep its records is for the unit to say; its figures stay, without the name"


def retention_table() -> list[tuple[str, str, str]]:
    """What goes by itself, after how long, and why."""
    return [*((rule.what, rule.how_long, rule.why) for rule in RULES), (FORMER, FORMER_HOW_LONG, FORMER_WHY)]


def sweep(session: Session, now: datetime, day: date, former_years: int | None) -> dict[str, int]:
    """Take away the next few things of each kind whose time has passed, and count them.

    Cheap enough for every tick: it looks once an hour, and at the next tick again while there was something to find.
    Of several replicas one does it.
    """
    known = recall(session, SWEPT)
    if known and abs(now - datetime.fromisoformat(known)) < SWEEP_EVERY:
        return {}
    if not exchange(session, SWEPT, known, now.isoformat()):
        return {}
    counts = {rule.what: rule.forget(session, now, rule.kept) for rule in RULES}
    if former_years is not None:
        counts[FORMER] = erase_former(session, former_years, day, now)
    found = {what: count for what, count in counts.items() if count}
    if found:
        remember(session, SWEPT, "")
    return found
