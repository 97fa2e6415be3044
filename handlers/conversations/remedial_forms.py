"""The forms that make a remedial plan: a group of one's own, or the groups of the plan that was activated."""

from dataclasses import replace
from datetime import date
from functools import partial

from handlers.commands import Audience, Command, Start
from handlers.conversations.remedial_groups import found_group, gone
from handlers.conversations.unit import label
from handlers.flow import ANSWERED, AskAgain, BadInput, Flow, Reopen, Said, Step, reopen
from handlers.messages import Choice, Reply, rows
from handlers.reading import NotRead
from handlers.texts import remedial as texts
from handlers.turn import Turn
from handlers.when import read_coming_day
from storage.deadlines import led_units
from storage.models import RemedialGroup
from storage.people import UnitRow, unit_by_id
from storage.remedial import templates, write_group
from storage.remedial_units import named_units
from storage.text import clean, fold
from storage.visible import SeenCadre, closest, visible_cadres

SHORTEST_TITLE, LONGEST_TITLE = 3, 120
SHORTEST_LINE, LONGEST_LINE, MOST_LINES = 5, 300, 10
SHORTEST_NAME, LONGEST_NAME = 2, 200
CARRIED = "*"


def _led(turn: Turn, code: str) -> UnitRow | None:
    units = (
        unit_by_id(turn.session, one, turn.today) for one in led_units(turn.session, turn.cadre.cadre_id, turn.today)
    )
    return next((unit for unit in units if unit is not None and unit.code.lower() == code.strip().lower()), None)


def _add(turn: Turn, args: str) -> list[Reply] | Start:
    unit = _led(turn, args.strip().partition(" ")[0])
    return gone() if unit is None else Start(WRITE, {"unit": unit.id, "code": unit.code, ANSWERED: ["field"]})


def _change(turn: Turn, args: str) -> list[Reply] | Start:
    """The same form with every answer known; it begins by asking which to change."""
    group = found_group(turn, args)
    row = group.row if group is not None else None
    led = led_units(turn.session, turn.cadre.cadre_id, turn.today)
    if group is None or row is None or row.unit_id not in led or row.year != turn.today.year:
        return gone()
    unit = unit_by_id(turn.session, row.unit_id, turn.today)
    known = {
        "title": row.title,
        "points": [f"{CARRIED if point.carried else ''} {point.title}".strip() for point in group.points],
        "measures": group.measures,
        "lead": row.lead,
        "joint": row.joint,
        "who": row.supervisor_id,
        "who_name": group.supervisor,
        "due": row.due_on.isoformat() if row.due_on is not None else "",
    }
    begun = {"group": group.id, "unit": row.unit_id, "code": unit.code if unit is not None else ""}
    return Start(WRITE, {**begun, **known, ANSWERED: [*texts.FIELDS]})


def _ask_field(_turn: Turn) -> Reply:
    return Reply(texts.ASK_FIELD, rows(*(Choice(name, f"f:{key}") for key, name in texts.FIELDS.items())))


def _read_field(turn: Turn, said: Said) -> None:
    typed = next((key for key, name in texts.FIELDS.items() if fold(name) == fold(said.text)), "")
    key = said.key.removeprefix("f:") or typed
    if key not in texts.FIELDS:
        raise BadInput(texts.FIELD_EXAMPLE)
    reopen(turn, key, "sure")


def _asking(question: str, name: str, turn: Turn, *choices: Choice) -> Reply:
    """The question, with what is written so far."""
    known = turn.draft.get(name)
    text = known if isinstance(known, str) else "\n".join(known or ())
    return Reply(f"{question}\n\nĐang ghi:\n{text}" if text else question, rows(*choices))


def _read_title(turn: Turn, said: Said) -> None:
    title = clean(said.text)
    if not SHORTEST_TITLE <= len(title) <= LONGEST_TITLE:
        raise BadInput(texts.TITLE_EXAMPLE)
    turn.draft["title"] = title


