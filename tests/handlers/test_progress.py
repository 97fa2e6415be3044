"""/tiendo tells how I stand, /visao why; both only about the one who asks."""

import json
from datetime import date, timedelta

import pytest

from handlers.conversations.progress import read_shown
from handlers.turn import House
from storage.database import Database
from storage.periods import Period
from storage.terms import EntryKind, EntryState, RecognisedBy
from tests.chat import Chat
from tests.frozen import FrozenClock
from tests.handlers.logged import grant_leave, log

TODAY = date(2026, 11, 20)
NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def logged(city: Database) -> Database:
    """What the secretary AN did in November."""

    def november(day: int) -> date:
        return NOVEMBER.replace(day=day)

    log(city, "AN", EntryKind.VOLUNTEER_HOURS, november(18), "DCS1", minutes=90, title="Dọn vệ sinh tuyến kênh")
    log(
        city,
        "AN",
        EntryKind.VOLUNTEER_HOURS,
        november(17),
        start_minute=480,
        end_minute=540,
        title="Trực hướng dẫn thủ tục",
    )
    log(city, "AN", EntryKind.VOLUNTEER_ACTIVITY, november(7), "CD11", title="Hiến máu", state=EntryState.CONFIRMED)
    log(city, "AN", EntryKind.VOLUNTEER_ACTIVITY, november(8), title="Chủ nhật xanh")
    log(city, "AN", EntryKind.BRANCH_MEETING, november(5), "CD11", title="Sinh hoạt tháng 11")
    log(city, "AN", EntryKind.BRANCH_MEETING, november(6), "CD12", title="Sinh hoạt tháng 11")
    log(city, "AN", EntryKind.YOUTH_SHIRT, november(16))
    log(city, "AN", EntryKind.INITIATIVE, date(2026, 5, 10), title="Số hóa sổ đoàn viên", applied=True)
    return city


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("", None),
        ("tuần", Period.parse("2026-W47")),
        ("Tuan nay", Period.parse("2026-W47")),
        ("tuần trước", Period.parse("2026-W46")),
        ("tháng", Period.parse("2026-11")),
        ("tháng trước", Period.parse("2026-10")),
        ("năm", Period.parse("2026")),
        ("2026-W01", Period.parse("2026-W01")),
        ("2025", Period.parse("2025")),
        ("tháng 10", Period.parse("2026-10")),
    ],
)
def test_a_period_is_read_as_people_type_it(typed: str, period: Period | None) -> None:
    assert read_shown(typed, TODAY) == period


@pytest.mark.parametrize("typed", ["2026-Q4", "2026-12", "2027", "tuần sau", "hôm qua", "2026-W60", "x" * 4000])
def test_other_periods_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_shown(typed, TODAY)


TABLES: tuple[list[tuple[str, str]], ...] = (
    [("/tiendo", "⏳ Giờ tình nguyện: 1,5/2 giờ (đã xác nhận 0)")],
    [("tiến độ", "1/3 hoạt động hoặc 2/3 buổi sinh hoạt"), ("tien do cua toi", "TUẦN 47 (16/11–22/11/2026)")],
    [("/tiendo", "gộp hai loại thì đủ"), ("[Vì sao: giờ]", "Quy định C-19 (mục IV.2.2")],
    [("/tiendo", "➖ Văn nghệ, thể thao: không áp dụng"), ("[Tuần trước]", "⚠️ Giờ tình nguyện: 0/2 giờ")],
    [("/tiendo thang", "Áo Thanh niên: 1/5 ngày thứ Hai"), ("[Tháng trước]", "THÁNG 10/2026")],
    [("/tiendo tuần trước", "vẫn ghi bổ sung được"), ("/visao volunteer_hours 2026-W46", "vẫn ghi bổ sung được")],
    [("/tiendo 2026-Q4", "ví dụ: /tiendo tuần trước")],
    [("/visao", "nội dung nào"), ("[Vì sao: sáng kiến]", "10/5 Số hóa sổ đoàn viên: chưa được công nhận")],
    [("/visao volunteer_hours 2026-W47", "18/11 Dọn vệ sinh tuyến kênh: 1,5 giờ, chờ xác nhận")],
    [("/visao volunteer_hours 2026-W47", "17/11 Trực hướng dẫn thủ tục: nằm trong giờ hành chính")],
    [("/visao attendance 2026-11", "7/11 Hiến máu: 1 lần, đã xác nhận")],
    [("/visao attendance 2026-11", "8/11 Chủ nhật xanh: chưa rõ đơn vị tổ chức")],
    [("/visao attendance 2026-11", "Cách hiểu đang áp dụng – Đủ số lần trong tháng tính thế nào?")],
    [("/visao attendance 2026-11", "Cách gọn nhất:"), ("/visao attendance", "cách hiểu đang áp dụng cần đủ")],
    [("/visao sáng kiến", "10/5 Số hóa sổ đoàn viên"), ("/visao van nghe", "không áp dụng")],
    [("/visao bản đăng ký", "chưa nộp"), ("[Đăng ký năm]", "Bản đăng ký năm 2026")],
    [("/visao youth_shirt 2026-11", "Cách gọn nhất: chưa ghi áo"), ("/tiendo", "Bản tự kiểm điểm: chưa nộp")],
    [("/tiendo", "Bản đăng ký: chưa nộp"), ("[Đăng ký năm]", "Bản đăng ký năm 2026")],
    [("/visao culture_sport", "không áp dụng (kế hoạch không nêu số")],
    [("/tiendo tháng trước", "ℹ️ Họp triệu tập: đã ghi 0 buổi họp; chưa có danh sách để đối chiếu")],
    [("/visao summoned_meetings", "chưa có danh sách triệu tập")],
    [("/visao karaoke", "nội dung nào"), ("/visao attendance 2099-01", "nội dung nào")],
)


