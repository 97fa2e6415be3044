"""Joining with a one-time code and an explicit agreement (/start), and leaving again (/roi)."""

from handlers.commands import Audience, Command, Start
from handlers.flow import BadInput, Flow, Said, Step
from handlers.messages import Choice, Reply, rows
from handlers.texts import common, wording
from handlers.texts import joining as texts
from handlers.turn import Turn
from storage.consents import agree, withdraw
from storage.invites import InviteOutcome, accounts_of, check_code, code_in, redeem
from storage.models import Cadre
from storage.people import positions_of

SHORTEST_LIKELY_CODE = 12
BEGIN = rows(Choice(texts.LOG, "/ghi"), Choice(texts.PROGRESS, "/tiendo"), Choice(texts.MENU, "/menu"))


def _start(turn: Turn, args: str) -> list[Reply] | Start:
    code = code_in(args)
    if code is None:
        return [_without_code(turn, args)]
    inbound = turn.inbound
    check = check_code(turn.session, inbound.channel, inbound.chat_id, code, turn.now)
    if check.cadre_id is None:
        return [_refused(turn, check.outcome)]
    if turn.actor is not None and turn.actor.cadre_id == check.cadre_id:
        return [Reply(texts.already(turn.actor.name), BEGIN)]
    return Start(JOIN, {"code": code, "cadre": check.cadre_id, "name": _name(turn, check.cadre_id)})


def _without_code(turn: Turn, said: str) -> Reply:
    if len(said) >= SHORTEST_LIKELY_CODE and " " not in said and said.isascii():
        return Reply(texts.CODE_SHAPE)
    if turn.actor is None:
        return Reply(common.NOT_JOINED)
    return Reply(texts.who(turn.actor.name, _positions(turn, turn.actor.cadre_id)), BEGIN)


def _refused(turn: Turn, outcome: InviteOutcome) -> Reply:
    said = texts.OUTCOMES[outcome]
    if turn.actor is None:
        return Reply(said)
    return Reply(f"{said}\n{texts.who(turn.actor.name, _positions(turn, turn.actor.cadre_id))}", BEGIN)


def _name(turn: Turn, cadre_id: int) -> str:
    cadre = turn.session.get(Cadre, cadre_id)
    return cadre.full_name if cadre is not None else ""


def _positions(turn: Turn, cadre_id: int) -> list[str]:
    return [position.label for position in positions_of(turn.session, cadre_id, turn.today)]


def _is_anothers(turn: Turn) -> bool:
    return turn.actor is not None and turn.actor.cadre_id != turn.draft["cadre"]


def _ask_switch(turn: Turn) -> Reply:
    choices = rows(Choice(texts.SWITCH, "switch"), Choice(texts.KEEP, "keep"))
    return Reply(texts.ask_switch(turn.cadre.name, turn.draft["name"]), choices)


def _read_switch(turn: Turn, said: Said) -> None:
    turn.draft.pop("told", None)
    turn.draft["keep"] = _one_of(said, {"switch", "keep"}, texts.ANSWER_SWITCH) == "keep"


def _ask_consent(turn: Turn) -> Reply:
    """The whole notice once; when no plain answer comes, only the question, for the notice stands right above."""
    text = texts.notice(turn.draft["name"], turn.house.plan.file.title, turn.inbound.channel)
    if turn.draft.get("told"):
        text = texts.ASK_CONSENT
    turn.draft["told"] = True
    return Reply(text, rows(Choice(texts.AGREE, "agree"), Choice(texts.REFUSE, "refuse")))


def _read_consent(turn: Turn, said: Said) -> None:
    turn.draft["agreed"] = _one_of(said, {"agree", "refuse"}, texts.ANSWER_CONSENT) == "agree"


def _one_of(said: Said, keys: set[str], sentence: str) -> str:
    if said.key not in keys:
        raise BadInput(sentence)
    return said.key


def _join(turn: Turn) -> list[Reply]:
    draft, inbound = turn.draft, turn.inbound
    if draft.get("keep"):
        return [Reply(texts.KEPT, BEGIN)]
    if not draft["agreed"]:
        return [Reply(texts.REFUSED)]
    check = check_code(turn.session, inbound.channel, inbound.chat_id, draft["code"], turn.now)
    if check.cadre_id is None:  # the code was used elsewhere, or has expired, since it was shown
        return [_refused(turn, check.outcome)]
    if turn.actor is not None:
        withdraw(turn.session, turn.actor.cadre_id, inbound.channel, inbound.chat_id, turn.now)
    check = redeem(turn.session, inbound.channel, inbound.chat_id, draft["code"], turn.now)
    if check.cadre_id is None:
        return [_refused(turn, check.outcome)]
    agree(turn.session, check.cadre_id, inbound.channel, inbound.chat_id, texts.TEXT_VERSION, turn.now)
    return [Reply(texts.welcome(draft["name"], _positions(turn, check.cadre_id)), BEGIN)]


def _leave(turn: Turn, _args: str) -> Start:
    chats = [(account.channel, account.chat_id) for account in accounts_of(turn.session, turn.cadre.cadre_id)]
    return Start(LEAVE, {"chats": chats, "everywhere": False})


def _has_several_chats(turn: Turn) -> bool:
    return len(turn.draft["chats"]) > 1


def _ask_scope(_turn: Turn) -> Reply:
    return Reply(texts.ASK_SCOPE, rows(Choice(texts.THIS_CHAT, "this"), Choice(texts.ALL_CHATS, "all"), width=1))


def _read_scope(turn: Turn, said: Said) -> None:
    turn.draft["everywhere"] = _one_of(said, {"this", "all"}, texts.ANSWER_SCOPE) == "all"


def _ask_sure(turn: Turn) -> Reply:
    channels = [wording.channel(channel) for channel, _ in turn.draft["chats"]]
    text = texts.ask_leave(channels, turn.draft["everywhere"])
    return Reply(text, rows(Choice(texts.LEAVE, "leave"), Choice(texts.STAY, "stay")))


def _read_sure(turn: Turn, said: Said) -> None:
    turn.draft["leave"] = _one_of(said, {"leave", "stay"}, texts.ANSWER_LEAVE) == "leave"


def _left(turn: Turn) -> list[Reply]:
    if not turn.draft["leave"]:
        return [Reply(texts.STAYED, common.MENU_BUTTON)]
    here = (turn.inbound.channel, turn.inbound.chat_id)
    accounts = accounts_of(turn.session, turn.cadre.cadre_id)
    mine = [(account.channel, account.chat_id) for account in accounts]
    chats = mine if turn.draft["everywhere"] else [here]
    for channel, chat_id in chats:
        withdraw(turn.session, turn.cadre.cadre_id, channel, chat_id, turn.now)
    return [Reply(texts.left([channel for channel, _ in chats]))]


JOIN = Flow(
    "join",
    texts.TITLE,
    (
        Step("switch", _ask_switch, _read_switch, applies=_is_anothers),
        Step("consent", _ask_consent, _read_consent, applies=lambda turn: not turn.draft.get("keep")),
    ),
    _join,
)
LEAVE = Flow(
    "leave",
    texts.TITLE_LEAVE,
    (
        Step("scope", _ask_scope, _read_scope, applies=_has_several_chats),
        Step("sure", _ask_sure, _read_sure),
    ),
    _left,
)

FLOWS = (JOIN, LEAVE)
COMMANDS = (
    Command("start", _start, Audience.ANYONE),
    Command("roi", _leave, Audience.CADRE, words=("roi", "roi bot", "rut lai dong y")),
)
