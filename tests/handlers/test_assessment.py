"""The committee's assessment (K-13, K-17): comments by source, one rating for the registered, one answer."""

from datetime import date

import pytest
from sqlmodel import Session, select

from handlers.turn import House
from storage.database import Database
from storage.models import Assessment, AssessmentEvent, OutboxMessage, Position
from storage.terms import PositionTitle
from tests.cast import cadre_id, unit_id
from tests.chat import Chat
from tests.handlers.year import SELF_REVIEW, attached, file_of, register, words_of

RATING = (
    ("/xeploai BINH", "đồng chí ghi mức mà tập thể đã kết luận"),
    ("[Khá]", "họp đánh giá ngày nào"),
    ("18/11", "Ghi kết quả này?"),
    ("[Đúng, ghi lại]", "Đã ghi xếp loại của Võ Thanh Bình"),
)


def outcome(city: Database) -> Assessment:
    return city.read_now(lambda s: s.exec(select(Assessment)).one())


def test_the_whole_assessment(city: Database, house: House) -> None:
    person = Chat(city, house, cadre="BINH")
    register(city, house, "BINH")
    person.play(SELF_REVIEW)
    chat = Chat(city, house, cadre="AN")
    chat.play(
        [
            ("/danhgia", "đánh giá cán bộ của đơn vị nào"),
            ("[Chi đoàn Văn phòng]", "1 cán bộ, 1 đã đăng ký, 0 đã được xếp loại"),
            ("[Võ Thanh Bình]", "Cấp ủy: chưa có nhận xét"),
            ("[Ghi nhận xét]", "Nhận xét của ai?"),
            ("[Cấp ủy]", "Cấp ủy nhận xét Võ Thanh Bình thế nào"),
            ("Có trách nhiệm với công việc", "Đã ghi nhận xét của Cấp ủy"),
            *RATING,
        ]
    )
    assert outcome(city).body == "Ban Chấp hành Chi đoàn Văn phòng Sở Nội vụ"
    told = city.read_now(lambda s: s.exec(select(OutboxMessage).where(OutboxMessage.kind == "assessed")).one())
    assert "Khá" not in told.body["text"]
    person.press_data(told.body["choices"][0][0][1])
    assert "Kết quả đánh giá năm 2026: Khá" in person.text
    assert "Cấp ủy: Có trách nhiệm với công việc" in person.text
    person.play([("[Trả lời một lần]", "được trả lời một lần"), ("Tôi nhất trí", "Đã ghi câu trả lời")])
    person.play([("/traloi 2026", "đã trả lời rồi"), ("/ketqua", "Đồng chí đã trả lời: Tôi nhất trí")])
    chat.play([("/danhgianguoi BINH", "Cán bộ trả lời: Tôi nhất trí")])
    person.play([("/kiemdiem", "Mỗi năm một bản")])
    printed = words_of(file_of(city, house, attached(person, "year_form")))
    assert "Khá (Ban Chấp hành Chi đoàn Văn phòng Sở Nội vụ, họp ngày 18/11/2026)" in printed


def test_comments_are_read_with_the_outcome_and_not_before(city: Database, house: House) -> None:
    register(city, house, "BINH")
    person = Chat(city, house, cadre="BINH")
    person.play(SELF_REVIEW)
    paper = attached(person, "year_form")
    chat = Chat(city, house, cadre="AN")
    chat.play([("/nhanxet BINH", "của ai"), ("[Cấp ủy]", "thế nào"), ("Có trách nhiệm", "Đã ghi nhận xét")])
    assert "Có trách nhiệm" not in words_of(file_of(city, house, paper))
    chat.play(RATING)
    assert "Có trách nhiệm" in words_of(file_of(city, house, paper))


