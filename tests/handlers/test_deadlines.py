"""Deadlines in the chat: hand in, accept, return with a reason; nobody accepts their own or a stranger's."""

from datetime import date

import pytest
from sqlmodel import Session, select

from handlers.turn import House
from handlers.views import my_data
from storage.access import load_actor
from storage.database import Database
from storage.models import DeadlineState, DeadlineSubmission, OutboxMessage
from storage.plan_work import activate
from tests import cast
from tests.chat import Chat
from tests.frozen import FrozenClock
from tests.world import local

REPORT = "Gửi báo cáo kết quả năm kèm biểu"


@pytest.fixture
def active(city: Database, house: House, clock: FrozenClock) -> Database:
    """The template of 2019 runs for DUB in 2026; it is 10 December."""
    clock.set_now(local("2026-12-10 09:00"))

    def work(session: Session) -> None:
        giang = load_actor(session, cast.cadre_id(session, "GIANG"), date(2026, 12, 10))
        assert giang is not None
        unit, year = cast.unit_id(session, "DUB"), (date(2026, 1, 1), date(2026, 12, 31))
        activate(session, giang, house.plan, "kien-giang-2019", unit, *year, "", clock.now(), date(2026, 12, 10))

    city.write_now(work)
    return city


@pytest.fixture
def an(active: Database, house: House) -> Chat:
    """The chat of AN, secretary of DCS1, right below DUB."""
    return Chat(active, house, cadre="AN")


@pytest.fixture
def dung(active: Database, house: House) -> Chat:
    """The chat of DUNG, who follows DUB."""
    return Chat(active, house, cadre="DUNG")


def submission(db: Database) -> DeadlineSubmission:
    """What was handed in."""
    return db.read_now(lambda session: session.exec(select(DeadlineSubmission)).one())


HAND_IN = [
    ("/han", "hạn hết 14/12/2026 (còn 4 ngày), chưa nộp"),
    (f"[{REPORT[:20]}]", "K-21"),
    ("[Nộp]", "gửi ảnh chụp"),
    ("Báo cáo số 45-BC/ĐTN", "Đúng chưa"),
    ("[Nộp]", "Đúng hạn"),
]


def test_handed_in_returned_handed_in_again_and_accepted(active: Database, an: Chat, dung: Chat) -> None:
    an.play(HAND_IN)
    assert submission(active).state is DeadlineState.SUBMITTED
    dung.play(
        [
            ("/han", "Hạn"),
            ("[Chờ tôi nhận (1)]", "Đoàn cơ sở Sở Nội vụ"),
            ("[Đoàn cơ sở]", "Báo cáo số 45-BC/ĐTN"),
            ("[Trả lại]", "Vì sao trả lại"),
            ("?", "Lý do từ 3"),
            ("Thiếu biểu số liệu", "Đã trả lại"),
        ]
    )
    an.play([("/han", "bị trả lại"), (f"[{REPORT[:20]}]", "Thiếu biểu số liệu"), ("[Nộp lại]", "gửi ảnh chụp")])
    an.play([("<photo>", "kèm một ảnh"), ("[Nộp]", "Đúng hạn")])
    dung.play([("/hancho", "Sở Nội vụ"), ("[Đoàn cơ sở]", "Có kèm ảnh"), ("[Nhận]", "Đã nhận")])
    assert submission(active).state is DeadlineState.ACCEPTED
    an.play([("/han", "✓ Gửi báo cáo")])
    keys = active.read_now(lambda session: [row.kind for row in session.exec(select(OutboxMessage))])
    assert sorted(keys) == ["deadline_reviewed", "deadline_reviewed", "handed_in", "handed_in"]


def test_late_is_said_before_and_after(active: Database, an: Chat, clock: FrozenClock) -> None:
    clock.set_now(local("2026-12-15 00:00"))
    an.play(
        [
            ("/han", "quá 1 ngày"),
            (f"[{REPORT[:20]}]", "K-21"),
            ("[Nộp]", "gửi ảnh chụp"),
            ("[Không kèm gì]", "Đã quá hạn"),
            ("[Nộp]", "Nộp muộn"),
        ]
    )
    assert submission(active).is_late


