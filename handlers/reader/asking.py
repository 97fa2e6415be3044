"""Whether a message asks something: a question mark, question words, or "ai" and "mấy" where they ask."""

from handlers.reader.message import Message
from handlers.reader.phrases import AT_END, is_meant
from handlers.reader.subjects import strange_words
from handlers.reader.tags import DEEDS, Tag
from handlers.reader.tokens import Token

COURTESIES = {Tag.FILLER, Tag.SMALLTALK, Tag.SELF, Tag.THEN, Tag.STOP, Tag.TITLE}

_CALLS = {"ad", "admin", "bot", "oi", "ua", "a", "alo", "da", "cho"}


def asks(message: Message) -> bool:
    """Whether it asks."""
    opens_with_rule = bool(message.marks) and message.marks[0].tag is Tag.RULE and message.marks[0].first == 0
    opening = next((token.word for token in message.tokens if token.word.isalpha() and token.word not in _CALLS), "")
    spoken = [token.word for token in message.tokens if token.word.isalpha()]
    return (
        message.has(Tag.QUESTION)
        or opens_with_rule
        or opening == "sao"
        or any(
            mark.tag is Tag.PROGRESS and {"may", "nhieu"} & set(message.words(mark).split()) for mark in message.marks
        )
        or (message.has(Tag.PROGRESS) and spoken[-1:] in (["vay"], ["the"], ["z"], ["ta"], ["nhi"]))
        or _asks_at_end(message)
        or _asks_how_many(message)
        or _asks_who(message)
    )


def _asks_who(message: Message) -> bool:
    """Whether "ai" stands where the writer would: "hôm qua ai dọn rác"."""
    return any("ai" in strange_words(message, group, 0) for group in message.groups)


def _asks_how_many(message: Message) -> bool:
    """Whether "mấy giờ", "mấy tiếng" opens or ends the message; in between it may only be vague."""
    for mark in message.marks:
        if mark.tag is Tag.TIME and message.tokens[mark.first].word == "may":
            after = {token.word for token in message.tokens[mark.end :] if token.word.isalnum()}
            if mark.first == 0 or after <= {"vay", "a", "ad", "bot", "ta", "z", "the", "nhi", "ha", "oi", "em", "nua"}:
                return True
    return False


def _asks_at_end(message: Message) -> bool:
    """A question mark, or a question word with nothing but courtesies after it before a stop."""
    covered = {at for mark in message.marks if mark.tag in COURTESIES for at in range(mark.first, mark.end)}
    inside = {
        at
        for mark in message.marks
        if mark.tag in {Tag.HARMLESS, Tag.PROPOSED, Tag.THING, Tag.DAY, Tag.PUNCTUAL} | DEEDS
        for at in range(mark.first, mark.end)
    }
    last = True
    for at in range(len(message.tokens) - 1, -1, -1):
        word = message.tokens[at].word
        if word == "?":
            return True
        if word in {".", "\n", ";", ",", "!"}:
            last = True
        elif last and word in AT_END and at > 0 and at not in inside and _may_ask(message.tokens[at]):
            return True
        elif at not in covered and word.isalnum():
            last = False
    return False


def _may_ask(token: Token) -> bool:
    return is_meant(token) and not token.text.istitle()
