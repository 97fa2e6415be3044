"""A year under the plan of Cần Thơ (S001): registered, logged week by week, reviewed by the committee, reported.

BINH is deputy secretary of a branch; AN leads and follows the unit above; the digest and the reminders are the
scheduler's own.
"""

from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from handlers.turn import House
from storage.database import Database
from storage.terms import DocumentKind
from tests.chat import Chat
from tests.frozen import FrozenClock
from tests.handlers.test_year_round import in_2027
from tests.handlers.year import REGISTRATION, SELF_REVIEW, attached, file_of, form_of, words_of
from tests.world import World, local

FIRST_MONDAY, WEEKS = date(2027, 2, 22), 4


def log_weeks(person: Chat, clock: FrozenClock) -> None:
    """Every Wednesday evening BINH says in one line what was done: two hours, four weeks long."""
    for week in range(WEEKS):
        wednesday = FIRST_MONDAY + timedelta(days=2, weeks=week)
        clock.set_now(local(f"{wednesday} 21:00"))
        person.play([("tối nay trực chốt dân phòng 18h30 tới 20h30", "2 giờ"), ("[Lưu]", "Đã ghi")])


def told(world: World, when: str, kind: str) -> dict[str, str]:
    """What a tick at ``when`` tells, by whom."""
    world.at(when)
    rows = [row for row in world.fresh() if row.kind == kind]
    return {row.dedupe_key: reply.text for row in rows if (reply := world.write(row)) is not None}


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_the_year_from_registration_to_the_signed_annex(
    world: World, city: Database, house: House, clock: FrozenClock
) -> None:
    clock.set_now(local("2027-01-12 19:00"))
    person, head = Chat(city, house, cadre="BINH"), Chat(city, house, cadre="AN")
    person.play(in_2027(REGISTRATION))
    a1 = attached(person, "year_form")
    head.play([("/hoso", "Võ Thanh Bình"), ("[Võ Thanh Bình]", "Trả hồ sơ"), ("[Duyệt]", "Đã duyệt")])

    log_weeks(person, clock)
    person.play([("/tiendo", "✅ Giờ tình nguyện: 2/2 giờ"), ("[Vì sao: văn nghệ]", "C-29")])
    world.start("2027-03-18 18:59")
    reminders = told(world, "2027-03-18 20:00", "reminder")  # Thursday evening: to those with nothing this week
    assert not any(":BINH:" in key for key in reminders)
    world.start("2027-03-22 07:29")
    digests = told(world, "2027-03-22 07:30", "digest")
    (digest,) = (text for key, text in digests.items() if ":AN:" in key)
    assert "Giờ tình nguyện" in digest
    needy = digest.partition("cần giúp")[2]
    assert "Võ Thanh Bình" not in needy
    head.play([("/duyet", "4 mục"), ("[Xác nhận cả 4]", "Đã xác nhận 4 mục")])

    clock.set_now(local("2027-11-20 19:00"))
    person.play(in_2027(SELF_REVIEW))
    a2 = attached(person, "year_form")
    clock.set_now(local("2027-12-05 19:00"))
    head.play(
        [
            ("/bieumau", "đã đăng ký nhưng chưa được xếp loại: Võ Thanh Bình"),
            ("/xeploai BINH", "mức mà tập thể đã kết luận"),
            ("[Tốt]", "ngày nào"),
            ("[Hôm nay]", "Ghi kết quả này?"),
            ("[Đúng, ghi lại]", "Ban Chấp hành Chi đoàn Văn phòng Sở Nội vụ"),
            ("/bieumau", "có thể chốt"),
            ("[Chốt số liệu]", "Đã chốt biểu số 1/2027"),
        ]
    )
    annex, book = attached(head, "annex_docx"), attached(head, "annex_xlsx")
    person.play([("/ketqua", "Tốt")])

    assert not form_of(city, "BINH", DocumentKind.SELF_REVIEW).is_late
    words = [words_of(file_of(city, house, paper)) for paper in (a1, a2, annex)]
    assert "Trả hồ sơ đúng hẹn" in words[0]
    assert "8 giờ đã ghi, 8 giờ đã xác nhận" in words[1]  # beside the 2.5 hours a week that were registered
    assert "ĐOÀN CƠ SỞ SỞ NỘI VỤ" in words[2]
    sheet = load_workbook(BytesIO(file_of(city, house, book))).active
    assert sheet is not None
    figures = [row for row in sheet.iter_rows(values_only=True) if row[1] == "Đoàn cơ sở Sở Nội vụ"]
    assert figures
    assert figures[0][2:] == (4, 1, 1, 0, 0, 0)
