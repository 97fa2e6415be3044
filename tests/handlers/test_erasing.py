"""/xoadulieu: the name, words, photos and chats of a person go for good; the figures of the units do not change."""

from datetime import date

from sqlalchemy import JSON, LargeBinary, String, Text
from sqlmodel import Session, SQLModel, col, select

from handlers.turn import House
from storage.database import Database
from storage.erasure import CHATS, ERASED, GONE, HANGING, erase
from storage.models import DeadlineSubmission, StoredFile
from storage.outbox import table
from storage.periods import Period, PeriodKind
from storage.reporting import unit_figures
from storage.terms import EntryKind, Requirement
from tests.cast import cadre_id, unit_id
from tests.chat import Chat
from tests.frozen import FrozenClock
from tests.handlers.logged import log

DAY = date(2026, 11, 18)
SECRET = "Chở bà Bảy đi khám mắt"
# Text and JSON columns that tell nothing of a person, or are the record of a unit: each with its reason.
KEPT = {
    "kinds, states and plan names": {
        *("entry.kind", "entry.state", "entry.source", "entry.recognised_by", "entry.responsibility"),
        *("document.kind", "document.state", "document_event.state", "position.title", "position.access_right"),
        *("assessment.plan_id", "assessment.rating", "assessment.body", "assessment_event.rating"),
        *("assessment_comment.source", "opinion.source", "opinion.theme", "opinion.outcome", "consent.channel"),
        *("consent.text_version", "evidence.channel", "entry_change.action", "web_message.source_key"),
    },
    "a hash, which a forgotten file of the roster alone can make": {"entry.import_key"},
    "why an opinion about somebody else was answered so": {"opinion.reason"},
    "which command showed something": {"access_record.command", "access_record.channel"},
    "keys and outcomes of deliveries, without words": {
        *("inbox.channel", "inbox.update_id", "inbox.state", "inbox.last_error"),
        *("outbox.dedupe_key", "outbox.channel", "outbox.kind", "outbox.state", "outbox.worker"),
        *("outbox.message_id", "outbox.last_error"),
    },
}
UNIT_RECORDS = {
    *("unit", "unit_version", "plan_activation", "deadline_submission", "deadline_event", "report_snapshot"),
    *("criticism_round", "criticism_due", "training_model", "conduct_list", "conduct_talk"),
    *("remedial_group", "remedial_point", "remedial_note", "app_state", "gate", "delivery_attempt"),
}


def erase_through_chat(city: Database, house: House, who: str = "BINH") -> Chat:
    chat = Chat(city, house, cadre=who)
    chat.play(
        [
            ("/xoadulieu", "không lấy lại được"),
            ("ừ xóa đi", "bấm Tôi muốn xóa"),
            ("[Tôi muốn xóa]", "gõ đúng hai chữ: XÓA HẾT"),
            ("xóa", "Chưa xóa gì"),
            ("xoa het", "Đã xóa dữ liệu của đồng chí"),
        ]
    )
    return chat


def test_after_two_confirmations_nothing_tells_of_the_person(city: Database, house: House) -> None:
    log(city, "BINH", EntryKind.VOLUNTEER_HOURS, DAY, minutes=90, title=SECRET)
    Chat(city, house, cadre="BINH", channel="telegram", chat_id="4711").play([("/dangky", "Bản đăng ký"), ("/huy", "")])
    chat = erase_through_chat(city, house)
    chat.play([("/tiendo", "Tôi chưa biết đồng chí là ai")])
    assert not {SECRET, "BINH", "Võ Thanh Bình", "4711"} & city.read_now(everything_said)


def test_pictures_and_files_of_the_web_chat_go_but_for_what_a_unit_handed_in(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="AN", channel="web", chat_id="an_1")
    others = "anh1.mine"

    def files(session: Session) -> None:
        for key in (f"{chat.chat_id}.workbook", f"{chat.chat_id}.handed-in", others):
            session.add(StoredFile(key=key, name="a", mime="", sha256="", content=b"x", created_at=house.clock.now()))
        session.flush()
        photo = session.exec(select(StoredFile).where(col(StoredFile.key).endswith("handed-in"))).one()
        submission = DeadlineSubmission(
            plan_id="p",
            deadline_id="d",
            period_key="2026",
            unit_id=unit_id(session, "DCS1"),
            late_from=house.clock.now(),
            first_submitted_at=house.clock.now(),
            submitted_at=house.clock.now(),
            submitted_by=cadre_id(session, "AN"),
            file_id=photo.id,
        )
        session.add(submission)
        session.flush()
        erase(session, cadre_id(session, "AN"), house.clock.today(), house.clock.now())

    city.write_now(files)
    kept = set(city.read_now(lambda session: list(session.exec(select(StoredFile.key)))))
    assert kept == {f"{chat.chat_id}.handed-in", others}


def everything_said(session: Session) -> set[str]:
    """Every text of every table."""
    found: set[str] = set()
    for name, rows in ((name, session.execute(one.select())) for name, one in SQLModel.metadata.tables.items()):
        found |= {value for row in rows for value in row if isinstance(value, str) and name != "app_state"}
    return found


def test_figures_of_a_week_that_is_over_are_the_same_without_the_name(
    city: Database, house: House, clock: FrozenClock
) -> None:
    log(city, "BINH", EntryKind.VOLUNTEER_HOURS, date(2026, 11, 12), minutes=90, title=SECRET)
    week = Period.of(PeriodKind.WEEK, date(2026, 11, 12))

    def figures(session: Session) -> tuple[object, ...]:
        found = unit_figures(session, house.plan, house.calendar, unit_id(session, "DCS1"), week, week.end)
        of_the_week = [line.counts[Requirement.VOLUNTEER_HOURS] for line in (*found.units, found.previous)]
        return [(line.people, line.obliged) for line in found.units], of_the_week

    before = city.read_now(figures)
    erase_through_chat(city, house)
    assert city.read_now(figures) == before
    clock.move(days=1)
    assert city.read_now(figures) == before


def test_the_only_admin_hands_the_right_over_first(city: Database, house: House) -> None:
    Chat(city, house, cadre="GIANG").play([("/xoadulieu", "quản trị duy nhất")])


def test_every_column_that_may_tell_of_a_person_is_emptied_or_kept_for_a_reason() -> None:
    gone = {str(table(model).name) for model in (*GONE, *HANGING, *CHATS)} - {"inbox", "outbox"}
    emptied = {f"{table(one.model).name}.{column}" for one in ERASED for column in one.emptied}
    emptied |= {"inbox.body", "inbox.chat_id", "outbox.body", "outbox.chat_id", "cadre.code", "cadre.full_name"}
    emptied |= {"entry_change.before", "entry_change.after", "document_event.content", "document_event.reason"}
    kept = {column for columns in KEPT.values() for column in columns}
    telling = {
        f"{name}.{column.name}"
        for name, one in SQLModel.metadata.tables.items()
        if name not in UNIT_RECORDS | gone
        for column in one.columns
        if isinstance(column.type, String | Text | JSON | LargeBinary)
    }
    assert telling - emptied - kept == set()
