"""/ghi: log one thing done, step by step, then one card to confirm. /suamuc: change an own entry on its card."""

import re
from collections.abc import Callable
from typing import Any

from handlers.commands import Audience, Command, Start
from handlers.conversations.entry_doubts import doubts, mends
from handlers.conversations.entry_draft import FIELDS_OF, fields_of, kind_of, to_draft, to_entry, usual_values
from handlers.conversations.entry_fields import FIELDS, Field, label_of
from handlers.conversations.entry_units import own_unit
from handlers.conversations.entry_worth import in_words, prospect, standing_now
from handlers.flow import ANSWERED, AskAgain, BadInput, Flow, Next, Reopen, Said, Step, mark_answered, reopen
from handlers.messages import Choice, Reply, rows
from handlers.texts import entries as texts
from handlers.texts import history as history_texts
from handlers.turn import Turn
from storage.entries import add_entry, attach_evidence, edit_entry, own_entry, says
from storage.models import Entry
from storage.terms import EntryKind, EntryState
from storage.text import fold

YES_WORDS = {"luu", "ok", "oke", "dung", "dung roi", "co", "dong y", "xac nhan", "ghi"}
KIND_WORDS: dict[str, EntryKind] = {
    **{fold(kind.label): kind for kind in EntryKind},
    **{kind.value: kind for kind in EntryKind},
    **dict.fromkeys(("gio", "gio tn", "gtn"), EntryKind.VOLUNTEER_HOURS),
    **dict.fromkeys(("hoat dong", "tinh nguyen", "hdtn", "tn"), EntryKind.VOLUNTEER_ACTIVITY),
    **dict.fromkeys(("shcd", "sinh hoat", "sh chi doan", "sinh hoat cd"), EntryKind.BRANCH_MEETING),
    **dict.fromkeys(("sk", "sang kien kinh nghiem"), EntryKind.INITIATIVE),
    **dict.fromkeys(("van nghe", "the thao", "bai hat", "hat", "mua", "van nghe the thao"), EntryKind.CULTURE_SPORT),
    **dict.fromkeys(("ao", "ao xanh", "ao doan", "mac ao"), EntryKind.YOUTH_SHIRT),
    **dict.fromkeys(("hop", "hop doan", "cuoc hop"), EntryKind.SUMMONED_MEETING),
}
_ID = re.compile(r"[0-9]{1,9}")


def entry_named(turn: Turn, args: str) -> Entry | None:
    """The speaker's own entry whose number is ``args``."""
    if _ID.fullmatch(args) is None:
        return None
    return own_entry(turn.session, turn.cadre.cadre_id, int(args))


def _open(turn: Turn, args: str) -> Start:
    kind = KIND_WORDS.get(fold(args))
    return Start(LOG, {} if kind is None else _begun(turn, kind))


def _open_change(turn: Turn, args: str) -> Start | list[Reply]:
    entry = entry_named(turn, args)
    if entry is None:
        return [Reply(history_texts.NOT_FOUND, history_texts.BACK_TO_LIST)]
    draft = to_draft(entry)
    known = [name for name in fields_of(draft) if name in draft]
    return Start(CHANGE, {**draft, "editing": True, ANSWERED: ["doubts", *known, "card"]})


def _begun(turn: Turn, kind: EntryKind) -> dict[str, object]:
    return begun_with(turn, kind, turn.draft.get("heard", {}), turn.draft.get("photos", []))


def begun_with(turn: Turn, kind: EntryKind, known: dict[str, Any], photos: list[str]) -> dict[str, Any]:
    """The draft of an entry of ``kind`` of which the fields in ``known`` need not be asked any more."""
    draft: dict[str, Any] = {**usual_values(kind, turn.today, own_unit(turn)), "kind": kind.value}
    fields = fields_of({**draft, "stage": known.get("stage")})
    mine = {name: value for name, value in known.items() if name in fields or name == "day"}
    return {**draft, **mine, "photos": photos, ANSWERED: ["kind", *(name for name in fields if name in mine)]}


