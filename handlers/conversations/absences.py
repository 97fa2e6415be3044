"""Leave and exemptions of people and units below the speaker: /nghi lists and opens the form, /huynghi cancels one."""

import re
from calendar import monthrange
from datetime import date, timedelta

from handlers.commands import Audience, Command, Start
from handlers.conversations.unit import label
from handlers.flow import CANCEL, AskAgain, BadInput, Flow, Reopen, Said, Step, mark_answered, reopen
from handlers.messages import Choice, Reply, rows
from handlers.texts import absences as texts
from handlers.turn import Turn
from handlers.when import read_coming_day
from storage.absences import ListedAbsence, cancel_absence, find_absence, grant_absence, list_absences, overlapping
from storage.people import find_units
from storage.text import clean, fold
from storage.visible import closest, find_cadre, find_unit, followed_units, visible_cadres, visible_unit_ids

LONGEST = timedelta(days=365)
LONGEST_REASON, LONGEST_DECISION = 200, 60
MOST_MATCHES = 8
_REASONS = {f"r:{place}": words for place, words in enumerate(texts.REASONS)}
_DAYS = re.compile(r"(?P<count>[0-9]{1,3}) ?(?P<unit>ngay|tuan)")


def _ask_who(turn: Turn) -> Reply:
    units = followed_units(turn.session, turn.cadre, turn.today)[:MOST_MATCHES]
    return Reply(texts.WHO, rows(*(Choice(label(texts.whole_unit(u.name)), f"u:{u.code}") for u in units), width=1))


def _read_who(turn: Turn, said: Said) -> None:
    kind, _, code = said.key.partition(":")
    matches = _named(turn, code, kind) if code else _meant(turn, said.text)
    if not matches:
        raise BadInput(texts.WHO_EXAMPLE)
    if len(matches) > 1:
        raise AskAgain(Reply(texts.SEVERAL, rows(*matches[:MOST_MATCHES], width=1)))
    _keep_who(turn, matches[0].key)


def _keep_who(turn: Turn, key: str) -> None:
    kind, _, code = key.partition(":")
    if kind == "c":
        cadre = find_cadre(turn.session, turn.cadre, code, turn.today)
        if cadre is None:
            raise BadInput(texts.WHO_EXAMPLE)
        if cadre.id == turn.cadre.cadre_id:
            raise BadInput(texts.NOT_ONESELF)
        turn.draft |= {"cadre": cadre.id, "unit": None, "name": cadre.label}
        return
    unit = find_unit(turn.session, turn.cadre, code, turn.today)
    if unit is None:
        raise BadInput(texts.WHO_EXAMPLE)
    turn.draft |= {"cadre": None, "unit": unit.id, "name": texts.whole_unit(unit.name)}


def _named(turn: Turn, code: str, kind: str) -> list[Choice]:
    """The cadre or unit with this code, as a choice."""
    if kind == "c":
        cadre = find_cadre(turn.session, turn.cadre, code, turn.today)
        return [Choice(label(cadre.label), f"c:{cadre.code}")] if cadre is not None else []
    unit = find_unit(turn.session, turn.cadre, code, turn.today)
    return [Choice(label(texts.whole_unit(unit.name)), f"u:{unit.code}")] if unit is not None else []


def _meant(turn: Turn, text: str) -> list[Choice]:
    """The people and units that ``text`` may name: by code first, then people, then units."""
    if exact := [*_named(turn, text, "c"), *_named(turn, text, "u")]:
        return exact
    people = closest(visible_cadres(turn.session, turn.cadre, turn.today), text)
    if people:
        return [Choice(label(cadre.label, 60), f"c:{cadre.code}") for cadre in people]
    units = find_units(turn.session, text, turn.today, within=visible_unit_ids(turn.session, turn.cadre, turn.today))
    return [Choice(label(texts.whole_unit(unit.name)), f"u:{unit.code}") for unit in units]


