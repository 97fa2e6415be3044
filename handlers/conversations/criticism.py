"""Criticism rounds: /gopy lists them; opening, writing, moderating and the steps have modules of their own."""

from handlers.commands import Audience, Command
from handlers.conversations import criticism_moderating, criticism_opening, criticism_steps, criticism_writing
from handlers.conversations.criticism_pages import listed, page

_PARTS = (criticism_opening, criticism_writing, criticism_moderating, criticism_steps)
FLOWS = tuple(flow for part in _PARTS for flow in part.FLOWS)
COMMANDS = (
    Command(
        "gopy",
        lambda turn, _args: [listed(turn)],
        Audience.CADRE,
        label="Góp ý",
        of_unit=True,
        help="đợt góp ý, tự phê bình và phê bình: gửi ý kiến, mở đợt, trả lời",
        words=("gop y", "dot gop y", "tu phe binh", "phe binh"),
    ),
    Command("gopyxem", page, Audience.CADRE),
    *(command for part in _PARTS for command in part.COMMANDS),
)
