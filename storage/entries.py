"""What cadres log: adding, changing, deleting and reviewing entries. Every change leaves its trace.

Whoever changes an entry is named inside the query: a cadre reaches only their own entries, a follower only
those of cadres with a position in force in the units followed or below, and never their own.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from storage.access import Actor, in_force, subtree, valid_on
from storage.models import Cadre, Entry, EntryChange, Evidence, Position, StoredFile, UnitVersion
from storage.terms import EntryKind, EntryState, RecognisedBy

DAY_MINUTES = 24 * 60
LONGEST_TITLE = 500
LIVE = (EntryState.DECLARED, EntryState.CONFIRMED)
_TRACED = {
    *("kind", "day", "start_minute", "end_minute", "minutes", "title", "organiser_id", "applied"),
    *("recognised_by", "recognised_on", "on_time", "note", "responsibility", "state", "return_reason"),
}


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What a cadre says about one thing done. ``minutes`` is the duration, the two others minutes of the local day.

    Raises ValueError on figures that no day has; what is merely unlikely is for the conversation to ask about.
    """

    kind: EntryKind
    day: date
    start_minute: int | None = None
    end_minute: int | None = None
    minutes: int | None = None
    title: str = ""
    organiser_id: int | None = None
    applied: bool = False
    recognised_by: RecognisedBy | None = None
    recognised_on: date | None = None
    on_time: bool | None = None
    note: str = ""
    responsibility: str | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        if self.minutes is not None and not 1 <= self.minutes <= DAY_MINUTES:
            raise ValueError(f"{self.minutes} minutes are not part of a day")
        if self.start_minute is not None and not 0 <= self.start_minute < DAY_MINUTES:
            raise ValueError(f"minute {self.start_minute} is not in a day")
        if self.end_minute is not None and not (self.start_minute or 0) < self.end_minute <= DAY_MINUTES:
            raise ValueError(f"an end at minute {self.end_minute} does not follow the start")
        if len(self.title) > LONGEST_TITLE:
            raise ValueError(f"a title of {len(self.title)} characters")
        if self.recognised_on is not None and self.recognised_by is None:
            raise ValueError("recognised on a day, but by nobody")


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that waits for review, with the names a reviewer reads."""

    entry: Entry
    cadre_code: str
    cadre_name: str
    organiser_name: str
    photos: int


def add_entry(session: Session, cadre_id: int, new: NewEntry, now: datetime, inbox_seq: int | None = None) -> Entry:
    """Write ``new`` down as declared by the cadre."""
    entry = Entry(cadre_id=cadre_id, created_at=now, inbox_seq=inbox_seq, **asdict(new))
    session.add(entry)
    session.flush()
    _trace(session, entry, cadre_id, "create", None, now)
    return entry


def edit_entry(session: Session, cadre_id: int, entry_id: int, new: NewEntry, now: datetime) -> Entry | None:
    """Replace what an own entry says; a confirmed or returned one is declared anew. None when there is none."""
    entry = own_entry(session, cadre_id, entry_id, for_change=True)
    if entry is not None:
        anew = {"state": EntryState.DECLARED, "reviewed_by": None, "reviewed_at": None, "return_reason": ""}
        change_entry(session, entry, cadre_id, "edit", now, {**asdict(new), **anew})
    return entry


def delete_entry(session: Session, cadre_id: int, entry_id: int, now: datetime) -> Entry | None:
    """Take an own entry out of every list and figure; the row and its trace stay. None when there is none."""
    entry = own_entry(session, cadre_id, entry_id, for_change=True)
    if entry is not None:
        change_entry(session, entry, cadre_id, "delete", now, {"state": EntryState.DELETED})
    return entry


def own_entry(session: Session, cadre_id: int, entry_id: int, *, for_change: bool = False) -> Entry | None:
    """The cadre's entry with this id; None when it is another's, deleted, or never was."""
    query = select(Entry).where(
        col(Entry.id) == entry_id, col(Entry.cadre_id) == cadre_id, col(Entry.state) != EntryState.DELETED
    )
    return session.execute(query.with_for_update() if for_change else query).scalar_one_or_none()


def says(entry: Entry, new: NewEntry) -> bool:
    """Whether ``entry`` says the same as ``new`` already."""
    return all(getattr(entry, name) == value for name, value in asdict(new).items())


def last_written(session: Session, cadre_id: int) -> Entry | None:
    """The entry that the cadre wrote down last; of those that came at once (in a file), the one of the latest day."""
    latest = _mine(cadre_id).order_by(col(Entry.created_at).desc(), col(Entry.day).desc(), col(Entry.id).desc())
    return session.execute(latest.limit(1)).scalars().first()


def list_entries(
    session: Session, cadre_id: int, first: date, last: date, limit: int, offset: int = 0
) -> Sequence[Entry]:
    """The cadre's entries of ``first`` to ``last``, the latest day first."""
    query = _mine(cadre_id).where(col(Entry.day).between(first, last))
    return (
        session.execute(query.order_by(col(Entry.day).desc(), col(Entry.id).desc()).limit(limit).offset(offset))
        .scalars()
        .all()
    )


