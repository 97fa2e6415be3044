"""Reviewing one's own year: /kiemdiem (form a2, C-07).

Figures stand beside what was registered; every word of judgement is the cadre's own.
"""

from datetime import date
from functools import partial
from typing import Any

from handlers.commands import Audience, Command, Start
from handlers.conversations import year_forms as forms
from handlers.conversations.unit import label
from handlers.flow import BadInput, Flow, Said, Step
from handlers.messages import Choice, Reply, rows
from handlers.texts import common
from handlers.texts import registration as registration_texts
from handlers.texts import self_review as texts
from handlers.texts import year_forms as shared
from handlers.turn import Turn
from storage.documents import RefusedError, is_rated
from storage.figures import PersonFigures
from storage.models import Document, DocumentState
from storage.periods import Period, PeriodKind
from storage.reporting import person_figures
from storage.terms import DocumentKind
from storage.year_round import scale_of

KIND = DocumentKind.SELF_REVIEW
MOST_CONTENTS = 8
NOTHING = "nothing"


def _registered(turn: Turn) -> dict[str, Any]:
    """What the cadre registered, as it was when this form was begun."""
    found: dict[str, Any] = turn.draft["registered"]
    return found


def _has(place: int, turn: Turn) -> bool:
    return place < len(turn.draft["contents"])


def _ask_result(place: int, turn: Turn) -> Reply:
    given = _registered(turn)
    what, measure, by = (given.get(f"{name}.{place}", "…") for name in ("what", "measure", "by"))
    return Reply(texts.result(turn.draft["contents"][place][1], what, measure, by))


def _ask_donts(turn: Turn) -> Reply:
    return Reply(texts.watched(shared.joined(turn.draft["watched"])))


def _ask_text(question: str, turn: Turn) -> Reply:
    del turn
    return Reply(question)


def _ask_previous(turn: Turn) -> Reply:
    before = forms.find(turn, KIND, turn.draft["year"] - 1)
    known = before.content.get("answers", {}).get("shortcomings", "") if before is not None else ""
    return Reply(texts.previous(known), rows(Choice(texts.NOTHING, NOTHING)))


def _read_previous(turn: Turn, said: Said) -> Any:
    return texts.NOTHING if said.key == NOTHING else forms.words(texts.ANY_EXAMPLE, 3, 3000)(turn, said)


def _ask_rating(turn: Turn) -> Reply:
    return Reply(texts.RATING, rows(*(Choice(name, f"r:{key}") for key, name in _scale(turn).items())))


def _read_rating(turn: Turn, said: Said) -> str:
    key = said.key.removeprefix("r:")
    if key not in _scale(turn):
        raise BadInput(f"Đồng chí chọn một mức: {', '.join(_scale(turn).values())}.")
    turn.draft["rating"] = _scale(turn)[key]
    return _scale(turn)[key]


def _scale(turn: Turn) -> dict[str, str]:
    return scale_of(turn.draft["scale_plan"])


def _steps() -> tuple[Step, ...]:
    own = forms.words(texts.ANY_EXAMPLE, 3, 3000)
    results = (
        forms.question(KIND, f"result.{place}", partial(_ask_result, place), own, partial(_has, place))
        for place in range(MOST_CONTENTS)
    )
    return (
        *results,
        forms.question(KIND, "donts", _ask_donts, own),
        forms.question(KIND, "strengths", partial(_ask_text, texts.STRENGTHS), own),
        forms.question(KIND, "shortcomings", partial(_ask_text, texts.SHORTCOMINGS), own),
        forms.question(KIND, "remedies", partial(_ask_text, texts.REMEDIES), own),
        forms.question(KIND, "previous", _ask_previous, _read_previous),
        forms.question(KIND, "rating", _ask_rating, _read_rating),
        forms.card(KIND, texts.CARD, _parts),
    )


def _parts(turn: Turn) -> forms.Parts:
    parts: forms.Parts = {
        f"e:{place}": (label(registration_texts.edit(name)), (f"result.{place}",))
        for place, (_, name) in enumerate(turn.draft["contents"])
    }
    return parts | {f"e:{key}": (registration_texts.edit(name), (key,)) for key, name in texts.EDITS.items()}


