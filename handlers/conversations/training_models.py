"""Training models of units: /mohinh shows one's own and those below, /mohinhmoi writes one, /mohinhket ends it.

Whoever leads a unit writes its model; whoever follows it, or a unit above, reads it. Models that read alike are laid
side by side, and people decide (C-04, C-16).
"""

from handlers.commands import Audience, Command, Start
from handlers.conversations.unit import label
from handlers.flow import AskAgain, BadInput, Flow, Reopen, Said, Step
from handlers.messages import Choice, Reply, rows
from handlers.texts import training_models as texts
from handlers.turn import Turn
from storage.deadlines import led_units
from storage.models import Cadre
from storage.people import UnitRow, children, unit_by_code, unit_by_id
from storage.text import clean
from storage.training_models import (
    alike,
    current_models,
    end_model,
    is_copy,
    model_of,
    superiors_model,
    versions,
    write_model,
)
from storage.visible import find_unit, followed_units

SHORTEST_NAME, LONGEST_NAME = 3, 120
SHORTEST_TEXT, LONGEST_TEXT = 10, 1500
SHOWN = 10


def _led(turn: Turn) -> list[UnitRow]:
    """The units for which the speaker may write, by code."""
    found = (
        unit_by_id(turn.session, one, turn.today) for one in led_units(turn.session, turn.cadre.cadre_id, turn.today)
    )
    return sorted((unit for unit in found if unit is not None), key=lambda unit: unit.code)


def _led_unit(turn: Turn, code: str) -> UnitRow | None:
    units = _led(turn)
    if not code:
        return units[0] if len(units) == 1 else None
    return next((unit for unit in units if unit.code.lower() == code.lower()), None)


def _readable(turn: Turn, code: str) -> UnitRow | None:
    return _led_unit(turn, code) or find_unit(turn.session, turn.cadre, code, turn.today)


def _overview(turn: Turn, args: str) -> list[Reply]:
    if args.strip():
        return [_page(turn, args.strip())]
    return [_own(turn)]


def _own(turn: Turn, before: str = "") -> Reply:
    led = _led(turn)
    if not led and not turn.cadre.is_follower:
        return Reply(texts.NO_UNIT)
    models = current_models(turn.session, turn.today)
    lines, choices = [texts.HEADING], []
    for unit in led[:SHOWN]:
        row = models.get(unit.id)
        lines.append(texts.unit_line(unit, row))
        action = (texts.SEE, f"/mohinh {unit.code}") if row is not None else (texts.REGISTER, f"/mohinhmoi {unit.code}")
        choices.append(Choice(label(f"{action[0]}: {unit.name}", 45), action[1]))
    for unit in followed_units(turn.session, turn.cadre, turn.today):
        below = children(turn.session, unit.id, turn.today)
        if below:
            lines.append(texts.below(unit, sum(child.id in models for child in below), len(below)))
            choices.append(Choice(label(f"{texts.BELOW}: {unit.name}", 45), f"/mohinhduoi {unit.code}"))
    text = "\n".join(lines)
    return Reply(f"{before}\n\n{text}" if before else text, rows(*choices, width=1))


def _page(turn: Turn, code: str) -> Reply:
    unit = _readable(turn, code)
    row = model_of(turn.session, unit.id, turn.today) if unit is not None else None
    if unit is None:
        return _own(turn, texts.GONE)
    own = _led_unit(turn, unit.code) is not None
    if row is None:
        choices = [Choice(texts.REGISTER, f"/mohinhmoi {unit.code}")] if own else []
        return Reply(texts.unit_line(unit, None), rows(*choices, Choice(texts.SEE_ALL, "/mohinh")))
    who = turn.session.get(Cadre, row.written_by)
    near = alike(turn.session, unit.id, (row.idea, row.way), turn.today)
    text = texts.page(unit, row, who.full_name if who else "", versions(turn.session, unit.id), near)
    choices = [
        Choice(texts.CHANGE, f"/mohinhmoi {unit.code}"),
        Choice(texts.END, f"/mohinhket {unit.code}"),
    ]
    return Reply(text, rows(*(choices if own else ()), Choice(texts.SEE_ALL, "/mohinh")))


def _below(turn: Turn, args: str) -> list[Reply]:
    unit = find_unit(turn.session, turn.cadre, args.strip(), turn.today)
    if unit is None:
        return [_own(turn, texts.GONE)]
    models, below = current_models(turn.session, turn.today), children(turn.session, unit.id, turn.today)
    head = texts.below(unit, sum(child.id in models for child in below), len(below))
    lines = [texts.unit_line(child, models.get(child.id)) for child in below]
    choices = [
        Choice(label(f"{texts.SEE}: {child.name}", 45), f"/mohinh {child.code}")
        for child in below
        if child.id in models
    ]
    return [Reply("\n".join([head, *lines]), rows(*choices[:SHOWN], Choice(texts.SEE_ALL, "/mohinh"), width=1))]


