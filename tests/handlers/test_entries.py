"""/ghi: what a person says and what the bot answers. Today is Friday 20/11/2026, 10:00."""

from datetime import date
from random import Random
from typing import Any

import pytest
from sqlmodel import col, select

from handlers.turn import House
from storage.database import Database
from storage.entries import count_evidence
from storage.models import Entry, Evidence, Unit
from storage.terms import EntryKind, EntryState, RecognisedBy
from tests.chat import Chat

Said = tuple[str, str]


def entries(db: Database) -> list[Entry]:
    """All entries in the order in which they were written."""
    return list(db.read_now(lambda s: s.exec(select(Entry).order_by(col(Entry.id))).all()))


def unit_code(db: Database, unit_id: int | None) -> str | None:
    """The code of a unit."""
    return db.read_now(lambda s: s.exec(select(Unit.code).where(Unit.id == unit_id)).first())


KINDS: dict[str, tuple[str, tuple[Said, ...], dict[str, Any]]] = {
    "volunteer hours": (
        "BINH",
        (
            ("/ghi", "muốn ghi việc gì"),
            ("[Giờ tình nguyện]", "hôm nào"),
            ("[Hôm qua]", "trong bao lâu"),
            ("19h-21h", "đã làm gì"),
            ("Dạy kèm học sinh", "Tính cho: 2 giờ tình nguyện tuần 47"),
            ("[Lưu]", "Tuần 47: ✅ Giờ tình nguyện: 2/2 giờ"),
        ),
        {
            "kind": EntryKind.VOLUNTEER_HOURS,
            "day": date(2026, 11, 19),
            "start_minute": 1140,
            "end_minute": 1260,
            "minutes": 120,
            "title": "Dạy kèm học sinh",
            "organiser": "CD11",
        },
    ),
    "volunteer activity": (
        "AN",
        (
            ("ghi hoat dong", "muon ghi viec gi"),
            ("hoat dong tinh nguyen", "diễn ra hôm nào"),
            ("t7", "cấp dưới tổ chức mới tính"),
            ("cd thanh tra", "kéo dài bao lâu"),
            ("3 tieng ruoi", "Tên hoạt động"),
            ("Hiến máu tình nguyện", "3 giờ 30 phút tình nguyện tuần 46; một hoạt động tình nguyện tháng 11"),
            ("luu", "1/3 hoạt động"),
        ),
        {
            "kind": EntryKind.VOLUNTEER_ACTIVITY,
            "day": date(2026, 11, 14),
            "minutes": 210,
            "start_minute": None,
            "organiser": "CD12",
        },
    ),
    "branch meeting": (
        "AN",
        (
            ("/ghi shcd", "diễn ra hôm nào"),
            ("18/11", "Chi đoàn nào sinh hoạt"),
            ("[Chi đoàn Văn phòng]", "Nội dung buổi sinh hoạt"),
            ("[Sinh hoạt định kỳ]", "Tính cho: một buổi sinh hoạt tháng 11"),
            ("ok", "1/3 buổi sinh hoạt"),
        ),
        {
            "kind": EntryKind.BRANCH_MEETING,
            "day": date(2026, 11, 18),
            "minutes": None,
            "title": "Sinh hoạt định kỳ",
            "organiser": "CD11",
        },
    ),
    "initiative that is recognised": (
        "AN",
        (
            ("/ghi initiative", "Tên sáng kiến"),
            ("Số hóa hồ sơ đoàn viên", "đang ở bước nào"),
            ("da duoc cong nhan", "áp dụng vào thực tế chưa"),
            ("[Đã áp dụng]", "Ai công nhận"),
            ("[Đoàn cấp trên]", "công nhận ngày nào"),
            ("2/3", "Số quyết định"),
            ("12/QĐ-ĐTN", "Tính cho: sáng kiến được công nhận năm 2026"),
            ("[Lưu]", "Năm 2026: ✅ Sáng kiến: 1/1"),
        ),
        {
            "day": date(2026, 3, 2),
            "recognised_on": date(2026, 3, 2),
            "recognised_by": RecognisedBy.SUPERIOR_UNION,
            "applied": True,
            "note": "12/QĐ-ĐTN",
        },
    ),
    "initiative that is only proposed": (
        "AN",
        (
            ("/ghi sáng kiến", "Tên sáng kiến"),
            ("Nhóm trực tuyến", "đang ở bước nào"),
            ("Mới đề xuất", "chưa được công nhận"),
            ("[Lưu]", "Đã ghi"),
        ),
        {"day": date(2026, 11, 20), "recognised_on": None, "recognised_by": None, "applied": False},
    ),
    "song, dance or sport": (
        "BINH",
        (
            ("/ghi", "muốn ghi việc gì"),
            ("van nghe", "loại nào"),
            ("bai hat", "tập hôm nào"),
            ("chủ nhật", "Tên bài hát"),
            ("Thanh niên làm theo lời Bác", "Tính cho: văn nghệ, thể thao năm 2026"),
            ("[Lưu]", "Năm 2026: ✅"),
        ),
        {"day": date(2026, 11, 15), "title": "Bài hát: Thanh niên làm theo lời Bác"},
    ),
    "youth shirt": (
        "BINH",
        (
            ("/ghi youth_shirt", "thứ Hai nào"),
            ("[Thứ Hai 16/11]", "Tính cho: áo Thanh niên tháng 11"),
            ("[Lưu]", "1/5 ngày thứ Hai"),
        ),
        {"day": date(2026, 11, 16), "title": "", "organiser": None},
    ),
    "summoned meeting": (
        "AN",
        (
            ("/ghi hop", "diễn ra hôm nào"),
            ("hom nay", "triệu tập"),
            ("[Đoàn UBND thành phố]", "đúng giờ không"),
            ("dung gio", "Tính cho: một cuộc họp triệu tập đúng giờ tháng 11"),
            ("[Lưu]", "Đã ghi"),
        ),
        {"day": date(2026, 11, 20), "organiser": "DUB", "on_time": True},
    ),
    "summoned meeting, late": (
        "AN",
        (
            ("/ghi hop", "diễn ra hôm nào"),
            ("hom nay", "triệu tập"),
            ("[Đoàn UBND thành phố]", "đúng giờ không"),
            ("dạ thưa", "ví dụ: Đúng giờ"),
            ("trễ", "Chưa tính cho họp triệu tập đúng giờ"),
            ("[Lưu]", "Đã ghi"),
        ),
        {"day": date(2026, 11, 20), "organiser": "DUB", "on_time": False},
    ),
}


