"""The words of the year's sheets in one's own data."""

FORMS = (
    "Hồ sơ năm",
    ("Năm", "Loại", "Trạng thái", "Ngày nộp", "Hạn nộp", "Lý do trả lại", "Nội dung"),
)
TRACE = ("Hồ sơ năm – diễn biến", ("Năm", "Loại", "Lúc", "Người làm", "Trạng thái", "Lý do"))
RATINGS = ("Xếp loại", ("Năm", "Mức", "Nơi đánh giá", "Ngày họp", "Ghi lúc", "Đồng chí trả lời"))
COMMENTS = ("Nhận xét", ("Năm", "Nguồn", "Nội dung", "Ghi lúc"))
