"""Initiatives of the people followed: /sangkien shows what waits and for how long, /congnhan writes a recognition."""

from datetime import date

from handlers.commands import Audience, Command, Start
from handlers.conversations.entry_draft import term
from handlers.conversations.entry_fields import FIELDS, Field
from handlers.conversations.unit import label, paged
from handlers.flow import BadInput, Flow, Reopen, Said, Step
from handlers.messages import Choice, Reply, rows
from handlers.telling import tell
from handlers.texts import initiatives as texts
from handlers.turn import Turn
from storage.initiatives import Recognition, Stage, count_initiatives, initiatives_at, recognise, to_recognise
from storage.terms import RecognisedBy
from storage.text import fold

NOTICE = "recognised"
SHOWN = 8
_WORDS = {"de xuat": Stage.PROPOSED, "ap dung": Stage.APPLIED, "cong nhan": Stage.RECOGNISED}
_ASKED = ("by", "recognised_on", "decision")


def _overview(turn: Turn, args: str) -> list[Reply]:
    wanted, page = paged(args)
    return [_list(turn, _stage(wanted), page=page)]


def _stage(args: str) -> Stage | None:
    words = fold(args)
    return next((stage for phrase, stage in _WORDS.items() if phrase in words), None)


def _list(turn: Turn, wanted: Stage | None = None, before: str = "", page: int = 1) -> Reply:
    """Those at a stage; at the one nearest to recognition where somebody waits, when none is wanted."""
    counts = count_initiatives(turn.session, turn.cadre, turn.today)
    stage = wanted or (Stage.APPLIED if counts[Stage.APPLIED] else Stage.PROPOSED)
    found = initiatives_at(turn.session, turn.cadre, stage, turn.today, SHOWN, SHOWN * (page - 1))
    waiting = () if stage is Stage.RECOGNISED else found
    choices = [Choice(label(texts.recognise_button(one), 60), f"/congnhan {one.entry.id}") for one in waiting]
    others = [Choice(one.label, f"/sangkien {word}") for word, one in _WORDS.items() if one is not stage]
    left = counts[stage] - SHOWN * (page - 1) - len(found)
    if found and left > 0:
        word = next(word for word, one in _WORDS.items() if one is stage)
        choices.append(Choice(texts.further(left), f"/sangkien {word} #{page + 1}"))
    text = texts.overview(stage, counts, found, turn.today)
    return Reply(f"{before}\n\n{text}" if before else text, (*rows(*choices, width=1), *rows(*others)))


def _recognise(turn: Turn, args: str) -> list[Reply] | Start:
    word = args.strip()
    entry_id = int(word) if word.isascii() and word.isdecimal() and len(word) < 10 else 0
    if to_recognise(turn.session, turn.cadre, entry_id, turn.today) is None:
        return [_list(turn, before=texts.GONE)]
    return Start(RECOGNISE, {"id": entry_id})


def _step(field: Field) -> Step:
    def read(turn: Turn, said: Said) -> None:
        turn.draft[field.name] = field.read(turn, said)

    return Step(field.name, field.ask, read, wants_number=field.wants_number)


def _said(turn: Turn) -> Recognition:
    draft = turn.draft
    return Recognition(term(RecognisedBy, draft["by"]), date.fromisoformat(draft["recognised_on"]), draft["decision"])


def _ask_sure(turn: Turn) -> Reply:
    waiting = to_recognise(turn.session, turn.cadre, turn.draft["id"], turn.today)
    if waiting is None:
        return Reply(texts.GONE)
    return Reply(texts.card(waiting, _said(turn)), rows(Choice(texts.SAVE, "save"), Choice(texts.EDIT, "change")))


def _read_sure(_turn: Turn, said: Said) -> None:
    if said.key == "change":
        raise Reopen(*_ASKED, "sure")
    if said.key != "save":
        raise BadInput(texts.CARD_EXAMPLE)


def _finish(turn: Turn) -> list[Reply]:
    waiting = to_recognise(turn.session, turn.cadre, turn.draft["id"], turn.today)
    entry = recognise(turn.session, turn.cadre, turn.draft["id"], _said(turn), turn.now, turn.today)
    if waiting is None or entry is None:
        return [_list(turn, before=texts.GONE)]
    told = tell(
        turn,
        entry.cadre_id,
        NOTICE,
        f"{NOTICE}:{entry.id}:{turn.now.isoformat()}",
        texts.notice(entry, turn.cadre.name),
        Choice(texts.SEE, f"/muc {entry.id}"),
    )
    return [_list(turn, before=texts.saved(waiting.cadre_name, told=told))]


RECOGNISE = Flow(
    "recognise_initiative",
    texts.TITLE,
    (*(_step(field) for field in FIELDS if field.name in _ASKED), Step("sure", _ask_sure, _read_sure)),
    _finish,
)
FLOWS = (RECOGNISE,)
COMMANDS = (
    Command(
        "sangkien",
        _overview,
        Audience.FOLLOWER,
        label="Sáng kiến",
        of_unit=True,
        help="sáng kiến đang chờ công nhận của cán bộ đơn vị",
        words=("sang kien cho cong nhan", "sang kien don vi"),
    ),
    Command("congnhan", _recognise, Audience.FOLLOWER),
)
