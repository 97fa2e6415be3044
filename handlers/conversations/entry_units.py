"""The field that names a unit: who organised, or who summoned. Near units are buttons, any other is typed roughly."""

from handlers.conversations.entry_draft import day_of, kind_of
from handlers.flow import AskAgain, BadInput, Said
from handlers.messages import Choice, Reply, rows
from handlers.texts import entries as texts
from handlers.turn import Turn
from storage.people import HeldPosition, UnitMatch, UnitRow, children, find_units, positions_of, unit_by_id, unit_name
from storage.terms import EntryKind, UnitType
from storage.text import fold

MOST_CHOICES = 8
MATCHES = 5
SURE, CLEARLY_BETTER = 90.0, 5.0
ATTENDANCE = {EntryKind.VOLUNTEER_ACTIVITY, EntryKind.BRANCH_MEETING}
PASS_WORDS = {"bo qua", "khong ro", "chua ro", "khong biet", "khong co"}


def own_positions(turn: Turn) -> list[HeldPosition]:
    """The positions held on the day of the draft, else those held today."""
    cadre_id = turn.cadre.cadre_id
    day = day_of(turn.draft) if turn.draft.get("day") else turn.today
    return positions_of(turn.session, cadre_id, day) or positions_of(turn.session, cadre_id, turn.today)


def own_unit(turn: Turn) -> int | None:
    """The unit that is taken to organise where nothing else is said."""
    held = own_positions(turn)
    return held[0].unit_id if held else None


def ask_unit(turn: Turn) -> Reply:
    """Ask for the unit, the likely ones as buttons."""
    kind, held = kind_of(turn.draft), own_positions(turn)
    near = _superiors(turn, held) if kind is EntryKind.SUMMONED_MEETING else _below(turn, held)
    units = {position.unit_id: position.unit_name for position in held}
    offered = {**dict(near[:MOST_CHOICES]), **units}
    lines = [texts.ASK_ORGANISER[kind]]
    types = {position.unit_type for position in held}
    if kind in ATTENDANCE and types - {UnitType.BRANCH}:
        lines.append(texts.OWN_COUNTS if UnitType.GRASSROOTS_BRANCH in types else texts.BELOW_COUNTS)
    example = next(iter(offered.values()), "Chi đoàn Văn phòng")
    lines.append(texts.ORGANISER_HINT.format(example=example))
    choices = [_choice(unit_id, name) for unit_id, name in offered.items()]
    return Reply(" ".join(lines), rows(*choices, Choice(texts.UNKNOWN_ORGANISER, "none"), width=1))


def read_unit(turn: Turn, said: Said) -> int | None:
    """The id of the unit meant; None when it is passed over. Several that match are asked back."""
    if said.key == "none" or fold(said.text) in PASS_WORDS:
        return None
    day = day_of(turn.draft)
    if said.key:
        number = said.key.removeprefix("u")
        unit = unit_by_id(turn.session, int(number), day) if number.isdecimal() and len(number) < 10 else None
        if unit is None:
            raise BadInput(texts.no_such_unit(_example(turn)))
        return unit.id
    matches = find_units(turn.session, said.text[: texts.LONGEST_TITLE], day, MATCHES) if fold(said.text) else []
    if not matches:
        raise BadInput(texts.no_such_unit(_example(turn)))
    if _is_plain(matches):
        return matches[0].id
    choices = [_choice(match.id, match.name) for match in matches]
    raise AskAgain(Reply(texts.WHICH_UNIT, rows(*choices, Choice(texts.UNKNOWN_ORGANISER, "none"), width=1)))


def _is_plain(matches: list[UnitMatch]) -> bool:
    """Whether the best match stands out; the card shows it once more before anything is saved."""
    best = matches[0].score
    return best >= SURE and all(best - match.score >= CLEARLY_BETTER for match in matches[1:])


def show_unit(turn: Turn) -> str:
    """The unit's name on the day."""
    unit_id = turn.draft.get("organiser")
    return texts.ORGANISER_OPEN if unit_id is None else unit_name(turn.session, unit_id, day_of(turn.draft))


def _choice(unit_id: int, name: str) -> Choice:
    return Choice(texts.unit_label(name), f"u{unit_id}")


def _example(turn: Turn) -> str:
    held = own_positions(turn)
    return held[0].unit_name if held else "Chi đoàn Văn phòng"


def _below(turn: Turn, held: list[HeldPosition]) -> list[tuple[int, str]]:
    day = day_of(turn.draft)
    found = (unit for position in held for unit in children(turn.session, position.unit_id, day))
    return [(unit.id, unit.name) for unit in found]


def _superiors(turn: Turn, held: list[HeldPosition]) -> list[tuple[int, str]]:
    """The units above, the nearest first."""
    day, found = day_of(turn.draft), dict[int, str]()
    for position in held:
        unit = unit_by_id(turn.session, position.unit_id, day)
        while unit is not None and (above := _superior(turn, unit)) is not None and above.id not in found:
            found[above.id] = above.name
            unit = above
    return list(found.items())


def _superior(turn: Turn, unit: UnitRow) -> UnitRow | None:
    return None if unit.parent_id is None else unit_by_id(turn.session, unit.parent_id, day_of(turn.draft))