def test_what_was_handed_in_is_part_of_ones_own_data(active: Database, house: House, an: Chat) -> None:
    an.play([*HAND_IN, ("/lichmoi", "https://")])
    args = {"cadre": active.read_now(lambda session: cast.cadre_id(session, "AN"))}
    sheets = active.read_now(lambda session: my_data.gather(session, house, args, house.clock.now()))
    found = {sheet.name: sheet.rows for sheet in sheets}
    (row,) = found["Hạn"]
    assert row[3:] == ("Đoàn cơ sở Sở Nội vụ", "10/12/2026 9:00", "đã nộp, chờ nhận", "Báo cáo số 45-BC/ĐTN")
    assert found["Liên kết lịch"] == [("10/12/2026 9:00",)]


def test_the_last_minute_is_in_time(active: Database, an: Chat, clock: FrozenClock) -> None:
    clock.set_now(local("2026-12-14 23:59"))
    an.play([("/han", "hôm nay"), *HAND_IN[1:]])
    assert not submission(active).is_late


def test_what_has_no_day_can_be_handed_in_all_the_same(active: Database, dung: Chat) -> None:
    """K-18: a yearly report of the unit that runs the plan, of which no day is named."""
    dung.play(
        [
            ("/han", "Tổng hợp kết quả năm trình Ban Thường vụ – Đoàn UBND thành phố: chưa ấn định ngày, chưa nộp"),
            ("[Tổng hợp kết quả năm]", "K-18"),
            ("[Nộp]", "gửi ảnh chụp"),
            ("Báo cáo số 9", "Đúng chưa"),
            ("[Nộp]", "Đúng hạn"),
        ]
    )
    assert not submission(active).is_late


def test_words_too_long_and_stray_answers_are_asked_again(an: Chat) -> None:
    an.play([HAND_IN[0], HAND_IN[1], HAND_IN[2], ("x" * 1001, "dài nhất 1.000"), ("Số 45", "Đúng chưa")])
    an.play([("gì cơ", "bấm Nộp"), ("[Sửa]", "gửi ảnh chụp"), ("quay lại", "câu hỏi đầu tiên"), ("/huy", "Đã bỏ")])


@pytest.mark.parametrize("code", ["HOA", "CHI", "AN"])
def test_neither_strangers_nor_oneself_accept(active: Database, house: House, an: Chat, code: str) -> None:
    an.play(HAND_IN)
    chat = an if code == "AN" else Chat(active, house, cadre=code)
    row = submission(active).id
    chat.say(f"/hannhan {row}")
    assert submission(active).state is DeadlineState.SUBMITTED
    chat.say(f"/hantra {row}")
    assert submission(active).state is DeadlineState.SUBMITTED


def test_another_units_deadline_cannot_be_named(active: Database, house: House, an: Chat) -> None:
    an.say("/han")
    ref = next(choice.key for choice in an.choices if choice.key.startswith("/hanxem")).split()[1]
    hoa = Chat(active, house, cadre="HOA")
    hoa.play([(f"/hannop {ref}", "Không thấy hạn này"), (f"/hanxem {ref}", "Không thấy hạn này")])


def test_accepted_work_is_not_handed_in_again(an: Chat, dung: Chat) -> None:
    an.play(HAND_IN)
    key = next(c.key for c in dung.say("/hancho")[0].choices[0] if c.key.startswith("/hanxet"))
    dung.say(key.replace("/hanxet", "/hannhan"))
    an.say("/han")
    assert not any(REPORT[:20] in choice.label for choice in an.choices)


def test_who_leads_nothing_has_only_their_own_forms(active: Database, house: House) -> None:
    chat = Chat(active, house, cadre="CHI")
    chat.play([("/han", "Nộp bản tự kiểm điểm (của đồng chí)")])
    assert "Đoàn cơ sở" not in chat.text


def test_the_calendar_comes_as_a_file_or_a_secret_address(an: Chat) -> None:
    an.play([("/lich", "tự cập nhật"), ("[Tải tệp lịch]", "Tệp lịch")])
    assert an.replies[0].attachments[0].name.endswith(".ics")
    an.play([("/lich", "Liên kết"), ("[Tạo liên kết]", "https://bot.example/lich/")])
    first = an.text
    an.play([("/lich", "đã có một liên kết"), ("[Đổi liên kết]", "https://bot.example/lich/")])
    assert an.text != first
    an.play([("[Tắt liên kết]", "Đã tắt")])


def test_without_a_public_address_there_is_only_the_file(active: Database, house: House) -> None:
    house.public_url = ""
    chat = Chat(active, house, cadre="AN")
    chat.play([("/lichmoi", "chưa có địa chỉ công khai"), ("[Tải tệp lịch]", "Tệp lịch")])