def _ask_kind(_turn: Turn) -> Reply:
    return Reply(texts.ASK_KIND, rows(*(Choice(kind.label, kind.value) for kind in EntryKind)))


def _read_kind(turn: Turn, said: Said) -> None:
    kind = KIND_WORDS.get(said.key or fold(said.text))
    if kind is None:
        raise BadInput(texts.BAD_KIND)
    begun = _begun(turn, kind)
    turn.draft.clear()
    turn.draft.update(begun)


def _field_step(field: Field) -> Step:
    """The step that asks ``field``: whatever changes it brings the card, and doubts if need be, anew."""

    def read(turn: Turn, said: Said) -> None:
        turn.draft[field.name] = field.read(turn, said)
        reopen(turn, "card", *(["doubts"] if field.unsettles else []))

    return Step(field.name, field.ask, read, applies=_is_asked(field.name), wants_number=field.wants_number)


def _is_asked(name: str) -> Callable[[Turn], bool]:
    """A field with a usual value is asked only when it was chosen to be changed."""

    def applies(turn: Turn) -> bool:
        usual = name in FIELDS_OF[kind_of(turn.draft)].offered and turn.draft.get("chosen") != name
        return name in fields_of(turn.draft) and not usual

    return applies


def _ask_field(turn: Turn) -> Reply:
    choices = (Choice(label_of(name, turn.draft), f"f-{name}") for name in _in_order(turn))
    return Reply(texts.ASK_FIELD, rows(*choices))


def _read_field(turn: Turn, said: Said) -> None:
    name = said.key.removeprefix("f-")
    if name not in fields_of(turn.draft):
        raise BadInput(texts.BAD_CHOICE.format(example=label_of(fields_of(turn.draft)[0], turn.draft)))
    _keep_answers(turn)
    mark_answered(turn, "card")
    _choose(turn, name)


def _choose(turn: Turn, name: str) -> None:
    turn.draft["chosen"] = name
    reopen(turn, name)


def _keep_answers(turn: Turn) -> None:
    """Fields that were opened and left again by "back" still have their answers."""
    answered = turn.draft.get(ANSWERED, [])
    mark_answered(turn, *(name for name in fields_of(turn.draft) if name in turn.draft and name not in answered))


def _ask_doubts(turn: Turn) -> Reply:
    found = doubts(turn)
    fixes = [Choice(texts.fix_label(name), f"f-{name}") for name in mends(turn, found)]
    go_on = [] if any(doubt.must for doubt in found) else [Choice(texts.ALL_RIGHT, "ok")]
    sentences = [f"• {doubt.sentence}" for doubt in found]
    return Reply("\n".join((texts.CHECK_DOUBTS, *sentences)), rows(*go_on, *fixes))


def _read_doubts(turn: Turn, said: Said) -> None:
    found = doubts(turn)
    name = said.key.removeprefix("f-")
    if name in mends(turn, found):
        _choose(turn, name)
        raise Reopen("doubts")
    agreed = said.key == "ok" or fold(said.text) in YES_WORDS
    if not agreed or any(doubt.must for doubt in found):
        raise BadInput(texts.BAD_DOUBT)


def _ask_card(turn: Turn) -> Reply:
    draft, new = turn.draft, to_entry(turn.draft)
    shown = {field.name: field.show for field in FIELDS}
    lines = [(label_of(name, draft), words) for name in _in_order(turn) if (words := shown[name](turn))]
    text = texts.card(
        texts.CHECK_CARD,
        [("Loại", new.kind.label), *lines],
        len(draft.get("photos", [])),
        in_words(prospect(turn, new)),
    )
    choices = (Choice(texts.SAVE, "save"), Choice(texts.EDIT, "edit"), Choice(texts.ADD_PHOTO, "photo"))
    return Reply(text, rows(*choices, width=3))


def _in_order(turn: Turn) -> list[str]:
    names = fields_of(turn.draft)
    return [field.name for field in FIELDS if field.name in names]


