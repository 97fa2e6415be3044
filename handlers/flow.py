"""Conversations declared as data: a flow is its steps; the engine asks, reads, goes back and cancels.

The rule is one: the next question is the first step that applies and is not yet answered. Going
back or editing therefore means forgetting an answer, and nothing else. Where a chat stands is the
conversation row (flow, step, draft, version), so a kill or another replica loses nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from handlers.messages import Choice, Inbound, Reply
from handlers.texts import common
from handlers.turn import Turn
from storage.text import fold

ANSWERED = "_answered"
BACK = Choice(common.BACK_LABEL, "back")
CANCEL = Choice(common.CANCEL_LABEL, "cancel")
BACK_WORDS = frozenset({"quay lai", "/quaylai", "tro lai", "lui lai", "back"})
CANCEL_WORDS = frozenset({"/huy", "huy", "huy bo", "thoi", "cancel", "/cancel"})


class BadInput(Exception):
    """An answer that cannot be read: ``sentence`` says so kindly and shows an example; the question is asked again."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class AskAgain(Exception):
    """An answer that leads to a closer question of the same step (several units match, say)."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.text)
        self.reply = reply


class Reopen(Exception):
    """From a step's ``read``: ask the steps called ``names`` anew, then this one again (a card's "Sửa")."""

    def __init__(self, *names: str) -> None:
        super().__init__(*names)
        self.names = names


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as the step sees it: ``key`` of the chosen button, or "" and the typed ``text``."""

    key: str = ""
    text: str = ""
    photo: str = ""


class Next(Exception):
    """From a form's ``finish``: say ``replies``, then go on with ``flow`` and the answers in ``draft``."""

    def __init__(self, flow: "Flow", draft: dict[str, Any], replies: list[Reply]) -> None:
        super().__init__(flow.name)
        self.flow, self.draft, self.replies = flow, draft, replies


def always(_turn: Turn) -> bool:
    """Applies in every draft."""
    return True


