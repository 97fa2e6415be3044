"""Do's and don'ts: /nenlam shows a unit's lists and this month's meeting, logs one, takes the unit's own words."""

import re
from datetime import date

from handlers.commands import Audience, Command, Start
from handlers.conversations.unit import label
from handlers.flow import BadInput, Flow, Reopen, Said, Step
from handlers.messages import Choice, Reply, rows
from handlers.reading import NotRead
from handlers.texts import conduct as texts
from handlers.turn import Turn
from handlers.when import read_coming_day
from storage.conduct import Conduct, conduct_of, log_talk, talks, units_with_talk, write_list
from storage.deadlines import led_units, settle
from storage.people import UnitRow
from storage.periods import Period, PeriodKind
from storage.plan_work import load_units
from storage.text import clean
from storage.visible import find_unit, followed_units

DEADLINE = "branch_do_and_dont"
MOST_ITEMS, SHORTEST, LONGEST, SHOWN = 20, 3, 200, 40
_BREAK = re.compile(r"[\n;]+")
_NUMBERING = re.compile(r"^\s*(?:\d{1,2}[.)]|[-–•+*])\s*")


def _led(turn: Turn) -> list[UnitRow]:
    units = load_units(turn.session, turn.today).by_id
    led = led_units(turn.session, turn.cadre.cadre_id, turn.today)
    return sorted((units[one] for one in led if one in units), key=lambda unit: unit.code)


def _led_unit(turn: Turn, code: str) -> UnitRow | None:
    return next((unit for unit in _led(turn) if unit.code.lower() == code.strip().lower()), None)


def _month(turn: Turn) -> Period:
    return Period.of(PeriodKind.MONTH, turn.today)


def _show(turn: Turn, args: str) -> list[Reply]:
    units = _led(turn)
    if args.strip():
        unit = _led_unit(turn, args) or find_unit(turn.session, turn.cadre, args.strip(), turn.today)
        return [_page(turn, unit) if unit is not None else _choose(turn, texts.GONE)]
    return [_page(turn, units[0]) if len(units) == 1 else _choose(turn)]


def _choose(turn: Turn, before: str = "") -> Reply:
    units = {unit.code: unit for unit in (*_led(turn), *followed_units(turn.session, turn.cadre, turn.today))}
    if not units:
        return Reply(texts.NO_UNIT)
    choices = (Choice(label(unit.name), f"/nenlam {code}") for code, unit in units.items())
    return Reply(f"{before}\n\n{texts.CHOOSE}" if before else texts.CHOOSE, rows(*choices, width=1))


def _page(turn: Turn, unit: UnitRow, before: str = "") -> Reply:
    conduct, month = _lists(turn, unit), _month(turn)
    text = texts.page(unit, conduct, month, talks(turn.session, unit.id, month)) if conduct else texts.NO_LIST
    choices = []
    if conduct is not None and _led_unit(turn, unit.code) is not None:
        choices = [Choice(texts.LOG, f"/nenlamghi {unit.code}"), Choice(texts.OWN, f"/nenlamviet {unit.code}")]
    followed = find_unit(turn.session, turn.cadre, unit.code, turn.today) is not None
    if followed and load_units(turn.session, turn.today).children(unit.id):
        choices.append(Choice(texts.BELOW, f"/nenlamduoi {unit.code}"))
    return Reply(f"{before}\n\n{text}" if before else text, rows(*choices, width=1))


def _lists(turn: Turn, unit: UnitRow) -> Conduct | None:
    return conduct_of(turn.session, turn.house.plan, unit.id, turn.today)


def _below(turn: Turn, args: str) -> list[Reply]:
    unit = find_unit(turn.session, turn.cadre, args.strip(), turn.today)
    if unit is None:
        return [_choose(turn, texts.GONE)]
    month = _month(turn)
    done, below = units_with_talk(turn.session, month), load_units(turn.session, turn.today).below(unit.id)[1:]
    lines = [texts.below_line(one, done=one.id in done) for one in below[:SHOWN]]
    head = texts.below_head(month, sum(one.id in done for one in below), len(below))
    return [Reply("\n".join([head, *lines]), rows(Choice(texts.BACK, f"/nenlam {unit.code}")))]


def _start(turn: Turn, args: str, flow: Flow) -> list[Reply] | Start:
    unit = _led_unit(turn, args)
    if unit is None or _lists(turn, unit) is None:
        return [_choose(turn, texts.GONE)]
    return Start(flow, {"unit": unit.code})


def _read_met_on(turn: Turn, said: Said) -> None:
    try:
        day = turn.today if said.key == "today" else read_coming_day(said.text, turn.today)
    except NotRead as not_read:
        raise BadInput(texts.DAY_EXAMPLE) from not_read
    if day > turn.today:
        raise BadInput(texts.FUTURE)
    turn.draft["met_on"] = day.isoformat()


def _items(turn: Turn) -> list[str]:
    unit = _led_unit(turn, turn.draft["unit"])
    found = _lists(turn, unit) if unit is not None else None
    return [*found.dos, *found.donts] if found is not None else []


