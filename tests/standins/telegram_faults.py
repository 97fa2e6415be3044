"""What can go wrong between a bot and Telegram, switched on by a test."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from tests.standins.telegram_spec import RefusedError


class Fault(StrEnum):
    """How a call goes wrong; each says whether the call took effect."""

    TOO_MANY = "too many requests"  # 429, no effect
    SERVER_ERROR = "server error"  # 502, no effect, which the caller cannot know
    SERVER_ERROR_AFTER = "server error after"  # 502 after the effect
    DROP_BEFORE = "drop before"  # connection cut, no effect
    DROP_AFTER = "drop after"  # connection cut after the effect
    HANG = "hang"  # took effect, is never answered
    BLOCKED = "blocked"  # 403
    NO_CHAT = "no chat"  # 400
    MIGRATED = "migrated"  # 400 with the new chat's id
    UNAUTHORIZED = "unauthorized"  # 401
    CONFLICT = "conflict"  # 409
    TOO_LARGE = "too large"  # 413, answered in HTML as by a proxy

    @property
    def takes_effect(self) -> bool:
        """Whether the call is carried out all the same."""
        return self in (Fault.DROP_AFTER, Fault.HANG, Fault.SERVER_ERROR_AFTER)


_ANSWERS = {
    Fault.SERVER_ERROR: (502, "Bad Gateway"),
    Fault.SERVER_ERROR_AFTER: (502, "Bad Gateway"),
    Fault.BLOCKED: (403, "Forbidden: bot was blocked by the user"),
    Fault.NO_CHAT: (400, "Bad Request: chat not found"),
    Fault.UNAUTHORIZED: (401, "Unauthorized"),
    Fault.CONFLICT: (409, "Conflict: terminated by other getUpdates request"),
}


@dataclass(slots=True)
class Switch:
    """One fault: for which calls, how often (`times` None: until healed) and how likely."""

    fault: Fault
    method: str | None = None
    chat_id: int | None = None
    times: int | None = None
    chance: float = 1.0
    retry_after: int = 1
    new_chat_id: int = -1001

    def fits(self, method: str, chat_id: object) -> bool:
        """Whether this switch is meant for the call."""
        return self.method in (None, method) and self.chat_id in (None, chat_id)

    def answer(self) -> RefusedError | None:
        """What the caller is told; None when the fault is no answer of the Bot API."""
        if self.fault is Fault.TOO_MANY:
            what = f"Too Many Requests: retry after {self.retry_after}"
            return RefusedError(429, what, retry_after=self.retry_after)
        if self.fault is Fault.MIGRATED:
            what = "Bad Request: group chat was upgraded to a supergroup chat"
            return RefusedError(400, what, migrate_to_chat_id=self.new_chat_id)
        answer = _ANSWERS.get(self.fault)
        return RefusedError(*answer) if answer else None


@dataclass(slots=True)
class Faults:
    """The switches that are on, asked in the order they were set."""

    switches: list[Switch] = field(default_factory=list)
    seed: int = 1
    _dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)

    def add(self, switch: Switch) -> Switch:
        """Switch a fault on."""
        self.switches.append(switch)
        return switch

    def heal(self) -> None:
        """Switch all faults off."""
        self.switches.clear()

    def take(self, method: str, chat_id: object) -> Switch | None:
        """The fault this call meets, counted."""
        for switch in self._fitting(method, chat_id):
            if switch.chance < 1 and self._dice.random() >= switch.chance:
                continue
            if switch.times is not None:
                switch.times -= 1
            return switch
        return None

    def _fitting(self, method: str, chat_id: object) -> Iterator[Switch]:
        return (s for s in self.switches if s.times != 0 and s.fits(method, chat_id))
