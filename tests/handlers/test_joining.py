"""Joining with a code, the privacy notice, several channels, and leaving again."""

import pytest
from sqlmodel import Session, select

from handlers.texts import joining as texts
from handlers.turn import House
from storage.database import Database
from storage.invites import create_invite
from storage.models import Account, Consent, Invite, JoinFailure, OutboxMessage, OutboxState
from storage.outbox import enqueue
from tests.cast import cadre_id
from tests.chat import Chat
from tests.frozen import FrozenClock

WRONG = "Ab3xY9kLm2Qw8ZrT5vN7cd"


def invite(db: Database, house: House, code: str = "BINH") -> str:
    now = house.clock.now()
    return db.write_now(lambda session: create_invite(session, cadre_id(session, code), None, now))


def accounts(db: Database) -> list[tuple[str, str, int]]:
    return db.read_now(lambda s: [(a.channel, a.chat_id, a.cadre_id) for a in s.exec(select(Account))])


def consents(db: Database) -> list[Consent]:
    return db.read_now(lambda session: list(session.exec(select(Consent).order_by(Consent.id))))  # type: ignore[arg-type]  # a column


SENT = ("/start {}", "{}", "mã của em là {} ạ", "https://t.me/canbodoan_bot?start={}", "https://bot.example/?code={}")


def test_a_code_is_found_however_it_is_sent(city: Database, house: House) -> None:
    for said in SENT:
        Chat(city, house).play(
            [
                (said.format(invite(city, house)), "Mã này dành cho đồng chí Võ Thanh Bình"),
                ("[Đồng ý]", "Chào đồng chí Võ Thanh Bình"),
            ]
        )
    assert len(accounts(city)) == len(SENT)


def test_the_notice_says_what_why_who_and_how_long(city: Database, house: House) -> None:
    chat = Chat(city, house)
    chat.say(f"/start {invite(city, house)}")
    for phrase in ("Lưu gì", "Để làm gì", "Ai xem", "Bao lâu", "nhạy cảm", "/dulieu", "/roi", "91/2025/QH15"):
        assert phrase in chat.text


def test_telegram_readers_are_told_where_their_messages_go(city: Database, house: House) -> None:
    Chat(city, house, channel="telegram").play([(f"/start {invite(city, house)}", "máy chủ ở nước ngoài")])


def test_the_agreement_is_kept_with_text_time_and_channel(city: Database, house: House) -> None:
    Chat(city, house, channel="telegram", chat_id="77").play(
        [(f"/start {invite(city, house)}", ""), ("đồng ý", "Đã ghi")]
    )
    (kept,) = consents(city)
    assert (kept.text_version, kept.channel, kept.chat_id) == (texts.TEXT_VERSION, "telegram", "77")
    assert (kept.agreed_at, kept.withdrawn_at) == (house.clock.now(), None)


def test_nothing_but_a_plain_yes_is_an_agreement(city: Database, house: House) -> None:
    chat = Chat(city, house)
    chat.say(f"/start {invite(city, house)}")
    for said in ("ok", "có", "dong y nhe", "...", "<sticker>", "<photo>", "x" * 4096):
        chat.play([(said, "Đồng chí có đồng ý không?")])
        assert "Lưu gì:" not in chat.text, "the whole notice is sent once"
    assert accounts(city) == []


@pytest.mark.parametrize("said", ["[Không đồng ý]", "khong dong y", "/huy"])
def test_refusing_keeps_nothing_and_spares_the_code(city: Database, house: House, said: str) -> None:
    code = invite(city, house)
    chat = Chat(city, house)
    chat.play([(f"/start {code}", "Mã này dành cho"), (said, "")])
    assert accounts(city) == []
    assert consents(city) == []
    chat.play([(f"/start {code}", "Mã này dành cho"), ("[Đồng ý]", "Chào đồng chí")])


def test_codes_that_do_not_work_say_why(city: Database, house: House, clock: FrozenClock) -> None:
    used, late = invite(city, house), invite(city, house, "AN")
    Chat(city, house).play([(used, "Mã này dành cho"), ("Đồng ý", "Chào")])
    chat = Chat(city, house)
    chat.play([(f"/start {used}", "đã được dùng rồi"), (WRONG, "Mã này không đúng"), (WRONG[:-1], "22 chữ, số")])
    clock.move(days=8)
    chat.play([(late, "đã hết hạn"), ("/start", "Tôi chưa biết đồng chí là ai"), ("em chào anh", "mã mời")])
    assert city.read_now(lambda session: len(session.exec(select(JoinFailure)).all())) == 1