def _ask_items(turn: Turn) -> Reply:
    unit = _led_unit(turn, turn.draft["unit"])
    found = _lists(turn, unit) if unit is not None else None
    return Reply(texts.ask_items(found) if found else texts.NO_LIST, rows(Choice(texts.ALL, "all")))


def _read_items(turn: Turn, said: Said) -> None:
    known = _items(turn)
    words = re.split(r"[\s,;.]+|và", said.text.strip().rstrip("."))
    numbers = [int(word) for word in words if word.isascii() and word.isdecimal() and len(word) < 3]
    if said.key == "all":
        numbers = list(range(1, len(known) + 1))
    if not numbers or len(numbers) < len([word for word in words if word and said.key != "all"]):
        raise BadInput(texts.ITEMS_EXAMPLE)
    if not all(1 <= number <= len(known) for number in numbers):
        raise BadInput(texts.ITEMS_EXAMPLE)
    turn.draft["items"] = [known[number - 1] for number in sorted(set(numbers))]


def _ask_talk(turn: Turn) -> Reply:
    unit = _led_unit(turn, turn.draft["unit"])
    choices = rows(Choice(texts.SAVE, "save"), Choice(texts.CHANGE, "change"))
    if unit is None:
        return Reply(texts.GONE, choices)
    return Reply(texts.talk_card(unit, date.fromisoformat(turn.draft["met_on"]), turn.draft["items"]), choices)


def _finish_talk(turn: Turn) -> list[Reply]:
    unit, draft, cadre_id = _led_unit(turn, turn.draft["unit"]), turn.draft, turn.cadre.cadre_id
    if unit is None:
        return [_choose(turn, texts.GONE)]
    met_on = date.fromisoformat(draft["met_on"])
    log_talk(turn.session, unit.id, cadre_id, met_on, draft["items"], turn.now)
    text = texts.logged(unit, met_on)
    if met_on in _month(turn):
        settle(turn.session, turn.house.plan, turn.house.clock, unit.id, DEADLINE, cadre_id, turn.now, text)
    return [_page(turn, unit, text)]


def _read_list(name: str, turn: Turn, said: Said) -> None:
    lines = [clean(_NUMBERING.sub("", line)) for line in _BREAK.split(said.text)]
    found = [line for line in lines if line]
    if not 1 <= len(found) <= MOST_ITEMS or not all(SHORTEST <= len(line) <= LONGEST for line in found):
        raise BadInput(texts.LIST_EXAMPLE)
    turn.draft[name] = found


def _ask_list(turn: Turn) -> Reply:
    unit, draft = _led_unit(turn, turn.draft["unit"]), turn.draft
    choices = rows(Choice(texts.SAVE, "save"), Choice(texts.CHANGE, "change"))
    return Reply(texts.list_card(unit, draft["dos"], draft["donts"]) if unit else texts.GONE, choices)


def _finish_list(turn: Turn) -> list[Reply]:
    unit, draft = _led_unit(turn, turn.draft["unit"]), turn.draft
    if unit is None:
        return [_choose(turn, texts.GONE)]
    write_list(turn.session, unit.id, turn.cadre.cadre_id, draft["dos"], draft["donts"], turn.today, turn.now)
    return [_page(turn, unit, texts.listed(unit))]


def _read_sure(said: Said, *steps: str) -> None:
    if said.key == "change":
        raise Reopen(*steps, "sure")
    if said.key != "save":
        raise BadInput(texts.CARD_EXAMPLE)


TALK = Flow(
    "conduct_talk",
    texts.TITLE,
    (
        Step(
            "met_on",
            lambda _turn: Reply(texts.ASK_DAY, rows(Choice(texts.TODAY, "today"))),
            _read_met_on,
            wants_number=True,
        ),
        Step("items", _ask_items, _read_items, wants_number=True),
        Step("sure", _ask_talk, lambda _turn, said: _read_sure(said, "met_on", "items")),
    ),
    _finish_talk,
)
LIST = Flow(
    "conduct_list",
    texts.LIST_TITLE,
    (
        Step("dos", lambda _turn: Reply(texts.ASK_DOS), lambda turn, said: _read_list("dos", turn, said)),
        Step("donts", lambda _turn: Reply(texts.ASK_DONTS), lambda turn, said: _read_list("donts", turn, said)),
        Step("sure", _ask_list, lambda _turn, said: _read_sure(said, "dos", "donts")),
    ),
    _finish_list,
)
FLOWS = (TALK, LIST)
COMMANDS = (
    Command(
        "nenlam",
        _show,
        Audience.CADRE,
        label="Nên làm",
        of_unit=True,
        help="điều nên làm, không nên làm; ghi buổi sinh hoạt hằng tháng",
        words=("nen lam", "dieu nen lam", "dieu khong nen lam"),
    ),
    Command("nenlamghi", lambda turn, args: _start(turn, args, TALK), Audience.CADRE),
    Command("nenlamviet", lambda turn, args: _start(turn, args, LIST), Audience.CADRE),
    Command("nenlamduoi", _below, Audience.FOLLOWER),
)