def _read_card(turn: Turn, said: Said) -> None:
    key = said.key or ("save" if fold(said.text) in YES_WORDS else "")
    if key == "photo":
        back = rows(Choice(texts.LOOK_AGAIN, "look"), Choice(texts.SAVE, "save"))
        raise AskAgain(Reply(texts.SEND_PHOTO, back))
    if key == "look":
        raise AskAgain(_ask_card(turn))
    if key not in {"save", "edit"}:
        raise BadInput(texts.BAD_CARD)
    _keep_answers(turn)
    turn.draft["editing"] = key == "edit"
    if key == "edit":
        reopen(turn, "field")


def _keep_photo(turn: Turn, photo: str) -> str:
    photos = list(dict.fromkeys([*turn.draft.get("photos", []), photo]))
    if len(photos) > texts.MOST_PHOTOS:
        return texts.TOO_MANY_PHOTOS
    turn.draft["photos"] = photos
    return texts.photo_kept(len(photos))


def _save(turn: Turn) -> list[Reply]:
    new = to_entry(turn.draft)
    entry = add_entry(turn.session, turn.cadre.cadre_id, new, turn.now, turn.inbox_seq)
    photos = _attach_photos(turn, entry)
    standing = standing_now(turn, prospect(turn, new)) or [texts.NOT_OWED]
    what = texts.summary(new.kind, new.day, new.minutes, new.title)
    choices = (
        Choice(texts.LOG_MORE, "/ghi"),
        Choice(texts.PROGRESS, "/tiendo"),
        Choice(texts.EDIT_OR_DELETE, f"/muc {entry.id}"),
    )
    replies = [Reply(texts.saved(what, standing, photos), rows(*choices))]
    waiting: list[dict[str, Any]] = turn.draft.get("rest", [])
    if waiting:
        raise Next(LOG, {**waiting[0], "rest": waiting[1:]}, replies)
    return replies


def _change(turn: Turn) -> list[Reply]:
    entry = own_entry(turn.session, turn.cadre.cadre_id, turn.draft["id"], for_change=True)
    if entry is None:
        return [Reply(history_texts.NOT_FOUND, history_texts.BACK_TO_LIST)]
    photos = _attach_photos(turn, entry)
    new, state = to_entry(turn.draft), entry.state
    buttons = history_texts.after_change(entry.id or 0)
    if says(entry, new) and state is not EntryState.RETURNED:
        return [Reply(history_texts.photos_added(photos) if photos else texts.SAME_AS_BEFORE, buttons)]
    edit_entry(turn.session, turn.cadre.cadre_id, entry.id or 0, new, turn.now)
    notes = {EntryState.CONFIRMED: [texts.DECLARED_ANEW], EntryState.RETURNED: [texts.SENT_ANEW]}.get(state, [])
    what = texts.summary(new.kind, new.day, new.minutes, new.title)
    return [Reply(texts.changed(what, [*notes, *standing_now(turn, prospect(turn, new))]), buttons)]


def _attach_photos(turn: Turn, entry: Entry) -> int:
    photos: list[str] = turn.draft.get("photos", [])
    for photo in photos:
        attach_evidence(turn.session, entry.id or 0, turn.inbound.channel, photo, turn.now)
    return len(photos)


_STEPS = (
    *(_field_step(field) for field in FIELDS),
    Step("field", _ask_field, _read_field, applies=lambda turn: bool(turn.draft.get("editing"))),
    Step("doubts", _ask_doubts, _read_doubts, applies=lambda turn: bool(doubts(turn))),
    Step("card", _ask_card, _read_card),
)
LOG = Flow("ghi", texts.LOG_TITLE, (Step("kind", _ask_kind, _read_kind), *_STEPS), _save, _keep_photo)
CHANGE = Flow("suamuc", texts.EDIT_TITLE, _STEPS, _change, _keep_photo)

FLOWS = (LOG, CHANGE)
COMMANDS = (
    Command(
        "ghi",
        _open,
        Audience.CADRE,
        label=texts.MENU_LABEL,
        help=texts.MENU_HELP,
        words=("ghi", "ghi hoat dong", "ghi viec", "ghi gio", "log"),
    ),
    Command("suamuc", _open_change, Audience.CADRE),
)
