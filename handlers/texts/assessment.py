"""What /danhgia shows the committee and /ketqua the person. No level is ever proposed."""

from collections.abc import Iterable
from datetime import date

from handlers.texts.wording import day
from storage.assessment import Standing
from storage.models import Assessment, DocumentState
from storage.people import UnitRow
from storage.terms import DocumentKind
from storage.year_round import YearRound

COMMENT_TITLE, RATE_TITLE, ANSWER_TITLE = "ghi nhận xét", "xếp loại", "trả lời kết quả"
CHOOSE_UNIT = "Đồng chí đánh giá cán bộ của đơn vị nào? (đơn vị mình và cấp dưới trực tiếp)"
NOT_FOUND = (
    "Tôi không thấy trong phần đồng chí đánh giá: chỉ đơn vị đồng chí theo dõi và cấp dưới trực tiếp, không phải bản "
    "thân mình. Ví dụ: /danhgia"
)
NOBODY = "Đơn vị này chưa có cán bộ nào để đồng chí đánh giá."
COMMENT, RATE, REGISTRATION, REVIEW, UNIT, MORE = (
    "Ghi nhận xét",
    "Xếp loại",
    "Bản đăng ký",
    "Tự kiểm điểm",
    "Về đơn vị",
    "Xem tiếp",
)
WHICH_SOURCE = "Nhận xét của ai?"
WORDS_EXAMPLE = "Nhận xét cần từ 3 đến 2.000 chữ, ghi đúng lời của nơi nhận xét."
MET_ON = "{body} họp đánh giá ngày nào? Ví dụ: {example}"
MET_ON_UNREAD = "Ngày ấy chưa đọc được. Đồng chí gõ ngày họp, ví dụ: {example}"
MET_ON_EXAMPLE = "Ngày họp không ở tương lai và thuộc năm {year} hoặc đầu năm sau, ví dụ: {example}"
TODAY = "Hôm nay"
CONFIRM, YES = "Ghi kết quả này?", "Đúng, ghi lại"
CONFIRM_EXAMPLE = "Đồng chí bấm “Đúng, ghi lại”, hoặc Quay lại để sửa."
NO_OUTCOME = "Năm {year} chưa có kết quả đánh giá của đồng chí."
ANSWER = "Trả lời một lần"
ASK_ANSWER = "Đồng chí được trả lời một lần, lời này kèm vào kết quả và gửi người ghi xếp loại. Đồng chí viết gì?"
ANSWER_EXAMPLE = "Câu trả lời cần từ 3 đến 2.000 chữ, ví dụ: Tôi nhất trí với kết quả"
ANSWERED = "Đã ghi câu trả lời của đồng chí."
ALREADY = "Đồng chí đã trả lời rồi, hoặc chưa có kết quả để trả lời."
_STATES: dict[DocumentState | None, str] = {None: "chưa có", DocumentState.DRAFT: "chưa nộp"}


def unit_heading(unit: UnitRow, year: int, body: str, people: list[Standing]) -> str:
    """Above a unit's people."""
    rated, registered = sum(bool(one.rating) for one in people), sum(one.is_registered for one in people)
    return (
        f"Đánh giá năm {year} – {unit.name} ({body})\n"
        f"{len(people)} cán bộ, {registered} đã đăng ký, {rated} đã được xếp loại"
    )


def person_line(one: Standing, the_round: YearRound) -> str:
    """One person: forms and rating."""
    level = the_round.rating(one.rating)
    rating = f"xếp loại {level.title}" if level is not None else "chưa xếp loại"
    return (
        f"• {one.cadre.name} – {one.cadre.title.label}: đăng ký {form(one.registration)}, "
        f"tự kiểm điểm {form(one.self_review)}, {rating}"
    )


def form(state: DocumentState | None) -> str:
    """How a form stands, to somebody else than its author."""
    return _STATES.get(state) or (state.label if state is not None else "")


