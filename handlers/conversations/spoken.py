"""A message in one's own words: a log becomes a card, an unfinished one a form that asks for the rest,
a question is answered, and everything else gets a short pointer. Nothing is saved without "Lưu"."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from handlers.commands import Audience, Command, Start
from handlers.conversations.entries import LOG, begun_with
from handlers.conversations.entry_doubts import doubts
from handlers.conversations.entry_draft import to_entry
from handlers.conversations.entry_units import CLEARLY_BETTER, SURE, own_positions
from handlers.flow import BadInput, Flow, Next, Said, Step, letters
from handlers.messages import Choice, Reply, rows
from handlers.reader import Intent, ReadEntry, Reading, Reason, Route, UnitName, read
from handlers.texts import entries as entry_texts
from handlers.texts import history as history_texts
from handlers.texts import spoken as texts
from handlers.turn import Turn
from storage.entries import add_entry, attach_evidence, last_written, list_entries
from storage.initiatives import Stage
from storage.models import Entry
from storage.people import children, find_units, unit_name
from storage.terms import EntryKind
from storage.text import fold

# A form asks these itself, with buttons; the reader's own question would only say them twice.
ASKED_BY_THE_FORM = {Reason.NO_DATE, Reason.NO_HOURS, Reason.RECOGNITION_UNKNOWN, Reason.INSIDE_OFFICE_HOURS}
FIELD_OF = {"date": "day", "hours": "time", "status": "stage", "unit": "organiser", "on_time": "on_time"}
STAGES = {"proposed": Stage.PROPOSED, "applied": Stage.APPLIED, "recognized": Stage.RECOGNISED}
COMMAND_OF = {
    Route.QUERY_PROGRESS: "/tiendo",
    Route.RULE_QUESTION: "/quydinh",
    Route.REMINDER_REQUEST: "/nhacnho",
}
# What is asked for in so many words, where the message is no log: said → command.
SUBJECTS = (
    (("roi bot", "thoat bot", "rut lai dong y", "xoa tai khoan"), "/roi"),
    (("gio nhac", "tat nhac", "bat nhac", "dung nhac", "thoi nhac", "nhac nho"), "/nhacnho"),
)
WHY = (("vi sao", "tai sao", "sao"), ("thieu", "chua du", "chua dat", "khong tinh", "chua tinh", "khong duoc tinh"))
LEAVE = ("nghi thai san", "nghi phep", "nghi om", "nghi benh", "nghi hoc", "xin nghi")
MOST_OF_A_DAY = 6
SAVE_WORDS = {"luu", "luu het", "luu tat ca", "ok", "oke", "dung", "dung roi", "dong y"}


def hear(turn: Turn, said: str) -> list[Reply] | Start | str:
    """What follows from ``said`` (and the photo it came with): replies, a form to open, or a command to run."""
    photos = [turn.inbound.photo] if turn.inbound.photo else []
    if not said:
        return Start(LOG, {"photos": photos}, texts.PHOTO_FIRST)
    local = turn.house.clock.local(turn.now)
    reading = read(said, local, turn.house.calendar, _units(turn))
    if reading.intent is Intent.NOT_LOG:
        return Start(LOG, {"photos": photos}, texts.PHOTO_FIRST) if photos else _answer(turn, said, reading)
    drafts = [_draft(turn, entry, reading, photos if at == 0 else []) for at, entry in enumerate(reading.entries)]
    if not drafts:
        return Start(LOG, {"photos": photos}, reading.question or "")
    if len(drafts) > 1 and reading.intent is Intent.LOG and not any(_is_open(turn, draft) for draft in drafts):
        return Start(GROUP, {"entries": drafts})
    return Start(LOG, {**drafts[0], "rest": drafts[1:]}, _before(reading))


def _answer(turn: Turn, said: str, reading: Reading) -> list[Reply] | str:
    route = reading.route
    if subject := _subject(turn, f" {letters(said)} "):
        return subject
    if route in COMMAND_OF:
        return COMMAND_OF[route]
    if route is Route.REPORT_REQUEST:
        return "/baocao" if Audience.of(turn) >= Audience.FOLLOWER else "/tiendo"
    if route is Route.CORRECTION:
        return _correction(turn, reading.days)
    pointer = texts.POINTERS.get(route) if route else None
    return _point(pointer) if pointer else []


def _subject(turn: Turn, said: str) -> list[Reply] | str:
    """What ``said`` (folded) plainly asks for, whatever else the reader made of it."""

    def has(phrases: tuple[str, ...]) -> bool:
        return any(f" {phrase} " in said for phrase in phrases)

    if command := next((command for phrases, command in SUBJECTS if has(phrases)), ""):
        return command
    if all(map(has, WHY)):
        return "/visao"
    if has(LEAVE):
        return "/nghi" if Audience.of(turn) >= Audience.FOLLOWER else _point(texts.LEAVE)
    return ""


def _point(pointer: str) -> list[Reply]:
    return [Reply(pointer, ((Choice("Ghi hoạt động", "/ghi"), Choice("Menu", "/menu")),))]


def _correction(turn: Turn, days: Sequence[date]) -> list[Reply] | str:
    """The entries of the first day named that has any; where no day is named, most likely the one last written."""
    for day in days:
        if found := list_entries(turn.session, turn.cadre.cadre_id, day, day, MOST_OF_A_DAY):
            return _offer(texts.which_of_day(day, len(found)), found)
    last = last_written(turn.session, turn.cadre.cadre_id)
    if last is None:
        return "/lichsu"
    return _offer(texts.none_of_day(days[0]) if days else texts.WHICH_ENTRY, [last])


def _offer(opening: str, found: Sequence[Entry]) -> list[Reply]:
    """One entry to change or delete, or several to choose from."""
    history = Choice("Lịch sử", "/lichsu")
    if len(found) > 1:
        return [Reply(opening, rows(*(Choice(history_texts.button(one), f"/muc {one.id}") for one in found), history))]
    one = found[0]
    line = entry_texts.summary(one.kind, one.day, one.minutes, one.title)
    choices = (Choice("Sửa mục này", f"/suamuc {one.id}"), Choice("Xóa mục này", f"/xoamuc {one.id}"), history)
    return [Reply(f"{opening}\n\n• {line}", rows(*choices))]


def _before(reading: Reading) -> str:
    if reading.question and reading.reason not in ASKED_BY_THE_FORM:
        return reading.question
    if reading.intent is Intent.ASK:
        return texts.remembered(reading.entries[0].title or "")
    return ""


def _units(turn: Turn) -> list[UnitName]:
    """The units that the speaker is likely to name: their own and those right below."""
    near: dict[int, str] = {}
    for held in own_positions(turn):
        near[held.unit_id] = held.unit_name
        near |= {unit.id: unit.name for unit in children(turn.session, held.unit_id, turn.today)}
    return [UnitName(unit_id, name) for unit_id, name in near.items()]


def _draft(turn: Turn, entry: ReadEntry, reading: Reading, photos: list[str]) -> dict[str, Any]:
    known = _known(turn, entry)
    if reading.intent is Intent.ASK:
        for name in reading.missing:
            known.pop(FIELD_OF.get(name, ""), None)
    if entry.kind is None or "type" in reading.missing:
        return {"heard": known, "photos": photos}
    return begun_with(turn, entry.kind, known, photos)


def _known(turn: Turn, entry: ReadEntry) -> dict[str, Any]:
    """The fields of the form that the message has answered."""
    known: dict[str, Any] = {}
    if entry.day is not None:
        known["day"] = known["recognised_on"] = entry.day.isoformat()
    if entry.minutes is not None or entry.start is not None:
        known["time"] = {
            "start": entry.start if entry.minutes is not None else None,
            "end": entry.end,
            "minutes": entry.minutes,
        }
    elif entry.kind is EntryKind.VOLUNTEER_ACTIVITY:
        known["time"] = None
    if entry.title and sum(character.isalpha() for character in entry.title) > 1:
        known["title"] = entry.title[: entry_texts.LONGEST_TITLE]
    unit_id = entry.unit_id or _unit(turn, entry.unit or entry.convener or "")
    if unit_id is not None:
        known["organiser"] = unit_id
    said = {"form": entry.form, "on_time": entry.on_time, "by": entry.recognized_by}
    known |= {name: value for name, value in said.items() if value is not None}
    if entry.status in STAGES:
        known["stage"] = STAGES[entry.status].value
        known["decision"] = ""
    return known


def _unit(turn: Turn, name: str) -> int | None:
    """The unit called ``name``, where one match stands out; the card shows it before anything is saved."""
    matches = find_units(turn.session, name, turn.today, 2) if fold(name) else []
    if not matches or matches[0].score < SURE:
        return None
    clear = len(matches) == 1 or matches[0].score - matches[1].score >= CLEARLY_BETTER
    return matches[0].id if clear else None


def _is_open(turn: Turn, draft: dict[str, Any]) -> bool:
    """Whether a form would still have something to ask before its card."""
    kept, turn.draft = turn.draft, dict(draft)
    try:
        if "kind" not in draft:
            return True
        steps = (step for step in LOG.steps if step.name not in {*turn.draft.get("_answered", []), "doubts", "card"})
        return any(step.applies(turn) and step.name != "kind" for step in steps) or bool(doubts(turn))
    finally:
        turn.draft = kept


def _ask_group(turn: Turn) -> Reply:
    choices = (Choice(texts.SAVE_ALL, "save"), Choice(texts.ONE_BY_ONE, "edit"))
    return Reply(texts.group_card(_lines(turn)), rows(*choices))


def _read_group(turn: Turn, said: Said) -> None:
    key = said.key or ("save" if fold(said.text) in SAVE_WORDS else "")
    if key not in {"save", "edit"}:
        raise BadInput(texts.BAD_CARD)
    turn.draft["edit"] = key == "edit"


def _finish_group(turn: Turn) -> list[Reply]:
    drafts: list[dict[str, Any]] = turn.draft["entries"]
    if turn.draft["edit"]:
        raise Next(LOG, {**drafts[0], "rest": drafts[1:]}, [])
    for draft in drafts:
        entry = add_entry(turn.session, turn.cadre.cadre_id, to_entry(draft), turn.now, turn.inbox_seq)
        for photo in draft.get("photos", []):
            attach_evidence(turn.session, entry.id or 0, turn.inbound.channel, photo, turn.now)
    return [Reply(texts.group_saved(_lines(turn)), texts.AFTER)]


def _lines(turn: Turn) -> list[str]:
    lines = []
    for draft in turn.draft["entries"]:
        new = to_entry(draft)
        name = unit_name(turn.session, new.organiser_id, new.day) if new.organiser_id else ""
        lines.append(texts.unit(entry_texts.summary(new.kind, new.day, new.minutes, new.title), name))
    return lines


def _keep_photo(turn: Turn, photo: str) -> str:
    first = turn.draft["entries"][0]
    first["photos"] = [*first.get("photos", []), photo]
    return entry_texts.photo_kept(len(first["photos"]))


GROUP = Flow("ghinhieu", texts.GROUP_TITLE, (Step("group", _ask_group, _read_group),), _finish_group, _keep_photo)

FLOWS = (GROUP,)
COMMANDS: tuple[Command, ...] = ()
