"""Erasing one's own data (/xoadulieu): told what goes and what stays, asked twice, done at once."""

from handlers.commands import Audience, Command, Start
from handlers.flow import BadInput, Flow, Said, Step
from handlers.messages import Choice, Reply, rows
from handlers.texts import erasing as texts
from handlers.turn import Turn
from storage.erasure import erase, is_last_admin
from storage.text import fold


def _begin(turn: Turn, _args: str) -> list[Reply] | Start:
    if is_last_admin(turn.session, turn.cadre.cadre_id, turn.today):
        return [Reply(texts.LAST_ADMIN)]
    return Start(ERASE)


def _read_first(_turn: Turn, said: Said) -> None:
    if said.key != "on":
        raise BadInput(texts.FIRST_EXAMPLE)


def _read_word(_turn: Turn, said: Said) -> None:
    if fold(said.text) != fold(texts.CODE_WORD):
        raise BadInput(texts.REALLY_EXAMPLE)


def _finish(turn: Turn) -> list[Reply]:
    chat = turn.inbound.channel, turn.inbound.chat_id
    if is_last_admin(turn.session, turn.cadre.cadre_id, turn.today):
        return [Reply(texts.LAST_ADMIN)]
    erase(turn.session, turn.cadre.cadre_id, turn.today, turn.now, spare=chat)
    return [Reply(texts.DONE)]


ERASE = Flow(
    "erase",
    texts.TITLE,
    (
        Step("first", lambda _turn: Reply(texts.NOTICE, rows(Choice(texts.GO_ON, "on"))), _read_first),
        Step("word", lambda _turn: Reply(texts.REALLY), _read_word),
    ),
    _finish,
)
FLOWS = (ERASE,)
COMMANDS = (
    Command(
        "xoadulieu",
        _begin,
        Audience.CADRE,
        help="xóa dữ liệu của tôi, hai lần xác nhận",
        words=("xoa du lieu", "xoa du lieu cua toi"),
    ),
)