def _year_so_far(turn: Turn, year: int) -> PersonFigures | None:
    period = Period.of(PeriodKind.YEAR, date(year, 1, 1))
    as_of = min(turn.today, period.end)
    house = turn.house
    return person_figures(turn.session, house.plan, house.calendar, turn.cadre.cadre_id, period, as_of)


def _finish(turn: Turn) -> list[Reply]:
    year = turn.draft["year"]
    if isinstance(refusal := _registration(turn, year), Reply):
        return [refusal]
    person = _year_so_far(turn, year)
    turn.draft["done"] = texts.done_rows(_registered(turn), person)
    turn.draft["entries"] = texts.entry_rows(person)
    try:
        document = forms.hand_in_draft(turn, KIND)
    except (RefusedError, BadInput) as refused:
        return [Reply(str(refused), common.MENU_BUTTON)]
    choices = (Choice(shared.EDIT, f"/suakiemdiem {year}"), Choice("Menu", "/menu"))
    return [Reply(shared.handed_in(document), rows(*choices), (forms.printed(document),))]


FLOW = Flow("self_review", texts.TITLE, _steps(), _finish, keeps_answers=True)


def _review(turn: Turn, args: str) -> list[Reply] | Start:
    return _open(turn, args, edit=False)


def _edit(turn: Turn, args: str) -> list[Reply] | Start:
    return _open(turn, args, edit=True)


def _open(turn: Turn, args: str, *, edit: bool) -> list[Reply] | Start:
    try:
        year = forms.read_year(turn, args, "kiemdiem")
    except BadInput as bad:
        return [Reply(bad.sentence, common.MENU_BUTTON)]
    found = forms.find(turn, KIND, year)
    closed = not edit or is_rated(turn.session, turn.cadre.cadre_id, year)
    if found is not None and (found.state is DocumentState.APPROVED or (found.is_handed_in and closed)):
        return [forms.page(turn, found, "suakiemdiem")]
    registration = _registration(turn, year)
    if isinstance(registration, Reply):
        return [registration]
    if year > turn.today.year:
        return [Reply(shared.YEAR_EXAMPLE.format(command="kiemdiem", year=turn.today.year), common.MENU_BUTTON)]
    return _begin(turn, found, registration, year)


def _registration(turn: Turn, year: int) -> Document | Reply:
    """The registration that is reviewed; the refusal while there is none that counts."""
    found = forms.find(turn, DocumentKind.REGISTRATION, year)
    if found is not None and found.is_handed_in:
        return found
    state = found.state if found is not None else None
    return Reply(texts.not_registered(year, state), rows(Choice("Đăng ký năm", f"/dangky {year}")))


def _begin(turn: Turn, found: Document | None, registration: Document, year: int) -> list[Reply] | Start:
    the_round = forms.the_round(turn)
    if the_round is None:
        return [Reply(shared.NO_POSITION, common.MENU_BUTTON)]
    person = _year_so_far(turn, year)
    given = registration.content.get("answers", {})
    window = shared.window(KIND, the_round.due(KIND, year), turn.today)
    head = f"{shared.title(KIND, year)}. {window}"
    beside = texts.beside(texts.done_rows(given, person), len(texts.entry_rows(person)))
    fixed = {
        "contents": registration.content["contents"],
        "registered": given,
        "watched": shared.chosen_donts(registration.content),
        "scale_plan": the_round.scale_plan,
    }
    if found is None:
        draft: dict[str, Any] = {"year": year, "answers": {}, **fixed}
        draft["notice"] = "\n\n".join([f"{head}\n{shared.SAVED}", beside, texts.OWN_WORDS])
        return Start(FLOW, draft)
    draft = forms.resumed(found, FLOW.steps) | fixed
    back = f"{shared.returned(found)}\n" if found.state is DocumentState.RETURNED else ""
    draft["notice"] = "\n\n".join([f"{head}\n{back}{shared.resumed(len(draft['known']))}", beside])
    return Start(FLOW, forms.take_up(turn, draft))


FLOWS = (FLOW,)
COMMANDS = (
    Command(
        "kiemdiem",
        _review,
        Audience.CADRE,
        label="Tự kiểm điểm",
        help="bản tự kiểm điểm cuối năm (mẫu a2)",
        words=("tu kiem diem", "ban tu kiem diem", "kiem diem"),
    ),
    Command("suakiemdiem", _edit, Audience.CADRE),
)