def test_nobody_unregistered_is_rated(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.play([("/xeploai BINH", "chưa có bản đăng ký năm 2026 nên chưa xếp loại được")])
    chat.play([("/danhgianguoi BINH", "chưa xếp loại")])
    assert "Xếp loại" not in [choice.label for choice in chat.choices]


def test_who_withdraws_a_registration_meanwhile_is_not_rated(city: Database, house: House) -> None:
    register(city, house, "BINH")
    chat = Chat(city, house, cadre="AN")
    chat.play(RATING[:3])
    author = Chat(city, house, cadre="BINH")
    author.play([("/suadangky 2026", "viết tiếp"), ("[Sửa: Trách nhiệm]", "Đang ghi"), ("Việc khác", "nhìn vào đâu")])
    chat.play([("[Đúng, ghi lại]", "chưa có bản đăng ký năm 2026")])
    assert city.read_now(lambda s: s.exec(select(Assessment)).all()) == []


def test_a_standing_committee_is_named_where_there_is_one(city: Database, house: House) -> None:
    def appoint(session: Session) -> None:
        who, where = cadre_id(session, "LAN"), unit_id(session, "DCS1")
        title = PositionTitle.STANDING_MEMBER
        session.add(Position(cadre_id=who, unit_id=where, title=title, start_day=date(2026, 1, 1)))

    Chat(city, house, cadre="AN").play([("/danhgia DCS1", "Đoàn cơ sở Sở Nội vụ (Ban Chấp hành)")])
    city.write_now(appoint)
    Chat(city, house, cadre="AN").play([("/danhgia DCS1", "Đoàn cơ sở Sở Nội vụ (Ban Thường vụ)")])


def test_a_rating_may_change_and_leaves_its_trace(city: Database, house: House) -> None:
    register(city, house, "BINH")
    chat = Chat(city, house, cadre="AN")
    chat.play(RATING)
    chat.play([RATING[0], ("[Tốt]", "ngày nào"), ("[Hôm nay]", "Ghi kết quả này?"), RATING[3]])
    assert outcome(city).rating == "good"
    events = city.read_now(lambda s: s.exec(select(AssessmentEvent.rating)).all())
    assert sorted(events) == ["fair", "good"]


def test_a_rated_registration_is_not_returned(city: Database, house: House) -> None:
    register(city, house, "BINH")
    chat = Chat(city, house, cadre="AN")
    chat.play(
        [
            *RATING,
            ("/danhgianguoi BINH", "Khá"),
            ("[Bản đăng ký]", "Trả hồ sơ"),
            ("[Trả lại]", "không trả lại được nữa"),
        ]
    )


def test_what_lay_before_the_committee_is_not_rewritten(city: Database, house: House) -> None:
    register(city, house, "BINH")
    Chat(city, house, cadre="AN").play(RATING)
    chat = Chat(city, house, cadre="BINH")
    chat.play([("/dangky", "đã có kết quả xếp loại nên bản này không sửa"), ("/suadangky 2026", "không sửa được nữa")])
    assert not [choice for choice in chat.choices if choice.label == "Sửa"]


def test_what_the_committee_did_not_have_is_said_before_the_rating_is_kept(city: Database, house: House) -> None:
    register(city, house, "BINH")
    chat = Chat(city, house, cadre="AN")
    chat.play([*RATING[:2], ("1/11", "⚠️ Bản đăng ký chưa được duyệt.")])
    assert "⚠️ Ngày họp trước ngày nộp bản đăng ký (20/11/2026)." in chat.text
    assert "⚠️ Bản tự kiểm điểm chưa nộp." in chat.text


@pytest.mark.parametrize("said", ["Xuất sắc", "95 điểm", "<sticker>"])
def test_only_a_level_of_the_scale_is_a_rating(city: Database, house: House, said: str) -> None:
    register(city, house, "BINH")
    chat = Chat(city, house, cadre="AN")
    chat.play([RATING[0], (said, "mức")])
    assert "Khá" in [choice.label for choice in chat.choices]


@pytest.mark.parametrize("said", ["25/12", "1/1/2024", "hôm nào đó", "31/2"])
def test_a_meeting_is_not_in_the_future(city: Database, house: House, said: str) -> None:
    register(city, house, "BINH")
    Chat(city, house, cadre="AN").play([*RATING[:2], (said, "ví dụ: 20/11/2026")])


@pytest.mark.parametrize("command", ["danhgianguoi", "nhanxet", "xeploai"])
@pytest.mark.parametrize(
    ("who", "whom"), [("AN", "AN"), ("AN", "DUNG"), ("AN", "HOA"), ("HOA", "BINH"), ("DUNG", "BINH"), ("GIANG", "AN")]
)
def test_neither_oneself_nor_above_nor_far_below(
    city: Database, house: House, command: str, who: str, whom: str
) -> None:
    Chat(city, house, cadre=who).play([(f"/{command} {whom}", "không thấy trong phần đồng chí đánh giá")])


def test_units_two_levels_down_are_not_assessed(city: Database, house: House) -> None:
    Chat(city, house, cadre="DUNG").play([("/danhgia CD11", "không thấy trong phần đồng chí đánh giá")])
    Chat(city, house, cadre="BINH").play([("/danhgia", "dành cho người theo dõi đơn vị")])


def test_no_outcome_yet(city: Database, house: House) -> None:
    Chat(city, house, cadre="BINH").play([("/ketqua", "chưa có kết quả"), ("/traloi", "chưa có kết quả")])
