"""Which marks belong to one deed: a message is cut into clauses, and clauses are gathered into groups.

A new deed begins at a word for another kind of deed, or at a deed with a day or a time of its own; words between two
stops that tell of no deed belong to the deed before them, or to the next one when a day opens it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from handlers.reader.tags import DEEDS, WORKS, Mark, Tag

_CUTS = {Tag.STOP, Tag.THEN, Tag.AND}
_WHEN = {Tag.DAY, Tag.TIME, Tag.PART}


@dataclass(slots=True)
class Clause:
    """Marks between two cuts; ``cut`` is what stood before."""

    cut: Tag | None
    marks: list[Mark] = field(default_factory=list)

    def has(self, *tags: Tag) -> bool:
        """Whether some mark is one of ``tags``."""
        return any(mark.tag in tags for mark in self.marks)

    def all(self, *tags: Tag) -> list[Mark]:
        """The marks that are one of ``tags``."""
        return [mark for mark in self.marks if mark.tag in tags]

    @property
    def deed(self) -> Mark | None:
        """The first word for a deed, a weak verb only where there is nothing better."""
        deeds = self.all(*DEEDS)
        return next((mark for mark in deeds if mark.tag is not Tag.VERB), deeds[0] if deeds else None)


def clauses_of(marks: Sequence[Mark]) -> list[Clause]:
    """The marks cut at stops and at words such as "rồi"; what two marks of one phrase say is kept together."""
    clauses = [Clause(None)]
    for mark in marks:
        if mark.tag in _CUTS:
            if clauses[-1].marks:
                clauses.append(Clause(mark.tag))
            elif len(clauses) > 1 and mark.tag is Tag.THEN:
                clauses[-1].cut = mark.tag
        else:
            clauses[-1].marks.append(mark)
    found = [part for clause in clauses for part in _divided(clause)]
    return [clause for clause in found if clause.marks]


def _divided(clause: Clause) -> Iterator[Clause]:
    """One clause, or several when it runs on from deed to deed without a stop."""
    part, first = Clause(clause.cut), None
    for mark in clause.marks:
        is_deed = mark.tag in DEEDS
        if is_deed and first is not None and _runs_on(part, first, mark):
            begins = _beginning(part, first)
            following = Clause(Tag.STOP, part.marks[begins:])
            part.marks = part.marks[:begins]
            yield part
            part, first = following, following.deed
        part.marks.append(mark)
        if is_deed and (first is None or (first.tag is Tag.VERB and mark.tag is not Tag.VERB)):
            first = mark
    yield part


def _runs_on(part: Clause, first: Mark, second: Mark) -> bool:
    """Whether ``second`` is another deed rather than a part of what ``first`` names."""
    if Tag.INITIATIVE in {first.tag, second.tag}:
        return False
    if Tag.SHIRT in {first.tag, second.tag}:
        return second.tag not in {Tag.VERB, first.tag} or first.tag is not Tag.SHIRT
    between = [mark.tag for mark in part.marks if mark.first >= first.end and mark.tag in _WHEN]
    if first.tag in WORKS and second.tag in WORKS:
        return Tag.DAY in between and any(mark.tag is Tag.DAY for mark in part.marks if mark.first < first.first)
    return bool(between) and second.tag is not Tag.VERB


def _beginning(part: Clause, first: Mark) -> int:
    """Where the marks of the next deed begin: at the last day or part of the day after the first deed."""
    marks = part.marks
    at = len(marks)
    while at > 0 and marks[at - 1].first >= first.end and marks[at - 1].tag not in _WHEN | DEEDS:
        at -= 1
    dayed = any(mark.tag is Tag.DAY for mark in marks[:at] if mark.first < first.first)
    timed = any(mark.tag is Tag.TIME for mark in marks[:at] if mark.first < first.first)
    while at > 0 and marks[at - 1].first >= first.end and marks[at - 1].tag in _WHEN:
        if (marks[at - 1].tag is Tag.DAY and not dayed) or (marks[at - 1].tag is Tag.TIME and not timed):
            break
        at -= 1
    return at


def groups_of(clauses: Iterable[Clause]) -> list[Clause]:
    """One clause for each deed, with all that is said of it."""
    groups: list[Clause] = []
    waiting: list[Mark] = []
    listed = list(clauses)
    for at, clause in enumerate(listed):
        if clause.deed is None:
            coming = any(later.deed is not None for later in listed[at + 1 :])
            opens = not groups or (clause.has(Tag.DAY) and groups[-1].has(Tag.DAY) and coming)
            (waiting if opens else groups[-1].marks).extend(clause.marks)
        elif groups and not waiting and _goes_on(groups[-1], clause):
            groups[-1].marks.extend(clause.marks)
        else:
            groups.append(Clause(clause.cut, [*waiting, *clause.marks]))
            waiting = []
    if waiting:
        groups.append(Clause(None, waiting))
    return groups


def _goes_on(group: Clause, clause: Clause) -> bool:
    """Whether ``clause`` only says more of the deed of ``group``."""
    before, deed = group.deed, clause.deed
    if before is None or deed is None:
        return True
    if before.tag is Tag.INITIATIVE:
        return deed.tag in {Tag.INITIATIVE, Tag.VERB, Tag.WORK}
    weak = deed.tag is Tag.VERB and not clause.has(Tag.DAY, Tag.TIME)
    if weak and (not clause.has(Tag.THING) or not (before.tag is Tag.VERB or clause.has(Tag.UNION))):
        return True
    works = before.tag in WORKS and deed.tag in WORKS
    listed = clause.cut is Tag.AND and not group.has(Tag.DAY, Tag.TIME)
    if not works or (clause.has(Tag.DAY) and not listed) or "alone" in {before.value, deed.value}:
        return before.tag is deed.tag and not clause.has(Tag.DAY, Tag.TIME)
    timed = group.has(Tag.TIME) and clause.has(Tag.TIME)
    return clause.cut is not Tag.THEN and not timed and not (group.has(Tag.TIME) and clause.has(Tag.PART))
