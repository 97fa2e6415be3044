"""Figures, days and times as Vietnamese readers write them."""

from datetime import date, datetime

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_CHANNELS = {"web": "trang web", "telegram": "Telegram", "zalo": "Zalo"}


def number(value: float) -> str:
    """``value`` with a decimal comma and at most two decimals: 2, 1,5, 0,25."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def day(value: date) -> str:
    """ "20/11/2026"."""
    return f"{value.day}/{value.month}/{value.year}"


def days(first: date, last: date) -> str:
    """ "24/11/2026–30/11/2026", or the one day that it is."""
    return day(first) if first == last else f"{day(first)}–{day(last)}"


def weekday(value: date) -> str:
    """ "thứ Sáu 20/11"."""
    return f"{WEEKDAYS[value.weekday()]} {value.day}/{value.month}"


def clock(minute_of_day: int) -> str:
    """Minutes of the day as "7:30"."""
    hour, minute = divmod(minute_of_day, 60)
    return f"{hour}:{minute:02d}"


def duration(minutes: int) -> str:
    """ "2 giờ 30 phút"."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} giờ"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} phút")
    return " ".join(parts)


def moment(local: datetime) -> str:
    """A local time as "20/11/2026 7:30"."""
    return f"{day(local)} {clock(local.hour * 60 + local.minute)}"


def capital(text: str) -> str:
    """``text`` with its first letter large."""
    return text[:1].upper() + text[1:]


def channel(name: str) -> str:
    """A channel as people call it."""
    return _CHANNELS.get(name, name)
