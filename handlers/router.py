"""One message in, replies out: commands, answers to the form that waits, stale buttons, and everything else."""

from dataclasses import replace

from handlers import flow as engine
from handlers import numbered
from handlers.commands import Audience, Command, Start
from handlers.conversations import spoken
from handlers.flow import Flow, Outcome
from handlers.messages import Reply
from handlers.registry import COMMANDS, FLOWS, WORDS, menu_for
from handlers.texts import common
from handlers.turn import Turn
from storage.access_records import record_access
from storage.standings import Standing
from storage.text import fold
from storage.visible import find_unit

LONGEST_TEXT = 4000


def handle(turn: Turn, standing: Standing) -> list[Reply]:
    """Answer ``turn.inbound``; ``standing`` is changed to where the chat then stands."""
    turn.inbound = numbered.meant(turn.inbound, standing.offered, standing.version)
    replies = _answer(turn, standing)
    if not turn.capabilities.buttons:
        standing.offered = numbered.offered(replies)
    return replies


def _answer(turn: Turn, standing: Standing) -> list[Reply]:
    turn.draft = dict(standing.draft)
    inbound = turn.inbound
    flow = FLOWS.get(standing.flow)
    if inbound.choice and not inbound.choice.startswith("/"):
        return _pressed(turn, standing, flow)
    said = inbound.choice or inbound.text.strip()
    if len(said) > LONGEST_TEXT:
        return _again(turn, standing, flow, common.TOO_LONG) if flow else [Reply(common.TOO_LONG, common.MENU_BUTTON)]
    if said.startswith("/") and (command := _command(said)) is not None:
        return _run(turn, standing, flow, command, said)
    if flow is not None:
        return _settle(turn, standing, flow, engine.answer(flow, turn, standing.step, ""))
    return _idle(turn, standing, said)


def _pressed(turn: Turn, standing: Standing, flow: Flow | None) -> list[Reply]:
    version, _, key = turn.inbound.choice.partition(":")
    if flow is None:
        return [Reply(common.FORM_OVER if turn.actor else common.MOVED_ON, common.MENU_BUTTON)]
    if version != str(standing.version):
        return _again(turn, standing, flow, common.MOVED_ON)
    return _settle(turn, standing, flow, engine.answer(flow, turn, standing.step, key))


def _command(said: str) -> Command | None:
    name = said.split(maxsplit=1)[0][1:].split("@", maxsplit=1)[0]
    return COMMANDS.get(fold(name))


def _refusal(turn: Turn, command: Command) -> str:
    if turn.actor is None:
        return common.NOT_JOINED
    return common.ADMINS_ONLY if command.audience is Audience.ADMIN else common.NOT_ALLOWED


def _run(turn: Turn, standing: Standing, flow: Flow | None, command: Command, said: str) -> list[Reply]:
    if flow is not None and command.name in {"huy", "quaylai"}:
        return _settle(turn, standing, flow, engine.answer(flow, turn, standing.step, ""))
    if Audience.of(turn) < command.audience:
        return [Reply(_refusal(turn, command))]
    args = said.partition(" ")[2].strip()
    result = command.run(turn, args)
    _record(turn, command, args)
    if isinstance(result, Start):
        notice = [Reply(_left(flow))] if flow is not None else []
        turn.draft = dict(result.draft)
        return notice + _settle(turn, standing, result.flow, engine.begin(result.flow, turn))
    if flow is not None:
        return result + _again(turn, standing, flow, "")
    return result


def _record(turn: Turn, command: Command, args: str) -> None:
    """Record whose data a follower was shown; where no cadre is named, lists of that unit or of those followed."""
    if turn.actor is None or command.audience < Audience.FOLLOWER:
        return
    units: tuple[int, ...] = ()
    if not turn.shown:
        named = find_unit(turn.session, turn.actor, args.partition(" ")[0], turn.today) if args else None
        units = (named.id,) if named is not None else turn.actor.followed
    who, channel = turn.actor.cadre_id, turn.inbound.channel
    record_access(turn.session, who, command.name, channel, turn.now, cadres=turn.shown, units=units)


def _left(flow: Flow) -> str:
    return common.put_aside(flow.title) if flow.keeps_answers else common.dropped(flow.title)


def _open(turn: Turn, standing: Standing, start: Start) -> list[Reply]:
    turn.draft = dict(start.draft)
    replies = _settle(turn, standing, start.flow, engine.begin(start.flow, turn))
    if start.before:
        first = replies[0]
        replies[0] = replace(first, text=f"{start.before}\n\n{first.text}")
    return replies


def _again(turn: Turn, standing: Standing, flow: Flow, before: str) -> list[Reply]:
    return _settle(turn, standing, flow, engine.ask(flow, turn, standing.step, before))


def _idle(turn: Turn, standing: Standing, said: str) -> list[Reply]:
    folded = fold(said)
    command = WORDS.get(folded)
    if command is None and turn.actor is None and said:
        command = COMMANDS["start"]
        return _run(turn, standing, None, command, f"/start {said}")
    if command is not None:
        return _run(turn, standing, None, command, f"/{command.name}")
    if folded in engine.CANCEL_WORDS:
        return [Reply(common.NOTHING_TO_CANCEL, menu_for(turn))]
    if folded in engine.BACK_WORDS:
        return [Reply(common.NOTHING_TO_GO_BACK, menu_for(turn))]
    if turn.actor is None:
        return [Reply(common.NOT_JOINED)]
    if not said and not turn.inbound.photo:
        return [Reply(common.UNKNOWN_FILE, menu_for(turn))]
    heard = spoken.hear(turn, said)
    if isinstance(heard, Start):
        return _open(turn, standing, heard)
    if isinstance(heard, str):
        return _run(turn, standing, None, COMMANDS[heard.split(maxsplit=1)[0][1:]], heard)
    return heard or [Reply(common.UNKNOWN, menu_for(turn))]


def _settle(turn: Turn, standing: Standing, flow: Flow, outcome: Outcome) -> list[Reply]:
    """Write down where the chat now stands. Every question has its own version, so older buttons are known as such."""
    standing.version += 1
    standing.updated_at = turn.now
    standing.step = outcome.step
    standing.flow = (outcome.flow or flow).name if outcome.step else ""
    standing.draft = dict(turn.draft) if outcome.step else {}
    return outcome.replies
