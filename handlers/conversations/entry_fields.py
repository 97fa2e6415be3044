"""The fields of an entry: how each is asked, read and shown. ``entry_units`` has the field that names a unit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.conversations.entry_draft import Draft, Form, kind_of
from handlers.conversations.entry_units import ask_unit, own_unit, read_unit, show_unit
from handlers.flow import BadInput, Said
from handlers.messages import Choice, Reply, Rows, rows
from handlers.reader.hours import DAY
from handlers.reading import NotRead, Problem, read_clock_range, read_day, read_minutes
from handlers.texts import entries as texts
from handlers.texts import wording
from handlers.turn import Turn
from storage.entries import days_of
from storage.initiatives import Stage
from storage.periods import Period, PeriodKind
from storage.responsibilities import responsibilities_for
from storage.terms import EntryKind, RecognisedBy
from storage.text import clean, fold

RECENT_DAYS = 6
RECENT_WEEKS = 5
LONGEST_DECISION = 100
USUAL_MINUTES = (60, 90, 120, 180, 240)

NO_WORDS: Mapping[str, str] = {}
PUNCTUAL_WORDS = {
    **dict.fromkeys(("co", "dung", "dung gio roi", "som", "den som"), "yes"),
    **dict.fromkeys(("khong", "tre", "muon", "den tre", "di tre", "di muon", "tre gio", "vao tre"), "late"),
}

Answer = str | int | bool | dict[str, int | None] | None


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the card. ``read`` returns what the draft keeps (JSON) or raises BadInput/AskAgain.

    ``unsettles``: whether a new answer makes doubtful figures worth asking about once more; ``wants_number``:
    whether it is answered by digits.
    """

    name: str
    ask: Callable[[Turn], Reply]
    read: Callable[[Turn, Said], Answer]
    show: Callable[[Turn], str]
    unsettles: bool = False
    wants_number: bool = False


def _ask_day(turn: Turn) -> Reply:
    kind = kind_of(turn.draft)
    days = _mondays(turn) if kind is EntryKind.YOUTH_SHIRT else _recent_days(turn.today)
    example = turn.today - timedelta(days=turn.today.weekday() if kind is EntryKind.YOUTH_SHIRT else 5)
    return _day_question(texts.ASK_DAY[kind], days, turn.today, example)


def _day_question(question: str, days: list[date], today: date, otherwise: date) -> Reply:
    example = days[-1] if days else otherwise
    hint = texts.DAY_HINT.format(example=f"{example.day}/{example.month}")
    choices = (Choice(texts.day_label(day, today), day.isoformat()) for day in days)
    return Reply(f"{question} {hint}", rows(*choices))


def _recent_days(today: date) -> list[date]:
    return [today - timedelta(days=ago) for ago in range(RECENT_DAYS)]


def _mondays(turn: Turn) -> list[date]:
    """The last Mondays on which the shirt was due and is not logged yet, the latest first."""
    since = turn.today - timedelta(weeks=RECENT_WEEKS)
    done = days_of(turn.session, turn.cadre.cadre_id, EntryKind.YOUTH_SHIRT, since, turn.today)
    span = Period(PeriodKind.MONTH, since, turn.today)
    due = (day for day in span.days() if day in turn.house.calendar.shirt_mondays(Period.of(PeriodKind.WEEK, day)))
    return [day for day in sorted(due, reverse=True) if day not in done]


def _read_day(turn: Turn, said: Said) -> Answer:
    try:
        return read_day(said.key or said.text, turn.today).isoformat()
    except NotRead as unread:
        raise BadInput(texts.day_problem(unread.problem, turn.today)) from None


def _ask_recognised_on(turn: Turn) -> Reply:
    return _day_question(texts.ASK_RECOGNISED_ON, _recent_days(turn.today)[:2], turn.today, turn.today)


def _ask_time(turn: Turn) -> Reply:
    choices = [Choice(wording.duration(minutes), f"{minutes}p") for minutes in USUAL_MINUTES]
    if kind_of(turn.draft) is EntryKind.VOLUNTEER_HOURS:
        return Reply(texts.ASK_TIME, rows(*choices, width=3))
    return Reply(texts.ASK_TIME_OR_NOT, rows(*choices, Choice(texts.NO_TIME, "none"), width=3))


def _read_time(turn: Turn, said: Said) -> Answer:
    if said.key == "none" or fold(said.text) in {"bo qua", "khong", "khong ghi"}:
        if kind_of(turn.draft) is EntryKind.VOLUNTEER_HOURS:
            raise BadInput(texts.TIME_NEEDED)
        return None
    answer = said.key or said.text
    try:
        start, end = read_clock_range(answer)
    except NotRead as unread:
        if unread.problem is Problem.BACKWARDS:
            raise _bad_time(unread) from None
        return {"start": None, "end": None, "minutes": _duration(answer)}
    return {"start": start, "end": end if end <= DAY else None, "minutes": end - start}


def _duration(answer: str) -> int:
    try:
        return read_minutes(answer)
    except NotRead as unread:
        raise _bad_time(unread) from None


def _bad_time(unread: NotRead) -> BadInput:
    return BadInput(texts.TIME_PROBLEMS.get(unread.problem, texts.BAD_TIME))


def _show_time(turn: Turn) -> str:
    time = turn.draft.get("time") or {}
    return texts.time(time.get("start"), time.get("end"), time.get("minutes"))


