"""Sentences that the forms of the year share."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from handlers.texts.wording import day
from storage.models import Document, DocumentState
from storage.terms import DocumentKind
from storage.year_round import Due

NAMES = {DocumentKind.REGISTRATION: "bản đăng ký", DocumentKind.SELF_REVIEW: "bản tự kiểm điểm"}
KEEP, HAND_IN, EDIT, PRINT, REVIEW = "Giữ nguyên", "✔ Nộp", "Sửa", "Bản in (.docx)", "Tự kiểm điểm"
NO_POSITION = "Hiện đồng chí không giữ chức vụ nào trong danh sách nên chưa lập được bản này. Đồng chí báo bí thư giúp."
YEAR_EXAMPLE = "Tôi chỉ nhận năm nay, năm liền trước hoặc liền sau, ví dụ: /{command} {year}"
WORDS_EXAMPLE = "Mục này cần từ {least} đến {most} chữ, ví dụ: {example}"
SAVED = "Mỗi câu trả lời được lưu ngay thành bản nháp; dừng lúc nào cũng được."
NOT_THERE = "Đồng chí chưa có bản này."
HANDED_IN_NOW = "Bí thư sẽ duyệt; trước khi được duyệt đồng chí vẫn sửa được."
_LONGEST_SHOWN = 300


def title(kind: DocumentKind, year: int) -> str:
    """ "Bản đăng ký năm 2026"."""
    name = NAMES[kind]
    return f"{name[:1].upper()}{name[1:]} năm {year}"


def window(kind: DocumentKind, due: Due | None, today: date) -> str:
    """Until when the form is due, or that no plan says so."""
    if due is None:
        return f"Kế hoạch chưa ấn định hạn nộp {NAMES[kind]}: đồng chí nộp lúc nào trong năm cũng được."
    if today > due.last_day:
        return f"Hạn nộp {day(due.last_day)} ({due.clause}) đã qua; tôi vẫn nhận và ghi rõ là nộp muộn."
    return f"Hạn nộp: hết ngày {day(due.last_day)} ({due.clause})."


def resumed(answered: int) -> str:
    """When a draft is taken up again."""
    return f"Đồng chí viết tiếp bản nháp, {answered} câu đã có."


def returned(document: Document) -> str:
    """Why the form came back."""
    return f"Bản này được trả lại để bổ sung: {document.return_reason}"


def only_one(document: Document) -> str:
    """When a form is asked for a second time."""
    when = f" ngày {day(document.submitted_on)}" if document.submitted_on else ""
    late = ", nộp muộn" if document.is_late else ""
    state = "đã duyệt" if document.state is DocumentState.APPROVED else "chờ duyệt"
    name = NAMES[document.kind]
    return f"Mỗi năm một bản: đồng chí đã nộp {name} năm {document.year}{when}{late} ({state})."


RATED = "Năm này đã có kết quả xếp loại nên bản này không sửa được nữa."


def how_to_change(document: Document) -> str:
    """What can still be done with a form that is handed in."""
    if document.state is DocumentState.APPROVED:
        return "Bản đã duyệt không sửa được; cần sửa thì nhờ bí thư trả lại."
    return "Chưa duyệt nên đồng chí vẫn sửa được; sửa xong nhớ nộp lại."


def handed_in(document: Document) -> str:
    """After handing in."""
    late = " (muộn hạn)" if document.is_late else ""
    return f"Đã nộp {NAMES[document.kind]} năm {document.year}{late}. {HANDED_IN_NOW}"


def present(answer: object) -> str:
    """What is written so far, above a question that is asked anew."""
    return f"Đang ghi: {shorter(str(answer))}"


def shorter(text: str) -> str:
    """``text`` as long as a chat shows it."""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1].rstrip()}…"


def registered(content: dict[str, Any]) -> list[str]:
    """What a registration says, a line each."""
    answers = content.get("answers", {})
    lines = []
    for place, (_, name) in enumerate(content.get("contents", ())):
        lines.append(f"▪ {name}: {shorter(answers.get(f'what.{place}', '…'))}")
        lines.append(f"   Đo bằng: {answers.get(f'measure.{place}', '…')}; thời hạn: {answers.get(f'by.{place}', '…')}")
    return [*lines, *figures(answers), donts(content)]


def figures(answers: dict[str, Any]) -> list[str]:
    """The figures committed to."""
    hours, times = answers.get("hours"), answers.get("attendance")
    return [
        f"▪ Giờ tình nguyện: {f'{hours} giờ mỗi tuần' if hours else 'không đăng ký'}",
        f"▪ Hoạt động hoặc sinh hoạt: {f'{times} lần mỗi tháng' if times else 'không đăng ký'}",
        f"▪ Sáng kiến: {answers.get('initiative') or 'không đăng ký'}",
    ]


def donts(content: dict[str, Any]) -> str:
    """The do-nots that are watched."""
    return f"▪ Không làm: {joined(chosen_donts(content)) or 'chưa chọn'}"


def chosen_donts(content: dict[str, Any]) -> list[str]:
    """The titles of the do-nots chosen."""
    chosen = content.get("answers", {}).get("donts") or ()
    return [name for key, name in content.get("donts", ()) if key in chosen]


def joined(items: Iterable[str]) -> str:
    """Items in one line."""
    return "; ".join(items)


def reviewed(content: dict[str, Any]) -> list[str]:
    """What a self-review says, a line each."""
    answers = content.get("answers", {})
    names: Sequence[Sequence[str]] = content.get("contents", ())
    lines = [f"▪ {name}: {shorter(answers.get(f'result.{place}', '…'))}" for place, (_, name) in enumerate(names)]
    lines += [
        f"▪ {label}: {shorter(answers[key])}"
        for key, label in (
            ("donts", "Điều không nên làm"),
            ("strengths", "Ưu điểm"),
            ("shortcomings", "Hạn chế, nguyên nhân"),
            ("remedies", "Cách khắc phục"),
            ("previous", "Hạn chế năm trước"),
        )
        if answers.get(key)
    ]
    return [*lines, f"▪ Tự xếp loại: {content.get('rating') or '…'}"]


BODIES = {DocumentKind.REGISTRATION: registered, DocumentKind.SELF_REVIEW: reviewed}


def page(document: Document) -> str:
    """The whole form as text."""
    return "\n".join([f"📄 {title(document.kind, document.year)}", *BODIES[document.kind](document.content)])
