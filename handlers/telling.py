"""Telling another cadre something out of a conversation: once, in the chat last used, at a welcome hour."""

from handlers.messages import Choice
from handlers.turn import Turn
from storage.outbox import enqueue
from storage.reminding import recipients


def tell(turn: Turn, cadre_id: int, kind: str, key: str, text: str, *choices: Choice) -> bool:
    """Put ``text`` with buttons that speak commands into the outbox; False when the cadre has no chat."""
    found = recipients(turn.session, [cadre_id])
    if not found:
        return False
    person = found[0]
    return enqueue(
        turn.session,
        key=key,
        channel=person.channel,
        chat_id=person.chat_id,
        cadre_id=cadre_id,
        kind=kind,
        body={"text": text, "choices": [[[choice.label, choice.key]] for choice in choices]},
        now=turn.now,
        not_before=person.next_welcome(turn.house.clock, turn.now),
    )
