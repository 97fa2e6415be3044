"""Registering for the year: /dangky (form a1, C-07, C-08). Every answer is kept; it can be edited until approved."""

import re
from datetime import date
from functools import partial
from typing import Any

from handlers.commands import Audience, Command, Start
from handlers.conversations import year_forms as forms
from handlers.conversations.unit import label
from handlers.flow import AskAgain, BadInput, Flow, Said, Step
from handlers.messages import Choice, Reply, rows
from handlers.reading import NotRead
from handlers.texts import common
from handlers.texts import registration as texts
from handlers.texts import year_forms as shared
from handlers.texts.wording import number
from handlers.turn import Turn
from handlers.when import read_coming_day
from storage.compliance import evaluate
from storage.documents import RefusedError, is_rated
from storage.models import Document, DocumentState
from storage.records_of import load_person, load_tree
from storage.terms import DocumentKind, Requirement
from storage.text import fold

KIND = DocumentKind.REGISTRATION
MOST_CONTENTS = 8
NONE, ALL, DONE = "none", "all", "done"
_NUMBER = re.compile(r"([0-9]{1,2}(?:[.,][0-9]{1,2})?) ?(?:giờ|gio|lần|lan|h|tiếng|tieng)?(?: ?/? ?(?:tuần|tháng))?")
_DATE = re.compile(r"(?:ngày )?[0-9]{1,2}[/.-][0-9]{1,2}(?:[/.-][0-9]{2,4})?")
_GONE = {"hom qua", "hom kia", "tuan truoc", "thang truoc", "nam ngoai"}
_BY = {f"b:{place}": words for place, words in enumerate(texts.BY_CHOICES)}


def _content(turn: Turn, place: int) -> str:
    return str(turn.draft["contents"][place][1])


def _has(place: int, turn: Turn) -> bool:
    return place < len(turn.draft["contents"])


def _ask_what(place: int, turn: Turn) -> Reply:
    name = _content(turn, place)
    question = texts.what(name, place + 1, len(turn.draft["contents"]), turn.draft["year"])
    return Reply(f"{question} Ví dụ: {texts.WHAT_EXAMPLE}")


def _ask_measure(place: int, turn: Turn) -> Reply:
    return Reply(texts.measure(_content(turn, place)))


def _ask_by(place: int, turn: Turn) -> Reply:
    return Reply(texts.by(_content(turn, place)), rows(*(Choice(words, key) for key, words in _BY.items())))


def _read_by(turn: Turn, said: Said) -> Any:
    return _BY.get(said.key) or _dated(turn, forms.words(texts.BY_EXAMPLE, 2, 100)(turn, said))


def _dated(turn: Turn, by: str) -> str:
    """The deadline in the cadre's own words; where it is a date, one that exists and is still to come."""
    if _DATE.search(by) or fold(by) in _GONE:
        try:
            day = read_coming_day(by, turn.today) if _DATE.fullmatch(by) else None
        except NotRead:
            day = date.min
        if fold(by) in _GONE or (day is not None and day < turn.today):
            raise BadInput(texts.BY_DATE_EXAMPLE.format(year=turn.draft["year"]))
    return by


def _ask_hours(turn: Turn) -> Reply:
    asked = _plan_asks(turn, Requirement.VOLUNTEER_HOURS, "giờ")
    return Reply("\n".join(filter(None, (texts.HOURS, asked))), rows(Choice(texts.NONE, NONE)))


def _ask_attendance(turn: Turn) -> Reply:
    asked = _plan_asks(turn, Requirement.ATTENDANCE, "lần")
    return Reply("\n".join(filter(None, (texts.ATTENDANCE, asked))), rows(Choice(texts.NONE, NONE)))


