"""Opening a criticism round: which, about whom, until when (/gopymo)."""

import re
from datetime import date

from handlers.commands import Audience, Command, Start
from handlers.conversations.criticism_pages import (
    kinds_of,
    listed,
    page,
    tell_asked,
    unit_of,
)
from handlers.conversations.unit import label
from handlers.flow import BadInput, Flow, Reopen, Said, Step
from handlers.messages import Choice, Reply, rows
from handlers.reading import NotRead
from handlers.texts import criticism as texts
from handlers.turn import Turn
from handlers.when import read_coming_day
from storage import criticism as rounds
from storage.people import unit_name
from storage.plans.sections import StepKind

OPENED = "criticism_opened"


def _open(turn: Turn, _args: str) -> list[Reply] | Start:
    return Start(OPEN) if kinds_of(turn) else [listed(turn, texts.NO_KIND)]


def _ask_kind(turn: Turn) -> Reply:
    choices = (
        Choice(label(f"{unit_name(turn.session, unit_id, turn.today)}: {kind.round.title}", 60), key)
        for key, (kind, unit_id) in kinds_of(turn).items()
    )
    return Reply(texts.ASK_KIND, rows(*choices, width=1))


def _read_kind(turn: Turn, said: Said) -> None:
    found = kinds_of(turn).get(said.key)
    if found is None:
        raise BadInput(texts.KIND_EXAMPLE)
    kind, unit_id = found
    if rounds.running(turn.session, unit_id, kind.run.plan.id, kind.round.id) is not None:
        raise BadInput(texts.RUNNING)
    turn.draft["kind"] = said.key


def _members(turn: Turn) -> dict[int, str]:
    return rounds.members(turn.session, kinds_of(turn)[turn.draft["kind"]][1], turn.today)


def _ask_whom(turn: Turn) -> Reply:
    lines = ["0. Tập thể", *(f"{number}. {name}" for number, name in enumerate(_members(turn).values(), 1))]
    return Reply("\n".join([texts.ASK_WHOM, *lines]), rows(Choice(texts.COMMITTEE, "committee")))


def _read_whom(turn: Turn, said: Said) -> None:
    ids = list(_members(turn))
    words = ["0"] if said.key else re.findall(r"\w+", said.text)
    if not words or not all(word.isascii() and word.isdecimal() and int(word) <= len(ids) for word in words):
        raise BadInput(texts.WHOM_EXAMPLE)
    numbers = sorted({int(word) for word in words})
    turn.draft |= {"committee": 0 in numbers, "subjects": [ids[number - 1] for number in numbers if number]}


def _missing(turn: Turn) -> list[StepKind]:
    kind = kinds_of(turn)[turn.draft["kind"]][0]
    given = rounds.dues_of_plan(kind, turn.today)
    return [step for step in rounds.steps(kind.round) if given.get(step, date.min) < turn.today]


def _read_due(turn: Turn, said: Said) -> None:
    """One day for all the steps, or one for each in their order."""
    wanted = len(_missing(turn))
    try:
        days = [read_coming_day(word, turn.today) for word in re.split(r"[,;\n]", said.text)]
    except NotRead as not_read:
        raise BadInput(texts.DAY_EXAMPLE) from not_read
    if min(days) < turn.today:
        raise BadInput(texts.DAY_EXAMPLE)
    if len(days) not in {1, wanted} or days != sorted(days):
        raise BadInput(texts.days_wanted(wanted))
    turn.draft["due"] = [day.isoformat() for day in (days if len(days) > 1 else days * wanted)]


def _dues(turn: Turn) -> dict[StepKind, date]:
    kind, missing = kinds_of(turn)[turn.draft["kind"]][0], _missing(turn)
    given = rounds.dues_of_plan(kind, turn.today)
    chosen = {step: date.fromisoformat(one) for step, one in zip(missing, turn.draft.get("due", ()), strict=True)}
    return {step: chosen.get(step) or given[step] for step in rounds.steps(kind.round)}


def _ask_open(turn: Turn) -> Reply:
    kind, unit_id = kinds_of(turn)[turn.draft["kind"]]
    names = _members(turn)
    who = [*(["tập thể"] if turn.draft["committee"] else []), *(names[one] for one in turn.draft["subjects"])]
    text = texts.open_card(kind.round, unit_name(turn.session, unit_id, turn.today), ", ".join(who), _dues(turn))
    return Reply(text, rows(Choice(texts.SAVE, "save"), Choice(texts.CHANGE, "change")))


def _read_open(_turn: Turn, said: Said) -> None:
    if said.key == "change":
        raise Reopen("kind", "whom", "due", "sure")
    if said.key != "save":
        raise BadInput(texts.SURE_EXAMPLE)


def _finish_open(turn: Turn) -> list[Reply]:
    kind, unit_id = kinds_of(turn)[turn.draft["kind"]]
    row = rounds.open_round(
        turn.session,
        kind,
        unit_id,
        turn.cadre.cadre_id,
        turn.draft["subjects"],
        _dues(turn),
        turn.now,
        committee=turn.draft["committee"],
    )
    told = tell_asked(turn, row, OPENED, texts.notice_opened(kind.round, unit_of(turn, row)))
    return page(turn, str(row.id), texts.opened(kind.round, told))


OPEN = Flow(
    "open_criticism",
    texts.OPEN_TITLE,
    (
        Step("kind", _ask_kind, _read_kind),
        Step("whom", _ask_whom, _read_whom, wants_number=True),
        Step(
            "due",
            lambda turn: Reply(texts.ask_dues(_missing(turn))),
            _read_due,
            applies=lambda turn: bool(_missing(turn)),
            wants_number=True,
        ),
        Step("sure", _ask_open, _read_open),
    ),
    _finish_open,
)
FLOWS = (OPEN,)
COMMANDS = (Command("gopymo", _open, Audience.CADRE),)
