"""Replies as outbox bodies (JSON) and back: what one row carries is one message of the channel.

{"text": "…", "choices": [[["label", "data"], …], …]}   a text with its buttons
{"text": "", "attachment": {"maker", "name", "args", "alt"}}   a picture or file, made when sent
{"notice": {…}}   a notice whose reply is written when it is sent
"""

from typing import Any

from handlers.messages import Attachment, Choice, Reply, Rows

LONGEST_TEXT = 4000


def reply_bodies(reply: Reply, version: int, longest: int = LONGEST_TEXT) -> list[dict[str, Any]]:
    """The bodies of ``reply`` in reading order. Buttons that answer a step carry the question's ``version``."""
    bodies: list[dict[str, Any]] = [{"text": part} for part in split_text(reply.text, longest)]
    choices = [[_button(choice, version) for choice in row] for row in reply.choices if row]
    if choices and bodies:
        bodies[-1]["choices"] = choices
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


def _button(choice: Choice, version: int) -> list[str]:
    return [choice.label, choice.key if choice.key.startswith("/") else f"{version}:{choice.key}"]
