"""The words of training models of units."""

from collections.abc import Sequence

from handlers.texts.wording import day
from storage.models import TrainingModel
from storage.people import UnitRow
from storage.training_models import Alike

TITLE, END_TITLE = "mô hình của đơn vị", "kết thúc mô hình"
NO_UNIT = "Mô hình do Bí thư, Phó Bí thư hoặc người được giao của đơn vị đăng ký. Đồng chí nhờ Bí thư đơn vị mình giúp."
HEADING = "Mô hình “Cán bộ Đoàn trách nhiệm”:"
REGISTER, CHANGE, END, SEE = "Đăng ký", "Sửa", "Kết thúc", "Xem"
SEE_ALL, BELOW = "Mô hình của tôi", "Cấp dưới"
ASK_NAME = "Tên mô hình? Ví dụ: Mỗi tuần một việc nghĩa. (Được trùng tên với đơn vị khác.)"
NAME_EXAMPLE = "Tên dài 3–120 chữ, ví dụ: Mỗi tuần một việc nghĩa"
ASK_IDEA = "Ý tưởng: mô hình nhắm vào điều gì ở đơn vị mình? Vài câu là đủ."
ASK_WAY = "Cách làm: ai làm gì, khi nào, lấy gì để biết là được?"
TEXT_EXAMPLE = (
    "Đồng chí viết 10–1500 chữ, ví dụ: Mỗi cán bộ nhận giúp một đoàn viên yếu thế, cuối tháng kể lại ở chi đoàn"
)
FROM_ABOVE = "Xem mô hình của cấp trên"
SAVE, EDIT = "Lưu", "Sửa lại"
CARD_EXAMPLE = "Đồng chí bấm Lưu, Sửa lại, hoặc gõ: lưu"
COPIED = (
    "Ý tưởng và cách làm đang giống hệt mô hình của cấp trên; kế hoạch muốn mỗi đơn vị có cách làm của mình (C-16). "
    "Đồng chí viết lại theo việc của đơn vị, ví dụ: thay bằng khóm, ấp, lịch và người làm ở đơn vị."
)
GONE = "Mô hình này không còn, hoặc không thuộc đơn vị đồng chí phụ trách."
REALLY_END = "Bấm Kết thúc để thôi tính mô hình này từ hôm nay; nội dung vẫn được giữ."
END_EXAMPLE = "Đồng chí bấm Kết thúc hoặc Hủy, hoặc gõ: kết thúc"
LOOKS_ALIKE = "Có nét giống mô hình dưới đây. Được trùng tên, không nên trùng ý tưởng (C-04); đồng chí tự cân nhắc:"
NONE_ALIKE = "Chưa thấy mô hình nào có nét giống."
LONGEST_QUOTE = 280


def unit_line(unit: UnitRow, row: TrainingModel | None) -> str:
    """One unit and its model."""
    return f"• {unit.name}: {f'“{row.name}”, từ {day(row.first_day)}' if row is not None else 'chưa có mô hình'}"


def above(found: Alike) -> str:
    """The superior's model, to think of one's own."""
    return (
        f"Mô hình của {found.unit.name}: “{found.model.name}”\nÝ tưởng: {found.model.idea}\n"
        f"Cách làm: {found.model.way}\n\nĐây là để tham khảo; đồng chí viết theo việc của đơn vị mình."
    )


def card(unit: UnitRow, name: str, idea: str, way: str, near: Sequence[Alike]) -> str:
    """What will be saved, beside the models that read alike."""
    own = f"Đồng chí xem lại giúp:\n{unit.name}\n“{name}”\nÝ tưởng: {idea}\nCách làm: {way}"
    return f"{own}\n\n{alike(near)}"


def alike(near: Sequence[Alike]) -> str:
    """The models that read alike, each with its own words."""
    if not near:
        return NONE_ALIKE
    return "\n".join([LOOKS_ALIKE, *(_quote(one) for one in near)])


def _quote(one: Alike) -> str:
    words = f"{one.model.idea} {one.model.way}"
    cut = words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE].rstrip()}…"
    return f"• {one.unit.name}, “{one.model.name}”: {cut}"


def saved(unit: UnitRow, row: TrainingModel) -> str:
    """After saving."""
    return f"Đã ghi mô hình “{row.name}” của {unit.name} ✓"


def ended(unit: UnitRow, row: TrainingModel) -> str:
    """After ending."""
    return f"Đã kết thúc mô hình “{row.name}” của {unit.name}."


def page(unit: UnitRow, row: TrainingModel, who: str, times: int, near: Sequence[Alike]) -> str:
    """One model as it stands."""
    changed = f", đã sửa {times - 1} lần" if times > 1 else ""
    return (
        f"“{row.name}” – {unit.name}\nTừ {day(row.first_day)}, do {who} ghi{changed}\n"
        f"Ý tưởng: {row.idea}\nCách làm: {row.way}\n\n{alike(near)}"
    )


def below(unit: UnitRow, have: int, units: int) -> str:
    """How many units below have one."""
    return f"Cấp dưới trực tiếp của {unit.name}: {have}/{units} đơn vị có mô hình."
