"""What can be asked of the bot at any time, and who may ask it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from handlers.flow import Flow
from handlers.messages import Reply
from handlers.turn import Turn
from storage.access import Actor


class Audience(IntEnum):
    """Each audience may use the commands of those before it."""

    ANYONE = 0
    CADRE = 1
    FOLLOWER = 2
    ADMIN = 3

    @staticmethod
    def of(turn: Turn) -> "Audience":
        """The audience the speaker belongs to."""
        return Audience.of_actor(turn.actor)

    @staticmethod
    def of_actor(actor: Actor | None) -> "Audience":
        """The audience of a cadre; of somebody unknown when None."""
        if actor is None:
            return Audience.ANYONE
        if actor.is_admin:
            return Audience.ADMIN
        return Audience.FOLLOWER if actor.is_follower else Audience.CADRE


@dataclass(frozen=True, slots=True)
class Start:
    """The wish to open a form with some answers already known; its first question comes after ``before``."""

    flow: Flow
    draft: dict[str, Any] = field(default_factory=dict)
    before: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """``run(turn, args)`` answers at once or opens a form. ``words`` are folded phrases that mean the same.

    ``label`` is its button in the menu; a command without one stays out of menus (it is spoken by buttons).
    ``of_unit`` commands stand behind one button of the menu, which would be too long for a phone with them.
    """

    name: str
    run: Callable[[Turn, str], list[Reply] | Start]
    audience: Audience
    label: str = ""
    help: str = ""
    words: tuple[str, ...] = ()
    of_unit: bool = False
