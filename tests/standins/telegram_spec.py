"""What the Bot API takes: each call checked against its description and the lengths it leaves out."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any, cast


@dataclass(frozen=True, slots=True)
class Upload:
    """A file part of a multipart request."""

    filename: str
    content_type: str
    content: bytes


class RefusedError(Exception):
    """An answer with `ok: false`; `parameters` as in ResponseParameters."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def _description() -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str] | str]]:
    data = json.loads(Path(__file__).with_name("telegram_api.json").read_text(encoding="utf-8"))
    return data["methods"], data["types"]


METHODS, TYPES = _description()

# (method, parameter): fewest, most characters after entity parsing, what Telegram says otherwise.
_LENGTHS = {
    ("sendMessage", "text"): (1, 4096, "message is too long"),
    ("editMessageText", "text"): (1, 4096, "MESSAGE_TOO_LONG"),
    ("sendPhoto", "caption"): (0, 1024, "message caption is too long"),
    ("sendDocument", "caption"): (0, 1024, "message caption is too long"),
    ("answerCallbackQuery", "text"): (0, 200, "MESSAGE_TOO_LONG"),
}
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_TAG = re.compile(r"<(/?)([a-z-]*)((?:\s[^<>]*)?)>|<")
_TAGS = frozenset(("a", "b", "blockquote", "code", "del", "em", "i", "ins", "pre", "s", "span", "strike"))
_TAGS |= frozenset(("strong", "tg-emoji", "tg-spoiler", "tg-time", "u"))


def bad_request(what: str) -> RefusedError:
    """A 400 in Telegram's words."""
    return RefusedError(400, f"Bad Request: {what}")


def check(method: str, raw: Mapping[str, object], uploads: Mapping[str, Upload]) -> dict[str, Any]:
    """The call's parameters with the types the description gives them.

    Stricter than Telegram, which passes over what it does not know. Raises RefusedError.
    """
    if method not in METHODS:
        raise RefusedError(404, "Not Found: method not found")
    fields = METHODS[method]
    if unknown := [name for name in raw if name not in fields]:
        raise bad_request(f"unknown parameter {unknown[0]!r} in {method}")
    params = {name: _typed(name, value, fields[name]) for name, value in raw.items()}
    attached = {str(value)[len("attach://") :] for value in _strings(params) if value.startswith("attach://")}
    for name in uploads:
        if not (name in attached or "InputFile" in fields.get(name, "")):
            raise bad_request(f"unexpected file {name!r} in {method}")
    if lost := attached - set(uploads):
        raise bad_request(f"file {min(lost)!r} is not attached")
    for name, types in fields.items():
        if types.startswith("!") and name not in params and name not in uploads:
            raise bad_request("message text is empty" if name == "text" else f"parameter {name!r} is required")
    _check_lengths(method, params)
    return params


def visible(text: str, parse_mode: object) -> str:
    """The text after entity parsing, which the limits count. Raises RefusedError on bad HTML."""
    if parse_mode is None or str(parse_mode).upper() != "HTML":
        return text
    open_tags: list[str] = []
    for found in _TAG.finditer(text):
        closing, tag = found[1], found[2]
        if not tag or tag not in _TAGS:
            raise bad_request(f"can't parse entities: Unsupported start tag {tag or '<'!r}")
        if not closing:
            open_tags.append(tag)
        elif not open_tags or open_tags.pop() != tag:
            raise bad_request(f"can't parse entities: Unmatched end tag {tag!r}")
    if open_tags:
        raise bad_request(f"can't parse entities: Can't find end tag corresponding to start tag {open_tags[-1]!r}")
    return unescape(_TAG.sub("", text))


def _typed(name: str, value: object, types: str) -> object:
    accepted = types.removeprefix("!").split("|")
    found = _decoded(value, accepted) if isinstance(value, str) else value
    problems = [_problem(found, kind) for kind in accepted]
    if all(problems):
        raise bad_request(f"parameter {name!r}: {problems[0]}")
    return found


def _decoded(text: str, accepted: list[str]) -> object:
    """A form field as the value it stands for."""
    if "Integer" in accepted and re.fullmatch(r"-?\d+", text):
        return int(text)
    if "Boolean" in accepted and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if "String" in accepted or "InputFile" in accepted:
        return text
    try:
        return cast(object, json.loads(text))
    except ValueError:
        return text


_PLAIN: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "Float": (int, float),
    "Boolean": bool,
    "String": str,
    "InputFile": str,
}


def _problem(value: object, kind: str) -> str | None:
    """Why `value` is not a `kind`; None when it is."""
    if kind in _PLAIN:
        fits = isinstance(value, _PLAIN[kind]) and (kind == "Boolean" or not isinstance(value, bool))
        return None if fits else f"{kind} expected, not {value!r}"
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return f"an array expected, not {value!r}"
        found = (_problem(item, kind.removeprefix("Array of ")) for item in value)
        return next((problem for problem in found if problem), None)
    fields = TYPES[kind]
    if isinstance(fields, str):
        problems = [_problem(value, one) for one in fields.split("|")]
        return problems[0] if all(problems) else None
    if not isinstance(value, dict):
        return f"{kind} expected, not {value!r}"
    return _object_problem(value, kind, fields)


def _object_problem(value: dict[str, object], kind: str, fields: dict[str, str]) -> str | None:
    for name, types in fields.items():
        if name not in value:
            if types.startswith("!"):
                return f"{kind} without {name!r}"
            continue
        problems = [_problem(value[name], one) for one in types.removeprefix("!").split("|")]
        if all(problems):
            return f"{kind}.{name}: {problems[0]}"
    unknown = [name for name in value if name not in fields]
    return f"{kind} has no {unknown[0]!r}" if unknown else None


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _strings(part)]


def _check_lengths(method: str, params: dict[str, Any]) -> None:
    for (of, name), (fewest, most, too_long) in _LENGTHS.items():
        if of == method and name in params:
            length = len(visible(params[name], params.get("parse_mode")).strip())
            if length < fewest:
                raise bad_request("message text is empty")
            if length > most:
                raise bad_request(too_long)
    if "secret_token" in params and not _SECRET.fullmatch(params["secret_token"]):
        raise bad_request("secret token contains unallowed characters")
    for row in params.get("reply_markup", {}).get("inline_keyboard", ()):
        for button in row:
            _check_button(button)
    for command in params.get("commands", ()):
        if not _COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    if len(params.get("commands", ())) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")


def _check_button(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        raise bad_request("inline keyboard button text is empty")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if len(button) < 2:
        raise bad_request("Text buttons are unallowed in the inline keyboard")
