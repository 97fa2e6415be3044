"""Neutral messages: what every channel can say to the bot and the bot to every channel."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing a person said or pressed.

    ``message_id`` is unique within the channel. ``photo`` names a picture: the platform's file id, or
    the key of a stored file. ``other`` names what cannot be read (sticker, voice, document, ...).
    """

    channel: str
    chat_id: str
    message_id: str
    text: str = ""
    choice: str = ""
    photo: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. A ``key`` that begins with "/" speaks that command at any time; any other answers the asking step."""

    label: str
    key: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or file, made when it is delivered: ``maker`` names the view, ``args`` (JSON) is its input."""

    maker: str
    name: str
    args: dict[str, Any]
    alt: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether it is shown in the chat rather than offered as a file."""
        return self.name.endswith(".png")


@dataclass(frozen=True, slots=True)
class Made:
    """An attachment's bytes, ready to send."""

    name: str
    content: bytes
    alt: str = ""


Rows = tuple[tuple[Choice, ...], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot says: plain text, rows of buttons under it, then attachments.

    ``wants_number``: digits are the answer itself, so where there are no buttons the choices are not numbered.
    """

    text: str
    choices: Rows = ()
    attachments: tuple[Attachment, ...] = ()
    wants_number: bool = False


def rows(*choices: Choice, width: int = 2) -> Rows:
    """``choices`` laid out ``width`` to a row."""
    return tuple(choices[i : i + width] for i in range(0, len(choices), width))


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can show; texts longer than ``longest_text`` characters are split."""

    buttons: bool = True
    files: bool = True
    longest_text: int = 4000
