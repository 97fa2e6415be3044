"""All conversations in one table, and the menu made of it. A new conversation is one more name in ``MODULES``."""

from types import ModuleType

from handlers.commands import Audience, Command
from handlers.conversations import (
    absences,
    annex,
    assessment,
    assessment_outcome,
    calendars,
    conduct,
    criticism,
    deadlines,
    entries,
    erasing,
    form_review,
    history,
    initiatives,
    invites,
    joining,
    my_data,
    obligations,
    plans,
    progress,
    registration,
    remedial,
    reminders,
    report,
    responsibilities,
    review,
    self_review,
    spoken,
    targets,
    training_models,
    unit,
)
from handlers.flow import Flow
from handlers.messages import Choice, Reply, Rows, rows
from handlers.texts import common
from handlers.turn import Turn

MODULES: tuple[ModuleType, ...] = (
    entries,
    progress,
    history,
    initiatives,
    obligations,
    registration,
    self_review,
    deadlines,
    calendars,
    plans,
    reminders,
    unit,
    review,
    form_review,
    assessment,
    assessment_outcome,
    absences,
    report,
    targets,
    training_models,
    conduct,
    criticism,
    remedial,
    responsibilities,
    annex,
    invites,
    my_data,
    erasing,
    joining,
    spoken,
)


def commands_for(audience: Audience) -> list[Command]:
    """The commands that the menus of ``audience`` show, in order."""
    return [command for command in _ALL if command.label and command.audience <= audience]


def menu_for(turn: Turn) -> Rows:
    """The menu's buttons for whoever speaks."""
    shown = [command for command in commands_for(Audience.of(turn)) if not command.of_unit]
    return _buttons(shown)


def _buttons(commands: list[Command]) -> Rows:
    return rows(*(Choice(command.label, f"/{command.name}") for command in commands))


def _unit_work(turn: Turn, _args: str) -> list[Reply]:
    shown = [command for command in commands_for(Audience.of(turn)) if command.of_unit]
    lines = [f"• {command.label}: {command.help}" for command in shown]
    return [Reply("\n".join([common.UNIT_WORK, *lines]), _buttons(shown))]


def _menu(turn: Turn, _args: str) -> list[Reply]:
    if turn.actor is None:
        return [Reply(common.NOT_JOINED)]
    return [Reply(common.menu(turn.actor.name), menu_for(turn))]


def _help(turn: Turn, _args: str) -> list[Reply]:
    lines = [f"/{c.name}: {c.help}" for c in commands_for(Audience.of(turn)) if c.help]
    return [Reply("\n".join([common.HELP, *lines]), menu_for(turn))]


def _nothing_to_cancel(turn: Turn, _args: str) -> list[Reply]:
    return [Reply(common.NOTHING_TO_CANCEL, menu_for(turn))]


def _nothing_to_go_back(turn: Turn, _args: str) -> list[Reply]:
    return [Reply(common.NOTHING_TO_GO_BACK, menu_for(turn))]


_MENU_COMMANDS = (
    Command("menu", _menu, Audience.ANYONE, words=("menu", "chao", "xin chao", "hi", "hello", "bat dau")),
    Command("trogiup", _help, Audience.ANYONE, words=("tro giup", "giup", "help", "huong dan")),
    Command("help", _help, Audience.ANYONE),
    Command(
        "viecdonvi",
        _unit_work,
        Audience.CADRE,
        label="Việc của đơn vị",
        help="mô hình, góp ý, điều nên làm; với người theo dõi có chỉ tiêu, sáng kiến, biểu mẫu",
        words=("viec don vi", "viec cua don vi"),
    ),
    Command("huy", _nothing_to_cancel, Audience.ANYONE),
    Command("quaylai", _nothing_to_go_back, Audience.ANYONE),
)

_ALL: tuple[Command, ...] = (
    *(command for module in MODULES for command in module.COMMANDS),
    *_MENU_COMMANDS,
)
COMMANDS: dict[str, Command] = {command.name: command for command in _ALL}
WORDS: dict[str, Command] = {word: command for command in _ALL for word in command.words}
FLOWS: dict[str, Flow] = {flow.name: flow for module in MODULES for flow in getattr(module, "FLOWS", ())}