def same_entries(session: Session, cadre_id: int, new: NewEntry, but: int | None = None) -> Sequence[Entry]:
    """Own entries of the same kind, day, start and organiser, which count once together with ``new``."""
    query = _mine(cadre_id).where(
        col(Entry.kind) == new.kind,
        col(Entry.day) == new.day,
        col(Entry.start_minute).is_not_distinct_from(new.start_minute),
        col(Entry.organiser_id).is_not_distinct_from(new.organiser_id),
        col(Entry.state).in_(LIVE),
        col(Entry.id) != (but or 0),
    )
    return session.execute(query.order_by(col(Entry.id))).scalars().all()


def minutes_on(session: Session, cadre_id: int, day: date, but: int | None = None) -> int:
    """How many minutes the cadre has logged for ``day``, the entry ``but`` left out."""
    query = select(func.coalesce(func.sum(col(Entry.minutes)), 0)).where(
        col(Entry.cadre_id) == cadre_id,
        col(Entry.day) == day,
        col(Entry.state).in_(LIVE),
        col(Entry.id) != (but or 0),
    )
    return int(session.execute(query).scalar_one())


def days_of(session: Session, cadre_id: int, kind: EntryKind, first: date, last: date) -> frozenset[date]:
    """The days from ``first`` to ``last`` for which the cadre has logged ``kind``."""
    query = select(col(Entry.day)).where(
        col(Entry.cadre_id) == cadre_id,
        col(Entry.kind) == kind,
        col(Entry.day).between(first, last),
        col(Entry.state).in_(LIVE),
    )
    return frozenset(session.execute(query).scalars())


def attach_evidence(session: Session, entry_id: int, channel: str, photo: str, now: datetime) -> Evidence:
    """Keep ``photo`` as evidence: the key of a stored file, else the platform's id of it. The same one is kept once."""
    file_id = session.execute(select(col(StoredFile.id)).where(col(StoredFile.key) == photo)).scalar_one_or_none()
    remote_id = "" if file_id is not None else photo
    same = select(Evidence).where(
        col(Evidence.entry_id) == entry_id,
        col(Evidence.channel) == channel,
        col(Evidence.remote_id) == remote_id,
        col(Evidence.file_id).is_not_distinct_from(file_id),
    )
    kept = session.execute(same).scalars().first()
    if kept is None:
        kept = Evidence(entry_id=entry_id, channel=channel, remote_id=remote_id, file_id=file_id, created_at=now)
        session.add(kept)
        session.flush()
    return kept


def count_evidence(session: Session, entry_id: int) -> int:
    """How many photos show the entry."""
    return int(session.execute(select(func.count()).where(col(Evidence.entry_id) == entry_id)).scalar_one())


def waiting_entries(session: Session, actor: Actor, day: date, limit: int = 500) -> list[Waiting]:
    """The declared entries that the actor may review on ``day``, grouped by event, the oldest event first."""
    query = (
        for_review(actor, day)
        .where(col(Entry.state) == EntryState.DECLARED)
        .order_by(col(Entry.day), col(Entry.kind), col(Entry.organiser_id), col(Entry.title), col(Cadre.full_name))
        .limit(limit)
    )
    return [Waiting(*row) for row in session.execute(query)]


def entries_to_review(session: Session, actor: Actor, cadre_id: int, day: date, limit: int) -> list[Waiting]:
    """The latest entries of a cadre, in any state but deleted, if the actor may review them on ``day``."""
    query = for_review(actor, day).where(col(Entry.cadre_id) == cadre_id, col(Entry.state) != EntryState.DELETED)
    query = query.order_by(col(Entry.day).desc(), col(Entry.id).desc()).limit(limit)
    return [Waiting(*row) for row in session.execute(query)]