def _ask_first(turn: Turn) -> Reply:
    monday = turn.today + timedelta(days=7 - turn.today.weekday())
    choices = ((texts.TODAY, turn.today), (texts.TOMORROW, turn.today + timedelta(days=1)), (texts.NEXT_MONDAY, monday))
    return Reply(texts.FIRST, rows(*(Choice(words, f"d:{day}") for words, day in choices), width=3))


def _read_first(turn: Turn, said: Said) -> None:
    first = _day(turn, said)
    if abs(first - turn.today) > LONGEST:
        raise BadInput(texts.TOO_FAR)
    turn.draft["first"] = first.isoformat()
    if first > date.fromisoformat(turn.draft.get("last", first.isoformat())):
        reopen(turn, "last")


def _day(turn: Turn, said: Said) -> date:
    try:
        if said.key:
            return date.fromisoformat(said.key.removeprefix("d:"))
        return read_coming_day(said.text, turn.today)
    except ValueError:
        raise BadInput(texts.DAY_EXAMPLE) from None


def _first(turn: Turn) -> date:
    return date.fromisoformat(turn.draft["first"])


def _ask_last(turn: Turn) -> Reply:
    first = _first(turn)
    month_end = first.replace(day=monthrange(first.year, first.month)[1])
    choices = ((texts.ONE_DAY, first), (texts.ONE_WEEK, first + timedelta(days=6)), (texts.MONTH_END, month_end))
    return Reply(texts.last(first), rows(*(Choice(words, f"d:{day}") for words, day in choices), width=3))


def _read_last(turn: Turn, said: Said) -> None:
    first = _first(turn)
    span = _DAYS.fullmatch(fold(said.text[:20])) if not said.key else None
    if span is not None:
        count = int(span["count"]) * (7 if span["unit"] == "tuan" else 1)
        until = first + timedelta(days=count - 1)
    else:
        until = _day(turn, said)
    if until < first:
        raise BadInput(texts.LAST_BEFORE_FIRST)
    if until - first > LONGEST:
        raise BadInput(texts.TOO_LONG)
    turn.draft["last"] = until.isoformat()


def _ask_reason(_turn: Turn) -> Reply:
    return Reply(texts.REASON, rows(*(Choice(words, key) for key, words in _REASONS.items())))


def _read_reason(turn: Turn, said: Said) -> None:
    reason = _REASONS.get(said.key, "") if said.key else clean(said.text)
    if not 0 < len(reason) <= LONGEST_REASON:
        raise BadInput(texts.REASON_EXAMPLE)
    turn.draft["reason"] = reason


def _ask_decision(_turn: Turn) -> Reply:
    return Reply(texts.DECISION, rows(Choice(texts.NO_DECISION, "none")))


def _read_decision(turn: Turn, said: Said) -> None:
    number = "" if said.key == "none" else clean(said.text)
    if len(number) > LONGEST_DECISION or (not number and not said.key):
        raise BadInput(texts.DECISION_EXAMPLE)
    turn.draft["decision"] = number


def _ask_card(turn: Turn) -> Reply:
    draft = turn.draft
    first, last = _first(turn), date.fromisoformat(draft["last"])
    overlaps = overlapping(turn.session, draft["cadre"], draft["unit"], first, last)
    text = texts.card(draft["name"], first, last, draft["reason"], draft["decision"], overlaps=overlaps)
    return Reply(text, rows(Choice(texts.SAVE, "save"), Choice(texts.CHANGE, "change")))


def _read_card(_turn: Turn, said: Said) -> None:
    if said.key == "change":
        raise AskAgain(Reply(texts.WHAT_TO_CHANGE, rows(*(Choice(words, f"f:{name}") for words, name in texts.FIELDS))))
    if said.key.startswith("f:"):
        raise Reopen(said.key.removeprefix("f:"))
    if said.key != "save":
        raise BadInput(texts.CARD_EXAMPLE)


