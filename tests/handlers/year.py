"""Playing the year's forms: what a cadre types, and the documents that come of it."""

import io
from datetime import date

import docx
from sqlmodel import Session, select

from handlers.messages import Attachment
from handlers.turn import House
from handlers.views.makers import MAKERS
from storage.database import Database
from storage.models import Document, DocumentState, PlanActivation, Position
from storage.terms import DocumentKind
from tests.cast import cadre_id, unit_id
from tests.chat import Chat

REGISTRATION: tuple[tuple[str, str], ...] = (
    ("/dangky", "1/3 – TRÁCH NHIỆM"),
    ("Trả hồ sơ đúng hẹn", "nhìn vào đâu"),
    ("Không hồ sơ trễ hẹn", "thời hạn"),
    ("[Cả năm]", "2/3 – GƯƠNG MẪU"),
    ("Đi làm đúng giờ", "nhìn vào đâu"),
    ("Sổ chấm công", "thời hạn"),
    ("hết quý II", "3/3 – TRUNG THỰC"),
    ("Báo cáo đúng số liệu", "nhìn vào đâu"),
    ("Đối chiếu hằng quý", "thời hạn"),
    ("[Hằng tháng]", "bao nhiêu giờ tình nguyện"),
    ("2,5 giờ", "bao nhiêu hoạt động"),
    ("3", "sáng kiến nào"),
    ("Số hóa sổ họp", "tự nhắc mình không làm"),
    ("[Làm việc hình thức]", "Đã chọn: Làm việc hình thức"),
    ("[Xong]", "Đồng chí xem lại"),
    ("[Nộp]", "Đã nộp bản đăng ký năm 2026"),
)
SELF_REVIEW: tuple[tuple[str, str], ...] = (
    ("/kiemdiem", "Đã đăng ký: Trả hồ sơ đúng hẹn"),
    ("Không có hồ sơ trễ hẹn", "Đã đăng ký: Đi làm đúng giờ"),
    ("Đi làm đúng giờ cả năm", "Đã đăng ký: Báo cáo đúng số liệu"),
    ("Số liệu khớp", "Điều đã đăng ký không làm: Làm việc hình thức"),
    ("Còn một lần họp hình thức", "Ưu điểm"),
    ("Gần gũi đoàn viên", "Hạn chế"),
    ("Ít xuống cơ sở", "khắc phục thế nào"),
    ("Mỗi tháng xuống một chi đoàn", "năm trước"),
    ("[Không có]", "tự xếp loại"),
    ("[Khá]", "Đồng chí xem lại"),
    ("[Nộp]", "Đã nộp bản tự kiểm điểm năm 2026"),
)


def register(city: Database, house: House, *codes: str) -> None:
    """Let cadres hand their registrations in."""
    for code in codes:
        Chat(city, house, cadre=code).play(REGISTRATION)


def activate(city: Database, house: House, unit: str, plan: str = "kien-giang-2019") -> None:
    """Let a plan run for a unit and below until the end of 2027."""

    def work(session: Session) -> None:
        row = PlanActivation(
            plan_id=plan,
            unit_id=unit_id(session, unit),
            first_day=date(2025, 7, 1),
            last_day=date(2027, 12, 31),
            activated_by=cadre_id(session, "GIANG"),
            activated_at=house.clock.now(),
        )
        session.add(row)

    city.write_now(work)


def move_in_march(city: Database, code: str, unit: str) -> None:
    """Let a member of the cast leave the one position held, and take it up in another unit on 15 March."""

    def work(session: Session) -> None:
        old = session.exec(select(Position).where(Position.cadre_id == cadre_id(session, code))).one()
        old.end_day = date(2026, 3, 14)
        new = Position(
            cadre_id=old.cadre_id,
            unit_id=unit_id(session, unit),
            title=old.title,
            public_sector=True,
            start_day=date(2026, 3, 15),
        )
        session.add_all([old, new])

    city.write_now(work)


def form_of(city: Database, code: str, kind: DocumentKind = DocumentKind.REGISTRATION) -> Document:
    """The form of a member of the cast."""

    def find(session: Session) -> Document:
        query = select(Document).where(Document.cadre_id == cadre_id(session, code), Document.kind == kind)
        return session.exec(query).one()

    return city.read_now(find)


def state_of(city: Database, code: str, kind: DocumentKind = DocumentKind.REGISTRATION) -> DocumentState:
    """Where the form of a member of the cast stands."""
    return form_of(city, code, kind).state


def file_of(city: Database, house: House, attachment: Attachment) -> bytes:
    """An attachment as it would be delivered."""
    maker = MAKERS[attachment.maker]
    return maker.draw(city.read_now(lambda s: maker.gather(s, house, attachment.args, house.clock.now())))


def words_of(content: bytes) -> str:
    """All text of a .docx, tables included, a paragraph a line."""
    page = docx.Document(io.BytesIO(content))
    cells = (cell for table in page.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(p.text for p in page.paragraphs), *(cell.text for cell in cells)])


def attached(chat: Chat, maker: str) -> Attachment:
    """The attachment of the last replies that ``maker`` makes."""
    return next(a for reply in chat.replies for a in reply.attachments if a.maker == maker)