def person(
    one: Standing, year: int, the_round: YearRound, comments: dict[str, str], outcome: Assessment | None, rating: str
) -> str:
    """Everything about one person's year."""
    lines = [
        f"👤 {one.cadre.label}",
        f"Năm {year}: đăng ký {form(one.registration)}; tự kiểm điểm {form(one.self_review)}",
        *(f"▪ {item.title}: {comments.get(item.id, 'chưa có nhận xét')}" for item in the_round.sources),
        f"▪ Xếp loại: {level_of(outcome, rating)}",
    ]
    if outcome is not None and outcome.answered_at is not None:
        lines.append(f"▪ Cán bộ trả lời: {outcome.answer}")
    return "\n".join(lines)


def level_of(outcome: Assessment | None, rating: str) -> str:
    """The rating with who gave it and when."""
    if outcome is None:
        return "chưa xếp loại"
    return f"{rating} ({outcome.body}, họp ngày {day(outcome.met_on)})"


def commented(name: str, source: str) -> str:
    """After writing a comment down."""
    return f"Đã ghi nhận xét của {source} về {name}."


def ask_rating(name: str, body: str, year: int) -> str:
    """The question of the level."""
    return f"{body} xếp loại {name} năm {year}: đồng chí ghi mức mà tập thể đã kết luận."


def rating_example(levels: Iterable[str]) -> str:
    """What can be chosen."""
    return f"Đồng chí chọn một mức: {', '.join(levels)}."


def source_example(sources: Iterable[str]) -> str:
    """Whose comment it can be."""
    return f"Đồng chí chọn nơi nhận xét: {', '.join(sources)}."


_FORM_NAMES = {DocumentKind.REGISTRATION: "Bản đăng ký", DocumentKind.SELF_REVIEW: "Bản tự kiểm điểm"}


def not_handed_in(kind: DocumentKind) -> str:
    """A form that is missing."""
    return f"{_FORM_NAMES[kind]} chưa nộp."


def not_approved(kind: DocumentKind) -> str:
    """A form that nobody has approved."""
    return f"{_FORM_NAMES[kind]} chưa được duyệt."


def met_before(kind: DocumentKind, submitted_on: date) -> str:
    """A meeting before the form was there."""
    return f"Ngày họp trước ngày nộp {_FORM_NAMES[kind].lower()} ({day(submitted_on)})."


def summary(name: str, level: str, body: str, met_on: str, missing: Iterable[str]) -> str:
    """What is about to be written down, and what the committee did not have before it."""
    lines = [f"{name}: {level}", f"{body}, họp ngày {met_on}", *(f"⚠️ {one}" for one in missing)]
    return "\n".join([*lines, "", CONFIRM])


def rated(name: str, *, told: bool) -> str:
    """After rating."""
    return f"Đã ghi xếp loại của {name}." + (" Tôi sẽ báo cho đồng chí ấy." if told else "")


def notice(year: int) -> str:
    """What the person is told; the level itself stays inside /ketqua."""
    return f"Kết quả đánh giá năm {year} của đồng chí đã có. Đồng chí xem và có thể trả lời một lần."


def outcome(row: Assessment, rating: str, the_round: YearRound | None, comments: dict[str, str]) -> str:
    """What the person reads."""
    named = [
        (item.title, comments[item.id]) for item in (the_round.sources if the_round else ()) if item.id in comments
    ]
    lines = [f"Kết quả đánh giá năm {row.year}: {rating}", f"{row.body}, họp ngày {day(row.met_on)}"]
    lines += [f"▪ {title}: {words}" for title, words in named]
    if row.answered_at is not None:
        lines.append(f"▪ Đồng chí đã trả lời: {row.answer}")
    return "\n".join(lines)


def answer_notice(name: str, year: int) -> str:
    """What whoever wrote the rating down is told."""
    return f"Đồng chí {name} đã trả lời kết quả đánh giá năm {year}."
