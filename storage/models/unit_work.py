"""The unit's own work: its training model."""

from datetime import date, datetime

from sqlmodel import Field

from storage.models.base import Row, reference, text_column


class TrainingModel(Row, table=True):
    """A unit's model "Cán bộ Đoàn trách nhiệm" (C-06): what it wants (``idea``) and how (``way``), in its own words.

    A change is a new row; the row before it is ``replaced_by`` the new one. Names may repeat (C-04).
    """

    __tablename__ = "training_model"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(sa_column=reference("unit.id"))
    name: str = Field(sa_column=text_column())
    idea: str = Field(sa_column=text_column())
    way: str = Field(sa_column=text_column())
    first_day: date
    written_by: int = Field(sa_column=reference("cadre.id", index=False))
    written_at: datetime
    replaced_by: int | None = Field(default=None, sa_column=reference("training_model.id", index=False, nullable=True))
    ended_on: date | None = None
    ended_by: int | None = Field(default=None, sa_column=reference("cadre.id", index=False, nullable=True))


class ConductList(Row, table=True):
    """A unit's own wording of the do's and don'ts (C-02), one a line. A change is a new row; the last one holds."""

    __tablename__ = "conduct_list"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(sa_column=reference("unit.id"))
    dos: str = Field(sa_column=text_column())
    donts: str = Field(sa_column=text_column())
    first_day: date
    written_by: int = Field(sa_column=reference("cadre.id", index=False))
    written_at: datetime


class ConductTalk(Row, table=True):
    """A meeting of a unit that talked over do's and don'ts (C-12): which ones, one a line. Never about a person."""

    __tablename__ = "conduct_talk"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(sa_column=reference("unit.id"))
    met_on: date
    items: str = Field(sa_column=text_column())
    written_by: int = Field(sa_column=reference("cadre.id", index=False))
    written_at: datetime