def _plan_asks(turn: Turn, requirement: Requirement, unit: str) -> str:
    """What the plan in force asks of this cadre, with its clause."""
    person = load_person(turn.session, turn.cadre.cadre_id, turn.today, turn.today)
    found = evaluate(turn.house.plan, load_tree(turn.session), turn.house.calendar, person, turn.today)
    result = next(result for result in found.results if result.requirement is requirement)
    if result.required is None or result.clause is None:
        return ""
    return texts.PLAN_ASKS.format(amount=f"{number(result.required)} {unit}", clause=result.clause)


def _read_number(example: str, least: float, *, whole: bool, turn: Turn, said: Said) -> str:
    if said.key == NONE:
        return ""
    match = _NUMBER.fullmatch(said.text.strip().lower())
    value = float(match[1].replace(",", ".")) if match else 0.0
    if not least <= value <= 60 or (whole and value != int(value)):
        raise BadInput(example)
    return number(value)


def _ask_initiative(_turn: Turn) -> Reply:
    return Reply(texts.INITIATIVE, rows(Choice(texts.NONE, NONE)))


def _read_initiative(turn: Turn, said: Said) -> Any:
    return "" if said.key == NONE else forms.words(texts.INITIATIVE_EXAMPLE, 3, 300)(turn, said)


def _ask_donts(turn: Turn) -> Reply:
    chosen = turn.draft.get("choosing", forms.answers(turn).get("donts") or [])
    items = [
        Choice(label(f"{'☑' if key in chosen else '☐'} {place}. {name}"), f"n:{key}")
        for place, (key, name) in enumerate(turn.draft["donts"], 1)
    ]
    ends = (Choice(texts.ALL, ALL), Choice(texts.DONE, DONE))
    marked = [name for key, name in turn.draft["donts"] if key in chosen]
    lines = [texts.DONTS, *(["", f"Đã chọn: {shared.joined(marked)}"] if marked else [])]
    return Reply("\n".join(lines), (*rows(*items, width=1), ends))


def _read_donts(turn: Turn, said: Said) -> list[str]:
    known = [key for key, _ in turn.draft["donts"]]
    chosen = list(turn.draft.get("choosing", forms.answers(turn).get("donts") or []))
    if said.key == ALL:
        chosen = known
    elif said.key.removeprefix("n:") in known:
        key = said.key.removeprefix("n:")
        turn.draft["choosing"] = [one for one in chosen if one != key] if key in chosen else [*chosen, key]
        raise AskAgain(_ask_donts(turn))
    elif numbers := _numbers(said.text, len(known)):
        turn.draft["choosing"] = [known[number - 1] for number in numbers]
        raise AskAgain(_ask_donts(turn))
    elif said.key != DONE or not chosen:
        raise BadInput(texts.DONTS_EXAMPLE)
    turn.draft.pop("choosing", None)
    return [key for key in known if key in chosen]


def _numbers(text: str, most: int) -> list[int]:
    """The places typed, "1, 3": none when anything else is said."""
    words = re.findall(r"\w+", text)
    good = words and all(word.isascii() and word.isdecimal() and 1 <= int(word[:3]) <= most for word in words)
    return sorted({int(word) for word in words}) if good else []


def _steps() -> tuple[Step, ...]:
    steps: list[Step] = []
    for place in range(MOST_CONTENTS):
        has = partial(_has, place)
        what = forms.words(texts.WHAT_EXAMPLE)
        measure = forms.words(texts.MEASURE_EXAMPLE, 3, 500)
        steps += [
            forms.question(KIND, f"what.{place}", partial(_ask_what, place), what, has),
            forms.question(KIND, f"measure.{place}", partial(_ask_measure, place), measure, has),
            forms.question(KIND, f"by.{place}", partial(_ask_by, place), _read_by, has),
        ]
    hours = partial(_read_number_of, texts.HOURS_EXAMPLE, 0.5, False)
    times = partial(_read_number_of, texts.ATTENDANCE_EXAMPLE, 1, True)
    return (
        *steps,
        forms.question(KIND, "hours", _ask_hours, hours, wants_number=True),
        forms.question(KIND, "attendance", _ask_attendance, times, wants_number=True),
        forms.question(KIND, "initiative", _ask_initiative, _read_initiative),
        forms.question(KIND, "donts", _ask_donts, _read_donts),
        forms.card(KIND, texts.CARD, _parts),
    )


