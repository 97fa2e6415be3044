"""What one year of a remedial plan leaves to the next (T-03: a field carried over)."""

from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from storage.models import RemedialGroup, RemedialPoint
from storage.remedial import Group, groups_of
from storage.remedial_units import link_units


def left_over(session: Session, unit_id: int, year: int) -> list[Group]:
    """The groups of the year before with points that are still open and not carried into ``year`` yet."""
    taken = set(  # also what was carried and then taken out: it was decided already
        session.execute(
            select(col(RemedialPoint.before_id))
            .join(RemedialGroup, col(RemedialGroup.id) == col(RemedialPoint.group_id))
            .where(
                col(RemedialGroup.unit_id) == unit_id,
                col(RemedialGroup.year) == year,
                col(RemedialGroup.removed_at).is_(None),
            )
        ).scalars()
    )
    before = groups_of(session, [unit_id], year - 1)
    for group in before:
        group.points = [point for point in group.open_points if point.id not in taken]
    return [group for group in before if group.points]


def carry_over(session: Session, unit_id: int, year: int, cadre_id: int, now: datetime, day: date) -> int:
    """Carry what is left over from the year before into ``year``, with its measures and people; how many points."""
    own = {group.row.title: group.row for group in groups_of(session, [unit_id], year)}
    carried = 0
    for group in left_over(session, unit_id, year):
        before = group.row
        row = own.get(before.title)
        if row is None:
            row = RemedialGroup(
                unit_id=unit_id,
                year=year,
                title=before.title,
                measures=before.measures,
                lead=before.lead,
                joint=before.joint,
                supervisor_id=before.supervisor_id,
                written_by=cadre_id,
                written_at=now,
            )
            session.add(row)
            session.flush()
            link_units(session, row, day)
        for point in group.points:
            session.add(RemedialPoint(group_id=row.id or 0, title=point.title, carried=True, before_id=point.id))
            carried += 1
    session.flush()
    return carried