def entry_to_review(session: Session, actor: Actor, entry_id: int, day: date) -> Waiting | None:
    """A declared or confirmed entry that the actor may review on ``day``; None when it is not the actor's to."""
    query = for_review(actor, day).where(col(Entry.id) == entry_id, col(Entry.state).in_(LIVE))
    row = session.execute(query).first()
    return Waiting(*row) if row else None


def for_review(actor: Actor, day: date) -> Select[*tuple[Any, ...]]:
    """The columns of ``Waiting``, of the entries that the actor may review."""
    photos = select(func.count()).where(col(Evidence.entry_id) == col(Entry.id)).correlate(Entry).scalar_subquery()
    organiser = func.coalesce(col(UnitVersion.name), "")
    return (
        select(Entry, col(Cadre.code), col(Cadre.full_name), organiser, photos)
        .join(Cadre, col(Cadre.id) == col(Entry.cadre_id))
        .outerjoin(UnitVersion, (col(UnitVersion.unit_id) == col(Entry.organiser_id)) & valid_on(day))
        .where(_reviewable_by(actor, day))
    )


def count_waiting(session: Session, actor: Actor, day: date) -> int:
    """How many entries the actor may review on ``day``."""
    # "not in" rather than "=": SQLite would go through all that are declared in the city, not through these cadres.
    declared = col(Entry.state).not_in(set(EntryState) - {EntryState.DECLARED})
    query = select(func.count()).select_from(Entry).where(declared, _reviewable_by(actor, day))
    return int(session.execute(query).scalar_one())


def confirm_entries(session: Session, actor: Actor, ids: Collection[int], now: datetime, day: date) -> int:
    """Confirm those of ``ids`` that are declared and that the actor may review on ``day``; how many they were."""
    query = to_review(actor, day).where(col(Entry.id).in_(ids), col(Entry.state) == EntryState.DECLARED)
    entries = session.execute(query.with_for_update()).scalars().all()
    for entry in entries:
        review = {"state": EntryState.CONFIRMED, "reviewed_by": actor.cadre_id, "reviewed_at": now}
        change_entry(session, entry, actor.cadre_id, "confirm", now, {**review, "return_reason": ""})
    return len(entries)


def return_entry(session: Session, actor: Actor, entry_id: int, reason: str, now: datetime, day: date) -> Entry | None:
    """Give an entry, declared or confirmed, back to its author. None when it is not the actor's to review."""
    query = to_review(actor, day).where(col(Entry.id) == entry_id, col(Entry.state).in_(LIVE))
    entry = session.execute(query.with_for_update()).scalar_one_or_none()
    if entry is not None:
        review = {"state": EntryState.RETURNED, "reviewed_by": actor.cadre_id, "reviewed_at": now}
        change_entry(session, entry, actor.cadre_id, "return", now, {**review, "return_reason": reason})
    return entry


def _mine(cadre_id: int) -> Select[Entry]:
    return select(Entry).where(col(Entry.cadre_id) == cadre_id, col(Entry.state) != EntryState.DELETED)


def to_review(actor: Actor, day: date) -> Select[Entry]:
    """The entries that the actor may review on ``day``."""
    return select(Entry).where(_reviewable_by(actor, day)).order_by(col(Entry.id))


def _reviewable_by(actor: Actor, day: date) -> Any:
    cadres = select(col(Position.cadre_id)).where(
        in_force(day), col(Position.unit_id).in_(subtree(actor.followed, day))
    )
    return col(Entry.cadre_id).in_(cadres) & (col(Entry.cadre_id) != actor.cadre_id)


def change_entry(
    session: Session, entry: Entry, actor_id: int, action: str, now: datetime, values: dict[str, Any]
) -> None:
    """Give ``entry`` the ``values`` and keep the trace of it."""
    before = _snapshot(entry)
    for name, value in values.items():
        setattr(entry, name, value)
    session.add(entry)
    session.flush()
    _trace(session, entry, actor_id, action, before, now)


def _trace(
    session: Session, entry: Entry, actor_id: int, action: str, before: dict[str, Any] | None, now: datetime
) -> None:
    change = EntryChange(
        entry_id=entry.id or 0, at=now, actor_id=actor_id, action=action, before=before, after=_snapshot(entry)
    )
    session.add(change)
    session.flush()


def _snapshot(entry: Entry) -> dict[str, Any]:
    return entry.model_dump(mode="json", include=_TRACED)
