"""When the bot may remind: /nhacnho (hours, shirt), /tamdung and /tieptuc (pause), /nhaclai (tomorrow evening)."""

import re
from datetime import date, timedelta

from handlers.commands import Audience, Command, Start
from handlers.flow import ANSWERED, BadInput, Flow, Said, Step
from handlers.messages import Choice, Reply, rows
from handlers.reading import NotRead, read_clock_range
from handlers.texts import common
from handlers.texts import reminders as texts
from handlers.turn import Turn
from handlers.when import read_coming_day
from storage.models import Preference
from storage.periods import Period, PeriodKind
from storage.text import fold

EARLIEST = 6 * 60 + 30
LATEST = 21 * 60
EVENING = 19 * 60 + 30
LONGEST_PAUSE = timedelta(days=366)

_HOURS = {"day": (EARLIEST, LATEST), "evening": (17 * 60, LATEST), "noon": (11 * 60, 13 * 60)}
_SPAN = re.compile(r"(?P<count>[0-9]{1,3}|mot|hai|ba)\s?(?P<unit>ngay|tuan|thang|nam)")
_COUNTS = {"mot": 1, "hai": 2, "ba": 3}
_DAYS = {"ngay": 1, "tuan": 7, "thang": 30, "nam": 365}


def preference_of(turn: Turn) -> Preference:
    """The speaker's settings, the usual ones when nothing was ever set."""
    found = turn.session.get(Preference, turn.cadre.cadre_id)
    return found or Preference(cadre_id=turn.cadre.cadre_id)


def read_hours(text: str) -> tuple[int, int]:
    """ "7h-20h", "7h30 đến 20:00" as minutes of the day within 06:30–21:00. Raises BadInput."""
    try:
        first, last = read_clock_range(text)
    except NotRead:
        raise BadInput(texts.HOURS_EXAMPLE) from None
    if first >= EARLIEST and last <= LATEST:
        return first, last
    raise BadInput(texts.HOURS_EXAMPLE)


def read_until(text: str, today: date) -> date:
    """The last day of a pause: "30/11", "30/11/2026", "2 tuần", "1 tháng", "hết năm". Raises BadInput."""
    folded = fold(text).removeprefix("den ").removeprefix("het ").removeprefix("ngay ")
    try:
        until = _year_end(folded, today) or _after_span(folded, today) or read_coming_day(folded, today)
    except NotRead:
        raise BadInput(texts.UNTIL_EXAMPLE) from None
    if not today <= until <= today + LONGEST_PAUSE:
        raise BadInput(texts.UNTIL_EXAMPLE)
    return until


def _year_end(folded: str, today: date) -> date | None:
    return date(today.year, 12, 31) if folded in {"nam", "nam nay", "cuoi nam"} else None


def _after_span(folded: str, today: date) -> date | None:
    match = _SPAN.fullmatch(folded)
    if match is None:
        return None
    count = _COUNTS.get(match["count"]) or int(match["count"])
    return today + timedelta(days=count * _DAYS[match["unit"]])


def _ask_change(turn: Turn) -> Reply:
    now = preference_of(turn)
    paused = _paused(now, turn.today)
    choices = (
        Choice(texts.ALL_DAY, "day"),
        Choice(texts.EVENING, "evening"),
        Choice(texts.NOON, "noon"),
        Choice(texts.RESUME, "resume") if paused else Choice(texts.PAUSE, "pause"),
        Choice(texts.SHIRT_OFF, "shirt_off") if now.shirt_reminder else Choice(texts.SHIRT_ON, "shirt_on"),
    )
    return Reply(texts.settings(now.earliest_minute, now.latest_minute, paused, now.shirt_reminder), rows(*choices))


def _paused(preference: Preference, today: date) -> date | None:
    until = preference.paused_until
    return until if until is not None and until >= today else None


def _read_change(turn: Turn, said: Said) -> None:
    if said.key:
        turn.draft["change"] = said.key
        turn.draft["hours"] = _HOURS.get(said.key)
        return
    turn.draft["hours"] = read_hours(said.text)
    turn.draft["change"] = "hours"


