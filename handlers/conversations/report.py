"""Reports of a unit: /baocao or /report for whoever follows it; both ask for what is missing."""

from datetime import date

from handlers.commands import Audience, Command, Start
from handlers.conversations.unit import label
from handlers.flow import AskAgain, BadInput, Flow, Said, Step, mark_answered
from handlers.messages import Choice, Reply, rows
from handlers.texts import common
from handlers.texts import report_form as texts
from handlers.turn import Turn
from handlers.views import report_text
from handlers.views.report_files import attachments
from handlers.when import read_period
from storage.people import UnitMatch, UnitRow, children, find_units
from storage.periods import Period
from storage.reporting import unit_figures
from storage.visible import find_unit, followed_units, visible_unit_ids

MOST_BUTTONS = 8


def _matches(turn: Turn, text: str) -> list[UnitMatch]:
    visible = visible_unit_ids(turn.session, turn.cadre, turn.today)
    return find_units(turn.session, text, turn.today, within=visible)


def _unit(turn: Turn) -> UnitRow | None:
    """The unit of the draft, if the speaker may still see it."""
    return find_unit(turn.session, turn.cadre, turn.draft.get("unit", ""), turn.today)


def _ask_unit(turn: Turn) -> Reply:
    words = turn.draft.get("words", "")
    if several := _matches(turn, words) if words else []:
        named = (Choice(label(match.name), f"u:{match.code}") for match in several)
        return Reply(texts.SEVERAL_UNITS, rows(*named, width=1))
    roots = followed_units(turn.session, turn.cadre, turn.today)
    below = [child for root in roots for child in children(turn.session, root.id, turn.today)]
    choices = (Choice(label(unit.name), f"u:{unit.code}") for unit in (*roots, *below)[:MOST_BUTTONS])
    return Reply(_after_notice(turn, texts.WHICH_UNIT), rows(*choices, width=1))


def _after_notice(turn: Turn, question: str) -> str:
    """``question`` after what could not be read of the command that opened the form."""
    notice = turn.draft.get("notice")
    return f"{notice}\n\n{question}" if notice else question


def _read_unit(turn: Turn, said: Said) -> None:
    turn.draft.pop("notice", None)
    turn.draft.pop("words", None)
    wanted = said.key.removeprefix("u:") or said.text
    unit = find_unit(turn.session, turn.cadre, wanted, turn.today)
    if unit is not None:
        turn.draft["unit"] = unit.code
        return
    matches = _matches(turn, wanted)
    if not matches:
        raise BadInput(texts.UNIT_EXAMPLE)
    if len(matches) > 1:
        choices = (Choice(label(match.name), f"u:{match.code}") for match in matches)
        raise AskAgain(Reply(texts.SEVERAL_UNITS, rows(*choices, width=1)))
    turn.draft["unit"] = matches[0].code


def _ask_period(turn: Turn) -> Reply:
    unit = _unit(turn)
    choices = (Choice(words, f"p:{key}") for words, key in texts.PERIODS)
    question = texts.which_period(unit.name if unit else "")
    return Reply(_after_notice(turn, question), rows(*choices))


def _read_period(turn: Turn, said: Said) -> None:
    turn.draft.pop("notice", None)
    turn.draft["period"] = _period(said.key.removeprefix("p:") or said.text, turn.today).key


def _period(text: str, today: date) -> Period:
    try:
        period = read_period(text, today)
    except ValueError:
        raise BadInput(texts.PERIOD_EXAMPLE) from None
    if period.start > today:
        raise BadInput(texts.NOT_BEGUN)
    return period


def _finish(turn: Turn) -> list[Reply]:
    unit, period = _unit(turn), Period.parse(turn.draft["period"])
    if unit is None:
        return [Reply(common.NOT_ALLOWED)]
    house = turn.house
    as_of = min(turn.today, period.end)
    figures = unit_figures(turn.session, house.plan, house.calendar, unit.id, period, as_of)
    choices = [Choice(texts.UNIT, f"/donvi {unit.code}"), Choice(texts.AGAIN, f"/baocao {unit.code}")]
    if figures.in_need:
        choices.insert(0, Choice(texts.HELP, f"/cangiup {unit.code} {period.key}"))
    text = report_text.summary(house.plan, figures)
    return [Reply(text, rows(*choices), attachments(unit.id, unit.code, period, as_of))]


FLOW = Flow(
    "report",
    texts.TITLE,
    (Step("unit", _ask_unit, _read_unit), Step("period", _ask_period, _read_period, wants_number=True)),
    _finish,
)


def _report(turn: Turn, args: str) -> Start:
    """Open the form with what ``args`` ("DCS1 2026-W47", "Sở Nội vụ tháng trước") already tell."""
    words, period = _split(args, turn.today)
    turn.draft = {}
    if unit := _known_unit(turn, words):
        turn.draft["unit"] = unit
    elif period is None and (unit := _unit_before(turn, words)):
        turn.draft |= {"unit": unit, "notice": texts.PERIOD_EXAMPLE}
    elif words and _matches(turn, words):
        turn.draft["words"] = words
    elif words:
        turn.draft["notice"] = texts.UNIT_EXAMPLE
    if period is not None and period.start > turn.today:
        turn.draft["notice"] = texts.NOT_BEGUN
    elif period is not None:
        turn.draft["period"] = period.key
    mark_answered(turn, *(name for name in ("unit", "period") if name in turn.draft))
    return Start(FLOW, turn.draft)


def _known_unit(turn: Turn, words: str) -> str:
    """The code of the one visible unit that ``words`` name; without words, of the one unit followed."""
    if not words:
        roots = followed_units(turn.session, turn.cadre, turn.today)
        return roots[0].code if len(roots) == 1 and not children(turn.session, roots[0].id, turn.today) else ""
    unit = find_unit(turn.session, turn.cadre, words, turn.today)
    if unit is not None:
        return unit.code
    matches = _matches(turn, words)
    return matches[0].code if len(matches) == 1 else ""


def _unit_before(turn: Turn, said: str) -> str:
    """The code of the unit at the beginning of ``said``, where what follows is no period that can be read."""
    words = said.split()
    shorter = (" ".join(words[:count]) for count in range(len(words) - 1, 0, -1))
    return next((code for start in shorter if (code := _known_unit(turn, start))), "")


def _split(args: str, today: date) -> tuple[str, Period | None]:
    """The unit's words and the period at the end of ``args``."""
    words = args.split()
    for count in (4, 3, 2, 1):
        if count <= len(words):
            try:
                return " ".join(words[:-count]), read_period(" ".join(words[-count:]), today)
            except ValueError:
                continue
    return args, None


FLOWS = (FLOW,)
COMMANDS = (
    Command(
        "baocao",
        _report,
        Audience.FOLLOWER,
        label="Báo cáo",
        help="báo cáo một đơn vị theo tuần, tháng, quý, năm: chữ, biểu đồ, bảng tính",
        words=("bao cao", "lap bao cao"),
    ),
    Command("report", _report, Audience.FOLLOWER, words=("report",)),
)
