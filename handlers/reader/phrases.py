"""The tables of words, ``deeds.txt`` and ``speech.txt``: a tag in brackets, then its phrases between bars.

``forms.txt`` tells with which marks some words are meant: "đâu" asks, "đầu" does not.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from unicodedata import normalize

from handlers.reader.tags import Tag
from handlers.reader.tokens import SPELLINGS, Token

Phrase = tuple[str, ...]
Meaning = tuple[Tag, str | None]
_FOLDER = Path(__file__).parent
_LINE_END: Phrase = ("\n",)


def words_of(text: str) -> frozenset[str]:
    """The words of ``text``."""
    return frozenset(text.split())


def _lines(name: str) -> Iterator[tuple[str, str]]:
    """Each line of phrases with the head of its table."""
    head = ""
    for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            head = line.strip("[]")
        elif line and not line.startswith("#"):
            yield head, line


def _read(*names: str) -> dict[str, list[Phrase]]:
    tables: dict[str, list[Phrase]] = {}
    for name in names:
        for head, line in _lines(name):
            phrases = (tuple(SPELLINGS.get(word, word) for word in phrase.split()) for phrase in line.split("|"))
            tables.setdefault(head, []).extend(phrase for phrase in phrases if phrase)
    return tables


_TABLES = _read("deeds.txt", "speech.txt")
AT_END = frozenset(word for phrase in _TABLES.pop("at_end") for word in phrase)
INSTEAD = frozenset(word for phrase in _TABLES.pop("instead") for word in phrase)
NAMES = frozenset(word for phrase in _TABLES.pop("name") for word in phrase)


def _by_first_word() -> dict[str, tuple[tuple[Phrase, tuple[Meaning, ...]], ...]]:
    """The phrases by first word, the longest first, each with all that it can mean."""
    meanings: dict[Phrase, list[Meaning]] = {_LINE_END: [(Tag.STOP, None)]}
    for head, phrases in _TABLES.items():
        tag, _, value = head.partition(" ")
        meaning = (Tag[tag.upper()], value or None)
        for phrase in dict.fromkeys(phrases):
            meanings.setdefault(phrase, []).append(meaning)
    by_first: dict[str, list[tuple[Phrase, tuple[Meaning, ...]]]] = {}
    for phrase in sorted(meanings, key=len, reverse=True):
        by_first.setdefault(phrase[0], []).append((phrase, tuple(meanings[phrase])))
    return {first: tuple(found) for first, found in by_first.items()}


def _forms(of: str = "") -> dict[str, frozenset[str]]:
    lines = (line for head, line in _lines("forms.txt") if head == of)
    return {word: frozenset(forms.split()) for word, _, forms in (line.partition(": ") for line in lines)}


_FORMS, _VERB_FORMS = _forms(), _forms("verb")
# Tags of which a phrase counts only as it is written in ``forms.txt``.
_EXACT = {
    Tag.NOT, Tag.CALLED_OFF, Tag.QUESTION, Tag.PROGRESS, Tag.RULE, Tag.PLAN, Tag.ONGOING, Tag.ANNOUNCEMENT,
    Tag.CORRECTION, Tag.REMINDER, Tag.UNSURE, Tag.LATE, Tag.TITLE,
}  # fmt: skip


def is_meant(token: Token, forms_of: Mapping[str, frozenset[str]] = _FORMS) -> bool:
    """Whether ``token`` may be the word of the tables, by the marks with which it is written."""
    forms = forms_of.get(token.word)
    if forms is None:
        return True
    written = normalize("NFC", token.text.lower())
    return written.isascii() or written in forms


def meanings_of(tokens: Sequence[Token], meanings: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
    """What a phrase of the tables means as ``tokens`` write it."""
    if len(tokens) == 1 and not is_meant(tokens[0], _VERB_FORMS):
        meanings = tuple(meaning for meaning in meanings if meaning[0] is not Tag.VERB)
    if all(map(is_meant, tokens)):
        return meanings
    return tuple(meaning for meaning in meanings if meaning[0] not in _EXACT)


PHRASES = _by_first_word()
WORDS = frozenset(word for found in PHRASES.values() for phrase, _ in found for word in phrase)
