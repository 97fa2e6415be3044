"""Choices without buttons: what is shown, and what a number, a label or a bare figure then means."""

import pytest
from sqlmodel import select

from bot.bodies import chat_bodies
from handlers import numbered
from handlers.flow import BACK, CANCEL
from handlers.messages import Choice, Inbound, Reply, rows
from handlers.turn import House
from storage.database import Database
from storage.models import Entry
from tests.chat import ZALO, Chat

on_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
MENU = Reply("Việc gì?", rows(Choice("Ghi hoạt động", "/ghi"), Choice("📊 Tiến độ", "/tiendo")))
KINDS = Reply("Loại?", (*rows(Choice("Áo xanh", "shirt"), Choice("Họp", "meeting")), (BACK, CANCEL)))
DAYS = Reply("Hôm nào?", (*rows(Choice("Hôm nay", "d1"), Choice("Hôm qua", "d2")), (CANCEL,)), wants_number=True)


def typed(text: str, *replies: Reply, version: int = 3) -> str:
    """What a typed text chooses after ``replies``."""
    return numbered.meant(Inbound("zalo", "c", "m", text), numbered.offered(replies), version).choice


@pytest.mark.parametrize(
    ("reply", "listing"),
    [
        (MENU, "1. Ghi hoạt động\n2. 📊 Tiến độ\nTrả lời bằng số hoặc chữ."),
        (KINDS, "1. Áo xanh\n2. Họp\nTrả lời bằng số hoặc chữ. (gõ: quay lại, hủy)"),
        (DAYS, "Có thể gõ chữ: Hôm nay · Hôm qua. (gõ: hủy)"),
        (Reply("Gì?", ((CANCEL,),)), "(gõ: hủy)"),
        (Reply("Xong."), ""),
    ],
)
def test_choices_are_listed_under_the_text(reply: Reply, listing: str) -> None:
    assert numbered.listing(reply) == listing


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("1", "3:shirt"),
        ("2.", "3:meeting"),
        ("số 2", "3:meeting"),
        ("Chọn 1", "3:shirt"),
        ("ao xanh", "3:shirt"),
        ("HỌP", "3:meeting"),
        ("3", ""),
        ("0", ""),
        ("2h", ""),
        ("2,5", ""),
        ("12", ""),
        ("", ""),
        ("quay lại", ""),
    ],
)
def test_a_number_or_a_label_chooses_and_nothing_else_does(text: str, choice: str) -> None:
    assert typed(text, KINDS) == choice


def test_commands_keep_their_key_and_labels_need_no_emoji() -> None:
    assert [typed("2", MENU), typed("tien do", MENU)] == ["/tiendo", "/tiendo"]


@pytest.mark.parametrize("text", ["1", "2", "hôm qua"])
def test_where_digits_are_the_answer_no_number_chooses(text: str) -> None:
    assert typed(text, DAYS) == ""


def test_only_the_list_shown_last_counts() -> None:
    assert typed("1", MENU, KINDS) == "3:shirt"
    assert typed("1", MENU, DAYS) == ""
    assert typed("1", KINDS, Reply("Xong.")) == "3:shirt"


def test_a_picture_is_never_a_choice() -> None:
    said = Inbound("zalo", "c", "m", "1", photo="https://x/1.jpg")
    assert numbered.meant(said, numbered.offered([KINDS]), 3) is said


@on_sqlite
def test_hours_that_look_like_a_choice_are_hours(city: Database, house: House) -> None:
    chat = Chat(city, house, channel="zalo", cadre="BINH")
    chat.say("/menu")
    chat.say("1")
    assert "1. " in shown(chat)
    chat.press("Giờ tình nguyện")
    assert "Có thể gõ chữ: Hôm nay · Hôm qua" in shown(chat)
    chat.play([("hôm qua", "bao lâu"), ("2", "làm gì"), ("Dọn kênh", "chọn Lưu"), ("luu", "Đã ghi")])
    assert city.read_now(lambda s: s.exec(select(Entry)).one().minutes) == 120


@on_sqlite
def test_a_list_is_forgotten_once_something_else_was_shown(city: Database, house: House) -> None:
    chat = Chat(city, house, channel="zalo", cadre="BINH")
    chat.play([("/menu", "muốn làm gì"), ("2", "tuần"), ("/tamdung", "đến hết ngày nào"), ("1", "ví dụ: 30/11")])


@on_sqlite
def test_elsewhere_numbers_choose_nothing(city: Database, house: House) -> None:
    chat = Chat(city, house, channel="web", cadre="BINH")
    chat.play([("/menu", "muốn làm gì"), ("2", "chưa hiểu")])


def shown(chat: Chat) -> str:
    """The last message as Zalo shows it."""
    return str(chat_bodies(chat.replies, 0, ZALO)[-1]["text"])
