"""What is not needed any more goes by itself when its time has passed, not earlier; and docs/privacy.md says so."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage import outdated
from storage.access_records import forget_access
from storage.app_state import remember
from storage.database import Database
from storage.inbox import inbox_row, store
from storage.models import (
    AccessRecord,
    CalendarLink,
    Conversation,
    DeliveryAttempt,
    Document,
    DocumentState,
    Entry,
    Evidence,
    InboxMessage,
    InboxState,
    Invite,
    JoinFailure,
    OutboxMessage,
    OutboxState,
    Position,
    StoredFile,
    WebMessage,
    WebSession,
)
from storage.outbox import enqueue
from storage.retention import RULES, SWEPT, retention_table, sweep
from storage.terms import DocumentKind, EntryKind
from tests.cast import cadre_id
from tests.world import local

NOW = local("2026-11-20 10:00")
KEPT = {rule.forget: rule.kept for rule in RULES}
MINUTE = timedelta(minutes=1)
NUMBERS = (InboxMessage.seq, OutboxMessage.id, WebMessage.id)
LONG_AGO = NOW - timedelta(days=900)
PRIVACY = Path(__file__).parents[2] / "docs" / "privacy.md"


def swept(session: Session, now: datetime = NOW, years: int | None = None) -> dict[str, int]:
    """What one look takes away, whenever the last one was."""
    remember(session, SWEPT, "")
    return sweep(session, now, now.date(), years)


def ages(rule: object) -> dict[str, datetime]:
    """An instant whose time has passed, and one whose time has not."""
    kept = KEPT[rule]  # type: ignore[index]  # a rule's function
    return {"old": NOW - kept - MINUTE, "young": NOW - kept + MINUTE}


def left(session: Session, column: object) -> set[object]:
    return set(session.exec(select(column)))  # type: ignore[call-overload]  # any column


def highest(session: Session, number: object) -> int:
    return int(session.execute(select(func.max(number))).scalar_one())


def file(session: Session, key: str) -> StoredFile:
    row = StoredFile(key=key, name="a.jpg", mime="image/jpeg", sha256="", content=b"x", created_at=NOW)
    session.add(row)
    session.flush()
    return row


def line(session: Session, key: str, at: datetime, file_key: str = "") -> None:
    body = {"text": key, "file": {"key": file_key} if file_key else None}
    session.add(WebMessage(chat_id="chat", outgoing=True, source_key=key, body=body, created_at=at))
    session.flush()


def received(session: Session, key: str, at: datetime, state: InboxState = InboxState.DONE, body: str = "") -> None:
    session.add(InboxMessage(**{**inbox_row("web", key, "chat", body, at), "state": state}))
    session.flush()


def sent(
    session: Session,
    key: str,
    at: datetime,
    state: OutboxState = OutboxState.SENT,
    body: dict[str, str] | None = None,
) -> None:
    enqueue(session, key=key, channel="web", chat_id="chat", kind="reply", body=body or {}, now=at, state=state)


def test_the_page_on_privacy_prints_the_table() -> None:
    table = [f"| {what} | {how_long} | {why} |" for what, how_long, why in retention_table()]
    head = "| what goes by itself | after how long | why |\n|---|---|---|\n"
    assert head + "\n".join(table) + "\n\n" in PRIVACY.read_text(encoding="utf-8")


def test_words_of_messages_and_records_of_access_go(city: Database) -> None:
    def work(session: Session) -> None:
        who = cadre_id(session, "AN")
        for name, at in ages(forget_access).items():
            session.add(AccessRecord(at=at, command=name, channel="web", actor_id=who, cadre_id=who))
        for name, days in (("old", 8), ("young", 6)):
            received(session, name, NOW - timedelta(days=days), body=name)
            sent(session, name, NOW - timedelta(days=days), body={"text": name})
        swept(session)
        assert left(session, AccessRecord.command) == {"young"}
        assert left(session, InboxMessage.body) == {"", "young"}
        assert [row.body for row in session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id)))] == [
            {},
            {"text": "young"},
        ]

    city.write_now(work)


def test_invitations_go_some_time_after_they_were_used_or_expired(city: Database) -> None:
    def work(session: Session) -> None:
        who = cadre_id(session, "AN")
        for name, at in ages(outdated.forget_invites).items():
            session.add(Invite(code_hash=f"{name} expired", cadre_id=who, created_at=at, expires_at=at))
            session.add(Invite(code_hash=f"{name} used", cadre_id=who, created_at=at, expires_at=NOW, used_at=at))
        session.flush()
        swept(session)
        assert left(session, Invite.code_hash) == {"young expired", "young used"}

    city.write_now(work)


def test_wrong_codes_and_browsers_go(db: Database) -> None:
    def work(session: Session) -> None:
        for name, at in ages(outdated.forget_join_failures).items():
            session.add(JoinFailure(channel="web", chat_id=name, at=at))
        for name, at in ages(outdated.forget_sessions).items():
            session.add(WebSession(token_hash=name, chat_id=name, created_at=at, last_seen_at=NOW))
        session.flush()
        swept(session)
        assert left(session, JoinFailure.chat_id) == left(session, WebSession.token_hash) == {"young"}

    db.write_now(work)


def test_a_half_filled_form_is_emptied_and_its_old_buttons_stay_old(db: Database) -> None:
    def work(session: Session) -> None:
        for name, at in ages(outdated.forget_drafts).items():
            form = Conversation(channel="web", chat_id=name, flow="log", step="day", version=7, updated_at=at)
            form.draft, form.offered = {"title": "bà Bảy"}, [["Lưu", "save"]]
            session.add(form)
        session.add(Conversation(channel="web", chat_id="in none", updated_at=LONG_AGO, offered=[["Xem", "/tiendo"]]))
        session.flush()
        assert sum(swept(session).values()) == 1
        assert swept(session) == {}
        session.expire_all()
        found = {row.chat_id: row for row in session.exec(select(Conversation))}
        old = found["old"]
        assert (old.flow, old.step, old.draft, old.offered, old.version) == ("", "", {}, [], 7)
        assert (found["young"].flow, found["young"].draft) == ("log", {"title": "bà Bảy"})
        assert found["in none"].offered == [["Xem", "/tiendo"]]

    db.write_now(work)


def test_a_saved_registration_is_no_draft(city: Database) -> None:
    def work(session: Session) -> None:
        content = {"volunteer": "40 giờ"}
        form = Document(
            cadre_id=cadre_id(session, "AN"),
            kind=DocumentKind.REGISTRATION,
            year=2024,
            state=DocumentState.DRAFT,
            content=content,
            begun_at=LONG_AGO,
            saved_at=LONG_AGO,
        )
        session.add(form)
        session.flush()
        swept(session)
        session.expire_all()
        assert session.exec(select(Document)).one().content == content

    city.write_now(work)


def test_calendar_links_go_with_the_last_position(city: Database) -> None:
    days = KEPT[outdated.forget_calendar_links].days
    ends = {"AN": None, "BINH": days - 1, "CHI": days + 1, "DUNG": days + 1}

    def work(session: Session) -> None:
        for code, ago in ends.items():
            who = cadre_id(session, code)
            session.add(CalendarLink(cadre_id=who, token_hash=code, created_at=NOW - timedelta(days=200)))
            position = session.exec(select(Position).where(Position.cadre_id == who)).one()
            position.end_day = None if ago is None else NOW.date() - timedelta(days=ago)
            session.add(position)
            if code == "DUNG":
                soon = NOW.date() + timedelta(days=10)
                session.add(Position(cadre_id=who, unit_id=position.unit_id, title=position.title, start_day=soon))
        session.flush()
        swept(session)
        assert left(session, CalendarLink.token_hash) == {"AN", "BINH", "DUNG"}

    city.write_now(work)


def test_lines_of_the_web_chat_go_with_files_that_nothing_else_shows(city: Database) -> None:
    def work(session: Session) -> None:
        for name, at in ages(outdated.forget_lines).items():
            file(session, f"chat.{name}")
            line(session, name, at, f"chat.{name}")
        evidence = file(session, "chat.evidence")
        entry = Entry(
            cadre_id=cadre_id(session, "AN"), kind=EntryKind.CULTURE_SPORT, day=NOW.date(), title="", created_at=NOW
        )
        session.add(entry)
        session.flush()
        session.add(Evidence(entry_id=entry.id or 0, channel="web", file_id=evidence.id, created_at=NOW))
        line(session, "photo", LONG_AGO, "chat.evidence")
        line(session, "newest", NOW)
        swept(session)
        assert left(session, WebMessage.source_key) == {"young", "newest"}
        assert left(session, StoredFile.key) == {"chat.young", "chat.evidence"}

    city.write_now(work)


def test_keys_of_settled_messages_go_and_what_waits_stays(db: Database) -> None:
    def work(session: Session) -> None:
        for name, at in ages(outdated.forget_keys).items():
            for inbox in InboxState:
                received(session, f"{name} {inbox}", at, inbox)
            for outbox in OutboxState:
                sent(session, f"{name} {outbox}", at, outbox)
        received(session, "newest", NOW)
        sent(session, "newest", NOW)
        for number in session.exec(select(OutboxMessage.id)).all():
            session.add(DeliveryAttempt(outbox_id=number or 0, attempt=1, at=NOW, outcome="unknown"))
        session.flush()
        swept(session)
        young = {f"young {state}" for state in InboxState}
        assert left(session, InboxMessage.update_id) == young | {"old open", "newest"}
        young = {f"young {state}" for state in OutboxState}
        waiting = {"old pending", "old claimed", "old sending"}
        assert left(session, OutboxMessage.dedupe_key) == young | waiting | {"newest"}
        assert left(session, DeliveryAttempt.outbox_id) == left(session, OutboxMessage.id)

    db.write_now(work)


def test_a_number_that_was_given_is_never_given_again(db: Database) -> None:
    """After years of silence: else a new update took the number, and its reply the key, of one long done."""

    def work(session: Session) -> None:
        for key in ("first", "last"):
            received(session, key, LONG_AGO)
            sent(session, key, LONG_AGO)
            line(session, key, LONG_AGO)
        before = [highest(session, one) for one in NUMBERS]
        swept(session)
        store(session, [inbox_row("web", "new", "chat", "", NOW)])
        sent(session, "new", NOW)
        line(session, "new", NOW)
        after = [highest(session, one) for one in NUMBERS]
        assert all(new > old for new, old in zip(after, before, strict=True))

    db.write_now(work)
