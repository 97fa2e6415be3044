"""Replies as outbox bodies (JSON) and back: what one row carries is one message of the channel.

{"text": "…", "choices": [[["label", "data"], …], …]}   a text with its buttons
{"text": "", "attachment": {"maker", "name", "args", "alt"}}   a picture or file, made when sent
{"notice": {…}}   a notice whose reply is written when it is sent
"""

from typing import Any

from handlers import numbered
from handlers.messages import Attachment, Capabilities, Choice, Reply, Rows

LONGEST_TEXT = 4000
LIST_ROOM = 500


def chat_bodies(replies: list[Reply], version: int, can: Capabilities) -> list[dict[str, Any]]:
    """The bodies of all that is answered to one message; without buttons the last choices are listed in the text."""
    if can.buttons:
        return [body for reply in replies for body in reply_bodies(reply, version, can.longest_text)]
    place = numbered.asking(replies)
    bodies: list[dict[str, Any]] = []
    texts, listing = list[str](), ""  # such channels count messages, so texts that follow one another are one
    for at, reply in enumerate(replies):
        texts.append(reply.text)
        if at == place:
            listing = numbered.listing(reply)
        if reply.attachments or at == len(replies) - 1:
            bodies += [{"text": part} for part in with_listing("\n\n".join(texts), listing, can.longest_text)]
            bodies += _attachments(reply)
            texts, listing = [], ""
    return bodies


def reply_bodies(reply: Reply, version: int, longest: int = LONGEST_TEXT) -> list[dict[str, Any]]:
    """The bodies of ``reply`` in reading order. Buttons that answer a step carry the question's ``version``."""
    bodies: list[dict[str, Any]] = [{"text": part} for part in split_text(reply.text, longest)]
    choices = [
        [[choice.label, numbered.pressed(choice.key, version)] for choice in row] for row in reply.choices if row
    ]
    if choices and bodies:
        bodies[-1]["choices"] = choices
    return bodies + _attachments(reply)


def with_listing(text: str, listing: str, longest: int) -> list[str]:
    """``text`` in parts, the last of which ends with ``listing``, whole unless it is longer than half a message."""
    if not listing:
        return split_text(text, longest)
    if len(listing) > longest // 2:
        return split_text(f"{text}\n\n{listing}", longest)
    parts = split_text(text, longest)
    if parts and len(parts[-1]) + 2 + len(listing) > longest:
        parts[-1:] = split_text(parts[-1], longest - 2 - len(listing))
    return [*parts[:-1], f"{parts[-1]}\n\n{listing}"] if parts else [listing]


def one_message(text: str, listing: str, longest: int) -> str:
    """``text`` and ``listing`` under it; a text that leaves too little room is cut, visibly."""
    room = longest - len(listing) - 2
    shown = text if len(text) <= room or not listing else f"{text[: max(0, room - 1)]}…"
    return f"{shown}\n\n{listing}" if listing else shown[:longest]


def _attachments(reply: Reply) -> list[dict[str, Any]]:
    bodies = []
    for attachment in reply.attachments:
        made_of = {"maker": attachment.maker, "name": attachment.name, "args": attachment.args, "alt": attachment.alt}
        bodies.append({"text": "", "attachment": made_of})
    return bodies


def choices_of(body: dict[str, Any]) -> Rows:
    """The buttons of a body, their keys ready to be sent as data."""
    return tuple(tuple(Choice(label, data) for label, data in row) for row in body.get("choices", ()))


def attachment_of(body: dict[str, Any]) -> Attachment | None:
    """The attachment of a body, if it has one."""
    made_of = body.get("attachment")
    return Attachment(**made_of) if made_of else None


def split_text(text: str, longest: int = LONGEST_TEXT) -> list[str]:
    """``text`` in parts of at most ``longest`` characters, cut at line ends, else at blanks, else anywhere."""
    parts: list[str] = []
    rest = text.strip()
    while len(rest) > longest:
        cut = rest.rfind("\n", 1, longest + 1)
        if cut < longest // 2:
            cut = max(cut, rest.rfind(" ", 1, longest + 1))
        if cut < 1:
            cut = longest
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest else parts
