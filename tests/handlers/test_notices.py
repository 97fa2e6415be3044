"""What reminders and digests say, decided anew at the moment they are sent."""

from datetime import date

import pytest
from sqlalchemy import update
from sqlmodel import Session, col

from handlers.messages import Reply
from handlers.notices import NotNow, compose
from storage.models import Account, OutboxMessage, Position
from storage.terms import EntryKind
from tests import cast
from tests.world import World, local

on_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


def due(world: World, when: str) -> OutboxMessage:
    """The one row that a tick at ``when`` puts into the outbox."""
    world.at(when)
    (row,) = world.fresh()
    return row


def said(reply: Reply | None) -> str:
    """The text of a notice that is sent."""
    assert reply is not None
    return reply.text


def buttons(reply: Reply | None) -> dict[str, str]:
    """Label and key of each button."""
    assert reply is not None
    return {choice.label: choice.key for row in reply.choices for choice in row}


def meet(world: World, code: str, *days: str) -> None:
    """Attend branch meetings of a unit below."""
    for day in days:
        world.log(code, EntryKind.BRANCH_MEETING, day, unit="CD11", minutes=60)


def test_a_nudge_says_what_is_missing_until_when_and_lets_log_it_put_it_off_or_stop(world: World) -> None:
    world.join("AN")
    world.start("2026-11-19 18:59")
    reply = world.write(due(world, "2026-11-19 19:00"))
    assert said(reply).splitlines() == [
        "🔔 Đồng chí Nguyễn Hoài An còn việc này:",
        "• Tuần này, đến hết Chủ nhật 22/11: còn thiếu 2 giờ tình nguyện ngoài giờ hành chính (đã có 0/2 giờ).",
        "Đã làm rồi thì đồng chí ghi giúp, tôi sẽ thôi nhắc.",
    ]
    assert buttons(reply) == {
        "Ghi ngay": "/ghi volunteer_hours",
        "Nhắc lại tối mai": "/nhaclai",
        "Tạm dừng": "/tamdung",
    }


@on_sqlite
def test_on_the_last_day_it_says_so(world: World) -> None:
    world.join("AN")
    world.hours("AN", "2026-11-17", 0.5)
    world.start("2026-11-22 16:59")
    reply = world.write(due(world, "2026-11-22 17:00"))
    assert "Tuần này, hôm nay là ngày cuối: còn thiếu 1,5 giờ" in said(reply)
    assert "Nhắc lại tối mai" not in buttons(reply), "tomorrow is another week"


@on_sqlite
def test_the_month_reminder_names_the_cheapest_way(world: World) -> None:
    world.join("HOA")
    for day in ("2026-11-03", "2026-11-10"):
        world.log("HOA", EntryKind.VOLUNTEER_ACTIVITY, day, unit="CD31", minutes=60)
    world.start("2026-11-27 18:59")
    reply = world.write(due(world, "2026-11-27 19:00"))
    assert "Tháng này, đến hết thứ Hai 30/11: còn thiếu 1 hoạt động tình nguyện (đã có 2/3)." in said(reply)
    assert buttons(reply)["Ghi ngay"] == "/ghi"


@on_sqlite
def test_everything_missing_is_in_one_message(world: World) -> None:
    """Thursday 24 December, 08:00."""
    world.join("AN")
    world.start("2026-12-24 07:59")
    reply = world.write(due(world, "2026-12-24 08:00"))
    text = said(reply)
    assert "Họp tự phê bình và phê bình (hạn thứ Năm 31/12, còn 7 ngày). Xong rồi thì đồng chí bỏ qua tin này." in text
    assert "Có sáng kiến được công nhận trong năm (hạn thứ Năm 31/12, còn 7 ngày). Còn thiếu 1 sáng kiến" in text
    assert "Tuần này, đến hết Chủ nhật 27/12" in text
    assert buttons(reply)["Ghi ngay"] == "/ghi"


@on_sqlite
def test_the_last_day_of_a_deadline_cannot_be_put_off(world: World) -> None:
    world.join("LAN")
    world.start("2026-12-31 07:59")
    reply = world.write(due(world, "2026-12-31 08:00"))
    assert said(reply).startswith("⏰ Đồng chí Đặng Ngọc Lan, hôm nay là hạn cuối:")
    assert "hôm nay là ngày cuối). Chỉ cần tập một bài hát" in said(reply)
    assert "Nhắc lại tối mai" not in buttons(reply)


@on_sqlite
def test_the_shirt_is_a_word_in_the_morning(world: World) -> None:
    world.join("AN", shirt_reminder=True)
    world.start("2026-11-16 06:44")
    row = due(world, "2026-11-16 06:45")
    assert "Hôm nay thứ Hai 16/11: mặc áo Thanh niên Việt Nam." in said(world.write(row))
    assert buttons(world.write(row)) == {"Ghi ngay": "/ghi youth_shirt", "Tạm dừng": "/tamdung"}
    world.log("AN", EntryKind.YOUTH_SHIRT, "2026-11-16")
    assert world.write(row) is None


def test_who_has_caught_up_between_the_tick_and_the_sending_gets_nothing(world: World) -> None:
    world.join("AN")
    world.start("2026-11-19 18:59")
    row = due(world, "2026-11-19 19:00")
    assert world.write(row) is not None
    world.hours("AN", "2026-11-19", 0.5)
    assert world.write(row) is None