@dataclass(frozen=True, slots=True)
class Step:
    """One question. ``read`` puts the answer into ``turn.draft`` or raises BadInput/AskAgain.

    ``photos`` steps take a picture as an answer; every other step answers a picture with BadInput,
    unless the flow itself keeps pictures. ``wants_number`` steps are answered by digits (a day, a time, a
    length), so their choices are never numbered.
    """

    name: str
    ask: Callable[[Turn], Reply]
    read: Callable[[Turn, Said], None]
    applies: Callable[[Turn], bool] = always
    photos: bool = False
    wants_number: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """A form. ``finish`` saves it (in the same transaction) once every step that applies is answered.

    ``keeps_answers`` is said of a form that saves every answer by itself, so that leaving it loses nothing.
    """

    name: str
    title: str
    steps: tuple[Step, ...]
    finish: Callable[[Turn], list[Reply]]
    keep_photo: Callable[[Turn, str], str] | None = None
    keeps_answers: bool = False

    def step(self, name: str) -> Step | None:
        """The step called ``name``, if there is one."""
        return next((step for step in self.steps if step.name == name), None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a turn of a flow leads to: replies, and the step that now waits ("" when the form is over).

    ``flow`` is the form in which it waits where that is another one than before.
    """

    replies: list[Reply]
    step: str = ""
    flow: Flow | None = None


def reopen(turn: Turn, *names: str) -> None:
    """Forget that the steps called ``names`` were answered, so that they are asked again."""
    turn.draft[ANSWERED] = [name for name in turn.draft.get(ANSWERED, []) if name not in names]


def mark_answered(turn: Turn, *names: str) -> None:
    """Count the steps called ``names`` as answered (a form that begins with some figures known)."""
    answered = [name for name in turn.draft.get(ANSWERED, []) if name not in names]
    turn.draft[ANSWERED] = [*answered, *names]


def begin(flow: Flow, turn: Turn) -> Outcome:
    """Ask the first open question of ``flow``; ``turn.draft`` may already hold some answers."""
    return _go_on(flow, turn)


def ask(flow: Flow, turn: Turn, step_name: str, before: str = "") -> Outcome:
    """Put the question of ``step_name`` (again), after the sentence ``before``."""
    step = flow.step(step_name)
    if step is None:
        return _go_on(flow, turn)
    return Outcome([_question(turn, step, before)], step.name)


def answer(flow: Flow, turn: Turn, step_name: str, key: str) -> Outcome:
    """Read the turn's message as the answer to ``step_name``; ``key`` is the pressed button's, if one was pressed."""
    step = flow.step(step_name)
    if step is None:
        return _go_on(flow, turn)
    inbound = turn.inbound
    question = step.ask(turn)
    said = Said(key or _typed_choice(question, inbound), inbound.text, inbound.photo)
    if said.key == CANCEL.key or fold(said.text) in CANCEL_WORDS:
        left = common.put_aside if flow.keeps_answers else common.cancelled
        return Outcome([Reply(left(flow.title), common.MENU_BUTTON)])
    if said.key == BACK.key or fold(said.text) in BACK_WORDS:
        return _go_back(flow, turn, step)
    if inbound.photo and not step.photos:
        return _photo(flow, turn, step)
    if inbound.other and not inbound.text:
        return Outcome([_question(turn, step, common.CANNOT_READ)], step.name)
    try:
        step.read(turn, said)
    except BadInput as bad:
        return Outcome([_question(turn, step, bad.sentence)], step.name)
    except AskAgain as again:
        return Outcome([_with_exits(turn, step, again.reply)], step.name)
    except Reopen as chosen:
        reopen(turn, *chosen.names)
        return _go_on(flow, turn)
    mark_answered(turn, step.name)
    return _go_on(flow, turn)


def _typed_choice(question: Reply, inbound: Inbound) -> str:
    """The key of the button whose label was typed, with or without diacritics, case and emoji."""
    typed = letters(inbound.text)
    if not typed:
        return ""
    labels = {letters(c.label): c.key for row in question.choices for c in row if not c.key.startswith("/")}
    return labels.get(typed, "")


def letters(text: str) -> str:
    """``text`` as labels are compared: without diacritics, case, emoji and punctuation."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def _photo(flow: Flow, turn: Turn, step: Step) -> Outcome:
    if flow.keep_photo is None:
        return Outcome([_question(turn, step, common.NO_PHOTO_HERE)], step.name)
    thanks = flow.keep_photo(turn, turn.inbound.photo)
    return Outcome([_question(turn, step, thanks)], step.name)


def _go_back(flow: Flow, turn: Turn, step: Step) -> Outcome:
    names = [s.name for s in flow.steps]
    answered = [name for name in turn.draft.get(ANSWERED, []) if name in names]
    if not answered:
        return Outcome([_question(turn, step, common.ALREADY_FIRST)], step.name)
    reopen(turn, answered[-1], step.name)
    return ask(flow, turn, answered[-1])


def _go_on(flow: Flow, turn: Turn) -> Outcome:
    answered = turn.draft.get(ANSWERED, [])
    for step in flow.steps:
        if step.name not in answered and step.applies(turn):
            return Outcome([_question(turn, step)], step.name)
    try:
        return Outcome(flow.finish(turn))
    except Next as more:
        turn.draft = dict(more.draft)
        outcome = _go_on(more.flow, turn)
        return Outcome([*more.replies, *outcome.replies], outcome.step, outcome.flow or more.flow)


def _question(turn: Turn, step: Step, before: str = "") -> Reply:
    question = step.ask(turn)
    text = f"{before}\n\n{question.text}" if before else question.text
    return _with_exits(turn, step, Reply(text, question.choices, question.attachments))


def _with_exits(turn: Turn, step: Step, question: Reply) -> Reply:
    exits = (BACK, CANCEL) if turn.draft.get(ANSWERED) else (CANCEL,)
    offered = {choice.key for row in question.choices for choice in row}
    missing = tuple(choice for choice in exits if choice.key not in offered)
    choices = (*question.choices, missing) if missing else question.choices
    return Reply(question.text, choices, question.attachments, step.wants_number)