def _lines(said: Said, example: str) -> list[str]:
    lines = [line for line in map(clean, said.text.splitlines()) if line]
    fits = all(SHORTEST_LINE <= len(line) <= LONGEST_LINE for line in lines)
    if said.key or not 1 <= len(lines) <= MOST_LINES or not fits:
        raise BadInput(example)
    return lines


def _read_points(turn: Turn, said: Said) -> None:
    turn.draft["points"] = _lines(said, texts.POINTS_EXAMPLE)


def _points(turn: Turn) -> list[tuple[str, bool]]:
    return [(line.removeprefix(CARRIED).strip(), line.startswith(CARRIED)) for line in turn.draft["points"]]


def _read_measures(turn: Turn, said: Said) -> None:
    turn.draft["measures"] = _lines(said, texts.MEASURES_EXAMPLE)


def _name(said: Said) -> str:
    name = clean(said.text)
    if said.key or not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
        raise BadInput(texts.NAME_EXAMPLE)
    return name


def _read_lead(turn: Turn, said: Said) -> None:
    turn.draft["lead"] = _name(said)


def _read_joint(turn: Turn, said: Said) -> None:
    turn.draft["joint"] = "" if said.key == "none" else _name(said)


def _people(turn: Turn) -> list[SeenCadre]:
    """Whoever holds a position in the unit or below it."""
    within = replace(turn.cadre, followed=(int(turn.draft["unit"]),))
    return visible_cadres(turn.session, within, turn.today)


def _read_who(turn: Turn, said: Said) -> None:
    people = _people(turn)
    found = [one for one in people if f"c:{one.code}" == said.key] if said.key else closest(people, said.text)
    if not found:
        raise BadInput(texts.WHO_EXAMPLE)
    if len(found) > 1:
        choices = (Choice(label(one.label, 60), f"c:{one.code}") for one in found)
        raise AskAgain(Reply(texts.WHICH, rows(*choices, width=1)))
    turn.draft |= {"who": found[0].id, "who_name": found[0].name}


def _read_due(turn: Turn, said: Said) -> None:
    if said.key == "none":
        turn.draft["due"] = ""
        return
    try:
        due = read_coming_day(said.text, turn.today)
    except NotRead:
        raise BadInput(texts.DUE_EXAMPLE) from None
    if due < turn.today:
        raise BadInput(texts.DUE_EXAMPLE)
    turn.draft["due"] = due.isoformat()


def _due(turn: Turn) -> date | None:
    return date.fromisoformat(turn.draft["due"]) if turn.draft["due"] else None


def _ask_sure(turn: Turn) -> Reply:
    draft = turn.draft
    people = texts.card_people(draft["lead"], draft["joint"], draft["who_name"])
    names = f"{draft['lead']}\n{draft['joint']}"
    if linked := named_units(turn.session, int(draft["unit"]), names, turn.today):
        people += "\n" + texts.linked(unit.name for unit in linked)
    text = texts.card(draft["title"], _points(turn), draft["measures"], people, _due(turn))
    return Reply(text, rows(Choice(texts.SAVE, "save"), Choice(texts.EDIT, "change")))


def _read_sure(_turn: Turn, said: Said) -> None:
    if said.key == "change":
        raise Reopen("field")
    if said.key != "save":
        raise BadInput(texts.CARD_EXAMPLE)


def _finish(turn: Turn) -> list[Reply]:
    draft = turn.draft
    if int(draft["unit"]) not in led_units(turn.session, turn.cadre.cadre_id, turn.today):
        return gone()
    values = {
        "unit_id": int(draft["unit"]),
        "year": turn.today.year,
        "title": draft["title"],
        "measures": "\n".join(draft["measures"]),
        "lead": draft["lead"],
        "joint": draft["joint"],
        "supervisor_id": int(draft["who"]),
        "due_on": _due(turn),
        "written_by": turn.cadre.cadre_id,
        "written_at": turn.now,
    }
    group = found_group(turn, str(draft["group"])) if "group" in draft else None
    if group is None and "group" in draft:
        return gone()
    row = group.row if group is not None else RemedialGroup(**values)
    row.sqlmodel_update(values)
    write_group(turn.session, row, _points(turn), turn.today, group)
    return [Reply(texts.saved(row.title), rows(Choice(texts.SEE_ALL, f"/khacphuc {draft['code']}")))]


