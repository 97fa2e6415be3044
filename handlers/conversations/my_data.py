"""Reading one's own data (/dulieu): the right of access, as a short text and a workbook."""

from sqlmodel import func, select

from handlers.commands import Audience, Command
from handlers.messages import Attachment, Choice, Reply, rows
from handlers.texts import my_data as texts
from handlers.texts import wording
from handlers.turn import Turn
from storage.invites import accounts_of
from storage.models import Absence, Entry, Position
from storage.terms import EntryState


def _my_data(turn: Turn, _args: str) -> list[Reply]:
    cadre = turn.cadre
    channels = dict.fromkeys(wording.channel(account.channel) for account in accounts_of(turn.session, cadre.cadre_id))
    text = texts.summary(
        cadre.name,
        entries=_count(turn, Entry, Entry.state != EntryState.DELETED),
        confirmed=_count(turn, Entry, Entry.state == EntryState.CONFIRMED),
        positions=_count(turn, Position),
        absences=_count(turn, Absence),
        channels=list(channels),
    )
    file = Attachment("my_data", texts.FILE_NAME, {"cadre": cadre.cadre_id}, texts.FILE_ALT)
    return [Reply(text, rows(Choice("Lịch sử", "/lichsu"), Choice("Menu", "/menu")), (file,))]


def _count(turn: Turn, model: type[Entry] | type[Position] | type[Absence], *conditions: bool) -> int:
    mine = select(func.count()).select_from(model).where(model.cadre_id == turn.cadre.cadre_id, *conditions)
    return turn.session.exec(mine).one()


COMMANDS = (
    Command(
        "dulieu",
        _my_data,
        Audience.CADRE,
        label="Dữ liệu của tôi",
        help="lấy toàn bộ dữ liệu đang lưu về tôi",
        words=("du lieu cua toi", "du lieu"),
    ),
)
