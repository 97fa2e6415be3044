"""/lichsu: the speaker's own entries, page by page; /muc opens one, /xoamuc deletes it, /themanh adds a photo."""

import re
from dataclasses import replace
from datetime import date
from itertools import groupby

from handlers.commands import Audience, Command, Start
from handlers.conversations.entries import entry_named
from handlers.conversations.entry_draft import fields_of, to_draft
from handlers.conversations.entry_fields import FIELDS, label_of
from handlers.flow import BadInput, Flow, Said, Step
from handlers.messages import Choice, Reply, rows
from handlers.texts import entries as entry_texts
from handlers.texts import history as texts
from handlers.turn import Turn
from storage.entries import attach_evidence, count_evidence, delete_entry, list_entries, own_entry
from storage.models import Entry

PAGE = 8
_PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,3}")


def _list(turn: Turn, args: str) -> list[Reply]:
    number = int(args) if _PAGE_NUMBER.fullmatch(args) else 1
    found = list_entries(
        turn.session, turn.cadre.cadre_id, date.min, date.max, limit=PAGE + 1, offset=(number - 1) * PAGE
    )
    if not found:
        text = texts.NOTHING_YET if number == 1 else texts.NO_MORE
        return [Reply(text, rows(Choice(entry_texts.MENU_LABEL, "/ghi")))]
    shown = found[:PAGE]
    months = [
        (name, [texts.line(entry) for entry in entries])
        for name, entries in groupby(shown, key=lambda entry: texts.month(entry.day))
    ]
    pages = [Choice(texts.NEWER, f"/lichsu {number - 1}")] if number > 1 else []
    if len(found) > PAGE:
        pages.append(Choice(texts.OLDER, f"/lichsu {number + 1}"))
    choices = rows(*(Choice(texts.button(entry), f"/muc {entry.id}") for entry in shown))
    return [Reply(texts.page(months), (*choices, tuple(pages)) if pages else choices)]


def _show(turn: Turn, args: str) -> list[Reply]:
    entry = entry_named(turn, args)
    if entry is None:
        return [Reply(texts.NOT_FOUND, texts.BACK_TO_LIST)]
    entry_id = entry.id or 0
    card = texts.entry_card(entry, _lines(turn, entry), count_evidence(turn.session, entry_id))
    return [Reply(card, texts.entry_buttons(entry_id))]


def _lines(turn: Turn, entry: Entry) -> list[tuple[str, str]]:
    """What the entry says, a line a field, in the words of the card."""
    draft = to_draft(entry)
    names = [field for field in FIELDS if field.name in fields_of(draft) and field.name in draft]
    view = replace(turn, draft=draft)
    return [(label_of(field.name, draft), words) for field in names if (words := field.show(view))]


def _start(flow: Flow, turn: Turn, args: str) -> Start | list[Reply]:
    entry = entry_named(turn, args)
    if entry is None:
        return [Reply(texts.NOT_FOUND, texts.BACK_TO_LIST)]
    return Start(flow, {"id": entry.id})


def _ask_delete(turn: Turn) -> Reply:
    entry = own_entry(turn.session, turn.cadre.cadre_id, turn.draft["id"])
    if entry is None:
        return Reply(texts.NOT_FOUND, texts.BACK_TO_LIST)
    return Reply(texts.ask_delete(entry), rows(Choice(texts.YES_DELETE, "delete"), Choice(texts.KEEP, "keep")))


def _read_delete(turn: Turn, said: Said) -> None:
    if said.key not in {"delete", "keep"}:
        raise BadInput(texts.BAD_DELETE)
    turn.draft["delete"] = said.key == "delete"


def _delete(turn: Turn) -> list[Reply]:
    if not turn.draft["delete"]:
        return [Reply(texts.KEPT, texts.after_change(turn.draft["id"]))]
    entry = delete_entry(turn.session, turn.cadre.cadre_id, turn.draft["id"], turn.now)
    return [Reply(texts.deleted(entry) if entry else texts.NOT_FOUND, texts.BACK_TO_LIST)]


def _read_photo(turn: Turn, said: Said) -> None:
    if not said.photo:
        raise BadInput(texts.BAD_PHOTO)
    turn.draft["photo"] = said.photo


def _add_photo(turn: Turn) -> list[Reply]:
    entry = own_entry(turn.session, turn.cadre.cadre_id, turn.draft["id"])
    if entry is None:
        return [Reply(texts.NOT_FOUND, texts.BACK_TO_LIST)]
    entry_id = entry.id or 0
    if count_evidence(turn.session, entry_id) >= entry_texts.MOST_PHOTOS:
        return [Reply(entry_texts.TOO_MANY_PHOTOS, texts.entry_buttons(entry_id))]
    attach_evidence(turn.session, entry_id, turn.inbound.channel, turn.draft["photo"], turn.now)
    return [Reply(texts.photos_added(count_evidence(turn.session, entry_id)), texts.entry_buttons(entry_id))]


DELETE = Flow("xoamuc", texts.DELETE_TITLE, (Step("delete", _ask_delete, _read_delete),), _delete)
ADD_PHOTO = Flow(
    "themanh",
    texts.PHOTO_TITLE,
    (Step("photo", lambda _: Reply(texts.SEND_PHOTO), _read_photo, photos=True),),
    _add_photo,
)

FLOWS = (DELETE, ADD_PHOTO)
COMMANDS = (
    Command(
        "lichsu",
        _list,
        Audience.CADRE,
        label=texts.MENU_LABEL,
        help=texts.MENU_HELP,
        words=("lich su", "da ghi", "xem lai", "nhat ky"),
    ),
    Command("muc", _show, Audience.CADRE),
    Command("xoamuc", lambda turn, args: _start(DELETE, turn, args), Audience.CADRE),
    Command("themanh", lambda turn, args: _start(ADD_PHOTO, turn, args), Audience.CADRE),
)
