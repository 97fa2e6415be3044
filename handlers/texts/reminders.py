"""What /nhacnho, /tamdung, /tieptuc and /nhaclai say."""

from datetime import date, datetime

from handlers.texts import wording

TITLE = "đặt giờ nhắc"
HOURS_EXAMPLE = "Đồng chí ghi từ giờ nào đến giờ nào, trong khoảng 6:30–21:00, ví dụ: 7h-20h"
UNTIL_EXAMPLE = "Đồng chí ghi một ngày từ hôm nay đến một năm tới, ví dụ: 30/11 hoặc 2 tuần"
ASK_UNTIL = "Đồng chí muốn tạm dừng nhắc đến hết ngày nào? Chọn, hoặc gõ ngày, ví dụ: 30/11"
HELD = "Tin rơi ngoài giờ này được giữ lại đến giờ gần nhất, không mất."
RESUMED = "Đã ghi: tôi sẽ nhắc đồng chí trở lại từ bây giờ."

SHIRT_AT = 6 * 60 + 45
ALL_DAY = "Cả ngày 6:30–21:00"
EVENING = "Chiều tối 17:00–21:00"
NOON = "Nghỉ trưa 11:00–13:00"
PAUSE = "Tạm dừng nhắc"
RESUME = "Nhắc trở lại"
SHIRT_ON = "Bật nhắc áo thứ Hai"
SHIRT_OFF = "Tắt nhắc áo thứ Hai"
ONE_WEEK = "Một tuần"
ONE_MONTH = "Một tháng"
YEAR_END = "Đến hết năm"


def _hours(earliest: int, latest: int) -> str:
    return f"{wording.clock(earliest)}–{wording.clock(latest)}"


def settings(earliest: int, latest: int, paused_until: date | None, shirt: bool) -> str:
    """The present settings, and what can be typed."""
    if paused_until is None:
        state = "đang bật; chỉ nhắc khi còn thiếu, mỗi ngày nhiều nhất một tin"
    else:
        state = f"tạm dừng đến hết {wording.day(paused_until)}"
    return "\n".join(
        (
            f"Nhắc nhở: {state}.",
            f"• Giờ nhận tin: {_hours(earliest, latest)}",
            f"• Nhắc áo Thanh niên sáng thứ Hai: {'có' if shirt else 'không'}",
            "Đồng chí chọn, hoặc gõ giờ khác, ví dụ: 7h-20h",
        )
    )


def hours_set(earliest: int, latest: int) -> str:
    """After the hours were changed."""
    return f"Đã ghi: tôi chỉ nhắc đồng chí trong khoảng {_hours(earliest, latest)}. {HELD}"


def paused(until: date) -> str:
    """After a pause was set."""
    return f"Đã ghi: tạm dừng nhắc đến hết {wording.weekday(until)}/{until.year}. Muốn nhắc lại sớm hơn: /tieptuc"


def shirt_set(wanted: bool, earliest: int) -> str:
    """After the Monday reminder was switched; ``earliest`` is the minute from which reminders are welcome."""
    if wanted:
        minute = max(SHIRT_AT, earliest)
        return f"Đã ghi: {wording.clock(minute)} thứ Hai (trừ ngày nghỉ) tôi sẽ nhắc đồng chí mặc áo Thanh niên."
    return "Đã ghi: tôi không nhắc mặc áo Thanh niên nữa."


def snoozed(until: datetime, last_day_of: str) -> str:
    """After a reminder was put off; ``last_day_of`` names the period that will be over by then, if any."""
    when = f"{wording.clock(until.hour * 60 + until.minute)} {wording.weekday(until)}"
    said = f"Đã ghi: tôi sẽ nhắc lại lúc {when}, nếu khi ấy đồng chí còn thiếu."
    if last_day_of:
        return f"{said}\nLưu ý: {last_day_of} kết thúc trong hôm nay; việc của kỳ này nên ghi ngay: /ghi"
    return said
