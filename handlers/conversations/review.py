"""Reviewing what others logged: /duyet. Plain entries at once, odd ones one by one, never one's own.

Buttons carry a seal of what was shown: what has changed since is shown again instead of being confirmed.
"""

from collections.abc import Sequence

from handlers.commands import Audience, Command, Start
from handlers.conversations.unit import label
from handlers.flow import BadInput, Flow, Said, Step
from handlers.messages import Choice, Reply, Rows, rows
from handlers.telling import tell
from handlers.texts import review as texts
from handlers.texts.unit import CADRE_NOT_FOUND
from handlers.turn import Turn
from storage.entries import confirm_entries, entries_to_review, entry_to_review, return_entry
from storage.models import Entry
from storage.review import Event, Reviewed, ReviewList, review_list, seal
from storage.terms import EntryState
from storage.text import clean
from storage.visible import find_cadre

EVENTS_SHOWN = 8
PEOPLE_SHOWN = 10
SHORTEST_REASON, LONGEST_REASON = 3, 300
NOTICE = "returned"
_REASONS = {f"r:{place}": words for place, words in enumerate(texts.REASONS)}
_BACK = Choice(texts.BACK, "/duyet")


def _list(turn: Turn) -> ReviewList:
    return review_list(turn.session, turn.cadre, turn.house.calendar, turn.house.clock, turn.today)


def _review(turn: Turn, _args: str) -> list[Reply]:
    return [_overview(_list(turn))]


def _overview(found: ReviewList, before: str = "") -> Reply:
    if not found.events and not found.odd:
        return Reply("\n\n".join(filter(None, (before, texts.NOTHING))))
    shown = found.events[:EVENTS_SHOWN]
    items = _items(shown)
    lines = [texts.HEADING, *map(texts.event_line, shown)] if shown else []
    if len(found.events) > EVENTS_SHOWN:
        lines.append(texts.further_events(len(found.events) - EVENTS_SHOWN))
    lines.append(texts.counts(len(found.plain), len(found.odd)))
    text = "\n".join(lines)
    choices = [Choice(texts.confirm_all(len(items)), f"/xacnhan tatca {seal(items)}")] if items else []
    if found.odd:
        choices.append(Choice(texts.odd_button(len(found.odd)), "/duyetle"))
    events = [Choice(label(texts.event_button(event)), f"/duyetnhom {event.first.id}") for event in shown]
    return Reply(f"{before}\n\n{text}" if before else text, (*rows(*choices, width=1), *rows(*events)))


def _items(events: Sequence[Event]) -> tuple[Reviewed, ...]:
    return tuple(item for event in events for item in event.items)


def _event(turn: Turn, args: str) -> list[Reply]:
    found = _list(turn)
    event = found.event_of(_number(args))
    if event is None:
        return [_overview(found, texts.GONE)]
    shown = event.items[:PEOPLE_SHOWN]
    turn.shows(*(item.waiting.entry.cadre_id for item in shown))
    confirm = Choice(texts.confirm_all(len(shown)), f"/xacnhan nhom {event.first.id} {seal(shown)}")
    returns = (Choice(label(texts.return_of(item.waiting.cadre_name)), f"/tralai {item.id}") for item in shown)
    return [Reply(texts.event_page(event, PEOPLE_SHOWN), (*rows(confirm, _BACK, width=1), *rows(*returns)))]


def _odd(turn: Turn, args: str) -> list[Reply]:
    found, after = _list(turn), _number(args)
    turn.shows(*(item.waiting.entry.cadre_id for item in _odd_after(found, after)[:1]))
    return [_next_odd(found, after=after)]


def _odd_after(found: ReviewList, after: int) -> tuple[Reviewed, ...]:
    ids = [item.id for item in found.odd]
    return tuple(found.odd[ids.index(after) + 1 if after in ids else 0 :])


def _next_odd(found: ReviewList, *, after: int = 0, before: str = "") -> Reply:
    """The odd entry that follows the one called ``after``; the overview when there is none left."""
    left = _odd_after(found, after)
    if not left:
        return _overview(found, before)
    item = left[0]
    text = texts.odd_page(item, len(found.odd) - len(left) + 1, len(found.odd))
    return Reply(f"{before}\n\n{text}" if before else text, _odd_buttons(item))


def _odd_buttons(item: Reviewed) -> Rows:
    return rows(
        Choice(texts.CONFIRM, f"/xacnhan muc {item.id} {seal([item])}"),
        Choice(texts.RETURN, f"/tralai {item.id}"),
        Choice(texts.LATER, f"/duyetle {item.id}"),
        _BACK,
    )


