"""Writing an opinion (/gopyviet)."""

from handlers.commands import Audience, Command, Start
from handlers.conversations.criticism_pages import found, listed, round_of, unit_of
from handlers.conversations.unit import label
from handlers.flow import BadInput, Flow, Reopen, Said, Step
from handlers.messages import Choice, Reply, rows
from handlers.telling import tell
from handlers.texts import criticism as texts
from handlers.turn import Turn
from storage import criticism as rounds
from storage.deadlines import followers_by_unit, who_waits
from storage.models import Opinion
from storage.plan_work import load_units
from storage.plans.sections import Item
from storage.text import clean

WAITS = "opinion_waits"


def _write(turn: Turn, args: str) -> list[Reply] | Start:
    row = found(turn, args)
    if row is None or not rounds.takes_opinions(row):
        return [listed(turn, texts.GONE)]
    return Start(WRITE, {"round": row.id})


def _ask_subject(turn: Turn) -> Reply:
    row = round_of(turn)
    choices = [Choice(texts.COMMITTEE, "0")] if row.committee else []
    choices += [Choice(name, str(one)) for one, name in rounds.subjects_of(turn.session, row).items()]
    return Reply(texts.ASK_SUBJECT, rows(*choices, width=1))


def _read_subject(turn: Turn, said: Said) -> None:
    if not said.key:
        raise BadInput(texts.CHOOSE_EXAMPLE)
    if int(said.key) == turn.cadre.cadre_id:
        raise BadInput(texts.ABOUT_ONESELF)
    turn.draft["subject"] = int(said.key) or None


def _read_item(name: str, turn: Turn, said: Said) -> None:
    if said.key not in {one.id for one in _items(name, turn)}:
        raise BadInput(texts.CHOOSE_EXAMPLE)
    turn.draft[name] = said.key


def _read_said_by(turn: Turn, said: Said) -> None:
    name = "" if said.key == "unnamed" else clean(said.text)
    if not said.key and not 2 <= len(name) <= 200:
        raise BadInput(texts.SAID_BY_EXAMPLE)
    turn.draft["said_by"] = name


def _read_words(turn: Turn, said: Said) -> None:
    words = clean(said.text)
    if not 5 <= len(words) <= 1500:
        raise BadInput(texts.WORDS_EXAMPLE)
    turn.draft["words"] = words


def _finish_write(turn: Turn) -> list[Reply]:
    draft, row = turn.draft, round_of(turn)
    if not rounds.takes_opinions(row):
        return [listed(turn, texts.GONE)]
    opinion = Opinion(
        criticism_id=row.id or 0,
        author_id=turn.cadre.cadre_id,
        source=draft.get("source", ""),
        said_by=draft.get("said_by"),
        subject_id=draft["subject"],
        theme=draft.get("theme", ""),
        words=draft["words"],
        written_at=turn.now,
    )
    turn.session.add(opinion)
    turn.session.flush()
    if opinion.subject_id == row.owner_id:
        units, followers = load_units(turn.session, turn.today), followers_by_unit(turn.session, turn.today)
        for one in sorted(who_waits(units, followers, row.unit_id) - {row.owner_id}):
            text = texts.notice_moderate(unit_of(turn, row))
            tell(turn, one, WAITS, f"{WAITS}:{opinion.id}:{one}", text, Choice("Xem", "/gopyduyet"))
    return [listed(turn, texts.WRITTEN)]


def _ask_items(name: str, turn: Turn) -> Reply:
    question = texts.ASK_SOURCE if name == "source" else texts.ASK_THEME
    choices = (Choice(label(item.title, 60), item.id) for item in _items(name, turn))
    return Reply(question, rows(*choices, width=1))


def _items(name: str, turn: Turn) -> list[Item]:
    """The themes, or the groups the speaker may speak for: those without a chat are the owner's to take down."""
    row = round_of(turn)
    kind, mine = rounds.plan_round(row), row.owner_id == turn.cadre.cadre_id
    return [one for one in kind.contributors if mine or not one.outside] if name == "source" else list(kind.themes)


def _ask_words(turn: Turn) -> Reply:
    return Reply(texts.ASK_THEIR_WORDS if "said_by" in turn.draft else texts.ASK_WORDS)


def _ask_sure(turn: Turn) -> Reply:
    names = {0: texts.COMMITTEE.lower(), **rounds.subjects_of(turn.session, round_of(turn))}
    text = texts.sure(names.get(turn.draft["subject"] or 0, ""), turn.draft["words"])
    return Reply(text, rows(Choice(texts.SEND, "send"), Choice(texts.CHANGE, "change")))


def _read_sure(_turn: Turn, said: Said) -> None:
    if said.key == "change":
        raise Reopen("words", "sure")
    if said.key != "send":
        raise BadInput(texts.SEND_EXAMPLE)


WRITE = Flow(
    "opinion",
    texts.WRITE_TITLE,
    (
        Step("subject", _ask_subject, _read_subject),
        Step(
            "source",
            lambda turn: _ask_items("source", turn),
            lambda turn, said: _read_item("source", turn, said),
            applies=lambda turn: bool(_items("source", turn)),
        ),
        Step(
            "said_by",
            lambda _turn: Reply(texts.ASK_SAID_BY, rows(Choice(texts.UNNAMED, "unnamed"))),
            _read_said_by,
            applies=lambda turn: rounds.is_outside(round_of(turn), turn.draft.get("source", "")),
        ),
        Step(
            "theme",
            lambda turn: _ask_items("theme", turn),
            lambda turn, said: _read_item("theme", turn, said),
            applies=lambda turn: bool(_items("theme", turn)),
        ),
        Step("words", _ask_words, _read_words),
        Step("sure", _ask_sure, _read_sure),
    ),
    _finish_write,
)
FLOWS = (WRITE,)
COMMANDS = (Command("gopyviet", _write, Audience.CADRE),)
