"""Everything kept about one cadre as a workbook: the right of access in a form that people can open and read."""

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from math import ceil
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from handlers.texts import my_data as texts
from handlers.texts import wording
from handlers.turn import House
from handlers.views.my_year import year_sheets
from storage.access_records import who_looked
from storage.models import (
    Absence,
    Account,
    Cadre,
    CalendarLink,
    Consent,
    DeadlineEvent,
    DeadlineSubmission,
    Entry,
    EntryChange,
    Evidence,
    Invite,
    Opinion,
    Position,
    Preference,
    UnitVersion,
)
from storage.records_of import load_absences

Cell = str | float | date | None
WIDEST = 60
LINE_HEIGHT = 15
ROOM = 1.15  # words do not fill their lines


class Sheet(NamedTuple):
    """One sheet: its name, its headings, its rows. Times are already local text."""

    name: str
    headings: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def gather(session: Session, house: House, args: dict[str, Any], _now: datetime) -> list[Sheet]:
    """The sheets about the cadre whose id is ``args["cadre"]``. Raises LookupError when there is no such cadre."""
    cadre = session.get(Cadre, int(args["cadre"]))
    if cadre is None or cadre.id is None:
        raise LookupError("no such cadre")
    own = _Gathering(session, house, cadre.id).sheets(cadre)
    return own + [Sheet(*sheet) for sheet in year_sheets(session, house, cadre.id)]


class _Gathering:
    """The queries of one workbook."""

    def __init__(self, session: Session, house: House, cadre_id: int) -> None:
        self.session, self.house, self.cadre_id = session, house, cadre_id
        versions = select(UnitVersion.unit_id, UnitVersion.name).order_by(col(UnitVersion.valid_from))
        self.units: dict[int | None, str] = {unit: name for unit, name in session.execute(versions)}  # noqa: C416  # rows are no plain pairs to mypy

    def sheets(self, cadre: Cadre) -> list[Sheet]:
        """All sheets, also those that are empty: that nothing is kept is an answer too."""
        entries = list(self._all(Entry, Entry.day))
        return [
            Sheet(*texts.PERSON, [(cadre.code, cadre.full_name)]),
            Sheet(*texts.POSITIONS, [self._position(row) for row in self._all(Position, Position.start_day)]),
            Sheet(*texts.ENTRIES, [self._entry(row) for row in entries]),
            Sheet(*texts.CHANGES, list(self._changes(entries))),
            Sheet(*texts.ABSENCES, list(self._absences())),
            Sheet(*texts.CONSENTS, [self._consent(row) for row in self._all(Consent, Consent.agreed_at)]),
            Sheet(*texts.ACCOUNTS, [self._account(row) for row in self._all(Account, Account.joined_at)]),
            Sheet(*texts.INVITES, [self._invite(row) for row in self._all(Invite, Invite.created_at)]),
            Sheet(*texts.PREFERENCES, list(self._preference())),
            Sheet(*texts.DEADLINES, list(self._deadlines())),
            Sheet(*texts.CALENDARS, list(self._calendars())),
            Sheet(*texts.OPINIONS, list(self._opinions())),
            Sheet(*texts.LOOKED, list(self._looked())),
        ]

    def _all(self, model: Any, order: Any) -> Iterable[Any]:
        return self.session.exec(select(model).where(model.cadre_id == self.cadre_id).order_by(order, model.id))

    def _local(self, instant: datetime | None) -> str:
        return wording.moment(self.house.clock.local(instant)) if instant else ""

    def _position(self, row: Position) -> tuple[Cell, ...]:
        unit = self.units.get(row.unit_id, "")
        flags = (texts.mark(row.full_time), texts.mark(row.public_sector), row.access_right.label)
        return (unit, row.title.label, *flags, row.start_day, row.end_day)

    def _entry(self, row: Entry) -> tuple[Cell, ...]:
        return (
            row.id,
            row.day,
            row.kind.label,
            row.title,
            _clock(row.start_minute),
            _clock(row.end_minute),
            row.minutes / 60 if row.minutes else None,
            self.units.get(row.organiser_id, ""),
            texts.mark(row.applied),
            row.recognised_by.label if row.recognised_by else "",
            row.recognised_on,
            "" if row.on_time is None else texts.mark(row.on_time) or texts.NO,
            row.note,
            row.state.label,
            row.return_reason,
            self._local(row.reviewed_at),
            self._local(row.created_at),
            row.responsibility or "",
        )

    def _opinions(self) -> Iterable[tuple[Cell, ...]]:
        """What the cadre wrote in criticism rounds, and what became of it."""
        query = (
            select(Opinion, Cadre.full_name)
            .outerjoin(Cadre, col(Cadre.id) == col(Opinion.subject_id))
            .where(col(Opinion.author_id) == self.cadre_id)
            .order_by(col(Opinion.id))
        )
        for row, subject in self.session.exec(query):
            about, outcome = subject or texts.THE_COMMITTEE, texts.OUTCOMES.get(row.outcome, row.outcome)
            yield (self._local(row.written_at), about, row.words, outcome, row.reason)

    def _looked(self) -> Iterable[tuple[Cell, ...]]:
        """Who was shown data of this very cadre."""
        for row, name in who_looked(self.session, self.cadre_id):
            yield (self._local(row.at), name, f"/{row.command}", wording.channel(row.channel))

    def _changes(self, entries: list[Entry]) -> Iterable[tuple[Cell, ...]]:
        mine = select(Entry.id).where(Entry.cadre_id == self.cadre_id)
        changes = self.session.exec(
            select(EntryChange, Cadre.full_name)
            .outerjoin(Cadre, col(EntryChange.actor_id) == col(Cadre.id))
            .where(col(EntryChange.entry_id).in_(mine))
            .order_by(col(EntryChange.at), col(EntryChange.id))
        )
        for change, actor in changes:
            action = texts.ACTIONS.get(change.action, change.action)
            what = texts.difference(change.before, change.after, self.units)
            yield (change.entry_id, self._local(change.at), actor or texts.BY_SYSTEM, action, what)
        for entry_id, at, channel in self._evidence(entries):
            yield (entry_id, at, "", texts.EVIDENCE, channel)

    def _evidence(self, entries: list[Entry]) -> Iterable[tuple[int, str, str]]:
        ids = [entry.id for entry in entries]
        for row in self.session.exec(
            select(Evidence).where(col(Evidence.entry_id).in_(ids)).order_by(col(Evidence.id))
        ):
            yield row.entry_id, self._local(row.created_at), wording.channel(row.channel)

    def _absences(self) -> Iterable[tuple[Cell, ...]]:
        found = load_absences(self.session, [self.cadre_id], date.min, date.max).get(self.cadre_id, ())
        for row in found:
            yield (row.start, row.end, row.reason, row.decision_no or "", "")
        cancelled = select(Absence).where(Absence.cadre_id == self.cadre_id, col(Absence.cancelled_at).is_not(None))
        for gone in self.session.exec(cancelled.order_by(col(Absence.start_day), col(Absence.id))):
            yield (gone.start_day, gone.end_day, gone.reason, gone.decision_no, self._local(gone.cancelled_at))

    def _deadlines(self) -> Iterable[tuple[Cell, ...]]:
        """What the cadre handed in, accepted or returned."""
        done = (
            select(DeadlineEvent, DeadlineSubmission)
            .join(DeadlineSubmission, col(DeadlineEvent.submission_id) == col(DeadlineSubmission.id))
            .where(DeadlineEvent.actor_id == self.cadre_id)
            .order_by(col(DeadlineEvent.at), col(DeadlineEvent.id))
        )
        for event, row in self.session.exec(done):
            unit = self.units.get(row.unit_id, "")
            at = self._local(event.at)
            yield (row.plan_id, row.deadline_id, row.period_key, unit, at, event.state.label, event.words)

    def _calendars(self) -> Iterable[tuple[Cell, ...]]:
        row = self.session.get(CalendarLink, self.cadre_id)
        if row is not None:
            yield (self._local(row.created_at),)

    def _consent(self, row: Consent) -> tuple[Cell, ...]:
        withdrawn = self._local(row.withdrawn_at)
        return (row.text_version, wording.channel(row.channel), row.chat_id, self._local(row.agreed_at), withdrawn)

    def _account(self, row: Account) -> tuple[Cell, ...]:
        return (wording.channel(row.channel), row.chat_id, self._local(row.joined_at), self._local(row.last_used_at))

    def _invite(self, row: Invite) -> tuple[Cell, ...]:
        return (self._local(row.created_at), self._local(row.expires_at), self._local(row.used_at))

    def _preference(self) -> Iterable[tuple[Cell, ...]]:
        row = self.session.get(Preference, self.cadre_id)
        if row is not None:
            hours = (wording.clock(row.earliest_minute), wording.clock(row.latest_minute))
            snoozed = self._local(row.snoozed_until)
            yield (*hours, row.paused_until, snoozed, texts.mark(row.shirt_reminder))