def test_conversations(logged: Database, house: House) -> None:
    for table in TABLES:
        Chat(logged, house, cadre="AN").play(table)


def test_buttons_lead_to_the_grounds_and_to_the_forms(logged: Database, house: House) -> None:
    chat = Chat(logged, house, cadre="AN")
    chat.say("/tiendo")
    keys = [choice.key for choice in chat.choices]
    assert {"/visao volunteer_hours 2026-W47", "/visao attendance 2026-11", "/visao initiative 2026", "/ghi"} < set(
        keys
    )
    assert all(len(key.encode()) <= 64 for key in keys)
    assert all(len(choice.label) <= 30 for choice in chat.choices)
    chat.say("/visao attendance 2026-11")
    labels = {choice.label: choice.key for choice in chat.choices}
    assert labels["Ghi sinh hoạt chi đoàn"] == "/ghi branch_meeting"
    assert labels["Sửa 8/11 Chủ nhật xanh"].startswith("/muc ")


def test_text_and_picture_show_the_same_figures(logged: Database, house: House) -> None:
    chat = Chat(logged, house, cadre="AN")
    (reply,) = chat.say("/tiendo")
    (image,) = reply.attachments
    picture = json.loads(json.dumps(image.args))
    bars = {bar["label"]: bar for section in picture["sections"] for bar in section["bars"]}
    assert (image.maker, image.is_picture) == ("progress_chart", True)
    assert (bars["Giờ tình nguyện"]["declared"], bars["Giờ tình nguyện"]["required"]) == (1.5, 2.0)
    assert (bars["Hoạt động tình nguyện"]["words"], bars["Hoạt động tình nguyện"]["confirmed"]) == ("1/3", 1)
    assert bars["hoặc sinh hoạt chi đoàn"]["words"] == "2/3 · còn hạn"
    assert bars["Họp triệu tập"]["words"] == "đã ghi 0 buổi họp"
    assert (bars["Văn nghệ, thể thao"]["required"], bars["Văn nghệ, thể thao"]["words"]) == (None, "không áp dụng")


def test_what_is_met_asks_for_nothing(city: Database, house: House) -> None:
    log(city, "AN", EntryKind.VOLUNTEER_HOURS, TODAY, minutes=150, title="Tiếp sức")
    log(
        city,
        "AN",
        EntryKind.INITIATIVE,
        TODAY,
        title="Sổ số",
        recognised_by=RecognisedBy.AGENCY_HEAD,
        recognised_on=TODAY,
        state=EntryState.CONFIRMED,
    )
    chat = Chat(city, house, cadre="AN")
    chat.play([("/tiendo tuan", "✅ Giờ tình nguyện: 2,5/2 giờ (đã xác nhận 0)"), ("/tiendo nam", "✅ Sáng kiến: 1/1")])
    assert not [choice for choice in chat.choices if choice.key.startswith("/visao initiative")]
    chat.play([("/visao initiative", "– đạt")])
    assert "Cách gọn nhất" not in chat.text


def test_leave_excuses_and_says_so(city: Database, house: House) -> None:
    grant_leave(city, "AN", date(2026, 11, 16), date(2026, 11, 22))
    Chat(city, house, cadre="AN").play([("/tiendo tuần", "🏖 Giờ tình nguyện: được miễn; cả kỳ là ngày nghỉ")])


def test_on_the_last_day_what_is_missing_is_not_met(logged: Database, house: House, clock: FrozenClock) -> None:
    clock.set_now(clock.now() + timedelta(days=2))
    Chat(logged, house, cadre="AN").play([("/tiendo tuần", "⚠️ Giờ tình nguyện: 1,5/2 giờ")])


def test_whoever_is_outside_the_bloc_owes_nothing(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="KHANH")
    chat.play([("/tiendo", "không có chỉ tiêu nào: kế hoạch chỉ áp dụng cho khối")])
    assert not chat.replies[0].attachments


def test_city_level_has_no_monthly_number(city: Database, house: House) -> None:
    Chat(city, house, cadre="GIANG").play([("/tiendo", "➖ Hoạt động, sinh hoạt: không áp dụng")])


def test_nobody_sees_anothers_entries(logged: Database, house: House) -> None:
    chat = Chat(logged, house, cadre="CHI")
    chat.play([("/tiendo", "Phạm Lan Chi"), ("/visao volunteer_hours 2026-W47", "chưa có mục nào")])
    assert "kênh" not in chat.text
    Chat(logged, house).play([("/tiendo", "chưa biết đồng chí là ai"), ("/visao attendance", "mã mời")])


def test_entries_past_the_tenth_are_counted_not_listed(city: Database, house: House) -> None:
    for number in range(13):
        log(city, "AN", EntryKind.VOLUNTEER_HOURS, TODAY, minutes=10, start_minute=18 * 60 + number * 10)
    Chat(city, house, cadre="AN").play([("/visao volunteer_hours", "… và 3 mục nữa: /lichsu")])
