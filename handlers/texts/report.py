"""Words of reports, shared by chat, picture and workbook."""

from handlers.texts.progress import SHORT
from handlers.texts.wording import day, number
from storage.figures import Count, UnitFigures, UnitLine
from storage.periods import PeriodKind
from storage.terms import Requirement, Status

PARTS = ("đạt, đã xác nhận", "đạt, tự khai", "đang thực hiện", "chưa đạt", "được miễn")
ALL_BELOW = "Toàn đơn vị và cấp dưới"
NOBODY = "Không có cán bộ nào thuộc diện phải thực hiện trong kỳ này."
NO_ROLL_CALL = "chưa có danh sách triệu tập nên không tính tỷ lệ"
NOT_ASKED = "kế hoạch không đặt chỉ tiêu này"
NOT_YET_JUDGED = "đang thực hiện, hết kỳ mới tính"
# What asks for every occasion of a period: before its end nobody can have met it, which is no shortfall.
DONE_LAST_DAY = frozenset({Requirement.YOUTH_SHIRT})
TIMES = {PeriodKind.WEEK: "lượt tuần", PeriodKind.MONTH: "lượt tháng", PeriodKind.YEAR: "lượt năm"}


def period_title(figures: UnitFigures) -> str:
    """ "Tuần 47 (16/11–22/11/2026)"."""
    label = figures.period.label
    return label[:1].upper() + label[1:]


def cut_off(figures: UnitFigures) -> str:
    """Until when the figures count."""
    return f"{'Trọn kỳ' if figures.is_over else 'Lũy kế'} đến {day(figures.as_of)}"


def people(row: UnitLine) -> str:
    """How many people a row counts, and how many the plan binds."""
    return f"{row.people} cán bộ, {row.obliged} thuộc diện thực hiện"


def waiting(count: int) -> str:
    """Entries of the period that nobody has reviewed yet."""
    return f"Chờ xác nhận trong kỳ: {count} mục."


def need_help(count: int) -> str:
    """How many people may need help; their names are shown to followers alone."""
    return f"Có thể cần giúp: {count} người."


def directly_at(unit_name: str) -> str:
    """The people of the unit itself."""
    return f"Trực tiếp tại {unit_name}"


def further_units(count: int) -> str:
    """Units that share one bar."""
    return f"và {count} đơn vị khác"


def by_unit(requirement: str) -> str:
    """Heading of the bars of the units below."""
    return f"Theo đơn vị: {requirement[:1].lower()}{requirement[1:]}"


def short_label(figures: UnitFigures, requirement: Requirement) -> str:
    """The requirement, with its running period where that is longer than the report's."""
    label = SHORT[requirement]
    if not figures.to_date(requirement):
        return label
    return f"{label}, {figures.judged[requirement][-1].label}"


def met_of_due(figures: UnitFigures, requirement: Requirement, row: UnitLine, *, with_before: bool = False) -> str:
    """ "2/4 đạt, kỳ trước 1/4"; over several weeks or months these are counted: "12/16 lượt tuần đạt"."""
    count = row.counts[requirement]
    if _not_yet_judged(requirement, count):
        return NOT_YET_JUDGED
    times = f" {_times(figures, requirement)}" if figures.several(requirement) else ""
    words = f"{count.periods_met}/{count.periods_due}{times} đạt"
    before = comparable(figures, requirement) if with_before else None
    return f"{words}, kỳ trước {before.periods_met}/{before.periods_due}" if before is not None else words


def _not_yet_judged(requirement: Requirement, count: Count) -> bool:
    return requirement in DONE_LAST_DAY and count.periods[Status.IN_PROGRESS] == count.periods_due > 0


def _times(figures: UnitFigures, requirement: Requirement) -> str:
    return TIMES[figures.judged[requirement][0].kind]


def requirement_line(figures: UnitFigures, requirement: Requirement, unit_of_count: str) -> str:
    """One requirement of a whole unit: people, periods when there are several, hours, both readings."""
    count = figures.total.counts[requirement]
    amounts = f"{number(count.declared)} {unit_of_count} tự khai, {number(count.confirmed)} đã xác nhận"
    label = short_label(figures, requirement)
    excused = f"{count.people[Status.EXCUSED]} được miễn"
    if not count.due:
        why = NO_ROLL_CALL if requirement is Requirement.SUMMONED_MEETINGS else NOT_ASKED
        if count.people[Status.EXCUSED]:
            why = excused
        return f"• {label}: {f'{amounts} ({why})' if count.declared else excused}"
    if _not_yet_judged(requirement, count):
        return f"• {label}: {count.due} người {NOT_YET_JUDGED}"
    words = [f"{count.met}/{count.due} người đạt (đã xác nhận {count.people_met_confirmed})"]
    if figures.several(requirement):
        words.append(met_of_due(figures, requirement, figures.total))
    if before := comparable(figures, requirement):
        words.append(f"kỳ trước {before.met}/{before.due}")
    if count.people[Status.EXCUSED]:
        words.append(excused)
    hours = f"; {amounts}" if requirement is Requirement.VOLUNTEER_HOURS else ""
    return f"• {label}: {', '.join(words)}{hours}"


def comparable(figures: UnitFigures, requirement: Requirement) -> Count | None:
    """The figures of the period before, where they are of a whole period too."""
    before = figures.previous.counts[requirement]
    return before if before.due and not figures.to_date(requirement) else None


def picture_alt(unit_code: str, period: str) -> str:
    """What the picture shows, for those who cannot see it."""
    return f"Biểu đồ số cán bộ đạt từng nội dung, đơn vị {unit_code}, {period}"