def _ask_until(_turn: Turn) -> Reply:
    choices = (
        Choice(texts.ONE_WEEK, "1 tuan"),
        Choice(texts.ONE_MONTH, "1 thang"),
        Choice(texts.YEAR_END, "nam nay"),
    )
    return Reply(texts.ASK_UNTIL, rows(*choices))


def _read_until(turn: Turn, said: Said) -> None:
    turn.draft["until"] = read_until(said.key or said.text, turn.today).isoformat()


def _finish(turn: Turn) -> list[Reply]:
    change = turn.draft["change"]
    if turn.draft.get("hours"):
        return _set_hours(turn, *turn.draft["hours"])
    if change == "pause":
        return _pause(turn, date.fromisoformat(turn.draft["until"]))
    if change == "resume":
        return _resume(turn, "")
    return _set_shirt(turn, change == "shirt_on")


def _set_hours(turn: Turn, earliest: int, latest: int) -> list[Reply]:
    preference = preference_of(turn)
    preference.earliest_minute, preference.latest_minute = earliest, latest
    return _saved(turn, preference, texts.hours_set(earliest, latest))


def _pause(turn: Turn, until: date) -> list[Reply]:
    preference = preference_of(turn)
    preference.paused_until = until
    return _saved(turn, preference, texts.paused(until))


def _resume(turn: Turn, _args: str) -> list[Reply]:
    preference = preference_of(turn)
    preference.paused_until = preference.snoozed_until = None
    return _saved(turn, preference, texts.RESUMED)


def _set_shirt(turn: Turn, wanted: bool) -> list[Reply]:
    preference = preference_of(turn)
    preference.shirt_reminder = wanted
    return _saved(turn, preference, texts.shirt_set(wanted, preference.earliest_minute))


def _saved(turn: Turn, preference: Preference, said: str) -> list[Reply]:
    turn.session.add(preference)
    return [Reply(said, common.MENU_BUTTON)]


def _settings(turn: Turn, args: str) -> list[Reply] | Start:
    if not args:
        return Start(FLOW)
    try:
        return _set_hours(turn, *read_hours(args))
    except BadInput as bad:
        return [Reply(bad.sentence, common.MENU_BUTTON)]


def _pause_command(turn: Turn, args: str) -> list[Reply] | Start:
    if not args:
        return Start(FLOW, {"change": "pause", ANSWERED: ["change"]})
    try:
        return _pause(turn, read_until(args, turn.today))
    except BadInput as bad:
        return [Reply(bad.sentence, common.MENU_BUTTON)]


def _snooze(turn: Turn, _args: str) -> list[Reply]:
    """Put reminders off until tomorrow evening, or the last half hour in which this person may be reminded."""
    preference = preference_of(turn)
    minute = max(preference.earliest_minute, min(EVENING, preference.latest_minute - 30))
    until = turn.house.clock.at(turn.today + timedelta(days=1), minute)
    preference.snoozed_until = until
    ending = next((p.label for p in _periods(turn.today) if p.end == turn.today), "")
    return _saved(turn, preference, texts.snoozed(turn.house.clock.local(until), ending))


def _periods(today: date) -> tuple[Period, ...]:
    return tuple(Period.of(kind, today) for kind in (PeriodKind.YEAR, PeriodKind.MONTH, PeriodKind.WEEK))


FLOW = Flow(
    "reminders",
    texts.TITLE,
    (
        Step("change", _ask_change, _read_change, wants_number=True),
        Step(
            "until",
            _ask_until,
            _read_until,
            applies=lambda turn: turn.draft.get("change") == "pause",
            wants_number=True,
        ),
    ),
    _finish,
)

FLOWS = (FLOW,)
COMMANDS = (
    Command(
        "nhacnho",
        _settings,
        Audience.CADRE,
        label="Nhắc nhở",
        help="giờ được nhắc, tạm dừng, nhắc áo thứ Hai",
        words=("nhac nho", "gio nhac", "cai dat nhac nho"),
    ),
    Command("tamdung", _pause_command, Audience.CADRE, words=("tam dung", "tam dung nhac", "dung nhac")),
    Command("tieptuc", _resume, Audience.CADRE, words=("tiep tuc nhac", "nhac tro lai")),
    Command("nhaclai", _snooze, Audience.CADRE, words=("nhac lai toi mai", "nhac lai")),
)
