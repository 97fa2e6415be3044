"""What stands for buttons on channels that have none."""

from collections.abc import Sequence

ANSWER_BY_NUMBER = "Trả lời bằng số hoặc chữ."
BACK_WORD = "quay lại"
CANCEL_WORD = "hủy"


def to_leave(words: Sequence[str]) -> str:
    """How to go back or give up."""
    return f"(gõ: {', '.join(words)})"


def words_to_type(labels: Sequence[str]) -> str:
    """The choices of a question that wants a number, none of them numbered."""
    return f"Có thể gõ chữ: {' · '.join(labels)}."


def command_to_type(label: str, command: str) -> str:
    """A shortcut while a form waits for another answer."""
    return f"{label}: gõ {command}"
