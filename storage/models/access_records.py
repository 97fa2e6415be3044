"""Who looked at whose data."""

from datetime import datetime

from sqlmodel import Column, Field

from storage.models.base import Row, reference
from storage.models.messages import BigId


class AccessRecord(Row, table=True):
    """That a follower was shown data of ``cadre_id``, or lists of ``unit_id`` and below, by ``command``."""

    __tablename__ = "access_record"

    id: int | None = Field(default=None, sa_column=Column(BigId, primary_key=True, autoincrement=True))
    at: datetime = Field(index=True)
    actor_id: int = Field(sa_column=reference("cadre.id"))
    command: str
    channel: str
    cadre_id: int | None = Field(default=None, sa_column=reference("cadre.id", nullable=True))
    unit_id: int | None = Field(default=None, sa_column=reference("unit.id", index=False, nullable=True))
