"""Remedial plans of units: the groups of a year, their shortcomings, and what was said of them month by month."""

from datetime import date, datetime

from sqlmodel import Field

from storage.models.base import Row, reference, text_column


class RemedialGroup(Row, table=True):
    """A field that a unit puts right in a year (T-03): ``measures`` one a line; who leads, joins, supervises (T-11)."""

    __tablename__ = "remedial_group"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(sa_column=reference("unit.id"))
    year: int
    title: str = Field(sa_column=text_column())
    measures: str = Field(sa_column=text_column())
    lead: str = Field(sa_column=text_column())
    joint: str = Field(default="", sa_column=text_column())
    supervisor_id: int = Field(sa_column=reference("cadre.id"))
    due_on: date | None = None
    written_by: int = Field(sa_column=reference("cadre.id", index=False))
    written_at: datetime
    removed_at: datetime | None = None
    removed_by: int | None = Field(default=None, sa_column=reference("cadre.id", index=False, nullable=True))


class RemedialPoint(Row, table=True):
    """A shortcoming of a group, new or ``carried`` over from a year before: ``before_id`` where that year is kept."""

    __tablename__ = "remedial_point"

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(sa_column=reference("remedial_group.id"))
    title: str = Field(sa_column=text_column())
    carried: bool
    before_id: int | None = Field(default=None, sa_column=reference("remedial_point.id", index=False, nullable=True))
    settled_on: date | None = None
    settled_by: int | None = Field(default=None, sa_column=reference("cadre.id", index=False, nullable=True))
    removed_at: datetime | None = None


class RemedialUnit(Row, table=True):
    """A unit of the tree that leads a group (``leads``) or joins it (T-11): its leaders see the group and are told."""

    __tablename__ = "remedial_unit"

    group_id: int = Field(primary_key=True, foreign_key="remedial_group.id")
    unit_id: int = Field(primary_key=True, foreign_key="unit.id", index=True)
    leads: bool


class RemedialNote(Row, table=True):
    """What was said of a group for a period: a month's evaluation (T-01, T-06) or a progress report (T-10).

    A change is a new row; the last one of a period holds.
    """

    __tablename__ = "remedial_note"

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(sa_column=reference("remedial_group.id"))
    period_key: str
    words: str = Field(sa_column=text_column())
    written_by: int = Field(sa_column=reference("cadre.id", index=False))
    written_at: datetime
