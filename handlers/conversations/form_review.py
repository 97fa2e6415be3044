"""Approving and returning what cadres hand in: /hoso. Own unit and those right below (K-06), never one's own form."""

from handlers.commands import Audience, Command, Start
from handlers.conversations import year_forms as forms
from handlers.conversations.unit import label
from handlers.flow import BadInput, Flow, Said, Step
from handlers.messages import Choice, Reply, rows
from handlers.telling import tell
from handlers.texts import form_review as texts
from handlers.texts.year_forms import PRINT
from handlers.turn import Turn
from storage.documents import (
    RATED_ALREADY,
    RefusedError,
    Waiting,
    approve,
    document_to_review,
    give_back,
    is_rated,
    waiting_documents,
)
from storage.models import DocumentState
from storage.terms import DocumentKind
from storage.text import clean

SHOWN = 10
APPROVED, RETURNED = "form_approved", "form_returned"
_OPENED_BY = {DocumentKind.REGISTRATION: "suadangky", DocumentKind.SELF_REVIEW: "suakiemdiem"}
_BACK = Choice(texts.BACK, "/hoso")


def _list(turn: Turn, _args: str) -> list[Reply]:
    return [_overview(turn)]


def _overview(turn: Turn, before: str = "") -> Reply:
    shown, waiting = waiting_documents(turn.session, turn.cadre, turn.today, SHOWN)
    lines = [texts.HEADING, *map(texts.line, shown)] if shown else [texts.NOTHING]
    if waiting > len(shown):
        lines.append(texts.further(waiting - len(shown)))
    text = "\n".join([*([before, ""] if before else []), *lines])
    choices = (Choice(label(texts.button(one)), f"/phieu {one.document.id}") for one in shown)
    return Reply(text, (*rows(*choices, width=1), (Choice(texts.ASSESS, "/danhgia"),)))


def _find(turn: Turn, args: str) -> Waiting | None:
    word = args.partition(" ")[0]
    number = int(word) if word.isascii() and word.isdecimal() and len(word) < 10 else 0
    return document_to_review(turn.session, turn.cadre, number, turn.today)


def _open(turn: Turn, args: str) -> list[Reply]:
    found = _find(turn, args)
    if found is None:
        return [_overview(turn, texts.GONE)]
    row = found.document
    turn.shows(row.cadre_id)
    choices = [Choice(PRINT, f"/inphieu {row.id}"), _BACK]
    if row.is_handed_in:
        choices.insert(0, Choice(texts.RETURN, f"/traphieu {row.id}"))
    if row.state is DocumentState.SUBMITTED:
        choices.insert(0, Choice(texts.APPROVE, f"/duyetphieu {row.id} {row.version}"))
    return [Reply(texts.page(found), rows(*choices))]


def _print(turn: Turn, args: str) -> list[Reply]:
    found = _find(turn, args)
    if found is None:
        return [_overview(turn, texts.GONE)]
    turn.shows(found.document.cadre_id)
    return [Reply(texts.state(found.document), rows(_BACK), (forms.printed(found.document),))]


def _approve(turn: Turn, args: str) -> list[Reply]:
    found, words = _find(turn, args), args.split()
    if found is None or len(words) != 2 or words[1] != str(found.document.version):
        return [_overview(turn, texts.GONE)]
    row = approve(turn.session, turn.cadre, found.document.id or 0, found.document.version, turn.now, turn.today)
    if row is None:
        return [_overview(turn, texts.GONE)]
    notice = texts.approved_notice(row, turn.cadre.name)
    told = tell(turn, row.cadre_id, APPROVED, f"{APPROVED}:{row.id}:{row.version}", notice)
    return [_overview(turn, texts.approved(found, told=told))]


def _return(turn: Turn, args: str) -> list[Reply] | Start:
    found = _find(turn, args)
    if found is None or not found.document.is_handed_in:
        return [_overview(turn, texts.GONE)]
    row = found.document
    if row.kind is DocumentKind.REGISTRATION and is_rated(turn.session, row.cadre_id, row.year):
        return [_overview(turn, RATED_ALREADY)]
    return Start(FLOW, {"id": found.document.id})


def _ask_reason(_turn: Turn) -> Reply:
    return Reply(texts.ASK_REASON)


def _read_reason(turn: Turn, said: Said) -> None:
    reason = clean(said.text)
    if not 3 <= len(reason) <= 300:
        raise BadInput(texts.REASON_EXAMPLE)
    turn.draft["reason"] = reason


def _finish(turn: Turn) -> list[Reply]:
    found = document_to_review(turn.session, turn.cadre, turn.draft["id"], turn.today)
    try:
        row = give_back(turn.session, turn.cadre, turn.draft["id"], turn.draft["reason"], turn.now, turn.today)
    except RefusedError as refused:
        return [_overview(turn, str(refused))]
    if row is None or found is None:
        return [_overview(turn, texts.GONE)]
    mend = Choice(texts.OPEN_FORM, f"/{_OPENED_BY[row.kind]} {row.year}")
    notice = texts.returned_notice(row, turn.cadre.name)
    told = tell(turn, row.cadre_id, RETURNED, f"{RETURNED}:{row.id}:{row.version}", notice, mend)
    return [_overview(turn, texts.returned(found, told=told))]


FLOW = Flow("return_form", texts.TITLE, (Step("reason", _ask_reason, _read_reason),), _finish)
FLOWS = (FLOW,)
COMMANDS = (
    Command(
        "hoso",
        _list,
        Audience.FOLLOWER,
        label="Hồ sơ năm",
        help="duyệt bản đăng ký, tự kiểm điểm; đánh giá cuối năm",
        words=("ho so nam", "duyet dang ky", "duyet ho so"),
    ),
    Command("phieu", _open, Audience.FOLLOWER),
    Command("inphieu", _print, Audience.FOLLOWER),
    Command("duyetphieu", _approve, Audience.FOLLOWER),
    Command("traphieu", _return, Audience.FOLLOWER),
)
