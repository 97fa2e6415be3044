"""What the bot says unasked: reminders and the weekly digest."""

from datetime import date

from handlers.texts import wording
from handlers.texts.progress import SHORT
from storage.figures import PersonFigures, Score
from storage.periods import Period, PeriodKind

LOG_NOW = "Ghi ngay"
TOMORROW = "Nhắc lại tối mai"
PAUSE = "Tạm dừng"
REVIEW = "Duyệt mục chờ"
INITIATIVES = "Xem sáng kiến"
SEE_UNIT = "Xem đơn vị"
HELP = "Ai cần giúp?"

DONE_ALREADY = "Đã làm rồi thì đồng chí ghi giúp, tôi sẽ thôi nhắc."
IF_DONE = "Xong rồi thì đồng chí bỏ qua tin này."
NEED_HELP = "Có thể cần giúp (chỉ gửi riêng đồng chí, xin không chuyển tiếp):"
NOBODY_NEEDS_HELP = "Không ai đang cần nhắc thêm."
AHEAD = "Sắp đến hạn:"

_THIS = {PeriodKind.WEEK: "Tuần này", PeriodKind.MONTH: "Tháng này"}


def reminder(name: str) -> str:
    """Above everything that is lacking."""
    return f"🔔 Đồng chí {name} còn việc này:"


def last_call(name: str) -> str:
    """Above the deadlines of which this is the last day."""
    return f"⏰ Đồng chí {name}, hôm nay là hạn cuối:"


def lacking(period: Period, cheapest: str, today: date) -> str:
    """What this week or month still lacks, the cheapest way, and the time left."""
    which = _THIS[period.kind]
    when = "hôm nay là ngày cuối" if period.end == today else f"đến hết {wording.weekday(period.end)}"
    return f"• {which}, {when}: {cheapest[:1].lower()}{cheapest[1:]}"


def shirt(today: date) -> str:
    """On a Monday morning."""
    return f"• Hôm nay {wording.weekday(today)}: mặc áo Thanh niên Việt Nam."


def deadline(title: str, cheapest: str, last_day: date, today: date) -> str:
    """A deadline of the plan, the time left, and the cheapest way to meet it where that is known."""
    left = (last_day - today).days
    when = f"hạn {wording.weekday(last_day)}, còn {left} ngày" if left else "hôm nay là ngày cuối"
    return f"• {title} ({when}). {cheapest}".rstrip()


def digest_head(unit_name: str, week: Period, counted: str, cut_off: str) -> str:
    """Whose digest it is, of which week."""
    return f"📬 Bản tin tuần – {unit_name}\n{wording.capital(week.label)}\n{cut_off} · {counted}"


def in_need(person: PersonFigures) -> str:
    """A person who may be glad of a hand, with the figures that say so."""
    gaps = (f"{SHORT[score.requirement]} {_latest(score)}" for score in person.needs)
    return f"• {person.name} ({person.unit_name}): {'; '.join(gaps)}"


def _latest(score: Score) -> str:
    result = score.open_results[-1]
    return f"{wording.number(result.declared)}/{wording.number(result.required or 0)}"


def further_people(count: int) -> str:
    """People who are not listed by name."""
    return f"• và {count} đồng chí khác, xem ở nút “{HELP}”"


def waiting(count: int) -> str:
    """How many entries the reader may review."""
    return f"Chờ đồng chí xác nhận: {count} mục." if count else "Không có mục nào chờ xác nhận."


def initiatives(count: int) -> str:
    """How many initiatives of the people followed wait for recognition."""
    return f"Sáng kiến chờ công nhận: {count} (C-22)." if count else ""


def ahead(last_day: date, title: str) -> str:
    """A deadline to come."""
    return f"• {wording.weekday(last_day)}: {title}"