def _clock(minute: int | None) -> str:
    return "" if minute is None else wording.clock(minute)


def draw(sheets: list[Sheet]) -> bytes:
    """The workbook (.xlsx). No text becomes a formula or a link."""
    import xlsxwriter

    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        heading = book.add_format(
            {"bold": True, "bg_color": "#dce6f1", "border": 1, "text_wrap": True, "valign": "top"}
        )
        plain = book.add_format({"text_wrap": True, "valign": "top", "align": "left"})
        dated = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            page.set_landscape()
            page.set_paper(9)
            page.fit_to_pages(1, 0)
            page.repeat_rows(0)
            page.write_row(0, 0, sheet.headings, heading)
            for line, row in enumerate(sheet.rows, start=1):
                if (lines := _lines(row)) > 1:
                    page.set_row(line, LINE_HEIGHT * lines)
                for column, cell in enumerate(row):
                    _write(page, line, column, cell, dated if isinstance(cell, date) else plain)
            page.autofit(max_width=WIDEST * 7)
            if sheet.rows:
                page.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)
    return content.getvalue()


def _lines(row: tuple[Cell, ...]) -> int:
    """How many lines the longest text of ``row`` takes, since not every program finds that out by itself."""
    return max((ceil(len(cell) / WIDEST * ROOM) for cell in row if isinstance(cell, str)), default=1)


def _write(page: Any, line: int, column: int, cell: Cell, look: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, date):
        page.write_datetime(line, column, cell, look)
    elif isinstance(cell, str):
        page.write_string(line, column, cell, look)
    else:
        page.write_number(line, column, cell, look)
