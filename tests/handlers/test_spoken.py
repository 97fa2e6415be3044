"""One line of text is enough to log; a card is shown, and nothing is saved before "Lưu"."""

import pytest
from sqlmodel import Session, select

from handlers.turn import House
from storage.database import Database
from storage.models import Entry, Evidence
from storage.terms import EntryKind
from tests import cast
from tests.chat import Chat
from tests.frozen import FrozenClock


def entries(session: Session) -> list[Entry]:
    """Everything that is stored."""
    return list(session.exec(select(Entry)))


def test_one_line_one_card_one_confirmation(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.say("tối qua 19h-21h30 dạy tin học cho bà con")
    assert "Dạy tin học cho bà con" in chat.text
    assert "2 giờ 30 phút" in chat.text
    assert city.read_now(entries) == []
    chat.press("Lưu")
    assert "Đã ghi" in chat.text
    [entry] = city.read_now(entries)
    assert (entry.kind, entry.day.isoformat(), entry.minutes) == (EntryKind.VOLUNTEER_HOURS, "2026-11-19", 150)


def test_an_evening_past_midnight_is_of_the_day_on_which_it_began(city: Database, house: House) -> None:
    Chat(city, house, cadre="BINH").play(
        [
            ("đêm 13/11 em đi tuần tra với tổ an ninh từ 21h30 đến 0h30", "13/11/2026"),
            ("[Lưu]", "Đã ghi"),
            ("/lichsu", "13/11"),
        ]
    )
    entry = city.read_now(lambda session: session.exec(select(Entry)).one())
    assert (entry.start_minute, entry.end_minute, entry.minutes) == (21 * 60 + 30, None, 180)


def test_a_unit_named_in_the_line_is_the_organiser(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="HOA")
    chat.say("18/11 dự shcd khóm 3")
    chat.press("Lưu")
    [entry] = city.read_now(entries)
    assert entry.kind is EntryKind.BRANCH_MEETING
    assert entry.organiser_id == city.read_now(lambda s: cast.unit_id(s, "CD31"))


def test_what_is_missing_is_asked_and_what_was_said_is_kept(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.say("dạy tin học cho bà con 2 tiếng")
    assert "hôm nào" in chat.text
    chat.say("hôm qua")
    assert "2 giờ" in chat.text
    chat.press("Lưu")
    [entry] = city.read_now(entries)
    assert (entry.day.isoformat(), entry.minutes) == ("2026-11-19", 120)


def test_several_entries_of_one_message_are_confirmed_together(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.say("thứ hai mặc áo đoàn, hôm qua 19h-21h dọn vệ sinh tuyến kênh")
    assert "2 mục" in chat.text
    assert city.read_now(entries) == []
    chat.press("Lưu tất cả")
    assert {entry.kind for entry in city.read_now(entries)} == {EntryKind.YOUTH_SHIRT, EntryKind.VOLUNTEER_HOURS}


def test_several_entries_can_be_looked_at_one_by_one(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.say("thứ hai mặc áo đoàn, hôm qua 19h-21h dọn vệ sinh tuyến kênh")
    chat.press("Sửa từng mục")
    chat.press("Lưu")
    assert len(city.read_now(entries)) == 1
    chat.press("Lưu")
    assert len(city.read_now(entries)) == 2


def test_a_photo_with_a_caption_is_an_entry_with_evidence(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.photo("photo-9", caption="hôm qua 19h-21h dọn vệ sinh tuyến kênh")
    chat.press("Lưu")
    assert len(city.read_now(entries)) == 1
    assert [e.remote_id for e in city.read_now(lambda s: s.exec(select(Evidence)).all())] == ["photo-9"]


def test_a_photo_alone_opens_the_form_and_is_kept(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.photo("photo-9")
    assert "Đồng chí muốn ghi việc gì" in chat.text


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("em đủ giờ chưa", "Tiến độ của đồng chí"),
        ("mỗi tháng phải dự mấy buổi shcd?", "MỖI THÁNG"),
        ("mai 7h ra quân ở bến Ninh Kiều nha mn", "không ghi"),
        ("hôm qua mệt quá không đi tình nguyện được", "không ghi"),
        ("cảm ơn nhé", "Đồng chí cứ nhắn một câu"),
        ("đổi giờ nhắc thành 7h tối", "Giờ nhận tin"),
        ("vì sao tôi thiếu giờ", "hỏi về nội dung nào"),
        ("mình muốn rời bot", "chắc chắn rời"),
    ],
)
def test_what_is_no_log_is_answered_and_never_saved(city: Database, house: House, said: str, expected: str) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.say(said)
    assert expected in chat.text
    assert city.read_now(entries) == []


def test_leave_is_for_the_secretary_to_write_down(city: Database, house: House) -> None:
    Chat(city, house, cadre="BINH").play([("tôi xin nghỉ thai sản", "do bí thư ghi")])
    Chat(city, house, cadre="AN").play([("tôi xin nghỉ thai sản", "đợt nghỉ")])


def test_a_correction_without_a_day_opens_the_entry_written_last(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.say("hôm qua 19h-21h dọn vệ sinh tuyến kênh")
    chat.press("Lưu")
    chat.say("xóa giúp, em ghi nhầm")
    assert "Dọn vệ sinh tuyến kênh" in chat.text
    chat.press("Xóa mục này")
    assert "xóa" in chat.text.lower()


@pytest.fixture
def written(city: Database, house: House, clock: FrozenClock) -> Chat:
    """AN, who wrote down something of 14/11, two things of yesterday, and last something of 15/11."""
    chat = Chat(city, house, cadre="AN")
    chat.say("14/11 19h-21h dạy kèm học sinh, tối qua 18h-19h dọn vệ sinh tuyến kênh, hôm qua 20h-21h soạn hồ sơ đoàn")
    chat.press("Lưu tất cả")
    clock.move(minutes=1)
    chat.say("15/11 15h-17h trồng cây ven đường")
    chat.press("Lưu")
    return chat


@pytest.mark.parametrize(
    ("said", "expected", "button"),
    [
        ("sửa mục hôm qua", "Ngày 19/11 đồng chí đã ghi 2 mục", "Soạn hồ sơ đoàn"),
        ("xóa giúp cái thứ 7 vừa rồi, ghi nhầm", "Dạy kèm học sinh", "Xóa mục này"),
        ("sua lai ngay 14/11 thanh 15/11", "Dạy kèm học sinh", "Sửa mục này"),
        ("đổi ngày thành 14/11 giúp em", "Trồng cây ven đường", "Sửa mục này"),
        ("sửa mục hôm kia", "Ngày 18/11 đồng chí chưa ghi mục nào", "Sửa mục này"),
        ("ghi nhầm rồi, sửa giúp", "Trồng cây ven đường", "Xóa mục này"),
    ],
)
def test_a_correction_opens_the_entry_of_the_day_it_names(written: Chat, said: str, expected: str, button: str) -> None:
    written.say(said)
    assert expected in written.text
    assert any(button in choice.label for choice in written.choices)
