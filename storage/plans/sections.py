"""The parts of a plan beside its measures: lists, targets, rounds, remedial groups and report tables.

Each is data that a workflow reads; a plan has those parts that its document has.
"""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from storage.datafile import StrictModel
from storage.terms import PositionTitle, UnitType

Text = Annotated[str, Field(min_length=1)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
ClauseId = Annotated[str, Field(pattern=r"^[A-Z]+-\d{2}$")]


class Cited(StrictModel):
    """A value that names the clause it comes from."""

    clause: ClauseId


class Scope(Cited):
    """Whom the plan is about; ``cadre`` is its definition of a cadre, printed under every figure that counts them."""

    public_sector_only: bool
    cadre: Text


class Item(StrictModel):
    """One entry of a list, in its order."""

    id: Name
    title: Text


class Contributor(Item):
    """A group whose opinions a round collects; who belongs to one ``outside`` has no chat, so others take it down."""

    outside: bool = False


class Listed(Cited):
    """A list of the plan with the clause it comes from."""

    title: Text
    items: Annotated[tuple[Item, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _once(self) -> Self:
        each_once(self.title, (item.id for item in self.items))
        return self


class Department(StrictModel):
    """A department of the unit that carries the plan out. ``aliases`` are the other names its document uses."""

    id: Name
    title: Text
    aliases: tuple[Text, ...] = ()


class Indicator(StrEnum):
    """What a unit's figure in % can be of."""

    ROLLED_OUT = "rolled_out"
    BOARDS = "boards"
    MODELS = "models"
    REGISTERED = "registered"
    SELF_REVIEWED = "self_reviewed"
    RATED = "rated"
    SOLUTIONS = "solutions"


HANDED_IN = (Indicator.ROLLED_OUT, Indicator.BOARDS)


class Target(Cited):
    """A unit's figure (never a person's): so many percent of ``denominator``, counted over units or cadres.

    ``deadline`` is the deadline of the plan that whoever has it handed in, where that is what is counted.
    """

    id: Indicator
    title: Text
    percent: Annotated[int, Field(ge=1, le=100)]
    denominator: Text
    unit_types: tuple[UnitType, ...] = ()
    titles: tuple[PositionTitle, ...] = ()
    deadline: Name | None = None

    @model_validator(mode="after")
    def _names_what_is_counted(self) -> Self:
        if (self.id in HANDED_IN) != (self.deadline is not None):
            raise ValueError(f"{self.id}: deadline đi với {', '.join(HANDED_IN)}, và chỉ với các chỉ tiêu ấy")
        return self


class StepKind(StrEnum):
    """What happens in a step of a round, in their order."""

    COLLECT = "collect"
    ABSORB = "absorb"
    REVIEW = "review"
    REPORT_BACK = "report_back"


class RoundStep(Cited):
    """One step of a round; ``deadline`` is the id of the plan's deadline by which it is done."""

    kind: StepKind
    title: Text
    deadline: Name | None = None


class Round(Cited):
    """A criticism round: whom it asks, about what, in which steps, and who steps in without a standing committee."""

    id: Name
    title: Text
    fallback: Text | None = None
    contributors: tuple[Contributor, ...] = ()
    themes: tuple[Item, ...] = ()
    steps: Annotated[tuple[RoundStep, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        order = [tuple(StepKind).index(step.kind) for step in self.steps]
        if order != sorted(set(order)):
            raise ValueError(f"{self.id}: các bước không theo thứ tự")
        each_once(self.id, (item.id for item in (*self.contributors, *self.themes)))
        return self


class Shortcoming(StrictModel):
    """A point to be remedied; ``carried_over`` is null where the document does not say from which year it is."""

    title: Text
    carried_over: bool | None


class RemedialGroup(Cited):
    """A field with its shortcomings and measures; ``lead`` and ``joint`` are departments of the plan."""

    id: Name
    field: Text
    shortcomings: Annotated[tuple[Shortcoming, ...], Field(min_length=1)]
    measures: Annotated[tuple[Text, ...], Field(min_length=1)]
    lead: Name
    joint: tuple[Name, ...] = ()


class Remedial(Cited):
    """A remedial plan: the groups, how many are carried over from the year before, and who supervises."""

    carried_over: Annotated[int, Field(ge=0)]
    supervisor: Text
    groups: Annotated[tuple[RemedialGroup, ...], Field(min_length=1)]


class Column(StrictModel):
    """A numbered column of a report table, as printed."""

    id: Name
    number: Annotated[int, Field(ge=1)]
    title: Text
    heading: Text | None = None


class ReportTable(Cited):
    """A printed table: its columns, and the two rules that its figures must keep in every row.

    ``total`` is the sum of ``parts``; ``whole`` is never less than ``total``.
    """

    id: Name
    title: Text
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]
    whole: Name
    total: Name
    parts: Annotated[tuple[Name, ...], Field(min_length=1)]
    signers: tuple[Text, ...]

    @model_validator(mode="after")
    def _rules_name_columns(self) -> Self:
        known = {column.id for column in self.columns}
        if unknown := sorted({self.whole, self.total, *self.parts} - known):
            raise ValueError(f"{self.id}: không có cột {', '.join(unknown)}")
        each_once(self.id, (column.id for column in self.columns))
        return self


def each_once(what: str, ids: Iterable[str]) -> None:
    """Raises ValueError naming what stands twice."""
    if repeated := sorted(item for item, count in Counter(ids).items() if count > 1):
        raise ValueError(f"{what}: lặp lại {', '.join(repeated)}")
