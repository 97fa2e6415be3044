"""What admins are told of a channel that counts messages."""

from handlers.texts import wording


def low(channel: str, month: str, used: int, monthly: int, percent: int) -> str:
    """The month's budget runs low. ``month`` is "2026-11"."""
    year, _, number = month.partition("-")
    name = wording.channel(channel)
    held = (
        "chỉ nhắc ngày cuối tháng và hạn chót, thôi gửi bản tin tuần" if percent >= 90 else "chỉ nhắc lần cuối mỗi kỳ"
    )
    return (
        f"⚠️ {name}: đã dùng {used}/{monthly} tin của tháng {int(number)}/{year} ({percent}%). "
        f"Từ nay đến hết tháng, qua {name} tôi {held}; trả lời thì vẫn đủ đến khi hết tin.\n"
        "Tin không gửi được liệt kê: người vận hành chạy doanbot check. Cần thêm tin: nâng ZALO_MONTHLY_BUDGET "
        "theo gói đã mua."
    )
