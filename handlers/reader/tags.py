"""What a stretch of tokens is: the marks that the reader finds, one of these tags each."""

from dataclasses import dataclass
from enum import Enum, auto

from handlers.reader.day_words import Day
from handlers.reader.hours import Time


class Tag(Enum):
    """What a mark is. Deeds first, then what describes them, then what a message does, then what holds it together."""

    # Members are one of a kind; the hash of Enum is slow, and every set of tags asks for it.
    __hash__ = object.__hash__

    EVENT = auto()
    WORK = auto()
    VERB = auto()
    VOLUNTEERING = auto()
    BRANCH = auto()
    MEETING = auto()
    INITIATIVE = auto()
    CULTURE = auto()
    SHIRT = auto()

    THING = auto()
    UNION = auto()
    CONVENED = auto()
    OFFICE = auto()
    OUTSIDER = auto()
    PRIVATE = auto()
    PROPOSED = auto()
    RECOGNISED = auto()
    AGENCY = auto()
    PUNCTUAL = auto()
    LATE = auto()
    LEAVE = auto()
    EACH = auto()

    NOT = auto()
    HARMLESS = auto()
    UNSURE = auto()
    CALLED_OFF = auto()
    QUESTION = auto()
    AT_END = auto()
    PROGRESS = auto()
    RULE = auto()
    PLAN = auto()
    ONGOING = auto()
    ANNOUNCEMENT = auto()
    CORRECTION = auto()
    REMINDER = auto()
    REPORT = auto()
    SMALLTALK = auto()
    PLEASE_LOG = auto()
    OTHERS = auto()
    TITLE = auto()
    ATTEND = auto()
    SELF = auto()

    DAY = auto()
    TIME = auto()
    PART = auto()
    OCCASION = auto()
    PLACE = auto()
    WITH = auto()
    BY = auto()
    STOP = auto()
    THEN = auto()
    AND = auto()
    FILLER = auto()
    CLOCK_CUE = auto()
    LENGTH_CUE = auto()


WORKS = frozenset({Tag.EVENT, Tag.WORK, Tag.VERB, Tag.VOLUNTEERING})
DEEDS = WORKS | {Tag.BRANCH, Tag.MEETING, Tag.INITIATIVE, Tag.CULTURE, Tag.SHIRT}

Value = Day | Time | str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """Tokens ``first`` up to but not ``end`` are a ``tag``; ``value`` says which."""

    tag: Tag
    first: int
    end: int
    value: Value = None
