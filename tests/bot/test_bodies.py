"""How replies become messages of a channel."""

from hypothesis import given
from hypothesis import strategies as st

from bot.bodies import LONGEST_TEXT, choices_of, reply_bodies, split_text
from handlers.messages import Attachment, Choice, Reply


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
