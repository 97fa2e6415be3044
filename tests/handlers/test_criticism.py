"""Criticism rounds (C-14, S002): opened, collected, moderated, reviewed, reported back; authors stay hidden."""

from datetime import date

import pytest
from sqlmodel import Session, select

from handlers.turn import House
from storage.access import load_actor
from storage.database import Database
from storage.models import AccessRecord, DeadlineSubmission, Opinion, OutboxMessage, Position
from storage.plan_work import activate
from tests import cast
from tests.chat import Chat
from tests.frozen import FrozenClock
from tests.world import local

TO_CHI = "Nên xuống chi đoàn Thanh tra nhiều hơn"
TO_AN = "Anh An nên trả lời thư của chi đoàn sớm hơn"
ABUSIVE = "Toàn là đồ bỏ đi, không ra gì"
PEOPLE = ("GIANG", "DUNG", "AN", "CHI", "BINH", "LAN", "HOA", "KHANH")


@pytest.fixture
def chats(city: Database, house: House, clock: FrozenClock) -> dict[str, Chat]:
    """The template of 2012 runs for DCS1 in 2026; it is 10 August. Everybody has a chat."""
    clock.set_now(local("2026-08-10 09:00"))

    def work(session: Session) -> None:
        day = date(2026, 8, 10)
        giang = load_actor(session, cast.cadre_id(session, "GIANG"), day)
        assert giang is not None
        unit = cast.unit_id(session, "DCS1")
        activate(session, giang, house.plan, "kien-giang-2012", unit, day, date(2026, 12, 31), "", clock.now(), day)

    city.write_now(work)
    return {code: Chat(city, house, cadre=code) for code in PEOPLE}


def open_round(chats: dict[str, Chat]) -> None:
    """AN opens a round about the committee, CHI and himself."""
    chats["AN"].play(
        [
            ("/gopymo", "Mở đợt nào"),
            ("gì cũng được", "bấm một nút"),
            ("[Đợt kiểm điểm]", "Góp ý cho ai"),
            ("9", "gõ các số trong danh sách"),
            ("0, 1, 2", "Hạn lấy ý kiến: 29/8/2026"),
            ("[Lưu]", "Nơi không có Ban Thường vụ thì họp Ban Chấp hành"),
        ]
    )


def write(chat: Chat, about: str, words: str) -> None:
    """Send an opinion."""
    chat.play(
        [
            ("/gopy", "lấy ý kiến"),
            ("[Đợt kiểm điểm]", "Bước hiện nay: lấy ý kiến"),
            ("[Gửi góp ý]", "Góp ý cho ai"),
            (f"[{about}]", "của nơi nào"),
            ("[Ban Thường vụ huyện]", "nội dung nào"),
            ("[Công tác cán bộ]", "viết ý kiến"),
            ("tệ", "từ 5 đến 1.500"),
            (words, "không sửa được nữa"),
            ("[Gửi]", "Đã gửi góp ý"),
        ]
    )


