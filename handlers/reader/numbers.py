"""Numbers in figures and in words, up to a few thousand: enough for days, clocks and durations."""

from collections.abc import Sequence

from handlers.reader.tokens import Token

ONES = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9}
_LAST = {**ONES, "tu": 4, "lam": 5}
_TEN = "muoi"

Found = tuple[int, int]


def word_at(tokens: Sequence[Token], at: int) -> str:
    """The folded word at ``at``, empty past either end."""
    return tokens[at].word if 0 <= at < len(tokens) else ""


def number_at(tokens: Sequence[Token], at: int) -> Found | None:
    """The number that begins at ``at`` and where it ends: "12", "hai", "mười hai", "hai mươi lăm"."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.number is not None:
        return token.number, at + 1
    if token.word == _TEN:
        last = _LAST.get(word_at(tokens, at + 1))
        return (10, at + 1) if last is None else (10 + last, at + 2)
    one = ONES.get(token.word)
    if one is None:
        return None
    if word_at(tokens, at + 1) != _TEN:
        return one, at + 1
    last = _LAST.get(word_at(tokens, at + 2))
    return (10 * one, at + 2) if last is None else (10 * one + last, at + 3)


def amount_at(tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
    """A number that may have a decimal part: "2,5", "1.5", "hai"."""
    whole = number_at(tokens, at)
    if whole is None or tokens[at].number is None or at + 2 >= len(tokens):
        return whole
    sign, part = tokens[at + 1], tokens[at + 2]
    if sign.word in {",", "."} and sign.glued and part.glued and part.number is not None and len(part.text) <= 2:
        return float(f"{whole[0]}.{part.text}"), at + 3
    return whole
