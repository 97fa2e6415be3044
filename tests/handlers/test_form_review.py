"""Approving and returning forms (/hoso): own unit and directly below (K-06), never one's own, never a draft."""

import pytest
from sqlmodel import Session, select

from handlers.turn import House
from storage.database import Database
from storage.models import DocumentEvent, DocumentState, OutboxMessage
from tests.chat import Chat
from tests.handlers.year import REGISTRATION, attached, file_of, form_of, register, state_of, words_of


def test_a_form_is_approved_and_its_author_told(city: Database, house: House) -> None:
    register(city, house, "BINH")
    chat = Chat(city, house, cadre="AN")
    chat.play([("/hoso", "Võ Thanh Bình"), ("[Võ Thanh Bình]", "Trả hồ sơ"), ("[Bản in]", "chờ duyệt")])
    assert "BẢN ĐĂNG KÝ" in words_of(file_of(city, house, attached(chat, "year_form")))
    chat.play([("/hoso", "Võ Thanh Bình"), ("[Võ Thanh Bình]", "Trả hồ sơ"), ("[Duyệt]", "Đã duyệt bản đăng ký")])
    chat.play([("/hoso", "Không có bản")])
    assert state_of(city, "BINH") is DocumentState.APPROVED
    told = city.read_now(lambda s: s.exec(select(OutboxMessage).where(OutboxMessage.kind == "form_approved")).one())
    assert "đã được duyệt (Nguyễn Hoài An)" in told.body["text"]


def test_a_returned_form_is_mended_and_handed_in_again(city: Database, house: House) -> None:
    register(city, house, "BINH")
    first = form_of(city, "BINH").submitted_on
    chat = Chat(city, house, cadre="AN")
    chat.play(
        [
            ("/hoso", "Võ Thanh Bình"),
            ("[Võ Thanh Bình]", "Trả hồ sơ"),
            ("[Trả lại]", "vì sao"),
            ("ừ", "ví dụ"),
            ("Nội dung Trung thực chưa rõ", "Đã trả lại bản đăng ký của Võ Thanh Bình"),
        ]
    )
    told = city.read_now(lambda s: s.exec(select(OutboxMessage).where(OutboxMessage.kind == "form_returned")).one())
    author = Chat(city, house, cadre="BINH")
    author.press_data(told.body["choices"][0][0][1])
    assert "Nội dung Trung thực chưa rõ" in author.text
    author.play([("[Nộp]", "Đã nộp")])
    assert form_of(city, "BINH").submitted_on == first

    def trace(session: Session) -> list[DocumentState]:
        return [event.state for event in session.exec(select(DocumentEvent).order_by(DocumentEvent.id))]  # type: ignore[arg-type]  # a column to the database

    submitted, returned = DocumentState.SUBMITTED, DocumentState.RETURNED
    assert city.read_now(trace) == [submitted, returned, submitted]


def test_what_was_changed_meanwhile_is_not_approved(city: Database, house: House) -> None:
    register(city, house, "BINH")
    chat = Chat(city, house, cadre="AN")
    chat.play([("/hoso", "Võ Thanh Bình"), ("[Võ Thanh Bình]", "Trả hồ sơ")])
    button = chat.data_of("Duyệt")
    author = Chat(city, house, cadre="BINH")
    author.play(
        [("/suadangky 2026", "viết tiếp"), ("[Sửa: Trách nhiệm]", "Đang ghi"), ("Việc khác hẳn", "nhìn vào đâu")]
    )
    chat.press_data(button)
    assert "vừa thay đổi" in chat.text
    assert state_of(city, "BINH") is DocumentState.DRAFT


@pytest.mark.parametrize("who", ["AN", "HOA", "GIANG", "CHI"])
@pytest.mark.parametrize("command", ["phieu {}", "duyetphieu {} {}", "traphieu {}", "inphieu {}"])
def test_forms_out_of_reach_are_not_found(city: Database, house: House, who: str, command: str) -> None:
    """AN's own form; HOA is elsewhere; GIANG is two levels up; CHI follows nobody."""
    register(city, house, "AN")
    form = form_of(city, "AN")
    chat = Chat(city, house, cadre=who)
    chat.press_data("/" + command.format(form.id, form.version))
    assert "Trả hồ sơ đúng hẹn" not in chat.text
    assert not any(reply.attachments for reply in chat.replies)
    assert state_of(city, "AN") is DocumentState.SUBMITTED


def test_the_unit_above_approves_a_secretary(city: Database, house: House) -> None:
    register(city, house, "AN")
    chat = Chat(city, house, cadre="DUNG")
    chat.play([("/hoso", "Nguyễn Hoài An"), ("[Nguyễn Hoài An]", "Trả hồ sơ"), ("[Duyệt]", "Đã duyệt")])


def test_drafts_are_nobody_elses(city: Database, house: House) -> None:
    Chat(city, house, cadre="BINH").play(REGISTRATION[:4])
    chat = Chat(city, house, cadre="AN")
    chat.play([("/hoso", "Không có bản"), (f"/phieu {form_of(city, 'BINH').id}", "không thuộc phần")])


@pytest.mark.parametrize("args", ["", "x", "²", "99999999999999999999", "1 2 3", "-1"])
def test_nonsense_is_answered(city: Database, house: House, args: str) -> None:
    for command in ("phieu", "duyetphieu", "traphieu", "inphieu"):
        Chat(city, house, cadre="AN").play([(f"/{command} {args}", "Không có bản")])