@on_sqlite
def test_who_has_left_gone_on_leave_paused_or_put_it_off_gets_nothing(world: World) -> None:
    world.join("AN", "CHI", "BINH", "LAN", "HOA")
    world.start("2026-11-19 18:59")
    world.at("2026-11-19 19:00")
    rows = {row.chat_id: row for row in world.fresh()}
    assert all(world.write(row) for row in rows.values())
    world.leave("AN", "2026-11-19", "2026-11-20")
    world.prefer("CHI", paused_until=date(2026, 11, 30))
    world.prefer("BINH", snoozed_until=local("2026-11-20 19:30"))

    def gone(session: Session) -> None:
        lan, hoa = cast.cadre_id(session, "LAN"), cast.cadre_id(session, "HOA")
        session.execute(update(Account).where(col(Account.cadre_id) == lan).values(unreachable_since=world.clock.now()))
        session.execute(update(Position).where(col(Position.cadre_id) == hoa).values(end_day=date(2026, 11, 18)))

    world.db.write_now(gone)
    assert [chat for chat, row in rows.items() if world.write(row)] == []


@on_sqlite
def test_only_the_part_that_is_still_missing_is_told(world: World) -> None:
    """Thursday 20 August: the nudge and the month's reminder in one row."""
    world.join("AN")
    world.start("2026-08-20 18:59")
    row = due(world, "2026-08-20 19:00")
    assert row.body["about"] == ["month_pace 2026-08-20", "week_nudge 2026-08-20"]
    world.hours("AN", "2026-08-20", 1)
    text = said(world.write(row))
    assert "Tháng này" in text
    assert "Tuần này" not in text


@on_sqlite
@pytest.mark.parametrize(
    ("sent", "until"),
    [("2026-11-19 21:00", "2026-11-20 06:30"), ("2026-11-20 05:00", "2026-11-20 06:30"), ("2026-11-20 06:30", "")],
)
def test_what_was_delayed_into_the_night_is_held_until_the_morning(world: World, sent: str, until: str) -> None:
    world.join("AN")
    world.start("2026-11-19 18:59")
    row = due(world, "2026-11-19 19:00")
    world.clock.set_now(local(sent))
    if not until:
        assert world.write(row) is not None
        return
    with pytest.raises(NotNow) as held:
        world.write(row)
    assert held.value.until == local(until)


@on_sqlite
def test_an_unknown_notice_is_the_operators_to_know(world: World) -> None:
    with pytest.raises(LookupError, match="no notice is called"):
        world.db.read_now(lambda session: compose(session, world.house, "poem", {}, world.clock.now()))


def digest_of_an(world: World) -> OutboxMessage:
    """AN's digest of week 47, in which CHI did two hours, BINH one, and AN and LAN nothing."""
    world.join("AN")
    world.hours("CHI", "2026-11-17", 2)
    world.hours("BINH", "2026-11-18", 1)
    world.hours("CHI", "2026-11-10", 2)
    world.hours("BINH", "2026-11-11", 2)
    world.start("2026-11-23 07:29")
    return due(world, "2026-11-23 07:30")


def test_the_digest_has_the_figures_against_the_week_before_and_who_needs_help(world: World) -> None:
    text = said(world.write(digest_of_an(world)))
    assert text.startswith("📬 Bản tin tuần – Đoàn cơ sở Sở Nội vụ\nTuần 47 (16/11–22/11/2026)\n")
    assert "• Giờ tình nguyện: 1/4 người đạt (đã xác nhận 0), kỳ trước 2/4" in text
    help_wanted = text.split("Có thể cần giúp")[1].split("\n\n")[0]
    assert "• Võ Thanh Bình (Chi đoàn Văn phòng Sở Nội vụ): Giờ tình nguyện 1/2" in help_wanted
    assert "Đặng Ngọc Lan" in help_wanted
    assert "Nguyễn Hoài An" not in help_wanted, "the reader is not told about themselves"
    assert "Chờ đồng chí xác nhận: 4 mục." in text
    assert "• thứ Hai 30/11: Đủ số lần tham dự trong tháng" in text


@on_sqlite
def test_the_digest_lets_review_and_drill_down_and_brings_a_picture_and_the_workbook(world: World) -> None:
    reply = world.write(digest_of_an(world))
    assert buttons(reply) == {
        "Duyệt mục chờ": "/duyet",
        "Ai cần giúp?": "/cangiup DCS1 2026-W47",
        "Xem đơn vị": "/donvi DCS1",
    }
    assert reply is not None
    assert [attachment.name for attachment in reply.attachments] == [
        "bao-cao-DCS1-2026-W47.png",
        "bao-cao-DCS1-2026-W47.xlsx",
    ]


@on_sqlite
def test_the_digest_speaks_only_of_the_units_below(world: World) -> None:
    text = said(world.write(digest_of_an(world)))
    assert not any(stranger in text for stranger in ("Huỳnh Thị Hoa", "Trần Mỹ Dung", "Lê Trường Giang", "Cái Khế"))


@on_sqlite
def test_who_follows_the_unit_no_more_when_it_is_sent_gets_no_digest(world: World) -> None:
    row = digest_of_an(world)

    def replaced(session: Session) -> None:
        an = cast.cadre_id(session, "AN")
        session.execute(update(Position).where(col(Position.cadre_id) == an).values(end_day=date(2026, 11, 22)))

    world.db.write_now(replaced)
    assert world.write(row) is None


@on_sqlite
def test_a_unit_in_which_the_plan_binds_nobody_has_no_digest(world: World) -> None:
    row = digest_of_an(world)

    def outside(session: Session) -> None:
        session.execute(update(Position).values(public_sector=False))

    world.db.write_now(outside)
    assert world.write(row) is None
