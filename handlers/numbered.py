"""Choices on channels without buttons: a numbered list at the end of the text, and what an answer to it means.

Digits are data: "2" may be the second choice or two hours, and only the question knows. So a number is taken
for a choice only while the list is the last thing shown, and a question that wants a number shows no numbers:
its choices are words to type.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.flow import BACK, CANCEL, letters
from handlers.messages import Choice, Inbound, Reply
from handlers.texts import numbered as texts
from storage.text import fold

EXITS = {BACK.key: texts.BACK_WORD, CANCEL.key: texts.CANCEL_WORD}
_NUMBER = re.compile(r"(?:so |chon |muc )?([1-9][0-9]?)[.)]?")

# What is kept with the conversation: the label and key of each numbered choice, in order.
Offered = list[list[str]]


def asking(replies: Sequence[Reply]) -> int:
    """The place of the reply whose choices are shown, the last that has any; -1 without one.

    Earlier ones may be passed over: they are shortcuts to commands, which can be typed at any time.
    """
    return max((place for place, reply in enumerate(replies) if reply.choices), default=-1)


def offered(replies: Sequence[Reply]) -> Offered:
    """The choices that numbers and labels mean once ``replies`` have been shown."""
    place = asking(replies)
    return [] if place < 0 or replies[place].wants_number else [[c.label, c.key] for c in _choices(replies[place])]


def meant(inbound: Inbound, offers: Offered, version: int) -> Inbound:
    """``inbound`` as a press of the choice that its number or label names, else as it is."""
    if inbound.choice or inbound.photo or not offers:
        return inbound
    number = _NUMBER.fullmatch(fold(inbound.text))
    named = [key for label, key in offers if letters(label) == letters(inbound.text)]
    if number is not None and int(number[1]) <= len(offers):
        named = [offers[int(number[1]) - 1][1]]
    if not inbound.text or len(named) != 1:
        return inbound
    return replace(inbound, text="", choice=pressed(named[0], version))


def pressed(key: str, version: int) -> str:
    """What a button with ``key`` carries: a command as it is, an answer with the ``version`` of its question."""
    return key if key.startswith("/") else f"{version}:{key}"


def listing(reply: Reply) -> str:
    """The lines that stand for the reply's choices, "" for none."""
    choices = _choices(reply)
    exits = [EXITS[c.key] for row in reply.choices for c in row if c.key in EXITS]
    leave = texts.to_leave(exits) if exits else ""
    if reply.wants_number and choices:
        return " ".join(filter(None, (texts.words_to_type([c.label for c in choices]), leave)))
    if not choices:
        return leave
    lines = [f"{number}. {choice.label}" for number, choice in enumerate(choices, 1)]
    return "\n".join([*lines, " ".join(filter(None, (texts.ANSWER_BY_NUMBER, leave)))])


def commands(reply: Reply) -> str:
    """The reply's choices as commands to type, for a notice that arrives while a form waits for an answer."""
    return "\n".join(texts.command_to_type(choice.label, choice.key) for choice in _choices(reply))


def _choices(reply: Reply) -> list[Choice]:
    return [choice for row in reply.choices for choice in row if choice.key not in EXITS]