def _write(turn: Turn, args: str) -> list[Reply] | Start:
    unit = _led_unit(turn, args.strip())
    return [_own(turn, texts.GONE if args.strip() else "")] if unit is None else Start(WRITE, {"unit": unit.code})


def _unit(turn: Turn) -> UnitRow | None:
    return _led_unit(turn, turn.draft["unit"])


def _read_name(turn: Turn, said: Said) -> None:
    name = clean(said.text)
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
        raise BadInput(texts.NAME_EXAMPLE)
    turn.draft["name"] = name


def _ask_idea(turn: Turn) -> Reply:
    unit = _unit(turn)
    above = superiors_model(turn.session, unit.id, turn.today) if unit is not None else None
    return Reply(texts.ASK_IDEA, rows(Choice(texts.FROM_ABOVE, "above")) if above is not None else ())


def _read_idea(turn: Turn, said: Said) -> None:
    unit = _unit(turn)
    if said.key == "above" and unit is not None:
        found = superiors_model(turn.session, unit.id, turn.today)
        if found is not None:
            raise AskAgain(Reply(f"{texts.above(found)}\n\n{texts.ASK_IDEA}"))
    turn.draft["idea"] = _text(said)


def _read_way(turn: Turn, said: Said) -> None:
    way, unit = _text(said), _unit(turn)
    if unit is not None and is_copy(turn.session, unit.id, turn.draft["idea"], way, turn.today):
        raise BadInput(texts.COPIED)
    turn.draft["way"] = way


def _text(said: Said) -> str:
    words = clean(said.text)
    if said.key or not SHORTEST_TEXT <= len(words) <= LONGEST_TEXT:
        raise BadInput(texts.TEXT_EXAMPLE)
    return words


def _ask_sure(turn: Turn) -> Reply:
    unit, draft = _unit(turn), turn.draft
    if unit is None:
        return Reply(texts.GONE)
    near = alike(turn.session, unit.id, (draft["idea"], draft["way"]), turn.today)
    text = texts.card(unit, draft["name"], draft["idea"], draft["way"], near)
    return Reply(text, rows(Choice(texts.SAVE, "save"), Choice(texts.EDIT, "change")))


def _read_sure(_turn: Turn, said: Said) -> None:
    if said.key == "change":
        raise Reopen("name", "idea", "way", "sure")
    if said.key != "save":
        raise BadInput(texts.CARD_EXAMPLE)


def _finish(turn: Turn) -> list[Reply]:
    unit, draft = _unit(turn), turn.draft
    if unit is None:
        return [_own(turn, texts.GONE)]
    row = write_model(
        turn.session,
        unit.id,
        turn.cadre.cadre_id,
        draft["name"],
        draft["idea"],
        draft["way"],
        turn.today,
        turn.now,
    )
    return [_own(turn, texts.saved(unit, row))]


def _end(turn: Turn, args: str) -> list[Reply] | Start:
    unit = _led_unit(turn, args.strip())
    if unit is None or model_of(turn.session, unit.id, turn.today) is None:
        return [_own(turn, texts.GONE)]
    return Start(END, {"unit": unit.code})


def _ask_end(turn: Turn) -> Reply:
    unit = unit_by_code(turn.session, turn.draft["unit"], turn.today)
    row = model_of(turn.session, unit.id, turn.today) if unit is not None else None
    head = texts.unit_line(unit, row) if unit is not None else texts.GONE
    return Reply(f"{head}\n\n{texts.REALLY_END}", rows(Choice(texts.END, "end")))


def _read_end(_turn: Turn, said: Said) -> None:
    if said.key != "end":
        raise BadInput(texts.END_EXAMPLE)


def _finish_end(turn: Turn) -> list[Reply]:
    unit = _unit(turn)
    row = end_model(turn.session, unit.id, turn.cadre.cadre_id, turn.today) if unit is not None else None
    if unit is None or row is None:
        return [_own(turn, texts.GONE)]
    return [_own(turn, texts.ended(unit, row))]


WRITE = Flow(
    "training_model",
    texts.TITLE,
    (
        Step("name", lambda _turn: Reply(texts.ASK_NAME), _read_name),
        Step("idea", _ask_idea, _read_idea),
        Step("way", lambda _turn: Reply(texts.ASK_WAY), _read_way),
        Step("sure", _ask_sure, _read_sure),
    ),
    _finish,
)
END = Flow("end_training_model", texts.END_TITLE, (Step("sure", _ask_end, _read_end),), _finish_end)
FLOWS = (WRITE, END)
COMMANDS = (
    Command(
        "mohinh",
        _overview,
        Audience.CADRE,
        label="Mô hình",
        of_unit=True,
        help="mô hình “Cán bộ Đoàn trách nhiệm” của đơn vị",
        words=("mo hinh", "mo hinh don vi", "dang ky mo hinh"),
    ),
    Command("mohinhmoi", _write, Audience.CADRE),
    Command("mohinhket", _end, Audience.CADRE),
    Command("mohinhduoi", _below, Audience.FOLLOWER),
)