def test_five_wrong_codes_lock_the_chat_for_an_hour(city: Database, house: House, clock: FrozenClock) -> None:
    code = invite(city, house)
    chat = Chat(city, house)
    chat.play([(WRONG, "không đúng")] * 5 + [(code, "tạm khóa")])
    Chat(city, house).play([(code, "Mã này dành cho")])
    clock.move(hours=1, minutes=1)
    chat.play([(code, "Mã này dành cho")])


def test_a_code_used_meanwhile_is_refused_at_the_end(city: Database, house: House) -> None:
    code = invite(city, house)
    first, second = Chat(city, house), Chat(city, house)
    first.say(code)
    second.play([(code, "Mã này dành cho"), ("Đồng ý", "Chào")])
    first.play([("Đồng ý", "đã được dùng rồi")])
    assert len(accounts(city)) == 1


def test_one_person_may_use_several_channels(city: Database, house: House) -> None:
    Chat(city, house, channel="telegram", cadre="BINH")
    Chat(city, house, channel="web").play([(invite(city, house), "Mã này dành cho"), ("Đồng ý", "Chào")])
    assert [channel for channel, _, _ in accounts(city)] == ["telegram", "web"]


def test_who_has_joined_is_told_who_they_are(city: Database, house: House) -> None:
    code = invite(city, house)
    chat = Chat(city, house, cadre="BINH")
    chat.play(
        [
            ("/start", "của đồng chí Võ Thanh Bình (Phó Bí thư Chi đoàn Văn phòng Sở Nội vụ)"),
            (f"/start {WRONG}", "không đúng"),
            (f"/start {code}", "đã tham gia ở đây rồi"),
        ]
    )
    assert city.read_now(lambda session: session.exec(select(Invite)).one().used_at) is None


def test_anothers_code_asks_before_it_switches(city: Database, house: House) -> None:
    code = invite(city, house, "CHI")
    chat = Chat(city, house, channel="web", cadre="BINH", chat_id="shared")
    chat.play(
        [
            (f"/start {code}", "Chuyển sang đồng chí Phạm Lan Chi?"),
            ("hả", "Giữ nguyên"),
            ("[Giữ nguyên]", "giữ nguyên như cũ"),
            (f"/start {code}", "Chuyển sang"),
            ("[Chuyển]", "Mã này dành cho đồng chí Phạm Lan Chi"),
            ("quay lại", "Chuyển sang"),
            ("chuyển người dùng", "Mã này dành cho"),
            ("[Đồng ý]", "Chào đồng chí Phạm Lan Chi (Ủy viên BCH Đoàn cơ sở Sở Nội vụ)"),
        ]
    )
    assert accounts(city) == [("web", "shared", city.read_now(lambda session: cadre_id(session, "CHI")))]


def test_leaving_takes_two_steps_and_withdraws_the_agreement(city: Database, house: House) -> None:
    chat = Chat(city, house)
    chat.play(
        [
            (invite(city, house), "Mã này dành cho"),
            ("Đồng ý", "Chào"),
            ("/roi", "Vẫn giữ"),
            ("ờ", "chọn “Rời”"),
            ("[Ở lại]", "ở lại"),
            ("rời bot", "chắc chắn rời?"),
            ("[Rời]", "rút lại đồng ý"),
            ("/tamdung", "chưa biết đồng chí là ai"),
        ]
    )
    (kept,) = consents(city)
    assert kept.withdrawn_at == house.clock.now()
    assert accounts(city) == []


def test_leaving_one_chat_or_all(city: Database, house: House) -> None:
    telegram = Chat(city, house, channel="telegram", cadre="BINH")
    web, other = (Chat(city, house, channel="web", cadre=code) for code in ("BINH", "CHI"))
    telegram.play([("/roi", "mọi kênh?"), ("[Chỉ cuộc trò chuyện]", "Các kênh khác"), ("[Rời]", "rời ở Telegram")])
    assert [channel for channel, _, _ in accounts(city)] == ["web", "web"]
    Chat(city, house, channel="telegram", cadre="BINH")
    web.play([("/roi", "mọi kênh?"), ("[Mọi kênh]", "mọi kênh (Telegram, trang web)"), ("[Rời]", "rời ở")])
    assert [chat_id for _, chat_id, _ in accounts(city)] == [other.chat_id]


def test_notices_on_their_way_to_a_chat_that_left_are_called_off(city: Database, house: House) -> None:
    def put(session: Session) -> None:
        for kind in ("reminder", "reply"):
            enqueue(session, key=kind, channel="web", chat_id="c", kind=kind, body={}, now=house.clock.now())

    chat = Chat(city, house, channel="web", cadre="BINH", chat_id="c")
    city.write_now(put)
    chat.play([("/roi", "chắc chắn"), ("[Rời]", "rút lại")])
    states = city.read_now(lambda s: {row.kind: row.state for row in s.exec(select(OutboxMessage))})
    assert states == {"reminder": OutboxState.CANCELLED, "reply": OutboxState.PENDING}
