"""How replies become messages of a channel."""

from hypothesis import given
from hypothesis import strategies as st

from bot.bodies import LONGEST_TEXT, chat_bodies, choices_of, one_message, reply_bodies, split_text
from handlers.messages import Attachment, Capabilities, Choice, Reply, rows


def test_a_step_button_carries_the_version_of_its_question_and_a_command_does_not() -> None:
    reply = Reply("Chọn?", ((Choice("Có", "yes"), Choice("Menu", "/menu")),))
    [body] = reply_bodies(reply, 7)
    assert [c.key for row in choices_of(body) for c in row] == ["7:yes", "/menu"]


def test_text_comes_before_its_pictures_and_the_buttons_stand_under_the_text() -> None:
    reply = Reply("Đây", ((Choice("A", "a"),),), (Attachment("m", "x.png", {}, "hình"),))
    text, picture = reply_bodies(reply, 1)
    assert text["choices"]
    assert picture["attachment"]["name"] == "x.png"


@given(st.text(max_size=9000))
def test_a_long_text_is_split_without_losing_a_word(text: str) -> None:
    parts = split_text(text)
    assert all(0 < len(part) <= LONGEST_TEXT for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


PLAIN = Capabilities(buttons=False, files=False, longest_text=2000)


@given(st.text("ầb \n", min_size=1, max_size=9000), st.integers(1, 20))
def test_without_buttons_the_last_part_ends_with_the_whole_list(text: str, count: int) -> None:
    labels = [f"Chi đoàn khóm {number}" for number in range(count)]
    reply = Reply(f"Đây: {text}", rows(*(Choice(label, label) for label in labels)))
    parts = [body["text"] for body in chat_bodies([reply], 1, PLAIN)]
    assert all(0 < len(part) <= PLAIN.longest_text for part in parts)
    lines = parts[-1].splitlines()[-count - 1 :]
    assert lines == [*(f"{n}. {label}" for n, label in enumerate(labels, 1)), "Trả lời bằng số hoặc chữ."]


def test_where_messages_are_counted_texts_that_follow_one_another_are_one() -> None:
    picture = Attachment("m", "x.png", {}, "hình")
    said = [Reply("Đã bỏ."), Reply("Việc gì?", ((Choice("Ghi", "/ghi"),),), (picture,)), Reply("Xong.")]
    texts = [body["text"] for body in chat_bodies(said, 1, PLAIN)]
    assert texts == ["Đã bỏ.\n\nViệc gì?\n\n1. Ghi\nTrả lời bằng số hoặc chữ.", "", "Xong."]
    assert len(chat_bodies(said, 1, Capabilities())) == 4


@given(st.text(max_size=3000), st.text(max_size=800))
def test_a_notice_and_its_list_are_one_message(text: str, listing: str) -> None:
    shown = one_message(text, listing, 2000)
    assert len(shown) <= 2000
    assert shown.endswith(listing)
