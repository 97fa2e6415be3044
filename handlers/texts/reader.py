"""The one question that is put when a message is not quite a log."""

from typing import Protocol

_WHEN = "Đồng chí làm việc này ngày nào? Ví dụ: hôm qua, thứ 7, 15/11."
_HOW_LONG = "Đồng chí làm trong bao lâu? Ví dụ: 2 tiếng, 90 phút, 7h-9h."
_WHAT = "Đồng chí đã làm việc gì? Ví dụ: dọn rác kênh, sinh hoạt chi đoàn."

_QUESTIONS = {
    "abbreviations": "Chữ viết tắt hiểu được nhiều cách. Đồng chí làm gì, ngày nào? Ví dụ: tình nguyện thứ 7, 2 tiếng.",
    "which_meeting": "Đó là sinh hoạt chi đoàn, họp do Đoàn cấp trên triệu tập, hay họp cơ quan (không tính)?",
    "unclear_deed": "Việc này là giờ tình nguyện, hoạt động của Đoàn hay việc khác? Ví dụ: giờ tình nguyện.",
    "other_body": "Việc này có phải do tổ chức Đoàn tổ chức không? Chỉ việc của Đoàn mới được tính.",
    "unsure_who": "Chính đồng chí có tham gia không? Mỗi người chỉ ghi việc của mình.",
    "meant_as_log": "Đồng chí muốn ghi việc này cho mình phải không?",
    "unfinished": "Việc nào đã làm xong? Đồng chí chỉ ghi việc đã làm, ví dụ: hôm qua dọn rác 2 tiếng.",
    "partly_negated": "Đồng chí muốn ghi việc nào đã làm? Ví dụ: hôm qua trực 2 tiếng.",
    "no_date": _WHEN,
    "vague_date": "Cụ thể là ngày nào? Ví dụ: thứ 5 tuần trước, 12/11.",
    "future_date": "Ngày giờ này chưa tới. Đồng chí đã làm ngày nào? Ví dụ: hôm qua, 15/11.",
    "no_such_date": "Ngày này không khớp lịch. Đồng chí làm ngày nào? Ví dụ: 15/11.",
    "lunar_date": "Đồng chí cho xin ngày dương lịch. Ví dụ: 15/11.",
    "long_ago": "Ngày này thuộc năm trước. Đồng chí làm ngày nào? Ví dụ: 15/11.",
    "several_dates": "Mỗi ngày đồng chí làm mấy tiếng? Ví dụ: 14/11 2 tiếng, 15/11 3 tiếng.",
    "not_monday": "Áo Thanh niên được ghi cho ngày thứ Hai. Đồng chí mặc thứ Hai nào? Ví dụ: 16/11.",
    "no_hours": _HOW_LONG,
    "vague_hours": "Cụ thể là bao lâu? Ví dụ: 2 tiếng rưỡi, 7h-9h30.",
    "duration_or_clock": "Đó là giờ trên đồng hồ hay số tiếng đã làm? Ví dụ: làm 2 tiếng, hoặc 19h-21h.",
    "several_times": "Tổng cộng đồng chí làm mấy tiếng? Ví dụ: 3 tiếng.",
    "too_many_hours": "Hơn 12 tiếng một ngày có đúng không? Đồng chí cho xin số giờ từng ngày, ví dụ: 15/11 3 tiếng.",
    "inside_office_hours": "Đó là giờ hành chính. Hôm đó đồng chí nghỉ phép, nghỉ bù hay làm theo phân công?",
    "no_title": "Sáng kiến của đồng chí tên gì? Ví dụ: Số hóa sổ chi đoàn.",
    "recognition_unknown": "Sáng kiến này đã được công nhận chưa? Ai công nhận, ngày nào? Ví dụ: Thành đoàn, 5/11.",
}
_BY_MISSING = {"type": _WHAT, "date": _WHEN, "hours": _HOW_LONG}


class Said(Protocol):
    """The part of an entry that a question may repeat."""

    title: str | None


def question(reason: str, entry: Said, missing: tuple[str, ...]) -> str:
    """The question for ``reason``, opened by what is already understood when there is a title."""
    asked = _QUESTIONS.get(reason) or next(_BY_MISSING[name] for name in missing if name in _BY_MISSING)
    return (
        f"“{entry.title}”: {asked[:1].lower()}{asked[1:]}"
        if entry.title and len(missing) == 1 and reason in _SHORT
        else asked
    )


_SHORT = {"no_date", "no_hours", "vague_date", "vague_hours"}
