"""Plans: /kehoach shows which run for whom; an admin activates one for a unit and a time, or ends it."""

import re
from datetime import date

from handlers.commands import Audience, Command, Start
from handlers.conversations.unit import label
from handlers.flow import AskAgain, BadInput, Flow, Reopen, Said, Step
from handlers.messages import Choice, Reply, rows
from handlers.texts import plans as texts
from handlers.turn import Turn
from handlers.when import read_coming_day, read_period
from storage.models import Cadre, PlanActivation
from storage.people import find_units, unit_name
from storage.periods import Period, PeriodKind
from storage.plan_work import (
    ActivationRefused,
    Run,
    activate,
    activations,
    end_activation,
    find_activation,
    known_plans,
)
from storage.plans import Plan, load_plan
from storage.plans.schema import ClauseState
from storage.text import clean
from storage.visible import find_unit, followed_units, visible_unit_ids

LONGEST_DECISION, LONGEST_YEARS, MOST_UNITS = 60, 5, 8
_TWO_DAYS = re.compile(r"\s*(?:từ |tu )?(.+?)\s*(?:-|–|đến|den)\s*(.+?)\s*")


def _plan(plan_id: str) -> Plan | None:
    return load_plan(plan_id) if plan_id in known_plans() else None


def _plans(turn: Turn, args: str) -> list[Reply]:
    words = args.split()
    if words[:1] == ["tatca"]:
        return [_library(turn)]
    if words and (plan := _plan(words[0])) is not None:
        clauses = [(name, one) for name, one in plan.file.clauses.items() if one.state is ClauseState.TEXT]
        return [Reply(texts.plan_page(plan, clauses), rows(Choice(texts.ALL, "/kehoach tatca")))]
    return [_running(turn)]


def _library(turn: Turn) -> Reply:
    plans = [load_plan(name) for name in known_plans()]
    lines = [texts.summary(plan, turn.today) for plan in plans]
    choices = (Choice(label(plan.file.title), f"/kehoach {plan.id}") for plan in plans)
    return Reply("\n".join([texts.LIBRARY, *lines]), rows(*choices, Choice(texts.BACK, "/kehoach"), width=1))


def _running(turn: Turn, before: str = "") -> Reply:
    session, today = turn.session, turn.today
    found = activations(session, turn.cadre, today)
    lines, choices = [texts.binding(turn.house.plan)], []
    for row in found:
        plan, name = load_plan(row.plan_id), unit_name(session, row.unit_id, today)
        who = session.get(Cadre, row.activated_by)
        lines.append(texts.running(plan, name, row, who.full_name if who else ""))
        if find_activation(session, turn.cadre, row.id or 0, today) is not None:
            choices.append(Choice(label(texts.end_button(plan, name), 60), f"/kehoachket {row.id}"))
    if not found:
        lines.append(texts.NO_OTHERS)
    if turn.cadre.is_admin:
        choices.insert(0, Choice(texts.ACTIVATE, "/kehoachmoi"))
    text = "\n".join([texts.HEADING, *lines])
    shown = rows(*choices, Choice(texts.ALL, "/kehoach tatca"), width=1)
    return Reply(f"{before}\n\n{text}" if before else text, shown)


def _ask_plan(turn: Turn) -> Reply:
    plans = [load_plan(name) for name in known_plans() if name != turn.house.plan.id]
    lines = [texts.WHICH, *(texts.summary(plan, turn.today) for plan in plans)]
    return Reply("\n".join(lines), rows(*(Choice(label(p.file.title, 60), f"p:{p.id}") for p in plans), width=1))


def _read_plan(turn: Turn, said: Said) -> None:
    wanted = said.key.removeprefix("p:") or clean(said.text).lower()
    if wanted == turn.house.plan.id or _plan(wanted) is None:
        raise BadInput(texts.WHICH_EXAMPLE)
    turn.draft["plan"] = wanted


def _ask_unit(turn: Turn) -> Reply:
    units = followed_units(turn.session, turn.cadre, turn.today)[:MOST_UNITS]
    return Reply(texts.UNIT, rows(*(Choice(label(unit.name), f"u:{unit.code}") for unit in units), width=1))


def _read_unit(turn: Turn, said: Said) -> None:
    wanted = said.key.removeprefix("u:") or said.text
    unit = find_unit(turn.session, turn.cadre, wanted, turn.today)
    if unit is None:
        visible = visible_unit_ids(turn.session, turn.cadre, turn.today)
        matches = find_units(turn.session, wanted, turn.today, within=visible)
        if len(matches) > 1:
            choices = (Choice(label(match.name), f"u:{match.code}") for match in matches)
            raise AskAgain(Reply(texts.SEVERAL, rows(*choices, width=1)))
        unit = find_unit(turn.session, turn.cadre, matches[0].code, turn.today) if matches else None
    if unit is None:
        raise BadInput(texts.UNIT_EXAMPLE)
    turn.draft["unit"] = unit.id


def _ask_period(turn: Turn) -> Reply:
    year = Period.of(PeriodKind.YEAR, turn.today)
    choices = (Choice(one.label.capitalize(), f"t:{one.key}") for one in (year, year.next()))
    return Reply(texts.PERIOD, rows(*choices))


