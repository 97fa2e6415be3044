"""What /kiemdiem asks. Nothing here says how somebody did: that is for the person alone."""

from typing import Any

from handlers.texts.wording import day, number
from storage.figures import PersonFigures, Score
from storage.models import DocumentState
from storage.terms import EntryKind, EntryState, RecognisedBy, Requirement

TITLE = "viết bản tự kiểm điểm"
NOTHING = "Không có"
NOT_REGISTERED = "không đăng ký"
OWN_WORDS = "Phần dưới là lời của riêng đồng chí; tôi không gợi ý và không viết thay."
RATING = "Đồng chí tự xếp loại mình năm nay?"
CARD = "Đồng chí xem lại, rồi bấm Nộp:"
FIGURES_HEADING = "Đã đăng ký và đã làm"
STRENGTHS = "Ưu điểm của đồng chí trong năm?"
SHORTCOMINGS = "Hạn chế, khuyết điểm và nguyên nhân?"
REMEDIES = "Đồng chí sẽ khắc phục thế nào, đến khi nào?"
ANY_EXAMPLE = "viết vài câu bằng lời của đồng chí"
EDITS = {
    "donts": "điều không nên làm",
    "strengths": "ưu điểm",
    "shortcomings": "hạn chế",
    "remedies": "khắc phục",
    "previous": "hạn chế năm trước",
    "rating": "tự xếp loại",
}


def not_registered(year: int, state: DocumentState | None) -> str:
    """A review without a registration."""
    if state is DocumentState.RETURNED:
        return f"Bản đăng ký năm {year} của đồng chí đang được trả lại; đồng chí bổ sung và nộp lại trước."
    if state is DocumentState.DRAFT:
        return f"Bản đăng ký năm {year} của đồng chí còn là bản nháp; đồng chí nộp bản ấy trước."
    return f"Đồng chí chưa có bản đăng ký năm {year} nên chưa có gì để kiểm điểm. Đồng chí đăng ký trước."


def result(name: str, what: str, measure: str, by: str) -> str:
    """One content: what was registered, and the question."""
    return (
        f"{name.upper()}\nĐã đăng ký: {what}\nĐo bằng: {measure}; thời hạn: {by}\n\nĐồng chí đã thực hiện được thế nào?"
    )


def watched(donts: str) -> str:
    """The do-nots that were watched, and the question."""
    chosen = f"Điều đã đăng ký không làm: {donts}.\n" if donts else ""
    return f"{chosen}Nhìn lại những điều không nên làm, đồng chí tự thấy thế nào?"


def previous(words: str) -> str:
    """The shortcomings of the year before, and the question."""
    known = f"Năm trước đồng chí ghi hạn chế: {words}\n" if words else ""
    return f"{known}Hạn chế của năm trước đã khắc phục đến đâu? Nếu không có, bấm {NOTHING}."


def done_rows(answers: dict[str, Any], person: PersonFigures | None) -> list[dict[str, str]]:
    """What was registered beside what was logged; figures only."""
    hours, times = answers.get("hours"), answers.get("attendance")
    return [
        {
            "title": "Giờ tình nguyện",
            "registered": f"{hours} giờ mỗi tuần" if hours else NOT_REGISTERED,
            "done": _amount(person, Requirement.VOLUNTEER_HOURS, "giờ", "tuần"),
        },
        {
            "title": "Hoạt động tình nguyện, sinh hoạt chi đoàn",
            "registered": f"{times} lần mỗi tháng" if times else NOT_REGISTERED,
            "done": _attended(person),
        },
        {
            "title": "Sáng kiến",
            "registered": answers.get("initiative") or NOT_REGISTERED,
            "done": _initiatives(person),
        },
    ]


def _amount(person: PersonFigures | None, requirement: Requirement, unit: str, period: str) -> str:
    score = person.scores.get(requirement) if person is not None else None
    if score is None:
        return "chưa ghi"
    total = f"{number(score.declared)} {unit} đã ghi, {number(score.confirmed)} {unit} đã xác nhận"
    return f"{total}{_met(score, period)}"


def _met(score: Score, period: str) -> str:
    return f"; đủ mức của kế hoạch {score.met}/{score.due} {period}" if score.due else ""


def _attended(person: PersonFigures | None) -> str:
    if person is None:
        return "chưa ghi"
    count = {
        kind: sum(entry.kind is kind and entry.state is not EntryState.RETURNED for entry in person.entries)
        for kind in (EntryKind.VOLUNTEER_ACTIVITY, EntryKind.BRANCH_MEETING)
    }
    score = person.scores.get(Requirement.ATTENDANCE)
    words = f"{count[EntryKind.VOLUNTEER_ACTIVITY]} hoạt động, {count[EntryKind.BRANCH_MEETING]} buổi sinh hoạt đã ghi"
    return f"{words}{_met(score, 'tháng') if score is not None else ''}"


def _initiatives(person: PersonFigures | None) -> str:
    found = [e for e in person.entries if e.kind is EntryKind.INITIATIVE] if person is not None else []
    named = [f"{e.title} ({_recognition(e.recognised_by)})" for e in found if e.state is not EntryState.RETURNED]
    return "; ".join(named) or "chưa ghi"


def _recognition(body: RecognisedBy | None) -> str:
    return f"{body.label} công nhận" if body is not None else "chưa được công nhận"


def entry_rows(person: PersonFigures | None) -> list[dict[str, str]]:
    """What was logged in the year, to be attached."""
    entries = person.entries if person is not None else ()
    return [
        {"day": day(entry.day), "kind": entry.kind.label, "name": entry.title, "state": entry.state.label}
        for entry in entries
        if entry.state is not EntryState.RETURNED
    ]


def beside(rows: list[dict[str, str]], entries: int) -> str:
    """The figures as the chat shows them."""
    lines = [f"▪ {row['title']}: {_registered(row['registered'])}; {row['done']}" for row in rows]
    return "\n".join([f"{FIGURES_HEADING}:", *lines, f"({entries} mục đã ghi được kèm theo bản in.)"])


def _registered(what: str) -> str:
    return what if what == NOT_REGISTERED else f"đăng ký {what}"
