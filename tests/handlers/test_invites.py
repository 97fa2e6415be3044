"""/moi: one-time codes for the people below, with link and QR."""

from datetime import date

import pytest
from sqlmodel import Session, select

from handlers.turn import House
from handlers.views.makers import MAKERS
from storage.database import Database
from storage.invites import InviteOutcome, check_code
from storage.models import AppState, Invite, OutboxMessage, Position
from storage.terms import PositionTitle
from tests.cast import cadre_id, unit_id
from tests.chat import Chat


def invites(db: Database) -> list[Invite]:
    return db.read_now(lambda session: list(session.exec(select(Invite)).all()))


def test_a_code_with_links_and_a_picture(city: Database, house: House) -> None:
    chat = Chat(city, house, cadre="AN")
    chat.play([("/moi", "Mời ai?"), ("thanh binh", "Mã mời của Võ Thanh Bình")])
    (reply,) = chat.replies
    code = reply.text.splitlines()[1]
    assert f"https://t.me/canbodoan_bot?start={code}" in reply.text
    assert f"https://bot.example/?code={code}" in reply.text
    assert "đến 27/11/2026 10:00" in reply.text
    found = city.write_now(lambda s: check_code(s, "web", "other", code, house.clock.now()))
    assert found.outcome is InviteOutcome.OK
    assert found.cadre_id == city.read_now(lambda s: cadre_id(s, "BINH"))
    (picture,) = reply.attachments
    assert MAKERS[picture.maker].draw(picture.args).startswith(b"\x89PNG")
    assert len(f"https://t.me/canbodoan_bot?start={code}") < 100


def test_on_zalo_the_code_is_typed(city: Database, house: House) -> None:
    city.write_now(lambda session: session.add(AppState(name="zalo.name", value="Bot Cán bộ Đoàn")))
    Chat(city, house, cadre="AN").play([("/moi BINH", "Zalo: tìm “Bot Cán bộ Đoàn” và nhắn mã này cho bot")])


def test_the_one_meant_is_asked_for(city: Database, house: House) -> None:
    Chat(city, house, cadre="AN").play(
        [
            ("/moi", "Mời ai?"),
            ("Ông Ba Mươi", "không tìm thấy cán bộ này"),
            ("HOA", "không tìm thấy cán bộ này"),
            ("<sticker>", "chỉ đọc được chữ"),
            ("Lan Chi", "Mã mời của Phạm Lan Chi"),
            ("/moi LAN", "Mã mời của Đặng Ngọc Lan"),
            ("/moi HOA", "không tìm thấy cán bộ này"),
            ("Bà Bốn", "không tìm thấy cán bộ này"),
        ]
    )
    assert len(invites(city)) == 2


def test_nobody_is_invited_into_more_rights(city: Database, house: House) -> None:
    def arrange(session: Session) -> None:
        session.add(
            Position(
                cadre_id=cadre_id(session, "GIANG"),
                unit_id=unit_id(session, "DCS1"),
                title=PositionTitle.COMMITTEE_MEMBER,
                public_sector=True,
                start_day=date(2026, 1, 1),
            )
        )

    city.write_now(arrange)
    Chat(city, house, cadre="AN").play([("/moi GIANG", "quyền ngoài phạm vi")])
    assert invites(city) == []


@pytest.mark.parametrize("who", ["BINH", "CHI"])
def test_only_followers_invite(city: Database, house: House, who: str) -> None:
    Chat(city, house, cadre=who).play([("/moi BINH", "dành cho người theo dõi")])
    assert invites(city) == []


def test_one_who_has_joined_is_told_of_a_further_code(city: Database, house: House) -> None:
    joined = Chat(city, house, cadre="LAN")
    Chat(city, house, cadre="AN").play([("/moi LAN", "đã kết nối rồi"), ("/moi BINH", "Mã mời của Võ Thanh Bình")])
    (notice,) = city.read_now(lambda s: s.exec(select(OutboxMessage).where(OutboxMessage.kind == "invited")).all())
    assert notice.chat_id == joined.chat_id
    assert "Nguyễn Hoài An vừa tạo một mã mời mới" in notice.body["text"]