def _read_period(turn: Turn, said: Said) -> None:
    try:
        first, last = _days(said.key.removeprefix("t:") or clean(said.text), turn.today)
    except ValueError:
        raise BadInput(texts.PERIOD_EXAMPLE) from None
    if last < first:
        raise BadInput(texts.PERIOD_EXAMPLE)
    if last < turn.today:
        raise BadInput(texts.PERIOD_OVER)
    if last.year - first.year >= LONGEST_YEARS:
        raise BadInput(texts.PERIOD_LONG)
    turn.draft |= {"first": first.isoformat(), "last": last.isoformat()}


def _days(text: str, today: date) -> tuple[date, date]:
    """A period, or two days with a dash between. Raises ValueError."""
    try:
        period = read_period(text, today)
    except ValueError:
        match = _TWO_DAYS.fullmatch(text[:60])
        if match is None:
            raise
        return read_coming_day(match[1], today), read_coming_day(match[2], today)
    return period.start, period.end


def _ask_decision(_turn: Turn) -> Reply:
    return Reply(texts.DECISION, rows(Choice(texts.NO_DECISION, "none")))


def _read_decision(turn: Turn, said: Said) -> None:
    number = "" if said.key == "none" else clean(said.text)
    if len(number) > LONGEST_DECISION or not (number or said.key):
        raise BadInput(texts.DECISION_EXAMPLE)
    turn.draft["decision"] = number


def _ask_sure(turn: Turn) -> Reply:
    draft, plan = turn.draft, load_plan(turn.draft["plan"])
    first, last = date.fromisoformat(draft["first"]), date.fromisoformat(draft["last"])
    name = unit_name(turn.session, draft["unit"], turn.today)
    moved = Run(plan, draft["unit"], first, last).moved
    text = texts.card(plan, name, first, last, draft["decision"], moved, _deadlines(plan, draft["unit"], first, last))
    return Reply(text, rows(Choice(texts.SAVE, "save"), Choice(texts.CHANGE, "change")))


def _read_sure(_turn: Turn, said: Said) -> None:
    if said.key == "change":
        raise Reopen("plan", "unit", "period", "decision", "sure")
    if said.key != "save":
        raise BadInput(texts.CARD_EXAMPLE)


def _finish(turn: Turn) -> list[Reply]:
    draft, plan = turn.draft, load_plan(turn.draft["plan"])
    first, last = date.fromisoformat(draft["first"]), date.fromisoformat(draft["last"])
    try:
        row = activate(
            turn.session,
            turn.cadre,
            turn.house.plan,
            plan.id,
            draft["unit"],
            first,
            last,
            draft["decision"],
            turn.now,
            turn.today,
        )
    except ActivationRefused as refused:
        return [_running(turn, str(refused))]
    name = unit_name(turn.session, row.unit_id, turn.today)
    return [_running(turn, texts.activated(plan, name, *_deadlines(plan, row.unit_id, first, last)))]


def _deadlines(plan: Plan, unit_id: int | None, first: date, last: date) -> tuple[int, int]:
    """How many deadlines a run brings with a day, and how many without."""
    found = [one.deadline.is_set for one in Run(plan, unit_id, first, last).occurrences(first, last)]
    return sum(found), len(found) - sum(found)


def _found(turn: Turn, args: str) -> PlanActivation | None:
    word = args.strip()
    number = int(word) if word.isascii() and word.isdecimal() and len(word) < 10 else 0
    return find_activation(turn.session, turn.cadre, number, turn.today)


def _end(turn: Turn, args: str) -> list[Reply] | Start:
    row = _found(turn, args)
    return [_running(turn, texts.GONE)] if row is None else Start(END, {"id": row.id})


def _ask_end(turn: Turn) -> Reply:
    row = _found(turn, str(turn.draft["id"]))
    if row is None:
        return Reply(texts.GONE)
    name = unit_name(turn.session, row.unit_id, turn.today)
    return Reply(texts.really_end(load_plan(row.plan_id), name, row), rows(Choice(texts.REALLY_END, "end")))


def _read_end(_turn: Turn, said: Said) -> None:
    if said.key != "end":
        raise BadInput(texts.END_EXAMPLE)


def _finish_end(turn: Turn) -> list[Reply]:
    row = _found(turn, str(turn.draft["id"]))
    if row is None or not end_activation(turn.session, turn.cadre, row.id or 0, turn.today):
        return [_running(turn, texts.GONE)]
    name = unit_name(turn.session, row.unit_id, turn.today)
    return [_running(turn, texts.ended(load_plan(row.plan_id), name))]


ACTIVATE = Flow(
    "activate_plan",
    texts.TITLE,
    (
        Step("plan", _ask_plan, _read_plan),
        Step("unit", _ask_unit, _read_unit),
        Step("period", _ask_period, _read_period, wants_number=True),
        Step("decision", _ask_decision, _read_decision),
        Step("sure", _ask_sure, _read_sure),
    ),
    _finish,
)
END = Flow("end_plan", texts.END_TITLE, (Step("sure", _ask_end, _read_end),), _finish_end)
FLOWS = (ACTIVATE, END)
COMMANDS = (
    Command(
        "kehoach",
        _plans,
        Audience.CADRE,
        label="Kế hoạch",
        help="các kế hoạch đang chạy và nội dung của chúng",
        words=("ke hoach", "cac ke hoach"),
    ),
    Command("kehoachmoi", lambda _turn, _args: Start(ACTIVATE), Audience.ADMIN),
    Command("kehoachket", _end, Audience.ADMIN),
)