@pytest.mark.parametrize("case", KINDS)
def test_each_kind_is_logged(city: Database, house: House, case: str) -> None:
    cadre, table, stored = KINDS[case]
    Chat(city, house, cadre=cadre).play(table)
    (entry,) = entries(city)
    found = entry.model_dump() | {"organiser": unit_code(city, entry.organiser_id)}
    assert {name: found[name] for name in stored} == stored
    assert entry.state is EntryState.DECLARED


def test_what_cannot_be_read_is_asked_again_with_an_example(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.play(
        [
            ("/ghi", "muốn ghi việc gì"),
            ("asdf qwer", "ví dụ: Sinh hoạt chi đoàn"),
            ("<sticker>", "chỉ đọc được chữ và lựa chọn"),
            ("x" * 4096, "Tin dài quá"),
            ("hoạt động", "diễn ra hôm nào"),
            ("hồi xưa", "ví dụ: hôm qua, thứ 7, 15/11"),
            ("25/12", "Ngày đó chưa tới"),
            ("31/2", "Lịch không có ngày đó"),
            ("rằm tháng 7", "dương lịch"),
            ("<sticker>", "hôm nào"),
            ("hôm qua", "Đơn vị nào tổ chức"),
            ("zzzz qqqq", "không tìm thấy đơn vị"),
            ("???", "không tìm thấy đơn vị"),
            ("x" * 3999, "không tìm thấy đơn vị"),
            ("noi vu", "chọn đơn vị, hoặc gõ tên rõ hơn"),
            ("bỏ qua", "kéo dài bao lâu"),
            ("nhiều lắm", "ví dụ: 1,5 hoặc 19h-21h"),
            ("0", "phải lớn hơn 0"),
            ("100 giờ", "chỉ có 24 giờ"),
            ("21h-19h", "Giờ kết thúc phải sau"),
            ("²", "ví dụ: 1,5 hoặc 19h-21h"),
            ("không ghi giờ", "Tên hoạt động"),
            ("...", "bằng vài chữ"),
            ("x" * 201, "Nội dung dài 201 chữ"),
            ("Ra quân", "Chưa tính cho hoạt động tình nguyện: chưa rõ đơn vị tổ chức"),
            ("cái gì vậy", "chọn Lưu để ghi"),
            ("đúng rồi", "Đã ghi"),
        ]
    )
    assert len(entries(city)) == 1


def test_volunteer_hours_need_hours(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    chat.play([("/ghi volunteer_hours", "hôm nào"), ("hôm qua", "bao lâu"), ("bỏ qua", "cần có số giờ")])


def test_back_goes_one_question_back_and_cancel_saves_nothing(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    chat.play(
        [
            ("/ghi", "muốn ghi việc gì"),
            ("quay lại", "câu hỏi đầu tiên"),
            ("[Giờ tình nguyện]", "hôm nào"),
            ("[Hôm qua]", "bao lâu"),
            ("quay lai", "hôm nào"),
            ("[Quay lại]", "muốn ghi việc gì"),
            ("quay lại", "câu hỏi đầu tiên"),
            ("[Sinh hoạt chi đoàn]", "Buổi sinh hoạt diễn ra hôm nào"),
            ("[Hôm qua]", "Chi đoàn nào"),
            ("huy", "Chưa có gì được lưu"),
        ]
    )
    assert entries(city) == []


def test_any_field_is_mended_on_the_card(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    chat.play(
        [
            ("/ghi volunteer_hours", "hôm nào"),
            ("hôm qua", "bao lâu"),
            ("2 giờ", "đã làm gì"),
            ("Dọn vệ sinh", "chọn Lưu"),
            ("[Sửa]", "sửa chỗ nào"),
            ("màu sắc", "ví dụ: Ngày"),
            ("[Thời gian]", "bao lâu"),
            ("quay lại", "sửa chỗ nào"),
            ("quay lại", "• Thời gian: 2 giờ"),
            ("[Sửa]", "sửa chỗ nào"),
            ("thoi gian", "bao lâu"),
            ("90p", "• Thời gian: 1 giờ 30 phút"),
            ("[Sửa]", "sửa chỗ nào"),
            ("[Đơn vị tổ chức]", "Đơn vị nào"),
            ("CD12", "• Đơn vị tổ chức: Chi đoàn Thanh tra Sở Nội vụ"),
            ("[Lưu]", "1,5/2 giờ"),
        ]
    )
    (entry,) = entries(city)
    assert (entry.minutes, unit_code(city, entry.organiser_id)) == (90, "CD12")


def test_an_initiative_that_becomes_recognised_on_the_card_is_asked_by_whom(city: Database, house: House) -> None:
    Chat(city, house, cadre="AN").play(
        [
            ("/ghi sk", "Tên sáng kiến"),
            ("Tra cứu nhanh", "bước nào"),
            ("[Đã áp dụng]", "chọn Lưu"),
            ("[Sửa]", "sửa chỗ nào"),
            ("[Tình trạng]", "bước nào"),
            ("[Đã được công nhận]", "thực tế chưa"),
            ("[Đã áp dụng]", "Ai công nhận"),
            ("[Thủ trưởng đơn vị]", "ngày nào"),
            ("1/10", "Số quyết định"),
            ("[Bỏ qua]", "• Ngày công nhận: thứ Năm 1/10/2026"),
            ("[Lưu]", "1/1 sáng kiến"),
        ]
    )
    (entry,) = entries(city)
    assert (entry.applied, entry.recognised_on, entry.note) == (True, date(2026, 10, 1), "")


def test_photos_are_taken_at_any_step_and_kept_with_the_entry(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH", channel="telegram")
    chat.say("/ghi")
    for remote_id in ("p1", "p2", "p2"):
        chat.photo(remote_id)
    chat.play(
        [
            ("giờ tình nguyện", "hôm nào"),
            ("<photo>", "Đã nhận ảnh (3)"),
            ("hôm qua", "bao lâu"),
            ("2h", "đã làm gì"),
            ("Trồng cây", "• Ảnh: 3"),
            ("[Thêm ảnh]", "gửi ảnh vào đây"),
            ("<photo>", "• Ảnh: 3"),
            ("[Thêm ảnh]", "gửi ảnh vào đây"),
            ("[Xem lại]", "• Ảnh: 3"),
            ("[Lưu]", "Kèm 3 ảnh"),
        ]
    )
    (entry,) = entries(city)
    kept = city.read_now(lambda s: s.exec(select(Evidence.remote_id, Evidence.channel)).all())
    assert sorted(kept) == [("p1", "telegram"), ("p2", "telegram"), ("photo-1", "telegram")]
    assert city.read_now(lambda s: count_evidence(s, entry.id or 0)) == 3


def test_an_entry_takes_ten_photos(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    chat.say("/ghi volunteer_hours")
    for number in range(10):
        chat.photo(f"p{number}")
    chat.play([("<photo>", "nhiều nhất 10 ảnh")])


def test_saving_twice_saves_once(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    chat.play([("/ghi áo", "thứ Hai nào"), ("[16/11]", "chọn Lưu")])
    save = chat.data_of("save")
    chat.press_data(save)
    assert "Đã ghi" in chat.text
    chat.press_data(save)
    assert "bước đã qua" in chat.text
    assert "Bấm lại không ghi thêm gì" in chat.text
    assert len(entries(city)) == 1


def test_an_old_button_says_that_the_form_has_moved_on(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    chat.say("/ghi volunteer_hours")
    yesterday = chat.data_of("Hôm qua")
    chat.play([("hôm nay", "bao lâu")])
    chat.press_data(yesterday)
    assert "bước đã qua" in chat.text
    assert "bao lâu" in chat.text
    chat.play([("2h", "đã làm gì"), ("Trồng cây", "thứ Sáu 20/11/2026")])


@pytest.mark.parametrize(
    ("cadre", "offered", "missing"),
    [
        ("AN", ("Chi đoàn Văn phòng Sở Nội vụ", "Chi đoàn Thanh tra Sở Nội vụ", "Đoàn cơ sở Sở Nội vụ"), "Thành đoàn"),
        ("BINH", ("Chi đoàn Văn phòng Sở Nội vụ",), "Chi đoàn Thanh tra"),
    ],
)
def test_the_likely_organisers_are_buttons(
    city: Database, house: House, cadre: str, offered: tuple[str, ...], missing: str
) -> None:
    chat = Chat(city, house, cadre=cadre)
    chat.play([("/ghi shcd", "hôm nào"), ("hôm qua", "Chi đoàn nào")])
    labels = [choice.label for choice in chat.choices]
    assert labels[: len(offered)] == list(offered)
    assert not any(missing in label for label in labels)
    assert max(map(len, labels)) <= 30


def test_a_meeting_is_summoned_by_units_above_the_nearest_first(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    chat.play([("/ghi summoned_meeting", "hôm nào"), ("hôm qua", "triệu tập")])
    labels = [choice.label for choice in chat.choices]
    assert labels[:3] == ["Đoàn cơ sở Sở Nội vụ", "Đoàn UBND thành phố", "Thành đoàn Cần Thơ"]


def test_a_forged_unit_is_not_taken(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    chat.play([("/ghi summoned_meeting", "hôm nào"), ("hôm qua", "triệu tập")])
    version = chat.standing.version if chat.standing else 0
    for key in ("u999999", "u²", "u" + "9" * 30, "x", "u"):
        chat.press_data(f"{version}:{key}")
        assert "không tìm thấy đơn vị" in chat.text
        version = chat.standing.version if chat.standing else 0


def test_one_who_has_not_joined_cannot_log(city: Database, house: House) -> None:
    chat = Chat(city, house)
    chat.say("/ghi volunteer_hours")
    assert "mã mời" in chat.text


def test_another_command_in_between_keeps_the_form(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="BINH")
    chat.play(
        [
            ("/ghi volunteer_hours", "hôm nào"),
            ("hôm qua", "bao lâu"),
            ("/lichsu", "chưa ghi mục nào"),
            ("2h", "đã làm gì"),
            ("/ghi youth_shirt", "đang dở đã được bỏ"),
        ]
    )


def test_one_outside_the_bloc_logs_all_the_same(city: Database, house: House) -> None:
    Chat(city, house, cadre="KHANH").play(
        [
            ("/ghi volunteer_hours", "hôm nào"),
            ("hôm qua", "bao lâu"),
            ("2h", "đã làm gì"),
            ("Trồng cây", "không đặt chỉ tiêu này"),
            ("[Lưu]", "Đã ghi"),
        ]
    )


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_whatever_is_said_at_whatever_step_is_answered(city: Database, house: House) -> None:
    chance = Random(20)
    words = ("/ghi", "/ghi sk", "hôm qua", "15/11", "2h", "8h-10h", "lưu", "Trồng cây", "quay lại", "CD12", "/suamuc 1")
    chat = Chat(city, house, cadre="AN")
    chat.say("/ghi")
    for _ in range(300):
        buttons = [choice for choice in chat.choices if choice.key not in {"cancel", "/menu", "/tiendo"}]
        if buttons and chance.random() < 0.7:
            chat.press(chance.choice(buttons).key)
        elif chance.random() < 0.1:
            chat.photo()
        else:
            chat.say(chance.choice(words))
        assert chat.text.strip()
        assert "None" not in chat.text
        assert all(len(c.label) <= 32 and len(c.key.encode()) <= 64 for c in chat.choices)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("CD12", "đúng giờ không"),
        ("thanh tra", "đúng giờ không"),
        ("cđ văn phòng", "đúng giờ không"),
        ("p cai khe", "đúng giờ không"),
        ("nội vụ", "chọn đơn vị"),
        ("chi đoàn", "không tìm thấy đơn vị"),
    ],
)
def test_a_unit_is_known_by_a_rough_name_or_asked_among_those_that_match(
    city: Database, house: House, typed: str, answer: str
) -> None:
    Chat(city, house, cadre="AN").play([("/ghi hop", "hôm nào"), ("hôm qua", "triệu tập"), (typed, answer)])