def test_the_round_of_2012_is_played_through(city: Database, chats: dict[str, Chat], clock: FrozenClock) -> None:
    open_round(chats)
    write(chats["BINH"], "Phạm Lan Chi", TO_CHI)
    write(chats["LAN"], "Nguyễn Hoài An", TO_AN)
    write(chats["LAN"], "Tập thể", ABUSIVE)
    an = chats["AN"]
    an.play([("/gopyduyet", "Người góp ý: Võ Thanh Bình"), ("[Đưa vào đợt]", ABUSIVE)])
    an.play([("[Để riêng]", "Lý do"), ("?", "từ 3 đến 500"), ("Lời xúc phạm, không nêu việc", TO_CHI)])
    an.play([("/gopybuoc 1", "Lấy ý kiến đã xong"), ("[Lưu]", "chuyển sang: tiếp thu")])
    chats["LAN"].play([("/gopyviet 1", "Không thấy mục này")])
    an.play([("/gopybuoc 1", "tiếp thu thế nào"), ("Báo cáo số 12", "chuyển sang: họp kiểm điểm")])
    clock.set_now(local("2026-09-26 09:00"))
    an.play([("/gopyxem 1", "Hạn họp kiểm điểm: 24/9/2026 (đã quá hạn)")])
    an.play([("/gopybuoc 1", "ảnh biên bản"), ("<photo>", "chuyển sang: trả lời góp ý")])
    an.play([("/gopybuoc 1", "chưa có kết quả"), ("/gopyduyet", TO_CHI)])
    assert "số 2, cho Nguyễn Hoài An" in chats["AN"].say("/gopybuoc 1")[0].text
    an.play([("/gopyduyet", TO_CHI), ("[Tiếp thu]", "Lý do"), ("Làm từ tháng sau", "Không còn ý kiến nào")])
    chats["DUNG"].play([("/gopyduyet", TO_AN), ("[Đưa vào đợt]", "không kèm tên"), ("[Giải trình]", "Lý do")])
    chats["DUNG"].play([("Hộp thư hỏng, nay đã sửa", "Đã ghi kết quả")])
    an.play([("/gopybuoc 1", "kết thúc đợt"), ("[Lưu]", "đã kết thúc"), ("/gopyxem 1", "3 ý kiến: 1 tiếp thu")])
    handed_in = city.read_now(lambda s: {row.deadline_id for row in s.exec(select(DeadlineSubmission))})
    assert handed_in == {"collect_opinions", "review_meeting", "report_back"}
    told = city.read_now(lambda s: [row for row in s.exec(select(OutboxMessage)) if row.kind == "opinion_answered"])
    authors = city.read_now(lambda s: [cast.cadre_id(s, code) for code in ("BINH", "LAN", "LAN")])
    assert sorted(row.cadre_id or 0 for row in told) == sorted(authors)


@pytest.mark.parametrize("code", ["GIANG", "DUNG", "CHI", "LAN", "HOA", "KHANH"])
def test_nobody_but_the_owner_learns_what_waits_and_from_whom(chats: dict[str, Chat], code: str) -> None:
    open_round(chats)
    write(chats["BINH"], "Phạm Lan Chi", TO_CHI)
    chat = chats[code]
    for said in ("/gopy", "/gopyxem 1", "/gopyduyet", "/gopynhan 1", "/gopytraloi 1 accepted", "/gopybuoc 1", "/donvi"):
        chat.say(said)
        assert "Võ Thanh Bình" not in chat.text or said == "/donvi"
        assert TO_CHI not in chat.text
    assert TO_CHI in chats["AN"].say("/gopyduyet")[0].text


def test_the_owner_never_reads_an_opinion_about_themselves(city: Database, chats: dict[str, Chat]) -> None:
    open_round(chats)
    write(chats["LAN"], "Nguyễn Hoài An", TO_AN)
    for said in ("/gopyduyet", "/gopynhan 1", "/gopytraloi 1 set_aside", "/gopyxem 1"):
        chats["AN"].say(said)
        assert TO_AN not in chats["AN"].text
    assert city.read_now(lambda s: s.exec(select(Opinion)).one().outcome) == ""
    chats["HOA"].play([("/gopyduyet", "Không còn ý kiến nào")])
    chats["DUNG"].play([("/gopyduyet", TO_AN)])


def test_the_discussed_read_words_without_authors_once_collected(chats: dict[str, Chat]) -> None:
    open_round(chats)
    write(chats["BINH"], "Phạm Lan Chi", TO_CHI)
    chats["AN"].play(
        [("/gopyduyet", TO_CHI), ("[Đưa vào đợt]", TO_CHI), ("/gopybuoc 1", "xong"), ("[Lưu]", "tiếp thu")]
    )
    chats["CHI"].play([("/gopyxem 1", TO_CHI)])
    assert "Bình" not in chats["CHI"].text


def test_oneself_is_not_given_an_opinion_and_a_round_is_not_opened_twice(chats: dict[str, Chat]) -> None:
    open_round(chats)
    chats["CHI"].play([("/gopyviet 1", "Góp ý cho ai"), ("[Phạm Lan Chi]", "cho chính mình"), ("/huy", "Đã bỏ")])
    chats["AN"].play([("/gopymo", "Mở đợt nào"), ("[Đợt kiểm điểm]", "đang mở"), ("/huy", "Đã bỏ")])
    chats["HOA"].play([("/gopyxem 1", "Không thấy mục này"), ("/gopyviet 1", "Không thấy mục này")])