def _confirm(turn: Turn, args: str) -> list[Reply]:
    """ "tatca SEAL", "nhom ID SEAL" or "muc ID SEAL": confirm what the button's message showed."""
    what, *rest = args.split() or [""]
    found = _list(turn)
    items = _meant(found, what, _number(rest[0]) if rest else 0)
    if not items or not rest or seal(items) != rest[-1]:
        return [_overview(found, texts.CHANGED if items else texts.GONE)]
    count = confirm_entries(turn.session, turn.cadre, [item.id for item in items], turn.now, turn.today)
    done = texts.confirmed(count)
    left = _list(turn)
    return [_next_odd(left, before=done) if what == "muc" and left.odd else _overview(left, done)]


def _meant(found: ReviewList, what: str, entry_id: int) -> tuple[Reviewed, ...]:
    if what == "tatca":
        return _items(found.events[:EVENTS_SHOWN])
    if what == "nhom":
        event = found.event_of(entry_id)
        return event.items[:PEOPLE_SHOWN] if event is not None else ()
    item = found.find(entry_id)
    return (item,) if item is not None and what == "muc" else ()


def _number(text: str) -> int:
    """A row id; 0, which no row has, for anything else."""
    word = text.strip()
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 10 else 0


def _return(turn: Turn, args: str) -> list[Reply] | Start:
    entry_id = _number(args)
    if entry_to_review(turn.session, turn.cadre, entry_id, turn.today) is None:
        return [_overview(_list(turn), texts.GONE)]
    return Start(RETURN, {"id": entry_id})


def _ask_reason(turn: Turn) -> Reply:
    waiting = entry_to_review(turn.session, turn.cadre, turn.draft["id"], turn.today)
    lines = [*texts.card(waiting), "", texts.ASK_REASON] if waiting is not None else [texts.GONE]
    return Reply("\n".join(lines), rows(*(Choice(words, key) for key, words in _REASONS.items())))


def _read_reason(turn: Turn, said: Said) -> None:
    reason = _REASONS.get(said.key, "") if said.key else clean(said.text)
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise BadInput(texts.REASON_EXAMPLE)
    turn.draft["reason"] = reason


def _finish_return(turn: Turn) -> list[Reply]:
    entry_id, reason = turn.draft["id"], turn.draft["reason"]
    was_odd = any(item.id == entry_id for item in _list(turn).odd)
    waiting = entry_to_review(turn.session, turn.cadre, entry_id, turn.today)
    if waiting is None or return_entry(turn.session, turn.cadre, entry_id, reason, turn.now, turn.today) is None:
        return [_overview(_list(turn), texts.GONE)]
    told = _tell_author(turn, waiting.entry, reason)
    done = texts.returned(waiting.cadre_name, told=told)
    left = _list(turn)
    return [_next_odd(left, before=done) if was_odd and left.odd else _overview(left, done)]


def _tell_author(turn: Turn, entry: Entry, reason: str) -> bool:
    text = texts.notice(entry, reason, turn.cadre.name)
    key = f"{NOTICE}:{entry.id}:{turn.now.isoformat()}"
    return tell(turn, entry.cadre_id, NOTICE, key, text, Choice(texts.MEND, f"/muc {entry.id}"))


def _of_cadre(turn: Turn, args: str) -> list[Reply]:
    """What a cadre has logged last, with what has become of it; a confirmation can be taken back."""
    cadre = find_cadre(turn.session, turn.cadre, args, turn.today)
    if cadre is None:
        return [Reply(CADRE_NOT_FOUND)]
    turn.shows(cadre.id)
    found = entries_to_review(turn.session, turn.cadre, cadre.id, turn.today, PEOPLE_SHOWN)
    choices = (
        Choice(label(texts.return_of(texts.brief(one.entry))), f"/tralai {one.entry.id}")
        for one in found
        if one.entry.state is not EntryState.RETURNED
    )
    back = Choice(label(cadre.name), f"/canbo {cadre.code}")
    return [Reply(texts.of_cadre(cadre.label, found), (*rows(*choices, width=1), (back,)))]


RETURN = Flow("return_entry", texts.TITLE, (Step("reason", _ask_reason, _read_reason),), _finish_return)
FLOWS = (RETURN,)
COMMANDS = (
    Command(
        "duyet",
        _review,
        Audience.FOLLOWER,
        label="Duyệt",
        help="xác nhận hoặc trả lại các mục đơn vị đã ghi",
        words=("duyet", "duyet muc"),
    ),
    Command("duyetnhom", _event, Audience.FOLLOWER),
    Command("duyetle", _odd, Audience.FOLLOWER),
    Command("xacnhan", _confirm, Audience.FOLLOWER),
    Command("tralai", _return, Audience.FOLLOWER),
    Command("muccanbo", _of_cadre, Audience.FOLLOWER),
)
