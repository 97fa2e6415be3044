"""Deadlines on the phone: /lich offers a file, or a secret address that the phone subscribes to."""

from handlers.commands import Audience, Command
from handlers.messages import Attachment, Choice, Reply, rows
from handlers.texts import calendars as texts
from handlers.turn import Turn
from storage.calendar_links import address, link_of, new_token, remove_link


def _calendar(turn: Turn, _args: str) -> list[Reply]:
    link = link_of(turn.session, turn.cadre.cadre_id)
    choices = [Choice(texts.FILE, "/lichtep")]
    if turn.house.public_url:
        choices.append(Choice(texts.RENEW if link else texts.NEW, "/lichmoi"))
    if link is not None:
        choices.append(Choice(texts.REMOVE, "/lichtat"))
    return [Reply(texts.opening(link, public=bool(turn.house.public_url)), rows(*choices, Choice(texts.BACK, "/han")))]


def _file(turn: Turn, _args: str) -> list[Reply]:
    file = Attachment("deadline_calendar", texts.FILE_NAME, {"cadre": turn.cadre.cadre_id}, texts.FILE_ALT)
    return [Reply(texts.HERE_IS_FILE, rows(Choice(texts.BACK, "/han")), (file,))]


def _new(turn: Turn, _args: str) -> list[Reply]:
    if not turn.house.public_url:
        return [Reply(texts.NO_ADDRESS, rows(Choice(texts.FILE, "/lichtep")))]
    token = new_token(turn.session, turn.cadre.cadre_id, turn.now)
    url = address(turn.house.public_url, token)
    return [Reply(texts.address(url), rows(Choice(texts.REMOVE, "/lichtat"), Choice(texts.BACK, "/han")))]


def _remove(turn: Turn, _args: str) -> list[Reply]:
    remove_link(turn.session, turn.cadre.cadre_id)
    return [Reply(texts.REMOVED, rows(Choice(texts.BACK, "/han")))]


COMMANDS = (
    Command("lich", _calendar, Audience.CADRE, words=("lich", "lich dien thoai")),
    Command("lichtep", _file, Audience.CADRE, words=("tai tep lich",)),
    Command("lichmoi", _new, Audience.CADRE),
    Command("lichtat", _remove, Audience.CADRE),
)
