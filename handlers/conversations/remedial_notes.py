"""What is said of a group of a remedial plan, and taking a group out of it."""

from handlers.commands import Audience, Command, Start
from handlers.conversations.remedial_groups import found_group, gone, may_note
from handlers.flow import BadInput, Flow, Said, Step
from handlers.messages import Choice, Reply, rows
from handlers.texts import remedial as texts
from handlers.turn import Turn
from storage.deadlines import led_units
from storage.people import unit_by_id
from storage.periods import Period
from storage.remedial import DEADLINES, remove_group, write_note
from storage.text import clean

SHORTEST_WORDS, LONGEST_WORDS = 5, 1000


def _note(turn: Turn, args: str) -> list[Reply] | Start:
    group, key = found_group(turn, args), args.strip().partition(" ")[2]
    period = _period(turn, key)
    if group is None or period is None or not may_note(turn, group) or period.start.year != group.row.year:
        return gone()
    return Start(NOTE, {"group": group.id, "period": period.key})


def _period(turn: Turn, key: str) -> Period | None:
    """The period called ``key`` if something may be said of it: one that has begun."""
    try:
        period = Period.parse(key)
    except ValueError:
        return None
    return period if period.kind in DEADLINES and period.start <= turn.today else None


def _ask_words(turn: Turn) -> Reply:
    group, period = found_group(turn, str(turn.draft["group"])), Period.parse(turn.draft["period"])
    if group is None:
        return Reply(texts.GONE)
    before = group.notes.get(period.key)
    return Reply(texts.ask_words(group, period, before.words if before is not None else ""))


def _read_words(turn: Turn, said: Said) -> None:
    words = clean(said.text)
    if said.key or not SHORTEST_WORDS <= len(words) <= LONGEST_WORDS:
        raise BadInput(texts.WORDS_EXAMPLE)
    turn.draft["words"] = words


def _finish_note(turn: Turn) -> list[Reply]:
    group, period = found_group(turn, str(turn.draft["group"])), Period.parse(turn.draft["period"])
    if group is None or not may_note(turn, group):
        return gone()
    house, me = turn.house, turn.cadre.cadre_id
    complete = write_note(turn.session, house.plan, house.clock, group, period, turn.draft["words"], me, turn.now)
    back = Choice(group.row.title[:30], f"/khacphucnhom {group.id}")
    unit = unit_by_id(turn.session, group.row.unit_id, turn.today)
    every = Choice(texts.SEE_ALL, f"/khacphuc {unit.code}" if unit is not None else "/khacphuc")
    return [Reply(texts.noted(period, complete=complete), rows(back, every))]


def _remove(turn: Turn, args: str) -> list[Reply] | Start:
    group = found_group(turn, args)
    if group is None or group.row.unit_id not in led_units(turn.session, turn.cadre.cadre_id, turn.today):
        return gone()
    return Start(REMOVE, {"group": group.id})


def _ask_remove(turn: Turn) -> Reply:
    group = found_group(turn, str(turn.draft["group"]))
    head = group.row.title if group is not None else texts.GONE
    return Reply(f"{head}\n\n{texts.REALLY_END}", rows(Choice(texts.REMOVE, "remove")))


def _read_remove(_turn: Turn, said: Said) -> None:
    if said.key != "remove":
        raise BadInput(texts.END_EXAMPLE)


def _finish_remove(turn: Turn) -> list[Reply]:
    group = found_group(turn, str(turn.draft["group"]))
    me = turn.cadre.cadre_id
    if group is None or group.row.unit_id not in led_units(turn.session, me, turn.today):
        return gone()
    remove_group(turn.session, group, me, turn.now)
    unit = unit_by_id(turn.session, group.row.unit_id, turn.today)
    back = Choice(texts.SEE_ALL, f"/khacphuc {unit.code}" if unit is not None else "/khacphuc")
    return [Reply(texts.removed(group.row.title), rows(back))]


NOTE = Flow("remedial_note", texts.NOTE_TITLE, (Step("words", _ask_words, _read_words),), _finish_note)
REMOVE = Flow("remove_remedial_group", texts.END_TITLE, (Step("sure", _ask_remove, _read_remove),), _finish_remove)
FLOWS = (NOTE, REMOVE)
START = (
    Command("khacphucghi", _note, Audience.CADRE),
    Command("khacphucbo", _remove, Audience.CADRE),
)