def _finish(turn: Turn) -> list[Reply]:
    draft = turn.draft
    first, last = _first(turn), date.fromisoformat(draft["last"])
    saved = grant_absence(
        turn.session,
        turn.cadre,
        cadre_id=draft["cadre"],
        unit_id=draft["unit"],
        first=first,
        last=last,
        reason=draft["reason"],
        decision_no=draft["decision"],
        now=turn.now,
        day=turn.today,
    )
    further = rows(Choice(texts.LIST_AGAIN, "/nghi"), Choice(texts.NEW, "/nghi moi"))
    return [Reply(texts.saved(draft["name"], first, last) if saved else texts.NO_LONGER, further)]


FORM = Flow(
    "absence",
    texts.TITLE,
    (
        Step("who", _ask_who, _read_who),
        Step("first", _ask_first, _read_first, wants_number=True),
        Step("last", _ask_last, _read_last, wants_number=True),
        Step("reason", _ask_reason, _read_reason),
        Step("decision", _ask_decision, _read_decision, wants_number=True),
        Step("card", _ask_card, _read_card),
    ),
    _finish,
)


def _absences(turn: Turn, args: str) -> list[Reply] | Start:
    """Without ``args`` the list; with "moi" the form; with a cadre's or unit's code or name the form about them."""
    wanted = args.strip()
    if wanted and fold(wanted) != "moi":
        turn.draft = {}
        matches = _meant(turn, wanted)
        if len(matches) == 1:
            try:
                _keep_who(turn, matches[0].key)
            except BadInput as bad:
                return [Reply(bad.sentence, rows(Choice(texts.NEW, "/nghi moi")))]
            mark_answered(turn, "who")
        return Start(FORM, turn.draft)
    if wanted:
        return Start(FORM)
    found = list_absences(turn.session, turn.cadre, turn.today)
    choices = [Choice(texts.NEW, "/nghi moi"), *(_cancel_choice(listed) for listed in found)]
    return [Reply(texts.listing(found) if found else texts.NONE, rows(*choices, width=1))]


def _cancel_choice(listed: ListedAbsence) -> Choice:
    return Choice(label(texts.cancel_button(listed)), f"/huynghi {listed.absence.id}")


def _of_draft(turn: Turn) -> ListedAbsence | None:
    return find_absence(turn.session, turn.cadre, int(turn.draft["id"]), turn.today)


def _ask_cancel(turn: Turn) -> Reply:
    listed = _of_draft(turn)
    text = texts.really_cancel(listed) if listed is not None else texts.NOT_FOUND
    return Reply(text, rows(Choice(texts.REALLY_CANCEL, "yes"), Choice(texts.KEEP, CANCEL.key)))


def _read_cancel(_turn: Turn, said: Said) -> None:
    if said.key != "yes":
        raise BadInput(texts.CANCEL_EXAMPLE)


def _finish_cancel(turn: Turn) -> list[Reply]:
    done = cancel_absence(turn.session, turn.cadre, int(turn.draft["id"]), turn.now, turn.today)
    return [Reply(texts.CANCELLED if done else texts.NOT_FOUND, rows(Choice(texts.LIST_AGAIN, "/nghi")))]


CANCEL_FORM = Flow("cancel_absence", texts.CANCEL_TITLE, (Step("sure", _ask_cancel, _read_cancel),), _finish_cancel)


def _cancel(turn: Turn, args: str) -> list[Reply] | Start:
    wanted = args.strip()
    known = wanted.isdecimal() and len(wanted) < 10
    if not known or find_absence(turn.session, turn.cadre, int(wanted), turn.today) is None:
        return [Reply(texts.NOT_FOUND, rows(Choice(texts.LIST_AGAIN, "/nghi")))]
    return Start(CANCEL_FORM, {"id": int(wanted)})


FLOWS = (FORM, CANCEL_FORM)
COMMANDS = (
    Command(
        "nghi",
        _absences,
        Audience.FOLLOWER,
        label="Nghỉ, miễn",
        help="ghi nghỉ, miễn cho cán bộ hoặc cả đơn vị; xem và hủy",
        words=("nghi", "nghi mien", "ghi nghi"),
    ),
    Command("huynghi", _cancel, Audience.FOLLOWER),
)