def test_a_quarterly_round_of_a_branch(city: Database, house: House) -> None:
    """C-14: only a meeting is asked for; opinions are welcome before it, and what the plan gives no day to is asked."""
    lan = Chat(city, house, cadre="LAN")
    lan.play(
        [
            ("/gopymo", "Mở đợt nào"),
            ("[Tự phê bình]", "Góp ý cho ai"),
            ("[Tập thể]", "Hạn là ngày nào"),
            ("1/1/2020", "đã qua"),
            ("31/12", "Hạn họp kiểm điểm: 31/12/2026"),
            ("[Lưu]", "Nơi không có Ban Thường vụ thì Ban Chấp hành họp"),
            ("/gopybuoc 1", "ảnh biên bản"),
            ("x", "3 đến 1.000 chữ"),
            ("Biên bản số 4, đủ 5/5", "trả lời góp ý"),
            ("/gopybuoc 1", "kết thúc đợt"),
            ("[Lưu]", "đã kết thúc"),
            ("/han", "… Họp tự phê bình và phê bình"),
        ]
    )


def test_each_step_has_a_day_of_its_own(
    city: Database, house: House, clock: FrozenClock, chats: dict[str, Chat]
) -> None:
    clock.set_now(local("2026-11-20 09:00"))
    chats["AN"].play(
        [
            ("/gopymo", "Mở đợt nào"),
            ("[Đợt kiểm điểm]", "Góp ý cho ai"),
            ("0", "ngày cho từng bước theo thứ tự"),
            ("1/12, 8/12", "gõ 4 ngày theo thứ tự"),
            ("8/12, 1/12, 15/12, 20/12", "bước sau không sớm hơn"),
            ("1/12, 8/12, 15/12, 20/12", "Hạn lấy ý kiến: 1/12/2026"),
            ("[Lưu]", "Hạn lấy ý kiến: 1/12/2026\nHạn tiếp thu: 8/12/2026\nHạn họp kiểm điểm: 15/12/2026"),
        ]
    )


def test_only_the_owner_takes_down_for_groups_without_a_chat(chats: dict[str, Chat]) -> None:
    open_round(chats)
    chats["BINH"].play([("/gopyviet 1", "Góp ý cho ai"), ("[Phạm Lan Chi]", "của nơi nào")])
    assert "Các ban Đảng của cấp ủy" not in [choice.label for choice in chats["BINH"].choices]
    chats["BINH"].play([("Các ban Đảng của cấp ủy", "bấm một nút")])


def test_opinions_that_wait_are_told_before_each_step(chats: dict[str, Chat]) -> None:
    open_round(chats)
    write(chats["BINH"], "Phạm Lan Chi", TO_CHI)
    chats["AN"].play(
        [
            (
                "/gopyxem 1",
                "1 ý kiến: 0 tiếp thu, 0 giải trình, 0 không tiếp thu, 0 để riêng, không đưa vào đợt, 1 chưa",
            ),
            ("/gopybuoc 1", "Lấy ý kiến đã xong"),
            ("[Lưu]", "tiếp thu"),
            ("/gopybuoc 1", "⚠️ Còn 1 ý kiến chưa có kết quả"),
        ]
    )


def leave_post(city: Database, code: str, successor: str = "") -> None:
    """The position of ``code`` ended yesterday; ``successor`` holds it from today."""

    def work(session: Session) -> None:
        who = cast.cadre_id(session, code)
        old = session.exec(select(Position).where(Position.cadre_id == who)).one()
        old.end_day = date(2026, 8, 19)
        session.add(old)
        if successor:
            held = {name: getattr(old, name) for name in ("unit_id", "title", "full_time", "public_sector")}
            new = cast.cadre_id(session, successor)
            session.add(Position(cadre_id=new, access_right=old.access_right, start_day=date(2026, 8, 20), **held))

    city.write_now(work)


