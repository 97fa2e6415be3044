"""What looks odd in a draft and is asked back before it is saved. Doubts are asked, never decided by the bot."""

from dataclasses import dataclass
from datetime import timedelta

from handlers.conversations.entry_draft import fields_of, to_entry
from handlers.conversations.entry_worth import Prospect, prospect
from handlers.texts import entries as texts
from handlers.turn import Turn
from storage.compliance.counting import Measure
from storage.entries import DAY_MINUTES, NewEntry, minutes_on, same_entries
from storage.terms import EntryKind

MUCH_FOR_A_DAY = 12 * 60
LONG_AGO = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sentence, the fields that would mend it, and whether it must be mended."""

    sentence: str
    mends: tuple[str, ...]
    must: bool = False


def doubts(turn: Turn) -> list[Doubt]:
    """Everything odd in a draft whose fields are all known."""
    new = to_entry(turn.draft)
    seen = prospect(turn, new)
    found = [*_about_the_day(turn, new, seen), *_about_the_hours(turn, new, seen), *_about_the_shirt(new, seen)]
    if new.kind is not EntryKind.INITIATIVE and same_entries(
        turn.session, turn.cadre.cadre_id, new, turn.draft.get("id")
    ):
        is_shirt = new.kind is EntryKind.YOUTH_SHIRT
        found.append(Doubt(texts.DOUBT_SAME_SHIRT if is_shirt else texts.doubt_same(new), ("day", "time", "organiser")))
    return found


def mends(turn: Turn, found: list[Doubt]) -> list[str]:
    """The fields that would mend the doubts, as far as the draft has them."""
    wanted = dict.fromkeys(name for doubt in found for name in doubt.mends)
    return [name for name in wanted if name in fields_of(turn.draft)]


def _about_the_day(turn: Turn, new: NewEntry, seen: Prospect) -> list[Doubt]:
    days = ("day", "recognised_on")
    found = []
    if new.day < turn.today - LONG_AGO:
        found.append(Doubt(texts.doubt_long_ago(new.day), days))
    if seen.place is None:
        found.append(Doubt(texts.doubt_no_position(new.day), days))
    return found


def _about_the_hours(turn: Turn, new: NewEntry, seen: Prospect) -> list[Doubt]:
    if new.minutes is None:
        return []
    found = []
    total = new.minutes + minutes_on(turn.session, turn.cadre.cadre_id, new.day, turn.draft.get("id"))
    if total > DAY_MINUTES:
        found.append(Doubt(texts.doubt_impossible_day(new.day, total), ("day", "time"), must=True))
    elif total > MUCH_FOR_A_DAY:
        found.append(Doubt(texts.doubt_long_day(new.day, total), ("day", "time")))
    hours = seen.share(Measure.HOURS)
    if hours is not None and hours.worth.amount < new.minutes:
        found.append(Doubt(texts.doubt_office_hours(new.minutes, hours.worth.amount), ("time", "day")))
    return found


def _about_the_shirt(new: NewEntry, seen: Prospect) -> list[Doubt]:
    if new.kind is EntryKind.YOUTH_SHIRT and (shirt := seen.share(Measure.SHIRTS)):
        return [] if shirt.worth.amount else [Doubt(texts.doubt_not_a_shirt_day(new.day), ("day",))]
    return []