def _template(turn: Turn, args: str) -> list[Reply] | Start:
    unit = _led(turn, args)
    plan = templates(turn.session, turn.house.plan, unit.id, turn.today) if unit is not None else None
    return gone() if unit is None or plan is None else Start(TEMPLATE, {"unit": unit.id, "code": unit.code})


def _ask_template(turn: Turn) -> Reply:
    plan = templates(turn.session, turn.house.plan, int(turn.draft["unit"]), turn.today)
    groups = plan.file.remedial.groups if plan is not None and plan.file.remedial is not None else ()
    title = plan.file.title if plan is not None else ""
    text = texts.template_card(title, [group.field for group in groups], turn.draft["who_name"])
    return Reply(text, rows(Choice(texts.SAVE, "save"), Choice(texts.EDIT, "change")))


def _read_template(_turn: Turn, said: Said) -> None:
    if said.key == "change":
        raise Reopen("who", "sure")
    if said.key != "save":
        raise BadInput(texts.CARD_EXAMPLE)


def _finish_template(turn: Turn) -> list[Reply]:
    draft = turn.draft
    unit_id = int(draft["unit"])
    plan = templates(turn.session, turn.house.plan, unit_id, turn.today)
    led = unit_id in led_units(turn.session, turn.cadre.cadre_id, turn.today)
    if plan is None or plan.file.remedial is None or not led:
        return gone()
    titles = {department.id: department.title for department in plan.file.departments}
    groups = plan.file.remedial.groups
    for group in groups:
        row = RemedialGroup(
            unit_id=unit_id,
            year=turn.today.year,
            title=group.field,
            measures="\n".join(group.measures),
            lead=titles[group.lead],
            joint="; ".join(titles[one] for one in group.joint),
            supervisor_id=int(draft["who"]),
            written_by=turn.cadre.cadre_id,
            written_at=turn.now,
        )
        points = ((one.title, bool(one.carried_over)) for one in group.shortcomings)
        write_group(turn.session, row, points, turn.today)
    return [Reply(texts.taken(len(groups)), rows(Choice(texts.SEE_ALL, f"/khacphuc {draft['code']}")))]


_WHO = Step("who", lambda _turn: Reply(texts.ASK_WHO), _read_who)
WRITE = Flow(
    "remedial_group",
    texts.TITLE,
    (
        Step("field", _ask_field, _read_field),
        Step("title", partial(_asking, texts.ASK_TITLE, "title"), _read_title),
        Step("points", partial(_asking, texts.ASK_POINTS, "points"), _read_points),
        Step("measures", partial(_asking, texts.ASK_MEASURES, "measures"), _read_measures),
        Step("lead", partial(_asking, texts.ASK_LEAD, "lead"), _read_lead),
        Step("joint", lambda turn: _asking(texts.ASK_JOINT, "joint", turn, Choice(texts.NONE, "none")), _read_joint),
        _WHO,
        Step(
            "due",
            lambda _turn: Reply(texts.ASK_DUE, rows(Choice(texts.NO_DUE, "none")), wants_number=True),
            _read_due,
            wants_number=True,
        ),
        Step("sure", _ask_sure, _read_sure),
    ),
    _finish,
)
TEMPLATE = Flow(
    "remedial_template", texts.TEMPLATE_TITLE, (_WHO, Step("sure", _ask_template, _read_template)), _finish_template
)
FLOWS = (WRITE, TEMPLATE)
START = (
    Command("khacphucthem", _add, Audience.CADRE),
    Command("khacphucsua", _change, Audience.CADRE),
    Command("khacphucmau", _template, Audience.CADRE),
)