def test_a_round_whose_owner_has_left_goes_on_with_the_successor(
    city: Database, chats: dict[str, Chat], clock: FrozenClock
) -> None:
    open_round(chats)
    write(chats["BINH"], "Phạm Lan Chi", TO_CHI)
    chats["LAN"].play([("/gopychutri 1", "Không thấy mục này")])  # AN still leads
    clock.set_now(local("2026-08-20 09:00"))
    leave_post(city, "AN", successor="LAN")
    chats["CHI"].play([("/gopychutri 1", "Không thấy mục này")])
    chats["LAN"].play(
        [
            ("/gopyxem 1", "Bước hiện nay: lấy ý kiến"),
            ("[Nhận chủ trì đợt này]", "xin giữ kín"),
            ("/gopyduyet", "Người góp ý: Võ Thanh Bình"),
            ("/gopychutri 1", "Không thấy mục này"),
        ]
    )
    assert TO_CHI not in chats["AN"].say("/gopyduyet")[0].text
    rows = city.read_now(lambda s: [row.command for row in s.exec(select(AccessRecord))])
    assert rows.count("gopychutri") == 2  # whose round it was, and which unit's


def test_where_nobody_leads_the_unit_the_follower_above_goes_on(
    city: Database, chats: dict[str, Chat], clock: FrozenClock
) -> None:
    open_round(chats)
    clock.set_now(local("2026-08-20 09:00"))
    leave_post(city, "AN")
    chats["HOA"].play([("/gopyxem 1", "Không thấy mục này")])
    chats["DUNG"].play([("/gopyxem 1", "Bước hiện nay"), ("[Nhận chủ trì đợt này]", "Đồng chí chủ trì đợt này")])


def test_what_was_written_down_of_a_step_is_shown_to_who_is_asked(chats: dict[str, Chat]) -> None:
    open_round(chats)
    chats["AN"].play([("/gopybuoc 1", "Lấy ý kiến đã xong"), ("[Lưu]", "chuyển sang: tiếp thu")])
    chats["AN"].play([("/gopybuoc 1", "tiếp thu thế nào"), ("Báo cáo tiếp thu số 12", "họp kiểm điểm")])
    chats["BINH"].play([("/gopyxem 1", "Tiếp thu: Báo cáo tiếp thu số 12")])


def test_what_groups_outside_the_bot_say_is_taken_down_for_them_and_moderated(chats: dict[str, Chat]) -> None:
    """N-06: Party departments and former members have no chat; who writes for them is not the author."""
    open_round(chats)
    an = chats["AN"]
    an.play(
        [
            ("/gopyxem 1", "Nguyên ủy viên Ban Thường vụ đang sống tại địa bàn: chưa có (ghi giúp)"),
            ("/gopyviet 1", "Góp ý cho ai"),
            ("[Phạm Lan Chi]", "của nơi nào"),
            ("[Nguyên ủy viên]", "Ai, nơi nào góp ý"),
            ("A", "ví dụ: Ban Tổ chức Đảng ủy"),
            ("Bác Tư, nguyên Phó Bí thư", "nội dung nào"),
            ("[Công tác cán bộ]", "đúng lời"),
            ("Viết vội", "không sửa được nữa"),
            ("[Sửa]", "đúng lời"),
            (TO_CHI, "không sửa được nữa"),
            ("[Gửi]", "Đã gửi góp ý"),
            ("/gopyduyet", "Người góp ý: Bác Tư, nguyên Phó Bí thư (Nguyễn Hoài An ghi giúp)"),
            ("[Đưa vào đợt]", "không kèm tên"),
            ("[Tiếp thu]", "Lý do"),
            ("Làm từ tháng sau", "Đã ghi kết quả"),
            ("/gopyxem 1", "Nguyên ủy viên Ban Thường vụ đang sống tại địa bàn: 1 (ghi giúp)"),
        ]
    )
    write(chats["BINH"], "Phạm Lan Chi", "Nên họp đúng giờ hơn nữa")
    an.play([("/gopyxem 1", "Đoàn trực thuộc: 1")])
    an.play([("/gopybuoc 1", "Lấy ý kiến đã xong"), ("[Lưu]", "chuyển sang: tiếp thu")])
    chats["CHI"].play([("/gopyxem 1", TO_CHI)])
    assert "Bác Tư" not in chats["CHI"].text
