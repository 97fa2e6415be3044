"""Talk to the bot as a person does: say, press, and read what comes back. One transaction a message, as in earnest."""

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlmodel import Session, select

from bot.bodies import chat_bodies
from handlers import numbered
from handlers.messages import Capabilities, Choice, Inbound, Reply
from handlers.router import handle
from handlers.turn import House, Turn
from storage.access import load_actor
from storage.database import Database
from storage.models import Account, Cadre
from storage.standings import Standing, load_standing, save_standing
from storage.text import fold

# The channel of a chat that does not name one; dialogues are played over each.
CHANNEL = "web"
ZALO = Capabilities(buttons=False, files=False, longest_text=2000)
_numbers = itertools.count(1)


@dataclass
class Chat:
    """A chat of ``channel``; give ``cadre`` (a code) for one that has joined already.

    On Zalo buttons are pressed as people do there: by the number or the words that the text shows.
    """

    db: Database
    house: House
    cadre: str = ""
    channel: str = field(default_factory=lambda: CHANNEL)
    chat_id: str = field(default_factory=lambda: f"chat{next(_numbers)}")
    replies: list[Reply] = field(default_factory=list)
    standing: Standing | None = None

    def __post_init__(self) -> None:
        """Link the chat to its cadre."""
        self.house.capabilities["zalo"] = ZALO
        if self.cadre:
            self.db.write_now(self._link)

    def _link(self, session: Session) -> None:
        person = session.exec(select(Cadre).where(Cadre.code == self.cadre)).one()
        now = self.house.clock.now()
        session.add(
            Account(
                channel=self.channel, chat_id=self.chat_id, cadre_id=person.id or 0, joined_at=now, last_used_at=now
            )
        )

    def say(self, text: str) -> list[Reply]:
        """Type ``text``."""
        return self._send(Inbound(self.channel, self.chat_id, str(next(_numbers)), text=text))

    def photo(self, remote_id: str = "photo-1", caption: str = "") -> list[Reply]:
        """Send a picture."""
        return self._send(Inbound(self.channel, self.chat_id, str(next(_numbers)), text=caption, photo=remote_id))

    def other(self, what: str = "sticker") -> list[Reply]:
        """Send something that cannot be read."""
        return self._send(Inbound(self.channel, self.chat_id, str(next(_numbers)), other=what))

    def press(self, button: str) -> list[Reply]:
        """Press the button of the last replies that has the key ``button``, or whose folded label contains it."""
        return self.say(self._typed(button)) if self.channel == "zalo" else self.press_data(self.data_of(button))

    def press_data(self, data: str) -> list[Reply]:
        """Press a button that carries ``data``, as old or forged buttons do."""
        return self._send(Inbound(self.channel, self.chat_id, str(next(_numbers)), choice=data))

    def data_of(self, button: str) -> str:
        """What a button of the last replies carries."""
        return numbered.pressed(self._choice(button).key, self.standing.version if self.standing else 0)

    def _choice(self, button: str) -> Choice:
        for choice in self.choices:
            if choice.key == button or fold(button) in fold(choice.label):
                return choice
        raise AssertionError(f"no button {button!r} among {[c.label for c in self.choices]}")

    def _typed(self, button: str) -> str:
        """What is typed for ``button`` after reading the last replies as Zalo shows them."""
        choice = self._choice(button)
        parts = [body["text"] for body in chat_bodies(self.replies, 0, ZALO) if body["text"]]
        assert all(len(part) <= ZALO.longest_text for part in parts)
        if number := re.search(rf"^([0-9]+)\. {re.escape(choice.label)}$", parts[-1], re.MULTILINE):
            return number[1]
        word = numbered.EXITS.get(choice.key, choice.label)
        if word in parts[-1]:
            return word
        assert choice.key.startswith("/"), f"{choice.label!r} is not shown in {parts[-1]!r}"
        return choice.key

    @property
    def choices(self) -> list[Choice]:
        """The buttons of the last replies."""
        return [choice for reply in self.replies for row in reply.choices for choice in row]

    @property
    def text(self) -> str:
        """The text of the last replies."""
        return "\n".join(reply.text for reply in self.replies)

    def play(self, table: Iterable[tuple[str, str]]) -> None:
        """Go through ``(said, expected)``: "[X]" presses button X, "<photo>" and "<sticker>" send one; expected is a
        phrase of the answer."""
        for said, expected in table:
            if said.startswith("[") and said.endswith("]"):
                self.press(said[1:-1])
            elif said == "<photo>":
                self.photo()
            elif said == "<sticker>":
                self.other()
            else:
                self.say(said)
            assert self.replies, f"silence after {said!r}"
            assert fold(expected) in fold(self.text), f"after {said!r} expected {expected!r}, got:\n{self.text}"

    def _send(self, inbound: Inbound) -> list[Reply]:
        def work(session: Session) -> list[Reply]:
            now = self.house.clock.now()
            account = session.exec(
                select(Account).where(Account.channel == self.channel, Account.chat_id == self.chat_id)
            ).first()
            actor = load_actor(session, account.cadre_id, self.house.clock.today()) if account else None
            standing = load_standing(session, self.channel, self.chat_id, now)
            turn = Turn(session, self.house, now, inbound, actor)
            replies = handle(turn, standing)
            save_standing(session, standing)
            self.standing = standing
            return replies

        self.replies = self.db.write_now(work)
        return self.replies