def _read_number_of(example: str, least: float, whole: bool, turn: Turn, said: Said) -> str:
    return _read_number(example, least, whole=whole, turn=turn, said=said)


def _parts(turn: Turn) -> forms.Parts:
    """The parts of the form that can be asked anew."""
    parts: forms.Parts = {
        f"e:{place}": (label(texts.edit(name)), (f"what.{place}", f"measure.{place}", f"by.{place}"))
        for place, (_, name) in enumerate(turn.draft["contents"])
    }
    parts["e:figures"] = (texts.edit(texts.FIGURES), ("hours", "attendance", "initiative"))
    parts["e:donts"] = (texts.edit(texts.WATCHED), ("donts",))
    return parts


def _finish(turn: Turn) -> list[Reply]:
    try:
        document = forms.hand_in_draft(turn, KIND)
    except (RefusedError, BadInput) as refused:
        return [Reply(str(refused), common.MENU_BUTTON)]
    choices = (Choice(shared.EDIT, f"/suadangky {document.year}"), Choice("Menu", "/menu"))
    return [Reply(shared.handed_in(document), rows(*choices), (forms.printed(document),))]


FLOW = Flow("registration", texts.TITLE, _steps(), _finish, keeps_answers=True)


def _register(turn: Turn, args: str) -> list[Reply] | Start:
    try:
        year = forms.read_year(turn, args, "dangky")
    except BadInput as bad:
        return [Reply(bad.sentence, common.MENU_BUTTON)]
    found = forms.find(turn, KIND, year)
    if found is not None and found.is_handed_in:
        return [forms.page(turn, found, "suadangky")]
    if found is None and year < turn.today.year:
        return [Reply(texts.PAST.format(year=year), common.MENU_BUTTON)]
    return _begin(turn, found, year)


def _edit(turn: Turn, args: str) -> list[Reply] | Start:
    try:
        year = forms.read_year(turn, args, "dangky")
    except BadInput as bad:
        return [Reply(bad.sentence, common.MENU_BUTTON)]
    found = forms.find(turn, KIND, year)
    rated = is_rated(turn.session, turn.cadre.cadre_id, year)
    if found is None or found.state is DocumentState.APPROVED or (rated and found.is_handed_in):
        return _register(turn, args)
    return _begin(turn, found, year)


def _begin(turn: Turn, found: Document | None, year: int) -> list[Reply] | Start:
    the_round = forms.the_round(turn)
    if the_round is None:
        return [Reply(shared.NO_POSITION, common.MENU_BUTTON)]
    window = shared.window(KIND, the_round.due(KIND, year), turn.today)
    if found is None:
        draft: dict[str, Any] = {
            "year": year,
            "contents": [[item.id, item.title] for item in the_round.contents[:MOST_CONTENTS]],
            "donts": [[item.id, item.title] for item in the_round.donts],
            "answers": {},
        }
        draft["notice"] = f"{shared.title(KIND, year)}. {window}\n{shared.SAVED}"
        return Start(FLOW, draft)
    draft = forms.resumed(found, FLOW.steps)
    resumed = shared.resumed(len(draft["known"]))
    back = f"{shared.returned(found)}\n" if found.state is DocumentState.RETURNED else ""
    draft["notice"] = f"{shared.title(KIND, year)}. {window}\n{back}{resumed}"
    return Start(FLOW, forms.take_up(turn, draft))


FLOWS = (FLOW,)
COMMANDS = (
    Command(
        "dangky",
        _register,
        Audience.CADRE,
        label="Đăng ký năm",
        help="bản đăng ký rèn luyện của năm (mẫu a1)",
        words=("dang ky ren luyen", "ban dang ky", "dang ky nam"),
    ),
    Command("suadangky", _edit, Audience.CADRE),
)
