"""A message cut up, as those who judge it see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.reader.clauses import Clause
from handlers.reader.tags import Mark, Tag
from handlers.reader.tokens import Token

# What a word belongs to when it cannot stand for what the writer did.
_FIRM = frozenset(
    {Tag.THING, Tag.UNION, Tag.PLACE, Tag.DAY, Tag.TIME, Tag.PART, Tag.CLOCK_CUE, Tag.PLEASE_LOG, Tag.PROPOSED}
)


@dataclass(frozen=True, slots=True)
class Message:
    """A message cut up: its tokens, its marks, and one group of marks for each deed."""

    tokens: Sequence[Token]
    marks: Sequence[Mark]
    groups: Sequence[Clause]

    def has(self, *tags: Tag) -> bool:
        """Whether some mark is one of ``tags``."""
        return any(mark.tag in tags for mark in self.marks)

    @property
    def tells(self) -> bool:
        """Whether it tells of a deed at all."""
        return any(map(tells_of_deed, self.groups))

    def names_thing(self, at: int) -> bool:
        """Whether the token at ``at`` is a part of the name of a thing, a body, a place, a day or a time."""
        return any(mark.tag in _FIRM and mark.first <= at < mark.end for mark in self.marks)

    def words(self, mark: Mark) -> str:
        """The folded words of a mark."""
        return " ".join(token.word for token in self.tokens[mark.first : mark.end])


def tells_of_deed(group: Clause) -> bool:
    """Whether a deed is told: a weak verb alone, as in "đẹp lắm", is none."""
    deed = group.deed
    return deed is not None and (deed.tag is not Tag.VERB or group.has(Tag.THING, Tag.UNION, Tag.TIME, Tag.DAY))
