"""Which groups of remedial plans the speaker may see, and what may be done with them."""

from handlers.messages import Choice, Reply, rows
from handlers.texts import remedial as texts
from handlers.turn import Turn
from storage.deadlines import led_units
from storage.remedial import Group, find_group
from storage.remedial_units import leads_group


def found_group(turn: Turn, args: str) -> Group | None:
    """The group whose number ``args`` begin with, if the speaker may see it."""
    word = args.strip().partition(" ")[0]
    number = int(word) if word.isascii() and word.isdecimal() and len(word) < 10 else 0
    return find_group(turn.session, turn.cadre, number, turn.today)


def may_settle(turn: Turn, group: Group) -> bool:
    """Whether the speaker may say that a shortcoming is put right: the group's supervisor, and who leads the unit."""
    me = turn.cadre.cadre_id
    return group.row.supervisor_id == me or group.row.unit_id in led_units(turn.session, me, turn.today)


def may_note(turn: Turn, group: Group) -> bool:
    """Whether the speaker may say how the group goes: they, and who leads its lead unit (T-10, T-12)."""
    return may_settle(turn, group) or leads_group(turn.session, group.id, turn.cadre.cadre_id, turn.today)


def gone(unit_code: str = "") -> list[Reply]:
    """What was asked for is not there, or not for the speaker."""
    return [Reply(texts.GONE, rows(Choice(texts.SEE_ALL, f"/khacphuc {unit_code}".strip())))]