def _ask_title(turn: Turn) -> Reply:
    kind = kind_of(turn.draft)
    usual = texts.USUAL_TITLES.get(kind, ())
    return Reply(texts.ASK_TITLE[kind], rows(*(Choice(title, f"t{at}") for at, title in enumerate(usual))))


def _read_title(turn: Turn, said: Said) -> Answer:
    kind = kind_of(turn.draft)
    usual = dict(zip(("t0", "t1"), texts.USUAL_TITLES.get(kind, ()), strict=False))
    title = usual.get(said.key) or clean(said.text)
    if sum(character.isalpha() for character in title) < 2:
        raise BadInput(texts.bad_title(kind))
    if len(title) > texts.LONGEST_TITLE:
        raise BadInput(texts.long_title(kind, len(title)))
    return title


def _read_decision(_turn: Turn, said: Said) -> Answer:
    if said.key == "none" or fold(said.text) in {"khong", "khong co", "chua co"}:
        return ""
    decision = clean(said.text)
    if not decision or len(decision) > LONGEST_DECISION:
        raise BadInput(texts.BAD_DECISION if decision else _bad_choice(texts.NO_DECISION))
    return decision


def _bad_choice(example: str) -> str:
    return texts.BAD_CHOICE.format(example=example)


def _choice_field(
    name: str, question: str, options: dict[str, tuple[str, Answer]], words: Mapping[str, str] = NO_WORDS
) -> Field:
    """A field answered by one of a few buttons: key → (label, what the draft keeps).

    ``words`` are other answers that people type, folded, with the key that each means.
    """
    choices: Rows = rows(*(Choice(label, key) for key, (label, _) in options.items()))
    labels = {value: label for label, value in options.values() if not isinstance(value, dict)}

    def read(_turn: Turn, said: Said) -> Answer:
        key = said.key or words.get(fold(said.text).strip(" .!"), "")
        if key not in options:
            raise BadInput(_bad_choice(next(iter(options.values()))[0]))
        return options[key][1]

    return Field(
        name, lambda _: Reply(question, choices), read, lambda turn: labels.get(turn.draft.get(name), "chưa rõ")
    )


def _shown(name: str, otherwise: str) -> Callable[[Turn], str]:
    return lambda turn: str(turn.draft.get(name) or otherwise)


def _shown_day(name: str) -> Callable[[Turn], str]:
    return lambda turn: texts.full_day(date.fromisoformat(turn.draft[name]))


def _responsibilities(turn: Turn) -> dict[str, str]:
    """The responsibilities of the plans that run for the speaker, by id."""
    unit = own_unit(turn)
    if unit is None:
        return {}
    items = responsibilities_for(turn.session, turn.house.plan, unit, turn.today)
    return {item.id: item.title for item in items}


def _ask_responsibility(turn: Turn) -> Reply:
    choices = (Choice(title, item) for item, title in _responsibilities(turn).items())
    return Reply(texts.ASK_RESPONSIBILITY, rows(*choices, Choice(texts.NO_RESPONSIBILITY, "none"), width=1))


def _read_responsibility(turn: Turn, said: Said) -> Answer:
    if said.key == "none":
        return None
    if said.key not in _responsibilities(turn):
        raise BadInput(_bad_choice(texts.NO_RESPONSIBILITY))
    return said.key


def _show_responsibility(turn: Turn) -> str:
    tag = turn.draft.get("responsibility")
    return _responsibilities(turn).get(tag, tag) if tag else ""


FIELDS: tuple[Field, ...] = (
    _choice_field("form", texts.ASK_FORM, {form.value: (form.label, form.value) for form in Form}),
    Field("day", _ask_day, _read_day, _shown_day("day"), unsettles=True, wants_number=True),
    Field("organiser", ask_unit, read_unit, show_unit, unsettles=True),
    Field("time", _ask_time, _read_time, _show_time, unsettles=True, wants_number=True),
    Field("title", _ask_title, _read_title, _shown("title", texts.NO_TITLE)),
    _choice_field("stage", texts.ASK_STAGE, {stage.value: (stage.label, stage.value) for stage in Stage}),
    _choice_field("applied", texts.ASK_APPLIED, {"yes": (texts.YES_APPLIED, True), "no": (texts.NOT_APPLIED, False)}),
    _choice_field("by", texts.ASK_BY, {by.value: (by.label, by.value) for by in RecognisedBy}),
    Field(
        "recognised_on", _ask_recognised_on, _read_day, _shown_day("recognised_on"), unsettles=True, wants_number=True
    ),
    Field(
        "decision",
        lambda _: Reply(texts.ASK_DECISION, rows(Choice(texts.NO_DECISION, "none"))),
        _read_decision,
        _shown("decision", texts.NO_TITLE),
        wants_number=True,
    ),
    Field("responsibility", _ask_responsibility, _read_responsibility, _show_responsibility),
    _choice_field(
        "on_time", texts.ASK_ON_TIME, {"yes": (texts.ON_TIME, True), "late": (texts.LATE, False)}, PUNCTUAL_WORDS
    ),
)


def label_of(name: str, draft: Draft) -> str:
    """What the field is called on the card."""
    if name == "organiser" and kind_of(draft) is EntryKind.SUMMONED_MEETING:
        return texts.CONVENER
    return texts.FIELDS[name]
